"""Letters of RTF: code pages, and what is told in halves or twice."""

from __future__ import annotations

import codecs

from ..markup import squashed


def joined_surrogates(text: str) -> str:
    """Text in which letters that were told in two halves are whole."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def plain_letters(text: str) -> str:
    """What old programs show of a text, squashed."""
    return squashed(text.encode("ascii", "ignore").decode())


def encoding_named(name: str) -> str:
    """The encoding that a code page is."""
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman"}.get(name, name)).name
    except LookupError:
        return "cp1252"
