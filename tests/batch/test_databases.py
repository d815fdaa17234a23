"""A run's rows keep the same promises in SQLite and in PostgreSQL; in the latter many workers share a run."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluator import Settings
from evaluator.audit.purging import purge
from evaluator.batch.chain import faults
from evaluator.batch.chained_store import DECISIONS, ChainedStore
from evaluator.batch.databases import is_run
from evaluator.batch.erasing import ErasingStore
from evaluator.batch.log import RunLog
from evaluator.batch.postgres import connection
from evaluator.batch.runner import Runner
from evaluator.batch.schema import VERSION
from evaluator.batch.sources import expand
from evaluator.batch.store import Item, Kept, RunStore
from evaluator.batch.summary import Summary
from evaluator.documents.sandbox import ParserPool
from evaluator.errors import ConfigurationError, EvaluatorError, StorageError, UsageError
from evaluator.models.document import Document
from evaluator.pipeline.session import Session
from evaluator.service.runs import Run

from ..conftest import PORTFOLIOS, RESUMES
from ..servers.load import outputs
from ..servers.postgres import PostgresServer, postgres
from ..servers.service import TOKEN, served, stranger
from .test_runner import run
from .worker_kills import worker_kills

SOURCES = [RESUMES / "owen-pryce.md", RESUMES / "jonas-beck.md"]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a run whose rows are in either."""
    if request.param == "postgres":
        monkeypatch.setenv("EVALUATOR_DATABASE", request.getfixturevalue("server").address)
    return tmp_path / "run"


