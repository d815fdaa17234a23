"""Texts in the boxes of a page: how far down they reach, and whether they end before what cuts them."""

from __future__ import annotations

import math

from .css_looks import Look
from .page_boxes import SLACK, WIDTH, Frame, Room

_LETTER = 0.5
"""Width of a letter, of its type."""
_LOW, _HIGH = 0.85, 1.9
"""How much lower or higher than estimated a text may stand."""
_TIGHT = 120.0
"""Pixels in which a long word may not fit."""


def lines_of(text: str, look: Look, room: Room) -> tuple[float, float]:
    """Lines that a text takes, and the pixels that it is wide when it does not wrap."""
    wide = len(text) * (_LETTER * look.pixels + look.spacing)
    return max(1.0, math.ceil(wide / max(room.width, look.pixels))), wide


def write(frame: Frame, text: str, look: Look) -> tuple[float, float, float]:
    """Advance by a text: where it begins at the least and ends at the most, and how wide it is."""
    lines, wide = lines_of(text, look, frame.room)
    cursor = frame.cursor
    low, high = cursor.low, cursor.high
    # Runs of one line follow each other: only what fills a line moves the next one down for sure.
    whole = (lines - 1) + min(1.0, wide / max(frame.room.width, 1.0))
    cursor.add(_LOW * whole * look.line_height, _HIGH * lines * look.line_height)
    cursor.lines += whole
    if look.nowrap:
        cursor.run += wide
        wide = cursor.run
    return low, high + _HIGH * lines * look.line_height, wide


def end_line(frame: Frame, look: Look) -> None:
    """What follows begins on a line of its own."""
    cursor = frame.cursor
    whole = math.ceil(cursor.lines)
    if whole != cursor.lines:
        cursor.low += _LOW * (whole - cursor.lines) * look.line_height
        cursor.lines = whole
    cursor.run = 0.0


def end_of(frame: Frame, look: Look) -> float:
    """The least that the last line of a box reaches down to."""
    cursor = frame.cursor
    rest = math.ceil(cursor.lines) - cursor.lines
    return max(cursor.low + _LOW * rest * look.line_height, cursor.row)


def why_outside(room: Room, look: Look, wide: float, *, row: bool = False) -> str | None:
    """Why a text in a room cannot be seen for sure, by the sides of the page and of boxes that cut."""
    if room.hidden:
        return room.hidden
    if (room.right < SLACK and room.left < -SLACK) or room.left >= room.cut_right - look.pixels:
        return "CSS that moves text out of the page"
    return None


def why_near_edge(room: Room, look: Look, wide: float, low: float) -> str | None:
    """Why it cannot be told whether a text lies inside the page and the boxes that cut it."""
    if room.doubt:
        return room.doubt
    lines = max(1.0, wide / max(room.width, 1.0)) if not look.nowrap else 1.0
    if low + _LOW * lines * look.line_height > room.floor + 0.5 * look.line_height:
        return "overflow"
    end = room.left + wide if look.nowrap else min(room.right, room.left + wide)
    if look.leftwards and (room.width < _TIGHT or (look.nowrap and wide > room.width)):
        return "direction"
    if room.left < -SLACK or room.left < room.cut_left - SLACK or room.left > WIDTH - SLACK:
        return "a place outside the page"
    if end > room.cut_right + SLACK or (room.right > room.cut_right + 4 * SLACK and room.is_sure):
        return "overflow"
    return None


def close(frame: Frame, parent: Frame, look: Look) -> None:
    """End a box: what follows stands below it, or beside it."""
    if not frame.is_block:
        return
    end_line(frame, look)
    if not frame.in_flow:
        return
    low, high = frame.cursor.least, frame.cursor.high
    if frame.room.height is not None:
        low = frame.top.low + frame.room.height
        high = max(high, frame.top.high + frame.room.height)
    elif frame.limit is not None:
        low = min(low, frame.top.low + frame.limit)
    if parent.is_row:
        parent.cursor.row = max(parent.cursor.row, low)
        parent.cursor.high = max(parent.cursor.high, high + frame.below)
    else:
        parent.cursor.low = max(parent.cursor.low, low)
        parent.cursor.high = max(parent.cursor.high, high + frame.below)
    parent.cursor.lines = math.ceil(parent.cursor.lines) + frame.cursor.lines


def why_overfull(frame: Frame, look: Look) -> str | None:
    """Why some of a box's content may be cut at its lower end."""
    if (
        frame.limit is not None
        and end_of(frame, look) - frame.top.low > frame.limit + 0.3 * look.line_height
    ):
        return "overflow"
    if frame.clamp is not None and math.ceil(frame.cursor.lines) > frame.clamp:
        return "-webkit-line-clamp"
    return None
