"""Boxes that RTF draws: whether they are on the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from .office_room import Room

FAR_TWIPS = 16_000
"""A little over eleven inches: nothing shown stands further from the left or the top."""
THIN_TWIPS = 60
"""A line, row or shape of three points cuts its letters off."""


@dataclass
class Shape:
    """A drawn box while it is read."""

    depth: int
    """Of the group that holds it."""
    sides: list[int | None] = field(default_factory=lambda: [None] * 4)
    name: str = ""
    """Of the property whose value comes next."""
    is_hidden: bool = False
    grows: bool = False
    """With its text."""
    room: Room | None = None

    def set(self, value: str) -> None:
        """The value of the property that was named last."""
        self.is_hidden |= self.name == "fHidden" and value != "0"
        self.grows |= self.name == "fFitShapeToText" and value != "0"

    def holds(self, text: str, points: float) -> bool:
        """Whether text of a size still fits into it; it takes its place either way."""
        left, top, right, bottom = self.sides
        if self.grows or left is None or right is None or top is None or bottom is None:
            return True
        if self.room is None:
            self.room = Room((right - left) / 20, (bottom - top) / 20)
        return self.room.holds(text, points)

    def why_unseen(self) -> str | None:
        """Why nobody sees its text; None when it is on the page."""
        if self.is_hidden:
            return "a hidden text box"
        left, top, right, bottom = self.sides
        for low, high in ((left, right), (top, bottom)):
            if low is not None and high is not None:
                if high < -FAR_TWIPS or low > FAR_TWIPS:
                    return "a text box outside the page"
                if 0 <= high - low <= THIN_TWIPS:
                    return "a text box of no size"
        return None
