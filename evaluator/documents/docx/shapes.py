"""Shapes and text boxes of Word: what paints their ground, and whether they are on the page at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..css.values import colour as css_colour
from ..office.colours import changed
from ..office.grounds import Ground
from ..office.layers import Area, Flow
from ..office.package import Attributes
from ..paint import Colour, from_hex
from .boxes import Box, opened, take_fill, take_place, take_size, whole
from .sections import Section
from .styles import Styles

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
_CLEAR = 50_000
_SEEN = 20.0
"""Points of a shape that must be on the paper."""
_SURE = frozenset(
    ["page", "margin", "leftMargin", "rightMargin", "topMargin", "bottomMargin", "column"]
)
"""What a shape is placed by whose own place is known."""
_EMU_OF_POINT = 12_700
_KINDS = frozenset(
    ["", "wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas", "picture"]
)
"""Drawings whose shapes are read."""


@dataclass
class Shapes:
    """Follows the drawings of one part; ``start``, ``end`` and ``data`` get their elements."""

    styles: Styles
    picture: Callable[[str], Ground] = lambda _: Ground(why="a picture behind the text")
    """The ground that a picture makes, by its relationship id."""
    alternatives: list[str] = field(default_factory=list)
    """Descriptions of pictures."""
    open: list[Box] = field(default_factory=list)
    has_vague: bool = False
    """A shape without an outline has been read."""
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
            box = Box(width=outer.width, height=outer.height, order=outer.order, outline="")
            self.open.append(box)
        elif tag in {"a:prstGeom", "a:custGeom"} and self.open:
            self.open[-1].outline = tag
        elif tag in _SHAPES:
            self.open.append(opened(tag, attributes))
        elif tag == "wp:docPr" and attributes.get("descr"):
            self.alternatives.append(attributes["descr"])
        elif tag == "a:xfrm" and self.open:
            self.open[-1].is_turned |= attributes.get("rot", "0") != "0"
        elif tag in {"wp:positionH", "wp:positionV"}:
            self._axis = (tag, attributes.get("relativeFrom", ""))
        elif tag == "wp:extent" and self.open:
            self.open[-1].width = whole(attributes.get("cx", ""))
            self.open[-1].height = whole(attributes.get("cy", ""))
        elif self.open and not any(
            take(tag, attributes, self.open[-1]) for take in (take_size, take_place, self._fills)
        ):
            self._paint(tag, attributes, self.open[-1])

    def _paint(self, tag: str, attributes: Attributes, box: Box) -> None:
        within = self._path[-2] if len(self._path) > 1 else ""
        if within in _COLOURS:
            self._change(tag, attributes, box)
        elif tag == "a:noFill" and within in _OWNERS:
            box.is_unfilled = True
        elif tag in _COLOURS:
            painted = self._colour(tag, attributes)
            if painted is not None and self._is_fill(self._path):
                box.fills.append(painted)
            elif painted is not None and self._path[-3:-1] == ["wps:style", "a:fillRef"]:
                box.styled = painted
        elif tag == "a:fillRef" and attributes.get("idx") in {"0", "1000"}:
            self._path[-1] = "no fill"

    def _fills(self, tag: str, attributes: Attributes, box: Box) -> bool:
        """Pictures, and fills of drawings of other kinds; whether an element is about them."""
        if tag == "a:blip" and self._path[-2:-1] in (["pic:blipFill"], ["a:blipFill"]):
            box.image, box.picture = True, self.picture(attributes.get("r:embed", ""))
        elif tag == "v:imagedata":
            box.image, box.picture = True, self.picture(attributes.get("r:id", ""))
        elif tag == "a:graphicData" and attributes.get("uri", "").rpartition("/")[2] not in _KINDS:
            box.why_ground = "a drawing of another kind"
        elif tag == "v:fill":
            take_fill(attributes, box)
        else:
            return False
        return True

    def _change(self, tag: str, attributes: Attributes, box: Box) -> None:
        """A change of the colour that was told last."""
        if not box.fills or not self._is_fill(self._path[:-1]):
            return
        value = whole(attributes.get("val", ""))
        if tag == "a:alpha" and value is not None and value < _CLEAR:
            box.fills.pop()
        else:
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
        offset = whole(text.strip())
        if self.open and offset is not None and self._axis[0]:
            self.open[-1].offsets[self._axis[0]] = (self._axis[1], offset)

    def end(self, tag: str) -> Box | None:
        """The shape that closes, if one does."""
        if self._path:
            self._path.pop()
        if tag not in _SHAPES or not self.open:
            return None
        box = self.open.pop()
        self.has_vague = self.has_vague or box.is_vague
        if self.open:
            self.open[-1].parts.append(box.whole_ground())
        return box

    def is_off(self, box: Box, area: Area, section: Section) -> bool:
        """Whether a shape surely stands off the paper, where it is placed by the paper, its margins or the column."""
        across, _ = box.offsets.get("wp:positionH", ("", 0))
        down, _ = box.offsets.get("wp:positionV", ("", 0))
        is_beside = area.right < _SEEN or area.left > section.width / 20 - _SEEN
        is_above = area.bottom < _SEEN or area.top > section.length / 20 - _SEEN
        return not box.is_inline and (
            (is_beside and across in _SURE) or (is_above and down in _SURE - {"column"})
        )

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
