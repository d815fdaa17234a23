"""Why an item of a reader does not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from .base import Value
from .document import Location
from .evidence import Evidence
from .vocabulary import Dimension

MOST_QUOTE_CHARACTERS = 160
"""Characters that are kept of an item that does not count."""


class DropReason(StrEnum):
    """Why an item that a reader returned does not count, in the order of the checks."""

    INVALID = "invalid_form"
    """It is not what the reader was asked for: a key is missing, or a value is none of the rubric's."""
    TOO_MANY = "beyond_the_limit"
    """The reply had more items than one reply may have."""
    NO_SOURCE = "unknown_source"
    NO_QUOTE = "quote_not_found"
    NOT_NAMED = "not_named_in_place"
    """The document tries to steer its reader, and no word of the dimension stands beside the quote."""
    REPOSITORY = "repository_does_not_count"
    UNSUPPORTED = "reading_set_aside"
    """The reading as a whole claims what its quotes do not say."""
    FEW_READINGS = "too_few_readings"
    """Of several readings too few have it."""
    DATES = "impossible_dates"
    """The dates of its job contradict each other, or lie in the future."""
    DIMENSIONS = "enough_dimensions"
    """One achievement counts for its strongest dimensions only."""
    REPEATED = "same_words_again"
    """The same words stand elsewhere in the source and count there."""


REJECTED = frozenset(
    {DropReason.INVALID, DropReason.TOO_MANY, DropReason.NO_SOURCE, DropReason.NO_QUOTE}
)
"""Reasons for which an item never became evidence."""


class Dropped(Value):
    """An item that a reader returned and that does not count."""

    reason: DropReason
    words: str | None = None
    """Its quote, cut to :data:`MOST_QUOTE_CHARACTERS` characters; None where its words stand nowhere: a turned reader may write
    anything, and nothing of it is shown."""
    source: str | None = None
    """None where there is no such source."""
    location: Location | None = None
    """Where its quote stands; None where it stands nowhere."""
    dimension: Dimension | None = None

    @property
    def is_quoted(self) -> bool:
        """Whether its words stand in its source."""
        return self.location is not None

    @classmethod
    def of(cls, item: Evidence, reason: DropReason) -> Dropped:
        """Evidence that does not count."""
        return cls(
            reason=reason,
            words=item.quote[:MOST_QUOTE_CHARACTERS],
            source=item.source,
            location=item.location,
            dimension=item.dimension,
        )


def missing_from(
    kept: Iterable[Evidence], before: Iterable[Evidence], reason: DropReason
) -> Iterator[Dropped]:
    """What a check took out, as it was before."""
    there = {(item.source, item.id) for item in kept}
    return (Dropped.of(item, reason) for item in before if (item.source, item.id) not in there)
