"""Which letter of the Latin alphabet a character is read as, by people and by programs that make text plain."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ...text.homoglyphs import latin_twin

LETTERS = string.ascii_letters + string.digits
"""What is compared."""
_PLAIN = frozenset(LETTERS)
_MOST_KEPT = 4_096
_SAME_SHAPE = ("<font>", "<wide>", "<narrow>")
"""Decompositions that mean other type; circles and raised signs are drawn otherwise."""
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")
_CHANGED = re.compile("LATIN (CAPITAL|SMALL) LETTER (?:DOTLESS )?([A-Z])(?: WITH .*)?")


class Likeness(NamedTuple):
    """The letter or digit that a character is read as."""

    letter: str
    is_exact: bool
    """It is drawn as that letter; others have accents, strokes or circles."""


@lru_cache(_MOST_KEPT)
def likeness(character: str) -> Likeness | None:
    """What a character is read as; None where it is no letter or digit of that alphabet."""
    if character in _PLAIN:
        return Likeness(character, is_exact=True)
    if character.isascii() or not character:
        return None
    if twin := latin_twin(character):
        return Likeness(twin, is_exact=True)
    folded = unicodedata.normalize("NFKC", character)
    if folded in _PLAIN:
        exact = unicodedata.decomposition(character).startswith(_SAME_SHAPE)
        return Likeness(folded, is_exact=exact)
    return _named(unicodedata.name(character, ""))


def _named(name: str) -> Likeness | None:
    if found := _SMALL_CAPITAL.fullmatch(name):
        return Likeness(found.group(1), is_exact=True)
    if found := _CHANGED.fullmatch(name):
        case, letter = found.groups()
        return Likeness(letter if case == "CAPITAL" else letter.lower(), is_exact=False)
    return None


def compared(text: str) -> set[str]:
    """The characters of a text that are read as letters or digits."""
    characters = set(text)
    return characters & _PLAIN if text.isascii() else set(filter(likeness, characters))
