"""The objects of a PDF page, walked once: texts, those in marked content, pictures and lines."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from . import pdfium as pdf_engine
from .words import Word

MAX_OBJECTS = 100_000
_MAX_DEPTH = 8
_FEW = 200
_ROW, _HIGH = 12.0, 200.0
_MARGIN = 2.0
"""Points: half a line's width and a pixel of the drawing."""


@dataclass(slots=True)
class PageObjects:
    """What the page draws."""

    texts: list[int] = field(default_factory=list)
    """Addresses of its text objects."""
    marked: list[int] = field(default_factory=list)
    """Text objects inside marked content."""
    others: list[int] = field(default_factory=list)
    """Addresses of pictures, lines and shades."""
    count: int = 0
    picture: float = 0.0
    """Area of the largest picture, square points."""
    only_texts: bool = True
    """Nothing else is drawn, or nothing where its words stand."""
    has_forms: bool = False

    @property
    def too_many(self) -> bool:
        return self.count > MAX_OBJECTS


def page_objects(page: Any) -> PageObjects:
    """Walk a page; beyond the limit only the number is known."""
    found = PageObjects(count=pdfium_c.FPDFPage_CountObjects(page))
    if not found.too_many:
        _walk(pdf_engine.page_objects(page, found.count), found, 0)
    return found


def _walk(objects: list[int], found: PageObjects, depth: int) -> None:
    kinds = pdf_engine.kinds(objects)
    a_text, form = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_FORM
    rest = [(obj, kind) for obj, kind in zip(objects, kinds, strict=True) if kind != a_text]
    texts = (
        [obj for obj, kind in zip(objects, kinds, strict=True) if kind == a_text]
        if rest
        else objects
    )
    found.texts += texts
    found.marked += pdf_engine.marked(texts)
    if not rest:
        return
    found.only_texts = False
    found.others += [obj for obj, kind in rest if kind != form]
    for obj, kind in rest:
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            found.picture = max(found.picture, _area(pdf_engine.handle(obj)))
        elif kind == form:
            found.has_forms = True
            if depth < _MAX_DEPTH:
                count = pdfium_c.FPDFFormObj_CountObjects(pdf_engine.handle(obj))
                found.count += count
                if not found.too_many:
                    _walk(pdf_engine.form_objects(obj, count), found, depth + 1)


def stand_apart(others: list[int], words: Sequence[Word]) -> bool:
    """Whether no picture, line or shade lies where a word does; of many it is not asked.

    Args:
        others: addresses of objects outside of forms, whose coordinates are the page's.
        words: of the same page.
    """
    if len(others) > _FEW:
        return False
    rows: dict[int, list[tuple[float, float, float, float]]] = {}
    for obj in others:
        left, bottom, right, top = _bounds(pdf_engine.handle(obj))
        if top - bottom > _HIGH:
            return False
        around = left - _MARGIN, bottom - _MARGIN, right + _MARGIN, top + _MARGIN
        for row in range(int(around[1] // _ROW), int(around[3] // _ROW) + 1):
            rows.setdefault(row, []).append(around)
    for word in words:
        for row in range(int(word.y0 // _ROW), int(word.y1 // _ROW) + 1):
            for left, bottom, right, top in rows.get(row, ()):
                across = left < word.x1 and word.x0 < right
                if across and bottom < word.y1 and word.y0 < top:
                    return False
    return True


def high_ones(objects: Sequence[int], points: float) -> set[int]:
    """Those that take at least so much of the page's height."""
    edges = _, bottom, _, top = [ctypes.c_float() for _ in range(4)]
    found = set()
    to = [ctypes.byref(edge) for edge in edges]
    for obj in objects:
        pdfium_c.FPDFPageObj_GetBounds(pdf_engine.handle(obj), *to)
        if top.value - bottom.value >= points:
            found.add(obj)
    return found


def _area(obj: Any) -> float:
    left, bottom, right, top = _bounds(obj)
    return (right - left) * (top - bottom)


def _bounds(obj: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(obj, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top
