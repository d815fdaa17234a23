"""A run that goes on: why something is read again, what a killed or interrupted run leaves, older folders."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from evaluator import EndpointRejected, Evaluator, Settings, StorageError
from evaluator.batch.log import RunLog, line_of, read_status
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.batch.store import RunStore
from evaluator.batch.summary import Summary
from evaluator.cli import run as cli
from evaluator.models.vocabulary import Stage
from evaluator.pipeline.session import Session
from evaluator.transport import RetryPolicy

from ..conftest import PORTFOLIOS, RESUMES, ROOT, no_sleep
from ..pipeline.test_model_path import honest
from ..servers.model import completion, model_server
from .kills import kills
from .test_runner import outputs, rows, run

NAMES = ["owen-pryce.md", "jonas-beck.md", "lucia-ferrer.txt"]


def reasons(out: Path, *sources: Path, **options: Any) -> list[str]:
    told: list[str] = []
    run(out, *sources, explain=lambda source, why: told.append(why), **options)
    return told


def test_it_says_why_a_source_is_read_again(tmp_path: Path) -> None:
    source, out = tmp_path / "a.md", tmp_path / "run"
    shutil.copy(RESUMES / "owen-pryce.md", source)
    assert reasons(out, source) == ["new"]
    assert reasons(out, source) == ["unchanged"]
    other = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, stage=Stage.SCALING)
    assert reasons(out, source, settings=other) == ["stage:  → scaling"]
    source.write_text("# Ann Doe\n## Experience\n- Trained a model.\n", encoding="utf-8")
    assert reasons(out, source, settings=other) == ["the content changed"]


def repositories(out: Path) -> list[Any]:
    report = next((out / "reports").glob("*.json")).read_text(encoding="utf-8")
    found: list[Any] = json.loads(report)["portfolio"]["repositories"]
    return found


def test_another_snapshot_of_the_portfolio_is_another_input(tmp_path: Path) -> None:
    snapshots, out = tmp_path / "snapshots", tmp_path / "run"
    shutil.copytree(PORTFOLIOS, snapshots)
    settings = Settings(reader="rules", offline=True, snapshots=snapshots)
    path = RESUMES / "owen-pryce.md"
    assert reasons(out, path, settings=settings) == ["new"]
    assert repositories(out)
    for file in snapshots.glob("*.json"):
        portfolio = json.loads(file.read_text())
        portfolio["repositories"] = []
        file.write_text(json.dumps(portfolio))
    assert reasons(out, path, settings=settings) == ["the portfolio's snapshot changed"]
    assert not repositories(out)
    assert reasons(out, path, settings=settings) == ["unchanged"]


def test_columns_of_a_manifest_are_carried_to_the_table(tmp_path: Path) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text(
        f"path,id,desk,=cmd\n{RESUMES / 'owen-pryce.md'},77,Oslo,x\n{RESUMES / 'jonas-beck.md'},78,=1+1,y\n"
    )
    run(tmp_path / "run", manifest)
    found = {row["manifest_id"]: row for row in rows(tmp_path / "run")}
    assert found["77"]["desk"] == "Oslo"
    assert found["78"]["desk"] == "'=1+1"
    assert "'=cmd" in found["77"]
    manifest.write_text(manifest.read_text().replace("Oslo", "Bergen"))
    assert reasons(tmp_path / "run", manifest) == ["unchanged", "unchanged"]
    assert {row["desk"] for row in rows(tmp_path / "run")} == {"Bergen", "'=1+1"}


def test_a_zip_is_read_without_unpacking(tmp_path: Path) -> None:
    archive = tmp_path / "resumes.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.write(RESUMES / "owen-pryce.md", "sub/owen.md")
        target.write(RESUMES / "farah-haddad.docx", "farah.docx")
        target.writestr(
            "../../escape.md", "# Ann Doe\n## Experience\n- Trained a churn model with XGBoost.\n"
        )
        target.writestr("__MACOSX/junk.md", "x")
        target.writestr(".hidden.md", "x")
    names = [source.name for source in expand([str(archive)])]
    assert names == [f"{archive}/{n}" for n in ("../../escape.md", "farah.docx", "sub/owen.md")]
    summary = run(tmp_path / "run", archive)
    assert (summary.done, summary.failed) == (3, 0)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["resumes.zip", "run"]
    assert not (tmp_path.parent / "escape.md").exists()


def test_many_files_are_listed_without_being_loaded(tmp_path: Path) -> None:
    for number in range(3_000):
        (tmp_path / f"{number}.txt").touch()
    stream = expand([str(tmp_path)])
    assert next(stream).path.name == "0.txt"
    assert sum(1 for _ in stream) == 2_999


def test_the_record_follows_the_database(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"at": "x", "event": "from an older run"}\n')
    with RunStore(tmp_path) as store:
        log = RunLog(tmp_path, store)
        for number in range(3):
            store.record(line_of("done", number=number))
        log.append()
        whole = path.read_bytes()
        assert whole.count(b"\n") == 4
        path.write_bytes(whole[:-10])  # torn by a kill
        RunLog(tmp_path, store)
        assert path.read_bytes() == whole
        path.write_bytes(whole[: whole.index(b"\n") + 1])
        RunLog(tmp_path, store)
        assert path.read_bytes() == whole


def test_an_older_run_folder_is_brought_up(tmp_path: Path) -> None:
    run(tmp_path, *(RESUMES / name for name in NAMES))
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.executescript(
            "alter table report drop column row; alter table report drop column snapshot;"
            "alter table report drop column text; alter table item drop column parts;"
            "alter table item drop column carried; drop table intent; drop table event;"
            "drop table mark; drop table tombstone; drop table export; drop table entry;"
            "drop table text_index;"
            "alter table item drop column at;"
            "pragma user_version = 1;"
        )
    database.close()
    table = (tmp_path / "candidates.csv").read_bytes()
    assert cli(["report", str(tmp_path)]) == 0
    assert (tmp_path / "candidates.csv").read_bytes() == table
    page = next((tmp_path / "reports").glob("*.html")).read_text(encoding="utf-8")
    assert "The resume as it was read" not in page
    why = "an older version of the program made it"
    with RunStore(tmp_path) as store:
        assert all(item.parts == {} for item in store.items())
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.execute("update item set key = 'older'")
    database.close()
    assert reasons(tmp_path, RESUMES / NAMES[0]) == [why]


def test_a_run_is_told_from_its_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["batch", str(RESUMES / NAMES[0]), str(RESUMES / NAMES[1]), "--out", str(tmp_path), "--offline", "--reader", "rules", "--progress", "json"]) == 0  # fmt: skip
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line[:1] == "{"]
    assert [(line["done"], line["total"]) for line in lines] == [(1, 2), (2, 2)]
    assert {line["track"] for line in lines} == {"ops", "developing"}
    assert cli(["status", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "2 of 2 evaluated in this run, 0 of them failed" in told
    assert "ended at" in told
    with RunStore(tmp_path):  # held by another process, as it were
        assert read_status(tmp_path).done == 2
    assert cli(["status", str(tmp_path.parent)]) == 2
    assert "no log.jsonl" in capsys.readouterr().err


def test_calls_for_a_candidate_that_failed_are_counted_with_the_others(tmp_path: Path) -> None:
    """Five thousand failures are paid like as many successes."""
    with model_server(lambda _: completion("{}")) as server:
        assert cli(batch_command(tmp_path, server.url, RESUMES / NAMES[0])[3:]) == 3
        assert len(server.bodies) == 2
    found = read_status(tmp_path)
    assert (found.done, found.failed, found.tokens) == (0, 1, 2 * 1100)
    lines = map(json.loads, (tmp_path / "log.jsonl").read_text().splitlines())
    (failed,) = [line for line in lines if line["event"] == "failed"]
    assert (failed["calls"], failed["input_tokens"]) == (2, 2000)


def test_status_of_a_run_that_died_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"at": "2026-01-01T00:00:00.000+00:00", "event": "run started", "total": 9, "process": 1}
    (tmp_path / "log.jsonl").write_text(json.dumps(line) + '\n{"at": "torn')
    assert cli(["status", str(tmp_path)]) == 0
    assert "may have been stopped" in capsys.readouterr().out
    with pytest.raises(StorageError):
        read_status(tmp_path / "nothing")


def batch_command(out: Path, url: str, *sources: Path) -> list[str]:
    return [
        sys.executable, "-m", "evaluator", "batch", *map(str, sources), "--out", str(out), "--reader", "model",
        "--model", "stub", "--base-url", url, "--samples", "1", "--github", "none", "--concurrency", "2",
        "--jobs", "1",
    ]  # fmt: skip


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_drains_and_the_second_leaves(
    tmp_path: Path, first: int, nightly: bool
) -> None:
    """Either may come first; by day the second is sent after one of them alone."""

    def slow(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(1.2)
        return honest(body)

    sources = sorted((ROOT / "fixtures" / "labelled").glob("*.md"))[:30]
    env = {**os.environ, "EVALUATOR_CACHE_DIR": str(tmp_path / "cache"), "OPENAI_API_KEY": "none"}
    with model_server(slow) as server:
        command = batch_command(tmp_path / "run", server.url, *sources)
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
        while not server.bodies:
            time.sleep(0.05)
        process.send_signal(first)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "press Ctrl-C again to quit now" in told
        assert "run it again to continue" in told
        asked = len(server.bodies)
        assert 1 <= asked <= 3
        assert len(rows(tmp_path / "run")) == asked  # all that was paid for is kept
        assert "interrupted" in (read_status(tmp_path / "run").stopped or "")

        if first == signal.SIGTERM and not nightly:
            return
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
        while len(server.bodies) == asked:
            time.sleep(0.05)
        process.send_signal(first)
        time.sleep(0.3)
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert process.returncode == 130
        assert time.monotonic() - start < 30


def test_many_end_in_order_when_the_endpoint_refuses() -> None:
    asked: list[bool] = []

    def refusing(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        asked.append(len(asked) >= 2)
        if asked[-1]:
            return 401, {}, b'{"error": {"message": "no"}}'
        time.sleep(0.5)
        return honest(body)

    async def all_of_them(url: str) -> int:
        settings = Settings(
            reader="model",
            model="stub",
            base_url=url,
            github="none",
            jobs=1,
            concurrency=3,
            samples=1,
        )
        given = 0
        async with Evaluator(settings) as evaluator:
            evaluator._session = Session(settings, retries=RetryPolicy(sleep=no_sleep))
            try:
                async for _ in evaluator.evaluate_many(sorted(RESUMES.iterdir())):
                    given += 1
            except EndpointRejected:
                return given
        return -1

    with model_server(refusing) as server:
        assert asyncio.run(all_of_them(server.url)) == 2  # in flight when the third was refused
    assert len(asked) <= 6


def test_a_run_of_an_endpoint_that_died_stops_and_is_continued_when_it_answers(
    tmp_path: Path,
) -> None:
    asked = 0

    def dying(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        nonlocal asked
        asked += 1
        return honest(body) if asked == 1 else (500, {}, b"{}")

    for number in range(8):
        text = f"# Ann Doe\n## Experience\n- Trained {number + 3} models of churn in PyTorch.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    with model_server(dying) as server:
        settings = Settings(
            reader="model", model="stub", base_url=server.url, github="none", jobs=1, concurrency=1, samples=1,
        )  # fmt: skip
        first = run(tmp_path / "run", *sorted(tmp_path.glob("*.md")), settings=settings)
        assert first.stopped is not None
        assert "no reply to 5 candidates in a row" in first.stopped
        assert "failed (500)" in first.stopped
        assert (first.done, first.failed, first.not_asked) == (1, 4, 3)
        assert all("failed (500)" in reason for _, reason in first.failures)
        left = [row["reason"] for row in rows(tmp_path / "run") if "not asked" in row["reason"]]
        assert left == [f"not asked: the run stopped. {first.stopped}"] * 3
        server.answer = honest
        # Whose turn did not come is taken by the next run unasked, and who failed when that is wished.
        next_ = run(tmp_path / "run", *sorted(tmp_path.glob("*.md")), settings=settings)
        assert (next_.done, next_.failed, next_.not_asked, next_.stopped) == (4, 4, 0, None)
        again = run(tmp_path / "run", *sorted(tmp_path.glob("*.md")), settings=settings, retry_failed=True)  # fmt: skip
    assert (again.done, again.failed, again.stopped) == (8, 0, None)


def test_an_intent_stands_while_a_call_is_made(tmp_path: Path) -> None:
    seen: list[int] = []

    async def go(url: str) -> None:
        settings = Settings(reader="model", model="stub", base_url=url, github="none", samples=1)
        async with Session(settings) as session:
            await Runner(session, tmp_path).run(expand([str(RESUMES / NAMES[0])]))

    def watching(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        copy = tmp_path.parent / f"{tmp_path.name}-copy"
        shutil.copytree(tmp_path, copy)
        with RunStore(copy) as store:
            seen.append(store.intents())
        return honest(body)

    with model_server(watching) as server:
        asyncio.run(go(server.url))
    assert seen == [1]
    with RunStore(tmp_path) as store:
        assert store.intents() == 0


def test_what_is_intended_but_not_asked_when_a_run_stops_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of eight in flight two more are intended; the run stops while the eight are asked."""
    text = (RESUMES / NAMES[0]).read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    for number in range(20):
        (tmp_path / "in" / f"{number}.md").write_text(f"{text}\n- Line {number}\n")
    intended: list[str] = []
    asked: list[int] = []
    """For each call, how many were intended."""
    together = threading.Barrier(8, timeout=30)
    runners: list[Runner] = []
    real = RunStore.intend

    def counting(self: RunStore, key: str) -> None:
        real(self, key)
        intended.append(key)

    monkeypatch.setattr(RunStore, "intend", counting)

    def watching(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        together.wait()
        until = time.monotonic() + 10
        while len(intended) < 10 and time.monotonic() < until:
            time.sleep(0.02)
        asked.append(len(intended))
        runners[0].stop()
        time.sleep(0.5)
        return honest(body)

    async def go(url: str) -> Summary:
        settings = Settings(
            reader="model", model="stub", base_url=url, github="none", concurrency=8, samples=1
        )
        async with Session(settings) as session:
            runners.append(Runner(session, tmp_path / "run"))
            return await runners[0].run(expand([str(tmp_path / "in")]))

    with model_server(watching) as server:
        summary = asyncio.run(go(server.url))
    assert asked == [10] * 8
    assert summary.done == 8
    with RunStore(tmp_path / "run") as store:
        assert store.intents() == 0


def test_killed_again_and_again_nothing_is_lost_or_double_or_paid_beyond_what_was_in_flight(
    nightly: bool,
) -> None:
    wanted = 40 if nightly else 3
    found = kills(120 if nightly else 24, wanted, seed=3, latency=0.15)
    assert found["kills"] >= wanted
    for name in ("lost rows", "double rows", "integrity errors", "different outputs", "calls of other requests"):  # fmt: skip
        assert found[name] == 0, found
    assert found["calls repeated"] <= found["calls in flight at most"]


def test_truncated_files_are_never_shown_as_done(tmp_path: Path) -> None:
    """As after a power cut that lost the newest pages of what was not yet synced."""
    run(tmp_path, *(RESUMES / name for name in NAMES))
    before = outputs(tmp_path)
    for name in ("candidates.csv", "index.html"):
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content[: len(content) // 2])
    for path in (tmp_path / "reports").glob("*.json"):
        path.unlink()
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.execute("update mark set value = 'old' where name = 'tables'")
    database.close()
    assert run(tmp_path, *(RESUMES / name for name in NAMES)).kept == 3
    assert outputs(tmp_path) == before
    database_file = tmp_path / "run.sqlite"
    database_file.write_bytes(database_file.read_bytes()[: 3 * 4096])
    with pytest.raises(StorageError, match="damaged"):
        run(tmp_path, RESUMES / NAMES[0])


def test_the_table_names_every_source_once(tmp_path: Path) -> None:
    run(tmp_path, *(RESUMES / name for name in NAMES))
    with (tmp_path / "candidates.csv").open(encoding="utf-8", newline="") as stream:
        sources = [row["source"] for row in csv.DictReader(stream)]
    assert sorted(sources) == sorted(str(RESUMES / name) for name in NAMES)


def test_a_comparison_links_the_pages_from_wherever_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    run(out, *(RESUMES / name for name in NAMES))
    ids = [row["id"] for row in rows(out)[:2]]
    page = tmp_path / "elsewhere.html"
    assert cli(["compare", str(out), *ids, "--format", "html", "-o", str(page)]) == 0
    assert f'href="run/reports/{ids[0]}.html"' in page.read_text(encoding="utf-8")
    assert cli(["compare", str(out), *ids, "--format", "html"]) == 0
    assert 'href="run' not in capsys.readouterr().out
