"""What a user gets wrong in a run is one line with a hint and the documented code; what went well is told in full."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest

from evaluator.batch.runner import INTERRUPTED
from evaluator.batch.summary import Summary
from evaluator.cli import batching, run
from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError, StorageError, Unreadable, UsageError
from evaluator.models.document import Document

from ..batch.test_runner import run as run_batch
from ..conftest import RESUMES

GOOD = str(RESUMES / "owen-pryce.md")
OFFLINE = ["--offline", "--reader", "rules", "--github", "none", "--progress", "none"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("mistakes") / "run"
    run_batch(out, GOOD, RESUMES / "jonas-beck.md")
    return out


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["compare", "RUN", "owen-pryce.md"], "not 1. The column id"),
        (["compare", "RUN", "a", "b", "c", "d", "e"], "not 5. The column id"),
        (["compare", "RUN", "owen-pryce.md", "nobody.md"], "No candidate of this run matches"),
        (["guide", "RUN", ""], "2 candidates of this run match “”. The column id"),
        (["guide", "HERE", "x"], "is not a run folder: it has no run.sqlite. Make one"),
        (["status", "HERE"], "is not a run folder: it has no log.jsonl. Make one"),
        (["notice", "HERE", "x"], "Make one with “evaluator batch”"),
        (["audit", "HERE", "--counterfactual"], "Make one with “evaluator batch”"),
        (["audit", "RUN", "--groups", "HERE/none.csv"], "cannot be read"),
        (["batch", GOOD, "--out", GOOD, *OFFLINE], "is a file. Give a folder."),
        (["batch", GOOD, "--out", "s3://bucket/run", *OFFLINE], "Give a folder, or --engine ray."),
        (["batch", GOOD, "--out", "HERE/" + "x" * 300, *OFFLINE], "cannot be written"),
    ],
)
def test_a_mistake_is_one_line_with_a_hint(
    finished: Path,
    tmp_path: Path,
    command: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"RUN": str(finished), "HERE": str(tmp_path)}
    code = run(
        [
            word.replace("HERE", str(tmp_path)) if word not in places else places[word]
            for word in command
        ]
    )
    (line,) = lines(capsys)
    assert says in line
    assert code == (1 if "written" in says else 2)


@pytest.mark.parametrize("statement", ["update report set json = '{}'", "delete from report"])
def test_a_report_that_cannot_be_shown_says_how_to_have_it_again(
    finished: Path, tmp_path: Path, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    shutil.copytree(finished, out)
    with closing(sqlite3.connect(out / "run.sqlite")) as database, database:
        database.execute(statement)
    for command in ("guide", "notice"):
        assert run([command, str(out), "owen-pryce.md"]) == 2
        (line,) = lines(capsys)
        assert (
            "kept by another version of the program. Run batch again with --retry-failed." in line
        )


def test_pages_about_candidates_outside_of_the_run_are_remembered(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    shutil.copytree(finished, out)
    ids = ["owen-pryce.md", "jonas-beck.md"]
    page, questions, told = (tmp_path / name for name in ("both.html", "guide.md", "notice.txt"))
    assert run(["compare", str(out), *ids, "--format", "html", "-o", str(page)]) == 0
    assert run(["guide", str(out), ids[0], "--format", "markdown", "-o", str(questions)]) == 0
    assert run(["notice", str(out), ids[0], "--language", "en", "-o", str(told)]) == 0
    assert 'href="run/reports/' in page.read_text()
    assert run(["compare", str(out), *ids, "--format", "html"]) == 0
    assert 'href="run/reports/' not in capsys.readouterr().out
    assert run(["purge", str(out), ids[0]]) == 0
    assert not any(path.exists() for path in (page, questions, told))


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (UsageError("It is wrong.", hint="Mend it."), 2, "evaluator: It is wrong. Mend it."),
        (StorageError("Full.", hint="Make room."), 1, "evaluator: Full. Make room."),
        (DocumentError(Unreadable.NOT_FOUND, "Gone."), 2, "evaluator: Gone."),
        (DocumentError(Unreadable.EMPTY, "Empty."), 3, "evaluator: Empty."),
        (ExceptionGroup("g", [KeyError("x"), ExceptionGroup("h", [UsageError("Two.")])]), 2, "evaluator: Two."),
        (ExceptionGroup("g", [OSError(28, "No space left", "a.txt")]), 1, "evaluator: a.txt cannot be used (No space left)."),
        (OSError("odd"), 1, "evaluator: a file or the output cannot be used (OSError)."),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"), 2, "evaluator: a text file is not in UTF-8. Save the files that you name in UTF-8."),
        (ValueError("key sk-abcdefghijklmnopqrstuvwxyz0123456789"), 1, "Please report it."),
        (click.Abort(), 130, "evaluator: interrupted; run it again to continue."),
    ],
)  # fmt: skip
def test_every_error_is_one_line_and_its_code(
    error: BaseException, code: int, says: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("evaluator.cli.inspection.source_of", fail)
    assert run(["extract", GOOD]) == code
    (line,) = lines(capsys)
    assert says in line
    assert "abcdefghijklmnop" not in line


def test_what_a_run_did_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    failures = [(f"{n:02}.pdf", "it is empty\x1b[31m") for n in range(22)]
    batching._say_summary(
        Summary(done=5, failed=22, not_asked=7, kept=2, unread=3, purged=4, fallen_back=1, stopped="the budget is spent", failures=failures),
        "run/index.html",
    )  # fmt: skip
    told = lines(capsys)
    assert told[0] == "5 evaluated, 22 failed, 7 not asked (2 unchanged) · run/index.html"
    assert told[1].startswith("  00.pdf: it is empty")
    assert "\x1b" not in "".join(told)
    assert told[21] == "  and 2 more, in candidates.csv"
    assert told[22] == "evaluator: stopped: the budget is spent"
    assert told[23].startswith("evaluator: 4 skipped: purged from this run")
    assert told[24].startswith(
        "evaluator: 3 of 27 could not be read by the model (--fallback rules"
    )
    assert told[25].startswith("evaluator: 1 of 27 could not be read by the model; the embedded")


@pytest.mark.parametrize(
    ("summary", "code"),
    [
        (Summary(done=2), 0),
        (Summary(purged=1), 0),
        (Summary(), 1),
        (Summary(done=2, failed=1), 3),
        (Summary(done=1, stopped="why"), 3),
        (Summary(stopped="why"), 2),
        (Summary(not_asked=3, stopped="why"), 2),
        (Summary(done=1, not_asked=3, stopped="why"), 3),
        (Summary(done=2, stopped=INTERRUPTED), 130),
    ],
)
@pytest.mark.parametrize("engine", ["local", "ray"])
def test_the_code_tells_how_a_run_ended(
    summary: Summary, code: int, engine: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    async def ended(*_: object) -> Summary:
        return summary

    monkeypatch.setattr(batching, "_run", ended)
    monkeypatch.setattr(batching, "_run_on_cluster", ended)
    out = tmp_path / "run"
    assert run(["batch", GOOD, "--out", str(out), "--engine", engine, *OFFLINE]) == code
    shown = str(out) if engine == "ray" else str(out / "index.html")
    assert lines(capsys)[0].endswith(f" · {shown}")


class Going:
    """A run that goes on until it is told to stop."""

    def __init__(self) -> None:
        self.is_stopped = False

    def stop(self) -> None:
        self.is_stopped = True


def test_the_first_signal_ends_a_run_in_order_and_the_second_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    going = Going()
    before = signal.getsignal(signal.SIGINT)

    async def go() -> None:
        with batching._stopping(going):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.02)
            assert going.is_stopped
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(5)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(go())
    assert lines(capsys) == [
        "evaluator: finishing work in progress; press Ctrl-C again to quit now"
    ]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_run_off_the_main_thread_goes_on_without_signals() -> None:
    async def go() -> str:
        with batching._stopping(Going()):
            return "done"

    async def apart() -> str:
        return await asyncio.to_thread(lambda: asyncio.run(go()))

    assert asyncio.run(apart()) == "done"


def test_what_is_read_is_shown_with_its_flags_and_links(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(data: bytes, name: str, *, draws: bool) -> Document:
        return read_document(data, name)

    monkeypatch.setattr("evaluator.cli.inspection.read_in_worker", read)
    assert run(["extract", str(RESUMES / "victor-lang.md")]) == 0
    assert "\nflag  high: " in capsys.readouterr().out
