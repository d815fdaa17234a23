"""Typefaces that an office document brings along: their letters may be others, or nothing, on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_letters, digits

from ..markup import squashed
from .overflow import Doubt

UNTRUE = Doubt("a typeface of the file's own that does not draw the letters it is used for")
USED = "a typeface that the file brings along"
_MOST = 24
"""Files of typefaces that are looked at; those of a document have four each."""
_KEY = re.compile(r"[0-9A-Fa-f]{32}")
_LETTERS = frozenset(ascii_letters + digits)
_MIXED = 32
"""Bytes at the start of a file that Word mixes with a key."""


@dataclass
class Typefaces:
    """By name, letters that are drawn as something else."""

    untrue: dict[str, frozenset[str]] = field(default_factory=dict)
    _files: int = 0

    def add(self, name: str, data: bytes) -> None:
        """A file that the document names."""
        from ..glyphs.typeface_files import untrue_letters  # few need it, and every start would pay

        self._files += 1
        untrue, family = _LETTERS, ""
        if data and self._files <= _MOST:
            untrue, family = untrue_letters(data)
        names = squashed(name), squashed(family)
        if family and names[0] not in names[1] and names[1] not in names[0]:
            # Programs may take it for the typeface that it calls itself.
            untrue = _LETTERS
        for one in filter(None, names):
            self.untrue[one] = self.untrue.get(one, frozenset()) | untrue

    def bring(self, names: Iterable[str]) -> bool:
        """Whether the file brings any of these typefaces along."""
        return bool(self.untrue) and any(squashed(name) in self.untrue for name in names)

    def why_untrue(self, names: Iterable[str], text: str) -> str | None:
        """Why text in these typefaces may be another one on the page."""
        if not self.untrue:
            return None
        denied = frozenset().union(*(self.untrue.get(squashed(name), ()) for name in names))
        return UNTRUE if not denied.isdisjoint(text) else None


def unmixed(data: bytes, key: str) -> bytes:
    """A file of Word's without the key that its start is mixed with."""
    number = re.sub(r"[{}-]", "", key)
    if not _KEY.fullmatch(number) or not int(number, 16):
        return data
    mask = bytes.fromhex(number)[::-1] * 2
    return bytes(a ^ b for a, b in zip(data, mask, strict=False)) + data[_MIXED:]
