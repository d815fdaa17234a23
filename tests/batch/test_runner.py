"""A run folder: complete, resumable, unchanged when nothing changed, safe under kill."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import SecretStr

from evaluator import CandidateReport, Settings, StorageError, UsageError
from evaluator.batch.chain import faults
from evaluator.batch.files import write_if_changed
from evaluator.batch.outputs import write_all
from evaluator.batch.record_of_use import USE
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.batch.store import Item, Kept, RunStore
from evaluator.batch.summary import Summary
from evaluator.documents.sandbox import ParserPool
from evaluator.pipeline.session import Session
from evaluator.transport import RetryPolicy
from evaluator.workers import _Worker

from ..conftest import PORTFOLIOS, RESUMES, ROOT, UNREADABLE, no_sleep
from ..pipeline.test_model_path import honest
from ..servers.github import LOGIN, github_server
from ..servers.model import model_server

NAMES = ["owen-pryce.md", "jonas-beck.md", "lucia-ferrer.txt"]


def run(
    out: Path, *sources: Path | str, settings: Settings | None = None, **options: Any
) -> Summary:
    chosen = settings or Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)

    async def go() -> Summary:
        async with Session(chosen, retries=RetryPolicy(sleep=no_sleep)) as session:
            runner = Runner(session, out, **options)
            return await runner.run(expand(str(s) for s in sources))

    return asyncio.run(go())


def rows(out: Path) -> list[dict[str, str]]:
    text = (out / "candidates.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def state(out: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(p.relative_to(out)): (p.stat().st_mtime_ns, p.read_bytes())
        for p in sorted(out.rglob("*"))
        if p.is_file() and not p.name.startswith("run.sqlite")
    }


def outputs(out: Path) -> dict[str, bytes]:
    return {name: content for name, (_, content) in state(out).items() if name != "log.jsonl"}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("finished")
    summary = run(out, RESUMES, UNREADABLE)
    assert (summary.done, summary.failed) == (27, 6)
    return out


def test_every_source_has_its_row_and_every_readable_one_its_reports(finished: Path) -> None:
    table = rows(finished)
    assert len(table) == 33
    for row in table:
        assert len(row["id"]) == 16
        if row["status"] == "done":
            text = (finished / "reports" / f"{row['id']}.json").read_text(encoding="utf-8")
            report = CandidateReport.model_validate_json(text)
            assert row["track"] == report.track
            assert float(row["ml_score"]) == report.axes.ml.score
            assert (finished / row["report"]).is_file()
        else:
            assert row["reason"]
            assert row["report"] == row["track"] == ""
    assert (finished / "index.html").is_file()


def test_the_workbook_holds_the_same_rows(finished: Path) -> None:
    sheet = openpyxl.load_workbook(finished / "candidates.xlsx").active
    assert sheet is not None
    table = list(sheet.iter_rows(values_only=True))
    assert len(table) == 34
    assert list(table[0]) == list(rows(finished)[0])
    assert isinstance(table[1][7], float | int)


def test_the_log_counts_and_names_nobody(finished: Path) -> None:
    text = (finished / "log.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line) for line in text.splitlines()]
    assert events[0]["event"] == "run started"
    assert events[-1]["event"] == "run ended"
    assert sum(e["event"] == "done" for e in events) == 27
    for secret in ("mail.example", "Holloway", "mira", "fictional-"):
        assert secret not in text


def test_a_second_run_reads_nothing_and_rewrites_nothing(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(finished)

    async def forbidden(*_: Any, **__: Any) -> Any:
        pytest.fail("a document was read again")

    monkeypatch.setattr(ParserPool, "read", forbidden)
    summary = run(finished, RESUMES, UNREADABLE)
    assert (summary.done, summary.failed, summary.kept) == (27, 6, 33)
    assert state(finished) == before


@pytest.mark.no_cover
@pytest.mark.workers
def test_order_of_sources_changes_no_output(finished: Path, tmp_path: Path) -> None:
    paths = [*RESUMES.iterdir(), *UNREADABLE.iterdir()]
    random.Random(7).shuffle(paths)
    run(tmp_path, *paths)
    assert outputs(tmp_path) == outputs(finished)


def test_the_pages_can_be_made_again(finished: Path, tmp_path: Path) -> None:
    run(tmp_path, *(RESUMES / n for n in NAMES))
    before = outputs(tmp_path)
    (tmp_path / "index.html").unlink()
    next((tmp_path / "reports").glob("*.html")).write_text("broken")
    with RunStore(tmp_path) as store:
        assert write_all(tmp_path, store) == 2
    assert outputs(tmp_path) == before


def test_a_changed_file_and_a_changed_setting_are_read_again(tmp_path: Path) -> None:
    source = tmp_path / "in" / "a.md"
    source.parent.mkdir()
    source.write_text((RESUMES / "owen-pryce.md").read_text())
    out = tmp_path / "out"
    assert run(out, source).kept == 0
    assert run(out, source).kept == 1
    source.write_text((RESUMES / "jonas-beck.md").read_text())
    assert run(out, source).kept == 0
    assert rows(out)[0]["name"] == "Jonas Beck"
    other = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, role="mlops-engineer")
    assert run(out, source, settings=other).kept == 0


def test_the_same_content_twice_is_evaluated_once_and_listed_twice(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text((RESUMES / "owen-pryce.md").read_text())
    out = tmp_path / "out"
    run(out, tmp_path / "a.md", tmp_path / "b.md")
    events = [json.loads(line)["event"] for line in (out / "log.jsonl").read_text().splitlines()]
    assert len(rows(out)) == 2
    assert len(list((out / "reports").glob("*.json"))) == 1
    with RunStore(out) as store:
        assert len({item.key for item in store.items()}) == 1
    assert events.count("done") == 2


def test_failed_sources_are_tried_again_only_when_asked(tmp_path: Path) -> None:
    faults = {"on": True}

    def flaky(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        return (400, {}, b'{"error": {"message": "odd"}}') if faults["on"] else honest(body)

    with model_server(flaky) as server:
        settings = Settings(
            reader="model", model="stub", base_url=server.url, github="none", samples=1
        )
        path = RESUMES / "owen-pryce.md"
        assert run(tmp_path, path, settings=settings).failed == 1
        faults["on"] = False
        assert run(tmp_path, path, settings=settings).failed == 1
        assert run(tmp_path, path, settings=settings, retry_failed=True).done == 1
        # An unknown refusal may pass, so it was asked twice.
        assert len(server.bodies) == 3
    assert rows(tmp_path)[0]["status"] == "done"


def test_an_unknown_portfolio_is_completed_by_a_later_run(tmp_path: Path) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"path,github\n{RESUMES / 'jonas-beck.md'},{LOGIN}\n\n")
    with github_server() as server:
        settings = Settings(
            reader="rules",
            github_url=server.url,
            snapshots=tmp_path / "s",
            github_token=SecretStr("t"),
        )
        server.faults = [(403, {"x-ratelimit-remaining": "0"}, b"{}")]
        out = tmp_path / "out"
        assert run(out, manifest, settings=settings).done == 1
        assert rows(out)[0]["github"] == "fictional-ada"
        assert run(out, manifest, settings=settings).kept == 1
        assert run(out, manifest, settings=settings, retry_failed=True).kept == 0
        assert rows(out)[0]["github"] == LOGIN
        assert run(out, manifest, settings=settings, retry_failed=True).kept == 1


@pytest.mark.parametrize("concurrency", [1, 4])
def test_the_budget_is_passed_by_the_calls_in_flight_at_most(
    tmp_path: Path, concurrency: int
) -> None:
    with model_server(honest) as server:
        settings = Settings(
            reader="model",
            model="gpt-6-luna",
            base_url=server.url,
            github="none",
            jobs=2,
            concurrency=concurrency,
            budget=0.00001,
        )
        summary = run(tmp_path, RESUMES, settings=settings)
    assert summary.stopped
    assert "budget" in summary.stopped
    assert 1 <= len(server.bodies) <= concurrency
    # Somebody whose document tries to steer its reader needs two readings, and may be left with one.
    assert len(server.bodies) - 1 <= summary.done <= len(server.bodies)
    assert summary.cost_usd > 0.00001


def test_a_refused_key_ends_the_run_in_order(tmp_path: Path) -> None:
    def refuse(_: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        return 401, {}, b'{"error": {"message": "bad key"}}'

    with model_server(refuse) as server:
        settings = Settings(
            reader="model", model="stub", base_url=server.url, github="none", jobs=2, concurrency=2
        )
        summary = run(tmp_path, RESUMES, settings=settings)
    assert summary.stopped
    assert "OPENAI_API_KEY" in summary.stopped
    assert summary.done == 0
    assert len(server.bodies) <= 5
    assert (tmp_path / "candidates.csv").is_file()


def test_an_unexpected_failure_costs_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ParserPool.read

    async def odd(self: ParserPool, data: bytes, name: str) -> Any:
        if name == "jonas-beck.md":
            raise KeyError(name)
        return await real(self, data, name)

    monkeypatch.setattr(ParserPool, "read", odd)
    summary = run(tmp_path, *(RESUMES / n for n in NAMES))
    assert (summary.done, summary.failed) == (2, 1)
    assert "KeyError" in summary.failures[0][1]


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    with RunStore(tmp_path), pytest.raises(StorageError, match="Another process"):
        RunStore(tmp_path)


def test_a_newer_run_folder_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.execute("pragma user_version = 99")
    database.close()
    with pytest.raises(UsageError, match="newer version"):
        RunStore(tmp_path)


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "run.sqlite").write_bytes(b"hello" * 1000)
    with pytest.raises(StorageError, match="damaged"):
        RunStore(tmp_path)


def test_a_full_disk_is_one_line_and_what_was_written_stays(tmp_path: Path) -> None:
    with RunStore(tmp_path) as store:
        store._db.execute("pragma max_page_count = 30")
        item = Item(source="a", key="k", id="i", state="done", reason="")
        kept = Kept(id="i", report="{}", text=None, row=None, snapshot=None)
        store.finish(item, kept, ["one line"])

        def fill() -> None:
            for n in range(200):
                store.finish(
                    item.model_copy(update={"source": f"s{n}", "key": f"k{n}"}),
                    kept.model_copy(update={"report": "x" * 2000}),
                )

        with pytest.raises(StorageError, match="cannot be written"):
            fill()
        assert store.item("a") == item
        assert store.kept("k") == kept
        assert store.lines(0) == ["one line"]


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="--out"):
        run(tmp_path / "file" / "run", RESUMES / "owen-pryce.md")
    with pytest.raises(StorageError):
        write_if_changed(tmp_path / "file" / "x", b"")


@pytest.mark.workers
def test_what_only_waits_for_a_parser_is_not_read_after_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (RESUMES / "owen-pryce.md").read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    for number in range(10):
        (tmp_path / "in" / f"{number}.md").write_text(f"{text}\n- Line {number}\n")
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, jobs=2)
    runners: list[Runner] = []
    read: list[bool] = []
    """For each file that a parser got, whether the run was stopped."""
    real = _Worker.ask

    async def counting(self: _Worker, body: bytes, seconds: float) -> bytes:
        if b".md\0" in body:
            read.append(runners[0].is_stopped)
            if len(read) == 5:
                runners[0].stop()
        return await real(self, body, seconds)

    monkeypatch.setattr(_Worker, "ask", counting)

    async def go() -> Summary:
        async with Session(settings) as session:
            runner = Runner(session, tmp_path / "run")
            runners.append(runner)
            return await runner.run(expand([str(tmp_path / "in")]))

    summary = asyncio.run(go())
    assert summary.stopped
    assert read == [False] * 5
    assert run(tmp_path / "run", tmp_path / "in", settings=settings).done == 10


def test_a_log_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(StorageError, match="log"):
        run(tmp_path, RESUMES / "owen-pryce.md")


def test_nothing_is_left_of_a_write_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        write_if_changed(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_sources_are_files_folders_globs_and_manifests(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b.txt", "sub/a.txt", ".hidden/c.txt", ".d.txt"):
        (tmp_path / name).write_text("x")
    assert [s.path.name for s in expand([str(tmp_path)])] == ["b.txt", "a.txt"]
    assert [s.path.name for s in expand([f"{tmp_path}/*.txt", f"{tmp_path}/b.txt"])] == ["b.txt"]
    manifest = tmp_path / "m.csv"
    manifest.write_text("path,github\nb.txt, someone \n,\n")
    (entry,) = expand([str(manifest)])
    assert (entry.path, entry.github) == (tmp_path / "b.txt", "someone")
    manifest.write_text("file\nb.txt\n")
    with pytest.raises(UsageError, match="path"):
        list(expand([str(manifest)]))
    assert [s.path.name for s in expand(["missing.pdf"])] == ["missing.pdf"]


def test_a_killed_run_goes_on_and_ends_the_same(
    finished: Path, tmp_path: Path, nightly: bool
) -> None:
    """SIGKILL at random moments, then run again until done: nothing lost, nothing double."""
    dice = random.Random(0)
    command = [
        sys.executable,
        "-m",
        "evaluator",
        "batch",
        str(RESUMES),
        str(UNREADABLE),
        "--out",
        str(tmp_path),
        "--offline",
        "--reader",
        "rules",
        "--snapshots",
        str(PORTFOLIOS),
    ]
    for _ in range(20 if nightly else 2):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(dice.uniform(0.4, 2.2))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (tmp_path / "run.sqlite").exists():
            with RunStore(tmp_path) as store:
                assert store._db.execute("pragma integrity_check").fetchone() == ("ok",)
                assert not list(faults(store.entries(USE)))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 3
    assert outputs(tmp_path) == outputs(finished)
    with RunStore(tmp_path) as store:
        entries = store.entries(USE)
    assert not list(faults(entries))
    assert len({entry.about for entry in entries}) == 27
