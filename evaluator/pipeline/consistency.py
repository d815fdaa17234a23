"""How far repeated readings of one resume differ, on the user's own model."""

from __future__ import annotations

from collections import Counter
from statistics import pstdev

from ..models.base import Value
from ..models.vocabulary import Axis, Dimension, Track
from ..report import CandidateReport, axis_of


class AxisConsistency(Value):
    """Scores of one axis over the readings."""

    lowest: float
    highest: float
    deviation: float
    """Population standard deviation, in points."""
    bands: dict[int, int]
    """Band to the number of readings that gave it."""


class Consistency(Value):
    """Spread of repeated readings."""

    readings: int
    axes: dict[Axis, AxisConsistency]
    tracks: dict[Track, int]
    levels: dict[Dimension, float]
    """Share of the readings that give a dimension its most frequent level."""
    borderline: int
    """Readings that were marked borderline."""
    cost_usd: float | None

    @property
    def range(self) -> float:
        """The wider of the two axes' ranges, in points."""
        return max(a.highest - a.lowest for a in self.axes.values())


def consistency_of(reports: list[CandidateReport]) -> Consistency:
    """Compare reports of one resume, each from readings of its own (at least one)."""
    costs = [r.provenance.cost_usd for r in reports]
    known = [cost for cost in costs if cost is not None]
    return Consistency(
        readings=len(reports),
        axes={axis: _spread(reports, axis) for axis in Axis},
        tracks=dict(Counter(r.track for r in reports).most_common()),
        levels={
            d: Counter(r.dimensions[d].level for r in reports).most_common(1)[0][1] / len(reports)
            for d in Dimension
        },
        borderline=sum(r.borderline is not None for r in reports),
        cost_usd=round(sum(known), 9) if len(known) == len(costs) else None,
    )


def _spread(reports: list[CandidateReport], axis: Axis) -> AxisConsistency:
    scores = [axis_of(r, axis).score for r in reports]
    return AxisConsistency(
        lowest=min(scores),
        highest=max(scores),
        deviation=round(pstdev(scores), 2),
        bands=dict(sorted(Counter(axis_of(r, axis).band for r in reports).items())),
    )
