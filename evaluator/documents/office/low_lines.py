"""Lines that are lower than their letters: what stands in them reaches over the lines above, and may cover them.

LibreOffice takes the height that is left out from above the letters, so that large ones, their grounds and signs that are
all ink are drawn over smaller lines before them. Then only a picture tells what is seen.
"""

from __future__ import annotations

import math
import unicodedata
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

UNUSUAL = "lines lower than their letters, over other lines"
_EM = 1.17
"""Height of a usual line, in sizes of its type."""
_LEAST = 0.65
"""Of the usual height: lines below it lie over each other whatever their size."""
_PART = 0.5
"""Of a line that a ground reaches over, from which its words are perhaps not read."""
_ALL_INK = frozenset(["So", "Sk", "Pc"])
_DASHES = frozenset("\u2012\u2013\u2014\u2015")
_MOST_KEPT = 4_096
_KEPT = 24
"""Paragraphs before one that reaches over them."""


class Box(Protocol):
    """Where a paragraph stands."""

    page: int | None
    left: float
    top: float
    right: float
    bottom: float
    why: str
    """Why nobody is sure to see what stands there."""


@dataclass
class _Line:
    """What is known of one paragraph."""

    smallest: float = math.inf
    """Points of its smallest letters."""
    letters: float = 0.0
    """Points by which its letters reach over what is above."""
    grounds: float = 0.0
    """And its grounds and signs."""
    piled: float = 0.0
    """And its letters, where its lines are so low that they lie over each other."""


@dataclass
class LowLines:
    """Of one part of a document."""

    smallest: float = math.inf
    letters: float = 0.0
    grounds: float = 0.0
    """As of one paragraph."""
    is_low: bool = False
    _now: _Line = field(default_factory=_Line)
    _before: deque[tuple[Box, _Line]] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def take(self, text: str, points: float) -> None:
        """Text, of so many points, in a line of the usual height."""
        if points < self._now.smallest and not text.isspace():
            self._now.smallest = points

    def take_low(
        self, text: str, points: float, part: float, *, raised: float, has_ground: bool
    ) -> None:
        """Text in a line that is lower.

        Args:
            text: blanks too, which have a ground.
            points: of its letters.
            part: of the usual height that its line has.
            raised: by so many points.
            has_ground: painted behind it alone.
        """
        self.take(text, points)
        now, reach = self._now, points * _EM * (1 - part) + max(0.0, raised)
        now.letters = max(now.letters, reach)
        if has_ground or _is_ink(text):
            now.grounds = max(now.grounds, reach)
        if part < _LEAST:
            now.piled = max(now.piled, reach)
            self.is_low = True

    def end(self, box: Box, lines: int) -> None:
        """A paragraph ends.

        Args:
            box: where it stands.
            lines: that it takes.
        """
        now, self._now = self._now, _Line()
        if lines > 1:
            now.grounds = max(now.grounds, now.piled)
        self.smallest = min(self.smallest, now.smallest)
        self.letters, self.grounds = max(self.letters, now.letters), max(self.grounds, now.grounds)
        for other, line in self._before if now.grounds + now.piled > 0.0 else ():
            reach = max(now.grounds, now.piled) if line.piled else now.grounds
            over = reach - max(0.0, box.top - other.bottom)
            beside = other.page != box.page or other.right <= box.left or box.right <= other.left
            if not beside and over >= _PART * _EM * line.smallest:
                other.why = UNUSUAL
        if lines > 1 and now.grounds >= _PART * _EM * now.smallest:
            box.why = UNUSUAL
        if now.smallest < math.inf:
            self._before.append((box, now))

    def unusual(self) -> str:
        """Why the part is not plain; empty where it is."""
        line = self.smallest * _EM
        covers = self.letters >= line or self.grounds >= _PART * line
        return UNUSUAL if self.is_low or covers else ""


@lru_cache(_MOST_KEPT)
def _is_ink(text: str) -> bool:
    """Whether a text holds signs that fill much of their place, as those do that a machine has no typeface for."""
    if text.isascii():
        return "__" in text
    return any(
        c in _DASHES
        or unicodedata.category(c) in _ALL_INK
        or unicodedata.east_asian_width(c) in "WF"
        for c in text
    )
