"""Events are logged under the package's loggers, silent unless wanted, and hold nothing about a person."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluator.cli import run
from evaluator.documents.reading import read_document
from evaluator.pacing import WaitTracker
from evaluator.structure.contact import contact
from evaluator.structure.outline import outline

from .conftest import PORTFOLIOS, RESUMES, ROOT, no_sleep
from .servers.model import completion, model_server
from .servers.readings import exact, reply_of

NAMES = ("amara-diallo.pdf", "owen-pryce.md", "jonas-beck.md")


@pytest.fixture(autouse=True)
def _untouched() -> Iterator[None]:
    logger = logging.getLogger("evaluator")
    before = list(logger.handlers)
    yield
    assert logger.handlers == before
    assert logger.level == logging.NOTSET


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_candidate_leaves_one_event_for_each_stage(capsys: pytest.CaptureFixture[str]) -> None:
    path = RESUMES / "owen-pryce.md"
    with model_server(lambda body: completion(reply_of(exact(body)))) as server:
        command = ["evaluate", str(path), "--model", "m", "--base-url", server.url, "--github", "none", "--samples", "1"]  # fmt: skip
        assert run([*command, "--log-format", "json"]) == 0
    told = capsys.readouterr()
    assert "{" not in told.out
    found = events(told.err)
    assert [e["event"] for e in found] == ["document read", "portfolio read", "candidate read", "report made"]  # fmt: skip
    assert {e["level"] for e in found} == {"info"}
    assert all(e["logger"].startswith("evaluator.") and e["seconds"] >= 0 for e in found)
    assert len({e["id"] for e in found}) == 1
    assert found[0]["format"] == "markdown"
    assert found[2]["calls"] == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", found[0]["time"])


def test_no_event_holds_a_name_an_address_or_words_of_a_resume(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    odd = tmp_path / "Quentin Abernathy.pdf"
    odd.write_bytes(b"%PDF-1.7 Quentin Abernathy")
    for path in [*(RESUMES / name for name in NAMES), odd]:
        run(["--log-level", "debug", "--log-format", "json", "evaluate", str(path), "--offline", "--snapshots", str(PORTFOLIOS)])  # fmt: skip
    logged = [json.dumps(event, ensure_ascii=False) for event in events(capsys.readouterr().err)]
    assert len(logged) >= 3 * len(NAMES) + 1
    text = " ".join(logged).casefold()
    assert "document read failed" in text
    assert "abernathy" not in text
    for name in NAMES:
        document = read_document((RESUMES / name).read_bytes(), name)
        person = contact(document, outline(document))
        for word in [*(person.name or "").split(), *person.emails, Path(name).stem, name]:
            assert word.casefold() not in text
        for line in document.text.splitlines():
            words = line.split()
            for start in range(len(words) - 2):
                assert " ".join(words[start : start + 3]).casefold() not in text


def test_text_is_one_readable_line_and_a_level_leaves_out_what_is_below(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = str(RESUMES / "owen-pryce.md")
    assert run(["evaluate", path, "--offline", "--github", "none", "--log-level", "info"]) == 0
    lines = capsys.readouterr().err.splitlines()[1:]
    assert re.fullmatch(r"\d\d:\d\d:\d\d info document read id=[0-9a-f]{16} format=markdown pages=1 flags=\d+ seconds=[\d.]+", lines[0])  # fmt: skip
    assert run(["evaluate", path, "--offline", "--github", "none", "--log-level", "warning"]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run(["evaluate", path, "--offline", "--github", "none"]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_waiting_is_an_event(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="evaluator.pacing")
    asyncio.run(WaitTracker("GitHub's limit", no_sleep).sleep(30))
    (record,) = caplog.records
    assert record.getMessage() == "waiting"
    assert record.__dict__["fields"] == {"reason": "GitHub's limit", "seconds": 30}
    logging.getLogger("evaluator.pacing").setLevel(logging.NOTSET)


def test_a_program_without_logging_hears_nothing() -> None:
    program = "import evaluator, logging; logging.getLogger('evaluator.pipeline').error('hello')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
