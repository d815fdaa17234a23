"""How much one caller may ask, and one answer for one request however often it is sent."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.responses import Response

from .problems import Refused, problem

_PASSING = {409, 429}
"""Answers that tell of now, or of another request with the same key, and not of this one for good."""
_MOST_CALLERS = 10_000
_MOST_KEYS, _MOST_BYTES, _KEPT_SECONDS = 1000, 32 * 1024 * 1024, 3600.0


@dataclass(slots=True)
class Pace:
    """A bucket of requests for each caller, that fills again evenly.

    Attributes:
        per_minute: requests in the long run.
        burst: at once.
        clock: in seconds.
    """

    per_minute: int
    burst: int
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, caller: str) -> None:
        """Count a request.

        Raises:
            Refused: the caller has to wait; says for how long.
        """
        now = self.clock()
        left, at = self._left.pop(caller, (float(self.burst), now))
        left = min(float(self.burst), left + (now - at) * self.per_minute / 60)
        self._left[caller] = (left - 1 if left >= 1 else left, now)
        while len(self._left) > _MOST_CALLERS:
            self._left.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) * 60 / self.per_minute + 0.5))
            made = problem(429, f"More than {self.per_minute} requests a minute.", kind="rate")
            raise Refused(made, {"retry-after": str(wait)})


class Kept(NamedTuple):
    """An answer that may be asked for again."""

    request: str
    """Digest of what was asked."""
    at: float
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class Keys:
    """Answers by idempotency key, for an hour and as long as the server runs."""

    clock: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    _running: dict[str, tuple[str, asyncio.Future[Kept | None]]] = field(default_factory=dict)

    async def once(
        self, key: str, request: str, make: Callable[[], Awaitable[Response]]
    ) -> Response:
        """The answer to a request: made now, or as it was before.

        Args:
            key: chosen by the caller.
            request: digest of what is asked.
            make: answers it.

        Raises:
            Refused: the key belongs to another request.
        """
        while (running := self._running.get(key)) is not None:
            self._refuse_other(running[0], request)
            await asyncio.shield(running[1])
        kept = self._kept.get(key)
        if kept is not None and self.clock() - kept.at <= _KEPT_SECONDS:
            self._refuse_other(kept.request, request)
            headers = {**dict(kept.headers), "idempotency-replayed": "true"}
            return Response(kept.body, kept.status, headers)
        future: asyncio.Future[Kept | None] = asyncio.get_running_loop().create_future()
        self._running[key] = (request, future)
        try:
            answer = await make()
            if answer.status_code < 500 and answer.status_code not in _PASSING:
                self._keep(key, request, answer)
            return answer
        finally:
            del self._running[key]
            future.set_result(None)

    def _refuse_other(self, known: str, request: str) -> None:
        if known != request:
            message = "This idempotency key was used for another request."
            raise Refused(problem(409, message, kind="key-reused"))

    def _keep(self, key: str, request: str, answer: Response) -> None:
        headers = tuple(answer.headers.items())
        body = bytes(answer.body)
        self._kept[key] = Kept(request, self.clock(), answer.status_code, headers, body)
        while len(self._kept) > _MOST_KEYS or sum(len(k.body) for k in self._kept.values()) > _MOST_BYTES:  # fmt: skip
            self._kept.popitem(last=False)


def digest(*parts: bytes | str | None) -> str:
    """One name for the same parts."""
    made = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part or b""
        made.update(f"{len(content)}:".encode() + content)
    return made.hexdigest()
