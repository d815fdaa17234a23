"""Elements of a page while their content is read, and the order in which their boxes are painted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ..css.cascade import Cascade, Declarations
from ..css.clipping import MASKED, NO_SHAPE, Shape, shape_of
from ..css.computed import computed
from ..css.values import length
from ..css.visibility import Look, has_ground, with_values
from . import boxes as boxes
from . import grid_places as grid_places
from . import lines as lines
from . import overlaps as covers
from .boxes import Frame, Span
from .clips import why_pushed
from .flow import framed
from .overlaps import Cover, Piece
from .presentational_hints import IN_PLACE, NOTHING
from .reach import letters_beyond, painted_beyond, texts_under

_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_ESCAPED_BREAK = re.compile(r"\\0{0,5}a(?![0-9a-f]) ?")
_LOOKED_AT = 400
_IN_LINE = frozenset(["inline", "ruby", "ruby-text", "math"])
_ANY_BOX = frozenset(["all", "display"])
"""Doubts about elements that may be of any kind."""
_CASTING = frozenset(["box-shadow", "outline-width", "filter"])
_NARROW = 100.0
"""Pixels of a line that hide no sentence."""
_PARTS = ("first-letter", "first-line", "marker")
"""Of an element's own text, that a sheet may give another type and ground."""


def _wide(text: str, values: Declarations, look: Look) -> float:
    """Pixels that a text in a line takes with the space around it."""
    sides = (length(values.get(f"padding-{side}", "0"), look.pixels) for side in ("left", "right"))
    return 0.5 * look.pixels * len(text) + sum(side or 0.0 for side in sides)


@dataclass(slots=True)
class Open:
    """An element whose content is being read."""

    tag: str
    look: Look
    values: Declarations
    frame: Frame
    context: covers.Key = ()
    """Of the stacking context around."""
    path: covers.Key = ()
    """Of what stands in the element's ordinary flow."""
    ground: covers.Key = ()
    """Of the box that is the ground of its text."""
    display: str = "block"
    direction: str = "block"
    out: str | None = None
    """Why nothing inside is painted."""
    outside: str | None = None
    """Why nothing of the element itself is painted."""
    doubt: str | None = None
    """Why it cannot be told whether what is inside is seen."""
    span: Span = field(default_factory=lambda: Span(0))
    anchor: Span | None = None
    """Texts of the box by which positioned ones are placed."""
    after: Declarations | None = None
    """A box that a sheet puts behind the content."""
    cover: Cover | None = None
    link: tuple[str, int] | None = None
    is_coded: bool = False
    """Its picture is in the page, and may be of any shape."""
    overhang: Span | None = None
    """Texts in it that reach over what follows them."""
    shift: tuple[Span, Span] | None = None
    """Of the box around that does not stand where the flow puts it: its own texts, and those over which it may lie."""
    keeps_apart: bool | None = None
    """Whether the boxes of a grid stand beside each other, once that was asked."""
    is_lifted: bool = False
    """All of that box is painted after the flow around it."""

    def inherit(self, parent: Open) -> None:
        """Take what holds for all that stands in an element."""
        self.shift, self.is_lifted = parent.shift, parent.is_lifted
        self.overhang = parent.overhang


@dataclass
class Tail:
    """Text after an element belongs to its parent."""

    text: str | None
    parent: Open


