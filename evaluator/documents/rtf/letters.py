"""Letters of RTF: code pages, and what is told in halves or twice."""

from __future__ import annotations

import codecs
import re

from ..markup import squashed

TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)


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


def loose_text(data: bytes, encoding: str) -> str:
    """The letters of data in which nothing else is read."""
    pieces = (match[6] for match in TOKEN.finditer(data) if match[6])
    return b" ".join(pieces).decode(encoding, "replace")
