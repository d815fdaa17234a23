"""When a request may start: spacing by a rate, and a gate that one refusal closes for everybody."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from .events import log_event

_log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class Limiter(Protocol):
    """A limit that requests keep to, of one process or of a whole cluster."""

    async def acquire(self, size: float = 1.0, /) -> None:
        """Wait until a request of this size may start."""
        ...

    def adjust(self, size: float, /) -> None:
        """The request was so much larger (or smaller) than it waited for."""
        ...


@dataclass(slots=True)
class WaitTracker:
    """Sleeps for others and can say until when somebody is held up."""

    reason: str
    under: Sleep = asyncio.sleep
    worth_reporting: float = 2.0
    """Seconds; shorter waits are part of the work."""
    _until: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Sleep, and be known to sleep."""
        if seconds < self.worth_reporting:
            await self.under(seconds)
            return
        log_event(_log, logging.INFO, "waiting", reason=self.reason, seconds=round(seconds, 1))
        until = time.time() + seconds
        self._until.append(until)
        try:
            await self.under(seconds)
        finally:
            self._until.remove(until)

    def describe(self) -> str | None:
        """Why and until when calls are waiting, or None."""
        if not self._until:
            return None
        return f"{self.reason} until {time.strftime('%H:%M:%S', time.localtime(max(self._until)))}"


@dataclass(slots=True)
class RateLimiter:
    """Spaces requests: some at once, then one every so many seconds, counted from the requests before.

    A single candidate never waits; a long batch stays under a limit by itself.
    """

    seconds: float = 0.72
    """Between two turns; the default is five thousand an hour."""
    burst: float = 40
    clock: Callable[[], float] = time.monotonic
    sleep: Sleep = asyncio.sleep
    _free_at: float = float("-inf")

    async def acquire(self, size: float = 1.0) -> None:
        """Wait until a request that takes ``size`` turns may start."""
        now = self.clock()
        self._free_at = max(self._free_at, now - self.burst * self.seconds) + size * self.seconds
        if self._free_at > now:
            await self.sleep(self._free_at - now)

    def adjust(self, size: float) -> None:
        """A request turned out to take so many turns more (or less) than it waited for."""
        self._free_at += size * self.seconds


@dataclass(slots=True)
class MinuteLimits:
    """Requests and tokens a minute that the user's account allows; None is no limit.

    A second's worth may go at once: providers apply their limits by the second as well.
    """

    requests: int | None = None
    tokens: int | None = None
    sleep: Sleep = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    _requests: RateLimiter | None = field(init=False, default=None)
    _tokens: RateLimiter | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.requests:
            self._requests = self._pace(self.requests)
        if self.tokens:
            self._tokens = self._pace(self.tokens)

    def _pace(self, limit: int) -> RateLimiter:
        return RateLimiter(
            60 / limit, burst=max(1.0, limit / 60), sleep=self.sleep, clock=self.clock
        )

    async def acquire(self, tokens: float = 1.0) -> None:
        """Wait for a request of about so many tokens, its reply included."""
        if self._requests:
            await self._requests.acquire()
        if self._tokens:
            await self._tokens.acquire(tokens)

    def adjust(self, tokens: float) -> None:
        """The request took so many tokens more than expected."""
        if self._tokens:
            self._tokens.adjust(tokens)


@dataclass(slots=True)
class BackoffGate:
    """Holds back every request to one endpoint while the endpoint says that it is too much."""

    sleep: Sleep = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    longest: float = 60.0
    """Seconds of a pause that the server did not name."""
    _open_at: float = float("-inf")
    _refusals: int = 0

    def trip(self, seconds: float | None) -> None:
        """The endpoint refused; wait as long as it asks, or longer with each refusal in a row."""
        self._refusals += 1
        pause = seconds if seconds is not None else min(self.longest, 2.0 ** (self._refusals - 1))
        self._open_at = max(self._open_at, self.clock() + pause)

    def reset(self) -> None:
        """The endpoint took a request."""
        self._refusals = 0

    async def acquire(self) -> None:
        """Wait until the gate is open; those who wait come through one after another, not at once."""
        waited_for = float("-inf")
        while self._open_at > waited_for and (pause := self._open_at - self.clock()) > 0:
            waited_for = self._open_at  # each closing is waited for once, also when time is faked
            await self.sleep(pause * random.uniform(1.0, 1.2))  # noqa: S311 - scatter, no secrecy
