"""What a key may hold, so that a header can carry it."""

from __future__ import annotations

import unicodedata

_QUOTES = "\"'`“”„‟‘’‚‛«»‹›"


def flaw_of(secret: str) -> str | None:
    """What stands in a key though no key holds it, in words that do not show the key; None when it can be sent."""
    for character in secret:
        if character in "\r\n":
            return "a line break"
        if character.isspace():
            return "a space"
        if character in _QUOTES:
            return "a quotation mark"
        if not "!" <= character <= "~":
            name = unicodedata.name(character, "").lower()
            return f"the character U+{ord(character):04X}" + (f" ({name})" if name else "")
    return None


def bare_key(value: str) -> str:
    """A key without white space around it and without the word that a copied header begins with."""
    key = value.strip()
    scheme, _, rest = key.partition(" ")
    return rest.strip() if scheme.lower() in {"bearer", "bearer:"} and rest else key
