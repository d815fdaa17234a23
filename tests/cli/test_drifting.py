"""Two runs of one pinned set are compared: what moved is told, and too much of it is an exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evaluator.batch.store import RunStore
from evaluator.cli import run as cli

from ..batch.test_runner import NAMES, run
from ..conftest import RESUMES


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("kept")
    run(out, *(RESUMES / name for name in NAMES))
    return out


def test_equal_runs_have_not_moved_and_changed_ones_are_named(
    kept: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    now = shutil.copytree(kept, tmp_path / "now")
    assert cli(["stability", str(now), "--against", str(kept)]) == 0
    assert "3 documents; tracks equal 100.0%" in capfd.readouterr().out
    with RunStore(now) as store:
        items = list(store.items())
        changed = next(i for i in items if Path(i.source).name == "owen-pryce.md")
        store._db.execute("delete from item where source = ?", (items[-1].source if items[-1] != changed else items[0].source,))  # fmt: skip
        row = json.loads(store.row(changed.key) or "")
        row["track"] = "dual"
        row["axes"]["ops"] |= {"band": 4, "score": row["axes"]["ops"]["score"] + 9}
        row["provenance"] |= {"reader": "model", "model": "newer"}
        store._db.execute("update report set row = ? where key = ?", (json.dumps(row), changed.key))
    assert cli(["stability", str(now), "--against", str(kept)]) == 1
    told = capfd.readouterr().out
    assert "embedded rules, rubric" in told.splitlines()[0]
    assert "newer, rubric" in told.splitlines()[1]
    assert "2 documents (1 only in one of them); tracks equal 50.0%" in told
    assert "OPS bands equal 50.0%, score moved +4.5 on average, 4.5 apart" in told
    assert "ML  bands equal 100.0%, score moved +0.0 on average, 0.0 apart" in told
    assert "farthest 9.0 points" in told
    assert f"  {changed.id}  OPS strong → expert, track ops → dual" in told
    again = ["stability", str(now), "--against", str(kept), "--least", "0.5", "--format", "json"]
    assert cli(again) == 0
    assert json.loads(capfd.readouterr().out)["moved"][0]["tracks"] == ["ops", "dual"]


def test_runs_without_a_document_in_common_are_refused(
    kept: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli(["stability", str(tmp_path), "--against", str(kept)]) == 2
    with RunStore(tmp_path):
        pass
    assert cli(["stability", str(tmp_path), "--against", str(kept)]) == 2
    assert "Read the same files into both." in capfd.readouterr().err
