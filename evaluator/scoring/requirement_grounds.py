"""What is known of one candidate when an opening's requirements are judged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Literal, NamedTuple

from ..models.base import Value
from ..models.document import RESUME, Location
from ..models.evidence import Evidence
from ..models.vocabulary import Dimension, Shows
from ..roles.model import Requirement, RequirementVerdict
from ..roles.names import words_of
from ..structure.dates import Month, find_periods, total_months
from .text_index import TextIndex


class Rank(IntEnum):
    """How much a mention carries."""

    DENIED = 0
    NAMED = 1
    STUDIED = 2
    LITTLE = 3
    """Used in something small, or in what was others' work."""
    DONE = 4


class Place(NamedTuple):
    """A stretch of the resume of one section and entry."""

    kind: str
    """The section's kind; ``title`` for the head of a job."""
    start: int
    end: int
    months: tuple[int, int] | None = None
    """Half-open months of its entry; None where it is not dated."""


class Citation(Value):
    """A passage that a reader cites for a requirement, found in its source."""

    requirement: str
    shows: Shows
    quote: str
    source: str
    location: Location
    lacking: str = ""
    """As the reader says it; told only where it is words of the requirement."""


class Quote(Value):
    """Words that a verdict stands on: ``source[location.start:location.end]``."""

    quote: str
    source: str
    location: Location


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement and how far it is met."""

    requirement: Requirement
    verdict: RequirementVerdict
    share: float
    """Of its weight that is met, 0 to 1."""
    evidence: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    why: str = ""
    """In words."""
    level: int | None = None
    """Of its dimension."""

    @property
    def source(self) -> Literal["resume", "code", "both", "none"]:
        """``resume``, ``code``, ``both`` or ``none``."""
        named = {quote.source == RESUME for quote in self.quotes}
        if not named:
            return "none"
        return "both" if len(named) > 1 else "resume" if True in named else "code"


_JOBS = frozenset({"employment", "title"})
_UNDIVIDED = frozenset({"summary", "unnamed", "employment"})
"""Where jobs may stand as running text, under no heading of their own."""


@dataclass
class Grounds:
    """What is known of one candidate.

    Args:
        text: of the resume; empty where it was not kept.
        places: its stretches that count, in order.
        evidence: what the reader found.
        levels: by dimension.
        corroborated: dimensions that public code corroborates.
        years: of relevant work, if any is dated.
        present: the month that "present" means, for dates that belong to no entry.
        degrees: as the foundations list them.
        language: of the resume, ISO 639-1.
        citations: by the reader, for requirements of this role.
        was_asked: whether a reader was asked for them, so that none says something.
        points: of an item on its own.
        index: of the text, where it was made before.
    """

    text: str
    places: Sequence[Place]
    evidence: Sequence[Evidence]
    levels: Mapping[Dimension, int]
    corroborated: frozenset[Dimension] = frozenset()
    years: float | None = None
    present: Month | None = None
    degrees: Sequence[str] = ()
    language: str | None = None
    citations: Sequence[Citation] = ()
    was_asked: bool = False
    points: Mapping[str, float] = field(default_factory=dict)
    index: TextIndex | None = None

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text, in lower case."""
        return words_of(self.low)

    def months_of(self, place: Place) -> list[tuple[int, int]]:
        """Months of its entry; of every period in it where jobs are told as running text."""
        if place.months:
            return [place.months]
        if place.kind not in _UNDIVIDED or self.present is None:
            return []
        if self.index is not None:
            return self._periods.get(place.start, [])
        text = self.text[place.start : place.end]
        return [period.months(self.present) for period, _ in find_periods(text)]

    @cached_property
    def _periods(self) -> dict[int, list[tuple[int, int]]]:
        """Periods of the index, by the start of their stretch."""
        found: dict[int, list[tuple[int, int]]] = {}
        for start, first, last in self.index.periods if self.index else ():
            found.setdefault(start, []).append((first, last))
        return found

    @cached_property
    def career(self) -> float:
        """Years of all dated work, whatever was done."""
        jobs = [p for p in self.places if p.kind in _JOBS or p.kind in _UNDIVIDED]
        return total_months([months for p in jobs for months in self.months_of(p)]) / 12

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def place_at(self, offset: int) -> Place | None:
        """The place that holds a character of the resume."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.places[index].end:
            return None
        return self.places[index]
