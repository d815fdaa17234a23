"""What a notice says would change a result does so, however the achievement is told, as long as its words hold."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from evaluator.audit.notice import notice_of, words_of
from evaluator.audit.notice_result import short_result
from evaluator.audit.recomputing import verdict_of
from evaluator.audit.what_if import Achievement, Change, changes
from evaluator.models.evidence import Evidence
from evaluator.models.vocabulary import AXIS_OF, Agency, Axis, Dimension, Outcome, System
from evaluator.report import CandidateReport
from evaluator.rubric import load_rubric

from .test_verifying import made

NAMES = [
    "noah-feldman.pdf",
    "victor-lang.md",
    "sakura-endo.pdf",
    "grace-mbeki.html",
    "stefan-ilic.pdf",
    "wei-zhang.md",
    "farah-haddad.docx",
]
_WITH_RESULT = (Outcome.STATED, Outcome.QUANTIFIED)
_AS_TOLD: dict[int, tuple[tuple[Agency, ...], tuple[Outcome, ...], tuple[bool, ...]]] = {
    2: ((Agency.CONTRIBUTED, Agency.OWNED), _WITH_RESULT, (False, True)),
    3: ((Agency.OWNED,), _WITH_RESULT, (False, True)),
    4: ((Agency.OWNED,), (Outcome.QUANTIFIED,), (True,)),
}
"""What fits the words of ``change_levels``: whose work, what came of it, whether people used it."""
_SYSTEMS = {
    Axis.ML: (System.ML, None),
    Axis.OPS: (None, System.SOFTWARE, System.ML),
}
"""Testing, security and an office's computers are said to count less."""


@cache
def report_of(name: str) -> CandidateReport:
    return made(name)[0]


def _tellings(one: Achievement, *, number: int = 0) -> list[Evidence]:
    agencies, outcomes, uses = _AS_TOLD[one.level]
    base = one.as_evidence()
    return [
        base.model_copy(
            update={
                "quote": f"{base.quote} {number}", "agency": agency, "outcome": outcome, "production": production,
                "system": system, "ml_specific": system is System.ML, "months": months,
            }
        )
        for agency, outcome, production, system, months in product(
            agencies, outcomes, uses, _SYSTEMS[AXIS_OF[one.dimension]], (None, 3, 60)
        )
    ]  # fmt: skip


def _some(report: CandidateReport) -> list[Change]:
    """Of each number and level of achievements, and of what they change, one."""
    kinds = {
        (len(c.achievements), c.achievements[0].level, c.track, tuple(c.bands.items())): c
        for c in changes(report, load_rubric())
    }
    return list(kinds.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_change_holds_for_every_telling_that_fits_its_words(name: str) -> None:
    report, rubric = report_of(name), load_rubric()
    found = _some(report)
    assert found
    for change in found:
        first, *others = (_tellings(one, number=n) for n, one in enumerate(change.achievements))
        # Of two, each telling of the one stands beside the weakest and the strongest of the other.
        beside = [[other[n]] for other in others for n in (0, -1)] or [[]]
        tried = [[one, *rest] for one in first for rest in beside]
        for more in tried:
            verdict = verdict_of(report, (*report.evidence, *more), rubric)
            assert all(verdict.bands[axis] >= change.bands[axis] for axis in Axis), more


@pytest.mark.parametrize("dimension", Dimension)
def test_work_without_what_came_of_it_is_promised_nothing(dimension: Dimension) -> None:
    report, rubric = report_of("victor-lang.md"), load_rubric()
    one = Achievement(dimension=dimension, level=2).as_evidence()
    bare = one.model_copy(update={"outcome": Outcome.NONE})
    assert verdict_of(report, (bare,), rubric).bands == {Axis.ML: 0, Axis.OPS: 0}
    with_result = verdict_of(report, (one,), rubric)
    assert with_result.bands[AXIS_OF[dimension]] == 1
    for what in words_of("en").change_levels:
        assert "what came of it" in what


@pytest.mark.parametrize("name", NAMES)
def test_no_line_tells_of_a_result_that_is_the_present_one(name: str) -> None:
    report = report_of(name)
    notice = notice_of(report, load_rubric(), language="en")
    words = notice.words
    (part,) = [part for part in notice.parts if part.heading == words.change]
    present = words.change_track.format(track=short_result(report, words))
    assert part.lines
    for line in part.lines:
        assert present not in line
        if line.startswith("Tell "):
            assert "would be at the step" in line or "Then the result in short" in line
