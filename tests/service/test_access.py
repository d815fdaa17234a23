"""Who comes in and who does not."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from starlette.routing import Route

from evaluator.errors import ConfigurationError, UsageError
from evaluator.service.access import Sessions, local
from evaluator.service.app import make_app
from evaluator.service.configuration import Limits, ServiceSettings
from evaluator.service.serving import listen

from ..servers.service import TOKEN, csrf_of, served, stranger, visitor

PASSWORD = "correct horse battery staple"


def test_without_the_token_nothing_of_a_run_is_told(settings: ServiceSettings) -> None:
    with stranger(settings) as client:
        for path in ("/", "/runs/autumn", "/runs/autumn/candidates/0", "/?token=wrong", "/api/v1/runs"):  # fmt: skip
            answer = client.get(path)
            assert answer.status_code == 401
            assert "autumn" not in answer.text.replace(f'value="{path}"', "")
        assert client.post("/leave").status_code == 401


def test_the_printed_address_lets_in_and_the_token_leaves_it(settings: ServiceSettings) -> None:
    with stranger(settings) as client:
        answer = client.get("/", params={"token": TOKEN, "track": "ml"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/?track=ml")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert "autumn" in client.get("/").text


def test_the_token_can_be_pasted_and_leads_to_where_somebody_wanted(
    settings: ServiceSettings,
) -> None:
    with stranger(settings) as client:
        form = client.get("/runs/autumn?track=ml").text
        assert 'value="/runs/autumn?track=ml"' in form
        wrong = client.post("/enter", data={"secret": "x", "to": "/"})
        assert wrong.status_code == 401
        right = client.post("/enter", data={"secret": TOKEN, "to": "/runs/autumn?track=ml"})
        assert right.headers["location"] == "/runs/autumn?track=ml"
        elsewhere = client.post("/enter", data={"secret": TOKEN, "to": "//evil.example/"})
        assert elsewhere.headers["location"] == "/"
        assert client.get("/enter").headers["location"] == "/"


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:x", "", "/a\nb"])  # fmt: skip
def test_nobody_is_sent_elsewhere(path: str) -> None:
    assert local(path) == "/"


def test_a_program_brings_the_token_in_its_header(settings: ServiceSettings) -> None:
    with stranger(settings, headers={"authorization": f"Bearer {TOKEN}"}) as client:
        assert "autumn" in client.get("/").text
        assert "set-cookie" not in client.get("/").headers
    with stranger(settings, headers={"authorization": "Bearer wrong"}) as client:
        answer = client.get("/api/v1/runs")
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1.evil.example", "[", "10.0.0.1"])  # fmt: skip
def test_a_name_that_was_made_to_lead_here_is_refused(settings: ServiceSettings, host: str) -> None:
    with visitor(settings) as client:
        answer = client.get("/", headers={"host": host})
        assert answer.status_code == 400
        assert "autumn" not in answer.text


def test_other_names_are_allowed_by_name(runs: Path) -> None:
    app_names = ("Workplace.example",)
    with served(runs, names=app_names) as settings, visitor(settings) as client:
        assert client.get("/", headers={"host": "workplace.example"}).status_code == 200


def test_every_form_needs_its_own_token(settings: ServiceSettings, runs: Path) -> None:
    routes = [
        route
        for route in make_app(ServiceSettings(runs=runs)).routes
        if isinstance(route, Route) and "POST" in (route.methods or ()) and route.path != "/enter"
    ]
    assert routes
    with visitor(settings) as client:
        for route in routes:
            path = route.path.replace("{run}", "autumn").replace("{id}", "0" * 16)
            for csrf in ({}, {"csrf": "wrong"}):
                answer = client.post(path, data=csrf)
                assert answer.status_code == 403, path
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}])  # fmt: skip
def test_a_form_on_another_site_is_refused_unread(
    client: httpx.Client, headers: dict[str, str]
) -> None:
    csrf = csrf_of(client.get("/").text)
    assert client.post("/leave", data={"csrf": csrf}, headers=headers).status_code == 403


def test_who_signs_out_is_out(settings: ServiceSettings) -> None:
    with visitor(settings) as client:
        cookies = dict(client.cookies)
        csrf = csrf_of(client.get("/").text)
        client.post("/leave", data={"csrf": csrf})
    with stranger(settings, cookies=cookies) as again:
        assert again.get("/").status_code == 401


def test_a_session_ends_when_nobody_comes_and_few_are_kept(tmp_path: Path) -> None:
    now = 0.0
    sessions = Sessions(ServiceSettings(runs=tmp_path, session_seconds=10), clock=lambda: now)
    first = sessions.begin()
    now = 9
    assert sessions.find(first.id) is first
    now = 18
    assert sessions.find(first.id) is first
    now = 29
    assert sessions.find(first.id) is None
    begun = [sessions.begin() for _ in range(501)]
    assert sessions.find(begun[0].id) is None
    assert sessions.find(begun[-1].id) is not None


def test_guessing_a_password_is_slow_and_keeps_nobody_out_who_has_the_token(tmp_path: Path) -> None:
    now = 0.0
    sessions = Sessions(
        ServiceSettings(runs=tmp_path, token=SecretStr(TOKEN), password=SecretStr(PASSWORD)),
        clock=lambda: now,
    )
    assert sessions.admits(PASSWORD)
    assert not any(sessions.admits("guess") for _ in range(5))
    assert sessions.is_besieged
    assert not sessions.admits(PASSWORD)
    assert sessions.admits(TOKEN)
    now = 61
    assert sessions.admits(PASSWORD)


def test_a_password_lets_in_and_too_many_guesses_are_told(runs: Path) -> None:
    with (
        served(runs, password=SecretStr(PASSWORD)) as settings,
        stranger(settings, follow_redirects=True) as client,
    ):
        assert "Enter the password" in client.get("/").text
        assert "autumn" in client.post("/enter", data={"secret": PASSWORD}).text
        for _ in range(5):
            answer = client.post("/enter", data={"secret": "guess"})
        assert answer.status_code == 429
        assert "Wait a minute" in answer.text


def test_other_machines_need_a_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="EVALUATOR_PASSWORD"):
        make_app(ServiceSettings(runs=tmp_path, host="0.0.0.0"))
    make_app(ServiceSettings(runs=tmp_path, host="0.0.0.0", password=SecretStr(PASSWORD)))


def test_an_address_that_is_taken_is_one_line(settings: ServiceSettings) -> None:
    with pytest.raises(UsageError, match=r"Choose another --port"):
        listen(settings)


def test_what_is_too_large_is_refused_with_and_without_its_length(runs: Path) -> None:
    limits = Limits(form_bytes=1000)
    with served(runs, limits=limits) as settings, visitor(settings) as client:
        csrf = csrf_of(client.get("/").text)
        large = {"csrf": csrf, "x": "y" * 2000}
        assert client.post("/leave", data=large).status_code == 413
        pieces = (b"x=" + b"y" * 400 for _ in range(5))
        headers = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/leave", content=pieces, headers=headers).status_code == 413
        assert client.get("/").status_code == 200


def test_who_falls_silent_in_the_middle_is_not_waited_for(runs: Path) -> None:
    import socket

    with served(runs, limits=Limits(silence=0.2)) as settings, visitor(settings) as client:
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        with socket.create_connection(("127.0.0.1", settings.port), timeout=5) as slow:
            slow.sendall(
                f"POST /leave HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ncsrf".encode()
            )
            assert b" 408 " in slow.recv(1000)


def test_every_answer_keeps_to_itself(settings: ServiceSettings) -> None:
    with visitor(settings) as client, stranger(settings) as other:
        for answer in (client.get("/"), other.get("/"), client.get("/none"), client.get("/", headers={"host": "x"})):  # fmt: skip
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
        style = other.get("/static/evaluator.css")
        assert "immutable" in style.headers["cache-control"]
        assert other.get("/static/../app.py").status_code in {401, 404}


@pytest.mark.parametrize(
    "path",
    ["/runs/%2e%2e", "/runs/..%2f..%2fetc", "/runs/%00", "/static/..%2fapp.py",
     "/runs/autumn/candidates/..%2f..%2frun.sqlite", "/runs/autumn%2f..%2fautumn"],
)  # fmt: skip
def test_paths_lead_nowhere(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Not found" in answer.text
