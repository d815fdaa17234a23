"""Characters of a PDF page with their boxes, from PDFium's text page."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from .pdfium import advance, character_boxes, code_units

NOTHING = "\0"
"""Stands where a character has no text of its own: a space that is none, the second half of a pair."""
INVISIBLE = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff\u00ad]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SOFT_HYPHEN = "\u00ad"
_DRAWN = 0.1
"""Width of a soft hyphen, of its height, from which the page shows one."""
_ACCENTS = {
    "`": "\u0300", "\u00b4": "\u0301", "\u02ca": "\u0301", "\u02cb": "\u0300", "^": "\u0302", "\u02c6": "\u0302",
    "~": "\u0303", "\u02dc": "\u0303", "\u00a8": "\u0308", "\u02da": "\u030a", "\u00b0": "\u030a", "\u02c7": "\u030c",
    "\u02d8": "\u0306", "\u02d9": "\u0307", "\u02dd": "\u030b", "\u00af": "\u0304", "\u02c9": "\u0304",
    "\u00b8": "\u0327", "\u02db": "\u0328",
}  # fmt: skip
"""Marks that old typefaces draw as glyphs of their own, and the marks that join a letter."""
_ACCENT = re.compile("[" + "".join(map(re.escape, _ACCENTS)) + "\u0300-\u036f]")
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


@dataclass(slots=True)
class Characters:
    """Of one page, in the order of PDFium's text; positions in ``text`` are numbers of characters."""

    text: str
    boxes: list[float]
    """Left, top, right and bottom of each, in points of the page as it is written."""
    instead: dict[int, str] = field(default_factory=dict)
    """Text of more than one character that a single one stands for."""
    claimed: dict[int, list[int]] = field(default_factory=dict)
    """All the glyphs that such a text claims to be."""

    def of(self, start: int, end: int) -> str:
        """The text of some characters."""
        text = self.text[start:end]
        if self.instead and any(start <= i < end for i in self.instead):
            text = "".join([self.instead.get(i, self.text[i]) for i in range(start, end)])
        return text.replace(NOTHING, "") if NOTHING in text else text

    def claims(self, start: int, end: int) -> list[tuple[str, list[int]]]:
        """What is claimed among some characters, with the glyphs that it claims to be."""
        return [(self.instead[i], self.claimed[i]) for i in range(start, end) if i in self.claimed]


def read_characters(text_page: Any) -> Characters:
    """All characters of a page."""
    count = pdfium_c.FPDFText_CountChars(text_page)
    if count <= 0:
        return Characters("", [])
    found = Characters(_text(text_page, count), character_boxes(text_page, count))
    if not found.text.isascii():
        found.text = _with_drawn_hyphens(found)
    if _ACCENT.search(found.text):
        _join_accents(found)
    return found


def _text(text_page: Any, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(text_page, 0, count, buffer)
    if written - 1 == count:
        text = bytes(memoryview(buffer)[:count]).decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    # Left-out or inserted characters, or pairs: one by one, so that positions stay character numbers.
    units = code_units(text_page, count)
    return _paired("".join([chr(unit) if unit < 0x110000 else "\ufffd" for unit in units]))


def _paired(text: str) -> str:
    """Pairs as the character they mean and a blank, so that the number of characters stays."""
    if not _SURROGATE.search(text):
        return text
    whole = re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda pair: (
            pair.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le") + NOTHING
        ),
        text,
    )
    return _SURROGATE.sub("\ufffd", whole)


def _with_drawn_hyphens(found: Characters) -> str:
    """Soft hyphens that have a width are hyphens: LuaTeX writes every hyphen so."""
    if _SOFT_HYPHEN not in found.text:
        return found.text
    letters = list(found.text)
    for index, letter in enumerate(letters):
        if letter == _SOFT_HYPHEN:
            left, top, right, bottom = found.boxes[4 * index : 4 * index + 4]
            if right - left > _DRAWN * (top - bottom) > 0:
                letters[index] = "-"
    return "".join(letters)


def _join_accents(found: Characters) -> None:
    """Join accents drawn over a letter to it, whichever of the two is drawn first."""
    text, boxes = found.text, found.boxes
    letters = list(text)
    for match in _ACCENT.finditer(text):
        index = match.start()
        mark = _ACCENTS.get(text[index], text[index])
        for neighbour in (index + 1, index - 1):
            if not 0 <= neighbour < len(text) or not text[neighbour].isalpha():
                continue
            joined = unicodedata.normalize(
                "NFC", _DOTLESS.get(text[neighbour], text[neighbour]) + mark
            )
            if len(joined) == 1 and _lies_over(boxes, index, neighbour):
                letters[neighbour], letters[index] = joined, NOTHING
                # The accent's box would widen the gaps beside it.
                boxes[4 * index : 4 * index + 4] = boxes[4 * neighbour : 4 * neighbour + 4]
                break
    found.text = "".join(letters)


def _lies_over(boxes: list[float], accent: int, letter: int) -> bool:
    left, top, right, bottom = boxes[4 * accent : 4 * accent + 4]
    x0, y1, x1, y0 = boxes[4 * letter : 4 * letter + 4]
    height = max(y1 - y0, 0.1)
    centre = (left + right) / 2
    return (
        right > left
        and abs(centre - (x0 + x1) / 2) < 0.25 * height
        and x0 - 0.1 * height < centre < x1 + 0.1 * height
        and min(top, y1) - max(bottom, y0) > -0.3 * height
    )


def overhangs(text_page: Any, index: int, left: float, right: float) -> tuple[float, float]:
    """How far a character's ink reaches over its advance, left and right, in points."""
    start, width = advance(text_page, index)
    if not 0.2 * (right - left) < width < right - left:
        return 0.0, 0.0
    return max(0.0, start - left), max(0.0, right - start - width)
