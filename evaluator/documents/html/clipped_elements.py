"""Elements in boxes that show no more than fits into them: what browsers give them there, and what they do to the text."""

from __future__ import annotations

from typing import Any

from ..css.cascade import Cascade, Declarations
from ..css.clipping import Shape
from . import boxes as boxes
from . import clips as clips
from . import lines as lines
from . import rows as rows
from .overlaps import REPLACED, Piece
from .presentational_hints import IN_PLACE, NOTHING
from .sizes import TABLE_DISPLAYS, cells_of, margins_of, sizes_of
from .stacking import Open

_GROWN = 1.02
_NO_MARGINS: Declarations = {}


def told_in(tag: str, node: Any, parent: Open, told: Declarations) -> Declarations:
    """What browsers give an element, with all that moves text in a box that cuts."""
    margins = margins_of(tag, parent.look.pixels) if parent.frame.is_measured else _NO_MARGINS
    display = TABLE_DISPLAYS.get(tag)
    if display is not None:
        return {"display": display, **sizes_of(tag, node), **cells_of(tag, node), **told}
    if tag == "table":
        told = {**sizes_of(tag, node), **told}
    return {**margins, **told} if margins else told


def set_cells(cascade: Cascade, node: Any, opened: Open) -> None:
    """The cells of a row of a table stand beside each other."""
    sizes: list[float | None] = []
    for cell in node:
        if cell.tag in {"td", "th"}:
            declared = cascade.declared(cell, cell.get("style", "")).values
            told = {**sizes_of(cell.tag, cell), **declared}
            sizes.append(boxes.sized(told, "width", opened.look.pixels, opened.frame.room.width))
    opened.frame.columns = rows.columns_of_cells(sizes, opened.frame.room) if sizes else []


def enter(opened: Open, parent: Open, shape: Shape, doubt: str | None) -> None:
    """Note what an element does to the text of the boxes that cut it."""
    frame, values = opened.frame, opened.values
    around = frame.clips[:-1] if frame.clip else frame.clips
    if not around:
        return
    font = opened.look.pixels
    reason = doubt or clips.why_pushed(values, parent.frame, opened.look, opened.display, around)
    if shape.scale > _GROWN and any(clip.is_limited for clip in around):
        reason = reason or "transform"
    opened.doubt = opened.doubt or clips.why_beyond(values, frame, parent.frame, font)
    is_moved = clips.moves(values, shape, font)
    for clip in around:
        clip.reason = clip.reason or reason
        if is_moved:
            clip.moved.append(opened.span)


def leave(opened: Open, parent: Open, pieces: list[Piece]) -> None:
    """What an element in a box that cuts takes of its room, and whether all text of such a box is in it."""
    frame, values = opened.frame, opened.values
    reason = rows.why_wide(frame, values, opened.look)
    if reason:
        for piece in pieces[opened.span.start :]:
            piece.doubt = piece.doubt or reason
    if frame.clip is not None:
        clips.settle(frame.clip, frame, opened.look, pieces, opened.span)
    if opened.tag in REPLACED or opened.tag == "hr":
        _leave_replaced(opened, parent)
    if frame.is_measured and not frame.is_block:
        frame.cursor.low += clips.raised_line(opened.tag, values) * opened.look.pixels
    rows.harden(parent.frame, frame, values, opened.look)
    if frame.is_atom and parent.look.nowrap:
        parent.frame.cursor.run += lines.outer_width(frame, parent.frame)


def _leave_replaced(opened: Open, parent: Open) -> None:
    """A picture or a control pushes what follows."""
    frame, tag = opened.frame, opened.tag
    is_gone = opened.outside not in {None, IN_PLACE, NOTHING} or opened.display == "none"
    if opened.values.get("position", "static") in boxes.POSITIONED or (
        is_gone and (tag != "svg" or opened.values.get("display") == "none")
    ):
        return
    wide = boxes.sized(opened.values, "width", opened.look.pixels, parent.frame.room.width)
    if parent.look.nowrap or parent.frame.is_row:
        parent.frame.cursor.run += wide or 0.0
        parent.frame.cursor.hard += (wide or 0.0) if not frame.is_block else 0.0
    if not parent.frame.is_measured:
        return
    high = clips.replaced_height(tag, opened.values, opened.look, is_known=not opened.is_coded)
    if high is not None:
        high += clips.around(opened.values, opened.look.pixels)
    if high is None:
        for clip in parent.frame.clips:
            clip.reason = clip.reason or "a picture of a height that is not told"
    elif frame.is_block:
        frame.cursor.low = max(frame.cursor.low, frame.top.low + high)
    else:
        parent.frame.cursor.low += high


def why_narrow(values: Declarations, display: str, parent: Open) -> str | None:
    """Why a box that does not ask its content for its size may have none."""
    kinds = values.get("container-type", "").split()
    if "size" in kinds and "height" not in values:
        return "container-type"
    if not {"size", "inline-size"} & set(kinds) or "width" in values:
        return None
    free = display.startswith("inline") or values.get("float", "none") != "none"
    free |= values.get("position", "static") in boxes.POSITIONED
    in_row = parent.frame.is_row and not parent.frame.is_grid and "flex-grow" not in values
    return "container-type" if free or in_row else None
