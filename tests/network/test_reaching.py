"""Proxies, certificates and keys as they are found on people's machines: each works, or is one line within seconds."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluator import ConfigurationError, EndpointRejected
from evaluator.transport import _everybody

from ..readers.test_habits import ask, is_read
from ..servers.gates import http_proxy, socks_proxy
from ..servers.habits import GOOD, always
from ..servers.model import CERTIFICATE, completion, model_server

SetEnvironment = Callable[..., None]


@pytest.fixture
def setenv(monkeypatch: pytest.MonkeyPatch) -> SetEnvironment:
    """Sets variables; authorities are read anew."""

    def set_all(**variables: object) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))
        _everybody.cache_clear()

    _everybody.cache_clear()
    return set_all


def fails(url: str, **settings: Any) -> str:
    """The one line that comes instead of a reading, within five seconds."""
    begun = time.monotonic()
    with pytest.raises((EndpointRejected, ConfigurationError)) as caught:
        ask(url, **settings)
    assert time.monotonic() - begun < 5
    assert "\n" not in str(caught.value)
    return str(caught.value)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_certificate_is_refused_with_its_cause_and_trusted_when_it_is_named(
    setenv: SetEnvironment, tmp_path: Path
) -> None:
    with model_server(always(completion(GOOD)), tls=True) as server:
        told = fails(server.url)
        assert "not trusted (self-signed certificate)" in told
        assert "SSL_CERT_FILE" in told
        setenv(SSL_CERT_FILE=CERTIFICATE)
        assert is_read(ask(server.url))
        assert is_read(ask(server.url.replace("127.0.0.1", "localhost")))
        for name, content in {"gone.pem": None, "empty.pem": "", "other.pem": "no certificate"}.items():  # fmt: skip
            if content is not None:
                (tmp_path / name).write_text(content)
            setenv(SSL_CERT_FILE=tmp_path / name)
            assert "SSL_CERT_FILE" in fails(server.url)
        setenv(SSL_CERT_FILE=tmp_path)
        assert "SSL_CERT_FILE" in fails(server.url)
    assert len(server.bodies) == 2


def test_plain_http_needs_no_authorities(setenv: SetEnvironment) -> None:
    setenv(SSL_CERT_FILE="/nonexistent/ca.pem")
    with model_server(always(completion(GOOD))) as server:
        assert is_read(ask(server.url))


def test_the_wrong_scheme_is_hinted_at() -> None:
    with model_server(always(completion(GOOD))) as server:
        assert "http://" in fails(server.url.replace("http:", "https:"))
    with model_server(always(completion(GOOD)), tls=True) as server:
        assert "https://" in fails(server.url.replace("https:", "http:"))


def test_nobody_there_is_told_at_once() -> None:
    told = fails(f"http://127.0.0.1:{free_port()}/v1")
    assert "cannot be reached: it refuses the connection. Start the server" in told


@pytest.mark.parametrize("tls", [False, True])
def test_a_forward_proxy_is_used_with_its_login(tls: bool, setenv: SetEnvironment) -> None:
    name = "HTTPS_PROXY" if tls else "HTTP_PROXY"
    with (
        model_server(always(completion(GOOD)), tls=tls) as server,
        http_proxy("ada:hun@ter2") as proxy,
    ):
        setenv(**{name: f"ada:hun%40ter2@{proxy.address}"}, SSL_CERT_FILE=CERTIFICATE)
        assert is_read(ask(server.url))
        assert len(proxy.asked) == 1
        setenv(**{name: f"http://ada:wrong9@{proxy.address}"})
        told = fails(server.url)
        assert "407" in told
        assert f"user name and password into {name}" in told
        assert "wrong9" not in told
        setenv(NO_PROXY="127.0.0.0/8")
        assert is_read(ask(server.url))
        assert len(proxy.asked) == 2
    assert all("proxy-authorization" not in headers for headers in server.headers)


@pytest.mark.parametrize("scheme", ["socks", "socks5", "socks5h"])
def test_a_socks_proxy_is_used(scheme: str, setenv: SetEnvironment) -> None:
    with model_server(always(completion(GOOD))) as server, socks_proxy() as proxy:
        setenv(ALL_PROXY=f"{scheme}://{proxy.address}")
        assert is_read(ask(server.url))
        assert proxy.asked == [server.url.split("/")[2]]


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
def test_a_proxy_that_is_gone_is_named(scheme: str, setenv: SetEnvironment) -> None:
    port = free_port()
    with model_server(always(completion(GOOD))) as server:
        setenv(HTTP_PROXY=f"{scheme}://u:hunter2@127.0.0.1:{port}")
        told = fails(server.url)
    assert f"the proxy {scheme}://127.0.0.1:{port} of HTTP_PROXY refuses the connection" in told
    assert "127.0.0.1 to NO_PROXY" in told
    assert "hunter2" not in told
    assert server.bodies == []


def test_a_proxy_that_answers_for_a_server_is_named(setenv: SetEnvironment) -> None:
    with model_server(always((503, {"content-type": "text/html"}, b"<html>no route</html>"))) as proxy:  # fmt: skip
        setenv(HTTP_PROXY=proxy.url.removesuffix("/v1"))
        told = fails("http://localhost:9/v1")
        assert 1 <= len(proxy.bodies) <= 3
    assert "proxy" in told
    assert "HTTP_PROXY" in told


@pytest.mark.parametrize(
    "key", ["sk-\udcff", "“sk-x”", "sk-\nx", "sk-x sk-y", "sk-x\u200b", '"sk-x"']
)
def test_a_key_that_cannot_be_sent_is_told_before_anything_is_asked(key: str) -> None:
    with model_server(always(completion(GOOD))) as server:
        told = fails(server.url, api_key=key)
    assert told.startswith("OPENAI_API_KEY cannot be sent: ")
    assert "sk-" not in told
    assert server.bodies == []
