"""Boxes that do not lie where the flow puts them: those with a position, and those that are shifted or turned."""

from __future__ import annotations

import math

from ..css.cascade import Declarations
from ..css.clipping import Shape
from ..css.values import length
from ..css.visibility import Look
from .boxes import HEIGHT, SLACK, WIDTH, Cursor, Frame, Room, edges, is_row, sized

FAR = 4_000.0
_FAR_AWAY = 1_000.0
FAR_LEFT = "CSS left far outside the page"


def positioned(parent: Frame, values: Declarations, look: Look, *, fixed: bool) -> Frame:
    anchor = None if fixed else parent.anchor
    base = anchor.border if anchor else (0.0, WIDTH)
    wide, font = base[1] - base[0], look.pixels
    tall = anchor.room.height if anchor else HEIGHT
    top, bottom = (sized(values, side, font, tall) for side in ("top", "bottom"))
    left, right = (sized(values, side, font, wide) for side in ("left", "right"))
    paddings = [p or 0.0 for p in edges(values, "padding", font, wide)]
    margins = [m or 0.0 for m in edges(values, "margin", font, wide)]
    width = sized(values, "width", font, wide)
    if width is not None and values.get("box-sizing") != "border-box":
        borders = [
            length(values.get(f"border-{side}-width", "0"), font) or 0.0
            for side in ("left", "right")
        ]
        width += paddings[1] + paddings[3] + sum(borders)
    x0, x1, is_sure = _across(base, left, right, width, parent)
    x0, x1 = (
        x0 + min(margins[3], 0.0) + max(margins[3], 0.0) * (left is not None),
        x1 - min(margins[1], 0.0),
    )
    start = anchor.top if anchor else Cursor()
    doubt = None if fixed or anchor is None else anchor.room.doubt
    if top is not None:
        place = Cursor(start.low + top + margins[0], start.high + top + margins[0])
    elif values.get("bottom", "").endswith("%") and anchor is not None:
        # It stands on the box by which it is placed, or above that.
        place = Cursor(start.low, start.high + FAR)
        if (length(values["bottom"], whole=1.0) or 0.0) > 0.5 and start.low < 0.5 * HEIGHT:
            doubt = doubt or "bottom"
    elif bottom is not None:
        place = Cursor(start.low, start.high + FAR)
        if bottom > 0.5 * HEIGHT or (bottom < -SLACK and fixed):
            doubt = doubt or "bottom"
    else:
        place = Cursor(parent.cursor.low + margins[0], parent.cursor.high + max(margins[0], 0.0))
    if place.low < -SLACK or (fixed and place.low > 0.6 * HEIGHT):
        doubt = doubt or "top"
    hidden = FAR_LEFT if x1 <= 0 or (left is not None and x0 < -_FAR_AWAY) else parent.room.hidden
    if x1 > WIDTH + SLACK and left is None and right is not None:
        doubt = doubt or "right"
    if fixed and x0 > WIDTH - 2 * SLACK:
        doubt = doubt or "left"
    tops = Cursor(place.low + paddings[0], place.high + paddings[0])
    cut = (-math.inf, math.inf) if fixed else (parent.room.cut_left, parent.room.cut_right)
    room = Room(
        x0 + paddings[3], max(x1 - paddings[1], x0 + paddings[3]), *cut,
        math.inf if fixed else parent.room.floor, is_sure, sized(values, "height", font, tall),
        doubt, hidden,
    )  # fmt: skip
    frame = Frame(room, (x0, x1), tops, Cursor(tops.low, tops.high), in_flow=False, fixed=fixed)
    frame.is_row = is_row(values.get("display", "block"), values)
    frame.anchor = anchor
    return frame


def _across(
    base: tuple[float, float],
    left: float | None,
    right: float | None,
    width: float | None,
    parent: Frame,
) -> tuple[float, float, bool]:
    if left is not None:
        x0 = base[0] + left
        if width is not None:
            return x0, x0 + width, True
        if right is not None:
            return x0, max(base[1] - right, x0), True
        return x0, max(base[1], x0 + 4 * SLACK), False
    if right is not None:
        x1 = base[1] - right
        return (x1 - width, x1, True) if width is not None else (min(base[0], x1), x1, False)
    x0 = parent.room.left
    return (
        (x0, x0 + width, parent.room.is_sure)
        if width is not None
        else (x0, parent.room.right, False)
    )


def shift(frame: Frame, values: Declarations, look: Look) -> None:
    left, right = (sized(values, side, look.pixels, frame.room.width) for side in ("left", "right"))
    top, bottom = (sized(values, side, look.pixels, None) for side in ("top", "bottom"))
    across = left if left is not None else -(right or 0.0)
    down = top if top is not None else -(bottom or 0.0)
    _displace(frame, across, down)


def _displace(frame: Frame, across: float, down: float) -> None:
    room = frame.room
    doubt = room.doubt
    if frame.top.low + down < -SLACK or down > FAR:
        doubt = doubt or "a place above the page"
    frame.room = room._replace(left=room.left + across, right=room.right + across, doubt=doubt)
    frame.border = (frame.border[0] + across, frame.border[1] + across)
    if down and frame.is_block:
        frame.down += down
        frame.top = Cursor(frame.top.low + down, frame.top.high + down)
        frame.cursor = Cursor(frame.cursor.low + down, frame.cursor.high + down)


def move(frame: Frame, shape: Shape) -> None:
    if shape.across or shape.down:
        _displace(frame, shape.across, shape.down)
    x, y = shape.share
    if x or y:
        room = frame.room
        doubt = room.doubt
        centred = room.left >= 0.3 * WIDTH or not room.is_sure or frame.border[0] >= 0.3 * WIDTH
        if (
            abs(x) > 0.55
            or (x < -0.05 and not centred)
            or not -1.0 <= y <= 1.0
            or (x > 0.05 and room.is_sure)
        ):
            doubt = doubt or "transform: translate"
        frame.room = room._replace(doubt=doubt)
