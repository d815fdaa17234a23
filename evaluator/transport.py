"""HTTP clients and retries: the only place that builds a client or retries.

Tests inject transports here; nothing below the composition root makes a client of its own.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from .errors import ConfigurationError, OutsideError
from .events import log_event
from .network.keys import bare_key, flaw_of
from .network.proxies import Proxy, proxy_for

if TYPE_CHECKING:
    import ssl

    import httpx
    import httpx2

T = TypeVar("T")
_log = logging.getLogger(__name__)
_CONNECT_SECONDS = 3.5
"""Two lost packets are made good by then, and whoever waits for a reason gets it within five seconds."""
MODEL_CONNECTIONS = 8
"""Of one client of a model endpoint."""


class Transient(OutsideError):
    """Worth another try.

    Attributes:
        after: the server's own delay in seconds, if it gave one.
        tries: how many are worth it together; None leaves that to the caller's retries.
        concerns_one: what was asked may be the reason, so that another question may well be answered.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        after: float | None = None,
        tries: int | None = None,
        concerns_one: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.after = after
        self.tries = tries
        self.concerns_one = concerns_one


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long to go on: the number of tries, the total of waiting and the time of all together are bounded."""

    attempts: int = 4
    total_wait: float = 60.0
    total_time: float = math.inf
    """Seconds from the first try on after which none is begun, however long each took to fail."""
    longest_step: float = 20.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic

    async def run(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call until it does not raise :class:`Transient`, or retries ends (the last one is raised)."""
        waited, begun = 0.0, self.clock()

        def wait(state: RetryCallState) -> float:
            step = wait_random_exponential(multiplier=0.5, max=self.longest_step)(state)
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, Transient) else None
            return max(step, asked) if asked is not None else step

        def is_over(state: RetryCallState) -> bool:
            nonlocal waited
            waited += state.upcoming_sleep
            error = state.outcome.exception() if state.outcome else None
            tries = error.tries if isinstance(error, Transient) else None
            most = self.attempts if tries is None else min(self.attempts, tries)
            spent = self.clock() - begun + state.upcoming_sleep
            is_late = waited > self.total_wait or spent > self.total_time
            return is_late or stop_after_attempt(most)(state)

        def report(state: RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            log_event(
                _log, logging.INFO, "call repeated", attempt=state.attempt_number,
                error=type(error).__name__, after_seconds=round(state.upcoming_sleep, 3),
            )  # fmt: skip

        retrying = AsyncRetrying(
            before_sleep=report,
            retry=retry_if_exception_type(Transient),
            wait=wait,
            stop=is_over,
            sleep=self.sleep,
            reraise=True,
        )
        return await retrying(call)


_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_TRY_AGAIN = re.compile(r"try again in ((?:\d[\d.]*(?:ms|h|m|s))+)")


def retry_after(
    headers: dict[str, str], *, body: str = "", now: datetime | None = None
) -> float | None:
    """Seconds that a server asks to wait, in any of the forms servers use; None when it does not say.

    Args:
        headers: names in lower case. ``retry-after-ms``, ``retry-after`` (seconds or a date), else the
            ``x-ratelimit-reset-*`` of a limit of which nothing remains.
        body: error text; OpenAI writes "Please try again in 41.7s" there.
        now: for dates.
    """
    milliseconds = headers.get("retry-after-ms", "")
    if milliseconds.replace(".", "", 1).isdigit():
        return float(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    said = _seconds_or_date(value, now) if value else None
    if said is not None:
        return said
    resets = [
        reset
        for what in ("requests", "tokens")
        if headers.get(f"x-ratelimit-remaining-{what}", "").strip() in {"0", "-1"}
        and (reset := _duration(headers.get(f"x-ratelimit-reset-{what}", ""))) is not None
    ]
    if resets:
        return max(resets)
    told = _TRY_AGAIN.search(body)
    return _duration(told.group(1)) if told else None


def _seconds_or_date(value: str, now: datetime | None) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        pass
    else:
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return _duration(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def _duration(value: str) -> float | None:
    """Seconds of ``1s``, ``120ms``, ``6m0s``, ``1h2m3.5s``."""
    match = _DURATION.fullmatch(value.strip())
    if not match or not any(match.groups()):
        return None
    hours, minutes, seconds, milliseconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def _user_and_password(login: str | None) -> tuple[str, str] | None:
    """Of ``user:password`` as it stands in an address."""
    if login is None:
        return None
    user, _, password = login.partition(":")
    return unquote(user), unquote(password)


def github_http(
    base_url: str,
    *,
    token: str | None,
    login: str | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """A client for one GitHub host. Redirects are followed by the caller, who checks their origin.

    Args:
        base_url: without user information.
        token: of the user's, or None.
        login: user information of the address, sent instead of the token.
        transport: for tests: answers instead of GitHub.

    Raises:
        ConfigurationError: the address, or the environment's proxy, authorities or token, cannot be used.
    """
    import httpx

    from .version import __version__

    base_url = _github_address(base_url)

    headers = {
        "Accept": "application/vnd.github+json, application/json",
        "Accept-Encoding": "gzip",
        "User-Agent": f"resume-evaluator/{__version__}",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    if token:
        headers["Authorization"] = f"Bearer {sendable(token, 'GITHUB_TOKEN')}"
    proxy = None if transport else proxy_for(base_url)
    with _readable_authorities():
        trust = httpx.create_ssl_context() if _speaks_tls(base_url, proxy) else _nobody()
    return httpx.AsyncClient(
        base_url=base_url,
        headers=headers,
        auth=_user_and_password(login),
        timeout=httpx.Timeout(15.0, connect=_CONNECT_SECONDS),
        follow_redirects=False,
        transport=transport,
        verify=trust,
        proxy=proxy.url if proxy else None,
        trust_env=False,
    )


def _github_address(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound:
        message = "EVALUATOR_GITHUB_URL is not an http or https address."
        raise ConfigurationError(message, hint="Write https://HOST, or unset it.")
    return url


def model_http(
    *,
    seconds: float,
    proxy: Proxy | None = None,
    trust: ssl.SSLContext | None = None,
    login: str | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> httpx2.AsyncClient:
    """A client for a model endpoint, to be given to the SDK; for :data:`MODEL_CONNECTIONS` calls at once.

    Args:
        seconds: that a reply may take.
        proxy: between here and the endpoint.
        trust: authorities of :func:`trusted`; to read them anew takes as long as twenty calls.
        login: user information of the address, sent instead of a key.
        transport: for tests: answers instead of the endpoint.
    """
    import httpx2

    return httpx2.AsyncClient(
        auth=_user_and_password(login),
        timeout=httpx2.Timeout(seconds, connect=_CONNECT_SECONDS),
        limits=httpx2.Limits(
            max_connections=MODEL_CONNECTIONS, max_keepalive_connections=MODEL_CONNECTIONS
        ),
        verify=trust or True,
        transport=transport,
        proxy=proxy.url if proxy else None,
        follow_redirects=False,
        trust_env=False,
    )


def trusted(base_url: str, proxy: Proxy | None) -> ssl.SSLContext:
    """The authorities that the environment trusts, for calls to an address.

    Raises:
        ConfigurationError: they are needed and cannot be read.
    """
    return _everybody() if _speaks_tls(base_url, proxy) else _nobody()


@cache
def _everybody() -> ssl.SSLContext:
    """Read once for all clients of a process."""
    import httpx2

    with _readable_authorities():
        return httpx2.create_ssl_context()


def _nobody() -> ssl.SSLContext:
    """For plain http, which needs no file of authorities; TLS with it would trust no server."""
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _speaks_tls(base_url: str, proxy: Proxy | None) -> bool:
    return any(url.lower().startswith("https:") for url in (base_url, proxy.url if proxy else ""))


@contextmanager
def _readable_authorities() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"The certificates of the trusted authorities cannot be read ({error.strerror or 'no certificate in the file'})."
        raise ConfigurationError(
            message,
            hint="SSL_CERT_FILE or SSL_CERT_DIR names a file that is gone or holds none: correct it, or unset it.",
        ) from error


def sendable(key: str, variable: str) -> str:
    """A key that a header can carry.

    Raises:
        ConfigurationError: something stands in it that no key holds.
    """
    bare = bare_key(key)
    flaw = flaw_of(bare.removeprefix("Basic "))
    if flaw:
        message = f"{variable} cannot be sent: {flaw} stands in it."
        raise ConfigurationError(
            message, hint=f"Copy the key alone into {variable}, without quotes."
        )
    return bare
