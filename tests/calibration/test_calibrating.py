"""Labels of three forms, and the comparison of verdicts with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluator.calibration import Judgement, Label, calibrate, load_labels
from evaluator.calibration.measures import weighted_kappa
from evaluator.errors import UsageError
from evaluator.models.vocabulary import Axis, Dimension, Seniority, Track

from ..conftest import ROOT

TOML = """
[ann]
track = "ml"
ml = 3
ops = 0
levels = { modeling = 4 }
counts = ["cut losses by 12 %"]
ignores = ["the platform team"]
group = "terse"

[ben]
resume = "cv/ben.md"
track = "unrelated"
ml = 0
ops = 0
seniority = "junior"
split = "test"
language = "de"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "resumes").mkdir()
    (tmp_path / "resumes" / "ann.txt").write_text("Ann", encoding="utf-8")
    (tmp_path / "cv").mkdir()
    (tmp_path / "cv" / "ben.md").write_text("Ben", encoding="utf-8")
    (tmp_path / "labels.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_a_resume_is_named_or_found_by_its_id(folder: Path) -> None:
    ann, ben = load_labels(folder / "labels.toml")
    assert (ann.resume, ben.resume) == (folder / "resumes" / "ann.txt", folder / "cv" / "ben.md")
    assert (ann.split, ben.split, ben.language) == ("dev", "test", "de")
    assert ann.levels == {Dimension.MODELING: 4}
    assert ben.seniority is Seniority.JUNIOR


def test_json_and_csv_say_the_same(folder: Path) -> None:
    rows = {
        "ann": {"track": "ml", "ml": 3, "ops": 0, "counts": ["a", "b"]},
        "ben": {"track": "unrelated", "ml": 0, "ops": 0, "resume": "cv/ben.md"},
    }
    (folder / "labels.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "labels.csv").write_text(
        "id,track,ml,ops,counts,resume\nann,ml,3,0,a|b,\nben,unrelated,0,0,,cv/ben.md\n",
        encoding="utf-8-sig",
    )
    assert load_labels(folder / "labels.json") == load_labels(folder / "labels.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no label"),
        ("[ann]\ntrack = 'sideways'\nml = 0\nops = 0", "“ann” of labels.toml is not valid: track"),
        ("[ann]\ntrack = 'ml'\nml = 7\nops = 0", "ml"),
        ("[cyd]\ntrack = 'ml'\nml = 1\nops = 0", "The resume of “cyd” is missing"),
        ("not = [toml", "is no labels file"),
    ],
)
def test_a_mistake_gets_one_line(folder: Path, text: str, said: str) -> None:
    path = folder / "labels.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        load_labels(path)
    assert caught.value.hint


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_labels(tmp_path / "nothing.toml")


def test_what_differs_is_counted(folder: Path) -> None:
    labels = load_labels(folder / "labels.toml")
    judged = {
        "ann": Judgement(
            track=Track.DEVELOPING,
            bands={Axis.ML: 2, Axis.OPS: 0},
            levels={Dimension.MODELING: 3, Dimension.DATA: 1},
            quotes=("which cut losses\nby 12 % a year", "the platform team deployed it"),
        ),
        "ben": Judgement(
            track=Track.UNRELATED,
            bands={Axis.ML: 0, Axis.OPS: 0},
            seniority=Seniority.JUNIOR,
            borderline=True,
        ),
    }
    found = calibrate("ours", labels, judged)
    assert (found.track.hits, found.track.of) == (1, 2)
    assert found.band_error == {Axis.ML: 0.5, Axis.OPS: 0.0}
    assert found.level_error == pytest.approx(2 / 12)
    assert (found.quotes.hits, found.quotes.of) == (1, 1)
    assert (found.traps.hits, found.traps.of) == (1, 1)
    assert (found.seniority.hits, found.seniority.of, found.borderline) == (1, 1, 1)
    assert found.groups["terse"].hits == 0
    assert found.languages["de"].hits == 1
    assert found.confusion[Track.ML][Track.DEVELOPING] == 1
    assert found.outcomes[0].used == ("the platform team",)
    assert found.kappa[Axis.OPS] is None


def test_the_set_is_as_large_and_as_mixed_as_promised() -> None:
    labels = load_labels(ROOT / "fixtures" / "labels.toml")
    assert len(labels) >= 80
    apart = [label for label in labels if label.split == "test"]
    assert round(len(apart) / len(labels), 2) >= 0.2
    assert {label.track for label in apart} == set(Track)
    assert {label.group for label in apart} == {label.group for label in labels}
    foreign = [label for label in labels if label.language != "en"]
    assert len(foreign) >= 10
    languages = {label.language for label in foreign}
    assert languages == {"de", "es", "fr", "pt", "pl", "zh", "ja", "hi"}
    assert {label.language for label in apart} == languages | {"en"}


def test_every_labelled_quote_stands_in_its_resume() -> None:
    for label in load_labels(ROOT / "fixtures" / "labels.toml"):
        if label.resume.suffix in {".md", ".txt"} and label.resume.parent.name == "labelled":
            text = " ".join(label.resume.read_text(encoding="utf-8").split())
            for words in (*label.counts, *label.ignores):
                assert words in text, (label.id, words)


def derived(label: Label) -> dict[Axis, int]:
    """Bands that the labelled levels mean by RUBRIC.md, without years and production."""
    found = {}
    for axis, names in (
        (Axis.ML, "modeling data experimentation optimization prototyping theory"),
        (Axis.OPS, "delivery infrastructure monitoring reproducibility scalability collaboration"),
    ):
        levels = [(label.levels or {}).get(Dimension(name), 0) for name in names.split()]

        def at_least(level: int, levels: list[int] = levels) -> int:
            return sum(one >= level for one in levels)

        if at_least(4) >= 2 and at_least(3) >= 4:
            found[axis] = 4
        elif at_least(3) >= 2 and at_least(2) >= 3:
            found[axis] = 3
        elif at_least(2) >= 2:
            found[axis] = 2
        else:
            found[axis] = int(at_least(2) > 0)
    return found


def test_the_two_passes_of_labelling_agree() -> None:
    labels = load_labels(ROOT / "fixtures" / "labels.toml")
    pairs = [(label.band(axis), derived(label)[axis]) for label in labels for axis in Axis]
    assert sum(abs(a - b) <= 1 for a, b in pairs) == len(pairs)
    assert sum(a == b for a, b in pairs) / len(pairs) >= 0.80
    kappa = weighted_kappa(pairs)
    assert kappa is not None
    assert kappa >= 0.95