@pytest.fixture
def shared(server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a run in PostgreSQL."""
    monkeypatch.setenv("EVALUATOR_DATABASE", server.address)
    return tmp_path / "run"


def item(name: str, **values: object) -> Item:
    told = {"source": name, "key": f"k{name}", "id": f"id{name}", "state": "done", "reason": "", "parts": {"reader": "rules"}}  # fmt: skip
    return Item.model_validate({**told, **values})


def kept(name: str) -> Kept:
    return Kept(id=f"id{name}", report="{}", text=f"text of {name}", row='{"row": 1}', snapshot="7.json abc")  # fmt: skip


def test_what_is_written_is_there_after_opening_again(folder: Path) -> None:
    with RunStore(folder) as store:
        store.intend("kb")
        assert store.intents() == 1
        store.finish(item("b", carried={"Rôle": "é\n"}), kept("b"), ["one", "two"])
        store.finish(item("Z", state="failed", reason="damaged: x"), None, ["three"])
        store.finish(item("a"), kept("a"))
        store.set_mark("m", "1")
        store.set_mark("m", "2")
    assert is_run(folder)
    with RunStore(folder) as store:
        assert [i.source for i in store.items()] == ["Z", "a", "b"]
        assert store.item("b") == item("b", carried={"Rôle": "é\n"})
        assert store.item("nobody") is None
        assert store.kept("kb") == kept("b")
        assert store.kept("k") is None
        assert (store.row("kb"), store.snapshot("kb"), store.row("x"), store.snapshot("x")) == ('{"row": 1}', "7.json abc", None, None)  # fmt: skip
        assert (store.count(), store.intents(), store.readers()) == (3, 0, ["rules"])
        assert store.lines(0) == ["one", "two", "three"]
        assert store.lines(2) == ["three"]
        assert (store.mark("m"), store.mark("tables"), store.mark("none")) == ("2", "old", None)
        assert store.lease("ka")
        store.release("ka")


def test_a_transaction_that_breaks_leaves_nothing_and_no_gap(folder: Path) -> None:
    def breaking() -> Iterator[tuple[Item, Kept]]:
        yield item("a"), kept("a")
        raise KeyError

    with RunStore(folder) as store:
        store.record("one")
        with pytest.raises(KeyError):
            store.replace(breaking())
        assert store.count() == 0
        store.record("two")
        assert store.replace([(item("a"), kept("a"))]) == 1
        assert store.lines(1) == ["two"]


def test_chains_are_whole_and_what_is_purged_is_gone(folder: Path) -> None:
    with ChainedStore(folder) as store:
        for name in ("a", "b"):
            RunLog(folder, store)
            store.finish(item(name), kept(name), [f'{{"at": "2026-01-01T00:00:00+00:00", "event": "done", "id": "{name}"}}'])  # fmt: skip
            store.enter(DECISIONS, {"kind": "decided", "by": "Ana", "choice": "yes"}, about=f"id{name}")  # fmt: skip
        store.exported(folder / "x", ["ida"])
        store.exported(folder / "x", ["ida"])
        assert {anchor.number for anchor in store.anchors(DECISIONS)} == {1, 2}
    with ErasingStore(folder) as erasing:
        assert [i.source for i in erasing.older_than(datetime.now(UTC) + timedelta(days=1))] == ["a", "b"]  # fmt: skip
        assert erasing.exports(["ida"]) == [folder / "x"]
        assert erasing.snapshots(["ida"]) == set()
        erasing.begin([item("a")])
        assert erasing.is_under_way
        assert [i.source for i in erasing.begun()] == ["a"]
        assert erasing.texts("ida") == ["text of a", "{}"]
        erasing.erase([item("a")], ["ida"])
        erasing.scrub()
        erasing.end()
        assert erasing.purged("ida")
        assert erasing.orphans() == []
    with RunStore(folder) as store:
        assert [i.source for i in store.items()] == ["b"]
        for chain in (DECISIONS, "use"):
            entries = store.entries(chain)
            assert list(faults(entries)) == []
            assert [entry.about for entry in entries] == [None, "idb", None]


def test_the_same_files_are_written_and_a_second_run_reads_nothing(
    shared: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run(shared, *SOURCES, RESUMES / "missing.md").done == 2
    assert run(shared, *SOURCES, RESUMES / "missing.md").kept == 3
    with RunStore(shared) as store:
        assert len(store.entries("use")) == 2
        assert len((shared / "log.jsonl").read_text().splitlines()) == len(store.lines(0))
    written = outputs(shared)
    assert written.pop("run.postgres").startswith(b"run_")
    assert Run(shared, "run").pool().tracks
    purged = purge(shared, ["owen-pryce.md"], replies=tmp_path / "r", snapshots=tmp_path / "s")
    assert purged.candidates == 1
    assert b"owen" not in (shared / "candidates.csv").read_bytes().lower()
    monkeypatch.delenv("EVALUATOR_DATABASE")
    run(tmp_path / "other", *SOURCES, RESUMES / "missing.md")
    assert outputs(tmp_path / "other") == written
    with pytest.raises(ConfigurationError, match="PostgreSQL"):
        RunStore(shared)


def test_a_candidate_is_one_workers_as_long_as_that_lives(shared: Path) -> None:
    with RunStore(shared) as first, RunStore(shared) as second:
        assert first.lease("k")
        assert first.lease("k")
        assert not second.lease("k")
        assert not second.is_alone()
        first.finish(item("k", key="k"), None)
        assert second.lease("k")
        assert not first.lease("k")
        second.close()
        while not first.lease("k"):
            pass
        assert first.is_alone()
        with pytest.raises(StorageError, match="Another process"):
            ErasingStore(shared)
    with ErasingStore(shared), pytest.raises(StorageError, match="Another process"):
        RunStore(shared)


def test_workers_write_one_after_the_other_without_a_gap(shared: Path) -> None:
    RunStore(shared).close()

    def work(name: str) -> None:
        with ChainedStore(shared) as store:
            log = RunLog(shared, store)
            for number in range(8):
                store.finish(item(f"{name}{number}"), kept(f"{name}{number}"), [f"{name}{number}"])
                log.append()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with RunStore(shared) as store:
        assert list(faults(store.entries("use"))) == []
        lines = store.lines(0)
        assert len(lines) == len(set(lines)) == store.count() == 24
    assert (shared / "log.jsonl").read_text().splitlines() == lines


def test_what_the_server_cannot_hold_is_held_as_near_as_it_can(shared: Path) -> None:
    with RunStore(shared) as store:
        store.finish(item("a\ud800", id="", reason="b\0c"), None)
        assert [(i.source, i.reason) for i in store.items()] == [("a?", "b\ufffdc")]


@pytest.mark.parametrize("address", ["http://host/", "postgresql:///x", "postgresql://h:x/", "postgresql://u:hunter22@127.0.0.1:9/x"])  # fmt: skip
def test_a_server_that_is_none_is_one_line_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("EVALUATOR_DATABASE", address)
    with pytest.raises(EvaluatorError, match="EVALUATOR_DATABASE") as caught:
        RunStore(tmp_path / "run")
    assert "hunter22" not in str(caught.value)


def test_a_folder_that_names_no_schema_or_a_newer_run_is_refused(
    shared: Path, server: PostgresServer
) -> None:
    RunStore(shared).close()
    schema = (shared / "run.postgres").read_text().strip()
    session = connection(server.address)
    session.cursor().execute(f"update {schema}.format set version = 99")
    with pytest.raises(UsageError, match="newer version"):
        RunStore(shared)
    session.cursor().execute(f"drop table {schema}.item")
    session.cursor().execute(f"update {schema}.format set version = {VERSION}")
    session.close()
    with RunStore(shared) as store, pytest.raises(StorageError, match="refuses"):
        store.count()
    (shared / "run.postgres").write_text("public; drop schema public")
    with pytest.raises(StorageError, match="names no schema"):
        RunStore(shared)


def test_an_older_run_on_a_server_is_brought_up(shared: Path, server: PostgresServer) -> None:
    with RunStore(shared) as store:
        store.finish(item("a"), kept("a"))
    schema = (shared / "run.postgres").read_text().strip()
    session = connection(server.address)
    session.cursor().execute(f"drop table {schema}.text_index")
    session.cursor().execute(f"update {schema}.format set version = 5")
    session.close()
    changed = kept("a").model_copy(update={"index": "{}"})
    for _ in range(2):
        with RunStore(shared) as store:
            store.finish(item("a"), changed)
            assert store.text_index("ida") == "{}"


def test_a_server_that_dies_ends_a_run_in_one_line_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres() as own:
        monkeypatch.setenv("EVALUATOR_DATABASE", own.address)
        with RunStore(tmp_path / "run") as store:
            store.finish(item("a"), kept("a"), ["one"])
            own.kill()
            with pytest.raises(StorageError, match="not reached"):
                store.finish(item("b"), kept("b"), ["two"])
        own.start()
        with RunStore(tmp_path / "run") as store:
            assert (store.count(), store.lines(0)) == (1, ["one"])
            store.finish(item("b"), kept("b"), ["two"])


def test_two_workers_share_a_run_and_read_each_document_once(shared: Path, tmp_path: Path) -> None:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, concurrency=1, jobs=1)
    names = ["owen-pryce.md", "jonas-beck.md", "lucia-ferrer.txt", "wei-zhang.md", "missing.md"]

    async def work() -> Summary:
        async with Session(settings) as session:
            return await Runner(session, shared).run(expand([str(RESUMES / n) for n in names]))

    async def both() -> tuple[Summary, Summary]:
        return await asyncio.gather(work(), work())

    found = asyncio.run(both())
    assert [(one.done, one.failed) for one in found] == [(4, 1), (4, 1)]
    assert sum(one.kept for one in found) >= 4
    with RunStore(shared) as store:
        assert len(store.entries("use")) == 4
        assert store.count() == 5


def test_people_decide_while_a_server_reads_into_the_same_run(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ParserPool.read

    async def slowly(self: ParserPool, data: bytes, name: str) -> Document:
        await asyncio.sleep(0.3)
        return await read(self, data, name)

    bearer = {"authorization": f"Bearer {TOKEN}"}
    place = "api/v1/runs/autumn/candidates"
    with served(shared) as settings, stranger(settings, headers=bearer) as client:

        def submit(*names: str) -> str:
            files = [("files", (n, (RESUMES / n).read_bytes())) for n in names]
            return str(client.post("api/v1/jobs", files=files, data={"run": "autumn"}).json()["id"])

        def job(id_: str) -> dict[str, Any]:
            found: dict[str, Any] = client.get(f"api/v1/jobs/{id_}").json()
            return found

        first = submit("owen-pryce.md")
        while not job(first)["ended"]:
            time.sleep(0.05)
        monkeypatch.setattr(ParserPool, "read", slowly)
        second = submit("jonas-beck.md", "lucia-ferrer.txt", "wei-zhang.md", "elif-aksoy.md")
        while not job(second)["done"]:
            time.sleep(0.02)
        (row, *more) = client.get(place).json()["items"]
        assert more, "rows are seen as they come"
        said = {"kind": "decided", "choice": "yes", "by": "Ana"}
        made = client.post(f"{place}/{row['id']}/decisions", json=said)
        assert (made.status_code, job(second)["state"]) == (201, "running")
        while not job(second)["ended"]:
            time.sleep(0.05)
        assert job(second)["done"] == 4
        assert client.get("api/v1/runs/autumn/decisions/verification").json()["is_whole"]
        assert client.get(place, params={"decision": "yes"}).json()["total"] == 1


def test_workers_that_are_killed_lose_nothing_and_ask_nothing_twice(
    request: pytest.FixtureRequest,
) -> None:
    nightly = request.config.getoption("nightly")
    if nightly:
        calm = worker_kills(60, 0)
        assert calm["calls"] == calm["calls undisturbed"], calm
    found = worker_kills(400, 100) if nightly else worker_kills(6, 1)
    for name in ("lost rows", "lost reports", "double events", "double uses", "double lines of the log", "different outputs"):  # fmt: skip
        assert found[name] == 0, found
    assert found["calls repeated"] <= found["calls in flight at most"], found
