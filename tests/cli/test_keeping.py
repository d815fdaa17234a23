"""Who is kept for longer than the retention is told by run, report and doctor, and goes when that is asked for."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from evaluator import ConfigurationError, Settings, UsageError
from evaluator.cli import run as cli

from ..batch.test_runner import rows, run
from ..conftest import RESUMES


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run of two, of whom one was evaluated long ago, and a cache with a snapshot as old."""
    run(tmp_path / "run", RESUMES / "owen-pryce.md", RESUMES / "elif-aksoy.md")
    db = sqlite3.connect(tmp_path / "run" / "run.sqlite")
    db.execute("update item set at = '2020-01-01T00:00:00+00:00' where source like '%owen%'")
    db.commit()
    db.close()
    monkeypatch.setenv("EVALUATOR_CACHE_DIR", str(tmp_path / "cache"))
    snapshot = tmp_path / "cache" / "portfolios" / "1.json"
    snapshot.parent.mkdir(parents=True)
    snapshot.write_text("{}")
    os.utime(snapshot, (0, 0))
    monkeypatch.setenv("EVALUATOR_RETENTION_DAYS", "180")
    return tmp_path / "run"


def test_what_is_too_old_is_told_and_goes_only_when_asked(
    made: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = f"1 candidate of {made} was evaluated more than 180 days ago"
    assert cli(["report", str(made)]) == 0
    assert told in capfd.readouterr().err
    again = ["batch", str(RESUMES / "elif-aksoy.md"), "--out", str(made), "--reader", "rules", "--offline"]  # fmt: skip
    cli(again)
    err = capfd.readouterr().err
    assert told in err
    assert f"“evaluator purge {made} --expired”" in err
    assert cli(["doctor", "--offline", str(made), str(made / "reports")]) == 1
    out = capfd.readouterr().out
    assert told in out
    assert "1 portfolio snapshot of more than 180 days" in out
    assert "is not a run folder" in out
    assert len(rows(made)) == 2
    assert cli(["purge", str(made), "--expired"]) == 0
    assert [Path(row["source"]).name for row in rows(made)] == ["elif-aksoy.md"]
    capfd.readouterr()
    assert cli(["report", str(made)]) == 0
    assert "ago" not in capfd.readouterr().err
    (made.parent / "cache" / "portfolios" / "1.json").unlink()
    assert cli(["doctor", "--offline", str(made)]) == 0
    assert f"nobody in {made} is older" in capfd.readouterr().out
    monkeypatch.delenv("EVALUATOR_RETENTION_DAYS")
    assert cli(["purge", str(made), "--expired"]) == 2
    assert "No retention is set" in capfd.readouterr().err
    assert cli(["doctor", "--offline"]) == 0
    assert "not set (EVALUATOR_RETENTION_DAYS)" in capfd.readouterr().out


@pytest.mark.parametrize("text", ["half a year", "0", "-3", "nan", "1e9"])
def test_a_retention_that_is_no_number_of_days_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EVALUATOR_RETENTION_DAYS", text)
    assert cli(["doctor", "--offline"]) == 2
    assert f"EVALUATOR_RETENTION_DAYS is “{text}”" in capfd.readouterr().err
    with pytest.raises(ConfigurationError):
        Settings()


def test_the_setting_of_a_program_stands_above_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EVALUATOR_RETENTION_DAYS", "30")
    assert Settings().retention_days == 30
    assert Settings(retention_days=7).retention_days == 7
    with pytest.raises(UsageError, match="retention_days"):
        Settings(retention_days=0)
