"""Boxes that stand beside each other: their columns, and whether those that are cut keep room for their texts."""

from __future__ import annotations

import math
import re
from typing import Any

import tinycss2

from ..css.amounts import nodes_of
from ..css.cascade import Declarations
from ..css.conditions import parts_at_commas
from ..css.declarations import UNKNOWN
from ..css.values import length
from ..css.visibility import Look
from .boxes import POSITIONED, SLACK, Frame, Room, sized


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


def set_rows(frame: Frame, values: Declarations, look: Look, display: str) -> None:
    """Note how a box arranges those in it, where it stands in one that cuts."""
    font, whole = look.pixels, frame.room.width
    for name in ("row-gap", "column-gap"):
        if name in values and ("grid" in display or "flex" in display):
            size = length(values[name], font, whole) or 0.0
            frame.gap, frame.across_gap = (
                (size, frame.across_gap) if name == "row-gap" else (frame.gap, size)
            )
    if "grid" in display:
        frame.per_row = max(1, len(tracks_of(values, font, whole, frame.across_gap)))
    elif "flex" in display:
        frame.wraps = values.get("flex-wrap", "nowrap") != "nowrap"


def tracks_of(values: Declarations, font: float, whole: float, gap: float) -> list[float]:
    """The least width of each column of a grid, as far as it is told in pixels."""
    told = values.get("grid-template-columns", "none")
    if told in {"none", UNKNOWN}:
        return []
    found: list[float] = []
    for node in nodes_of(told):
        if node.type == "function" and node.lower_name == "repeat":
            found += _repeated(node, font, whole, gap)
        elif node.type != "[] block":
            found.append(_least(node, font, whole))
    return found[:_MANY]


def least_track(values: Declarations, font: float, whole: float) -> float | None:
    """Pixels of the columns of a grid that may be of no width whatever stands in them; None where none may."""
    if not _MAY_BE_NONE.search(values.get("grid-template-columns", "")):
        return None
    tracks = tracks_of(values, font, whole, 0.0)
    return max(whole - sum(tracks), 0.0) / max(1, tracks.count(0.0))


_MAY_BE_NONE = re.compile(r"minmax\(\s*0")


