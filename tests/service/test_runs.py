"""What the run folders hold, as the service reads them."""

from __future__ import annotations

from pathlib import Path

import httpx

from evaluator.batch.store import RunStore
from evaluator.service.runs import Run, Runs

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
