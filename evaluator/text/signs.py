"""Where a text may hold any of many regular expressions: one pass over its small letters.

An alternation without case is tried in full at every letter. Here only the forms that begin with a letter are tried
at it; they find all that the alternation finds, and a little more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .forms import openings

_ODD = re.compile("[İſ\u1c80-\u1c88]")
"""Letters that a search without case takes for others than their small forms."""
_NO_DOT = "ı"
"""Which such a search takes for an i."""
_LINE_START = r"^\s*"
_BORDER = r"\b"


class Signs:
    """Beginnings of forms that stand where no Latin letter goes before them, or begin with none.

    Args:
        forms: in any case; what they ask of the places around them only makes them fewer, and is left out.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        by_letter: dict[str, list[str]] = {}
        others: list[str] = []
        for form in forms:
            bare = form.lower().replace(_NO_DOT, "i").replace(_BORDER, "")
            for opening in openings(bare.removeprefix(_LINE_START)):
                if opening[0].isalpha():
                    by_letter.setdefault(opening[0], []).append(opening[1:])
                else:
                    others.append(opening)
        words = (f"{letter}(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))
        self._words = re.compile(rf"(?<![a-zà-ÿ])(?:{'|'.join(words)})")
        self._others = re.compile("|".join(others) or r"(?!)")

    def places(self, text: str) -> list[tuple[int, int]]:
        """Spans of which one meets whatever a form matches; all of the text where its letters are odd."""
        if not text.isascii() and _ODD.search(text):
            return [(0, len(text))]
        small = text.lower().replace(_NO_DOT, "i")
        return [
            match.span() for one in (self._words, self._others) for match in one.finditer(small)
        ]
