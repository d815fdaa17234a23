"""Agreement is Cohen's; what people see otherwise again and again is proposed, single cases are only counted."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from evaluator.audit.correcting import Result
from evaluator.cli import run as command
from evaluator.models.vocabulary import Axis, Dimension, Track
from evaluator.review.agreement import agreements, cohens_kappa
from evaluator.review.decision_entries import (
    Choice,
    Decided,
    Noted,
    Objected,
    Objection,
    Overridden,
    Passage,
)
from evaluator.review.proposing import differences
from evaluator.review.terminal_lines import differences_text

from .conftest import NAMES

YES, MAYBE, NO = Choice.YES, Choice.MAYBE, Choice.NO
_numbers = count(1)


def _result(track: Track, levels: dict[Dimension, int]) -> Result:
    return Result(
        track=track,
        bands=dict.fromkeys(Axis, 2),
        scores=dict.fromkeys(Axis, 50.0),
        levels=dict.fromkeys(Dimension, 1) | levels,
    )


def _noted(id_: str, said: Decided | Objected | Overridden) -> Noted:
    return Noted(number=next(_numbers), at="2026-11-20T10:00:00+00:00", id=id_, said=said)


def decided(
    id_: str, by: str, choice: Choice, track: Track = Track.OPS, **levels: int
) -> Noted:  # fmt: skip
    machine = _result(track, {Dimension(name): level for name, level in levels.items()})
    said = Decided(by=by, choice=choice, reason="seen", report="0", machine=machine, reviewed=machine)  # fmt: skip
    return _noted(id_, said)


def struck(id_: str, dimension: Dimension, objection: Objection = Objection.STRUCK) -> Noted:
    passage = Passage(id="e1", source="resume", dimension=dimension, quote="words")
    return _noted(id_, Objected(by="Ana", objection=objection, passage=passage, reason="not his"))


def test_kappa_is_that_of_the_worked_example() -> None:
    # 50 proposals by two readers: 20 both yes, 5 and 10 one of them, 15 both no; kappa is 0.4.
    pairs = [(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)
    assert cohens_kappa([(YES, YES), (MAYBE, MAYBE), (NO, NO)]) == 1
    assert cohens_kappa([(YES, NO), (NO, YES)]) == -1
    assert cohens_kappa([(YES, YES)] * 3) is None
    assert cohens_kappa([]) is None


def test_first_decisions_of_every_two_reviewers_are_compared() -> None:
    history = [
        decided("a", "Ana", YES), decided("a", "Ben", NO), decided("a", "Ben", YES),
        decided("b", "Ana", NO), decided("b", "Ben", NO), decided("c", "Cleo", NO),
    ]  # fmt: skip
    (found,) = agreements(history)
    assert (found.reviewers, found.candidates, found.same) == (("Ana", "Ben"), 2, 1)
    assert found.kappa == pytest.approx(0)


def test_a_dimension_that_is_struck_again_and_again_is_proposed() -> None:
    history = [decided(str(n), "Ana", YES) for n in range(10)]
    history += [struck(str(n), Dimension.DELIVERY) for n in range(4)]
    history += [struck("5", Dimension.DATA)]
    history += [struck("6", Dimension.DATA), struck("6", Dimension.DATA, Objection.RESTORED)]
    first, second = differences(history)
    assert (first.name, first.count, first.of, first.is_systematic) == ("delivery", 4, 10, True)
    assert "give it less weight" in first.told
    assert (second.name, second.count, second.is_systematic) == ("data", 1, False)
    told = differences_text([first, second])
    assert told.index("a proposal") < told.index("delivery") < told.index("Now and then")


def test_tracks_that_people_move_one_way_are_proposed() -> None:
    history = [decided(str(n), "Ana", YES, Track.DEVELOPING) for n in range(6)]
    moved = Overridden(by="Ana", track=Track.ML, reason="saw it")
    history += [_noted(str(n), moved) for n in range(4)]
    history.append(_noted("3", Overridden(by="Ana", track=None, reason="was wrong")))
    (found,) = differences(history)
    assert (found.name, found.count, found.of) == ("developing > ml", 3, 6)
    assert found.is_systematic


def test_a_dimension_that_people_choose_by_is_proposed_with_its_direction() -> None:
    history = [decided(f"y{n}", "Ana", YES, monitoring=3 + n % 2, theory=n % 2) for n in range(8)]
    history += [decided(f"n{n}", "Ana", NO, monitoring=n % 2, theory=n % 2) for n in range(8)]
    (found,) = differences(history)
    assert (found.kind, found.name, found.is_systematic) == ("level", "monitoring", True)
    assert "weighs monitoring more" in found.told
    turned = [
        n.model_copy(update={"said": n.said.model_copy(update={"choice": NO if n.said.choice is YES else YES})})
        for n in history
        if isinstance(n.said, Decided)
    ]  # fmt: skip
    (other,) = differences(turned)
    assert "weighs monitoring less" in other.told
    assert differences(history[:8] + history[8:12]) == [], "four who were not taken say nothing"


def test_calibrate_tells_of_a_run_what_people_see_otherwise_and_changes_nothing(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["calibrate", str(made)]) == 0
    assert "Reviewers changed nothing" in capsys.readouterr().out
    decide = ["decide", str(made), NAMES[0], "--by", "Ana", "--reason", "not his"]
    assert command([*decide, "--strike", "e1"]) == 0
    before = (made / "candidates.csv").read_bytes()
    capsys.readouterr()
    assert command(["calibrate", str(made), "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["is_systematic"]) == ("struck", False)
    assert (made / "candidates.csv").read_bytes() == before
