"""One shape of Word while it is read: its size, its place and its ground."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..css.values import colour as css_colour
from ..office.grounds import Ground, any_of
from ..office.layers import Spot
from ..office.overflow import Room
from ..office.package import Attributes
from ..paint import WHITE, Colour

_PAGE = 12_192_000
"""EMU; a little over eleven inches: nothing shown stands further from the left or the top."""
_MARGIN = 2_000_000
_NOTHING = 25_400
"""EMU of two points."""
_LINE = 182_880
"""EMU of an ordinary line."""
_SHRUNK = 20_000
"""Thousandths of a per cent of their size at which letters are no longer read."""
_EMU_OF_POINT = 12_700
_RELATIVE = {
    "page": "page",
    "margin": "margin",
    "left-margin-area": "leftMargin",
    "right-margin-area": "rightMargin",
}
_INSETS = {"lIns": 91_440, "rIns": 91_440, "tIns": 45_720, "bIns": 45_720}
_STYLE = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")
_LENGTH = re.compile(r"(-?[\d.]+)(pt|in|cm|mm|px|pc)")
_EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "pc": 152_400}


@dataclass
class Box:
    """A shape while it is read."""

    fills: list[Colour] = field(default_factory=list)
    """Its ground; several of a gradient."""
    is_unfilled: bool = False
    styled: Colour | None = None
    """The ground that its style gives it where it names none."""
    behind: bool = False
    why: str | None = None
    """Why nobody sees it."""
    width: int | None = None
    height: int | None = None
    aligned: dict[str, str] = field(default_factory=dict)
    """By axis, to which side of what it is placed in."""
    offsets: dict[str, tuple[str, int]] = field(default_factory=dict)
    grows: bool = False
    """With its text."""
    has_text: bool = False
    room: Room | None = None
    image: bool = False
    """A picture fills it."""
    picture: Ground = field(default_factory=Ground)
    why_ground: str = ""
    """Its ground is not understood."""
    spots: list[Spot] = field(default_factory=list)
    """Of the text that it holds."""
    parts: list[Ground] = field(default_factory=list)
    """Grounds of the shapes within it."""
    outline: str | None = None
    """Its kind of geometry; empty of a shape that names none, which not every program draws."""
    is_inline: bool = False
    is_turned: bool = False
    """It is drawn at an angle: it may be as high as it is wide."""
    flows: bool = False
    """Text flows around it."""
    order: float = 0.0

    @property
    def is_vague(self) -> bool:
        """Whether programs may leave it out, since it names no outline."""
        return self.outline == ""

    def holds(self, text: str, points: float) -> bool:
        """Whether text still fits into it; it takes its place either way."""
        if not self.width or not self.height:
            return True
        if self.room is None:
            self.room = Room(self.width / _EMU_OF_POINT, self.height / _EMU_OF_POINT)
        return self.room.holds(text, points)

    def ground(self) -> Ground:
        """What may be painted under its text."""
        if self.image:
            return self.picture
        if self.why_ground:
            return Ground(why=self.why_ground)
        if self.fills or self.is_unfilled:
            return Ground(tuple(self.fills))
        return Ground() if self.styled is None else Ground((self.styled,))

    def whole_ground(self) -> Ground:
        """What it and the shapes within it paint."""
        return any_of([self.ground(), *self.parts])

    def why_unseen(self) -> str | None:
        """Why nobody sees it; None when it is on the page."""
        if self.why:
            return self.why
        sizes = [size for size in (self.width, self.height) if size is not None]
        if sizes and min(sizes) < _NOTHING:
            return "a text box of no size"
        for axis, size in (("wp:positionH", self.width), ("wp:positionV", self.height)):
            if axis in self.offsets and _is_outside(*self.offsets[axis], size or 0):
                return "a text box outside the page"
        return None


def _is_outside(relative: str, offset: int, size: int) -> bool:
    if relative in {"bottomMargin", "rightMargin"} and offset > _MARGIN:
        return True
    before = 0 if relative == "page" else -_MARGIN
    if relative in {"paragraph", "line"}:
        before = -_PAGE
    return offset > _PAGE or (size > 0 and offset + size < before) or offset < -_PAGE


def take_place(tag: str, attributes: Attributes, box: Box) -> bool:
    """How text flows around a shape; whether an element is about that."""
    if tag == "wp:wrapNone" or tag == "w10:wrap":
        box.flows = attributes.get("type", "none") not in {"none", "through"}
        return True
    return False


def take_fill(attributes: Attributes, box: Box) -> None:
    """What a drawing of the old kind says of its ground apart."""
    if attributes.get("on") in {"f", "false"}:
        box.fills, box.is_unfilled = [], True
    elif attributes.get("type", "solid") in {"tile", "frame", "pattern"}:
        box.why_ground = "a picture behind the text"
    elif (second := css_colour(attributes.get("color2", "").split(" ")[0].lower())) is not None:
        box.fills.append(second[0])


def take_size(tag: str, attributes: Attributes, box: Box) -> bool:
    """What an element says of a box's text and its room; whether it is about that."""
    if tag == "wps:bodyPr":
        _take_insets(attributes, box)
    elif tag == "a:spAutoFit" or "mso-fit-shape-to-text:t" in attributes.get("style", ""):
        box.grows = True
    elif tag == "a:normAutofit":
        scale = whole(attributes.get("fontScale", "").rstrip("%"))
        if scale is not None and scale < _SHRUNK:
            box.why = "text shrunk to nothing"
    else:
        return False
    return True


