"""What goes into a reader and what comes out: the same for a model and for the embedded rules."""

from __future__ import annotations

from collections.abc import Iterable

from .base import Value
from .dropped import Dropped
from .evidence import Finding, MeetsFinding, ScopeFinding
from .vocabulary import Context


class ShownPassage(Value):
    """A passage as a reader sees it, already redacted."""

    number: int
    section: str
    """The section's kind, such as ``employment`` or ``skills``."""
    context: Context
    """What an item from this section is unless its text says otherwise."""
    heading: str
    """The entry it belongs to (redacted title line), or an empty string."""
    text: str


class ShownSource(Value):
    """A resume or a repository as a reader sees it."""

    name: str
    passages: tuple[ShownPassage, ...]


class ReadingRequest(Value):
    """All that a reader is given. It holds no identity."""

    language: str | None
    sources: tuple[ShownSource, ...]
    requirements: tuple[str, ...] = ()
    """Of an opening, which a reader cites by their numbers from 1; empty where nobody asks beyond the dimensions."""


class Usage(Value):
    """What the reading cost. ``None`` means that the endpoint did not say."""

    calls: int = 0
    input_tokens: int | None = 0
    cached_tokens: int | None = 0
    output_tokens: int | None = 0

    @classmethod
    def sum(cls, usages: Iterable[Usage]) -> Usage:
        """All together; an amount that one of them does not know is unknown."""
        every = list(usages)

        def total(values: list[int | None]) -> int | None:
            known = [value for value in values if value is not None]
            return sum(known) if len(known) == len(values) else None

        return cls(
            calls=sum(usage.calls for usage in every),
            input_tokens=total([usage.input_tokens for usage in every]),
            cached_tokens=total([usage.cached_tokens for usage in every]),
            output_tokens=total([usage.output_tokens for usage in every]),
        )


class Reading(Value):
    """Evidence items and nothing else, beside what it cost and the items that had no valid form."""

    findings: tuple[Finding, ...]
    scope: tuple[ScopeFinding, ...] = ()
    meets: tuple[MeetsFinding, ...] = ()
    """Passages cited for the requirements of the request."""
    rejected: int = 0
    """Items that had no valid form."""
    dropped: tuple[Dropped, ...] = ()
    """Those of them of which something is known."""
    usage: Usage = Usage()
    tier: str | None = None
    """Service tier the endpoint named; decides the price."""
    notes: tuple[str, ...] = ()
    """What a person should know of how the reading came about."""
    prompts: dict[str, str] = {}
    """Prompt id and version to content hash."""
