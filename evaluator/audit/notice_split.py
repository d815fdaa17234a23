"""Which passages of a report count in full, which count less, and which of the two a notice shows where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import AXIS_OF, Axis
from ..report import CandidateReport
from .notice_reasons import reason_names
from .notice_said import Said
from .notice_words import Words


@dataclass(frozen=True, slots=True)
class Less:
    """An item that counts less than it could, and the names of the reasons."""

    item: Evidence
    names: tuple[str, ...]

    def why(self, words: Words) -> str:
        """The reasons in sentences."""
        return words.gap.join(getattr(words, name) for name in self.names)


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that count less for their task and stand within words that count in full for another."""

    less: Less
    within: Evidence

    @property
    def axis(self) -> Axis:
        """Of the task for which they count less."""
        return AXIS_OF[self.less.item.dimension]


@dataclass(frozen=True, slots=True)
class Split:
    """The items of a report, each where a notice shows it."""

    full: tuple[Evidence, ...]
    less: tuple[Less, ...]
    beside: tuple[Beside, ...]
    denied: tuple[Evidence, ...]
    """Of which the candidate says that it is not so."""

    def shown_full(self, axis: Axis) -> set[str]:
        """Quotes that are shown as counting in full for an axis."""
        return {item.quote for item in self.full if AXIS_OF[item.dimension] is axis}

    def shown_less(self, words: Words, axis: Axis | None = None) -> int:
        """How many quotes are shown as counting less, for an axis or at all."""
        return len(
            {
                (one.why(words), one.item.quote)
                for one in self.less
                if axis is None or AXIS_OF[one.item.dimension] is axis
            }
        )

    def shown_beside(self, axis: Axis) -> int:
        """How many quotes count in full for the other axis only, and less for this one."""
        own = self.shown_full(axis)
        within = {one.within.quote for one in self.beside if one.axis is axis}
        return len(within - own)


def split_of(report: CandidateReport, said: Said) -> Split:
    """Where a notice shows each item: the same words once, in full where they count so for any task."""
    named = [(item, reason_names(item, report, said)) for item in report.evidence]
    full = tuple(item for item, names in named if not names)
    less: list[Less] = []
    beside: list[Beside] = []
    denied: list[Evidence] = []
    for item, names in named:
        if not names:
            continue
        one = Less(item=item, names=names)
        within = _within(item, full)
        if item.source == RESUME and said.denies(item):
            denied.append(item)
        elif within is None:
            less.append(one)
        else:
            beside.append(Beside(less=one, within=within))
    return Split(full=full, less=tuple(less), beside=tuple(beside), denied=tuple(denied))


def _within(item: Evidence, full: Sequence[Evidence]) -> Evidence | None:
    """The item in whose words these stand; one of the same axis first."""
    fitting = [one for one in full if _holds(one, item)]
    same = [one for one in fitting if AXIS_OF[one.dimension] is AXIS_OF[item.dimension]]
    return next(iter([*same, *fitting]), None)


def _holds(one: Evidence, other: Evidence) -> bool:
    if one.source != other.source:
        return False
    if one.quote == other.quote:
        return True
    start, end = one.location.start, one.location.end
    first, last = other.location.start, other.location.end
    if other.source != RESUME or start is None or end is None or first is None or last is None:
        return False
    return start <= first and last <= end
