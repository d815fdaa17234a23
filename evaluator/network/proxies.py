"""Which proxy stands between here and an address, from the variables that everybody uses.

A proxy on another machine cannot reach our loopback, so nothing on loopback is asked of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from ..errors import ConfigurationError

_SPOKEN = {"http": "http", "https": "https", "socks": "socks5", "socks5": "socks5", "socks5h": "socks5h"}  # fmt: skip
_SOCKS = ("socks5", "socks5h")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that is in use."""

    url: str = field(repr=False)
    """May hold a user name and a password."""
    variable: str
    """The environment variable that names it."""
    shown: str
    """Its address, without them."""


def proxy_for(address: str) -> Proxy | None:
    """The proxy for an http or https address, or None.

    Raises:
        ConfigurationError: a proxy is set that cannot be used.
    """
    parts = urlsplit(address)
    host, named = parts.hostname or "", getproxies()
    kind = next((kind for kind in (parts.scheme, "all") if named.get(kind, "").strip()), None)
    if kind is None or is_exempt(host, named.get("no", ""), port=parts.port) or proxy_bypass(host):
        return None
    variable, value = f"{kind.upper()}_PROXY", named[kind].strip()
    found = _parsed(value if "://" in value else f"http://{value}", variable)
    if is_loopback(host) and not is_loopback(found.hostname or ""):
        return None
    url = found._replace(scheme=_SPOKEN[found.scheme]).geturl()
    shown = f"{found.scheme}://{found.netloc.rpartition('@')[2]}"
    return Proxy(url=url, variable=variable, shown=shown)


def _parsed(url: str, variable: str) -> SplitResult:
    """The parts of a proxy's address."""
    try:
        parts = urlsplit(url)
        is_sound = bool(parts.hostname) and parts.port != 0 and parts.netloc.isascii()
    except ValueError:
        is_sound = False
    if not is_sound or not url.isprintable() or any(mark in url for mark in "\"'` \\"):
        message = f"{variable} names no proxy that can be used."
        raise ConfigurationError(
            message,
            hint=f"Write {variable}=http://HOST:PORT, with special characters of a password percent-encoded, or unset it.",
        )
    if parts.scheme not in _SPOKEN:
        message = f"{variable} names a proxy of the kind “{parts.scheme}”, which is not supported."
        raise ConfigurationError(message, hint="Use http://, https:// or socks5://, or unset it.")
    if _SPOKEN[parts.scheme] in _SOCKS and find_spec("socksio") is None:
        message = f"{variable} names a SOCKS proxy, for which the package socksio is missing."
        raise ConfigurationError(
            message, hint=f"Run “pip install socksio”, or unset {variable} or use an HTTP proxy."
        )
    return parts


def is_exempt(host: str, listed: str, *, port: int | None = None) -> bool:
    """Whether NO_PROXY lists a host: by name, by the end of its name, by address or by network."""
    host = host.lower().rstrip(".")
    for entry in listed.lower().replace(",", " ").split():
        name = entry.rpartition("://")[2].strip("/") if "://" in entry else entry
        if name == "*" or _is_within(host, name):
            return True
        bare, _, number = name.rpartition(":")
        if bare and ":" not in bare and number.isdigit():
            if port is not None and int(number) != port:
                continue
            name = bare
        name = name.removeprefix("*").strip(".")
        if host == name or (name and host.endswith(f".{name}")):
            return True
    return False


def _is_within(host: str, network: str) -> bool:
    if is_loopback(host) and is_loopback(network):
        return True
    try:
        return ip_address(host) in ip_network(network.strip("[]"), strict=False)
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    host = host.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
