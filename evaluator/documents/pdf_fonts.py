"""Typefaces of signs: what they draw is no letter, whatever the file says it stands for."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium_c

from .pdf_engine import fonts_of, handle_of_font

_SIGNS = re.compile(
    r"dingbat|wingding|webding|marvosym|fontawesome|awesome|glyphicon|material-?(?:icon|symbol)|icomoon|fontello"
    r"|ionicon|academicons|simple-?icons|bootstrap-?icons|entypo|typicons|feather",
    re.I,
)
_MAX_NAME = 256


def sign_objects(texts: list[int]) -> set[int]:
    """Text objects that a typeface of signs draws."""
    fonts = fonts_of(texts)
    signs = {font for font in set(fonts) if font and _SIGNS.search(_name(handle_of_font(font)))}
    if not signs:
        return set()
    return {obj for obj, font in zip(texts, fonts, strict=True) if font in signs}


def _name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(_MAX_NAME)
    size = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, _MAX_NAME)
    return buffer.value.decode("utf-8", "replace") if 0 < size <= _MAX_NAME else ""
