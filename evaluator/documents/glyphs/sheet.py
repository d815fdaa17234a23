"""Glyph sheets: letters of a typeface drawn side by side, whatever the page does with them."""

from __future__ import annotations

import ctypes
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c
from PIL import Image

from .letters import LETTERS
from .pages import grey_levels
from .shapes import Alphabet, Shape, Shapes, letter_class, seen, shape_of

SIZE = 24
"""Pixels of the type."""
_CELL, _UP, _LEFT, _BASE = 52, 46, 12, 16
_AREA = _CELL * _UP
_LAST = 0xFFFF
"""What is beyond takes two units, which PDFium draws as two signs."""
_MOST_KEPT = 2_048
_BLACK, _WHITE = 0xFF000000, 255
_FACES = (
    "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
    "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic",
    "Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique",
)  # fmt: skip
"""Those that every reader of PDF contains."""


class Glyph(NamedTuple):
    """One letter as its typeface draws it."""

    shape: Shape | None
    """None where it draws nothing."""
    width: float
    """Of the ink, in sizes of the type."""
    height: float


class Sheets:
    """Draws letters of the typefaces of one document, which stay open until it is closed."""

    def __init__(self) -> None:
        self._document = pdfium_c.FPDF_CreateNewDocument()
        self._pages: list[Any] = []
        self._kept: set[int] = set()

    def close(self) -> None:
        """Let the typefaces go; before the document that they belong to."""
        for page in self._pages:
            pdfium_c.FPDF_ClosePage(page)
        pdfium_c.FPDF_CloseDocument(self._document)

    def draw(self, font: Any, letters: str) -> dict[str, Glyph]:
        """The glyph that a typeface, given by PDFium's handle, has for each letter."""
        beyond = {letter: Glyph(None, 0.0, 0.0) for letter in letters if ord(letter) > _LAST}
        if beyond:
            letters = "".join([letter for letter in letters if letter not in beyond])
        levels = self._column(font, letters) if letters else b""
        return beyond | {
            letter: _glyph(levels[place * _AREA : (place + 1) * _AREA])
            for place, letter in enumerate(letters)
        }

    def _column(self, font: Any, letters: str) -> bytes:
        """Letters below each other, lying on their backs: so each is one piece of the picture's memory."""
        count = len(letters)
        height = _CELL * count
        page = pdfium_c.FPDFPage_New(self._document, len(self._pages), float(_UP), float(height))
        # An open page keeps its typefaces, so that no other one gets their address.
        self._pages.append(page)
        text = pdfium_c.FPDFPageObj_CreateTextObj(self._document, font, float(SIZE))
        units = (ctypes.c_ushort * (count + 1))(*map(ord, letters), 0)
        pdfium_c.FPDFText_SetText(text, units)
        if count > 1:
            places = (ctypes.c_float * (count - 1))(*range(_CELL, height, _CELL))
            pdfium_c.FPDFText_SetPositions(text, places, count - 1)
        pdfium_c.FPDFPageObj_Transform(text, 0, -1, 1, 0, _BASE, height - _LEFT)
        pdfium_c.FPDFPageObj_SetFillColor(text, _WHITE, _WHITE, _WHITE, 255)
        pdfium_c.FPDFPage_InsertObject(page, text)
        return bytes(grey_levels(page, _UP, height, _BLACK))


@lru_cache(_MOST_KEPT)
def _glyph(levels: bytes) -> Glyph:
    picture = Image.frombytes("L", (_UP, _CELL), levels).transpose(Image.Transpose.ROTATE_90)
    box = seen(picture).getbbox()
    if box is None:
        return Glyph(None, 0.0, 0.0)
    left, top, right, bottom = box
    return Glyph(shape_of(picture, box), (right - left) / SIZE, (bottom - top) / SIZE)


@cache
def alphabet() -> Alphabet:
    """Letters of the faces that need no file."""
    sheets = Sheets()
    document = pdfium_c.FPDF_CreateNewDocument()
    shapes: Shapes = {}
    for face in _FACES:
        font = pdfium_c.FPDFText_LoadStandardFont(document, face.encode())
        for letter, glyph in sheets.draw(font, LETTERS).items():
            assert glyph.shape is not None
            shapes.setdefault(letter_class(letter), []).append(glyph.shape)
    sheets.close()
    pdfium_c.FPDF_CloseDocument(document)
    return Alphabet(shapes)
