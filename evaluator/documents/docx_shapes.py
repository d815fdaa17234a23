"""Shapes and text boxes of Word: what paints their ground, and whether they are on the page at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .css_values import colour as css_colour
from .docx_sections import Section
from .docx_styles import Styles
from .office_colours import changed
from .office_grounds import Ground, any_of
from .office_layers import Area, Flow, Spot
from .office_package import Attributes
from .office_room import Room
from .paint import WHITE, Colour, from_hex

_SHAPES = frozenset(
    [
        "wps:wsp",
        "wp:anchor",
        "wp:inline",
        "v:shape",
        "v:rect",
        "v:roundrect",
        "v:oval",
        "v:group",
        "v:image",
        "v:arc",
        "v:curve",
        "v:polyline",
    ]
)
_COLOURS = frozenset(["a:srgbClr", "a:schemeClr", "a:sysClr", "a:prstClr"])
_OWNERS = frozenset(["wps:spPr", "wpg:grpSpPr"])
_FILLS = frozenset(["a:solidFill", "a:gradFill", "a:pattFill"])
_PAGE = 12_192_000
"""EMU; a little over eleven inches: nothing shown stands further from the left or the top."""
_MARGIN = 2_000_000
_NOTHING = 25_400
"""EMU of two points."""
_LINE = 182_880
"""EMU of an ordinary line."""
_CLEAR = 50_000
_SHRUNK = 20_000
"""Thousandths of a per cent of their size at which letters are no longer read."""
_EMU_OF_POINT = 12_700
_KINDS = frozenset(
    ["", "wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas", "picture"]
)
"""Drawings whose shapes are read."""
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
    picture: Ground = Ground()
    why_ground: str = ""
    """Its ground is not understood."""
    spots: list[Spot] = field(default_factory=list)
    """Of the text that it holds."""
    parts: list[Ground] = field(default_factory=list)
    """Grounds of the shapes within it."""
    is_inline: bool = False
    flows: bool = False
    """Text flows around it."""
    order: float = 0.0

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


@dataclass
class Shapes:
    """Follows the drawings of one part; ``start``, ``end`` and ``data`` get their elements."""

    styles: Styles
    picture: Callable[[str], Ground] = lambda _: Ground(why="a picture behind the text")
    """The ground that a picture makes, by its relationship id."""
    alternatives: list[str] = field(default_factory=list)
    """Descriptions of pictures."""
    open: list[Box] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _axis: tuple[str, str] = ("", "")

    @property
    def takes_text(self) -> bool:
        """Whether character data is a position."""
        return bool(self._path) and self._path[-1] in {"wp:posOffset", "wp:align"}

    def why_unseen(self) -> str | None:
        """Why text inside of what is open is not seen."""
        return next(filter(None, (box.why_unseen() for box in self.open)), None)

    def ground(self) -> Ground | None:
        """The ground of the innermost shape that has one."""
        for box in reversed(self.open):
            ground = box.ground()
            if ground.colours or ground.why:
                return ground
        return None

    def holds(self, text: str, points: float) -> bool:
        """Whether text of a size fits into the innermost box."""
        return not self.open or self.open[-1].holds(text, points)

    def open_text(self) -> None:
        """The innermost shape has text; shapes of a group share the group's size."""
        if self.open:
            self.open[-1].has_text = True
            self.open[-1].room = None

    def end_line(self, points: float) -> None:
        """A paragraph of the innermost box ends."""
        if self.open and self.open[-1].room is not None:
            self.open[-1].room.end_line(points)

    def start(self, tag: str, attributes: Attributes) -> None:
        self._path.append(tag)
        if tag == "wps:wsp" and self.open:
            outer = self.open[-1]
            self.open.append(Box(width=outer.width, height=outer.height, order=outer.order))
        elif tag in _SHAPES:
            self.open.append(_opened(tag, attributes))
        elif tag == "wp:docPr" and attributes.get("descr"):
            self.alternatives.append(attributes["descr"])
        elif tag in {"wp:positionH", "wp:positionV"}:
            self._axis = (tag, attributes.get("relativeFrom", ""))
        elif tag == "wp:extent" and self.open:
            self.open[-1].width = _whole(attributes.get("cx", ""))
            self.open[-1].height = _whole(attributes.get("cy", ""))
        elif self.open and not _take_size(tag, attributes, self.open[-1]):
            if not _take_place(tag, attributes, self.open[-1]):
                self._paint(tag, attributes, self.open[-1])

    def _paint(self, tag: str, attributes: Attributes, box: Box) -> None:
        within = self._path[-2] if len(self._path) > 1 else ""
        if tag == "a:blip" and within in {"pic:blipFill", "a:blipFill"}:
            box.image, box.picture = True, self.picture(attributes.get("r:embed", ""))
        elif tag == "v:imagedata":
            box.image, box.picture = True, self.picture(attributes.get("r:id", ""))
        elif tag == "a:graphicData" and attributes.get("uri", "").rpartition("/")[2] not in _KINDS:
            box.why_ground = "a drawing of another kind"
        elif tag == "v:fill":
            _take_fill(attributes, box)
        elif within in _COLOURS and tag != "a:alpha":
            self._change(tag, attributes, box)
        elif tag == "a:alpha" and len(self._path) > 1 and self._path[-2] in _COLOURS:
            value = _whole(attributes.get("val", ""))
            if (
                self._is_fill(self._path[:-1])
                and value is not None
                and value < _CLEAR
                and box.fills
            ):
                box.fills.pop()
        elif tag == "a:noFill" and self._path[-2:-1] and self._path[-2] in _OWNERS:
            box.is_unfilled = True
        elif tag in _COLOURS:
            painted = self._colour(tag, attributes)
            if painted is not None and self._is_fill(self._path):
                box.fills.append(painted)
            elif painted is not None and self._path[-3:-1] == ["wps:style", "a:fillRef"]:
                box.styled = painted
        elif tag == "a:fillRef" and attributes.get("idx") in {"0", "1000"}:
            self._path[-1] = "no fill"

    def _change(self, tag: str, attributes: Attributes, box: Box) -> None:
        """A change of the colour that was told last."""
        if box.fills and self._is_fill(self._path[:-1]):
            colour = changed(box.fills[-1], tag.rpartition(":")[2], attributes.get("val", ""))
            if colour is None:
                box.why_ground = "a colour that is computed"
            else:
                box.fills[-1] = colour

    @staticmethod
    def _is_fill(path: list[str]) -> bool:
        """Whether a colour paints the shape itself, and no line, text or extension of it."""
        fill = next((n for n in range(len(path) - 1, 0, -1) if path[n] in _FILLS), 0)
        return fill > 0 and path[fill - 1] in _OWNERS

    def _colour(self, tag: str, attributes: Attributes) -> Colour | None:
        value = attributes.get("val", "")
        if tag == "a:schemeClr":
            return self.styles.scheme(value)
        if tag == "a:sysClr":
            return from_hex(attributes.get("lastClr", ""))
        if tag == "a:prstClr":
            named = css_colour(value.lower().replace("dk", "dark").replace("lt", "light"))
            return named[0] if named else None
        return from_hex(value)

    def data(self, text: str) -> None:
        if self._path[-1:] == ["wp:align"] and self.open and text.strip():
            self.open[-1].aligned[self._axis[0]] = text.strip()
            self.open[-1].offsets.setdefault(self._axis[0], (self._axis[1], 0))
            return
        offset = _whole(text.strip())
        if self.open and offset is not None and self._axis[0]:
            self.open[-1].offsets[self._axis[0]] = (self._axis[1], offset)

    def end(self, tag: str) -> Box | None:
        """The shape that closes, if one does."""
        if self._path:
            self._path.pop()
        if tag not in _SHAPES or not self.open:
            return None
        box = self.open.pop()
        if self.open:
            self.open[-1].parts.append(box.whole_ground())
        return box

    def area(self, box: Box, section: Section, flow: Flow) -> Area:
        """Where a shape stands that the paragraph being read holds."""
        line = flow.area()
        margin = section.margin("left") / 20, section.margin("top") / 20
        paper = section.width / 20, section.length / 20
        size = ((box.width or 0) / _EMU_OF_POINT, (box.height or 0) / _EMU_OF_POINT)
        starts: list[float] = []
        for side, (axis, usual) in enumerate(
            (("wp:positionH", line.left), ("wp:positionV", line.top))
        ):
            relative, offset = box.offsets.get(axis, ("", 0))
            base = {"page": 0.0, "margin": margin[side], "leftMargin": 0.0, "topMargin": 0.0}.get(
                relative, usual
            )
            if relative in {"rightMargin", "bottomMargin"}:
                base = paper[side] - margin[side]
            whole = (
                (0.0, paper[side])
                if relative == "page"
                else (margin[side], paper[side] - margin[side])
            )
            align = box.aligned.get(axis, "")
            if align == "center":
                starts.append((sum(whole) - size[side]) / 2)
            elif align in {"right", "bottom", "outside"}:
                starts.append(whole[1] - size[side])
            elif align:
                starts.append(whole[0])
            else:
                starts.append(base + offset / _EMU_OF_POINT)
        left, top = starts
        return Area(line.page, left, top, left + size[0], top + size[1])


