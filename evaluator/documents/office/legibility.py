"""Whether a person reads letters of a size, a width and a colour: many small allowances may make one large trick."""

from __future__ import annotations

from collections.abc import Collection
from math import sqrt

from ..paint import Colour, grey

_LEAST = 3.0
"""Points; smaller letters are not read."""
_EASY = 6.0
"""Points from which letters are read in any colour that differs from their ground."""
_CONTRAST, _MORE = 64.0, 45.0
"""Grey levels that letters just below need, and how many more each point less asks for."""
_OVERLAID = 0.24
"""Letters that are moved together by this part of their width lie over each other; on average they are half as wide as high."""
_SHEET = 850.0
"""Points: a higher or wider page is looked at from further away."""


def size_of(points: float, scale: float, page: float = _SHEET) -> float:
    """How large letters look, in points.

    Args:
        points: their size, with what sets them above or below the line.
        scale: their width, of what their typeface gives them.
        page: height or width of their page in points, the larger one.
    """
    return points * sqrt(max(0.0, min(1.0, scale))) * min(1.0, _SHEET / max(page, 1.0))


def are_overlaid(points: float, scale: float, spacing: float) -> bool:
    """Whether letters are drawn over each other, by what is put between them in points."""
    return -spacing > points * min(1.0, scale) * _OVERLAID


def why_illegible(
    size: float, colours: Collection[Colour], grounds: Collection[Colour]
) -> str | None:
    """Why nobody reads letters.

    Args:
        size: as :func:`size_of` has it.
        colours: that they may have; none where programs choose one that is read.
        grounds: that they may stand on.
    """
    if size < _LEAST:
        return f"text that looks like {size:.2g} points"
    needed = _CONTRAST + (_EASY - size) * _MORE
    if size < _EASY and any(
        all(abs(grey(colour) - grey(under)) < needed for under in grounds) for colour in colours
    ):
        return f"pale text that looks like {size:.2g} points"
    return None
