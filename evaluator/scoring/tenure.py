"""Months that an axis was worked on."""

from __future__ import annotations

from collections.abc import Sequence

from ..models.base import Value
from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import AXIS_OF, Axis, Context
from ..structure.dates import Month, Period, total_months
from ..structure.outline import Outline, Passage
from ..structure.sections import Section

DONE = frozenset({Context.PROJECT, Context.WORK, Context.PUBLICATION})


class Tenure(Value):
    """Months an axis was worked on, from dated entries that hold its evidence; overlaps once."""

    ml: int = 0
    ops: int = 0
    either: int = 0


def tenure_of(evidence: Sequence[Evidence], parts: Outline, present: Month) -> Tenure:
    """Months from the dated jobs that hold evidence of something done."""
    periods: dict[Axis, list[tuple[int, int]]] = {Axis.ML: [], Axis.OPS: []}
    for item in evidence:
        if item.source != RESUME or item.context not in DONE or item.location.start is None:
            continue
        passage = parts.passage_at(item.location.start)
        if passage is not None:
            periods[AXIS_OF[item.dimension]] += [
                period.months(present) for period in _jobs_of(passage, parts)
            ]
    return Tenure(
        ml=total_months(periods[Axis.ML]),
        ops=total_months(periods[Axis.OPS]),
        either=total_months(periods[Axis.ML] + periods[Axis.OPS]),
    )


def _jobs_of(passage: Passage, parts: Outline) -> list[Period]:
    """The job that a passage tells of; all of them where a resume goes by theme and only lists its jobs."""
    entry = parts.entry_of(passage)
    told = (
        parts.entries
        if entry is None and passage.section is Section.EMPLOYMENT
        else [entry]
        if entry
        else []
    )
    return [e.period for e in told if e.period and e.section is Section.EMPLOYMENT]
