"""Typefaces that draw pictures in place of letters."""

from __future__ import annotations

import re

_NAMES = frozenset(
    "wingdings wingdings2 wingdings3 webdings marlett mtextra zapfdingbats itczapfdingbats dingbats monotypesorts "
    "symbol symbolmt bookshelfsymbol7 opensymbol starsymbol fontawesome adobeblank adobeblank2".split()
)
_BARCODES = re.compile(r"barcode|code ?39|code ?128|ean ?13")
_WORD = re.compile(r"[^\W\d_]{3}")
PICTURES = "letters that are drawn as pictures"


def draws_pictures(font: str) -> bool:
    """Whether a typeface of this name shows no letters."""
    name = font.strip().strip("'\"").lower()
    return re.sub(r"[\s_-]", "", name) in _NAMES or _BARCODES.search(name) is not None


def is_word(text: str) -> bool:
    """Whether text in such a typeface claims more than a bullet or an icon."""
    return _WORD.search(text) is not None
