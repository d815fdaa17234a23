"""``consistency`` as a user runs it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from evaluator.cli import run

from ..conftest import RESUMES
from ..servers.model import completion, model_server
from ..servers.readings import exact, noisy, reply_of

PATH = str(RESUMES / "mira-holloway.pdf")


def test_spread_is_told_and_repeats_are_paid_once(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(1)
    with model_server(
        lambda body: completion(
            reply_of(noisy(exact(body), chance, drop=0.07, flip=0.02, invent=1))
        )
    ) as server:
        command = ["consistency", PATH, "--repeats", "6", "--samples", "1", "--model", "gpt-6-luna", "--base-url", server.url, "--github", "none"]  # fmt: skip
        assert run(command) == 0
        shown = capsys.readouterr().out
        assert len(server.bodies) == 6
        assert "6 readings with 1 sample(s) each by gpt-6-luna, 0.0004 USD" in shown
        assert "range" in shown
        assert "Track: ml 6" in shown
        assert max(map(len, shown.splitlines())) <= 100
        assert run([*command, "--format", "json"]) == 0
        assert len(server.bodies) == 6
        value = json.loads(capsys.readouterr().out)
        assert value["readings"] == 6
        assert value["tracks"] == {"ml": 6}
        assert 0 < value["range"] < 100
        assert run([*command, "--refresh"]) == 0
        assert len(server.bodies) == 12


def test_the_rules_need_no_such_test_and_its_older_name_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["stability", PATH, "--reader", "rules"]) == 2
    assert "the same reading every time" in capsys.readouterr().err


def test_a_budget_needs_a_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["batch", PATH, "--out", str(tmp_path), "--budget", "1", "--base-url", "http://127.0.0.1:9/v1"]  # fmt: skip
    assert run([*arguments, "--model", "unheard-of"]) == 2
    assert "EVALUATOR_PRICES" in capsys.readouterr().err
