"""Shapes of OpenDocument: where they stand, whether text flows around them, and what they paint."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..office.grounds import Ground, any_of
from ..office.layers import Area, Flow, Layer, Spot
from ..office.package import Attributes
from .lengths import points
from .names import SHAPES
from .places import TAG
from .styles import Styles

_WITHOUT_GROUND = frozenset(
    ["draw:line", "draw:polyline", "draw:connector", "draw:measure", "draw:g", "draw:control"]
)
_PLACING = frozenset(
    "anchor style:wrap style:run-through style:horizontal-pos style:horizontal-rel style:vertical-pos style:vertical-rel".split()
)
_FLOWING = frozenset("parallel left right dynamic biggest none".split())
"""Values of ``style:wrap`` by which text flows around a shape, or stands above and below."""


@dataclass
class Shape:
    """A shape while it is read."""

    look: Attributes
    index: str = "0"
    picture: Ground = field(default_factory=Ground)
    """That it holds."""
    spots: list[Spot] = field(default_factory=list)
    """Of the text that it holds."""
    inner: list[Shape] = field(default_factory=list)

    @property
    def order(self) -> float:
        return float(self.index) if self.index.isdigit() and len(self.index) < 9 else 0.0

    def layers(self, styles: Styles, flow: Flow, page: Attributes, order: float) -> list[Layer]:
        """What it and those within it draw over or under text; its own texts get their place.

        Args:
            styles: of the document.
            flow: of the text that holds it.
            page: measures of its page.
            order: in which it is drawn.
        """
        area = _area(self.look, flow, page)
        for spot in self.spots:
            spot.area, spot.order = area, order
        own = _layer(self.look, area, self.picture, styles, order)
        found = [] if own is None else [own]
        for shape in self.inner:
            if self.look.get(TAG) == "draw:g":
                placed = {n: v for n, v in self.look.items() if n in _PLACING} | shape.look
                found += replace(shape, look=placed).layers(styles, flow, page, order)
            elif own is not None:
                left = area.left + _length(shape.look, "svg:x")
                top = area.top + _length(shape.look, "svg:y")
                right, bottom = (_length(shape.look, name) for name in ("svg:width", "svg:height"))
                at = Area(area.page, left, top, left + right, top + bottom)
                inner = _layer(shape.look, at, shape.picture, styles, order)
                found += [] if inner is None else [inner]
        return found


def _layer(
    look: Attributes, area: Area, picture: Ground, styles: Styles, order: float
) -> Layer | None:
    """What a shape draws; None where text keeps clear of it."""
    anchor = look.get("anchor", "")
    anchor = look.get("anchor", "")
    usual = "none" if look.get(TAG) == "draw:frame" else "run-through"
    if anchor == "as-char" or look.get("style:wrap", usual) in _FLOWING:
        return None
    if look.get(TAG) not in SHAPES - _WITHOUT_GROUND:
        return None
    ground = any_of([styles.ground(look, Ground()), picture])
    is_front = look.get("style:run-through", "foreground") == "foreground"
    return Layer(area, ground, is_front, order)


def _area(look: Attributes, flow: Flow, page: Attributes) -> Area:
    line = flow.area()
    margins = _length(page, "fo:margin-left"), _length(page, "fo:margin-top")
    paper = _length(page, "fo:page-width") or 595.0, _length(page, "fo:page-height") or 842.0
    size = _length(look, "svg:width"), _length(look, "svg:height")
    starts: list[float] = []
    for side, (axis, at, usual) in enumerate(
        (("horizontal", "svg:x", line.left), ("vertical", "svg:y", line.top))
    ):
        relative = look.get(
            f"style:{axis}-rel", "page" if look.get("anchor") == "page" else "paragraph"
        )
        whole = (0.0, paper[side])
        if relative.endswith("-content") and relative.startswith("page"):
            whole = (margins[side], paper[side] - margins[side])
        elif not relative.startswith("page"):
            whole = (usual, (line.right, line.bottom)[side])
        place = look.get(f"style:{axis}-pos", "from-left")
        if place in {"center", "middle"}:
            starts.append((sum(whole) - size[side]) / 2)
        elif place in {"right", "bottom", "outside"}:
            starts.append(whole[1] - size[side])
        elif place.startswith("from"):
            starts.append(whole[0] + _length(look, at))
        else:
            starts.append(whole[0])
    left, top = starts
    return Area(line.page, left, top, left + size[0], top + size[1])


def _length(look: Attributes, name: str) -> float:
    text = look.get(name, "")
    return 0.0 if "%" in text else points(text) or 0.0
