"""Texts in the boxes of a page: how far down they reach, and whether they end before what cuts them."""

from __future__ import annotations

import math
import re

from ..css.cascade import Declarations
from ..css.values import length
from ..css.visibility import Look
from . import rows as rows
from .boxes import SLACK, WIDTH, Frame, Room, Span
from .overlaps import Piece

_LETTER = 0.5
"""Width of a letter, of its type."""
_LOW, _HIGH = 0.85, 1.9
"""How much lower or higher than estimated a text may stand."""
_TALL = 48.0
"""Pixels from which a box in a line counts as one of its own."""
_TIGHT = 120.0
"""Pixels in which a long word may not fit."""


def lines_of(text: str, look: Look, room: Room) -> tuple[float, float]:
    """Lines that a text takes, and the pixels that it is wide when it does not wrap."""
    wide = len(text) * (_LETTER * look.pixels + look.spacing)
    return max(1.0, math.ceil(wide / max(room.width, look.pixels))), wide


def measured(text: str, look: Look, room: Room) -> tuple[float, float]:
    """Lines that a text takes word by word, and the pixels of its widest where it does not wrap, of all where it does."""
    rows = text.replace("\t", _TAB).split("\n") if look.preformatted else [text]
    widths = [_wide(row, look) for row in rows]
    if look.nowrap:
        return len(rows) - 1 + min(1.0, widths[-1] / max(room.width, 1.0)), max(widths)
    whole = max(room.width, look.pixels)
    return sum(_broken(row, look, whole) for row in rows), sum(widths)


def _wide(text: str, look: Look) -> float:
    large = len(_LARGE.findall(text))
    return len(text) * (_LETTER * look.pixels + look.spacing) + (
        0.3 * large * look.pixels + text.count(" ") * max(look.word_spacing, 0.0)
    )


def _broken(text: str, look: Look, whole: float) -> float:
    """Lines of a text, the last one in part."""
    lines, used = 0.0, 0.0
    for word in text.split():
        wide = _wide(f"{word} ", look)
        if used and used + wide > whole:
            lines, used = lines + 1, 0.0
        over, wide = divmod(wide, whole) if wide > whole else (0.0, wide)
        lines, used = lines + over, used + wide
    return lines + min(1.0, used / whole)


_TAB = " " * 8
_LARGE = re.compile(r"[A-Z@%MWmw\u2e80-\uffff]")


def write(frame: Frame, text: str, look: Look) -> tuple[float, float, float]:
    """Advance by a text: where it begins at the least and ends at the most, and how wide it is."""
    cursor = frame.cursor
    low, high = cursor.low, cursor.high
    if frame.clips and (frame.is_measured or look.nowrap):
        cursor.low = low = low + cursor.trail
        cursor.trail = 0.0
        whole, wide = measured(text, look, frame.room)
        lines = float(math.ceil(whole))
        cursor.add(whole * look.line_height, _HIGH * lines * look.line_height)
    else:
        lines, wide = lines_of(text, look, frame.room)
        # Runs of one line follow each other: only what fills a line moves the next one down for sure.
        whole = (lines - 1) + min(1.0, wide / max(frame.room.width, 1.0))
        cursor.add(_LOW * whole * look.line_height, _HIGH * lines * look.line_height)
    cursor.lines += whole
    cursor.wide += wide
    if look.nowrap:
        cursor.run += wide
        wide = cursor.run
        cursor.hard = max(cursor.hard, wide)
    return low, high + _HIGH * lines * look.line_height, wide


