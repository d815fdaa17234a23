"""Where words begin and end on a page whose file draws no spaces: told by the gaps between letters.

Gaps are measured in heights of the line. Those between words stand apart from those inside words by a
valley in the page's own distribution, which justified, narrow and hinted type place differently; lines
of letter-spaced type are compared with themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .characters import INVISIBLE, NOTHING, Characters, overhangs
from .pdfium import are_generated

_RUN = re.compile(r"[^\r\n]+")
_LEAST, _MOST = 3, 17
"""Hundredths of the height between which the valley is looked for; the narrowest spaces are about 0.18."""
_AROUND = 2
"""Hundredths to both sides of the valley's lowest point that are looked at together."""
_USUAL = 0.11
"""The threshold of a page with few letters."""
_ENOUGH = 40
_SHALLOW = 0.1
"""Of the gaps wider than the valley: when so many lie in it, it is none."""
_SPACED = 0.08
"""Of the height: nine of ten letters of letter-spaced type stand wider apart."""
_LOOSEST = 0.6
_WIDER = 1.6
"""A gap between words of letter-spaced type, in usual gaps of its line."""
_OVERHANG = 0.05
_NO_SPACE, _MORE_THAN_LETTERS = 0.17, 0.08
"""Where the file draws spaces, a guess of PDFium is kept from so much, and so much more than beside it."""
_NO_SPACES = re.compile("[\u0590-\u08ff\u0e00-\u0eff\u2e80-\ua4cf\uf900-\ufdff\ufe70-\uffef]")
"""Scripts from the right, whose order is not that of the page, and scripts without spaces."""


@dataclass(slots=True)
class Spacing:
    """What the gaps of a page say about its words."""

    cuts: list[int] = field(default_factory=list)
    """Characters before which a word ends although nothing stands between, in order."""
    sure: bool = True
    """Gaps inside words and between words stand clearly apart."""


@dataclass(slots=True)
class _Run:
    """Letters that PDFium takes for one line, of which no space is the file's own."""

    letters: list[int]
    gaps: list[float | None]
    """Before each letter but the first, in heights; None where only PDFium can tell."""
    spaced: bool
    """Its letters stand apart, as in some headings."""


def space_by_gaps(text_page: Any, found: Characters) -> Spacing:
    """Decide on spaces where the file draws none; those that are none leave ``found.text``."""
    text = found.text
    spaces = [match.start() for match in re.finditer(" ", text)]
    flags = are_generated(text_page, spaces)
    drawn = [index for index, flag in zip(spaces, flags, strict=True) if not flag]
    boxes = found.boxes
    if 2 * len(drawn) < len(spaces):
        boxes = _by_advance(text_page, found)
    edges = _Edges(boxes[0::4], boxes[2::4], boxes[1::4], boxes[3::4])
    runs, guesses = _runs(text, edges, drawn)
    threshold = _valley([g for run in runs if not run.spaced for g in run.gaps])
    spacing = Spacing(sure=threshold is not None)
    letters = list(text)
    for run in runs:
        _decide(run, threshold, letters, spacing.cuts)
    for index in guesses:
        if _is_torn(text, edges, index):
            letters[index] = NOTHING
    found.text = "".join(letters)
    return spacing


def _runs(text: str, edges: _Edges, drawn: list[int]) -> tuple[list[_Run], list[int]]:
    """Lines without a space of their own, and the spaces guessed in the other lines."""
    runs: list[_Run] = []
    guesses: list[int] = []
    blank = {c for c in set(text) if c.isspace() or c == NOTHING or INVISIBLE.match(c)}
    known = set(drawn)
    for match in _RUN.finditer(text):
        start, end = match.span()
        if bisect_left(drawn, start) < bisect_left(drawn, end):
            guesses += [i for i in range(start, end) if text[i] == " " and i not in known]
        elif end - start > 1 and not _NO_SPACES.search(text, start, end):
            letters = [i for i in range(start, end) if text[i] not in blank]
            gaps = edges.gaps(letters)
            runs.append(_Run(letters, gaps, _is_letter_spaced(gaps)))
    return runs, guesses


