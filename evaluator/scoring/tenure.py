"""Months that an axis was worked on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..models.base import Value
from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import AXIS_OF, Axis, Context
from ..structure.dates import Month, Period, total_months
from ..structure.outline import Entry, Outline, Passage
from ..structure.sections import Section

_WORK = frozenset({Section.EMPLOYMENT, Section.PROJECTS, Section.VOLUNTEERING, Section.OTHER})
DONE = frozenset({Context.PROJECT, Context.WORK, Context.PUBLICATION})

_RESEARCH = re.compile(
    r"\bph\.?\s?d\b|\bd\.?phil\b|doctora|doktor|promotion\b|thèse|dokto|博士|postdoc", re.I
)
"""A doctorate is work on its subject; other studies are not."""


class Tenure(Value):
    """Months an axis was worked on, from dated entries that hold its evidence; overlaps once."""

    ml: int = 0
    ops: int = 0
    either: int = 0
    is_known: bool = True
    """False where no entry with evidence has dates that could be read, so that no length is known."""
    undated: int = 0
    """Jobs with evidence whose dates could not be read, so that the months are fewer than were worked."""

    def years(self, axis: Axis) -> float | None:
        """Years on an axis; None where nothing is dated."""
        return (self.ml if axis is Axis.ML else self.ops) / 12 if self.is_known else None


def tenure_of(evidence: Sequence[Evidence], parts: Outline, present: Month) -> Tenure:
    """Months from the dated entries that hold evidence of something done."""
    periods: dict[Axis, list[tuple[int, int]]] = {Axis.ML: [], Axis.OPS: []}
    done = [
        item
        for item in evidence
        if item.source == RESUME and item.context in DONE and item.location.start is not None
    ]
    for item in done:
        passage = parts.passage_at(item.location.start or 0)
        if passage is not None:
            periods[AXIS_OF[item.dimension]] += [
                period.months(present) for period in _periods_of(passage, parts)
            ]
    undated = {
        passage.entry
        for item in done
        if (passage := parts.passage_at(item.location.start or 0)) is not None
        and (entry := parts.entry_of(passage)) is not None
        and entry.section is Section.EMPLOYMENT
        and entry.period is None
    }
    return Tenure(
        ml=total_months(periods[Axis.ML]),
        ops=total_months(periods[Axis.OPS]),
        either=total_months(periods[Axis.ML] + periods[Axis.OPS]),
        # Own projects take no years of work, so their dates are not missed.
        is_known=all(item.context is Context.PROJECT for item in done) or any(periods.values()),
        undated=len(undated),
    )


def _periods_of(passage: Passage, parts: Outline) -> list[Period]:
    """Of the entry that a passage tells of; of all jobs where a resume goes by theme and only lists them."""
    entry = parts.entry_of(passage)
    if entry is None and passage.section in {Section.EMPLOYMENT, Section.ACHIEVEMENTS}:
        told = [e for e in parts.entries if e.section is Section.EMPLOYMENT]
    else:
        told = [entry] if entry is not None and _is_work(entry) else []
    return [e.period for e in told if e.period]


def _is_work(entry: Entry) -> bool:
    if entry.section is Section.EDUCATION:
        return _RESEARCH.search(entry.title) is not None
    return entry.section in _WORK
