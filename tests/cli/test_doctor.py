"""``doctor`` prints its whole list whatever the environment holds, and a command says one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.cli import run
from evaluator.transport import _everybody

from ..conftest import RESUMES
from ..servers.habits import GOOD, always
from ..servers.model import completion, model_server

CHECKS = ("evaluator", "OCR", "rubric", "reader", "github", "snapshots")
BROKEN = {
    "a SOCKS proxy without a port": {"ALL_PROXY": "socks://127.0.0.1:x"},
    "a SOCKS proxy that is gone": {"ALL_PROXY": "socks5://127.0.0.1:9"},
    "an unknown kind of proxy": {"HTTPS_PROXY": "socks4://127.0.0.1:9", "HTTP_PROXY": "quic://h"},
    "a file of authorities that is gone": {"SSL_CERT_FILE": "/nonexistent/ca.pem"},
    "a smart quote in the token": {"GITHUB_TOKEN": "“ghp_hunter2”"},
    "a line break in the token": {"GITHUB_TOKEN": "ghp_\nhunter2"},
    "a smart quote in the key": {"OPENAI_API_KEY": "“hunter2”"},
    "an address that is none": {"OPENAI_BASE_URL": "u:hunter2@localhost:x/v1"},
    "a login in the address": {"OPENAI_BASE_URL": "http://u:hunter2@127.0.0.1:9/v1"},
    "an address of GitHub that is none": {"EVALUATOR_GITHUB_URL": "http://u:hunter2@[::1"},
}  # fmt: skip


@pytest.fixture(params=BROKEN)
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("EVALUATOR_GITHUB_URL", "https://127.0.0.1:9")
    monkeypatch.setenv("EVALUATOR_MODEL", "m")
    for name, value in BROKEN[request.param].items():
        monkeypatch.setenv(name, value)
    _everybody.cache_clear()
    return BROKEN[request.param]


def test_doctor_survives(broken: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["doctor", "--base-url", "https://127.0.0.1:9/v1"] if "OPENAI_BASE_URL" not in broken else ["doctor"])  # fmt: skip
    told = capsys.readouterr()
    assert code == 1
    assert all(f"  {name} " in told.out for name in CHECKS)
    assert "!!" in told.out
    assert "hunter2" not in told.out + told.err
    assert told.err == ""


def test_a_candidate_is_judged_without_the_portfolio_and_says_why(
    broken: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    resume = str(RESUMES / "ines-carrasco.html")
    assert run(["evaluate", resume, "--reader", "rules", "--github", "fictional", "--format", "json"]) == 0  # fmt: skip
    told = capsys.readouterr()
    assert '"unknown"' in told.out
    assert "GitHub cannot be reached" in told.out or any(name in told.out for name in broken)
    assert "hunter2" not in told.out + told.err


def test_a_model_in_such_an_environment_is_one_line(
    broken: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    resume = str(RESUMES / "ines-carrasco.html")
    with model_server(always(completion(GOOD)), tls=True) as server:
        address = [] if "OPENAI_BASE_URL" in broken else ["--base-url", server.url]
        assert run(["evaluate", resume, "--github", "none", *address]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = [line for line in told.err.splitlines() if line.startswith("evaluator:")]
    assert "report it" not in line
    assert "hunter2" not in told.err
