"""Words of a PDF page with their boxes."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from .actual_text import Claim, settle
from .characters import INVISIBLE, NOTHING, Characters, read_characters
from .word_gaps import space_by_gaps

LINE_END_HYPHEN = "\ufffe"
"""PDFium writes this for a hyphen at a line's end and swallows the line break."""
_WORD = re.compile(rf"[^\s{LINE_END_HYPHEN}\x02]+[{LINE_END_HYPHEN}\x02]?")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_BY_PROGRAMS = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
"""Invisible characters that editors and browsers set by themselves."""
_LEVEL = 0.3
"""Radians up to which a line runs across."""
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
    last: int = 0
    """Number of its last character there."""
    hidden: str | None = None
    vertical: bool = False
    turned: bool = False
    """It runs up or down the displayed page, or slants."""
    claims: Sequence[tuple[str, list[int]]] = ()
    """Texts in it that claim to stand for glyphs, and the numbers of those."""

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(slots=True)
class PageWords:
    """Words of a page and what was found while they were told apart."""

    words: list[Word]
    """In the file's own order."""
    odd: list[str] = field(default_factory=list)
    """Those that held invisible characters which no program sets by itself, as they were."""
    untrue: list[str] = field(default_factory=list)
    """Claims that say something else than what is drawn."""
    sure: bool = True
    """The gaps between letters tell where words end."""


def read_words(text_page: Any, claims: list[Claim]) -> PageWords:
    """Words of a page.

    Args:
        text_page: loaded after the claims were taken off the page.
        claims: what texts claimed to say.
    """
    characters = read_characters(text_page)
    untrue = settle(claims, text_page, characters) if claims else []
    spacing = space_by_gaps(text_page, characters)
    text, boxes = characters.text, characters.boxes
    strange = not text.isascii()
    from_the_right = strange and RIGHT_TO_LEFT.search(text) is not None
    special = NOTHING in text or characters.instead
    may_be_unseen = strange and (bool(special) or INVISIBLE.search(text) is not None)
    found = PageWords([], untrue=untrue, sure=spacing.sure)
    for start, end in _spans(text, spacing.cuts):
        word = characters.of(start, end) if special else text[start:end]
        first, last = start, end - 1
        if may_be_unseen and INVISIBLE.search(word):
            if INVISIBLE.search(_LEFT_BY_PROGRAMS.sub("", word)):
                found.odd.append(word)
            word = INVISIBLE.sub("", word)
            first, last = _seen(text, first, last)
        if not word:
            continue
        if from_the_right and end - start > 1:
            word = _by_position(characters, start, end)
        x0, y1, x1, y0 = boxes[4 * first : 4 * first + 4]
        if last > first:
            left, top, right, bottom = boxes[4 * last : 4 * last + 4]
            x0, x1 = left if left < x0 else x0, right if right > x1 else x1
            y0, y1 = bottom if bottom < y0 else y0, top if top > y1 else y1
        if -_FAR < x0 <= x1 < _FAR and -_FAR < y0 <= y1 < _FAR:
            if word[-1] == "\x02":
                word = word[:-1] + LINE_END_HYPHEN
            found.words.append(Word(word, x0, y0, x1, y1, first, last))
            if x1 - x0 <= 0.3 * len(word) * (y1 - y0):
                _look_closer(text_page, found.words[-1], boxes)
    _find_claims(found.words, characters)
    return found


def _find_claims(words: list[Word], characters: Characters) -> None:
    for word in words if characters.claimed else ():
        word.claims = characters.claims(word.index, word.last + 1)


def _look_closer(text_page: Any, word: Word, boxes: list[float]) -> None:
    """A word no wider than that is squeezed, of thin letters, or does not run across."""
    angle = pdfium_c.FPDFText_GetCharAngle(text_page, word.index) % math.pi
    word.turned = _LEVEL < angle < math.pi - _LEVEL
    word.x0 = min(boxes[4 * word.index : 4 * word.last + 1 : 4])
    word.x1 = max(boxes[4 * word.index + 2 : 4 * word.last + 3 : 4])


def _spans(text: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
            yield start, cut
            start = cut
        yield start, end


def _seen(text: str, first: int, last: int) -> tuple[int, int]:
    """The first and the last character of a word that take part in its box."""
    while first < last and (text[first] == NOTHING or INVISIBLE.match(text[first])):
        first += 1
    while last > first and (text[last] == NOTHING or INVISIBLE.match(text[last])):
        last -= 1
    return first, last


def _by_position(characters: Characters, start: int, end: int) -> str:
    """Letters in the order of their script, whatever order the file stores them in."""
    text, boxes = characters.text, characters.boxes
    letters = [
        (
            boxes[4 * index] + boxes[4 * index + 2],
            index,
            characters.instead.get(index, text[index]),
        )
        for index in range(start, end)
        if text[index] != NOTHING
    ]
    if any(c == LINE_END_HYPHEN or INVISIBLE.match(c) for _, _, c in letters):
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
        word.turned ^= rotation in {90, 270}
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
            last.last = word.last
            last.y0, last.y1 = min(last.y0, word.y0), max(last.y1, word.y1)
        else:
            joined.append(word)
    return joined


def _stacked_on(last: Word, word: Word) -> bool:
    near = min(abs(last.y0 - word.y1), abs(last.y1 - word.y0)) < 6
    return last.vertical and abs(last.x0 - word.x0) < 6 and near
