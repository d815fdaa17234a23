"""The objects of a PDF page, walked once: texts, pictures, and texts that claim to say something else."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

MAX_OBJECTS = 20_000
_MAX_DEPTH = 8
_CLAIM = b"ActualText"
_LIGATURE = 8
"""A claim of at most so many characters without a space stands for a ligature or a hyphenated word."""


@dataclass(slots=True)
class PageObjects:
    """What the page draws."""

    texts: list[Any] = field(default_factory=list)
    marked: list[Any] = field(default_factory=list)
    """Text objects inside marked content."""
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
        get = pdfium_c.FPDFPage_GetObject
        _walk([get(page, index) for index in range(found.count)], found, 0)
    return found


def _walk(objects: list[Any], found: PageObjects, depth: int) -> None:
    kind_of, marks = pdfium_c.FPDFPageObj_GetType, pdfium_c.FPDFPageObj_CountMarks
    a_text = pdfium_c.FPDF_PAGEOBJ_TEXT
    for obj in objects:
        kind = kind_of(obj)
        if kind == a_text:
            found.texts.append(obj)
            if marks(obj) > 0:
                found.marked.append(obj)
            continue
        found.only_texts = False
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            found.picture = max(found.picture, _area(obj))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            count = pdfium_c.FPDFFormObj_CountObjects(obj)
            found.count += count
            if not found.too_many:
                inner = [pdfium_c.FPDFFormObj_GetObject(obj, index) for index in range(count)]
                _walk(inner, found, depth + 1)


def _area(obj: Any) -> float:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(obj, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return (right - left) * (top - bottom)


def remove_claims(objects: PageObjects) -> list[str]:
    """Take /ActualText from texts, so that what is drawn is read; gives the claims.

    PDFium returns the claim in place of the glyphs, which lets a file show one sentence and say another.
    """
    claims: dict[str, None] = {}
    length = ctypes.c_ulong()
    for obj in objects.marked:
        for index in reversed(range(pdfium_c.FPDFPageObj_CountMarks(obj))):
            mark = pdfium_c.FPDFPageObj_GetMark(obj, index)
            arguments = (mark, _CLAIM, None, 0, ctypes.byref(length))
            if not pdfium_c.FPDFPageObjMark_GetParamStringValue(*arguments):
                continue
            if 2 < length.value < 200_000:
                claim = _claim(mark, length.value)
                if len(claim) > _LIGATURE or " " in claim.strip():
                    claims[claim] = None
                    pdfium_c.FPDFPageObj_RemoveMark(obj, mark)
    return list(claims)


def _claim(mark: Any, size: int) -> str:
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    length = ctypes.c_ulong()
    pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, _CLAIM, buffer, size, ctypes.byref(length))
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
