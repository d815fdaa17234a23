"""What the run folders hold, as the service reads them."""

from __future__ import annotations

import gc
import sqlite3
from pathlib import Path
from shutil import copytree, rmtree

import httpx
import pytest

from evaluator.batch.store import RunStore
from evaluator.batch.switching import switch_role
from evaluator.errors import StorageError
from evaluator.roles.loading import load_role
from evaluator.service.runs import NotThere, Run, Runs

from ..batch.test_switching import ROLE
from ..servers.service import served, visitor


def test_the_runs_are_listed_with_what_is_in_them(client: httpx.Client) -> None:
    page = client.get("/").text
    assert "4 candidates, 1 not read" in page
    assert "dual 3" in page


def test_a_run_that_somebody_writes_is_shown_as_it_was(runs: Path) -> None:
    run = Run(runs / "autumn", "autumn")
    assert len(run.pool().done) == 4
    with RunStore(runs / "autumn") as store:
        store.set_mark("x", "y" * 5000)
        pool = run.pool()
        assert pool.is_busy
        assert len(pool.done) == 4
        found = run.candidate(pool.done[0].id)
        assert found.report.evidence
        assert found.text is None
    assert not run.pool().is_busy
    assert run.candidate(pool.done[0].id).text


def test_only_folders_of_runs_are_runs_and_links_are_not_followed(
    runs: Path, tmp_path: Path
) -> None:
    (tmp_path / "linked").symlink_to(runs / "autumn")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.sqlite").write_bytes(b"not a database at all, but long enough" * 40)
    assert [line.name for line in Runs(tmp_path).lines()] == ["broken"]
    assert "damaged" in Runs(tmp_path).lines()[0].trouble
    assert Runs(tmp_path / "none").lines() == []


def test_one_run_folder_is_a_list_of_one(runs: Path) -> None:
    with served(runs / "autumn") as settings, visitor(settings) as client:
        assert 'href="/runs/autumn"' in client.get("/").text


def test_a_run_of_a_newer_version_is_told_as_one_line(runs: Path, tmp_path: Path) -> None:
    copytree(runs / "autumn", tmp_path / "newer")
    with sqlite3.connect(tmp_path / "newer" / "run.sqlite") as db:
        db.execute("pragma user_version = 99")
    db.close()
    with served(tmp_path) as settings, visitor(settings) as client:
        assert "newer version" in client.get("/").text
        assert "newer version" in client.get("/runs/newer").text


def test_a_report_of_another_version_is_no_candidate_and_says_why(
    runs: Path, tmp_path: Path
) -> None:
    copytree(runs / "autumn", tmp_path / "old")
    run = Run(tmp_path / "old", "old")
    id_ = run.pool().done[0].id
    with sqlite3.connect(tmp_path / "old" / "run.sqlite") as db:
        db.execute("update report set json = '{}' where id = ?", (id_,))
    db.close()
    with pytest.raises(NotThere):
        run.candidate(id_)
    with sqlite3.connect(tmp_path / "old" / "run.sqlite") as db:
        db.execute("update report set row = '{}' where id = ?", (id_,))
    db.close()
    assert "another version" in " ".join(row.reason for row in run.pool().failed)
    with pytest.raises(NotThere):
        run.candidate(id_)


def test_a_candidate_of_a_held_run_without_files_is_not_made_up(runs: Path, tmp_path: Path) -> None:
    copytree(runs / "autumn", tmp_path / "held")
    run = Run(tmp_path / "held", "held")
    first, second = run.pool().done[:2]
    (run.folder / "reports" / f"{first.id}.json").unlink()
    (run.folder / "reports" / f"{second.id}.json").write_text("{}")
    with RunStore(run.folder):
        for row in (first, second):
            with pytest.raises(StorageError):
                run.candidate(row.id)
    with run.holding(), pytest.raises(StorageError, match="is reading resumes"):
        run.candidate(first.id)


def test_runs_are_read_ahead_and_one_that_went_away_is_gone(runs: Path, tmp_path: Path) -> None:
    copytree(runs / "autumn", tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "run.sqlite").write_bytes(b"no database, but as long as one would be" * 50)
    found = Runs(tmp_path)
    frozen = gc.get_freeze_count()
    try:
        found.read_ahead(5)
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
    assert len(found.run("a").index().search("gpu cluster").ids) == 1
    gone = found.run("a")
    rmtree(tmp_path / "a")
    with pytest.raises(NotThere):
        found.run("a")
    assert gone.status().total is None
    assert [line.name for line in found.lines()] == ["b"]


def test_after_a_decision_only_what_changed_is_parsed_again(runs: Path, tmp_path: Path) -> None:
    copytree(runs / "autumn", tmp_path / "a")
    run = Run(tmp_path / "a", "a")
    before = {row.id: row.report for row in run.pool().done}
    with RunStore(run.folder) as store:
        store.set_mark("anything", "else" * 3000)
    assert all(before[row.id] is row.report for row in run.pool().done)


def test_requirements_of_a_role_are_filters(runs: Path, tmp_path: Path) -> None:
    copytree(runs / "autumn", tmp_path / "autumn")
    role = tmp_path / "role.toml"
    role.write_text(ROLE)
    with RunStore(tmp_path / "autumn") as store:
        switch_role(store, load_role(str(role)))
    with served(tmp_path) as settings, visitor(settings) as client:
        page = client.get("/runs/autumn?met=r1").text
        assert '<option value="r1" selected>Terraform in daily work</option>' in page
        assert "Inés" in page
        assert "No candidate matches" in client.get("/runs/autumn?met=r2").text
        assert "No candidate matches" in client.get("/runs/autumn?met=%3Cscript%3E").text
        assert "Requirement met" not in client.get("/").text
