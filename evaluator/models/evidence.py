"""What a reader returns, and what is left of it once code has found it in its source."""

from __future__ import annotations

from enum import StrEnum

from .base import Value
from .document import Location
from .vocabulary import Agency, Context, Dimension, Outcome, ScopeKind, Shows, System


class Attributes(Value):
    """What an item shows, in the rubric's words. The only thing a reader decides."""

    dimension: Dimension
    context: Context
    agency: Agency
    outcome: Outcome
    production: bool
    ml_specific: bool
    system: System | None = None
    """None where the reader does not say; ``ml`` exactly where ``ml_specific`` is true."""


class Anchor(Value):
    """Words of a passage: a verbatim piece, and the number of the passage as the reader was shown it."""

    passage: int
    words: str


class Finding(Value):
    """One item as a reader returns it: where it stands and what it shows, no judgement."""

    source: str
    """``resume`` or the full name of a repository."""
    passage: int
    """The number of the passage it stands in, as the reader was shown it."""
    anchor: str
    """A verbatim piece of that passage, at least a few words."""
    shows: Attributes
    result: Anchor | None = None
    """Where its result is told, if that is elsewhere in the same source."""


class ScopeFinding(Value):
    """A statement of responsibility as a reader returns it."""

    at: Anchor
    kind: ScopeKind


class MeetsFinding(Value):
    """A passage that a reader cites for a requirement of the request."""

    requirement: int
    """Its number, from 1."""
    source: str
    at: Anchor
    shows: Shows
    lacking: str = ""
    """Words of the requirement that nothing bears out."""


class LowerReason(StrEnum):
    """Why an item counts lower than its reader claimed."""

    LIST = "stands_in_a_list"
    FIGURE = "no_figure"
    AXIS = "other_kind_of_work"


_SENTENCES = {
    LowerReason.LIST: "it is only part of a list",
    LowerReason.FIGURE: "the quote gives no number",
    LowerReason.AXIS: "neither the passage nor the job around it mentions this kind of work",
}
_EARLIER = {
    LowerReason.LIST: "it stands in a list",
    LowerReason.FIGURE: "no figure stands in the quote",
    LowerReason.AXIS: "neither its passage nor its job speaks of this kind of work",
}
"""Sentences of reports that name no reasons beside them."""


class Evidence(Value):
    """A finding whose quote code has found: ``source[location.start:location.end] == quote``."""

    id: str
    quote: str
    source: str
    dimension: Dimension
    context: Context
    agency: Agency
    outcome: Outcome
    production: bool
    ml_specific: bool
    system: System | None = None
    location: Location
    result_quote: str | None = None
    """Where the result is told, if the quote does not tell it."""
    result_location: Location | None = None
    months: int | None = None
    """Length of the job it stands in; None outside dated jobs."""
    why: str | None = None
    """:attr:`lowered` in words; None where it is empty."""
    lowered: tuple[LowerReason, ...] = ()
    """Why code brought the item down from what its reader claimed."""

    @property
    def lower_reasons(self) -> tuple[LowerReason, ...]:
        """:attr:`lowered`; in reports of older versions, what :attr:`why` says."""
        said = (self.why or "").split("; ")
        return self.lowered or tuple(r for r, text in _EARLIER.items() if text in said)

    def brought_down(self, *reasons: LowerReason, **changes: object) -> Evidence:
        """The same with changes, and why."""
        both = tuple(dict.fromkeys([*self.lowered, *reasons]))
        why = "; ".join(_SENTENCES[reason] for reason in both) or None
        return self.model_copy(update={**changes, "lowered": both, "why": why})


class ScopeFact(Value):
    """A statement of responsibility whose quote code has found. It is read for seniority alone."""

    kind: ScopeKind
    quote: str
    location: Location
