"""Every failing connection says why, and what can be done."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx
import httpx2
import pytest

from evaluator.network.causes import cause_of
from evaluator.network.proxies import Proxy

PROXY = Proxy(url="http://u:hunter2@p:1", variable="HTTPS_PROXY", shown="http://p:1")


def refused(number: int, reason: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, reason)
    error.verify_code, error.verify_message = number, reason
    return error


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize(
    ("kind", "under", "proxy", "said", "hint", "lasts"),
    [
        ("ConnectError", refused(18, "self-signed certificate"), None, "not trusted (self-signed", "SSL_CERT_FILE", True),
        ("ConnectError", refused(20, "unable to get local issuer certificate"), PROXY, "not trusted", "SSL_CERT_FILE", True),
        ("ConnectError", refused(10, "certificate has expired"), None, "expired", "clock", True),
        ("ConnectError", refused(62, "Hostname mismatch"), None, "mismatch", "host name", True),
        ("ConnectError", refused(64, "IP address mismatch"), None, "mismatch", "host name", True),
        ("ConnectTimeout", ssl.SSLWantReadError(2, "The operation did not complete (read)"), None, "accepts no connection in time", "firewall", False),
        ("ConnectError", ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] x"), None, "TLS handshake", "http://", True),
        ("ConnectError", ConnectionRefusedError(errno.ECONNREFUSED, "no"), None, "refuses", "Start the server", False),
        ("ConnectError", socket.gaierror(-2, "unknown"), None, "models.example.org is not known", "HTTPS_PROXY", False),
        ("ConnectError", OSError(errno.ENETUNREACH, "no"), None, "unreachable", "network", False),
        ("ConnectError", ExceptionGroup("all", [ConnectionRefusedError(1, "a"), OSError(2, "b")]), None, "refuses", "port", False),
        ("ConnectTimeout", None, None, "no connection in time", "firewall", False),
        ("ReadTimeout", None, None, "not answer in time", "the server", False),
        ("RemoteProtocolError", None, None, "no HTTP", "the server", False),
        ("ReadError", None, None, "breaks the connection", "the server", False),
        ("ConnectError", ConnectionRefusedError(1, "no"), PROXY, "the proxy http://p:1 of HTTPS_PROXY refuses", "NO_PROXY", False),
        ("ConnectError", socket.gaierror(-2, "no"), PROXY, "host name that is not known", "NO_PROXY", False),
        ("ProxyError", None, PROXY, "refused (407", "user name and password into HTTPS_PROXY", True),
    ],
)  # fmt: skip
def test_the_cause_of_a_failed_connection(
    library: object,
    kind: str,
    under: BaseException | None,
    proxy: Proxy | None,
    said: str,
    hint: str,
    lasts: bool,
) -> None:
    outer = RuntimeError("Connection error.")
    outer.__cause__ = getattr(library, kind)("407 Proxy Authentication Required")
    outer.__cause__.__cause__ = under
    found = cause_of(outer, "https://models.example.org/v1", proxy=proxy, option="--base-url")
    assert said in found.what
    assert hint in found.hint
    assert found.lasts is lasts
    assert "hunter2" not in found.what + found.hint


def test_plain_http_to_a_server_that_speaks_tls_is_hinted_at() -> None:
    error = httpx2.RemoteProtocolError("Server disconnected")
    found = cause_of(error, "http://h:443/v1", proxy=None, option="--base-url")
    assert "https://" in found.hint
