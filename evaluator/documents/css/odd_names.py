"""Names of elements, attributes and classes as browsers tell them apart, in letters that the tree can hold."""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = re.compile(r"[a-z_][a-z0-9_.-]*")
_SMALL = {letter: letter + 32 for letter in range(ord("A"), ord("Z") + 1)}
_BLANKS = re.compile("[ \t\n\r\f]+")


@lru_cache(maxsize=1_024)
def kept_name(name: str) -> str:
    """The name under which the tree has an element or an attribute; the same for a page and for its sheets."""
    small = name.translate(_SMALL)
    return small if _NAME.fullmatch(small) else f"odd-{small.encode('utf-8', 'replace').hex()}"


def parted(text: str) -> list[str]:
    """Words between the blanks that HTML knows; others belong to the words."""
    return [word for word in _BLANKS.split(text) if word]
