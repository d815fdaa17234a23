"""From a converter's draft to the document: clean characters, numbered lines, links, flags."""

from __future__ import annotations

import re
import unicodedata

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
from .draft import MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine
from .instructions import find_instructions
from .language import detect_language

_TAGS = range(0xE0000, 0xE0080)
_INVISIBLE = {
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *_TAGS,
    0x00AD,
    0x034F,
    0x061C,
    0x115F,
    0x1160,
    0x3164,
    0xFEFF,
    0xFFA0,
}
_HARMLESS = {0x00AD, 0xFEFF, 0xFE0E, 0xFE0F, 0x200D, 0x200B, 0x200E, 0x200F}
"""Soft hyphens, emoji selectors and direction marks that word processors leave by themselves."""
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'|]+"
    r"|(?<![\w@./-])(?:[\w-]{1,63}\.){1,8}(?:com|org|net|io|dev|ai|me|app|co|de|fr|es|uk|eu|br|pl|in|jp|cn|info|tech)(?:/[^\s<>\"'|,;]*)?",
    re.I,
)
_MIN_LETTERS = 20
_SHOWN = 160


def assemble(draft: Draft, *, sha256: str, name: str, format_: DocumentFormat) -> Document:
    """Build the document.

    Raises:
        DocumentError: fewer than twenty letters are visible, or far too many.
    """
    counts: dict[str, int] = {}
    pieces: list[str] = []
    lines: list[Line] = []
    offset = 0
    for draft_line in _without_runs_of_blanks(draft.lines):
        text = _clean(draft_line.text, counts)
        lines.append(
            Line(
                number=len(lines) + 1,
                page=draft_line.page,
                start=offset,
                end=offset + len(text),
                box=draft_line.box,
            )
        )
        pieces.append(text)
        offset += len(text) + 1
    text = "\n".join(pieces)
    _check_amount(text)
    document = Document(
        sha256=sha256,
        name=name,
        format=format_,
        text=text,
        lines=tuple(lines),
        links=_links(draft, text, lines),
        pages=draft.pages,
        language=detect_language(text),
        wrapped=draft.wrapped,
    )
    return document.model_copy(update={"flags": _flags(draft, document, counts)})


def _check_amount(text: str) -> None:
    if sum(c.isalpha() for c in text) < _MIN_LETTERS:
        message = "The document shows almost no text."
        raise DocumentError(Unreadable.NO_TEXT, message, mend="Export it again with its text.")
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


def _clean(text: str, counts: dict[str, int]) -> str:
    if text.isascii() and text.isprintable():
        return re.sub(r" {2,}", "  ", text).strip()
    kept: list[str] = []
    for character in text:
        point = ord(character)
        if point in _LIGATURES:
            kept.append(_LIGATURES[point])
        elif point in _INVISIBLE:
            if point not in _HARMLESS:
                kind = "tag" if point in _TAGS else "format"
                counts[kind] = counts.get(kind, 0) + 1
        elif character == "\t" or character.isspace():
            kept.append("\t" if character == "\t" else " ")
        elif unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}:
            # Private-use characters are icon fonts: a mark on the page, but no text.
            kept.append(" " if unicodedata.category(character) == "Co" else "")
        else:
            kept.append(character)
    cleaned = unicodedata.normalize("NFC", "".join(kept))
    return re.sub(r" {2,}", "  ", re.sub(r" *\t[ \t]*", "\t", cleaned)).strip()


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
        for match in _URL.finditer(text[line.start : line.end]):
            target = match.group().rstrip(".,;:)]}'\"")
            found.setdefault(
                (target, "v"),
                Link(target=target, label=target, origin=LinkOrigin.VISIBLE, page=line.page),
            )
    return tuple(found.values())[:MAX_LINKS]


def _flags(draft: Draft, document: Document, counts: dict[str, int]) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    for hidden in draft.hidden:
        if not any(c.isalnum() for c in hidden.how) or not hidden.text.strip():
            continue
        kind = (
            FlagKind.INVISIBLE_CHARACTERS
            if hidden.how == "invisible characters"
            else FlagKind.HIDDEN_TEXT
        )
        said = _shown(hidden.text)
        many = len(hidden.text.split()) >= 3 or kind is FlagKind.INVISIBLE_CHARACTERS
        flags.append(
            Flag(
                kind=kind,
                severity=Severity.HIGH if many else Severity.LOW,
                message=f"Hidden from the page ({hidden.how}), not counted: “{said}”",
                location=Location(page=hidden.page),
            )
        )
    if counts:
        number = sum(counts.values())
        flags.append(
            Flag(
                kind=FlagKind.INVISIBLE_CHARACTERS,
                severity=Severity.HIGH if "tag" in counts else Severity.LOW,
                message=f"{number} invisible characters were removed before reading.",
            )
        )
    for start, end in find_instructions(document.text):
        line = document.line_at(start)
        flags.append(
            Flag(
                kind=FlagKind.INSTRUCTION,
                severity=Severity.HIGH,
                message="Addresses the reader instead of describing the candidate, not counted: "
                f"“{_shown(document.text[start:end])}”",
                location=Location(page=line.page, line=line.number, start=start, end=end),
            )
        )
    flags += [
        Flag(kind=FlagKind.NOT_READ, severity=Severity.MEDIUM, message=sentence)
        for sentence in draft.unread
    ]
    return tuple(flags)


def _shown(text: str) -> str:
    flat = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"
