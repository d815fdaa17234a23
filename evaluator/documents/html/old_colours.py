"""Colours of old attributes, of which browsers make one whatever they say."""

from __future__ import annotations

import re

from ..css.declarations import UNKNOWN
from ..css.values import CERTAIN, OF_SYSTEMS, colour

_SHORT = re.compile(r"#[0-9a-f]{3}")
_NO_DIGIT = re.compile(r"[^0-9a-f]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_MOST, _LONG = 128, 8
_IN_DOUBT = frozenset(["", "transparent", "currentcolor"])


def old_colour(text: str) -> str:
    """A colour of an old attribute by the rules of HTML for legacy colours.

    Args:
        text: of the attribute.
    """
    told = text.strip(" \t\n\f\r").lower()
    if told in _IN_DOUBT:
        return UNKNOWN
    if told.isalpha() and told not in OF_SYSTEMS | CERTAIN and colour(told) is not None:
        return told
    if _SHORT.fullmatch(told):
        return told
    told = _BEYOND.sub("00", told)[:_MOST].removeprefix("#")
    digits = _NO_DIGIT.sub("0", told) or "0"
    digits += "0" * (-len(digits) % 3)
    size = len(digits) // 3
    parts = [digits[place * size : (place + 1) * size][-_LONG:] for place in range(3)]
    while len(parts[0]) > 2 and all(part.startswith("0") for part in parts):
        parts = [part[1:] for part in parts]
    return "#" + "".join(part[:2].rjust(2, "0") for part in parts)