def _take_place(tag: str, attributes: Attributes, box: Box) -> bool:
    """How text flows around a shape; whether an element is about that."""
    if tag == "wp:wrapNone" or tag == "w10:wrap":
        box.flows = attributes.get("type", "none") not in {"none", "through"}
        return True
    return False


def _take_fill(attributes: Attributes, box: Box) -> None:
    """What a drawing of the old kind says of its ground apart."""
    if attributes.get("on") in {"f", "false"}:
        box.fills, box.is_unfilled = [], True
    elif attributes.get("type", "solid") in {"tile", "frame", "pattern"}:
        box.why_ground = "a picture behind the text"
    elif (second := css_colour(attributes.get("color2", "").split(" ")[0].lower())) is not None:
        box.fills.append(second[0])


def _take_size(tag: str, attributes: Attributes, box: Box) -> bool:
    """What an element says of a box's text and its room; whether it is about that."""
    if tag == "wps:bodyPr":
        _take_insets(attributes, box)
    elif tag == "a:spAutoFit" or "mso-fit-shape-to-text:t" in attributes.get("style", ""):
        box.grows = True
    elif tag == "a:normAutofit":
        scale = _whole(attributes.get("fontScale", "").rstrip("%"))
        if scale is not None and scale < _SHRUNK:
            box.why = "text shrunk to nothing"
    else:
        return False
    return True


def _take_insets(attributes: Attributes, box: Box) -> None:
    """What its margins leave of a box."""
    insets = {
        name: usual if (told := _whole(attributes.get(name, ""))) is None else told
        for name, usual in _INSETS.items()
    }
    if box.width and insets["lIns"] + insets["rIns"] >= box.width:
        box.why = "a text box without room"
    if box.height and insets["tIns"] + insets["bIns"] >= box.height + _LINE:
        box.why = "a text box without room"


def _opened(tag: str, attributes: Attributes) -> Box:
    box = Box(behind=attributes.get("behindDoc") in {"1", "true"}, is_inline=tag == "wp:inline")
    box.flows = not tag.startswith("v:") and not box.behind
    box.order = float(_whole(attributes.get("relativeHeight", "")) or 0)
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
    box.order = float(_whole(style.get("z-index", "")) or 0)
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


def _whole(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 20 else None
