"""Tab stops of Word: how far from the margin a line may go on behind a tab."""

from __future__ import annotations

from ..office.package import Attributes
from .measures import twips

TABS = "tabs"
"""Key of a paragraph's properties under which its stops are kept."""
FURTHEST = "furthest"
_BEFORE = 1_400
"""Twips of text that ends at a stop instead of beginning there."""


def with_stop(stops: Attributes, stop: Attributes) -> Attributes:
    """The stops of a paragraph with one more."""
    kind = stop.get("w:val", "left")
    if kind in {"clear", "bar"}:
        return stops
    at = twips(stop, "w:pos") - (0 if kind in {"left", "start", "num"} else _BEFORE)
    return {FURTHEST: str(max(at, twips(stops, FURTHEST)))}
