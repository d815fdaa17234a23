"""RetryPolicy is bounded, and a server's delay is read in all its forms."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from evaluator.transport import RetryPolicy, Transient, retry_after

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Sat, 21 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sat, 21 Nov 2026 12:00:30 -0000"}, 30.0),
        ({"retry-after": "Sat, 21 Nov 2020 12:00:30 GMT"}, 0.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "2"}, 2.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1m2.5s"}, 62.5),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "120ms"}, 0.12),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, 360.0),
        ({"x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "6m0s"}, None),
        ({"x-ratelimit-remaining-tokens": "-1", "x-ratelimit-reset-tokens": "1h1s"}, 3601.0),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=NOW) == seconds


def test_the_error_text_may_say_how_long() -> None:
    said = "Rate limit reached. Limit 30000, Used 29000. Please try again in 41.7s. Visit …"
    assert retry_after({}, body=said) == pytest.approx(41.7)
    assert retry_after({}, body="Please try again in 250ms.") == pytest.approx(0.25)
    assert retry_after({}, body="try again in a while") is None


def test_tries_and_waits_are_bounded() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def fail() -> None:
        message = "busy"
        raise Transient(message, after=5)

    for retries, calls in (
        (RetryPolicy(attempts=3, total_wait=1000, sleep=sleep), 2),
        (RetryPolicy(attempts=50, total_wait=12, sleep=sleep), 2),
    ):
        waits.clear()
        with pytest.raises(Transient):
            asyncio.run(retries.run(fail))
        assert len(waits) == calls
        assert all(w >= 5 for w in waits)


def test_no_try_is_begun_after_the_time_of_all_together() -> None:
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    async def fail_slowly() -> None:
        nonlocal now
        now += 40
        message = "slow"
        raise Transient(message, after=1)

    policy = RetryPolicy(
        attempts=50, total_wait=1000, total_time=100, sleep=sleep, clock=lambda: now
    )
    with pytest.raises(Transient):
        asyncio.run(policy.run(fail_slowly))
    assert 100 < now < 140


def test_other_errors_are_not_repeated() -> None:
    calls = 0

    async def fail() -> None:
        nonlocal calls
        calls += 1
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        asyncio.run(RetryPolicy().run(fail))
    assert calls == 1
