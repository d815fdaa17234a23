"""One HTTP exchange in words of our own, so that no HTTP library's type is part of the public interface.

A :class:`Transport` answers instead of the network: a test, a recorder, a company's gateway. The functions adapt it to
the libraries that are used inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import httpx
    import httpx2


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it would leave the machine."""

    method: str
    url: str
    headers: Mapping[str, str]
    """Names in lower case; secrets are among the values."""
    body: bytes


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A server's reply with its whole body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Transport(Protocol):
    """Carries requests to a server, or answers them itself."""

    async def send(self, request: HttpRequest) -> HttpReply:
        """The reply to one request.

        Raises:
            OSError: the server cannot be reached; it is asked again as any other would be.
        """
        ...


def for_httpx(transport: Transport) -> httpx.AsyncBaseTransport:
    """As the library for GitHub wants it."""
    import httpx

    class Adapted(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            body = await request.aread()
            try:
                reply = await transport.send(
                    HttpRequest(request.method, str(request.url), dict(request.headers), body)
                )
            except OSError as error:
                raise httpx.ConnectError(str(error), request=request) from error
            return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body)

    return Adapted()


def for_httpx2(transport: Transport) -> httpx2.AsyncBaseTransport:
    """As the library for model endpoints wants it."""
    import httpx2

    class Adapted(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            body = await request.aread()
            try:
                reply = await transport.send(
                    HttpRequest(request.method, str(request.url), dict(request.headers), body)
                )
            except OSError as error:
                raise httpx2.ConnectError(str(error), request=request) from error
            return httpx2.Response(reply.status, headers=dict(reply.headers), content=reply.body)

    return Adapted()
