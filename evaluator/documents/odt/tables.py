"""Tables of OpenDocument: what fits into cells of fixed height."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.overflow import CUT_OFF, Doubt, Room
from ..office.package import Attributes
from .lengths import points

_USUAL_POINTS = 450.0
_MAX_COLUMNS = 1_000
_THIN_POINTS = 15.0
_WIDEST_POINTS = 800.0
"""Nothing shown begins further to the right."""


WIDEST_LINE = 560.0
"""Points of the widest line on upright paper."""


@dataclass
class _Table:
    widths: list[float] = field(default_factory=list)
    told: float = 0.0
    """Sum of the widths that its columns tell."""
    height: float | None = None
    """Of the row that is read, where it is fixed."""
    column: int = 0
    span: int = 1
    is_partly_hidden: bool = False
    """Some of its columns are not shown, or none of it has any width."""
    room: Room | None = None

    def is_beside(self) -> bool:
        """Whether the cell that is read stands behind the last column."""
        return self.column > len(self.widths) > 0

    def why_unseen(self) -> bool:
        """Whether the cell that is read is off the page or of no width."""
        number = max(0, self.column - self.span)
        width = sum(self.widths[number : number + self.span])
        return sum(self.widths[:number]) > _WIDEST_POINTS or 0 < width < _THIN_POINTS / 2


@dataclass
class Tables:
    """The open tables of a text."""

    open: list[_Table] = field(default_factory=list)

    def start(self, tag: str, attributes: Attributes, look: Attributes) -> None:
        """An element begins, with the properties of its style."""
        if tag == "table:table":
            width = points(look.get("style:width", ""))
            is_thin = width is not None and width < _THIN_POINTS
            self.open.append(_Table(is_partly_hidden=is_thin))
        if not self.open:
            return
        table = self.open[-1]
        if tag == "table:table-column":
            if attributes.get("table:visibility", "visible") != "visible":
                table.is_partly_hidden = True
            told = points(look.get("style:column-width", "")) or 0.0
            width = told or _USUAL_POINTS
            count = _count(attributes.get("table:number-columns-repeated", "1"))
            table.told += told * count
            table.widths += [width] * min(count, _MAX_COLUMNS - len(table.widths))
        elif tag == "table:table-row":
            table.height = points(look.get("style:row-height", ""))
            table.column = 0
        elif tag == "table:table-cell":
            self._start_cell(table, _count(attributes.get("table:number-columns-spanned", "1")))

    @staticmethod
    def _start_cell(table: _Table, span: int) -> None:
        table.room = None
        if table.height is not None:
            widths = table.widths[table.column : table.column + span]
            table.room = Room(sum(widths) or _USUAL_POINTS, table.height)
        table.column += span
        table.span = span

    def is_wide(self) -> bool:
        """Whether the innermost table is wider than any ordinary line."""
        return bool(self.open) and self.open[-1].told > WIDEST_LINE

    def cell(self, start: float, end: float) -> tuple[float, float]:
        """Where the innermost cell begins and ends, within the room of its table."""
        table = self.open[-1]
        number = max(0, table.column - table.span)
        begin = start + sum(table.widths[:number])
        width = sum(table.widths[number : number + table.span])
        return begin, begin + width if width else max(end, begin)

    def end(self, tag: str) -> None:
        if tag == "table:table" and self.open:
            self.open.pop()
        elif tag == "table:table-cell" and self.open:
            self.open[-1].room = None
        elif tag in {"text:p", "text:h"} and self.open and self.open[-1].room is not None:
            self.open[-1].room.end_line(_USUAL_LINE)

    def push(self, height: float) -> None:
        """Margins take a height above the paragraph that begins."""
        for table in self.open:
            if table.room is not None:
                table.room.pushed += height

    def why_unseen(self, text: str, size: float) -> str | None:
        """Why nobody sees text of a size in points; it takes its place in its cell."""
        if any(table.is_partly_hidden for table in self.open):
            return Doubt("a table of which columns are hidden")
        if self.open and self.open[-1].why_unseen():
            return Doubt("a table outside the page")
        if self.open and self.open[-1].is_beside():
            return Doubt("a cell that its table has no column for")
        rooms = [table.room for table in self.open if table.room is not None]
        fits = [room.holds(text, size) for room in rooms]
        return None if all(fits) else CUT_OFF


_USUAL_LINE = 12.0


def _count(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 6 else 1
