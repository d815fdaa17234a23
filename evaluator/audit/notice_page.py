"""A notice before it is drawn, and the two forms in which it is."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.base import Value
from ..render.escaping import for_terminal
from ..render.html import environment
from .notice_words import Words


class Passage(Value):
    """A quote and what is said of it. Texts are raw: the sink escapes them."""

    quote: str
    notes: tuple[str, ...]


class Group(Value):
    """Quotes of which the same is said; without quotes it is a short heading and what stands below it."""

    text: str
    passages: tuple[Passage, ...]
    after: tuple[str, ...] = ()
    """Sentences below the quotes."""


class Kind(Value):
    """Passages that count for one kind of work."""

    heading: str
    passages: tuple[Passage, ...]


class Part(Value):
    """A heading with sentences, quotes, and steps in their order."""

    heading: str
    lead: str = ""
    """The sentence that says it all."""
    lines: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    groups: tuple[Group, ...] = ()
    steps: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Sentences below all else."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands under the heading."""
        return not (
            self.lead or self.lines or self.kinds or self.groups or self.after or self.steps
        )


class Notice(Value):
    """The page before it is drawn."""

    language: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    made: str
    words: Words


def notice_html(notice: Notice) -> str:
    """The page: self-contained, no script."""
    return environment().get_template("notice.html.j2").render(notice=notice, lang=notice.language)


def notice_text(notice: Notice) -> str:
    """The same as plain text."""
    lines = [notice.title, "", *map(for_terminal, notice.lead)]
    for part in notice.parts:
        lines += ["", part.heading, "", *_lines_of(part, notice.words)]
    return "\n".join([*lines, "", for_terminal(notice.made), ""])


def _lines_of(part: Part, words: Words) -> Iterator[str]:
    yield from (for_terminal(line) for line in (part.lead, *part.lines) if line)
    for kind in part.kinds:
        yield for_terminal(kind.heading)
        for passage in kind.passages:
            yield f"  {words.quote.format(quote=for_terminal(passage.quote))}"
            yield from (f"    {for_terminal(note)}" for note in passage.notes)
    for group in part.groups:
        yield for_terminal(group.text)
        for passage in group.passages:
            said = words.quote.format(quote=for_terminal(passage.quote))
            notes = for_terminal(words.semicolon.join(passage.notes))
            yield f"  - {said} ({notes})" if notes else f"  - {said}"
        yield from (f"  {for_terminal(line)}" for line in group.after)
    yield from (f"{n}. {for_terminal(step)}" for n, step in enumerate(part.steps, start=1))
    yield from map(for_terminal, part.after)
