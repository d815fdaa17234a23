"""Strings without what their writers vary: case, accents, letters that keyboards lack."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "ø": "o",
        "Ø": "o",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "þ": "th",
        "Þ": "th",
        "ħ": "h",
        "Ħ": "h",
    }
)
"""Letters that no decomposition takes apart."""


def fold(text: str) -> str:
    """Case and accents removed, for comparing names and handles."""
    if text.isascii():
        return text.casefold()
    return _fold_kept(text) if len(text) <= _WORDS else _folded(text)


_WORDS = 200
"""Letters of a text that may come again, such as a word or a line."""


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return _BEYOND_ASCII.sub(_without_accents, decomposed).casefold()


def _without_accents(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


_fold_kept = lru_cache(maxsize=8192)(_folded)


def is_name_letter(character: str) -> bool:
    """Letters, and the signs for vowels that many scripts set apart from them."""
    return character.isalpha() or unicodedata.category(character) in {"Mn", "Mc", "Cf"}
