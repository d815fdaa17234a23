"""The objects of a PDF page, walked once: texts, those in marked content, pictures and lines."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from . import pdf_engine

MAX_OBJECTS = 100_000
_MAX_DEPTH = 8


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
    a_text = pdfium_c.FPDF_PAGEOBJ_TEXT
    texts = [obj for obj, kind in zip(objects, kinds, strict=True) if kind == a_text]
    found.texts += texts
    found.marked += pdf_engine.marked(texts)
    if len(texts) == len(objects):
        return
    found.only_texts = False
    form = pdfium_c.FPDF_PAGEOBJ_FORM
    found.others += [
        obj for obj, kind in zip(objects, kinds, strict=True) if kind not in {a_text, form}
    ]
    for obj, kind in zip(objects, kinds, strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            found.picture = max(found.picture, _area(pdf_engine.handle(obj)))
        elif kind == form and depth < _MAX_DEPTH:
            count = pdfium_c.FPDFFormObj_CountObjects(pdf_engine.handle(obj))
            found.count += count
            if not found.too_many:
                _walk(pdf_engine.form_objects(obj, count), found, depth + 1)


def _area(obj: Any) -> float:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(obj, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return (right - left) * (top - bottom)
