"""The disk is full at one write after another: nothing wrong is shown as done, and the next run completes it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evaluator import StorageError
from evaluator.batch.databases import SqliteDatabase
from evaluator.report import CandidateReport

from ..conftest import RESUMES
from .test_runner import outputs, rows, run

SOURCES = (RESUMES / "owen-pryce.md", RESUMES / "jonas-beck.md")
FILES = 7
"""Two reports with their pages, and three files of tables."""


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("calm") / "run"
    assert run(out, *SOURCES).done == 2
    return outputs(out)


def nothing_wrong_is_shown(out: Path, calm: dict[str, bytes]) -> None:
    """Files are whole or absent, and every row that is done has its whole report."""
    for name, content in outputs(out).items():
        if name in {"candidates.csv", "candidates.xlsx", "index.html"}:
            continue  # of the rows that were there; compared below when the run is whole
        assert content == calm[name], name
    if not (out / "run.sqlite").exists():
        return
    with closing(sqlite3.connect(out / "run.sqlite")) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        if database.execute("pragma user_version").fetchone()[0]:
            done = database.execute(
                "select report.json from item left join report using (key) where state = 'done'"
            ).fetchall()
            for (report,) in done:
                assert CandidateReport.model_validate_json(report).id


@pytest.mark.parametrize("number", range(1, FILES + 1))
def test_at_each_file(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calm: dict[str, bytes]
) -> None:
    count = 0
    real = os.fsync

    def full(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count >= number:
            raise OSError(28, "No space left on device")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="No space left"):
            run(tmp_path, *SOURCES)
    assert not list(tmp_path.rglob(".*.tmp"))
    nothing_wrong_is_shown(tmp_path, calm)
    assert run(tmp_path, *SOURCES).done == 2
    assert outputs(tmp_path) == calm


@pytest.mark.parametrize("pages", [2, 4, 6, 9, 11])
def test_at_pages_of_the_database(
    pages: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calm: dict[str, bytes]
) -> None:
    real = SqliteDatabase._prepare

    def small(self: SqliteDatabase) -> None:
        self._db.execute(f"pragma max_page_count = {pages}")
        real(self)

    with monkeypatch.context() as patch:
        patch.setattr(SqliteDatabase, "_prepare", small)
        with pytest.raises(StorageError, match="cannot be written"):
            run(tmp_path, *SOURCES)
    nothing_wrong_is_shown(tmp_path, calm)
    assert run(tmp_path, *SOURCES).done == 2
    assert outputs(tmp_path) == calm
    assert [row["status"] for row in rows(tmp_path)] == ["done", "done"]
