"""What a resume is taken apart into: passages and entries."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from ..models.base import Value
from .dates import Period
from .sections import Section

_TELL_OF_WORK = frozenset(
    {
        Section.EMPLOYMENT,
        Section.PROJECTS,
        Section.ACHIEVEMENTS,
        Section.VOLUNTEERING,
        Section.UNNAMED,
    }
)


class Passage(Value):
    """One bullet, paragraph or title line; ``document.text[start:end]`` is its text."""

    number: int
    start: int
    end: int
    section: Section
    entry: int | None = None
    """Index into the outline's entries."""
    is_header: bool = False
    """A line of an entry's head: position, employer, dates."""
    quarantined: bool = False
    """Holds an instruction to the reader; no reader is shown it."""


class Entry(Value):
    """One job, project or study: its head and what that says. A part that it does not say is None, never guessed."""

    section: Section
    title: str
    """The lines of its head; of a project or a promotion also the job that it is within."""
    start: int
    """Where its dated line starts, or the first of its head."""
    period: Period | None
    """Its own dates, else those of the job that it is within."""
    employer: str | None = None
    """The school of a study."""
    position: str | None = None
    """The job's title as written, the degree of a study."""
    place: str | None = None


class Outline(Value):
    """A resume taken apart."""

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    beyond: int | None = None
    """Where that starts which no passage holds, because no resume is so long; None where all is held."""

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds the character at ``offset``."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self.passages[number].end:
            return None
        return self.passages[number]

    @property
    def work_passages(self) -> int:
        """Passages that tell of jobs and projects, title lines apart."""
        return sum(p.section in _TELL_OF_WORK and not p.is_header for p in self.passages)

    def entry_of(self, passage: Passage) -> Entry | None:
        return None if passage.entry is None else self.entries[passage.entry]
