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
from ..text.homoglyphs import as_seen
from ..text.instructions import find_instructions
from .draft import MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine, Hidden
from .garbling import garbled
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
_SYMBOLS = {
    0xF0A7: "▪", 0xF0B7: "•", 0xF0A8: "▫", 0xF076: "❖", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF0DE: "→",
    0xF06E: "■", 0xF06F: "□", 0xF02D: "-", 0xF0A0: "▪",
}  # fmt: skip
"""What Symbol and Wingdings draw where word processors leave their own characters."""
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'|]+"
    r"|(?<![\w@./-])(?:[\w-]{1,63}\.){1,8}(?:com|org|net|io|dev|ai|me|app|co|de|fr|es|uk|eu|br|pl|in|jp|cn|info|tech)(?!\.?[\w-])(?:/[^\s<>\"'|,;]*)?",
    re.I,
)
_SPECIAL = re.compile(
    "[\u00a0\u034f\u115f\u1160\u2000-\u200a\u3000\u3164\ufb00-\ufb06\ufe00-\ufe0f\uffa0]"
)
"""Printable characters that :func:`_printed` changes; the others are found by not being printable."""
_AROUND_TAB = re.compile(" *\t[ \t]*")
_SPACES = re.compile(" {3,}")
_LETTER = re.compile(r"[^\W\d_]")
_MIN_LETTERS = 10
_SHOWN = 160
INVISIBLE_CHARACTERS = "invisible characters"
"""The way of hiding that is told as its own kind."""
_SEVERAL = 3
_SURE_OCR = 80.0
_LONG_ASIDE = 12
"""Words that the page does not show."""


def assemble(draft: Draft, *, sha256: str, name: str, format_: DocumentFormat) -> Document:
    """Build the document.

    Raises:
        DocumentError: fewer than ten letters are visible, or far too many.
    """
    counts: dict[str, int] = {}
    mixed: list[str] = []
    pieces: list[str] = []
    lines: list[Line] = []
    offset = 0
    for draft_line in _without_runs_of_blanks(draft.lines):
        text = as_seen(_clean(draft_line.text, counts), mixed)
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
    _check_amount(text)
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
    )
    return document.model_copy(update={"flags": _flags(draft, document, counts, mixed)})


def _check_amount(text: str) -> None:
    if (
        len(_LETTER.findall(text, 0, 4096)) < _MIN_LETTERS
        and sum(map(str.isalpha, text)) < _MIN_LETTERS
    ):
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
    if not text.isprintable():
        text = "".join([_printed(c, counts) for c in text])
    elif _SPECIAL.search(text):
        text = "".join([_printed(c, counts) if _SPECIAL.match(c) else c for c in text])
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\t" in text:
        text = _AROUND_TAB.sub("\t", text)
    if "   " in text:
        text = _SPACES.sub("  ", text)
    return text.strip()


def _printed(character: str, counts: dict[str, int]) -> str:
    """What the page shows of a character that is not plainly printable."""
    point = ord(character)
    if point in _LIGATURES:
        return _LIGATURES[point]
    if point in _INVISIBLE:
        if point not in _HARMLESS:
            kind = "tag" if point in _TAGS else "format"
            counts[kind] = counts.get(kind, 0) + 1
        return ""
    if character == "\t":
        return "\t"
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Co":
        return _SYMBOLS.get(point, " ")  # icon fonts: a mark on the page, but no text
    return "" if category in {"Cc", "Cs", "Cn"} else character


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


def _flags(
    draft: Draft, document: Document, counts: dict[str, int], mixed: list[str]
) -> tuple[Flag, ...]:
    seen = set(document.text.casefold().split()) if draft.asides else set()
    told = [*draft.hidden, *(aside for aside in draft.asides if _is_telling(aside, seen))]
    flags = [
        _hidden_flag(hidden)
        for hidden in told
        if any(map(str.isalnum, hidden.text)) or hidden.how == INVISIBLE_CHARACTERS
    ]
    if counts:
        number = sum(counts.values())
        message = f"{number} invisible characters were removed before reading."
        severity = Severity.HIGH if "tag" in counts else Severity.LOW
        flags.append(Flag(kind=FlagKind.INVISIBLE_CHARACTERS, severity=severity, message=message))
    if mixed:
        words = _shown(" ".join(dict.fromkeys(mixed)))
        message = f"{len(mixed)} words mix alphabets whose letters look alike; read as they look: “{words}”"
        flags.append(Flag(kind=FlagKind.HOMOGLYPHS, severity=Severity.MEDIUM, message=message))
    flags += [_instruction_flag(document, *span) for span in find_instructions(document.text)]
    if draft.ocr is not None:
        severity = Severity.INFO if draft.ocr >= _SURE_OCR else Severity.MEDIUM
        message = f"Read from a picture by OCR, {draft.ocr:.0f} % sure on average."
        flags.append(Flag(kind=FlagKind.OCR, severity=severity, message=message))
    flags += [
        Flag(kind=FlagKind.GARBLED, severity=Severity.MEDIUM, message=sentence)
        for sentence in (*draft.doubts, *garbled(document.text))
    ]
    flags += [
        Flag(kind=FlagKind.NOT_READ, severity=Severity.MEDIUM, message=sentence)
        for sentence in draft.unread
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


def _instruction_flag(document: Document, start: int, end: int) -> Flag:
    line = document.line_at(start)
    return Flag(
        kind=FlagKind.INSTRUCTION,
        severity=Severity.HIGH,
        message="Addresses the reader instead of describing the candidate, not counted: "
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
