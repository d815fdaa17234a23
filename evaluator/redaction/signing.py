"""Whether a text says that somebody wrote, led or made it: *by Bayo*, *Signed, Will*, *— Bayo*."""

from __future__ import annotations

import re
from functools import cache

from ..structure.folding import fold
from .speech import words

_ENDS = frozenset({"", ".", ",", ";", ")"})
_WORD = re.compile(r"[^\W\d_]+")
_DASH = re.compile(r"(?:^|[.!?;\n)]|\S )[ ]*[—–―][ ]?$")
_WINDOW = 48
"""Characters before a word in which it is told whose it is."""


@cache
def _closing() -> re.Pattern[str]:
    formulas = "|".join(sorted(map(re.escape, words("closings")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{formulas})\s?[,:.!\n—–-]\s*$")


@cache
def _introduction() -> re.Pattern[str]:
    choices = "|".join(sorted(map(re.escape, words("introductions")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices}) $")


def is_signed(text: str, start: int, end: int, *, tool: bool) -> bool:
    """Whether a word stands behind a word for who did it, with nothing behind it that it could belong to.

    Args:
        text: that holds it.
        start: of the word.
        end: of the word.
        tool: the word is a tool's, too, by which much is done that no person does.
    """
    if text[end : end + 2].strip()[:1] not in _ENDS:
        return False
    before = text[max(0, start - _WINDOW) : start]
    if _closes(before) and _is_last(text, end):
        return True
    near = _words_before(before)
    if not near or near[-1] not in words("by") or not before.endswith((" ", ":")):
        return False
    return not tool or len(near) < 2 or near[-2] in words("done_by_people")


def is_introduced(text: str, start: int, end: int, *, tool: bool) -> bool:
    """*I'm Bayo*, *call me Ray*, *I, Bayo, built it*; a tool stays where more is said of it (*I am Spark certified*)."""
    before = fold(text[max(0, start - _WINDOW) : start]).replace("’", "'")
    if tool and text[end : end + 1] not in _ENDS:
        return False
    if before.endswith("i, ") and text[end : end + 1] == ",":
        return not before[:-3] or not before[-4].isalnum()
    return _introduction().search(before) is not None


def is_dashed(text: str, start: int, end: int) -> bool:
    """Whether a word is all that a dash before the end of a line sets apart."""
    before = text[max(0, start - _WINDOW) : start]
    return _is_last(text, end) and _DASH.search(before) is not None


def is_author(text: str, start: int, end: int) -> bool:
    """*by Bayo and Zainab in 2020*: as signed, but the sentence goes on."""
    near = _words_before(text[max(0, start - _WINDOW) : start])
    after = re.match(r" ([^\W\d_]+(?: \d)?)", text[end:])
    return (
        bool(near)
        and near[-1] in words("authored_by")
        and after is not None
        and (after.group(1) in words("goes_on") or after.group(1).startswith("in "))
    )


def _closes(before: str) -> bool:
    return _closing().search(fold(before)) is not None


def _is_last(text: str, end: int) -> bool:
    rest = text[end:].partition("\n")[0]
    return not rest.strip(" .,;)*_\"'”’")


def _words_before(before: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(before)[-2:]]
