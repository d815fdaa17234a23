"""A page read element by element: what is understood to be seen, what is understood not to be, and the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from ...errors import DocumentError, Unreadable
from ..css.cascade import Cascade, Declarations
from ..css.clipping import Shape, shape_of
from ..css.computed import Computed, computed
from ..css.declarations import UNKNOWN
from ..css.visibility import (
    Look,
    has_ground,
    on_strips,
    strips_of,
    why_doubtful,
    why_unseen,
    with_values,
)
from ..draft import ITEM, MAX_CHARACTERS, Hidden
from . import boxes as boxes
from . import clipped_elements as inner
from . import elements as elements
from . import insets as insets
from . import lines as lines
from . import overlaps as covers
from . import reach as reach
from . import rows as rows
from .boxes import Frame, Span
from .flow import framed, plain
from .overlaps import Piece
from .presentational_hints import (  # fmt: skip
    BLOCK_DISPLAYS,
    BLOCKS,
    NO_TEXT,
    PLAIN,
    UNPAINTED,
    hints,
    is_summary,
    shadow_hosts,
    why_element_is_doubtful,
)
from .result import SPACE
from .stacking import Layers, Open, Tail


@dataclass
class PageWalker:
    """Walks a page once.

    Args:
        cascade: of its sheets.
        doubt: why nothing of it can be verified.
    """

    cascade: Cascade
    doubt: str | None
    parts: list[str | Piece] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)
    """Targets with the first and the last part of their labels."""
    comments: list[Hidden] = field(default_factory=list)
    printed: list[bool] = field(default_factory=list)  # whether each text is seen on paper
    characters: int = 0
    canvas: tuple[tuple[int, int, int], ...] = ((255, 255, 255),)
    is_viewport_cut: bool = False
    unusual: str = ""  # the first thing met that ordinary simple pages have not

    def __post_init__(self) -> None:
        self.layers = Layers(self.cascade, self.pieces)
        self._unions: dict[tuple[Any, ...], tuple[Declarations, Declarations]] = {}
        # With what a key's numbers stand for, so that none of it goes and its number to another.
        self._looks: dict[tuple[int, int, int], tuple[Look, Shape, Any, Any, Any]] = {}
        self._doubtful: dict[int, tuple[str | None, Look]] = {}
        self.overhangs: list[tuple[Span, Frame]] = []
        self._details: dict[str, Any] = {}
        self.hosts = shadow_hosts(self.cascade.page.root)

    def walk(self) -> None:
        """Depth first without recursion: pages nest as deep as their authors like."""
        unknown = dict.fromkeys(self.cascade.registered, UNKNOWN)
        start = Open("", Look(variables=unknown), {}, Frame(), doubt=self.doubt)
        todo: list[tuple[Any, Open, bool]] = [(self.cascade.page.root, start, False)]
        while todo:
            node, opened, closing = todo.pop()
            if closing:
                self._close(node, opened)
            elif not isinstance(node.tag, str) or node.tag in UNPAINTED:
                self._pass_over(node, opened)
            else:
                inside = self._open(node, opened)
                todo.append((Tail(node.tail, opened), inside, True))
                if node.tag in insets.TAGS:
                    self._inset(node, inside)
                    continue
                if node.text:
                    self._text(node.text, inside)
                todo += [(child, inside, False) for child in reversed(node)]
        if self.is_viewport_cut:
            for piece in self.pieces:
                if piece.low > 0.9 * boxes.HEIGHT:
                    piece.doubt = piece.doubt or "overflow"
        covers.settle(self.layers.covers, self.pieces)
        lines.settle_overhangs(self.overhangs, self.pieces)

    def _pass_over(self, node: Any, parent: Open) -> None:
        self.comments += elements.sentences_in(node)
        if node.tail:
            self._text(node.tail, parent)

    def _open(self, node: Any, parent: Open) -> Open:
        tag, cascade = node.tag, self.cascade
        declared = cascade.declared(node, node.get("style", ""))
        told = hints(tag, node)
        if parent.frame.clips:
            told = inner.told_in(tag, node, parent, told)
        if tag in PLAIN and not told and not declared.values and not elements.lays_out(parent):
            return self._open_plain(node, parent, tag)
        outer = parent.values
        if declared.values.get("display") == "inherit":
            outer = {"display": parent.display, **outer}
        found = computed(declared, parent.look.variables, outer, cascade)
        values, display = self._laid_out(tag, told, declared.values, found.values)
        look, shape = self._look(parent, values, found, is_root=tag == "html")
        box = values.get("display", "inline") if tag == "svg" else display
        frame = framed(parent.frame, values, look, shape, box)
        look = elements.on_its_ground(self.canvas, parent, values, look, frame)
        frame.grounds = look.grounds
        if "container-type" in values:
            elements.contain(self.cascade, node, values, look, frame)
        if has_ground(values):
            look = look.but(
                strips=strips_of(
                    values, *((0.0, boxes.WIDTH) if tag in {"html", "body"} else frame.border)
                ),
            )
        outside = parent.outside if is_summary(node) else parent.out
        out = outside or elements.why_out(node, values, shape, frame)
        own = found.doubt or shape.doubt or cascade.doubts.get(node)
        doubt = (
            parent.doubt or own or self._why_doubtful_element(node, parent, values, look, display)
        )
        opened = Open(
            tag, look, values, frame, display=display, direction=elements.direction_of(display, values),
            out=out or elements.why_closed(node, self._details), outside=out, doubt=doubt, span=Span(len(self.pieces)), anchor=parent.anchor,
            is_coded=tag in covers.REPLACED and "data:" in (node.get("src") or ""),
        )  # fmt: skip
        if frame.clips and values:
            self._cut(opened, parent, node, shape, own)
        self.layers.stack(opened, parent, values, tag, node, shape)
        if values.get("position", "static") != "static":
            opened.anchor = opened.span
        if tag in {"html", "body"}:
            self._root(opened, values)
        self._begin(opened, parent, tag)
        if out is None and tag not in insets.TAGS:
            self._mark(node, opened)
        return opened

    def _inset(self, node: Any, opened: Open) -> None:
        """What an element shows in a box of its own, which no sheet puts anything in."""
        self.comments += elements.sentences_in(node)
        found = insets.pieces_of(node, opened, self.cascade, self.layers.count())
        for number, piece in enumerate(found):
            self.parts += ["\n" if number else " ", piece]
            self.pieces.append(piece)
        self.parts.append(" ")
        if any(piece.why is None for piece in found):
            self.unusual = self.unusual or "texts in boxes of their own"

    def _laid_out(
        self, tag: str, told: Declarations, declared: Declarations, found: Declarations
    ) -> tuple[Declarations, str]:
        """Values of an element with the browser's own, and how its box is laid out."""
        if told and not told.keys().isdisjoint(declared):
            told = elements.kept(told, declared, found)
        values = self._united(told, found) if told else found
        display = values.get("display", "block" if tag in BLOCKS else "inline")
        if tag in {"td", "th"} and not _CUTTING.isdisjoint(values):
            display = "table-cell"
        if tag in NO_TEXT:
            return values, "none"
        if display == "contents":
            values = {k: v for k, v in values.items() if k in _KEPT_BY_CONTENTS}
        return values, display

    def _why_doubtful_element(
        self, node: Any, parent: Open, values: Declarations, look: Look, display: str
    ) -> str | None:
        reason = why_element_is_doubtful(node, self.hosts)
        reason = reason or elements.why_size(self.cascade, node, values)
        reason = reason or elements.why_first_line(self.cascade, node, look, values)
        if not _WIDE.isdisjoint(values):
            reason = reason or rows.why_before_start(
                parent.frame, parent.values, values, look, display
            )
        return reason or inner.why_narrow(values, display, parent)

    def _cut(self, opened: Open, parent: Open, node: Any, shape: Shape, doubt: str | None) -> None:
        """Note what an element is to the boxes that cut it, and to the text in it if it cuts itself."""
        if parent.frame.clips:
            inner.enter(opened, parent, shape, doubt)
            if opened.tag == "tr":
                inner.set_cells(self.cascade, node, opened)
        clip = opened.frame.clip
        if clip is not None and self.cascade.page.quirks and "%" in opened.values.get("height", ""):
            clip.reason = clip.reason or "height"

    def _open_plain(self, node: Any, parent: Open, tag: str) -> Open:
        """An element of which nothing is said: it looks as the one around it."""
        display = "block" if tag in BLOCKS else "inline"
        look, out = parent.look, parent.out
        frame = plain(parent.frame, display)
        frame.grounds = look.grounds
        doubt = parent.doubt or self.cascade.doubts.get(node)
        doubt = doubt or why_element_is_doubtful(node, self.hosts)
        doubt = doubt or elements.why_first_line(self.cascade, node, look, {})
        opened = Open(
            tag, look, {}, frame, parent.context, parent.path, parent.ground, display, display, out or frame.room.hidden,
            out or frame.room.hidden, doubt, Span(len(self.pieces)), parent.anchor,
        )  # fmt: skip
        opened.inherit(parent)
        self._begin(opened, parent, tag)
        if opened.out is None:
            self._mark(node, opened)
        return opened

    def _mark(self, node: Any, opened: Open) -> None:
        """Note signs of a list, links and boxes that a sheet puts around the content."""
        tag, is_known = opened.tag, opened.out is None and opened.doubt is None
        if tag in {"li", "a"} and is_known and opened.look.unseen is None:
            if tag == "li":
                self.parts.append(ITEM)
            elif node.get("href"):
                opened.link = (node.get("href"), len(self.parts))
        if self.cascade.pseudo_elements.isdisjoint(_BOXES):
            return
        self.layers.add_parts(node, opened)
        self.layers.add_box(node, opened, "before")
        opened.after = self.layers.values_of(node, opened, "after")

    def _united(self, told: Declarations, values: Declarations) -> Declarations:
        """Values with those of the browser's own sheet; the same object for the same pair."""
        key = (*told.items(), id(values))
        known = self._unions.get(key)
        if known is None:
            known = self._unions[key] = (told | values, values)
        return known[0]

    def _look(
        self, parent: Open, values: Declarations, found: Computed, *, is_root: bool
    ) -> tuple[Look, Shape]:
        key = (id(parent.look), id(values), id(found.variables))
        known = self._looks.get(key)
        if known is not None:
            return known[0], known[1]
        look = with_values(parent.look, values, found.variables, is_root=is_root)
        shape = shape_of(values, look.pixels)
        if shape.scale != 1.0:
            look = look.but(scale=look.scale * shape.scale)
        if look.line_height < look.pixels:
            self.unusual = self.unusual or LOW_LINES
        self._looks[key] = (look, shape, parent.look, values, found.variables)
        return look, shape

    def _root(self, opened: Open, values: Declarations) -> None:
        """The page's own element and its body paint the canvas and decide what is scrolled."""
        if opened.tag == "html" and "font-size" in values:
            self.cascade.set_root_font(opened.look.pixels)
        if "background-color" in values:
            self.canvas = opened.look.grounds
            opened.ground = ()
        self.is_viewport_cut |= values.get("overflow-y") in {"hidden", "clip"}
        opened.frame.limit = None
        opened.frame.room = opened.frame.room._replace(floor=math.inf)

    def _begin(self, opened: Open, parent: Open, tag: str) -> None:
        if opened.display in BLOCK_DISPLAYS and tag not in {"td", "th"}:
            self._break(parent)
            if not parent.frame.is_row:
                lines.end_line(parent.frame, parent.look)
        elif tag in {"td", "th"} or "flex" in parent.direction:
            self.parts.append("\t")
        if tag == "br":
            lines.end_line(parent.frame, parent.look, is_told=True)

    def _break(self, parent: Open) -> None:
        self.parts.append("\t" if parent.direction == "flex" else "\n")

    def _close(self, tail: Tail, opened: Open) -> None:
        if opened.after is not None:
            self.layers.add_box(None, opened, "after", opened.after)
        opened.span.end = len(self.pieces)
        frame, start = opened.frame, opened.span.start
        if opened.cover is not None:
            covers.fit(opened.cover, opened.values, opened.look.pixels, self.pieces[start:])
        if tail.parent.frame.is_row or frame.shrinking:
            self._claim(opened, tail.parent, self.pieces[start:])
        reason = lines.why_overfull(frame, opened.look)
        reason = reason or reach.why_beyond(tail.parent.frame, opened, self.pieces[start:])
        if reason:
            self._doubt(start, opened.span.end, reason)
        elif frame.ground_limit is not None:
            elements.mark_beyond_ground(opened, tail.parent, self.pieces[start:])
        if frame.clips:
            inner.leave(opened, tail.parent, self.pieces)
        self._hang_over(opened, tail.parent)
        lines.close(opened.frame, tail.parent.frame, opened.look)
        if opened.display != "inline" and opened.tag not in {"td", "th"}:
            self._break(tail.parent)
        if opened.link:
            target, start = opened.link
            self.links.append((target, start, len(self.parts)))
        if tail.text:
            self._text(tail.text, tail.parent)

    def _hang_over(self, opened: Open, parent: Open) -> None:
        """Note texts that reach out of their box over what follows."""
        if opened.overhang is not None and opened.frame.limit is None:
            parent.overhang = opened.overhang
        if opened.tag in {"html", "body"}:
            return
        if lines.overhangs(opened.frame, opened.values, opened.look):
            first = opened.overhang or opened.span
            parent.overhang = Span(first.start, opened.span.end)
            self.overhangs.append((opened.span, opened.frame))

    def _claim(self, opened: Open, parent: Open, inside: list[Piece]) -> None:
        """What a box takes of a row's width, and at the row's end whether too little is left."""
        widest = max([piece.wide for piece in inside if piece.look.nowrap], default=0.0)
        texts = range(opened.span.start, opened.span.end)
        rows.claim(parent.frame, opened.frame, opened.values, opened.look, texts, widest)
        reason = rows.why_shrunk(opened.frame, opened.values)
        places = opened.frame.shrinking
        for start, end in zip(places[::2], places[1::2], strict=True) if reason else ():
            self._doubt(start, end, reason)

    def _doubt(self, start: int, end: int, reason: str | None) -> None:
        for piece in self.pieces[start:end]:
            piece.doubt = piece.doubt or reason

    def _text(self, text: str, opened: Open) -> None:
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            message = f"The page has more than {MAX_CHARACTERS:,} characters."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        look, room = opened.look, opened.frame.room
        if text.isspace() and not look.preformatted:
            self._blank(opened)
            return
        told = SPACE.sub(" ", text)
        low, high, wide = 0.0, 0.0, 0.0
        if told.strip() and opened.out is None:
            low, high, wide = lines.write(opened.frame, text if look.preformatted else told, look)
        look = on_strips(look, room.left, min(room.right, room.left + wide))
        why = opened.out or why_unseen(look) or lines.why_outside(room, look, wide)
        doubt = None
        if why is None:
            doubt = (
                opened.doubt
                or self._why_doubtful(look)
                or lines.why_near_edge(room, look, wide, low)
            )
            if low < opened.frame.raised and why_unseen(look.but(grounds=self.canvas)):
                doubt = doubt or "a background that it may not lie on"
        place = self.layers.count()
        piece = Piece(
            text if look.preformatted else told, (*opened.path, (0.0, 0, place)), look, room.left, room.right,
            low, high, wide, why, doubt, preformatted=look.preformatted, ground=opened.ground,
        )  # fmt: skip
        self.layers.lie_over(opened, reach.letters_beyond(look) if why is None else 0.0, wide)
        self.pieces.append(piece)
        self.parts.append(piece)

    def _why_doubtful(self, look: Look) -> str | None:
        known = self._doubtful.get(id(look))
        if known is None:
            known = self._doubtful[id(look)] = (why_doubtful(look, self.cascade), look)
        return known[0]

    def _blank(self, opened: Open) -> None:
        """What stands between elements: it fills nothing and lies nowhere."""
        why = opened.out or opened.look.unseen
        piece = Piece(" ", (), opened.look, 0.0, 0.0, 0.0, 0.0, 0.0, why, opened.doubt)
        self.pieces.append(piece)
        self.parts.append(piece)


LOW_LINES = "lines lower than their letters"
_CUTTING = frozenset(["overflow-x", "overflow-y", "contain"])
_BOXES = frozenset(["before", "after", "first-letter", "first-line", "marker"])
_WIDE = frozenset(["width", "min-width", "flex-basis", "grid-template-columns"])
_KEPT_BY_CONTENTS = frozenset(
    "color -webkit-text-fill-color visibility font-size line-height letter-spacing word-spacing font-family white-space "
    "color-scheme display".split()
)
"""Of an element without a box of its own."""
