"""What all workers of a cluster keep to together: limits, budget, stop, and the count of what is done.

One actor holds it; the workers' evaluators get limits that ask the actor.
"""

from __future__ import annotations

from typing import Any

from ...pacing import MinuteLimits, RateLimiter
from ...pipeline.connecting import Limits
from ...readers.prices import PriceList, Spending
from ...settings import Settings
from .rows import Before

_CALLS = 10_000
"""Waiting in the actor at once."""


class RunCoordinator:
    """The actor's body. Every method is a coroutine, so that callers who wait do not block others.

    Args:
        requests: of a model, a minute.
        tokens: of a model, a minute.
        before: what earlier runs left, by source.
    """

    def __init__(self, requests: int | None, tokens: int | None, before: dict[str, Before]) -> None:
        self._before = before
        self._model = MinuteLimits(requests, tokens)
        self._github = RateLimiter()
        self._dollars = 0.0
        self._stopped: str | None = None
        self._told: list[dict[str, Any]] = []

    async def model_turn(self, tokens: float) -> float:
        """Wait for a model request; gives the dollars spent so far."""
        await self._model.acquire(tokens)
        return self._dollars

    async def model_correct(self, tokens: float) -> None:
        self._model.adjust(tokens)

    async def github_turn(self, size: float) -> float:
        """Wait for a GitHub request; gives the dollars spent so far."""
        await self._github.acquire(size)
        return self._dollars

    async def github_correct(self, size: float) -> None:
        self._github.adjust(size)

    async def spend(self, dollars: float) -> None:
        self._dollars += dollars

    async def stop(self, reason: str) -> None:
        """Begin nothing more on any worker; the first reason stays."""
        self._stopped = self._stopped or reason

    async def stopped(self) -> str | None:
        return self._stopped

    async def before(self, source: str) -> Before | None:
        """What an earlier run left of a source."""
        return self._before.get(source)

    async def tell(self, event: dict[str, Any]) -> None:
        """One candidate ended."""
        self._told.append(event)

    async def drain(self) -> tuple[list[dict[str, Any]], float, str | None]:
        """What was told since the last time, dollars spent, and why the run stopped."""
        told, self._told = self._told, []
        return told, self._dollars, self._stopped


def start_share(settings: Settings, before: dict[str, Before]) -> Any:
    """The actor of one run, on the node of the driver."""
    import ray

    body = ray.remote(RunCoordinator)
    return body.options(num_cpus=0, max_concurrency=_CALLS).remote(
        settings.requests_per_minute, settings.tokens_per_minute, before
    )


class _SharedLimiter:
    """A limit that the actor holds."""

    def __init__(self, turn: Any, correct: Any, spending: Spending) -> None:
        self._turn = turn
        self._correct = correct
        self._spending = spending

    async def acquire(self, size: float = 1.0, /) -> None:
        total = await self._turn.remote(size)
        self._spending.elsewhere = max(0.0, total - self._spending.dollars)

    def adjust(self, size: float, /) -> None:
        self._correct.remote(size)


class _SharedSpending(Spending):
    """Spending that the actor adds up."""

    def __init__(self, share: Any, prices: PriceList, settings: Settings) -> None:
        super().__init__(prices, settings.model or "", settings.budget)
        self._share = share

    def add(self, usage: Any, tier: str | None, *, expected: int) -> None:
        before = self.dollars
        super().add(usage, tier, expected=expected)
        if self.dollars > before:
            self._share.spend.remote(self.dollars - before)


def limits_of(share: Any, prices: PriceList, settings: Settings) -> Limits:
    """For the evaluator of one worker."""
    spending = _SharedSpending(share, prices, settings)
    return Limits(
        model=_SharedLimiter(share.model_turn, share.model_correct, spending),
        github=_SharedLimiter(share.github_turn, share.github_correct, spending),
        spending=spending,
    )
