"""Whatever a server says, no secret of ours is in the run folder, in the cache, or in what is told."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluator.cli import run as cli

from ..conftest import RESUMES
from ..pipeline.test_model_path import honest
from ..servers.github import github_server
from ..servers.model import completion, model_server

KEY, TOKEN, PASSWORD = "Qx7-own-KEY_0123456789", "tok.Zz9-own-TOKEN0123", "p4ss-W0RD-own"
Said = Callable[[], tuple[int, dict[str, str], bytes]]


def refused(status: int, message: str) -> tuple[int, dict[str, str], bytes]:
    return status, {}, json.dumps({"error": {"message": message}}).encode()


OF_ONE: list[Said] = [
    lambda: refused(400, f"bad request with Bearer {KEY} \x1b]0;pwn\x07"),
    lambda: refused(400, "x" * 145 + KEY),  # cut in the middle by us
    lambda: refused(400, base64.b64encode(KEY.encode()).decode()),
    lambda: (400, {}, b'{"error":{"message":"' + "".join(f"\\u{ord(c):04x}" for c in KEY).encode() + b'"}}'),
    lambda: completion(KEY),
    lambda: completion(json.dumps({"items": [], "scope": [], "sent": KEY})),
]  # fmt: skip
"""What costs one candidate, or none."""
OF_ALL: list[Said] = [
    lambda: refused(401, f"Incorrect API key provided: {KEY}"),
    lambda: refused(404, f"no model for {KEY}"),
]


def everything(*folders: Path) -> bytes:
    return b"".join(p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file())


@pytest.mark.parametrize("echoes", [OF_ONE, OF_ALL[:1], OF_ALL[1:]], ids=["rows", "401", "404"])
def test_a_key_that_is_echoed_is_nowhere(
    echoes: list[Said],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("EVALUATOR_CACHE_DIR", str(tmp_path / "cache"))
    turns = itertools.cycle(echoes)
    sources = sorted(map(str, RESUMES.glob("*.md")))[: len(echoes)]
    with model_server(lambda _: next(turns)()) as server:
        url = server.url.replace("://", f"://me:{PASSWORD}@")
        options = ["--model", "m", "--base-url", url, "--github", "none", "--samples", "1", "--jobs", "1"]  # fmt: skip
        cli(["batch", *sources, "--out", str(tmp_path / "run"), "--explain", *options])
        assert len(server.bodies) >= len(sources)
        cli(["doctor", "--base-url", url, "--offline"])
    told = "".join(capsys.readouterr())
    found = everything(tmp_path) + told.encode()
    for secret in (KEY, PASSWORD, KEY[:10], base64.b64encode(KEY.encode()).decode()[:12]):
        assert secret.encode() not in found
    assert "\x1b" not in told
    assert b"\x1b" not in (tmp_path / "run" / "candidates.csv").read_bytes()


def test_a_token_that_is_echoed_by_a_portfolio_is_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    with github_server() as server:
        monkeypatch.setenv("EVALUATOR_GITHUB_URL", server.url)
        server.everybody = True
        server.name = f"Ada {TOKEN}"
        for repository in server.repositories:
            repository["description"] = f"Sent was {TOKEN}"
        options = ["--reader", "rules", "--snapshots", str(tmp_path / "snapshots")]
        cli(["batch", str(RESUMES / "owen-pryce.md"), "--out", str(tmp_path / "run"), *options])
    found = everything(tmp_path)
    assert list((tmp_path / "snapshots").iterdir())
    assert b"Sent was" in found
    assert TOKEN.encode() not in found + "".join(capsys.readouterr()).encode()


def test_the_password_of_an_address_still_opens_it(tmp_path: Path) -> None:
    seen: list[Any] = []

    def watching(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        seen.append(body)
        return honest(body)

    with model_server(watching) as server:
        url = server.url.replace("://", f"://me:{PASSWORD}@")
        code = cli(["batch", str(RESUMES / "owen-pryce.md"), "--out", str(tmp_path / "run"), "--model", "m", "--base-url", url, "--github", "none", "--samples", "1"])  # fmt: skip
        sent = server.headers[-1]["authorization"]
    assert code == 0
    assert sent == "Basic " + base64.b64encode(f"me:{PASSWORD}".encode()).decode()
