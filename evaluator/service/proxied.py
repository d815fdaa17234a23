"""People whom a reverse proxy let in: it names them in a header, which counts only when the proxy itself sent it.

Whoever may reach the server past the proxy could write the header as well. So it is looked at only where the connection
comes from an address that the operator named, or from this machine while the server listens for this machine alone.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import ConfigurationError
from .configuration import ServiceSettings, is_loopback

_PEER = "peer"
_LONGEST = 80
_TAKEN = {"authorization", "cookie", "host", "origin", "x-csrf-token"}


class Peer:
    """Middleware that notes who is connected, before anything is believed of what a request says about it.

    Args:
        app: what is behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note it and go on."""
        if scope["type"] == "http":
            scope.setdefault("state", {})[_PEER] = (scope.get("client") or ("", 0))[0]
        await self._app(scope, receive, send)


def check_proxies(settings: ServiceSettings) -> None:
    """Look at what the operator says of the proxy.

    Raises:
        ConfigurationError: a proxy is no address, the header is none of a proxy's, or anybody could send it.
    """
    for proxy in settings.proxies:
        try:
            ip_network(proxy)
        except ValueError as error:
            message = f"--proxy {proxy} is no address and no network."
            raise ConfigurationError(message, hint="Give one such as 10.0.0.5 or 10.0.0.0/24.") from error  # fmt: skip
    header = settings.trust_header
    if header is None:
        return
    if not header.replace("-", "").isalnum() or not header.isascii() or header.lower() in _TAKEN:
        message = f"--trust-header {header} is no header of a proxy."
        raise ConfigurationError(message, hint="Give the one in which it names people, such as X-Remote-User.")  # fmt: skip
    if not settings.proxies and not is_loopback(settings.host):
        message = f"--host {settings.host} would let any machine say in {header} who it is."
        raise ConfigurationError(message, hint="Name the proxy's address with --proxy.")


def name_by_proxy(settings: ServiceSettings, request: Request) -> str | None:
    """Whom the proxy let in; None where no proxy of ours says so, or not in one clear way."""
    if settings.trust_header is None or not _is_proxy(settings, getattr(request.state, _PEER, "")):
        return None
    given = request.headers.getlist(settings.trust_header)
    if len(given) != 1:  # a second one would be the visitor's own
        return None
    try:
        name = " ".join(given[0].encode("latin-1").decode("utf-8").split())
    except UnicodeError:
        return None
    return name if name.isprintable() and 0 < len(name) <= _LONGEST else None


def _is_proxy(settings: ServiceSettings, peer: str) -> bool:
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    if not settings.proxies:
        return mapped.is_loopback and is_loopback(settings.host)
    return any(mapped in ip_network(proxy) for proxy in settings.proxies)
