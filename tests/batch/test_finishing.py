"""A candidate's files are made in the process that judged, and are in their place only after the row."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evaluator import Settings, StorageError
from evaluator.access import Access
from evaluator.batch.finishing import ReportJob, ReportWorkers
from evaluator.batch.store import RunStore
from evaluator.batch.summary import Summary
from evaluator.pipeline.session import Session
from evaluator.workers import WorkerPool

from ..conftest import PORTFOLIOS, RESUMES
from .test_runner import outputs
from .test_runner import run as with_settings

pytestmark = pytest.mark.workers
SOURCES = (RESUMES / "owen-pryce.md", RESUMES / "jonas-beck.md")


def run(out: Path, *sources: Path) -> Summary:
    """With one worker of each kind: starting another takes longer than the sources."""
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, jobs=1)
    return with_settings(out, *sources, settings=settings)


def _done(out: Path) -> int:
    with closing(sqlite3.connect(out / "run.sqlite")) as database:
        found: int = database.execute("select count(*) from item").fetchone()[0]
    return found


def test_a_report_that_cannot_be_written_there_is_one_line_here(tmp_path: Path) -> None:
    calm, out = tmp_path / "calm", tmp_path / "run"
    run(calm, *SOURCES)
    out.mkdir()
    (out / "reports").write_text("in the way")
    with pytest.raises(StorageError, match=r"reports/\w+\.json cannot be written") as caught:
        run(out, *SOURCES)
    assert caught.value.hint is not None
    assert _done(out) == 0
    (out / "reports").unlink()
    assert run(out, *SOURCES).done == 2
    assert outputs(out) == outputs(calm)


def test_no_report_is_shown_whose_row_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts: list[Path] = []

    def full(self: RunStore, *_: object) -> None:
        drafts.extend((tmp_path / "reports").glob(".*.tmp"))
        message = "The disk is full."
        raise StorageError(message)

    with monkeypatch.context() as patch:
        patch.setattr(RunStore, "finish", full)
        with pytest.raises(StorageError, match="full"):
            run(tmp_path, *SOURCES)
    assert len(drafts) >= 2  # they were on the disk when the row was tried
    assert list((tmp_path / "reports").iterdir()) == []
    assert run(tmp_path, *SOURCES).done == 2
    assert len(list((tmp_path / "reports").iterdir())) == 4


def test_a_short_run_starts_no_more_processes_than_it_has_candidates(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = Session(Settings(reader="rules", offline=True, snapshots=PORTFOLIOS))
    job = ReportJob(session.assessor, tmp_path, Access.OWNER)
    started = 0

    async def start(_: WorkerPool) -> None:
        nonlocal started
        started += 1

    async def counted(candidates: int) -> int:
        before, workers = started, ReportWorkers(job, 3)
        for _ in range(candidates):
            workers.begin()
        await workers.aclose()
        return started - before

    monkeypatch.setattr(WorkerPool, "begin", start)
    assert [asyncio.run(counted(candidates)) for candidates in (0, 1, 2, 5)] == [0, 1, 2, 3]
