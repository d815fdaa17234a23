"""The tables of a large run are made in other processes: the same bytes, the same errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import Settings, StorageError
from evaluator.batch import tables
from evaluator.batch.summary import Summary

from ..conftest import PORTFOLIOS, RESUMES, UNREADABLE
from .test_runner import outputs
from .test_runner import run as with_settings

pytestmark = pytest.mark.workers

SOURCES = (RESUMES / "owen-pryce.md", RESUMES / "jonas-beck.md", UNREADABLE / "broken.docx")


def run(out: Path, *sources: Path) -> Summary:
    """With one worker of each kind: starting another takes longer than the sources."""
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, jobs=1)
    return with_settings(out, *sources, settings=settings)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run counts as a large one, and this process cannot make tables; the others can."""
    monkeypatch.setattr(tables, "MANY", 1)
    monkeypatch.setattr(tables, "_write", None)


@pytest.mark.no_cover
def test_a_large_run_has_the_bytes_of_a_small_one(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    run(tmp_path / "small", *SOURCES)
    request.getfixturevalue("large")
    run(tmp_path / "large", *SOURCES)
    assert outputs(tmp_path / "large") == outputs(tmp_path / "small")
    assert not list((tmp_path / "large").glob(".*.tmp"))


@pytest.mark.usefixtures("large")
def test_a_table_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    name = "candidates.xlsx"
    (tmp_path / name).mkdir()
    with pytest.raises(StorageError, match=f"{name} cannot be written") as caught:
        run(tmp_path, *SOURCES)
    assert caught.value.hint is not None
    assert not list(tmp_path.glob(".*.tmp"))
    (tmp_path / name).rmdir()
    assert run(tmp_path, *SOURCES).kept == 3
    assert (tmp_path / name).is_file()
