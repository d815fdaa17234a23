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
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NO_SPACE = 0.17
"""Of the line's height; the narrowest spaces that typesetters set are about 0.18."""
_MORE_THAN_LETTERS = 0.08
"""Of the line's height; a space is wider than the gaps inside a word by more than this."""
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
    def upright(self) -> bool:
        """Wider than one letter is high, as words across the page are."""
        return self.x1 - self.x0 > 0.3 * len(self.text) * (self.y1 - self.y0)

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
    strange = not characters.isascii()
    from_the_right = strange and RIGHT_TO_LEFT.search(characters) is not None
    boxes = _Boxes(text_page)
    for match in _WORD.finditer(characters):
        text = match.group()
        start, end = match.span()
        if strange and INVISIBLE.search(text):
            odd.append(text)
            text = INVISIBLE.sub("", text)
        box = boxes.of(start, end)
        if box is None or not text:
            continue
        if from_the_right and end - start > 1:
            text = _by_position(text_page, start, end)
        x0, y0, x1, y1 = box
        if words and _is_torn(text_page, words[-1], start, end, x0, y0, y1):
            words[-1].text += text
            words[-1].x1 = x1
        else:
            words.append(Word(text.replace("\x02", LINE_END_HYPHEN), x0, y0, x1, y1, start))
    return words, odd


def _is_torn(
    text_page: Any, last: Word, start: int, end: int, x0: float, y0: float, y1: float
) -> bool:
    """Whether the space before a word is PDFium's guess, in letters that only stand a little apart."""
    height, gap = y1 - y0, x0 - last.x1
    if (
        not -0.05 * height < gap < _NO_SPACE * height
        or abs(last.y0 - y0) > 0.5
        or abs(last.y1 - y1) > 0.5
        or pdfium_c.FPDFText_IsGenerated(text_page, start - 1) != 1
    ):
        return False
    letters = _gap_after(text_page, start - 3) if start - last.index > 2 else 0.0
    if end - start > 1:
        letters = max(letters, _gap_after(text_page, start))
    return bool(gap - letters < _MORE_THAN_LETTERS * height)


def _gap_after(text_page: Any, index: int) -> float:
    boxes = [pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()]
    for place, box in enumerate(boxes):
        pdfium_c.FPDFText_GetLooseCharBox(text_page, index + place, ctypes.byref(box))
    return float(boxes[1].left - boxes[0].right)


class _Boxes:
    """Boxes around characters, in buffers that are used again."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page
        self._first, self._last = pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()
        self._at_first, self._at_last = ctypes.byref(self._first), ctypes.byref(self._last)

    def of(self, start: int, end: int) -> tuple[float, float, float, float] | None:
        """Around the first and the last character; None far off any page."""
        box_of, first = pdfium_c.FPDFText_GetLooseCharBox, self._first
        box_of(self._page, start, self._at_first)
        x0, y0, x1, y1 = first.left, first.bottom, first.right, first.top
        if end - start > 1:
            last = self._last
            box_of(self._page, end - 1, self._at_last)
            x0, x1 = min(x0, last.left), max(x1, last.right)
            y0, y1 = min(y0, last.bottom), max(y1, last.top)
        if -_FAR < x0 <= x1 < _FAR and -_FAR < y0 <= y1 < _FAR:
            return x0, y0, x1, y1
        return None


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


def _by_position(text_page: Any, start: int, end: int) -> str:
    """Letters in the order of their script, whatever order the file stores them in."""
    rectangle = pdfium_c.FS_RECTF()
    letters: list[tuple[float, int, str]] = []
    for index in range(start, end):
        pdfium_c.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle))
        point = pdfium_c.FPDFText_GetUnicode(text_page, index)
        letters.append((rectangle.left + rectangle.right, index, chr(point)))
    if any(c in LINE_END_HYPHEN or INVISIBLE.match(c) for _, _, c in letters):
        return INVISIBLE.sub("", "".join(c for _, _, c in letters))
    from_the_right = [bool(RIGHT_TO_LEFT.match(c)) for _, _, c in letters if c.isalnum()]
    if not any(from_the_right):
        return "".join(c for _, _, c in sorted(letters))
    if not all(from_the_right):
        return "".join(c for _, _, c in letters)
    # Letters of one ligature share a box; PDFium turns them round with the rest of the line.
    ordered = sorted(letters, key=lambda letter: (-letter[0], -letter[1]))
    return unicodedata.normalize("NFKC", "".join(c for _, _, c in ordered))


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