@dataclass
class Layers:
    """Boxes in the order of painting, and those that may lie over others."""

    cascade: Cascade
    pieces: list[Piece]
    covers: list[Cover] = field(default_factory=list)
    order: int = 0
    has_low_lines: bool = False
    """Of a box that a sheet puts in, the line is lower than its letters."""

    def __post_init__(self) -> None:
        # With the place in the flow that a key stands for, so that it goes to no other.
        self._wide: dict[int, tuple[boxes.Cursor, float]] = {}

    def count(self) -> int:
        """The next place in the order of the file."""
        self.order += 1
        return self.order

    def stack(
        self, opened: Open, parent: Open, values: Declarations, tag: str, node: Any, shape: Shape
    ) -> None:
        """Where an element is painted, and whether it may lie over others."""
        place = self.count()
        in_row = parent.frame.is_row or "grid" in parent.display or "flex" in parent.display
        atom = in_row or opened.display.startswith("inline-") or tag in covers.REPLACED
        stacked = bool(values) and covers.is_stacked(values, in_row=in_row)
        opened.context = parent.context
        if stacked:
            opened.path = (*parent.context, (covers.order_of(values), 1, place))
            if covers.makes_context(values, in_row=in_row):
                opened.context = opened.path
        elif atom:
            opened.path = (*parent.path, (0.0, 0, place))
        else:
            opened.path = parent.path
        opened.ground = parent.ground
        if has_ground(values):
            opened.ground = opened.path if stacked or atom else (*opened.path, (0.0, 0, -1))
        opened.inherit(parent)
        if not values and tag not in covers.REPLACED:
            return
        in_line = opened.display in _IN_LINE or opened.doubt in _ANY_BOX
        self._reach(
            opened, values, in_line=in_line, above=atom or stacked, texts=None if tag == "q" else node.itertext(),
            letters=letters_beyond(opened.look) if tag == "q" else 0.0,
        )  # fmt: skip
        moves = shape is not NO_SHAPE and bool(
            shape.across or shape.down or any(shape.share) or shape.scale > 1.2
        )
        over = parent.overhang
        if (
            not moves
            and parent.shift is None
            and over is None
            and opened.doubt not in covers.FAR
            and covers.COVERING.isdisjoint(values)
        ):
            return
        held = "".join(node.itertext()) if values.get("position") in boxes.POSITIONED else ""
        still = in_row and values.get("position", "static") == "static" and not moves
        anchor = parent.span if still else parent.anchor
        font = opened.look.pixels
        if moves or covers.carries(values, font):
            opened.shift = (opened.span, covers.scope_of(values, font, opened.frame, anchor))
        opened.is_lifted |= stacked and opened.shift is not None
        self._cover(
            opened, anchor, values, tag, moves=moves, atom=atom or stacked, drawn=held[:_LOOKED_AT],
            inherits=parent.shift, over=over, apart="grid" in parent.display and self._keeps_apart(node, parent),
        )  # fmt: skip

    def _reach(
        self, opened: Open, values: Declarations, *, in_line: bool, above: bool, texts: Iterable[str] | None, letters: float = 0.0
    ) -> None:  # fmt: skip
        """Note what a box paints beside itself, over texts that are painted before it."""
        is_drawn = opened.out is None or opened.out in {IN_PLACE, NOTHING}
        if not (in_line or above) or not is_drawn or not opened.look.visible:
            return
        far = painted_beyond(values, opened.look, in_line=in_line)
        far = max(far, letters)
        if far:
            is_wide = texts is None or not in_line or not _CASTING.isdisjoint(values)
            text = "" if is_wide or texts is None else "".join(islice(texts, _LOOKED_AT))
            self.lie_over(opened, far, math.inf if is_wide else _wide(text, values, opened.look))

    def lie_over(self, opened: Open, far: float, wide: float) -> None:
        """Note that an element paints so many pixels over what stands beside it, unless all such ones in its lines are narrow."""
        if not far:
            return
        cursor = opened.frame.cursor
        wide += self._wide.get(id(cursor), (cursor, 0.0))[1]
        self._wide[id(cursor)] = (cursor, wide)
        if wide < _NARROW:
            return
        key, scope = (*opened.path, (9e9, 9, 0)), texts_under(far, len(self.pieces))
        self.covers.append(
            Cover(
                key, opened.span, scope, opened.frame, (), None, to_the_end=False, area=None, unknown=True,
            )
        )  # fmt: skip

    def _keeps_apart(self, node: Any, grid: Open) -> bool:
        """Whether the boxes of a grid stand beside each other."""
        if grid.keeps_apart is None:
            inside = [child for child in node.getparent() if isinstance(child.tag, str)]
            found = [
                computed(
                    self.cascade.declared(child, child.get("style", "")),
                    grid.look.variables,
                    grid.values,
                    self.cascade,
                )
                for child in inside
            ]
            grid.keeps_apart = not any(one.doubt for one in found) and grid_places.are_apart(
                grid.values, [one.values for one in found]
            )
        return grid.keeps_apart

    def _cover(
        self, opened: Open, anchor: Span | None, values: Declarations, tag: str, *, moves: bool, atom: bool,
        text: str | None = None, drawn: str = "", inherits: tuple[Span, Span] | None = None, over: Span | None = None,
        apart: bool = False,
    ) -> None:  # fmt: skip
        font = opened.look.pixels
        is_drawn = opened.out in {None, MASKED} or (
            tag in covers.REPLACED and opened.out in {IN_PLACE, NOTHING}
        )
        if not is_drawn or not opened.look.visible or opened.look.opacity < 0.1:
            return
        paints = opened.doubt in covers.PAINTING
        far = covers.hangs_out(values, font) or opened.doubt in covers.FAR
        own = covers.is_displaced(values, moves, atom=atom, font=font, apart=apart)
        lifted = atom or opened.is_lifted
        if not far and not own and not (lifted and (inherits or over)):
            return
        grounds = covers.grounds_of(values, tag, text or drawn)
        if paints or tag in covers.REPLACED:
            grounds = ()
        if grounds is None and not far:
            return
        key = (*opened.path, (9e9, 9, 0)) if far else opened.path
        edges = {side: values.get(side, "auto") for side in ("top", "bottom")}
        height = covers.height_of(values, font)
        both = (
            "auto" not in edges.values()
            or values.get("height") == "100%"
            or "100v" in values.get("height", "")
        )
        both |= tag in covers.REPLACED and height is None
        opened.cover = (
            Cover(
                key, opened.span, covers.scope_of(values, font, opened.frame, anchor), opened.frame, grounds or (),
                height, both and height is None, covers.area_of(values, font, opened.frame, text),
                unknown=far or paints or (moves and values.get("position") not in boxes.POSITIONED),
            )
        )  # fmt: skip
        if not far and not own and inherits:
            opened.cover = replace(opened.cover, own=inherits[0], scope=inherits[1], grounds=())
        elif not far and not own and over is not None:
            opened.cover = replace(opened.cover, scope=over, unknown=True)
        self.covers.append(opened.cover)

    def values_of(self, node: Any, opened: Open, name: str) -> Declarations | None:
        if name not in self.cascade.pseudo_elements:
            return None
        declared = self.cascade.declared(node, pseudo=name)
        if declared.values.get("content", "none") in {"none", "normal"}:
            return None
        found = computed(declared, opened.look.variables, opened.values, self.cascade)
        return found.values if found.values.get("display") != "none" else None

    @staticmethod
    def _push(opened: Open, frame: Frame, values: Declarations, look: Look, shape: Shape) -> None:
        """A box that a sheet puts into one that cuts pushes what follows it."""
        clips = opened.frame.clips
        reason = shape.doubt or why_pushed(
            values, opened.frame, look, values.get("display", "inline"), clips
        )
        if values.get("position", "static") in boxes.POSITIONED:
            return
        for clip in clips:
            clip.reason = clip.reason or reason
        text = _ESCAPED_BREAK.sub(
            "\n", " ".join(a or b for a, b in _STRING.findall(values.get("content", "")))
        )
        if text.strip():
            lines.write(frame, text, look)
        if frame.is_block:
            lines.close(frame, opened.frame, look)

    def add_parts(self, node: Any, opened: Open) -> None:
        """What the first letter, the first line or the sign of an element paints over others."""
        for name in _PARTS:
            values = self.cascade.declared(node, pseudo=name).values
            if values and name in self.cascade.pseudo_elements:
                look = with_values(opened.look, values, opened.look.variables)
                self.has_low_lines |= look.line_height < look.pixels
                far = max(painted_beyond(values, look, in_line=True), letters_beyond(look))
                self.lie_over(opened, far, look.pixels if name == "first-letter" else math.inf)

    def add_box(
        self, node: Any, opened: Open, name: str, values: Declarations | None = None
    ) -> None:
        """A box that a sheet puts before or behind the content of an element."""
        values = values if values is not None else self.values_of(node, opened, name)
        if values is None:
            return
        look = with_values(opened.look, values, opened.look.variables)
        self.has_low_lines |= look.line_height < look.pixels
        shape = shape_of(values, look.pixels)
        frame = framed(opened.frame, values, look, shape, values.get("display", "inline"))
        if opened.frame.clips:
            self._push(opened, frame, values, look, shape)
        box = Open(
            "", look, values, frame, span=Span(len(self.pieces), len(self.pieces)), out=shape.hidden
        )
        place = self.count()
        box.path = opened.path
        if covers.is_stacked(values, in_row=opened.frame.is_row):
            box.path = (*opened.context, (covers.order_of(values), 1, place))
        elif opened.frame.is_row or "-" in values.get("display", "inline"):
            box.path = (*opened.path, (0.0, 0, place))
        is_inline = values.get("display", "inline") == "inline"
        text = " ".join(a or b for a, b in _STRING.findall(values.get("content", "")))
        self._reach(
            box, values, in_line=is_inline, above=not is_inline, texts=[text],
            letters=letters_beyond(look) if text.strip() else 0.0,
        )  # fmt: skip
        moves = bool(shape.across or shape.down or any(shape.share))
        self._cover(box, opened.anchor, values, "", moves=moves, atom=True, text=text)
