"""Forms of address around a name: they tell sex, faith, family and rank, and go with it.

*Smt.*, *Pastor*, *Sgt.* before it, *-san*, *-ji*, *Hanım* behind it, and *née* between a name and a former one. Many
are words of the trade as well (*Chief Engineer*, *Pan-European*), so most go only where a name stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..structure.former_names import former_lead
from .forms import words_of

_GROUP = "address"
_LONGEST = 48
"""Characters before a name in which its titles stand."""
_BETWEEN_NAMES = re.compile(r"[ ,]*[(（\[]?[ ]?")
_CLOSING = {"(": ")", "（": "）", "[": "]"}


@cache
def _before(*kinds: str) -> re.Pattern[str]:
    titles = "|".join(words_of(_GROUP, kind) for kind in kinds)
    end = r"(?:(?<=[.)\]:：])[ \u00a0]?|[ \u00a0]|-)"
    return re.compile(rf"(?:(?<![\w'’-])[(\[]?(?:{titles})[)\]]?{end}|(?<!\w)P['’])+[\"“„]?$")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?:{words_of(_GROUP, 'behind')})(?!\w)")


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether a word is spoken of as somebody: *Mr* before it, *-san* behind it."""
    before = _before("anybody", "learned").search(text[max(0, start - _LONGEST) : start])
    return before is not None or _behind().match(text, end) is not None


def with_address(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names with the forms of address around them; what stands beside a name as its former one joins it."""
    grown: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        begin = _begin(text, start, in_capitals=text[start:end].isupper())
        behind = _behind().match(text, end)
        close = behind.end() if behind else end
        if begin < start and _former(text, begin, start):
            begin, close = _joined_to(text, grown[-1][1] if grown else -1, begin, close)
        if grown and begin <= grown[-1][1]:
            grown[-1] = (grown[-1][0], max(close, grown[-1][1]))
        else:
            grown.append((begin, close))
    return grown


def _begin(text: str, start: int, *, in_capitals: bool) -> int:
    """Where the titles and the words of former names before a name begin."""
    while True:
        first = max(0, start - _LONGEST)
        window = text[first:start]
        if in_capitals and len(window.title()) == len(window):
            window = window.title()
        before = _before("anybody", "learned", "before").search(window)
        before = before or _former_end().search(window)
        if before is None or before.start() == len(window):
            return start
        start = first + before.start()


@cache
def _former_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{former_lead().pattern}) ?$", re.I)


def _former(text: str, begin: int, start: int) -> bool:
    return former_lead().match(text, begin, start) is not None


def _joined_to(text: str, last: int, begin: int, close: int) -> tuple[int, int]:
    """A former name with the bracket or comma between it and the name before it."""
    between = _BETWEEN_NAMES.fullmatch(text, last, begin) if last >= 0 else None
    if between is None:
        return begin, close
    closing = next((_CLOSING[c] for c in between.group() if c in _CLOSING), "")
    return last, close + (text[close : close + 1] == closing != "")
