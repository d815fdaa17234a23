"""Signs that a text was decoded wrongly before it reached this program."""

from __future__ import annotations

import re

_READ_AS_LATIN = re.compile(
    "[\u00c3\u00c5\u00c4][\u0080-\u00bf\u0152\u0160\u0178\u017d\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|\u00c2[\u00a0-\u00bf]|\u00e2\u20ac[\u0080-\u00bf\u0153\u0161\u017e\u02dc\u2018-\u203a\u2122]?"
    "|[\u00d0\u00d1][\u0080-\u00bf\u0152\u0192\u02c6\u2013-\u203a\u20ac\u2122]"
)
"""Two or three characters that are the bytes of one in UTF-8."""
_READ_AS_CYRILLIC = re.compile("(?:[\u0420\u0421][^\\s\u0420\u0421]){4}")
_ASKING = re.compile(r"(?<!\S)\?{3,}(?!\S)")
_SEVERAL = 3


def garbled(text: str) -> list[str]:
    """Sentences for the report about characters that are lost or wrong."""
    found: list[str] = []
    lost = text.count("\ufffd")
    if lost >= _SEVERAL:
        found.append(f"{lost} characters could not be decoded.")
    wrong = len(_READ_AS_LATIN.findall(text)) + len(_READ_AS_CYRILLIC.findall(text))
    if wrong >= _SEVERAL:
        found.append(
            f"{wrong} characters look as if the text had been decoded wrongly when the file was made."
        )
    asking = len(_ASKING.findall(text))
    if asking >= _SEVERAL:
        found.append(f"{asking} words are nothing but question marks, as where letters were lost.")
    return found
