"""Words of a PDF page that are too small to read, whatever they are drawn with."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pypdfium2.raw as pdfium_c

from ..paint import TINY_POINTS
from . import pdfium as pdf_engine
from .actual_text import SHAPED
from .agreement import agree
from .words import Word

_SMALL_POINTS = 4.2
"""Height of a line, about 3.6 points of type: below it words cannot be read at the page's own size."""
_PAPER = 595.0
"""Points: width of a sheet, to which a viewer brings a smaller page."""
_WIDEST = 2 * _PAPER
"""Points: width of the widest sheet that is read as it is."""
_SQUEEZED = 0.13
"""Width of a letter, of its height."""
_TIGHT, _PILED = 0.3, 1.5
"""Of a word: length of its height and letters, from which they are looked at, and ink of its length that is too much."""


def mark_tiny(text_page: Any, words: list[Word], width: float) -> None:
    """Set ``hidden`` on words too small to read; on the page as it is written, before it is turned.

    Args:
        text_page: whose words they are.
        words: in points.
        width: of the page, points.
    """
    # A viewer brings a page to the width of its window.
    enlarged = max(1.0, _PAPER / max(width, 1.0)) * min(1.0, _WIDEST / max(width, 1.0))
    found = False
    for word in words:
        height, length = enlarged * word.height, enlarged * (word.x1 - word.x0)
        letters = len(word.text)
        if height < TINY_POINTS:
            # Some typefaces tell a wrong height; the size they are set in tells the truth.
            flat = (
                length < TINY_POINTS * letters
                or enlarged * type_size(text_page, word) < TINY_POINTS
            )
        else:
            squeezed = not word.turned and length < _SQUEEZED * height * letters
            flat = letters > 2 and (
                height < _SMALL_POINTS or squeezed or _is_piled(text_page, word)
            )
        if flat:
            word.hidden = "tiny"
            found = True
    if found:
        agree(words, "tiny")


def _is_piled(text_page: Any, word: Word) -> bool:
    """Whether a word's letters lie on each other."""
    length = word.x1 - word.x0
    if length > _TIGHT * word.height * len(word.text) or word.turned or SHAPED.search(word.text):
        return False
    boxes = pdf_engine.ink_boxes(text_page, range(word.index, word.last + 1))
    # Letters of a ligature share one box, and so do some that are drawn twice.
    return sum([right - left for left, _, right, _ in dict.fromkeys(boxes)]) > _PILED * length


def type_size(text_page: Any, word: Word) -> float:
    """Points of the type across the line."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFText_GetMatrix(text_page, word.index, ctypes.byref(matrix)):
        return _PAPER
    size = pdfium_c.FPDFText_GetFontSize(text_page, word.index)
    return float(abs(size) * math.hypot(matrix.c, matrix.d))
