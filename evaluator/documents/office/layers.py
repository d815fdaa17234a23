"""What is drawn over and under text: shapes and pictures, where they are, and the text that may lie on them.

Where a line stands is an estimate. Text counts unless something that hides it probably lies over it, and light text
counts where something dark probably lies under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..paint import Colour
from .grounds import Ground
from .low_lines import LowLines
from .overflow import Doubt

_TOUCH = 4.0
"""Points that two things share before one lies on the other."""
_PART = 0.4
"""Of a text's height or width that something must lie over to hide words of it."""
_MOST = 0.5
"""Of a text that must lie on a ground to be read by it."""
_SLACK = 18.0
"""Points by which a line may stand elsewhere than estimated."""
_SLACK_PART = 0.06
COVERED = "something drawn over the text"
_ENDS = 0.8
"""Of the height that a header or footer has, what its lines surely may take."""
_PLAIN = 0.4
_PLAIN_PARAGRAPHS = 10
_HIGH_LINE = 0.8


@dataclass
class Area:
    """A rectangle in points from the left and the top of its page."""

    page: int | None = 0
    """None of all pages."""
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    why: str = ""
    """Why nobody is sure to see what stands there."""

    def share(self, other: Area, slack: float = 0.0) -> float:
        """Which part of this area another one lies over; more slack finds more."""
        if self.page is not None and other.page is not None and self.page != other.page:
            return 0.0
        across = min(self.right, other.right) - max(self.left, other.left)
        top, bottom = other.top - slack, other.bottom + slack
        down = min(self.bottom, bottom) - max(self.top, top)
        if across < _TOUCH or down < _TOUCH:
            return 0.0
        wide = max(1.0, self.right - self.left)
        high = max(1.0, self.bottom - self.top)
        return min(1.0, across / wide) * min(1.0, down / high)


@dataclass
class Layer:
    """A shape or picture."""

    area: Area
    ground: Ground
    """What it paints."""
    is_front: bool
    order: float
    """Later ones are drawn over earlier ones."""

    @property
    def paints(self) -> bool:
        return bool(self.ground.colours) or bool(self.ground.why)


@dataclass
class Spot:
    """Where a piece of text stands."""

    area: Area
    colours: tuple[Colour, ...] = ()
    """Of its letters, in any of the programs; none where programs choose one that is read."""
    ground: Ground | None = None
    """What it names as its own ground; None where it stands on what lies under it."""
    paper: Ground = field(default_factory=Ground)
    order: float | None = None
    """Of the shape that holds it; None in the text itself."""

    def why_unseen(self, layers: Iterable[Layer]) -> str | None:
        """Why nobody sees it, or perhaps nobody."""
        if self.area.why:
            return Doubt(self.area.why)
        slack = _SLACK + _SLACK_PART * self.area.top
        under: list[tuple[float, Layer]] = []
        for layer in layers:
            if not layer.paints:
                continue
            if self._is_over(layer):
                if self.area.share(layer.area) >= _PART:
                    return Doubt(COVERED)
            elif self.area.share(layer.area, slack) > 0:
                under.append((layer.order, layer))
        if self.ground is not None:
            return self._why_on(self.ground)
        return self._why_on_layers(
            [layer for _, layer in sorted(under, key=lambda one: one[0])], slack
        )

    def _is_over(self, layer: Layer) -> bool:
        if self.order is None:
            return layer.is_front
        return layer.order > self.order

    def _why_on_layers(self, layers: list[Layer], slack: float) -> str | None:
        """By the layers under it, the lowest first."""
        why = self._why_on(self.paper)
        for layer in layers:
            there = self._why_on(layer.ground)
            if why and not there and self.area.share(layer.area, slack) >= _MOST:
                why = None
            elif there and not why and self.area.share(layer.area) >= _PART:
                why = Doubt(there)
        return why

    def _why_on(self, ground: Ground) -> str | None:
        reasons = [ground.why_unseen(colour) for colour in self.colours]
        return next(filter(None, reasons), None)


