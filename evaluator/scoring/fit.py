"""What a verdict means for a role, and what would move it."""

from __future__ import annotations

from collections.abc import Mapping

from ..models.base import Value
from ..models.vocabulary import AXIS_OF, Dimension
from ..rubric import RoleProfile, Rubric
from .verdict import Verdict, score_of


class Need(Value):
    """One need of a role and how far it is met."""

    dimension: Dimension
    needed: int
    level: int


class Fit(Value):
    """How the levels meet a role's needs, 0 to 100."""

    score: float
    met: tuple[Need, ...]
    missing: tuple[Need, ...]


def fit_of(levels: Mapping[Dimension, int], role: RoleProfile) -> Fit:
    """Weighted share of each need that is met; more than needed gives nothing."""
    needs = [
        Need(dimension=d, needed=role.needs[d], level=levels[d])
        for d in Dimension
        if d in role.needs
    ]
    total = sum(role.weights.get(n.dimension, 1.0) for n in needs)
    got = sum(role.weights.get(n.dimension, 1.0) * min(1.0, n.level / n.needed) for n in needs)
    return Fit(
        score=round(100 * got / total, 1) if total else 0.0,
        met=tuple(n for n in needs if n.level >= n.needed),
        missing=tuple(n for n in needs if n.level < n.needed),
    )


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
