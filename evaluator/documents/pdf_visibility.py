"""Which words of a PDF page a human cannot see, judged by how the page renders.

The page is drawn with and without its text objects. A word whose box does not change is invisible,
whatever trick made it so (white on white, covered, clipped, transparent, render mode 3, off page);
one that changes very little is faint; one under a legible height is tiny.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from .pdf_words import Word

SCALE = 0.75
"""Pixels per point of the two drawings; the verdict is nearly independent of it."""
FAINT = 26
"""Grey levels. Light grey by design (#bbb on white) changes the page by about 68."""
INVISIBLE = 6
TINY_POINTS = 2.5
MAX_OBJECTS = 20_000
_MAX_SIDE = 2_200
_STACKED_LIMIT = 24

Crop = tuple[float, float, float, float]


def mark_hidden(page: Any, text_page: Any, words: list[Word], crop: Crop) -> None:
    """Set ``hidden`` on each word that the displayed page does not show."""
    texts = list(_text_objects(page.raw))
    before = _draw(page, crop)
    difference = _difference(page, before, texts, crop)
    _mark(text_page, words, difference, crop)
    for group in _stacked(text_page, [word for word in words if not word.hidden]):
        obj, members = group
        _mark(text_page, members, _difference(page, before, [obj], crop), crop)


def picture_share(page: Any, area: float) -> float:
    """Share of the page that its largest picture covers, to tell a scan with a text layer."""
    edges = [ctypes.c_float() for _ in range(4)]
    largest = 0.0
    for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        obj = pdfium_c.FPDFPage_GetObject(page.raw, index)
        if pdfium_c.FPDFPageObj_GetType(obj) == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            pdfium_c.FPDFPageObj_GetBounds(obj, *(ctypes.byref(edge) for edge in edges))
            left, bottom, right, top = (edge.value for edge in edges)
            largest = max(largest, (right - left) * (top - bottom))
    return largest / max(area, 1.0)


def _text_objects(page: Any) -> Iterator[Any]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        obj = pdfium_c.FPDFPage_GetObject(page, index)
        yield from _texts_in(obj, 0)


def _texts_in(obj: Any, depth: int) -> Iterator[Any]:
    kind = pdfium_c.FPDFPageObj_GetType(obj)
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
        yield obj
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 8:
        for index in range(pdfium_c.FPDFFormObj_CountObjects(obj)):
            yield from _texts_in(pdfium_c.FPDFFormObj_GetObject(obj, index), depth + 1)


def _scale(crop: Crop) -> float:
    return min(SCALE, _MAX_SIDE / max(crop[2] - crop[0], crop[3] - crop[1], 1.0))


def _draw(page: Any, crop: Crop) -> Image.Image:
    picture: Image.Image = page.render(
        scale=_scale(crop), grayscale=True, may_draw_forms=False, draw_annots=False
    ).to_pil()
    return picture


def _difference(page: Any, before: Image.Image, texts: list[Any], crop: Crop) -> Image.Image:
    for obj in texts:
        pdfium_c.FPDFPageObj_SetIsActive(obj, False)
    after = _draw(page, crop)
    for obj in texts:
        pdfium_c.FPDFPageObj_SetIsActive(obj, True)
    return ImageChops.difference(before, after)


def _mark(text_page: Any, words: list[Word], difference: Image.Image, crop: Crop) -> None:
    left, _, _, top = crop
    scale = _scale(crop)
    width, height = difference.size
    for word in words:
        if _is_tiny(text_page, word):
            word.hidden = "tiny"
            continue
        x0, x1 = (
            max(0, int((word.x0 - left) * scale)),
            min(width, int((word.x1 - left) * scale) + 1),
        )
        y0, y1 = max(0, int((top - word.y1) * scale)), min(height, int((top - word.y0) * scale) + 1)
        if x0 >= x1 or y0 >= y1:
            word.hidden = "outside the page"
            continue
        change = difference.crop((x0, y0, x1, y1)).getextrema()[1]
        assert isinstance(change, int | float)
        if change < INVISIBLE:
            word.hidden = "invisible"
        elif change < FAINT and (word.text.isalnum() or len(word.text) > 3):
            word.hidden = "faint"


def _is_tiny(text_page: Any, word: Word) -> bool:
    box = pdfium_c.FS_RECTF()
    last = pdfium_c.FS_RECTF()
    # Measured on the page as it is written, so that a turned page changes nothing.
    pdfium_c.FPDFText_GetLooseCharBox(text_page, word.index, ctypes.byref(box))
    end = word.index + len(word.text) - 1
    pdfium_c.FPDFText_GetLooseCharBox(text_page, end, ctypes.byref(last))
    height = box.top - box.bottom
    per_letter = (max(box.right, last.right) - min(box.left, last.left)) / max(1, len(word.text))
    if height < TINY_POINTS:
        return bool(per_letter < TINY_POINTS)
    # Squeezed to a hair's breadth: letters far narrower than any typeface draws them.
    squeezed = len(word.text) > 2 and per_letter < 0.08 * height
    angle = pdfium_c.FPDFText_GetCharAngle(text_page, word.index) % math.pi
    return bool(squeezed and angle < 0.3)


def _stacked(text_page: Any, words: list[Word]) -> list[tuple[Any, list[Word]]]:
    """Text objects whose words lie on another word: what is seen there may be the other's."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        if len(word.text) > 2:
            rows.setdefault(int(word.middle / 6), []).append(word)
    suspects: dict[int, Word] = {}
    for key, row in rows.items():
        line = sorted(row + rows.get(key + 1, []), key=lambda w: w.x0)
        for last, word in pairwise(line):
            across = min(last.x1, word.x1) - word.x0
            along = min(last.y1, word.y1) - max(last.y0, word.y0)
            narrow = min(word.x1 - word.x0, last.x1 - last.x0)
            if across > 0.5 * narrow and along > 0.5 * min(word.height, last.height):
                suspects |= {last.index: last, word.index: word}
    groups: dict[int, tuple[Any, list[Word]]] = {}
    for word in suspects.values():
        obj = pdfium_c.FPDFText_GetTextObject(text_page, word.index)
        if obj:
            groups.setdefault(ctypes.addressof(obj.contents), (obj, []))[1].append(word)
    return list(groups.values())[:_STACKED_LIMIT]
