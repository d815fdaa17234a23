"""Files of typefaces, drawn letter by letter and compared with known faces."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .denial import denied
from .letters import LETTERS
from .sheet import Sheets, alphabet

_MAX_NAME = 256


def untrue_letters(data: bytes) -> tuple[frozenset[str], str]:
    """Letters that a typeface draws as others or not at all, and its own name; all of them where it cannot be drawn.

    Args:
        data: of a TrueType or OpenType file.
    """
    document = pdfium.PdfDocument.new()
    sheets = Sheets()
    try:
        file = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        font = pdfium_c.FPDFText_LoadFont(
            document.raw, file, len(data), pdfium_c.FPDF_FONT_TRUETYPE, 1
        )
        if not font:
            return frozenset(LETTERS), ""
        buffer = ctypes.create_string_buffer(_MAX_NAME)
        pdfium_c.FPDFFont_GetFamilyName(font, buffer, _MAX_NAME)
        glyphs = sheets.draw(font, LETTERS)
        blank = frozenset(letter for letter, glyph in glyphs.items() if glyph.shape is None)
        known = alphabet()
        judged = {
            letter: known.judged(letter, glyph.shape)
            for letter, glyph in glyphs.items()
            if glyph.shape is not None
        }
        return blank | denied(judged), buffer.value.decode("utf-8", "replace")
    finally:
        sheets.close()
        document.close()
