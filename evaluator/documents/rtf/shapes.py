"""Boxes that RTF draws: whether they are on the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.grounds import Ground, any_of
from ..office.layers import Area, Flow, Layer, Spot
from ..office.overflow import Room
from ..paint import WHITE, Colour

FAR_TWIPS = 16_000
"""A little over eleven inches: nothing shown stands further from the left or the top."""
THIN_TWIPS = 60
"""A line, row or shape of three points cuts its letters off."""
_PLACES = frozenset(b"shpbxpage shpbypage shpbymargin shpfblwtxt shpwr shpz".split())
_NOT_FLOWING = frozenset([3])
"""The way of wrapping by which text runs under a shape."""
_CLEAR = 32_768
_PICTURES = frozenset(["pib", "fillBlip"])


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
    fill: Colour = WHITE
    is_filled: bool = True
    why_ground: str = ""
    """Its ground is not understood."""
    inner: list[Ground] = field(default_factory=list)
    """Grounds of the shapes within it."""
    spots: list[Spot] = field(default_factory=list)
    """Of the text that it holds."""
    measures: dict[bytes, int] = field(default_factory=dict)
    """What places it, by control word."""

    def place(self, word: bytes, value: int) -> bool:
        """Take what places it; whether the word is about that."""
        if word not in _PLACES:
            return False
        self.measures[word] = value
        return True

    def ground(self) -> Ground:
        """What it paints, with the shapes within it."""
        own = Ground(why=self.why_ground)
        if not self.why_ground and self.is_filled:
            own = Ground((self.fill,))
        return any_of([own, *self.inner])

    @property
    def is_behind(self) -> bool:
        return bool(self.measures.get(b"shpfblwtxt"))

    def layer(self, flow: Flow, paper: tuple[int, int], order: float) -> Layer | None:
        """What it draws over or under text; its own text gets its place.

        Args:
            flow: of the text that holds it.
            paper: left and top margin in twips.
            order: in which it is drawn.
        """
        left, top, right, bottom = (side or 0 for side in self.sides)
        line = flow.area()
        across, down = paper[0] / 20, line.top
        if b"shpbxpage" in self.measures:
            across = 0.0
        if b"shpbypage" in self.measures:
            down = 0.0
        elif b"shpbymargin" in self.measures:
            down = paper[1] / 20
        area = Area(
            line.page, across + left / 20, down + top / 20, across + right / 20, down + bottom / 20
        )
        order += self.measures.get(b"shpz", 0)
        for spot in self.spots:
            spot.area, spot.order = area, order
        if self.is_hidden or self.measures.get(b"shpwr", 3) not in _NOT_FLOWING:
            return None
        return Layer(area, self.ground(), not self.is_behind, order)

    def set(self, value: str) -> None:
        """The value of the property that was named last."""
        if self.name == "fillColor" and value.isdigit() and len(value) < 10:
            number = int(value)
            self.fill = (number & 255, number >> 8 & 255, number >> 16 & 255)
        elif self.name == "fFilled":
            self.is_filled = value != "0"
        elif self.name == "fillOpacity" and value.isdigit():
            self.is_filled &= int(value[:9]) > _CLEAR
        elif (self.name == "fillType" and value != "0") or self.name in _PICTURES:
            self.why_ground = "a picture or pattern behind the text"
        elif self.name == "fBehindDocument":
            self.measures[b"shpfblwtxt"] = int(value != "0")
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
