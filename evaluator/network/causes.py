"""Why a server is not reached: the cause under an HTTP library's error, in words, with what can be done.

Works for both HTTP libraries, whose errors have the same names.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from .proxies import Proxy

_DEEPEST = 12
_EXPIRED, _NOT_YET_VALID = 10, 9
_OTHER_NAME, _OTHER_ADDRESS = 62, 64
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause."""

    what: str
    """Half a sentence after “cannot be reached: ”."""
    hint: str
    lasts: bool
    """Another try would meet it again."""


def cause_of(error: BaseException, address: str, *, proxy: Proxy | None, option: str) -> Cause:
    """The cause of a failed connection.

    Args:
        error: of httpx or httpx2, or what wraps it.
        address: that was asked.
        proxy: that stood between.
        option: where the user set the address, for the hint.
    """
    under = list(_chain(error))
    names = {cls.__name__ for each in under for cls in type(each).__mro__}
    for each in under:
        if isinstance(each, ssl.SSLCertVerificationError):
            return _of_certificate(each)
        # That it waited for more is how a handshake looks whose time ran out.
        if isinstance(each, ssl.SSLError) and not isinstance(
            each, ssl.SSLWantReadError | ssl.SSLWantWriteError
        ):
            return _of_handshake(each, option)
    if proxy is not None and names & {"ConnectError", "ConnectTimeout", "ProxyError"}:
        return _of_proxy(under, names, address, proxy)
    return _of_connection(under, names, address, option)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    waiting = [error]
    for _ in range(_DEEPEST):
        each = waiting.pop(0) if waiting else None
        if each is None:
            return
        yield each
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
        waiting += [e for e in (each.__cause__ or each.__context__,) if e is not None]


def _of_certificate(error: ssl.SSLCertVerificationError) -> Cause:
    what = f"its certificate is not trusted ({error.verify_message or error.reason})"
    hint = "Set SSL_CERT_FILE to a file with the certificate of the authority that signed it."
    if error.verify_code in {_EXPIRED, _NOT_YET_VALID}:
        hint = "Check this machine's clock; otherwise the server needs a new certificate."
    elif error.verify_code in {_OTHER_NAME, _OTHER_ADDRESS}:
        hint = "Use the host name that the certificate is made for."
    return Cause(what, hint, lasts=True)


def _of_handshake(error: ssl.SSLError, option: str) -> Cause:
    reason = str(getattr(error, "reason", None) or error).replace("_", " ").lower()
    hint = f"If the server speaks plain http, write http:// in {option}; otherwise check the port and the proxy."
    return Cause(f"the TLS handshake failed ({reason})", hint, lasts=True)


def _of_proxy(under: list[BaseException], names: set[str], address: str, proxy: Proxy) -> Cause:
    host = urlsplit(address).hostname
    where = f"the proxy {proxy.shown} of {proxy.variable}"
    hint = f"Check {proxy.variable}, or add {host} to NO_PROXY to go past it."
    if "ProxyError" not in names:
        return Cause(f"{where} {_state(under, names)}", hint, lasts=False)
    said = " ".join(str(next(e for e in under if type(e).__name__ == "ProxyError")).split())[:80]
    if "407" in said or "auth" in said.lower():
        hint = f"Write its user name and password into {proxy.variable}, before the host and an @."
    return Cause(f"{where} refused ({said})", hint, lasts=True)


def _of_connection(under: list[BaseException], names: set[str], address: str, option: str) -> Cause:
    what = _state(under, names)
    if any(isinstance(each, socket.gaierror) for each in under):
        host = urlsplit(address).hostname
        hint = f"Check the name in {option}; a company's network may need HTTPS_PROXY."
        return Cause(f"the host name {host} is not known", hint, lasts=False)
    if any(isinstance(each, ConnectionRefusedError) for each in under):
        hint = f"Start the server, or check the port in {option}."
    elif "ConnectTimeout" in names or "unreachable" in what:
        hint = f"Check {option}, the network and, behind a firewall, HTTPS_PROXY."
    elif address.lower().startswith("http://") and names & {"RemoteProtocolError", "ReadError"}:
        hint = f"If the server speaks TLS, write https:// in {option}."
    else:
        hint = f"Check {option} and the server."
    return Cause(f"it {what}", hint, lasts=False)


def _state(under: list[BaseException], names: set[str]) -> str:
    """What an endpoint of a connection does instead of answering."""
    if any(isinstance(each, socket.gaierror) for each in under):
        return "has a host name that is not known"
    if any(isinstance(each, ConnectionRefusedError) for each in under):
        return "refuses the connection"
    if any(isinstance(each, OSError) and each.errno in _UNREACHABLE for each in under):
        return "is unreachable from this network"
    if "ConnectTimeout" in names:
        return "accepts no connection in time"
    if "TimeoutException" in names:
        return "does not answer in time"
    if "RemoteProtocolError" in names:
        return "answers no HTTP, or breaks off"
    of_library = [e for e in under if type(e).__module__.startswith("httpx")] or under
    return f"breaks the connection ({type(of_library[0]).__name__})"
