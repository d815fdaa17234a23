"""Typefaces of signs: what they draw is no letter, whatever the file says it stands for."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image

from .pdf_engine import fonts_of, handle_of_font

_SIGNS = re.compile(
    r"dingbat|wingding|webding|marvosym|fontawesome|awesome|glyphicon|material-?(?:icon|symbol)|icomoon|fontello"
    r"|ionicon|academicons|simple-?icons|bootstrap-?icons|entypo|typicons|feather",
    re.I,
)
_MAX_NAME = 256
_ENOUGH = 8
"""Different letters and digits from which a typeface is judged by its shapes."""
_ALIKE = 0.4
"""Share of different shapes among them below which they are no letters."""
_GRID = (4, 6)
_MOST = 4_000


def sign_objects(texts: list[int]) -> set[int]:
    """Text objects that a typeface of signs draws."""
    fonts = fonts_of(texts)
    signs = {font for font in set(fonts) if font and _SIGNS.search(_name(handle_of_font(font)))}
    if not signs:
        return set()
    return {obj for obj, font in zip(texts, fonts, strict=True) if font in signs}


def drawn_by_page(texts: list[int]) -> dict[int, int]:
    """Text objects whose typeface the page draws itself (Type 3, which has no name of its own), with it."""
    fonts = fonts_of(texts)
    drawn = {font for font in set(fonts) if font and not _name(handle_of_font(font))}
    if not drawn:
        return {}
    return {obj: font for obj, font in zip(texts, fonts, strict=True) if font in drawn}


def draws_one_sign(glyphs: list[tuple[str, Image.Image]]) -> bool:
    """Whether a typeface draws the same for most letters.

    Args:
        glyphs: letters with their pictures, dark on light.
    """
    shapes: dict[str, Counter[int]] = {}
    for letter, picture in glyphs[:_MOST]:
        small = picture.resize(_GRID, Image.Resampling.BOX)
        low, high = small.getextrema()
        assert isinstance(low, int)
        assert isinstance(high, int)
        middle = (low + high) // 2
        bits = sum([(level > middle) << place for place, level in enumerate(small.tobytes())])
        shapes.setdefault(letter, Counter())[bits] += 1
    usual = {shape.most_common(1)[0][0] for shape in shapes.values()}
    return len(shapes) >= _ENOUGH and len(usual) < _ALIKE * len(shapes)


def _name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(_MAX_NAME)
    size = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, _MAX_NAME)
    return buffer.value.decode("utf-8", "replace") if 0 < size <= _MAX_NAME else ""
