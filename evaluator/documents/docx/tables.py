"""Tables of Word: which cells a page shows, and what fits into those of fixed size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..office.overflow import CUT_OFF, Room
from ..office.package import Attributes
from .grid import Grid
from .measures import twips
from .styles import Properties, is_on
from .visibility import FAR_TWIPS, why_table_unseen

_KEPT = frozenset(["w:tblStyle", "w:tblInd", "w:tblpPr", "w:tblLook"])
_MERGES = frozenset(["w:vMerge", "w:hMerge"])
_SIDES = frozenset(["w:left", "w:start", "w:right", "w:end", "w:top", "w:bottom"])
_MAX_COLUMNS = 200
USUAL_TWIPS = 9_000
"""Of a cell that does not say how wide it is."""


@dataclass
class Cell:
    """A cell while it is read."""

    shade: Attributes | None = None
    width: int = USUAL_TWIPS
    is_merged: bool = False
    """Into the one above or before, whose text is shown in its place."""
    is_squeezed: bool = False
    above: int = 0
    """Its margin above its text, in twips."""
    room: Room | None = None


@dataclass
class Frame:
    """The frame of fixed size that holds the paragraphs being read; alike ones share it."""

    properties: Attributes = field(default_factory=dict)
    room: Room | None = None

    def holds(self, paragraph: Properties, text: str, points: float) -> bool:
        """Whether text of a size fits; it takes its place either way."""
        frame = paragraph.get("w:framePr", {})
        height = twips(frame, "w:h") if frame.get("w:hRule") == "exact" else 0
        if not height:
            self.room = None
            return True
        if self.room is None or self.properties != frame:
            width = twips(frame, "w:w") or USUAL_TWIPS
            self.properties, self.room = frame, Room(width / 20, height / 20)
        return self.room.holds(text, points)

    def end_line(self, points: float) -> None:
        if self.room is not None:
            self.room.end_line(points)


@dataclass
class Tables:
    """The open tables of one part with their rows and cells."""

    tables: list[Properties] = field(default_factory=list)
    rows: list[Attributes] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    is_pushed: list[bool] = field(default_factory=list)
    """Of each open table, whether its margins push its text off the page."""

    @property
    def style(self) -> str:
        """Name of the innermost table's style."""
        return self.tables[-1].get("w:tblStyle", {}).get("w:val", "") if self.tables else ""

    @property
    def shades(self) -> list[Attributes]:
        """Grounds of the open cells, the innermost first."""
        return [cell.shade for cell in reversed(self.cells) if cell.shade]

    def row_height(self) -> float:
        """Least height in points of the row that is read."""
        return twips(self.rows[-1], "w:val") / 20 if self.rows else 0.0

    def look(self) -> tuple[Attributes, int, int]:
        """Which conditions of its style the innermost table takes, and the row and column that are read."""
        if not self.tables or not self.grids:
            return {}, 0, 0
        grid = self.grids[-1]
        return self.tables[-1].get("w:tblLook", {}), grid.row, grid.at

    def open(self, tag: str, margin: int, paper: tuple[int, int]) -> None:
        """A table, row or cell begins.

        Args:
            tag: which of them.
            margin: the page's left margin in twips.
            paper: its width and height in twips.
        """
        if tag == "w:tbl":
            base = self.grids[-1].left + self.grids[-1].x if self.grids else margin
            self.grids.append(Grid(base, margin, paper))
            self.tables.append({})
            self.is_pushed.append(False)
        elif tag == "w:tr":
            self.rows.append({})
            for grid in self.grids[-1:]:
                grid.start_row()
        else:
            self.cells.append(Cell())
            for grid in self.grids[-1:]:
                grid.start_cell()

    def close(self, tag: str) -> None:
        if tag == "w:tbl" and self.tables:
            self.tables.pop()
            self.grids.pop()
            self.is_pushed.pop()
        elif tag == "w:tr" and self.rows:
            self.rows.pop()
        elif tag == "w:tc" and self.cells:
            self.cells.pop()
            for grid in self.grids[-1:]:
                grid.end_cell()

    def property(
        self,
        place: str,
        tag: str,
        attributes: Attributes,
        indents: Callable[[str], Attributes] | None = None,
    ) -> None:
        """One property of the innermost table, row or cell; ``indents`` gives that of a table's style."""
        if place == "w:tcPr" and self.cells:
            self._of_cell(tag, attributes, self.cells[-1])
        elif place == "w:trPr" and self.rows:
            self._of_row(tag, attributes)
        elif place == "w:tblPr" and self.tables:
            self.grids[-1].take(tag, attributes)
            if tag == "w:tblStyle" and indents is not None:
                self.grids[-1].take("w:tblInd", indents(attributes.get("w:val", "")))
            if tag in _KEPT:
                self.tables[-1][tag] = attributes
            elif tag in _SIDES and twips(attributes, "w:w") > FAR_TWIPS:
                self.is_pushed[-1] = True

    def _of_cell(self, tag: str, attributes: Attributes, cell: Cell) -> None:
        if tag == "w:shd":
            cell.shade = attributes
        elif tag == "w:tcW" and attributes.get("w:type", "dxa") == "dxa":
            cell.width = twips(attributes, "w:w") or cell.width
            for grid in self.grids[-1:]:
                grid.width = twips(attributes, "w:w") or None
        elif tag == "w:gridSpan":
            for grid in self.grids[-1:]:
                grid.span = max(1, min(twips(attributes, "w:val"), _MAX_COLUMNS))
        elif tag in _MERGES:
            # A program goes on with the cell above at any value that it does not know.
            cell.is_merged = attributes.get("w:val") != "restart"
        elif tag == "w:tcFitText":
            cell.is_squeezed = is_on(attributes)
        elif tag in _SIDES:
            cell.above = twips(attributes, "w:w") if tag == "w:top" else cell.above
            if twips(attributes, "w:w") > FAR_TWIPS:
                self.is_pushed[-1:] = [True]

    def _of_row(self, tag: str, attributes: Attributes) -> None:
        for grid in self.grids[-1:]:
            grid.skip(tag, attributes)
        if tag == "w:trHeight":
            self.rows[-1] = {**self.rows[-1], **attributes}
        elif tag == "w:hidden":
            self.rows[-1] = {**self.rows[-1], "hidden": "1" if is_on(attributes) else ""}
        elif tag == "w:wBefore" and twips(attributes, "w:w") > FAR_TWIPS:
            self.is_pushed[-1:] = [True]

    def why_unseen(self, text: str, points: float) -> str | None:
        """Why nobody sees text of a size in the innermost cell; it takes its place there."""
        if any(cell.is_merged for cell in self.cells):
            return "a cell that is merged into another"
        if any(self.is_pushed):
            return "a table outside the page"
        if why := why_table_unseen(self.rows, self.tables):
            return why
        if not self.cells or not self.rows:
            return None
        cell = self.cells[-1]
        if cell.is_squeezed and cell.width / 20 < len(text) * points / 20:
            return "text squeezed into its cell"
        room = self._room(cell)
        return CUT_OFF if room is not None and not room.holds(text, points) else None

    def is_wide(self) -> bool:
        """Whether the innermost table may begin left of the paper, or end right of it."""
        return bool(self.grids) and self.grids[-1].is_wide

    def why_misplaced(self, indents: tuple[int, int, int]) -> str | None:
        """Why the innermost cell is perhaps not on the page."""
        return self.grids[-1].why_unseen(indents) if self.grids and self.cells else None

    def push(self, points: float) -> None:
        """The paragraph that begins in the innermost cell leaves room above itself."""
        if self.cells and self.rows and (room := self._room(self.cells[-1])) is not None:
            room.pushed += points

    def _room(self, cell: Cell) -> Room | None:
        row = self.rows[-1]
        if cell.room is None and row.get("w:hRule") == "exact":
            cell.room = Room(cell.width / 20, twips(row, "w:val") / 20, pushed=cell.above / 20)
        return cell.room

    def end_line(self, points: float) -> None:
        if self.cells and self.cells[-1].room is not None:
            self.cells[-1].room.end_line(points)
