"""Words of a PDF page whose letters do not stand as a reader needs them: turned one by one, mirrored, upside down.

A line may run up or down the page or slant, as long as its letters stand along it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

from . import pdfium as pdf_engine
from .objects import PageObjects
from .words import Word

MIRRORED, TURNED = "mirrored", "turned"
"""Hidden so, the first unless the picture of the page shows the letters all the same."""
_ON_ITS_HEAD = "on its head"
_ASKEW = 0.8
"""Radians by which a letter may lean on the page whatever the line does."""
_ALONG = 0.6
"""Radians between a letter and the line that it stands along."""
_OVER = 2.1
"""Radians from which a line stands on its head."""
_SLANT = 0.6
"""Of the height, sideways: italics made by a program slant by 0.35 at most."""
_RISE = 0.3
"""Of the length: a line that rises less runs across."""
_SMEARED = 1.0
"""Of the height, sideways: letters that lean so far lie along the line."""
_APART, _SOME = 0.5, 0.3
"""Of the height, sideways, by which letters of a word lean otherwise than most of it, and how many of them may."""
_SAMPLE = 60
_WHOLLY = 0.9
"""Of a page's words: so many stand on their heads when the page does."""


def are_upright(objects: PageObjects) -> bool:
    """Whether every text of a page runs across it with letters that stand; of forms it is not known."""
    if objects.has_forms:
        return False
    lines, heights = pdf_engine.directions_of(objects.texts)
    return all(across > 0 and abs(rise) < _RISE * across for across, rise in lines) and all(
        up > 0 and abs(lean) < _SLANT * up for lean, up in heights
    )


def stands_on_its_head(text_page: Any, rotation: int) -> bool:
    """Whether nearly all letters of a displayed page are upside down, so that whoever reads it turns the page.

    Args:
        text_page: of the page.
        rotation: of the displayed page, degrees.
    """
    count = pdfium_c.FPDFText_CountChars(text_page)
    sample = range(0, count, max(1, count // _SAMPLE))
    letters = [values for values in pdf_engine.character_matrices(text_page, sample) if any(values)]
    turned = math.radians(rotation)
    over = [a * d > b * c and _between(math.atan2(b, a), turned) > _OVER for a, b, c, d in letters]
    return bool(letters) and sum(over) >= _WHOLLY * len(letters)


def mark_standing(text_page: Any, words: Sequence[Word], rotation: int) -> None:
    """Set ``hidden`` on words whose letters are turned or mirrored.

    Args:
        text_page: whose words they are.
        words: those that may be seen.
        rotation: of the displayed page, degrees.
    """
    over = []
    for word in words:
        found = _standing(text_page, word, math.radians(rotation))
        if found == _ON_ITS_HEAD:
            over.append(word)
        elif found:
            word.hidden = found
    if len(over) < _WHOLLY * len(words):
        # Of a page that stands on its head the reader turns the page.
        for word in over:
            word.hidden = TURNED


def _standing(text_page: Any, word: Word, turned: float) -> str | None:
    """How most letters of a word stand; None where they may be read."""
    indexes = range(word.index, word.last + 1)
    letters = [
        values for values in pdf_engine.character_matrices(text_page, indexes) if any(values)
    ]
    most = len(letters) / 2
    mirrored = [a * d <= b * c for a, b, c, d in letters]
    if sum(mirrored) > most:
        return MIRRORED
    smeared = [abs(a * c + b * d) > _SMEARED * (a * d - b * c) for a, b, c, d in letters]
    if _lean_apart(letters):
        return TURNED
    angles = [math.atan2(values[1], values[0]) for values in letters]
    leans = [_between(angle, turned) for angle in angles]
    line = _direction(text_page, word)
    askew = [
        lean > _ASKEW and line is not None and _between(angle, line) > _ALONG
        for angle, lean in zip(angles, leans, strict=True)
    ]
    if sum(map(any, zip(mirrored, smeared, askew, strict=True))) > most:
        return TURNED
    return _ON_ITS_HEAD if sum([lean > _OVER for lean in leans]) > most else None


def _lean_apart(letters: list[tuple[float, float, float, float]]) -> bool:
    """Whether letters that stand do not lean alike."""
    leans = sorted([(a * c + b * d) / (a * d - b * c) for a, b, c, d in letters if a * d > b * c])
    if not leans:
        return False
    usual = leans[len(leans) // 2]
    return sum([abs(lean - usual) > _APART for lean in leans]) > _SOME * len(leans)


def _between(one: float, other: float) -> float:
    """Radians between two directions."""
    return abs((one - other + math.pi) % math.tau - math.pi)


def _direction(text_page: Any, word: Word) -> float | None:
    """Where a word's letters follow each other to; None of a single one."""
    if word.last <= word.index:
        return None
    (x0, y0), (x1, y1) = pdf_engine.origins(text_page, (word.index, word.last))
    if abs(x1 - x0) + abs(y1 - y0) < 0.1:
        return None
    return math.atan2(y1 - y0, x1 - x0)