@dataclass
class Flow:
    """Where the line that is read stands, as far as it can be estimated."""

    height: float = 648.0
    """Of a page between its margins, in points."""
    top: float = 72.0
    page: int = 0
    y: float = 0.0
    """From the top margin."""
    areas: list[Area] = field(default_factory=list)
    """Of the paragraph that is read, shared by its pieces."""
    width: float = 0.0
    """Of its text."""
    rows: list[tuple[float, float]] = field(default_factory=list)
    """Start and end of the open rows of tables."""
    room: float | None = None
    """Height of the paper that a header or footer has, which goes on on no other page; None of the text itself."""
    picture: float = 0.0
    """Height of the highest picture in the line that is read."""
    deepest: float = 0.0
    """How far down the end of any paragraph was."""
    unusual: str = ""
    """What of its heights ordinary documents have not."""
    lines: LowLines = field(default_factory=LowLines)
    _breaks: int = 0
    """Line breaks of the paragraph that is read."""
    _paragraphs: int = 0

    def start_paragraph(self, left: float, right: float) -> None:
        self.width = self.picture = 0.0
        self._breaks = 0
        at = self.top + self.y
        self.areas.append(Area(self.page, left, at, right, at))

    def what_is_unusual(self) -> str:
        """What of its heights ordinary documents have not, now that all of it is read."""
        return self.unusual or self.lines.unusual()

    def area(self) -> Area:
        """Of the paragraph that is read."""
        return self.areas[-1] if self.areas else Area(self.page)

    def take(self, width: float) -> None:
        """Text of a width in points."""
        self.width += width

    def break_line(self) -> None:
        """A line ends within its paragraph."""
        self._breaks += 1

    def hold(self, height: float) -> None:
        """A picture stands in the line, which is at least as high."""
        self.picture = max(self.picture, height)

    def end_paragraph(self, points: float, spacing: tuple[float, float], *, is_left: bool) -> None:
        """It is known now how many lines it takes.

        Args:
            points: size of its letters with what lines leave between.
            spacing: above and below.
            is_left: its lines begin at the left.
        """
        if not self.areas:
            return
        area = self.areas.pop()
        room = max(10.0, area.right - area.left)
        lines = max(1, -int(-self.width // room)) + self._breaks
        area.top += spacing[0]
        area.bottom = area.top + lines * points + self.picture
        self._look_at_height(area, spacing[1])
        if lines == 1 and is_left:
            area.right = area.left + max(self.width, 1.0)
        self.lines.end(area, lines)
        self.y = area.bottom - self.top + spacing[1]
        self.width = self.picture = 0.0
        self._breaks = 0
        if self.y > self.height and not self.rows:
            self.turn()

    def _look_at_height(self, area: Area, below: float) -> None:
        """Whether the paragraph is on the paper, and has heights that ordinary ones have."""
        if self.picture > self.height:
            area.why = "a line higher than the page"
        if self.picture > self.height * _HIGH_LINE:
            self.unusual = "a picture as high as the page"
        if self.room is not None:
            self._paragraphs += 1
            down = area.bottom - self.top
            self.deepest = max(self.deepest, down + below)
            if down > self.room * _ENDS:
                area.why = "a header or footer higher than the page"
            self.limit(self.room)

    def limit(self, room: float) -> None:
        """A header or footer has so much paper: where it takes much of it, it is not plain."""
        if self.deepest > room * _PLAIN or self._paragraphs > _PLAIN_PARAGRAPHS:
            self.unusual = "a high header or footer"

    def turn(self) -> None:
        """A page begins."""
        if self.room is None:
            self.page += 1
            self.y = 0.0

    def start_row(self) -> None:
        self.rows.append((self.y, self.y))

    def start_cell(self) -> None:
        if self.rows:
            self.y = self.rows[-1][0]

    def end_cell(self) -> None:
        if self.rows:
            start, end = self.rows[-1]
            self.rows[-1] = (start, max(end, self.y))

    def end_row(self, least: float) -> None:
        """A row ends that is at least so high."""
        if self.rows:
            start, end = self.rows.pop()
            self.y = max(end, start + least)
            if self.y > self.height and not self.rows:
                self.turn()
