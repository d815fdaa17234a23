"""Passages as a reader may see them, with a map of their characters back to the source."""

from __future__ import annotations

import re
from functools import cache

from ..models.base import Value
from ..models.document import Document
from ..models.shown import Piece, ShownText
from ..models.vocabulary import Context
from ..structure.contact import EMAIL, phones_in
from ..structure.dates import date_spans, find_periods
from ..structure.outline import Entry, Outline, Passage
from ..structure.sections import CONTEXT_OF, Section
from .checking import Checker
from .known import KnownValues
from .name_in_text import may_name
from .others import names_of, others_in, repeated
from .patterns import neutral_pronouns, patterns_in
from .studies import YEAR, Cut, joined, schools_of

WITHHELD = frozenset({Section.OTHER, Section.LANGUAGES, Section.INTERESTS, Section.ADVERT})
"""Sections no reader is shown: personal details, hobbies, wishes, text about somebody else."""

_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_SHORT_HEADER_WORDS = 12
_MAX_DATED_WORDS = 22
_LONG_TITLE_WORDS = 9
"""A dated line of more words tells what was done, and is shown as a passage too."""
_FIRST_DENSE, _DENSE_PER_WORD = "\u2e80", 4
"""Chinese, Japanese and Korean: so many characters say as much as a word of a title."""


class Redacted(Value):
    """What a reader may see of a resume."""

    passages: tuple[ShownText, ...]
    withheld: int = 0
    """Passages in which a second look still found something of the person's; no reader is shown them."""


def redact_resume(document: Document, parts: Outline, known: KnownValues) -> Redacted:
    """The passages a reader may see, redacted, and looked through again by other means."""
    schools = schools_of(document, parts)
    others = names_of(document.text)
    checker = Checker(known)

    @cache
    def heading(entry: int | None, section: Section) -> str:
        if entry is None:
            return ""
        shown = _heading(parts.entries[entry], section, known, schools)
        return "" if checker.finds(shown) else shown

    shown: list[ShownText] = []
    withheld = 0
    for passage in (p for p in parts.passages if _may_show(document, p, known)):
        text = redact_text(
            document.text[passage.start : passage.end],
            known,
            offset=passage.start,
            # Numbered as shown: how many lines a name and an address took must not be seen.
            number=len(shown) + 1,
            section=passage.section,
            schools=schools,
            others=others,
            heading="" if passage.is_header else heading(passage.entry, passage.section),
            language=document.language,
        )
        if checker.finds(text.text):
            withheld += 1
        elif not _is_only_title(passage, text) and _tells(text):
            shown.append(text)
    return Redacted(passages=tuple(shown), withheld=withheld)


def _tells(shown: ShownText) -> bool:
    """Whether anything is left beside marks: a signature, or a school on a line of its own, is not shown."""
    return any(character.isalnum() for character in _without_marks(shown.text))


def _is_only_title(passage: Passage, shown: ShownText) -> bool:
    """A title line shows nothing done, it is the heading of its passages; a long one tells what was done too."""
    if not passage.is_header or passage.section in {Section.EDUCATION, Section.PUBLICATIONS}:
        return False
    return _words_in(_without_marks(shown.text)) <= _LONG_TITLE_WORDS


def _words_in(text: str) -> int:
    """Words of a text, also of scripts that put no spaces between them."""
    dense = sum(character >= _FIRST_DENSE for character in text)
    return len(text.split()) + dense // _DENSE_PER_WORD


def _may_show(document: Document, passage: Passage, known: KnownValues) -> bool:
    if passage.quarantined or passage.section in WITHHELD:
        return False
    if passage.section is Section.HEADER:
        text = document.text[passage.start : passage.end]
        if not known.named and may_name(text):
            return False
        return (
            len(text.split()) > _SHORT_HEADER_WORDS
            and not EMAIL.search(text)
            and not phones_in(text)
        )
    return True


def _heading(entry: Entry, section: Section, known: KnownValues, schools: frozenset[str]) -> str:
    title = entry.title
    # Code counts the years; a reader could guess an age.
    for start, end in reversed(date_spans(title, bare=True)):
        title = f"{title[:start]}{title[end:]}"
    shown = redact_text(title, known, section=section, schools=schools).text
    return _EMPTY.sub("", YEAR.sub("", shown)).strip(" ,;|–—-·")


def redact_text(
    text: str,
    known: KnownValues,
    *,
    offset: int = 0,
    number: int = 0,
    section: Section = Section.PROJECTS,
    schools: frozenset[str] = frozenset(),
    others: frozenset[str] = frozenset(),
    heading: str = "",
    context: Context | None = None,
    language: str | None = None,
) -> ShownText:
    """Redact one text; ``offset`` is where it starts in its source."""
    cuts = [
        *known.spans(text),
        *patterns_in(text, section, schools),
        *neutral_pronouns(text, language),
        *_periods(text),
        *((*span, "[PERSON]") for span in others_in(text)),
        *((*span, "[PERSON]") for span in repeated(text, others)),
    ]
    if section is Section.EDUCATION:
        cuts = joined(text, cuts)
    shown, pieces = _cut(text, cuts, offset)
    return ShownText(
        number=number,
        section=section.value,
        context=context or CONTEXT_OF[section],
        heading=heading,
        text=shown,
        pieces=pieces,
    )


def _periods(text: str) -> list[Cut]:
    """Dates of jobs: code counts the years; a reader could guess an age."""
    if len(text.split()) > _MAX_DATED_WORDS:
        return []
    return [(*span, "[DATES]") for _, span in find_periods(text)]


def _cut(text: str, cuts: list[Cut], offset: int) -> tuple[str, tuple[Piece, ...]]:
    merged: list[Cut] = []
    for start, end, mark in sorted(cuts, key=lambda c: (c[0], -c[1])):
        if merged and start < merged[-1][1]:
            last = merged[-1]
            merged[-1] = (last[0], max(last[1], end), last[2])
        elif start < end:
            merged.append((start, end, mark))
    shown: list[str] = []
    pieces: list[Piece] = []
    position, length = 0, 0

    def add(piece: str, start: int, end: int, verbatim: bool) -> None:
        nonlocal length
        if piece:
            shown.append(piece)
            pieces.append(
                Piece(
                    shown_start=length,
                    shown_end=length + len(piece),
                    source_start=offset + start,
                    source_end=offset + end,
                    verbatim=verbatim,
                )
            )
            length += len(piece)

    for start, end, mark in merged:
        add(text[position:start], position, start, True)
        add(mark, start, end, False)
        position = end
    add(text[position:], position, len(text), True)
    return "".join(shown), tuple(pieces)


def _without_marks(text: str) -> str:
    return re.sub(r"\[[A-Z]+\]", " ", text)
