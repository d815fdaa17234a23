"""A second look at what is to be shown, by other means than the first.

Masking works on words, forms and patterns. This looks for the same strings in the bare letters and digits of the text,
so that a mistake in how a word ends, a pattern or a map of characters does not send a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .known import KnownValues

_LEAST_LETTERS = 5
_LEAST_DIGITS = 7
_MARK = re.compile(r"\[[A-Z]+\]")
_STOP = "\x00"
_OTHER = re.compile(r"[^a-z0-9\x00]+")


class Checker:
    """Looks for one person's strings in shown texts."""

    def __init__(self, known: KnownValues) -> None:
        self._runs = frozenset(_runs_of(known))
        self._words = frozenset(
            bare for part in known.person.parts if len(bare := _bare(part)) >= _LEAST_LETTERS - 1
        )

    def finds(self, shown: str) -> bool:
        """Whether a text still holds something of the person's."""
        text = _MARK.sub(_STOP, shown)
        if "@" in text and any(_is_address(word) for word in text.split()):
            return True
        letters = _bare(text)
        if any(run in letters for run in self._runs):
            return True
        near = {word for word in self._words if word in letters}
        return bool(near) and not near.isdisjoint(map(_bare, _words_of(text)))


def _words_of(text: str) -> Iterator[str]:
    for piece in text.replace(_STOP, " ").split():
        yield piece
        yield from piece.replace("-", " ").replace("/", " ").replace(".", " ").split()


def _bare(text: str) -> str:
    """Letters and digits without case and accents; marks of redaction part them."""
    if text.isascii():
        return _OTHER.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if c.isalnum() or c == _STOP)


def _runs_of(known: KnownValues) -> Iterator[str]:
    """Values so long that no other words hold them by chance."""
    for value, mark in known.strings:
        bare = _bare(value)
        needed = _LEAST_DIGITS if bare.isdigit() else 2 * _LEAST_LETTERS
        if mark != "[LINK]" and len(bare) >= needed:
            yield bare
    for part in known.person.dense:
        if len(part) > 2:
            yield _bare(part)


def _is_address(word: str) -> bool:
    name, _, host = word.partition("@")
    return bool(name.strip("<([")) and "." in host.strip(".,;)") and name[-1:].isalnum()
