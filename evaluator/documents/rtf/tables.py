"""Rows of RTF: the cells that they define, and what fits into those of fixed height."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.overflow import CUT_OFF, Doubt, Room
from ..paint import Colour
from .shades import CELLS, PATTERNS, Shade
from .shapes import THIN_TWIPS
from .state import Paper

_MERGED = frozenset([b"clvmrg", b"clmrg"])
_FAR_LEFT_TWIPS = 11_000
_SEEN = 400
_LEAST_CELL = 150
ENDS_OF_CELLS = frozenset([b"cell", b"row", b"nestcell", b"nestrow"])
_ROWS = {b"trcbpat": "ground", b"trcfpat": "drawn", b"trshdng": "part"}
_PLACES = frozenset([b"tposx", b"tposnegx", b"tposy", b"tposnegy", b"tphpg", b"tblind"])
_PADDINGS = frozenset(
    [b"clpadl", b"clpadr", b"clpadt", b"trpaddl", b"trpaddr", b"trpaddt", b"trspdl"]
)
_ABOVE = frozenset([b"trpaddt", b"clpadt", b"clpadl"])
OF_ROWS = frozenset(
    [b"trowd", b"trrh", b"trleft", b"cellx", *CELLS, *PATTERNS["cell"], *_ROWS, *_PLACES, *_PADDINGS, *_MERGED]
)  # fmt: skip
"""All words that define a row."""


@dataclass
class OpenCells:
    """The text of cells that no word has ended yet: programs leave out what none ends."""

    _starts: list[tuple[int, int]] = field(default_factory=list)
    """Depth of the table, and where the text of its cell starts."""

    def say(self, depth: int, place: int) -> int | None:
        """Text at a place, in so many tables; where text starts that no cell holds."""
        start = self._left(depth)
        if depth and start is None and (not self._starts or self._starts[-1][0] < depth):
            self._starts.append((depth, place))
        return start

    def end(self, word: bytes) -> int | None:
        """A cell or row ends, or the document; where text starts that no cell holds."""
        depth = 2 if word.startswith(b"nest") else 1
        if word.endswith(b"cell"):
            start = None if depth > 1 else self._left(depth)
            self._starts = [one for one in self._starts if one[0] < depth]
            return start
        return self._left(depth - 1)

    def _left(self, depth: int) -> int | None:
        starts = [start for level, start in self._starts if level > depth]
        self._starts = [one for one in self._starts if one[0] <= depth]
        return min(starts, default=None)


@dataclass
class Row:
    """The row that was defined last."""

    shades: list[Shade] = field(default_factory=list)
    """The grounds of its cells."""
    shade: Shade = field(default_factory=Shade)
    """Of the cell that is being defined."""
    whole: Shade = field(default_factory=Shade)
    """Of the row."""
    height: int = 0
    """In twips; exact where it is negative."""
    left: int = 0
    ends: list[int] = field(default_factory=list)
    """Right edge of each cell, in twips."""
    merged: list[bool] = field(default_factory=list)
    """Whether each cell is merged into the one above or before, which is shown in its place."""
    cell: int = 0
    """Number of the cell that is read."""
    place: dict[bytes, int] = field(default_factory=dict)
    """Where its table stands, by control word."""
    padding: int = 0
    """The largest margin above the text of its cells, in twips."""
    is_padded: bool = False
    """Its cells' margins push their text off the page."""
    _is_merged: bool = False
    _room: Room | None = None

    def define(self, word: bytes, value: int) -> bool:
        """Take one word of the definition; whether it is one."""
        if word not in OF_ROWS:
            return False
        if word == b"trowd":
            self.__init__()  # type: ignore[misc]
        elif word == b"trrh":
            self.height = value
        elif word == b"trleft":
            self.left = value
        elif self._shaded(word, value):
            return True
        elif word in _PLACES:
            self.place[word] = value
        elif word in _PADDINGS:
            self.is_padded |= value > _FAR_LEFT_TWIPS
            # Programs took the margin of a cell's left for that above it, and the other way.
            self.padding = max(self.padding, value if word in _ABOVE else 0)
        elif word in _MERGED:
            self._is_merged = True
        elif word == b"cellx":
            self.ends.append(value)
            self.merged.append(self._is_merged)
            self.shades.append(self.shade)
            self.shade = Shade()
            self._is_merged = False
        else:
            return False
        return True

    def _shaded(self, word: bytes, value: int) -> bool:
        """Take what a word says of grounds; whether it is about them."""
        if word in CELLS:
            self.shade = self.shade.with_word(CELLS[word], value)
        elif word in PATTERNS["cell"]:
            self.shade = self.shade.with_word("part", PATTERNS["cell"][word])
        elif word in _ROWS:
            self.whole = self.whole.with_word(_ROWS[word], value)
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

    def sides(self, margin: int, right: int) -> tuple[int, int]:
        """Where the cell that is read begins and ends, in twips from the left of the paper."""
        if self.cell >= len(self.ends):
            return margin, right
        start = self.ends[self.cell - 1] if self.cell else self.left
        return margin + start, margin + self.ends[self.cell]

    def ground(self, colours: list[Colour | None]) -> Colour | None:
        """The ground of the cell that is read."""
        own = self.shades[self.cell].colour(colours) if self.cell < len(self.shades) else None
        return own or self.whole.colour(colours)

    def why_unseen(self, text: str, points: float, paper: Paper, above: float) -> str | None:
        """Why nobody sees text of a size in the cell that is read; it takes its place there.

        Args:
            text: that is read.
            points: size of its letters.
            paper: that it stands on.
            above: what its paragraph leaves above itself, in points.
        """
        if -THIN_TWIPS <= self.height < 0:
            return "a row of no height"
        if abs(self.left) > _FAR_LEFT_TWIPS or self.is_padded:
            return "a table outside the page"
        if self.cell < len(self.merged) and self.merged[self.cell]:
            return "a cell that is merged into another"
        if self.cell >= len(self.ends):
            return Doubt("a cell that its row has not") if self.ends else None
        start = self.ends[self.cell - 1] if self.cell else self.left
        if why := self._why_outside(start, self.ends[self.cell], paper):
            return why
        if self.height >= 0:
            return None
        if self._room is None:
            self._room = Room((self.ends[self.cell] - start) / 20, -self.height / 20)
        self._room.pushed = max(self._room.pushed, above + self.padding / 20)
        return None if self._room.holds(text, points) else CUT_OFF

    def _why_outside(self, start: int, end: int, paper: Paper) -> str | None:
        wide, high = paper.size()
        base = 0 if b"tphpg" in self.place else paper.margin(b"margl")
        base += sum(self.place.get(word, 0) for word in (b"tposx", b"tposnegx", b"tblind"))
        down = sum(self.place.get(word, 0) for word in (b"tposy", b"tposnegy"))
        if base + start > wide - _SEEN or base + end < _SEEN or not -_SEEN < down < high - _SEEN:
            return Doubt("a table outside the page")
        return Doubt("a cell of no width") if end - start < _LEAST_CELL else None
