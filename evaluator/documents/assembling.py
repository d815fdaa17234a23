"""From a converter's draft to the document: clean characters, numbered lines, links, flags."""

from __future__ import annotations

import re
from itertools import islice

from ..errors import DocumentError, Unreadable
from ..models.document import (
    Document,
    DocumentFormat,
    Flag,
    FlagKind,
    Line,
    Link,
    LinkOrigin,
    Location,
)
from ..models.vocabulary import Severity
from ..text.homoglyphs import as_seen
from ..text.instructions import find_instructions
from .characters import Cleaning
from .draft import MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine, Hidden, hide
from .garbling import garbled
from .language import detect_language

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'|]+"
    r"|(?<![\w@./-])(?:[\w-]{1,63}\.){1,8}(?:com|org|net|io|dev|ai|me|app|co|de|fr|es|uk|eu|br|pl|in|jp|cn|info|tech)(?!\.?[\w-])(?:/[^\s<>\"'|,;]*)?",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_MIN_LETTERS = 10
_SHOWN = 160
INVISIBLE_CHARACTERS = "invisible characters"
"""The way of hiding that is told as its own kind."""
_SEVERAL = 3
_SURE_OCR = 80.0
_LONG_ASIDE = 12
"""Words that the page does not show."""
_UNCHECKED = Flag(
    kind=FlagKind.LOOKS_UNCHECKED,
    severity=Severity.MEDIUM,
    message="Whether a person sees all of its text could not be checked: no picture of the document could be made or read. "
    "It was read by its file alone; open the original and compare.",
)


def assemble(draft: Draft, *, sha256: str, name: str, format_: DocumentFormat) -> Document:
    """Build the document.

    Raises:
        DocumentError: fewer than ten letters are visible, or far too many.
    """
    cleaning = Cleaning()
    mixed: list[str] = []
    pieces: list[str] = []
    lines: list[Line] = []
    offset = 0
    for draft_line in _without_runs_of_blanks(draft.lines):
        text = as_seen(cleaning.clean(draft_line.text), mixed)
        lines.append(
            Line(
                number=len(lines) + 1,
                page=draft_line.page,
                start=offset,
                end=offset + len(text),
                box=draft_line.box,
                item=draft_line.item,
            )
        )
        pieces.append(text)
        offset += len(text) + 1
    text = "\n".join(pieces)
    _check_amount(text, draft.unverified)
    document = Document(
        sha256=sha256,
        name=name,
        format=format_,
        text=text,
        lines=tuple(lines),
        links=_links(draft, text, lines),
        pages=draft.pages,
        ocr=draft.ocr is not None,
        language=detect_language(text),
        wrapped=draft.wrapped,
        properties=tuple(_shown(value) for value in draft.properties),
    )
    document = document.model_copy(update={"flags": _flags(draft, document, cleaning, mixed)})
    return with_looks_unchecked(document) if draft.is_unchecked else document


def with_looks_unchecked(document: Document) -> Document:
    """The document with a flag that tells that a picture of it was wanted and could not be had."""
    if _UNCHECKED in document.flags:
        return document
    return document.model_copy(update={"flags": (*document.flags, _UNCHECKED)})


def _check_amount(text: str, unverified: list[Hidden]) -> None:
    if (
        len([*islice(_LETTER.finditer(text, 0, 4096), _MIN_LETTERS)]) < _MIN_LETTERS
        and sum(map(str.isalpha, text)) < _MIN_LETTERS
    ):
        message = "The document shows almost no text."
        if unverified:
            message = (
                f"It is unclear which parts of its text the document shows ({unverified[0].how})."
            )
        raise DocumentError(Unreadable.NO_TEXT, message, hint="Export it again with its text.")
    if len(text) > MAX_CHARACTERS:
        message = f"The document has more than {MAX_CHARACTERS:,} characters."
        raise DocumentError(Unreadable.TOO_LARGE, message)


