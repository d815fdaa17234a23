"""Boxes that stand beside each other: their columns, and whether those that are cut keep room for their texts."""

from __future__ import annotations

import math
import re

from .css import Declarations
from .css_declarations import UNKNOWN
from .css_looks import Look
from .css_values import length
from .page_boxes import SLACK, Frame, Room, sized


def column(parent: Frame, values: Declarations) -> Room:
    """The part of a row's room in which its next box stands."""
    room = parent.room
    if not parent.is_row or not parent.columns:
        return room
    start = values.get("grid-column-start", "auto")
    if start.isdigit() and 1 <= int(start) <= len(parent.columns) and "order" not in values:
        left, right = parent.columns[int(start) - 1]
        return room._replace(left=left, right=right)
    if any(values.get(name, "auto") not in {"auto", "0"} for name in _PLACED):
        parent.columns = []
        return room
    left, right = parent.columns[parent.placed % len(parent.columns)]
    parent.placed += 1
    return room._replace(left=left, right=right)


def columns_of(values: Declarations, room: Room) -> list[tuple[float, float]]:
    """Sides of the columns of a grid of plain tracks; none where they are not plain."""
    told = values.get("grid-template-columns", "none").split()
    sizes = [(length(w), w) for w in told]
    if (
        not told
        or len(told) > _MOST
        or any(s is None and not _FRACTION.fullmatch(w) for s, w in sizes)
    ):
        return []
    fixed = sum(size for size, _ in sizes if size is not None)
    shares = sum(float(word[:-2]) for size, word in sizes if size is None)
    gap = length(values.get("column-gap", "0")) or 0.0
    free = max(0.0, room.width - fixed - gap * (len(told) - 1))
    found, left = [], room.left
    for size, word in sizes:
        wide = size if size is not None else free * float(word[:-2]) / max(shares, 1.0)
        found.append((left, left + wide))
        left += wide + gap
    return found


_PLACED = ("grid-row-start", "grid-column-start", "order")
_MOST = 8
_FRACTION = re.compile(r"\d{1,3}(?:\.\d{1,3})?fr")


def claim(
    parent: Frame, frame: Frame, values: Declarations, look: Look, texts: range, wide: float
) -> None:
    """Note what a box takes of the row it stands in.

    Args:
        parent: the row.
        frame: the box.
        values: computed for it.
        look: inside it.
        texts: numbers of its texts.
        wide: pixels of its widest line that does not break.
    """
    if not parent.is_row or not frame.in_flow:
        return
    whole = parent.room.width
    told = [
        sized(values, name, look.pixels, whole) for name in ("width", "min-width", "flex-basis")
    ]
    if frame.is_cut:
        parent.shrinking += [texts.start, texts.stop]
        grows = (length(values.get("flex-grow", "0")) or 0.0) > 0
        known = [size for size in told if size is not None]
        if known and not grows and max(known) < max(wide, 3 * SLACK):
            parent.claimed = math.inf
    else:
        parent.claimed += max(
            [size for size in told if size is not None] + [wide if look.nowrap else 0.0]
        )


def why_shrunk(frame: Frame, values: Declarations) -> str | None:
    """Why the boxes of a row that are cut at their sides may be too narrow for their texts."""
    if not frame.shrinking:
        return None
    if frame.claimed > 0.5 * frame.room.width:
        return "overflow"
    tracks = values.get("grid-template-columns", "none")
    if tracks == UNKNOWN:
        return "grid-template-columns"
    return None if _are_roomy(tracks, frame.room.width) else "grid-template-columns"


def _are_roomy(tracks: str, whole: float) -> bool:
    shares: list[float] = []
    for word in re.findall(
        r"(?<![\w.-])(\d+\.?\d*|\.\d+)(fr|px|rem|em|%|)(?![\w.])",
        tracks.replace("repeat(", "repeat "),
    ):
        number_, unit = float(word[0]), word[1]
        if unit == "fr":
            shares.append(number_)
        elif (
            (unit == "%" and number_ * whole / 100 < 3 * SLACK)
            or (unit in {"px", "rem", "em"} and number_ * (1 if unit == "px" else 16) < 3 * SLACK)
            or (not unit and number_ == 0 and "minmax" not in tracks)
        ):
            return False
    return not shares or min(shares) * 8 >= max(shares)
