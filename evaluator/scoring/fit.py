"""What a verdict means for a role, and what would move it."""

from __future__ import annotations

from collections.abc import Sequence

from ..models.base import Value
from ..models.vocabulary import AXIS_OF, Dimension
from ..roles.model import Importance, Kind, RequirementVerdict
from ..rubric import Rubric
from .axis_scores import Verdict, score_of
from .requirement_grounds import Judged


class Need(Value):
    """A level that a role asks for and how far it is met."""

    dimension: Dimension
    needed: int
    level: int


class Tally(Value):
    """How many of some requirements are found, and how many are not clear."""

    found: int
    total: int
    unclear: int


class Fit(Value):
    """How a candidate meets a role's requirements, 0 to 100."""

    score: float
    musts: Tally
    nice: Tally
    met: tuple[Need, ...]
    missing: tuple[Need, ...]


def fit_of(judged: Sequence[Judged]) -> Fit:
    """Weighted share of every scored requirement that is met; more than asked gives nothing."""
    scored = [j for j in judged if j.requirement.is_scored]
    total = sum(j.requirement.weighs for j in scored)
    got = sum(j.requirement.weighs * j.share for j in scored)
    needs = [_need(j) for j in scored if j.requirement.kind is Kind.DIMENSION]
    return Fit(
        score=round(100 * got / total, 1) if total else 0.0,
        musts=_tally(scored, Importance.MUST),
        nice=_tally(scored, Importance.NICE),
        met=tuple(n for n in needs if n.level >= n.needed),
        missing=tuple(n for n in needs if n.level < n.needed),
    )


def _tally(judged: Sequence[Judged], need: Importance) -> Tally:
    ours = [j.verdict for j in judged if j.requirement.need is need]
    return Tally(
        found=ours.count(RequirementVerdict.FOUND),
        total=len(ours),
        unclear=ours.count(RequirementVerdict.UNCLEAR),
    )


def _need(judged: Judged) -> Need:
    r = judged.requirement
    assert r.dimension is not None
    assert r.level is not None
    return Need(dimension=r.dimension, needed=r.level, level=judged.level or 0)


class Step(Value):
    """A level that one more achievement would raise, and what it would do to the axis."""

    dimension: Dimension
    from_level: int
    to_level: int
    gain: float
    """Points of the axis score."""


def next_steps(verdict: Verdict, rubric: Rubric, *, most: int = 3) -> tuple[Step, ...]:
    """The single level rises that would move an axis score most."""
    steps: list[Step] = []
    for dimension in Dimension:
        level = verdict.levels[dimension]
        if level == 4:
            continue
        axis = AXIS_OF[dimension]
        points = {**verdict.points, dimension: max(float(level + 1), verdict.points[dimension])}
        gain = score_of(axis, points, rubric) - verdict.scores[axis]
        steps.append(
            Step(dimension=dimension, from_level=level, to_level=level + 1, gain=round(gain, 1))
        )
    order = list(Dimension)
    steps.sort(key=lambda s: (-s.gain, -s.from_level, order.index(s.dimension)))
    return tuple(steps[:most])
