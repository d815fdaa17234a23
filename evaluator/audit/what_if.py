"""What would have changed a verdict: achievements that are not there, judged as if they were."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..models.base import Value
from ..models.document import RESUME, Location
from ..models.evidence import Evidence
from ..models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension, Outcome, Track
from ..report import CandidateReport
from ..rubric import Rubric
from .recomputing import verdict_of

_TOLD: dict[int, tuple[Agency, Outcome, bool]] = {
    2: (Agency.CONTRIBUTED, Outcome.STATED, False),
    3: (Agency.OWNED, Outcome.STATED, False),
    4: (Agency.OWNED, Outcome.QUANTIFIED, True),
}
"""The weakest item that the words of a level stand for: at work, with what came of it."""


class Achievement(Value):
    """One thing that the resume does not tell."""

    dimension: Dimension
    level: int

    def as_evidence(self) -> Evidence:
        """As an item that no document holds."""
        agency, outcome, production = _TOLD[self.level]
        words = f"{self.dimension.value} {self.level}"
        return Evidence(
            id="e0", quote=words, source=RESUME, dimension=self.dimension, context=Context.WORK,
            agency=agency, outcome=outcome, production=production,
            ml_specific=AXIS_OF[self.dimension] is Axis.ML, location=Location(start=-1, end=-1),
        )  # fmt: skip


class Change(Value):
    """What the verdict would be with some achievements more."""

    achievements: tuple[Achievement, ...]
    track: Track
    bands: dict[Axis, int]


def changes(report: CandidateReport, rubric: Rubric) -> tuple[Change, ...]:
    """The smallest additions that would give another track or band, those of another track first; computed, not guessed.

    Months of work stay as they are, since an achievement more makes no job longer.

    Args:
        report: with its evidence.
        rubric: that judged it.
    """
    bands = {Axis.ML: report.axes.ml.band, Axis.OPS: report.axes.ops.band}
    found: list[Change] = []
    for tried in _tried(report):
        if any(_holds(tried, change.achievements) for change in found):
            continue
        verdict = verdict_of(report, (*report.evidence, *(a.as_evidence() for a in tried)), rubric)
        if verdict.track is not report.track or verdict.bands != bands:
            found.append(Change(achievements=tried, track=verdict.track, bands=verdict.bands))
    found.sort(key=lambda change: change.track is report.track)
    return tuple(found)


def _tried(report: CandidateReport) -> Iterator[tuple[Achievement, ...]]:
    """One achievement, the weaker first, then two of the same level."""
    for count in (1, 2):
        for level in _TOLD:
            open_ = [d for d in Dimension if report.dimensions[d].level <= level]
            for dimensions in combinations(open_, count):
                yield tuple(Achievement(dimension=d, level=level) for d in dimensions)


def _holds(tried: tuple[Achievement, ...], less: tuple[Achievement, ...]) -> bool:
    """Whether something asks for all that ``less`` asks for, and perhaps more."""
    levels = {a.dimension: a.level for a in tried}
    return all(levels.get(a.dimension, 0) >= a.level for a in less)
