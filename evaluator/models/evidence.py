"""What a reader returns, and what is left of it once code has found it in its source."""

from __future__ import annotations

from .base import Value
from .document import Location
from .vocabulary import Agency, Context, Dimension, Outcome


class Attributes(Value):
    """What an item shows, in the rubric's words. The only thing a reader decides."""

    dimension: Dimension
    context: Context
    agency: Agency
    outcome: Outcome
    production: bool
    ml_specific: bool


class Finding(Value):
    """One item as a reader returns it: where it stands and what it shows, no judgement."""

    source: str
    """``resume`` or the full name of a repository."""
    passage: int
    """The number of the passage it stands in, as the reader was shown it."""
    anchor: str
    """A verbatim piece of that passage, at least a few words."""
    shows: Attributes


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
    location: Location
