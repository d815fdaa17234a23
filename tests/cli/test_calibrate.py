"""``evaluator calibrate`` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluator.cli import run

from ..conftest import ROOT
from ..servers.model import completion, model_server
from ..servers.readings import exact, reply_of

LABELS = ROOT / "fixtures" / "labels.toml"
SNAPSHOTS = ROOT / "fixtures" / "portfolios"


def calibrated(capsys: pytest.CaptureFixture[str], labels: Path, *options: str) -> str:
    code = run(["calibrate", str(labels), "--offline", "--reader", "rules", "--snapshots", str(SNAPSHOTS), *options])  # fmt: skip
    assert code == 0
    return capsys.readouterr().out


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Labels of two resumes, for what many would not show better."""
    labels = tmp_path / "labels.csv"
    resumes = ROOT / "fixtures" / "resumes"
    labels.write_text(
        f"id,resume,track,ml,ops\nowen,{resumes / 'owen-pryce.md'},ops,1,3\njonas,{resumes / 'jonas-beck.md'},dual,1,1\n",
        encoding="utf-8",
    )
    return labels


@pytest.mark.no_cover
def test_a_person_reads_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    told = calibrated(capsys, LABELS, "--split", "test")
    assert "track right" in told
    assert "unusual form" in told
    assert "Read differently by rules" in told
    assert max(len(line) for line in told.splitlines()) <= 80


def test_the_page_needs_no_network(
    capsys: pytest.CaptureFixture[str], few: Path, tmp_path: Path
) -> None:
    path = tmp_path / "agreement.html"
    calibrated(capsys, few, "--format", "html", "-o", str(path))
    page = path.read_text(encoding="utf-8")
    assert "weighted kappa, ML band" in page
    assert "http" not in page.replace("http-equiv", "")


def test_an_unknown_split_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibrate", str(LABELS), "--split", "dve", "--reader", "rules"]) == 2
    assert "There are: dev, test." in capsys.readouterr().err


def test_readers_stand_side_by_side_and_repeats_show_the_spread(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    (tmp_path / "ann.md").write_text(
        "# Ann Doe\n## Experience\n### Engineer, Alpha | 2019 - 2024\n- Trained the churn model with XGBoost.\n",
        encoding="utf-8",
    )
    labels = tmp_path / "labels.csv"
    labels.write_text("id,track,ml,ops\nann,developing,1,0\n", encoding="utf-8")
    with model_server(lambda body: completion(reply_of(exact(body)))) as model:
        code = run(["calibrate", str(labels), "--reader", "model", "--model", "m", "--base-url", model.url, "--github", "none", "--beside", "rules", "--repeats", "2", "--format", "json"])  # fmt: skip
    assert code == 0
    assert len(model.bodies) == 2
    by_model, by_rules = json.loads(capsys.readouterr().out)
    assert (by_model["reader"], by_rules["reader"]) == ("model m", "rules")
    assert by_model["spread"]["repeats"] == 2
    assert by_model["spread"]["same_track"] == 1