def _repeated(node: Any, font: float, whole: float, gap: float) -> list[float]:
    parts = parts_at_commas(node.arguments)
    sizes = [
        _least(one, font, whole)
        for part in parts[1:]
        for one in part
        if one.type not in {"whitespace", "comment", "[] block"}
    ]
    times = tinycss2.serialize(parts[0]).strip()
    if times.isdigit():
        return sizes * min(int(times), _MANY)
    each = sum(sizes) + gap * len(sizes)
    return sizes * (max(1, min(_MANY, int((whole + gap) // each))) if each > 0 else 1)


def _least(node: Any, font: float, whole: float) -> float:
    text = tinycss2.serialize([node])
    if node.type == "function" and node.lower_name == "minmax":
        text = tinycss2.serialize(parts_at_commas(node.arguments)[0]).strip()
    return length(text, font, whole) or 0.0


_MANY = 100


def squeeze_of(parent: Frame, values: Declarations) -> float | None:
    """Pixels that a box is high at the most, by what it stands in."""
    if parent.squeeze is None or values.get("position", "static") in POSITIONED:
        return None
    return parent.squeeze


def stand(parent: Frame, wide: float, high: float) -> None:
    """Put a box that is closed into a row whose height is added up: beside the last one, or on a new line."""
    cursor = parent.cursor
    parent.placed_in_row += 1
    parent.used += wide + parent.across_gap
    full = parent.per_row and parent.placed_in_row > parent.per_row
    if full or (
        parent.wraps
        and parent.placed_in_row > 1
        and parent.used > parent.room.width + parent.across_gap
    ):
        cursor.low = max(cursor.low, cursor.row) + parent.gap
        parent.placed_in_row, parent.used = 1, wide + parent.across_gap
    cursor.row = max(cursor.row, cursor.low + high)


def why_wide(frame: Frame, values: Declarations, look: Look) -> str | None:
    """Why boxes beside each other may reach beyond a box that cuts."""
    room = frame.room
    if frame.per_row:
        gaps = frame.across_gap * (frame.per_row - 1)
        least = sum(tracks_of(values, look.pixels, room.width, frame.across_gap)) + gaps
        return "grid-template-columns" if least > room.width + SLACK else None
    if not frame.is_row or frame.wraps:
        return None
    return "overflow" if frame.cursor.hard > room.width + SLACK else None


def harden(parent: Frame, frame: Frame, values: Declarations, look: Look) -> None:
    """Note what a box that is closed takes of the width around it at the least."""
    if not frame.in_flow or not frame.is_block:
        return
    font, whole = look.pixels, parent.room.width
    shrinks = parent.is_row and values.get("flex-shrink", "1") != "0" and not parent.per_row
    hard = 0.0 if frame.is_cut else frame.cursor.hard
    told = [
        sized(values, name, font, whole)
        for name in ("width", "flex-basis")
        if "%" not in values.get(name, "%") or parent.is_row
    ]
    sizes = [size for size in told if size]
    if sizes and not shrinks:
        hard = max(sizes)
    hard = max(hard, sized(values, "min-width", font, whole) or 0.0)
    sides = [
        length(values.get(f"{kind}-{side}", "0"), font, whole) or 0.0
        for kind in ("margin", "padding")
        for side in ("left", "right")
    ]
    hard += sum(size for size in sides if size > 0)
    cursor = parent.cursor
    if parent.is_row:
        cursor.hard += hard + parent.across_gap
    else:
        cursor.hard = max(cursor.hard, hard)


def columns_of_cells(sizes: list[float | None], room: Room) -> list[tuple[float, float]]:
    """Sides of the cells of a row of a table: those of a told width, and the rest in equal parts."""
    rest = room.width - sum(size for size in sizes if size is not None)
    parts = max(1, sizes.count(None))
    found, left = [], room.left
    for size in sizes:
        wide = max(size if size is not None else rest / parts, _NARROWEST)
        found.append((left, left + wide))
        left += wide
    return found


_NARROWEST = 16.0
_PLACED = ("grid-row-start", "grid-row-end", "grid-column-start", "grid-column-end", "order")
_MOST = 8
_FRACTION = re.compile(r"\d{1,3}(?:\.\d{1,3})?fr")


def why_before_start(
    parent: Frame, around: Declarations, values: Declarations, look: Look, display: str
) -> str | None:
    """Why a box may reach out of the window where nobody can scroll: it is too wide for its room, whose end or middle it keeps to.

    Args:
        parent: the room.
        around: values of the box that it is.
        values: computed for the box.
        look: inside it.
        display: how it lays out what it holds.
    """
    font, whole = look.pixels, parent.room.width
    keeps_start = _STARTS.isdisjoint(
        (around.get("justify-content"), around.get("justify-items"), values.get("justify-self"))
    )
    is_reversed = around.get("flex-direction") == "row-reverse"
    if around.get("flex-direction", "").startswith("column"):
        keeps_start &= _STARTS.isdisjoint((around.get("align-items"), values.get("align-self")))
    keeps_start &= values.get("float") not in _AT_THE_END
    keeps_start &= around.get("-webkit-box-pack", "start") == "start"
    keeps_start &= around.get("-webkit-box-align", "stretch") in {"stretch", "start", "baseline"}
    if look.leftwards or around.get("direction") == "rtl" or is_reversed or not keeps_start:
        names = ["min-width", "width"]
        if parent.is_row and not parent.is_grid and around.get("display") != "-webkit-box":
            names = ["min-width"]
            names += ["width", "flex-basis"] if values.get("flex-shrink") == "0" else []
        sizes = [sized(values, name, font, whole) or 0.0 for name in names]
        if max(sizes) > whole + 4 * SLACK:
            return "width"
    if "grid" in display and (
        look.leftwards or not _STARTS.isdisjoint([values.get("justify-content")])
    ):
        tracks = tracks_of(values, font, whole, 0.0)
        return "grid-template-columns" if sum(tracks) > whole + 4 * SLACK else None
    return None


_AT_THE_END = frozenset(["right", "inline-end"])
_STARTS = frozenset(
    "end flex-end right center space-around space-evenly self-end safe unsafe".split()
)
"""Places from which what is too wide reaches to the left, too."""


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