def _without_runs_of_blanks(lines: list[DraftLine]) -> list[DraftLine]:
    kept: list[DraftLine] = []
    for line in lines:
        if line.text.strip() or (kept and kept[-1].text.strip()):
            kept.append(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept


def _links(draft: Draft, text: str, lines: list[Line]) -> tuple[Link, ...]:
    found: dict[tuple[str, str], Link] = {}
    for link in draft.links:
        target = "".join(c for c in link.target if c.isprintable()).strip()
        if target:
            label = " ".join(link.label.split())[:_SHOWN]
            found.setdefault(
                (target, "a"),
                Link(target=target, label=label, origin=LinkOrigin.ANNOTATION, page=link.page),
            )
    for line in lines:
        if text.find(".", line.start, line.end) < 0 and text.find("://", line.start, line.end) < 0:
            continue
        for match in _URL.finditer(text[line.start : line.end]):
            target = match.group().rstrip(".,;:)]}'\"")
            found.setdefault(
                (target, "v"),
                Link(target=target, label=target, origin=LinkOrigin.VISIBLE, page=line.page),
            )
    return tuple(found.values())[:MAX_LINKS]


def _flags(
    draft: Draft, document: Document, cleaning: Cleaning, mixed: list[str]
) -> tuple[Flag, ...]:
    seen = set(document.text.casefold().split()) if draft.asides else set()
    told = [*draft.hidden, *(aside for aside in draft.asides if _is_telling(aside, seen))]
    for how, text in cleaning.hidden:
        hide(told, how, f"{text} ")
    flags = [
        _hidden_flag(hidden)
        for hidden in told
        if any(map(str.isalnum, hidden.text)) or hidden.how == INVISIBLE_CHARACTERS
    ]
    if any(map(str.isalnum, "".join(one.text for one in draft.unverified))):
        flags.append(_unverified_flag(draft.unverified))
    if cleaning.count:
        message = f"{cleaning.count} invisible characters were removed before reading."
        severity = Severity.HIGH if cleaning.odd else Severity.LOW
        flags.append(Flag(kind=FlagKind.INVISIBLE_CHARACTERS, severity=severity, message=message))
    if mixed:
        words = _shown(" ".join(dict.fromkeys(mixed)))
        message = f"{len(mixed)} words mix alphabets whose letters look alike; they were read as they look: “{words}”"
        flags.append(Flag(kind=FlagKind.HOMOGLYPHS, severity=Severity.MEDIUM, message=message))
    flags += [_instruction_flag(document, *span) for span in find_instructions(document.text)]
    if draft.ocr is not None:
        severity = Severity.INFO if draft.ocr >= _SURE_OCR else Severity.MEDIUM
        message = f"Read from a picture by OCR, {draft.ocr:.0f} % sure on average."
        flags.append(Flag(kind=FlagKind.OCR, severity=severity, message=message))
    if draft.drawn_by:
        message = (
            f"Read as {draft.drawn_by} draws it, since its style alone does not tell what is seen."
        )
        flags.append(Flag(kind=FlagKind.DRAWN, severity=Severity.INFO, message=message))
    flags += [
        Flag(kind=FlagKind.GARBLED, severity=Severity.MEDIUM, message=sentence)
        for sentence in (*draft.doubts, *garbled(document.text))
    ]
    flags += [
        Flag(kind=FlagKind.NOT_READ, severity=Severity.MEDIUM, message=sentence)
        for sentence in draft.unread
    ]
    flags += [
        Flag(kind=FlagKind.LOOKS_UNCHECKED, severity=Severity.LOW, message=sentence)
        for sentence in draft.unchecked
    ]
    return tuple(flags)


def _hidden_flag(hidden: Hidden) -> Flag:
    characters = hidden.how == INVISIBLE_CHARACTERS
    many = characters or len(hidden.text.split()) >= _SEVERAL
    return Flag(
        kind=FlagKind.INVISIBLE_CHARACTERS if characters else FlagKind.HIDDEN_TEXT,
        severity=Severity.HIGH if many else Severity.LOW,
        message=f"Hidden from the page ({hidden.how}), not counted: “{_shown(hidden.text)}”",
        location=Location(page=hidden.page),
    )


def _unverified_flag(unverified: list[Hidden]) -> Flag:
    """One for all, however much there is."""
    text = " ".join(one.text for one in unverified)
    reasons = ", ".join(list(dict.fromkeys(one.how for one in unverified))[:_SEVERAL])
    return Flag(
        kind=FlagKind.HIDDEN_TEXT,
        severity=Severity.HIGH if len(text.split()) >= _SEVERAL else Severity.LOW,
        message=f"Perhaps hidden from the page ({reasons}), not counted; look at the page: “{_shown(text)}”",
    )


def _instruction_flag(document: Document, start: int, end: int) -> Flag:
    line = document.line_at(start)
    return Flag(
        kind=FlagKind.INSTRUCTION,
        severity=Severity.HIGH,
        message="Speaks to whoever evaluates it instead of describing the candidate, not counted: "
        f"“{_shown(document.text[start:end])}”",
        location=Location(page=line.page, line=line.number, start=start, end=end),
    )


def _is_telling(aside: Hidden, seen: set[str]) -> bool:
    """Properties name the file and its author everywhere; a paragraph or an order there is told."""
    unseen = [word for word in aside.text.casefold().split() if word not in seen]
    return len(unseen) >= _LONG_ASIDE or bool(find_instructions(aside.text))


def _shown(text: str) -> str:
    flat = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"
