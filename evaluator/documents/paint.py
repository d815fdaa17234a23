"""Colours and sizes as far as they decide whether text can be seen."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
FAINT = 26
"""Grey levels between text and ground below which nobody reads it; the drawn pages of PDF use the same."""
TINY_POINTS = 2.5


def grey(colour: Colour) -> float:
    """Perceived brightness, 0 to 255."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def melts(text: Colour, ground: Colour) -> bool:
    """Whether text of one colour cannot be told from its ground.

    Brightness alone would hide red on green, so the largest difference of a channel counts too.
    """
    if abs(grey(text) - grey(ground)) >= FAINT:
        return False
    return max(abs(a - b) for a, b in zip(text, ground, strict=True)) < 2 * FAINT


def from_hex(text: str) -> Colour | None:
    """``RRGGBB`` or ``#RRGGBB``; None for anything else, such as ``auto``."""
    digits = text.lstrip("#")
    if len(digits) != 6:
        return None
    try:
        value = int(digits, 16)
    except ValueError:
        return None
    return (value >> 16, value >> 8 & 255, value & 255)


ODD_COLOUR = "a colour that programs read differently"
_COLOUR = re.compile(r"|auto|#?[0-9A-Fa-f]{6}")


def is_colour(text: str) -> bool:
    """Whether a colour is written as every program writes it."""
    return _COLOUR.fullmatch(text) is not None


def to_hex(colour: Colour | None) -> str:
    """``RRGGBB``; a word that is no colour where there is none."""
    return "auto" if colour is None else "".join(f"{part:02X}" for part in colour)
