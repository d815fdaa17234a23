"""What goes into a reader and what comes out: the same for a model and for the embedded rules."""

from __future__ import annotations

from .base import Value
from .evidence import Finding
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


class Usage(Value):
    """What the reading cost. ``None`` means that the endpoint did not say."""

    calls: int = 0
    input_tokens: int | None = 0
    cached_tokens: int | None = 0
    output_tokens: int | None = 0


class Reading(Value):
    """Evidence items and nothing else, beside what it cost and how many items had no valid form."""

    findings: tuple[Finding, ...]
    rejected: int = 0
    usage: Usage = Usage()
    prompts: dict[str, str] = {}
    """Prompt id and version to content hash."""
