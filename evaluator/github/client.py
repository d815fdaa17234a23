"""A thin client for one GitHub host: limits obeyed, sizes capped, the token kept to its origin."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ConfigurationError, GitHubError
from ..network.causes import cause_of
from ..network.proxies import proxy_for
from ..pacing import Limiter, RateLimiter
from ..secret_masking import without_known_in
from ..transport import RetryPolicy, Transient, retry_after
from .graphql_wire import Reply
from .wire import read

if TYPE_CHECKING:
    import httpx

MAX_REPLY = 8 * 1024 * 1024
_MAX_REDIRECTS = 3
_SECONDARY_WAIT = 60.0
_TRIES_OF_A_STRANGER = 2
"""Before GitHub answered at all, so that a wrong address or a proxy is told within seconds."""


class Missing(GitHubError):
    """404, 409 or 451: an answer, not a failure."""


class Forbidden(Missing):
    """403: it is there, perhaps, but not for us."""


class GitHubClient:
    """One account's requests, counted."""

    def __init__(
        self, http: httpx.AsyncClient, *, retries: RetryPolicy, pace: Limiter | None = None
    ) -> None:
        self._http = http
        self._pace: Limiter = pace or RateLimiter()
        self._retries = retries
        base = str(http.base_url).rstrip("/")
        self._origin = _origin(base)
        # An Enterprise server has REST at …/api/v3 and GraphQL beside it.
        enterprise = base.removesuffix("/v3") if base.endswith("/api/v3") else ""
        self._graphql_path = f"{enterprise}/graphql"
        self._answered = False
        self.requests = 0
        self.remaining: int | None = None
        """What the primary limit leaves, from the last reply."""

    @property
    def has_token(self) -> bool:
        return "Authorization" in self._http.headers

    async def graphql(
        self, document: str, variables: dict[str, Any], *, tries: int | None = None
    ) -> Reply:
        """POST a static document. Gives the whole reply: ``data`` and, for parts, ``errors``.

        Args:
            document: the query.
            variables: of the query.
            tries: at most, where the caller has another way; None leaves that to retries.
        """
        body = {"query": document, "variables": variables}
        said = await self._send("POST", self._graphql_path, body=body, tries=tries)
        if not isinstance(said, dict) or not {"data", "errors"} & said.keys():
            message = "GitHub's reply is not a GraphQL reply"
            raise GitHubError(message)
        reply = read(Reply, said, "a query")
        if "RATE_LIMITED" in reply.kinds:
            raise self._limited(None)
        return reply

    async def get(self, path: str, params: dict[str, str] | None = None) -> Any:
        """GET a JSON resource below the base."""
        return await self._send("GET", path, params=params)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        tries: int | None = None,
    ) -> Any:
        async def once() -> Any:
            try:
                return await self._once(method, path, params, body)
            except Transient as error:
                error.tries = tries if error.tries is None else error.tries
                raise

        try:
            return await self._retries.run(once)
        except Transient as error:
            raise GitHubError(error.message, hint=error.hint) from error

    async def _once(
        self, method: str, path: str, params: dict[str, str] | None, body: dict[str, Any] | None
    ) -> Any:
        import httpx  # a tenth of every start, and many ask GitHub nothing

        url: str = path
        for _ in range(_MAX_REDIRECTS + 1):
            await self._pace.acquire()
            self.requests += 1
            try:
                request = self._http.build_request(method, url, params=params, json=body)
                response = await self._http.send(request, stream=True)
                try:
                    content = await _read_capped(response)
                finally:
                    await response.aclose()
            except (httpx.TransportError, httpx.InvalidURL) as error:
                raise self._unreached(error) from error
            self._answered = True
            if response.status_code not in {301, 302, 307, 308}:
                return self._answer(response, content)
            url = self._redirect(response)
            params = None
        message = "GitHub redirects too often"
        raise GitHubError(message)

    def _unreached(self, error: Exception) -> Exception:
        """The cause, at once where another try would meet it again."""
        base = str(self._http.base_url)
        try:
            proxy = proxy_for(base)
        except ConfigurationError:  # the environment changed, or a transport was injected
            proxy = None
        cause = cause_of(error, base, proxy=proxy, option="EVALUATOR_GITHUB_URL")
        message = f"GitHub cannot be reached: {cause.what}"
        if cause.lasts:
            return GitHubError(message, hint=cause.hint)
        return Transient(
            message, hint=cause.hint, tries=None if self._answered else _TRIES_OF_A_STRANGER
        )

    def _redirect(self, response: httpx.Response) -> str:
        target = str(response.url.join(response.headers.get("location", "")))
        if _origin(target) != self._origin:
            message = "GitHub redirects to another host"
            raise GitHubError(message)
        return target

    def _answer(self, response: httpx.Response, content: bytes) -> Any:
        remaining = response.headers.get("x-ratelimit-remaining", "")
        search = response.headers.get("x-ratelimit-resource") == "search"
        if remaining.isdigit() and not search:
            self.remaining = int(remaining)
        status = response.status_code
        if status == 200:
            return _json(content)
        if status == 401:
            message = "GitHub refused the token (401)"
            raise GitHubError(message, hint="Set a valid GITHUB_TOKEN, or unset it.", lasting=True)
        if status in {404, 409, 410, 451}:
            raise Missing(_reason(status), lasting=True)
        if status in {403, 429}:
            self._refused(response, content)
        if status >= 500 or status == 202:
            message = f"GitHub failed ({status})"
            raise Transient(message)
        message = f"GitHub answered {status}"
        raise GitHubError(message)

    def _refused(self, response: httpx.Response, content: bytes) -> None:
        """Raise for 403 and 429: wait a little, wait never, or forbidden."""
        headers = {k.lower(): v for k, v in response.headers.items()}
        delay = retry_after(headers)
        if delay is None and headers.get("x-ratelimit-remaining") == "0":
            raise self._limited(headers.get("x-ratelimit-reset"))
        secondary = b"secondary rate limit" in content.lower() or response.status_code == 429
        if delay is None and not secondary:
            message = "GitHub forbids it (403)"
            raise Forbidden(message, lasting=True)
        delay = _SECONDARY_WAIT if delay is None else delay
        if delay > self._retries.total_wait:
            message = f"GitHub asks to wait {delay:.0f} seconds"
            raise GitHubError(message)
        message = "GitHub's secondary rate limit"
        raise Transient(message, after=delay)

    def _limited(self, reset: str | None) -> GitHubError:
        until = ""
        if reset and reset.isdigit():
            moment = datetime.fromtimestamp(int(reset), tz=UTC)
            until = f" until {moment:%Y-%m-%d %H:%M} UTC"
        hint = None if self.has_token else "Set GITHUB_TOKEN for a higher limit."
        return GitHubError(f"rate limited{until}", hint=hint)


async def _read_capped(response: httpx.Response) -> bytes:
    """The decoded body, refused as soon as it grows over the cap, however small it was on the wire."""
    packed = response.headers.get("content-encoding", "").lower() == "gzip"
    decoder = zlib.decompressobj(wbits=31) if packed else None
    content = bytearray()
    async for chunk in response.aiter_raw():
        try:
            content += decoder.decompress(chunk, MAX_REPLY + 1 - len(content)) if decoder else chunk
        except zlib.error as error:
            message = "GitHub's reply is damaged"
            raise Transient(message) from error
        if len(content) > MAX_REPLY:
            message = "GitHub's reply is too large"
            raise GitHubError(message)
    return bytes(content)


def _json(content: bytes) -> Any:
    try:
        return without_known_in(json.loads(content))
    except (ValueError, RecursionError) as error:
        message = "GitHub's reply is not JSON"
        raise Transient(message) from error


def _reason(status: int) -> str:
    return {404: "not found", 409: "empty repository", 410: "gone", 451: "taken down"}[status]


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
