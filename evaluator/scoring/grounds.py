"""What is known of one candidate when an opening's requirements are judged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Literal

from ..models.base import Value
from ..models.document import RESUME, Location
from ..models.evidence import Evidence
from ..models.vocabulary import Dimension, Shows
from ..roles.model import Requirement, RequirementVerdict


class Rank(IntEnum):
    """How much a mention carries."""

    DENIED = 0
    NAMED = 1
    STUDIED = 2
    DONE = 3


class Place(Value):
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


class Quote(Value):
    """Words that a verdict stands on: ``source[location.start:location.end]``."""

    quote: str
    source: str
    location: Location


class Judged(Value):
    """One requirement and how far it is met."""

    requirement: Requirement
    verdict: RequirementVerdict
    share: float
    """Of its weight that is met, 0 to 1."""
    evidence: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    why: str
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
        degrees: as the foundations list them.
        language: of the resume, ISO 639-1.
        citations: by the reader, for requirements of this role.
        points: of an item on its own.
    """

    text: str
    places: Sequence[Place]
    evidence: Sequence[Evidence]
    levels: Mapping[Dimension, int]
    corroborated: frozenset[Dimension] = frozenset()
    years: float | None = None
    degrees: Sequence[str] = ()
    language: str | None = None
    citations: Sequence[Citation] = ()
    points: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def place_at(self, offset: int) -> Place | None:
        """The place that holds a character of the resume."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.places[index].end:
            return None
        return self.places[index]