@dataclass(slots=True)
class _Edges:
    left: list[float]
    right: list[float]
    top: list[float]
    bottom: list[float]

    def gaps(self, letters: list[int]) -> list[float | None]:
        """Between neighbours, in heights; None where they stand on lines or in sizes of their own.

        PDFium gives ligatures the height of their ink.
        """
        left, right, top, bottom = self.left, self.right, self.top, self.bottom
        return [
            None
            if (height := top[i] - bottom[i]) <= 0
            or not -0.15 * height < bottom[i] - bottom[j] < 0.15 * height
            else (left[j] - right[i]) / height
            if left[j] >= left[i]
            else (left[i] - right[j]) / height
            for i, j in pairwise(letters)
        ]


def _by_advance(text_page: Any, found: Characters) -> list[float]:
    """Boxes without the ink that leans over a neighbour: an ``f`` would close the space after it."""
    text, boxes = found.text, found.boxes
    leaning = [c for c in set(text) if c.isalnum() and _leans(text_page, text.index(c), boxes)]
    if not leaning:
        return boxes
    corrected = list(boxes)
    known: dict[tuple[str, int, int], tuple[float, float]] = {}
    for match in re.finditer("[" + "".join(map(re.escape, leaning)) + "]", text):
        index = match.start()
        left, top, right, bottom = box = boxes[4 * index : 4 * index + 4]
        if box in (boxes[4 * index - 4 : 4 * index], boxes[4 * index + 4 : 4 * index + 8]):
            continue  # letters of one ligature
        key = (match.group(), round(8 * (right - left)), round(8 * (top - bottom)))
        if key not in known:
            known[key] = overhangs(text_page, index, left, right)
        corrected[4 * index] += known[key][0]
        corrected[4 * index + 2] -= known[key][1]
    return corrected


def _leans(text_page: Any, index: int, boxes: list[float]) -> bool:
    left, top, right, bottom = boxes[4 * index : 4 * index + 4]
    return max(overhangs(text_page, index, left, right)) > _OVERHANG * (top - bottom)


def _is_letter_spaced(gaps: list[float | None]) -> bool:
    if len(gaps) < 4:
        return False
    close, most = 0, len(gaps) // 10
    for gap in gaps:
        if gap is None or gap < _SPACED:
            close += 1
            if close > most:
                return False
    loose = sum([gap is not None and gap < _LOOSEST for gap in gaps])
    return 2 * loose > len(gaps)


def _valley(gaps: list[float | None]) -> float | None:
    """The gap that divides letters from words; None where nothing divides them."""
    if len(gaps) < _ENOUGH:
        return _USUAL
    counts = [0] * (_MOST + _AROUND)
    wide = 0
    for gap in gaps:
        if gap is not None and gap >= 0.0:
            place = int(100 * gap)
            if place < len(counts):
                counts[place] += 1
            else:
                wide += 1
    depths = [sum(counts[at - _AROUND : at + _AROUND]) for at in range(_LEAST, _MOST + 1)]
    lowest = min(depths)
    best, start = range(0), 0
    for at, depth in enumerate([*depths, lowest + 1]):
        if depth > lowest:
            if at - start > len(best):
                best = range(start, at)
            start = at + 1
    middle = (best[0] + best[-1]) / 2 + _LEAST
    wide += sum(counts[round(middle) :])
    return None if lowest > _SHALLOW * wide else middle / 100


def _decide(run: _Run, threshold: float | None, letters: list[str], cuts: list[int]) -> None:
    if run.spaced:
        gaps = sorted(gap for gap in run.gaps if gap is not None)
        threshold = _WIDER * gaps[len(gaps) // 2]
    if threshold is None:
        return
    for (last, index), gap in zip(pairwise(run.letters), run.gaps, strict=True):
        if gap is None:
            continue
        if index == last + 1:
            if gap > threshold:
                cuts.append(index)
        elif gap <= threshold:
            letters[last + 1 : index] = [NOTHING] * (index - last - 1)


def _is_torn(text: str, edges: _Edges, space: int) -> bool:
    """Whether a space that PDFium guesses lies in letters that only stand a little apart."""
    last, index = space - 1, space + 1
    if last < 0 or index >= len(text) or text[last].isspace() or text[index].isspace():
        return False
    gap = edges.gaps([last, index])[0]
    if gap is None or not -0.05 < gap < _NO_SPACE:
        return False
    beside = 0.0
    for one, other in ((last - 1, last), (index, index + 1)):
        if one >= 0 and other < len(text) and not (text[one].isspace() or text[other].isspace()):
            beside = max(beside, edges.gaps([one, other])[0] or 0.0)
    return gap - beside < _MORE_THAN_LETTERS
