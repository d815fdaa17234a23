"""A reverse proxy's login counts when the proxy itself tells of it, and never otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from starlette.requests import Request

from evaluator.errors import ConfigurationError
from evaluator.service.app import make_app
from evaluator.service.configuration import ServiceSettings
from evaluator.service.proxied import name_by_proxy

from ..servers.service import TOKEN, csrf_of, served, stranger

HEADER = "X-Remote-User"
ANA = {HEADER: "Ana Ruiz"}


def _asked(settings: ServiceSettings, peer: str, *given: str) -> str | None:
    headers = [(HEADER.lower().encode(), value.encode()) for value in given]
    return name_by_proxy(settings, Request({"type": "http", "headers": headers, "state": {"peer": peer}}))  # fmt: skip


def _settings(tmp_path: Path, **values: Any) -> ServiceSettings:
    return ServiceSettings(runs=tmp_path, **{"trust_header": HEADER, **values})


def test_whom_the_proxy_names_is_in_and_decides_under_that_name(runs: Path) -> None:
    with served(runs, trust_header=HEADER) as settings:
        with stranger(settings, follow_redirects=True, headers=ANA) as client:
            assert "autumn" in client.get("/").text
            answer = client.get("/runs/autumn")
            assert answer.status_code == 200
            csrf = csrf_of(client.get("/").text)
            assert client.post("/blind", data={"csrf": csrf, "blind": "1", "to": "/"}).status_code == 200  # fmt: skip
            cookies = dict(client.cookies)
        for headers in ({HEADER: "Ben Ode"}, {}):
            with stranger(settings, cookies=cookies, headers=headers) as other:
                answer = other.get("/runs/autumn")
                assert answer.status_code == (303 if headers else 401)
        with stranger(settings, headers=ANA) as program:
            assert program.post("/api/v1/jobs", json={"run": "autumn"}).status_code == 401
            assert program.get("/health").status_code == 200


def test_the_decision_of_a_browser_is_that_of_the_proxys_login(runs: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(runs, tmp_path / "runs")
    with (
        served(tmp_path / "runs", trust_header=HEADER) as settings,
        stranger(settings, follow_redirects=True, headers=ANA) as client,
    ):
        csrf = csrf_of(client.get("/").text)
        rows = client.get("/api/v1/runs/autumn/candidates?status=done").json()["items"]
        said = {"kind": "decided", "choice": "yes", "by": "Somebody Else"}
        place = f"/api/v1/runs/autumn/candidates/{rows[0]['id']}/decisions"
        made = client.post(place, json=said, headers={"x-csrf-token": csrf}).json()
        assert made["entry"]["said"]["by"] == "Ana Ruiz"


def test_without_the_setting_the_header_is_nothing(runs: Path) -> None:
    with served(runs) as settings, stranger(settings, headers=ANA) as client:
        assert client.get("/runs/autumn").status_code == 401
    with (
        served(runs, trust_header=HEADER, proxies=("10.0.0.5",)) as settings,
        stranger(settings, headers={**ANA, "X-Forwarded-For": "10.0.0.5"}) as client,
    ):
        assert client.get("/runs/autumn").status_code == 401
        assert client.get("/", params={"token": TOKEN}).status_code == 303


@pytest.mark.parametrize(
    ("peer", "proxies", "host", "name"),
    [
        ("127.0.0.1", (), "127.0.0.1", "Ana"), ("::1", (), "::1", "Ana"), ("10.0.0.5", (), "127.0.0.1", None),
        ("127.0.0.1", (), "0.0.0.0", None), ("10.0.0.5", ("10.0.0.5",), "0.0.0.0", "Ana"), ("10.0.0.6", ("10.0.0.5",), "0.0.0.0", None),
        ("127.0.0.1", ("10.0.0.5",), "127.0.0.1", None), ("::ffff:10.0.0.5", ("10.0.0.0/24",), "::", "Ana"), ("", ("10.0.0.5",), "::", None),
        ("proxy", ("10.0.0.5",), "::", None),
    ],
)  # fmt: skip
def test_who_is_connected_decides_whether_the_header_counts(
    tmp_path: Path, peer: str, proxies: tuple[str, ...], host: str, name: str | None
) -> None:
    assert _asked(_settings(tmp_path, proxies=proxies, host=host), peer, "Ana") == name


@pytest.mark.parametrize("given", [(), ("Ana", "Ben"), ("",), (" ",), ("x" * 81,), ("a\x00b",)])
def test_a_header_that_is_not_clear_names_nobody(tmp_path: Path, given: tuple[str, ...]) -> None:
    assert _asked(_settings(tmp_path), "127.0.0.1", *given) is None
    assert _asked(_settings(tmp_path), "127.0.0.1", "  Ana  Ruíz ") == "Ana Ruíz"
    bad = Request({"type": "http", "headers": [(b"x-remote-user", b"\xff")], "state": {"peer": "127.0.0.1"}})  # fmt: skip
    assert name_by_proxy(_settings(tmp_path), bad) is None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"host": "0.0.0.0"}, "--proxy"), ({"proxies": ("proxy.example",)}, "no address"),
        ({"trust_header": "Cookie"}, "no header"), ({"trust_header": "X Y"}, "no header"),
        ({"host": "0.0.0.0", "password": SecretStr("correct horse")}, "--proxy"),
    ],
)  # fmt: skip
def test_what_would_let_anybody_in_is_refused_at_the_start(
    tmp_path: Path, values: dict[str, Any], told: str
) -> None:
    with pytest.raises(ConfigurationError, match=told):
        make_app(_settings(tmp_path, **values))
    make_app(_settings(tmp_path, host="0.0.0.0", proxies=("10.0.0.0/24",)))


def test_a_proxy_of_ours_tells_that_visitors_speak_tls(runs: Path) -> None:
    with served(runs) as settings:
        headers = {"x-forwarded-proto": "https"}
        answer = httpx.get(f"{settings.address}?token={TOKEN}", headers=headers, trust_env=False)
        assert "Secure" in answer.headers["set-cookie"]
