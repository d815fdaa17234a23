"""Where the cells of Word's tables stand on the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.package import Attributes
from .measures import twips

_LEAST_CELL = 150
"""Twips; nobody reads a word in a cell of a quarter of a centimetre."""
_EDGE = 200
_SEEN = 400
"""Twips of a cell that must be on the paper."""


@dataclass
class Grid:
    """The columns of one open table, in twips from the left of the paper."""

    base: int = 0
    """Where a table without an indent begins."""
    margin: int = 0
    """The left margin of the page."""
    paper: tuple[int, int] = (0, 0)
    columns: list[int] = field(default_factory=list)
    indent: int = 0
    placed: Attributes = field(default_factory=dict)
    is_fixed: bool = False
    is_moved: bool = False
    """It stands at the right or in the middle of its line, and so begins further left the wider it is."""
    at: int = 0
    """Number of the column that comes next."""
    row: int = -1
    """Number of the row that is read."""
    x: int = 0
    """And where it begins, from the table's left."""
    width: int | None = None
    """Of the cell that is read, where it says it."""
    span: int = 1

    def take(self, tag: str, attributes: Attributes) -> None:
        """One property of the table."""
        if tag == "w:tblInd":
            self.indent = twips(attributes, "w:w")
        elif tag == "w:tblpPr":
            self.placed = attributes
        elif tag == "w:tblLayout":
            self.is_fixed = attributes.get("w:type") == "fixed"
        elif tag == "w:jc":
            self.is_moved = attributes.get("w:val") not in {"left", "start"}

    @property
    def is_wide(self) -> bool:
        """Whether it is wider than its line, with some of the margins, as far as that is told."""
        paper = self.paper[0]
        widest = paper - self.margin if self.is_moved else paper
        return 0 < widest < max(self.x, sum(self.columns))

    @property
    def left(self) -> int:
        """Where the table begins."""
        if not self.placed:
            return self.base + self.indent
        start = 0 if self.placed.get("w:horzAnchor") == "page" else self.margin
        return start + twips(self.placed, "w:tblpX")

    def start_row(self) -> None:
        self.at = self.x = 0
        self.row += 1

    def skip(self, tag: str, attributes: Attributes) -> None:
        """What a row leaves out before its first cell."""
        if tag == "w:gridBefore":
            count = max(0, min(twips(attributes, "w:val"), len(self.columns)))
            self.x = max(self.x, sum(self.columns[:count]))
            self.at = count
        elif tag == "w:wBefore" and attributes.get("w:type", "dxa") == "dxa":
            self.x = max(self.x, twips(attributes, "w:w"))

    def start_cell(self) -> None:
        self.width, self.span = None, 1

    def cell(self) -> int | None:
        """Width of the cell that is read, as far as it is told."""
        return self.width or sum(self.columns[self.at : self.at + self.span]) or None

    def end_cell(self) -> None:
        self.x += self.cell() or 0
        self.at += self.span

    def why_unseen(self, indents: tuple[int, int, int]) -> str | None:
        """Why the cell that is read is perhaps off the page or of no width.

        Args:
            indents: of its paragraph, in twips: from the left, from the right and of the first line.
        """
        start = self.left + self.x
        width = self.cell()
        indent = indents[0]
        is_left = self.margin > 0 and start + indent + min(0, indents[2]) < -_EDGE
        if (
            is_left
            or start + indent > self.paper[0] - _SEEN
            or (width is not None and start + width < _SEEN < self.base + width)
        ):
            return "a table outside the page"
        if self.placed.get("w:vertAnchor") == "page" and (
            not -_SEEN < twips(self.placed, "w:tblpY") < self.paper[1] - _SEEN
        ):
            return "a table outside the page"
        if width is not None and self.is_fixed and width - max(0, indent) < _LEAST_CELL:
            return "a cell of no width"
        return None
