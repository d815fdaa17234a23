"""Text layers of a PDF that decode to nonsense."""

from __future__ import annotations

from .words import Word


def has_unmapped(words: list[Word]) -> bool:
    """Whether many glyphs have no text that can be told."""
    unknown = sum([word.text.count("\ufffd") for word in words])
    return unknown > 0.02 * sum([len(word.text) for word in words])


def is_garbled(words: list[Word]) -> bool:
    """Whether a text layer decodes to nonsense: no Unicode for its glyphs, or the wrong one."""
    text = "".join(word.text for word in words)
    if len(text) < 60:
        return False
    odd = text.count("\ufffd")
    if not text.isprintable():
        # Private codes, which have no meaning of their own, are not printable either.
        odd += sum([not c.isprintable() for c in text])
    if odd > 0.3 * len(text):
        return True
    if not text.isascii():
        return False
    torn = sum([_is_torn(word.text) for word in words if len(word.text) > 3])
    long = sum([len(word.text) > 3 for word in words])
    return long >= 10 and torn > 0.5 * long


def _is_torn(word: str) -> bool:
    """Signs between letters as no language writes them; addresses and code have a few of them."""
    inner = word[1:-1]
    signs = sum([not c.isalnum() and c not in "-./@'_:" for c in inner])
    return signs > 0.2 * len(inner)
