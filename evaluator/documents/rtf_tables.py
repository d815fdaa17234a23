"""Rows of RTF: the cells that they define, and what fits into those of fixed height."""

from __future__ import annotations

from dataclasses import dataclass, field

from .office_room import CUT_OFF, Room
from .rtf_shapes import FAR_TWIPS, THIN_TWIPS

_MERGED = frozenset([b"clvmrg", b"clmrg"])
_FAR_LEFT_TWIPS = 11_000


@dataclass
class Row:
    """The row that was defined last."""

    grounds: list[int] = field(default_factory=list)
    """Numbers of the colours under its cells."""
    height: int = 0
    """In twips; exact where it is negative."""
    left: int = 0
    ends: list[int] = field(default_factory=list)
    """Right edge of each cell, in twips."""
    merged: list[bool] = field(default_factory=list)
    """Whether each cell is merged into the one above or before, which is shown in its place."""
    cell: int = 0
    """Number of the cell that is read."""
    _is_merged: bool = False
    _room: Room | None = None

    def define(self, word: bytes, value: int) -> bool:
        """Take one word of the definition; whether it is one."""
        if word == b"trowd":
            self.__init__()  # type: ignore[misc]
        elif word == b"trrh":
            self.height = value
        elif word == b"trleft":
            self.left = value
        elif word == b"clcbpat":
            self.grounds.append(value)
        elif word in _MERGED:
            self._is_merged = True
        elif word == b"cellx":
            self.ends.append(value)
            self.merged.append(self._is_merged)
            self._is_merged = False
        else:
            return False
        return True

    def end_cell(self) -> None:
        self.cell += 1
        self._room = None

    def end_row(self) -> None:
        self.cell = 0
        self._room = None

    def end_line(self, points: float) -> None:
        if self._room is not None:
            self._room.end_line(points)

    def why_unseen(self, text: str, points: float) -> str | None:
        """Why nobody sees text of a size in the cell that is read; it takes its place there."""
        if -THIN_TWIPS <= self.height < 0:
            return "a row of no height"
        if abs(self.left) > _FAR_LEFT_TWIPS:
            return "a table outside the page"
        if self.cell < len(self.merged) and self.merged[self.cell]:
            return "a cell that is merged into another"
        if self.height >= 0 or self.cell >= len(self.ends):
            return None
        start = self.ends[self.cell - 1] if self.cell else self.left
        if start > FAR_TWIPS:
            return "a table outside the page"
        if self._room is None:
            self._room = Room((self.ends[self.cell] - start) / 20, -self.height / 20)
        return None if self._room.holds(text, points) else CUT_OFF