def end_line(frame: Frame, look: Look, *, is_told: bool = False) -> None:
    """What follows begins on a line of its own.

    Args:
        frame: whose line ends.
        look: of the line.
        is_told: by the page itself, so that a line without text counts too.
    """
    cursor = frame.cursor
    whole = math.ceil(cursor.lines)
    if whole != cursor.lines:
        share = 1.0 if frame.is_measured else _LOW
        cursor.low += share * (whole - cursor.lines) * look.line_height
        cursor.lines = whole
        cursor.is_broken = is_told
    elif is_told and frame.is_measured:
        cursor.low += look.line_height if cursor.is_broken else 0.0
        cursor.is_broken = True
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
        if frame.anchor is not frame:
            parent.cursor.floats = max(parent.cursor.floats, frame.cursor.least)
            parent.cursor.wide = max(parent.cursor.wide, frame.cursor.wide)
        return
    low, high = frame.cursor.least, frame.cursor.high
    if frame.least:
        low = max(low, frame.top.low + frame.least)
    if frame.room.height is not None:
        low = frame.top.low + frame.room.height
        high = max(high, frame.top.high + frame.room.height)
    elif frame.limit is not None:
        low = min(low, frame.top.low + frame.limit)
    low, high = low - frame.down, high - frame.down
    parent.cursor.wide = max(parent.cursor.wide, frame.cursor.wide)
    if parent.is_measured:
        _close_measured(frame, parent, low + frame.foot)
        parent.cursor.high = max(parent.cursor.high, high + frame.below)
        return
    if parent.is_row:
        parent.cursor.row = max(parent.cursor.row, low)
        parent.cursor.high = max(parent.cursor.high, high + frame.below)
    else:
        parent.cursor.low = max(parent.cursor.low, low)
        parent.cursor.high = max(parent.cursor.high, high + frame.below)
    parent.cursor.lines = math.ceil(parent.cursor.lines) + frame.cursor.lines


def _close_measured(frame: Frame, parent: Frame, low: float) -> None:
    """End a box in one whose content is added up."""
    cursor = parent.cursor
    start = frame.top.low - frame.head - frame.down
    if parent.is_row:
        cursor.low = max(cursor.low, parent.top.low)
        rows.stand(parent, outer_width(frame, parent), low + frame.tail - start)
    elif frame.is_atom:
        share = min(1.0, outer_width(frame, parent) / max(parent.room.width, 1.0))
        high = low + frame.tail - cursor.low
        cursor.low += high if high > _TALL else high * share
        cursor.lines += 0.0 if high > _TALL else share
        cursor.trail = 0.0
    else:
        cursor.low = max(cursor.low, low) + parent.gap
        follows = frame.room.height is None and not frame.foot
        cursor.trail = max(frame.tail, frame.cursor.trail if follows else 0.0)
    if not frame.is_atom:
        cursor.lines = math.ceil(cursor.lines) + frame.cursor.lines


def outer_width(frame: Frame, parent: Frame) -> float:
    """Pixels that a box takes of a row or of a line."""
    wide = frame.border[1] - frame.border[0]
    if frame.is_wide:
        return wide
    return min(wide, frame.cursor.wide + max(wide - frame.room.width, 0.0))


def overhangs(frame: Frame, values: Declarations, look: Look) -> bool:
    """Whether the text of a box reaches over what follows it."""
    if not frame.in_flow or not frame.is_block or frame.limit is not None or not frame.cursor.wide:
        return False
    if (length(values.get("margin-bottom", "0"), look.pixels) or 0.0) < -SLACK:
        return True
    high = frame.room.height if frame.room.height is not None else frame.bound
    return high is not None and (
        max(end_of(frame, look), frame.cursor.floats) - frame.top.low
        > high + 0.5 * look.line_height
    )


def settle_overhangs(found: list[tuple[Span, Frame]], pieces: list[Piece]) -> None:
    """Mark texts that reach out of their boxes where others follow: they lie on each other."""
    last = max(
        (i for i, piece in enumerate(pieces) if piece.text.strip() and not piece.why), default=-1
    )
    for span, frame in found:
        floor = frame.top.low + (frame.room.height or frame.bound or 0.0)
        for piece in pieces[span.start : span.end] if last >= span.end else ():
            if piece.high > floor:
                piece.doubt = piece.doubt or "overflow"


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