def _take_insets(attributes: Attributes, box: Box) -> None:
    """What its margins leave of a box."""
    insets = {
        name: usual if (told := whole(attributes.get(name, ""))) is None else told
        for name, usual in _INSETS.items()
    }
    if box.width and insets["lIns"] + insets["rIns"] >= box.width:
        box.why = "a text box without room"
    if box.height and insets["tIns"] + insets["bIns"] >= box.height + _LINE:
        box.why = "a text box without room"


def opened(tag: str, attributes: Attributes) -> Box:
    box = Box(behind=attributes.get("behindDoc") in {"1", "true"}, is_inline=tag == "wp:inline")
    box.flows = not tag.startswith("v:") and not box.behind
    box.order = float(whole(attributes.get("relativeHeight", "")) or 0)
    if tag == "wp:anchor" and attributes.get("hidden") in {"1", "true"}:
        box.why = "a hidden text box"
    if not tag.startswith("v:"):
        return box
    box.fills = [] if attributes.get("filled") in {"f", "false"} else _fillcolor(attributes)
    style = {
        name.lower(): value.strip().lower()
        for name, value in _STYLE.findall(attributes.get("style", ""))
    }
    if style.get("visibility") == "hidden":
        box.why = "a hidden text box"
    box.is_inline = style.get("position", "static") == "static"
    box.order = float(whole(style.get("z-index", "")) or 0)
    box.behind = box.order < 0
    if tag == "v:group":
        box.fills = []
    elif not attributes.get("fillcolor") and attributes.get("filled") not in {"f", "false"}:
        box.fills = [WHITE]
    box.width, box.height = _length(style.get("width", "")), _length(style.get("height", ""))
    for axis, names in (
        ("wp:positionH", ("left", "margin-left")),
        ("wp:positionV", ("top", "margin-top")),
    ):
        offset = sum(_length(style.get(name, "")) or 0 for name in names)
        side = "horizontal" if axis == "wp:positionH" else "vertical"
        box.offsets[axis] = (
            _RELATIVE.get(style.get(f"mso-position-{side}-relative", ""), ""),
            offset,
        )
        if (align := style.get(f"mso-position-{side}", "absolute")) != "absolute":
            box.aligned[axis] = align
    return box


def _fillcolor(attributes: Attributes) -> list[Colour]:
    words = attributes.get("fillcolor", "").split()
    named = css_colour(words[0].lower()) if words else None
    return [named[0]] if named else []


def _length(text: str) -> int | None:
    found = _LENGTH.match(text)
    if found is None:
        return 0 if text in {"0", "0pt"} else None
    try:
        return round(float(found.group(1)) * _EMU[found.group(2)])
    except (ValueError, OverflowError):
        return None


def whole(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 20 else None
