"""Typefaces of signs: what they draw is no letter, whatever the file says it stands for."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image

from .pdfium import fonts_of, handle_of_font

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


@dataclass(frozen=True)
class OddTexts:
    """Text objects whose typefaces may draw no letters."""

    signs: frozenset[int]
    """Those of a typeface of signs."""
    drawn: dict[int, int]
    """Those whose typeface the page draws itself (Type 3, which has no name of its own), with it."""


def odd_texts(texts: list[int]) -> OddTexts:
    """Judge the typefaces of text objects by their names."""
    fonts = fonts_of(texts)
    names = {font: _name(handle_of_font(font)) for font in set(fonts) if font}
    signs = {font for font, name in names.items() if is_of_signs(name)}
    drawn = {font for font, name in names.items() if not name}
    if not signs and not drawn:
        return OddTexts(frozenset(), {})
    pairs = list(zip(texts, fonts, strict=True))
    return OddTexts(
        frozenset(obj for obj, font in pairs if font in signs),
        {obj: font for obj, font in pairs if font in drawn},
    )


def is_of_signs(name: str) -> bool:
    """Whether a typeface of the name draws signs."""
    return _SIGNS.search(name) is not None


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
