"""Which proxy is used for an address, and what is said of one that cannot be."""

from __future__ import annotations

import pytest

from evaluator.errors import ConfigurationError
from evaluator.network.proxies import is_exempt, proxy_for

MODEL = "https://models.example.org/v1"


@pytest.mark.parametrize(
    ("variables", "address", "url", "variable"),
    [
        ({}, MODEL, None, None),
        ({"HTTPS_PROXY": "http://10.0.0.1:3128"}, MODEL, "http://10.0.0.1:3128", "HTTPS_PROXY"),
        ({"HTTPS_PROXY": " 10.0.0.1:3128\n"}, MODEL, "http://10.0.0.1:3128", "HTTPS_PROXY"),
        ({"HTTP_PROXY": "http://10.0.0.1:3128"}, MODEL, None, None),
        ({"https_proxy": "http://b:1", "ALL_PROXY": "http://a:1"}, MODEL, "http://b:1", "HTTPS_PROXY"),
        ({"ALL_PROXY": "http://a:1"}, MODEL, "http://a:1", "ALL_PROXY"),
        ({"HTTPS_PROXY": "http://u:p%40@a:1"}, MODEL, "http://u:p%40@a:1", "HTTPS_PROXY"),
        # A proxy elsewhere cannot reach this machine's loopback; one here can.
        ({"HTTP_PROXY": "http://a:1"}, "http://localhost:11434/v1", None, None),
        ({"HTTP_PROXY": "http://127.0.0.1:9"}, "http://localhost:1/v1", "http://127.0.0.1:9", "HTTP_PROXY"),
        ({"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "localhost"}, "http://127.0.0.1:1/v1", None, None),
        ({"HTTPS_PROXY": "http://a:1", "NO_PROXY": "*"}, MODEL, None, None),
        ({"HTTPS_PROXY": "http://a:1", "no_proxy": "other.org, .example.org"}, MODEL, None, None),
    ],
)  # fmt: skip
def test_the_proxy_of_an_address(
    variables: dict[str, str],
    address: str,
    url: str | None,
    variable: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = proxy_for(address)
    assert (found and found.url, found and found.variable) == (url, variable)
    assert found is None or "@" not in found.shown + repr(found)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("socks4://127.0.0.1:1080", "socks4"),
        ("ftp://a:1", "ftp"),
        ("http://a:port", "HOST:PORT"),
        ("http://u:hunter2@a:99999", "HOST:PORT"),
        ("“http://a:1”", "HOST:PORT"),
        ("http://u:hun ter2@a:1", "HOST:PORT"),
        ("http://", "HOST:PORT"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_one_line_with_its_variable(
    value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    with pytest.raises(ConfigurationError, match=said) as caught:
        proxy_for(MODEL)
    told = str(caught.value)
    assert told.startswith("HTTPS_PROXY")
    assert "\n" not in told
    assert "hun" not in told


@pytest.mark.parametrize("scheme", ["socks", "socks5", "socks5h"])
def test_a_socks_proxy_needs_its_package(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://a:7890")
    monkeypatch.setattr("evaluator.network.proxies.find_spec", lambda _: object())
    found = proxy_for(MODEL)
    assert found is not None
    assert found.url.startswith("socks5")
    monkeypatch.setattr("evaluator.network.proxies.find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"ALL_PROXY.*pip install socksio"):
        proxy_for(MODEL)


@pytest.mark.parametrize(
    ("listed", "host", "exempt"),
    [
        ("example.org", "models.example.org", True),
        ("example.org", "badexample.org", False),
        ("*.example.org", "models.example.org", True),
        (".Example.org", "MODELS.example.org.", True),
        ("http://models.example.org", "models.example.org", True),
        ("models.example.org:443", "models.example.org", True),
        ("models.example.org:8443", "models.example.org", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("::1", "::1", True),
        ("127.0.0.1", "localhost", True),
        ("a b,c", "c", True),
        ("", "c", False),
        ("a,,/,*:", "c", False),
    ],
)
def test_no_proxy(listed: str, host: str, exempt: bool) -> None:
    assert is_exempt(host, listed, port=443) is exempt
