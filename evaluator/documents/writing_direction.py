"""Letters that a document turns against their own direction."""

from __future__ import annotations

import unicodedata

BACKWARDS = "letters written backwards"


def is_turned(text: str) -> bool:
    """Whether text that is forced to run from right to left runs from left to right by nature."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return kinds.count("L") > kinds.count("R") + kinds.count("AL")
