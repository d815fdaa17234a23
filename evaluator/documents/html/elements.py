"""What single elements do to what stands in them: whether it is painted at all, on which ground and beside what."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ..css.cascade import Cascade, Declarations
from ..css.clipping import Shape
from ..css.computed import computed
from ..css.containers import Container
from ..css.visibility import Look, why_doubtful, why_unseen, with_values
from ..draft import Hidden
from ..paint import Colour
from . import boxes as boxes
from . import insets as insets
from . import lines as lines
from .boxes import Frame
from .overlaps import Piece
from .presentational_hints import (
    BLOCK_DISPLAYS,
    IN_PLACE,
    NO_TEXT,
    NOT_CONTENT,
    NOTHING,
    why_tag_hides,
)
from .presentational_hints import (
    why_closed as why_details_closed,
)
from .result import FEW, FOR_THE_EAR, SPACE
from .stacking import Open

_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]*>|\[(?:if|endif)[^\]]*\]")
_BY_HEIGHT = re.compile(r"\d[sld]?v(?:h|b|min|max)\b", re.I)
_CUT_FOR_THE_EAR = frozenset(["CSS clip", "CSS clip-path", "CSS overflow of a box of no size"])


def why_closed(node: Any, opened: dict[str, Any]) -> str | None:
    """The reason why only the summary of an element is painted, which may be that another of its name is open.

    Args:
        node: the element.
        opened: the first that is open, of each name; added to.
    """
    if node.tag != "details":
        return None
    name = node.get("name")
    if name and "open" in node.attrib and opened.setdefault(name, node) is not node:
        return "a closed box of details"
    return why_details_closed(node)


def contain(cascade: Cascade, node: Any, values: Declarations, look: Look, frame: Frame) -> None:
    """Note a box that may be asked for its width; a wider window makes it no narrower, and a bar beside the page may."""
    if not {"size", "inline-size"} & set(values["container-type"].split()):
        return
    names = frozenset(values.get("container-name", "none").split()) - {"none"}
    wide = frame.room.width
    share = 1.0 if wide > 0.5 * boxes.WIDTH else wide / boxes.WIDTH
    widths = (wide - boxes.BAR, wide, wide + share * boxes.WIDER) if frame.room.is_sure else ()
    cascade.containers[node] = Container(names, widths, look.pixels)


def on_its_ground(
    canvas: tuple[Colour, ...], parent: Open, values: Declarations, look: Look, frame: Frame
) -> Look:
    """The look of text whose box does not lie where it stands in the file."""
    if not values or ("background-color" in values and look.grounds != parent.look.grounds):
        return look
    position = values.get("position", "static")
    if position in boxes.POSITIONED:
        anchor = parent.frame.anchor if position == "absolute" else None
        own = anchor.grounds if anchor else canvas
        hangs = anchor is not None and boxes.hangs(values, look.pixels)
        return look.but(grounds=tuple(dict.fromkeys((*own, *canvas))) if hangs else own)
    if boxes.hangs(values, look.pixels) and look.grounds != canvas:
        return look.but(grounds=tuple(dict.fromkeys((*look.grounds, *canvas))))
    return look


def why_out(node: Any, values: Declarations, shape: Shape, frame: Frame) -> str | None:
    """The reason why nothing of an element is painted."""
    if node.tag in NOT_CONTENT and node.tag not in insets.TAGS:
        return NOTHING if node.tag in NO_TEXT else IN_PLACE
    if values.get("display") in {"none", "table-column", "table-column-group"}:
        return "CSS display: none"
    if values.get("content-visibility") == "hidden":
        return "CSS display: none"
    reason = why_tag_hides(node.tag) or shape.hidden or frame.room.hidden
    if reason in _CUT_FOR_THE_EAR and values.get("position") == "absolute":
        return FOR_THE_EAR
    return reason


def why_size(cascade: Cascade, node: Any, values: Declarations) -> str | None:
    """Whether columns of a table may be folded away, or type shrinks with the window's height."""
    if _BY_HEIGHT.search(values.get("font-size", "")):
        return "type as large as a part of the window's height"
    if node.tag != "table":
        return None
    for column in node.iter("col", "colgroup"):
        declared = cascade.declared(column, column.get("style", ""))
        found = computed(declared, {}, {}, cascade)
        if found.doubt or found.values.get("visibility", "visible") != "visible":
            return "columns that are folded away"
    return None


def why_first_line(cascade: Cascade, node: Any, look: Look, values: Declarations) -> str | None:
    if "first-line" not in cascade.pseudo_elements:
        return None
    declared = cascade.declared(node, pseudo="first-line")
    if not declared.values:
        return None
    found = computed(declared, look.variables, values, cascade)
    first = with_values(look, found.values, found.variables)
    unseen = why_unseen(first) or why_doubtful(first, cascade)
    return found.doubt or ("::first-line" if unseen else None)


def mark_beyond_ground(opened: Open, parent: Open, inside: list[Piece]) -> None:
    """Text that goes on below the box that is its ground."""
    frame, limit = opened.frame, opened.frame.ground_limit or 0.0
    if lines.end_of(frame, opened.look) - frame.top.low <= limit + 0.5 * opened.look.line_height:
        return
    for piece in inside:
        look = piece.look.but(grounds=parent.look.grounds)
        if why_unseen(look):
            piece.doubt = piece.doubt or "a background that ends before its text"


def lays_out(opened: Open) -> bool:
    """Whether an element arranges its boxes otherwise than one below the other."""
    return opened.frame.is_row or "flex" in opened.display or "grid" in opened.display


def kept(told: Declarations, declared: Declarations, found: Declarations) -> Declarations:
    """Values of the browser's own sheet, less those for which a page takes what is around."""
    return {
        name: value
        for name, value in told.items()
        if name in found or declared.get(name, "revert").startswith("revert")
    }


def direction_of(display: str, values: Declarations) -> str:
    if "flex" in display:
        return "block" if values.get("flex-direction", "").startswith("column") else "flex"
    return "block" if display in BLOCK_DISPLAYS else "inline"


def sentences_in(node: Any) -> list[Hidden]:
    """Comments in an element that say something: conditions and marks of builds are everywhere, sentences are not."""
    told = [SPACE.sub(" ", comment.text or "").strip() for comment in node.iter(etree.Comment)]
    return [
        Hidden("an HTML comment", text)
        for text in told
        if len(_WORD.findall(_MARKUP.sub(" ", text))) >= FEW
    ]
