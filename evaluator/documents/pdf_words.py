"""Words of a PDF page with their boxes, from PDFium's character boxes."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

LINE_END_HYPHEN = "\ufffe"
"""PDFium writes this for a hyphen at a line's end and swallows the line break."""
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_WORD = re.compile(rf"[^\s{LINE_END_HYPHEN}\x02]+[{LINE_END_HYPHEN}\x02]?")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FAR = 20_000.0  # damaged files place glyphs at 1e9; pages end at 14,400 points


@dataclass(slots=True, eq=False)
class Word:
    """A word in PDF coordinates of the displayed page (origin bottom left, y up)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    index: int
    """Number of its first character in the text page."""
    hidden: str | None = None
    vertical: bool = False

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def read_words(text_page: Any) -> tuple[list[Word], list[str]]:
    """Words in the file's own order, and those that held invisible characters, as they were."""
    characters = _characters(text_page)
    words: list[Word] = []
    odd: list[str] = []
    for match in _WORD.finditer(characters):
        text = match.group()
        if INVISIBLE.search(text):
            odd.append(text)
            text = INVISIBLE.sub("", text)
            if not text:
                continue
        box = _box(text_page, match.start(), match.end())
        if any(math.isnan(edge) or abs(edge) > _FAR for edge in box):
            continue
        if _RIGHT_TO_LEFT.search(text):
            text = _right_to_left(text_page, match.start(), match.end())
        words.append(Word(text.replace("\x02", LINE_END_HYPHEN), *box, match.start()))
    return words, odd


def _characters(text_page: Any) -> str:
    count = pdfium_c.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(text_page, 0, count, buffer)
    if written - 1 == count:
        return bytes(memoryview(buffer)[:count]).decode("utf-16-le", "replace")
    # Left-out or inserted characters: one by one, so that positions stay character numbers.
    points = (pdfium_c.FPDFText_GetUnicode(text_page, i) for i in range(count))
    return "".join(
        chr(p) if p < 0x110000 and not 0xD800 <= p < 0xE000 else "\ufffd" for p in points
    )


def _box(text_page: Any, start: int, end: int) -> tuple[float, float, float, float]:
    first, last = pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, start, ctypes.byref(first))
    pdfium_c.FPDFText_GetLooseCharBox(text_page, end - 1, ctypes.byref(last))
    return (
        min(first.left, last.left),
        min(first.bottom, last.bottom),
        max(first.right, last.right),
        max(first.top, last.top),
    )


def _right_to_left(text_page: Any, start: int, end: int) -> str:
    """Letters from the rightmost to the leftmost: some producers store them mirrored."""
    rectangle = pdfium_c.FS_RECTF()
    letters: list[tuple[float, int, str]] = []
    for index in range(start, end):
        pdfium_c.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle))
        point = pdfium_c.FPDFText_GetUnicode(text_page, index)
        letters.append((-(rectangle.left + rectangle.right), index, chr(point)))
    if not all(_RIGHT_TO_LEFT.match(c) or not c.isalnum() for _, _, c in letters):
        return "".join(c for _, _, c in letters)
    return unicodedata.normalize("NFKC", "".join(c for _, _, c in sorted(letters)))


def turn(words: list[Word], rotation: int) -> None:
    """Change the page's coordinates into those of the page as it is displayed."""
    for word in words:
        x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
        if rotation == 90:
            word.x0, word.x1, word.y0, word.y1 = y0, y1, -x1, -x0
        elif rotation == 180:
            word.x0, word.x1, word.y0, word.y1 = -x1, -x0, -y1, -y0
        elif rotation == 270:
            word.x0, word.x1, word.y0, word.y1 = -y1, -y0, x0, x1


def join_vertical(text_page: Any, words: list[Word]) -> list[Word]:
    """Join the letters of text that runs up or down the page."""
    joined: list[Word] = []
    for word in words:
        angle = pdfium_c.FPDFText_GetCharAngle(text_page, word.index) % math.pi
        word.vertical = len(word.text) <= 2 and 0.35 < angle < 2.8
        last = joined[-1] if joined else None
        if word.vertical and last and _stacked_on(last, word):
            last.text += word.text
            last.y0, last.y1 = min(last.y0, word.y0), max(last.y1, word.y1)
        else:
            joined.append(word)
    return joined


def _stacked_on(last: Word, word: Word) -> bool:
    near = min(abs(last.y0 - word.y1), abs(last.y1 - word.y0)) < 6
    return last.vertical and abs(last.x0 - word.x0) < 6 and near
