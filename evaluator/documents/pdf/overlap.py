"""Words of a PDF page that lie on other words: what is seen there may be the other's."""

from __future__ import annotations

import math
from collections.abc import Container
from operator import attrgetter

from .words import Word

_ROW, _ROWS = 12.0, 120
_LARGE = 24.0
"""Points: a single letter so high may be a ground for others."""
_TOUCH = 1.5
"""Points by which neighbours may overlap: kerning and slanted letters."""
_WITHIN = 0.9
"""Of a thin letter's width."""
_NEIGHBOURS = 40
_LETTERS = 3
_ALIKE = 0.7
_NEAR = 0.22
"""Of a line's height, by which lines over each other are apart at most."""


def stacked(words: list[Word]) -> list[tuple[Word, Word]]:
    """Pairs of words that share a place."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        low, high = max(0, int(word.y0 / _ROW)), int(word.y1 / _ROW)
        for row in (low,) if low == high else range(low, min(high, low + _ROWS) + 1):
            if row in rows:
                rows[row].append(word)
            else:
                rows[row] = [word]
    pairs: dict[tuple[int, int], tuple[Word, Word]] = {}
    for line in rows.values():
        line.sort(key=attrgetter("x0"))
        reach: list[Word] = []
        furthest = -math.inf
        for word in line:
            if word.x0 + _TOUCH >= furthest:
                reach = [word]
                furthest = word.x1
                continue
            reach = [other for other in reach if other.x1 > word.x0 + _TOUCH]
            for other in reach[-_NEIGHBOURS:]:
                # Most stand on lines of their own.
                if other.y0 < word.y1 and word.y0 < other.y1 and _overlap(other, word):
                    pairs[other.index, word.index] = (other, word)
            reach.append(word)
            furthest = max(furthest, word.x1)
    return list(pairs.values())


def twice(one: Word, other: Word) -> None:
    """A word drawn twice on one place, for weight or a shadow, is one word."""
    near = abs(one.x0 - other.x0) < 0.2 * one.height and abs(one.y0 - other.y0) < 0.2 * one.height
    if one.text == other.text and near and not one.hidden:
        other.hidden = "twice"


def overwritten(one: Word, other: Word, clear: Container[int]) -> None:
    """Of two words seen on one place the much smaller is scribbled over the other; of two alike none can be read.

    Args:
        one: a word.
        other: another.
        clear: numbers of words that stand out from what lies over or under them, as from a pale stamp.
    """
    if _is_on(one, other) and one.text != other.text:
        for word in (one, other):
            if word.index not in clear:
                word.hidden = word.hidden or "overwritten"
        return
    smaller, larger = sorted((one, other), key=lambda word: (word.height, -word.index))
    is_within = smaller.height < 0.8 * larger.height and _share_of_height(smaller, larger) > 0.5
    if is_within and smaller.index not in clear:
        smaller.hidden = "overwritten"


def without_ink(pairs: list[tuple[Word, Word]], unseen: Container[int]) -> None:
    """Words that draw nothing where another one is drawn: what is seen there is the other, however alike both are."""
    for pair in pairs:
        if _is_on(*pair):
            for word, other in (pair, pair[::-1]):
                if word.index in unseen and other.index not in unseen and not other.hidden:
                    word.hidden = "invisible"


def _is_on(one: Word, other: Word) -> bool:
    """Whether two words of three letters and more take nearly the same place."""
    if min(len(one.text), len(other.text)) < _LETTERS or one.turned or other.turned:
        return False
    if not _ALIKE <= one.height / max(other.height, 0.1) <= 1 / _ALIKE:
        return False
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    narrow = min(one.x1 - one.x0, other.x1 - other.x0)
    middle = abs(one.y0 + one.y1 - other.y0 - other.y1) / 2
    return across > 0.5 * narrow and middle < _NEAR * min(one.height, other.height)


def _overlap(left: Word, right: Word) -> bool:
    across = min(left.x1, right.x1) - right.x0
    narrow = min(right.x1 - right.x0, left.x1 - left.x0)
    least = max(_TOUCH, 0.15 * narrow)
    if narrow < 2 * _TOUCH and 1 in {len(left.text), len(right.text)}:
        # A thin letter that lies within another word wholly.
        least = _WITHIN * narrow
    return across > least and _share_of_height(left, right) > 0.25


def _share_of_height(one: Word, other: Word) -> float:
    """Height that two words share, of the lower one's."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared / max(0.1, min(one.height, other.height))
