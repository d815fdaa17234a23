"""Roughly where the boxes of a page lie: exact to the sides in ordinary flow, estimated downwards.

It is no layout. It tells whether text can lie outside the page, in a box that is cut before the text ends, or
under something else; where it cannot tell, what lies there is doubtful.
"""

from __future__ import annotations

import math

from ..css.cascade import Declarations
from ..css.clipping import NO_SHAPE, Shape
from ..css.values import length
from ..css.visibility import Look
from .boxes import (
    HEIGHT,
    POSITIONED,
    SIDES,
    SLACK,
    Cursor,
    Frame,
    Room,
    edges,
    is_row,
    sized,
)
from .clips import SHALLOW, clip_of, least_row
from .displaced import FAR, move, positioned, shift
from .rows import column, columns_of, least_track, set_rows, squeeze_of

_INDENT = 120.0
_CUTTING = frozenset(["hidden", "clip", "auto", "scroll", "overlay"])
_HIDING = frozenset(["hidden", "clip"])
_CUTS = frozenset(
    "overflow-x overflow-y height max-height contain content-visibility -webkit-line-clamp".split()
)
"""Properties without which nothing is cut."""
_SCROLLING = _CUTTING - {"clip"}
_STACKED = frozenset(["block", "list-item"])
_PLACING = frozenset(
    ["float", "width", "max-width", "min-width", "height", "min-height"]
    + [f"{kind}-{side}" for kind in ("margin", "padding") for side in SIDES]
    + [f"border-{side}-width" for side in SIDES]
)
"""Properties without which a block is as wide as what it stands in, and as high as what it holds."""
_ATOMS = frozenset(
    "inline-block inline-flex inline-grid inline-table table-cell table-caption".split()
)


def framed(parent: Frame, values: Declarations, look: Look, shape: Shape, display: str) -> Frame:
    """The box of an element inside another.

    Args:
        parent: whose content it is.
        values: computed for the element.
        look: inside it.
        shape: how it is moved and turned.
        display: outside and inside.
    """
    if display == "none":
        return Frame(parent.room, parent.border, Cursor(), Cursor(), parent.anchor, in_flow=False)
    frame = _placed(parent, values, look, shape, display)
    _cut(frame, values, look)
    if not frame.is_block:
        frame.is_measured = parent.is_measured
    elif values or parent.squeeze is not None:
        _clip(frame, parent, values, look, display)
    _indent(frame, values, look)
    if "grid" in display:
        frame.columns = columns_of(values, frame.room)
        frame.least_track = least_track(values, look.pixels, frame.room.width)
    if frame.clips:
        set_rows(frame, values, look, display)
    return frame


def _placed(parent: Frame, values: Declarations, look: Look, shape: Shape, display: str) -> Frame:
    """The box where it lies, as if all of it were shown."""
    position = values.get("position", "static")
    if position in POSITIONED:
        frame = positioned(parent, values, look, fixed=position == "fixed")
    elif _is_inline(display) and values.get("float", "none") == "none" and not _arranges(parent):
        frame = _inline(parent, values, look)
    elif display in _STACKED and not parent.is_row and _PLACING.isdisjoint(values):
        frame = plain(parent, "block")
    else:
        frame = _block(parent, values, look, display)
    frame.clips, frame.is_measured = parent.clips, parent.is_measured
    if position in POSITIONED:
        anchor = frame.anchor if position == "absolute" else None
        frame.placed_by = anchor
        frame.clips = anchor.clips if anchor else ()
        frame.is_measured = any(clip.is_limited for clip in frame.clips)
    if position != "static":
        frame.anchor = frame
    if position not in POSITIONED:
        margin = length(values.get("margin-top", "0"), look.pixels) or 0.0
        up = frame.top.low - margin if margin < -SLACK else -math.inf
        frame.raised = max(parent.raised, up)
    if position == "relative":
        shift(frame, values, look)
    if shape is not NO_SHAPE:
        move(frame, shape)
    return frame


def _arranges(parent: Frame) -> bool:
    """Whether all that stands in a box is made a block, where its height counts."""
    return parent.is_measured and (parent.is_row or parent.is_grid or parent.is_column)


def _clip(frame: Frame, parent: Frame, values: Declarations, look: Look, display: str) -> None:
    """Note whether a box cuts what is in it, and whether its parent keeps it low."""
    flows = _flows(values)
    hides = flows[1] in _HIDING
    squeeze = squeeze_of(parent, values)
    if squeeze is not None and (
        hides or (parent.is_grid and (parent.squeezes_all or parent.clips))
    ):
        frame.limit = min(squeeze, frame.limit if frame.limit is not None else squeeze)
        if parent.is_column:
            parent.limit = squeeze
    if "grid" in display or "flex" in display:
        frame.is_grid = "grid" in display
        frame.squeeze = frame.room.height
        if frame.is_grid:
            frame.squeeze, frame.squeezes_all = least_row(values, look.pixels)
        frame.is_column = values.get("flex-direction", "").startswith("column")
    if values.get("position") == "fixed" and frame.limit is None:
        frame.limit = max(HEIGHT - frame.top.low, 0.0)
    frame.clip = clip_of(values, frame, parent, look, flows)
    if frame.clip is not None:
        frame.clips = (*frame.clips, frame.clip)
    frame.is_measured = any(clip.is_limited for clip in frame.clips) or frame.limit is not None


def plain(parent: Frame, display: str, margin: float = 0.0) -> Frame:
    """The box of a block or of an inline element of which nothing is said, outside of rows.

    Args:
        parent: around it.
        display: ``block`` or ``inline``.
        margin: that browsers put above and below it.
    """
    room, cursor = parent.room, parent.cursor
    if display == "inline":
        return Frame(
            room, parent.border, cursor, cursor, parent.anchor, is_block=False, fixed=parent.fixed, raised=parent.raised,
            clips=parent.clips, is_measured=parent.is_measured,
        )  # fmt: skip
    left, right, cut_left, cut_right, floor, is_sure, _, doubt, hidden = room
    if doubt is None and not -SLACK <= cursor.low <= 40 * FAR:
        doubt = "margin"
    start = Cursor(cursor.low, cursor.high)
    if parent.is_measured:
        start.low += max(
            0.0, max(margin, cursor.trail) - (parent.lead if cursor.low <= parent.top.low else 0.0)
        )
    return Frame(
        Room(left, max(right, left), cut_left, cut_right, floor, is_sure, None, doubt, hidden), (left, right), start,
        Cursor(start.low, start.high), parent.anchor, fixed=parent.fixed, raised=parent.raised,
        lead=max(parent.lead if cursor.low <= parent.top.low else 0.0, margin), clips=parent.clips,
        is_measured=parent.is_measured, tail=margin,
    )  # fmt: skip


def _is_inline(display: str) -> bool:
    return display in {"inline", "contents", "ruby", "ruby-text"}


def _paddings(values: Declarations, font: float, whole: float) -> list[float]:
    """Padding and border of each side."""
    paddings = [p or 0.0 for p in edges(values, "padding", font, whole)]
    if _BORDERS.isdisjoint(values):
        return paddings
    borders = [length(values.get(f"border-{side}-width", "0"), font) or 0.0 for side in SIDES]
    return [sum(pair) for pair in zip(paddings, borders, strict=True)]


_BORDERS = frozenset(f"border-{side}-width" for side in SIDES)


def _inline(parent: Frame, values: Declarations, look: Look) -> Frame:
    room = parent.room
    margins = [m or 0.0 for m in edges(values, "margin", look.pixels, room.width)]
    if look.nowrap and values:
        paddings = _paddings(values, look.pixels, room.width)
        parent.cursor.run += margins[1] + margins[3] + paddings[1] + paddings[3]
    if any(margins) and (min(margins[1], margins[3]) < -2 * SLACK or max(margins) > room.width):
        room = room._replace(doubt=room.doubt or "margin")
    return Frame(
        room,
        parent.border,
        parent.cursor,
        parent.cursor,
        parent.anchor,
        is_block=False,
        fixed=parent.fixed,
    )


def _block(parent: Frame, values: Declarations, look: Look, display: str) -> Frame:
    outer = column(parent, values)
    font = look.pixels
    margins = edges(values, "margin", font, outer.width)
    paddings = _paddings(values, font, outer.width)
    floats = values.get("float", "none") != "none"
    free = parent.is_row or floats or display in _ATOMS or display == "table"
    across = [m or 0.0 for m in (margins[3], margins[1])]
    width = sized(values, "width", font, outer.width)
    most = (
        sized(values, "max-width", font, outer.width) if values.get("max-width") != "none" else None
    )
    left, right = outer.left + min(across[0], 0.0), outer.right - min(across[1], 0.0)
    doubt = outer.doubt
    if not free:
        left, right = outer.left + across[0], outer.right - across[1]
        if width is not None or most is not None:
            wide = min(
                w
                for w in (width, most, None if width is not None else right - left)
                if w is not None
            )
            if values.get("box-sizing") != "border-box" and width is not None:
                wide += paddings[1] + paddings[3]
            wide = max(wide, sized(values, "min-width", font, outer.width) or 0.0)
            left, right = _aligned(outer, margins, left, wide)
    elif floats and abs(min(*across, 0.0)) > 2 * SLACK:
        doubt = doubt or "margin"
    if free and (parent.is_measured or "overflow-x" in values):
        right = _free_right(parent, values, font, width, (left, right), display)
    top, bottom = margins[0] or 0.0, margins[2] or 0.0
    place = Cursor(parent.cursor.low + min(top, 0.0), parent.cursor.high + max(top, 0.0))
    # Margins of a box and of the first box in it are one.
    lead = parent.lead if parent.cursor.low <= parent.top.low else 0.0
    trail = parent.cursor.trail if parent.is_measured else 0.0
    if free and parent.is_measured:
        place.low += trail + max(top, 0.0)
    elif max(top, trail) > 0 and not free:
        place.low += max(0.0, max(top, trail) - lead)
    start = Cursor(place.low + paddings[0], place.high + paddings[0])
    if start.low < -SLACK or start.low > 40 * FAR:
        doubt = doubt or "margin"
    height = sized(values, "height", font, outer.height)
    room = outer._replace(left=left + paddings[3], right=max(right - paddings[1], left + paddings[3]),
        is_sure=outer.is_sure and not free, height=height, doubt=doubt,
    )  # fmt: skip
    return Frame(
        room, (left, right), start, Cursor(start.low, start.high), parent.anchor,
        is_row=is_row(display, values), in_flow=not floats, below=paddings[2] + max(bottom, 0.0), fixed=parent.fixed,
        lead=0.0 if paddings[0] or free else max(lead, top), head=paddings[0], foot=paddings[2], tail=max(bottom, 0.0),
        least=sized(values, "min-height", font, outer.height) or 0.0 if "min-height" in values else 0.0,
        is_atom=display.startswith("inline-"), is_wide=width is not None or not free or (parent.wraps and "flex-basis" in values),
    )  # fmt: skip


def _free_right(
    parent: Frame, values: Declarations, font: float, width: float | None, sides: tuple[float, float], display: str
) -> float:  # fmt: skip
    """The right side of a box that does not fill its room, where its width is told and it does not grow."""
    left, right = sides
    grows = (length(values.get("flex-grow", "0")) or 0.0) > 0 and not parent.wraps
    if grows or display in {"table-cell", "table"}:
        return right
    if width is None and parent.is_row and parent.is_measured:
        width = sized(values, "flex-basis", font, right - left)
    return left + width if width else right


def _aligned(
    outer: Room, margins: list[float | None], left: float, wide: float
) -> tuple[float, float]:
    """Sides of a box narrower or wider than its room."""
    if margins[3] is None and margins[1] is None:
        left = outer.left + max(0.0, (outer.width - wide) / 2)
    elif margins[3] is None:
        left = max(outer.left, outer.right - wide - (margins[1] or 0.0))
    return left, left + wide


def _cut(frame: Frame, values: Declarations, look: Look) -> None:
    """Set where a box cuts what is in it."""
    if not frame.is_block or _CUTS.isdisjoint(values):
        return
    room, font = frame.room, look.pixels
    across, down = _flows(values)
    limit = _limit(values, room, font, is_cut=down in _HIDING)
    if limit is not None:
        above, below = (_padding(values, side, room, font) for side in ("top", "bottom"))
        if values.get("box-sizing") == "border-box":
            limit = max(0.0, limit - above - below)
        limit += below  # what is cut is cut at the edge of the padding
    is_narrow = across in _CUTTING and _narrowest(frame, values, font) < SLACK
    if is_narrow or (down in _CUTTING and _is_flat(limit, font)):
        frame.room = room._replace(hidden=room.hidden or "CSS overflow of a box of no size")
        return
    shallow = limit is not None and limit < SHALLOW and down in _SCROLLING
    if limit is not None and (down in _HIDING or shallow):
        frame.limit = limit
        room = room._replace(floor=min(room.floor, frame.top.low + limit))
    elif limit is not None:
        frame.bound = limit
        if "background-color" in values:
            frame.ground_limit = limit
    frame.is_cut = across in _CUTTING
    if across in _HIDING:
        left, right = frame.border
        room = room._replace(
            cut_left=max(room.cut_left, left), cut_right=min(room.cut_right, right)
        )
    frame.room = room
    clamp = values.get("-webkit-line-clamp", "none")
    if clamp != "none":
        frame.clamp = int(length(clamp) or 0)


def _padding(values: Declarations, side: str, room: Room, font: float) -> float:
    return length(values.get(f"padding-{side}", "0"), font, room.width) or 0.0


def _flows(values: Declarations) -> tuple[str, str]:
    """What a box does with what is too wide and too high for it."""
    across, down = (values.get(f"overflow-{axis}", "visible") for axis in "xy")
    if across == "visible" and down in _SCROLLING:
        across = "auto"
    if down == "visible" and across in _SCROLLING:
        down = "auto"
    contained = {"paint", "content", "strict"} & set(values.get("contain", "none").split())
    if contained or values.get("content-visibility") == "auto":
        across, down = (flow if flow in _CUTTING else "clip" for flow in (across, down))
    return across, down


def _limit(values: Declarations, room: Room, font: float, *, is_cut: bool) -> float | None:
    """The height of a box that does not grow with its content."""
    told = [
        sized(values, name, font, room.height if name == "max-height" else None)
        for name in ("height", "max-height")
        if values.get(name) not in {None, "none", "auto"}
    ]
    sizes = [size for size in told if size is not None]
    if not sizes and is_cut and values.get("aspect-ratio", "auto") != "auto":
        sizes = [0.0]
    least = sized(values, "min-height", font, room.height) or 0.0
    return max(min(sizes), least) if sizes else None


def _narrowest(frame: Frame, values: Declarations, font: float) -> float:
    wide = frame.border[1] - frame.border[0]
    if frame.room.is_sure:
        return wide
    told = [sized(values, name, font, frame.room.width) for name in ("width", "max-width")]
    return next((size for size in told if size), wide)


def _is_flat(limit: float | None, font: float) -> bool:
    return limit is not None and limit < 0.5 * font


def _indent(frame: Frame, values: Declarations, look: Look) -> None:
    if "text-indent" not in values:
        return
    indent = length(values.get("text-indent", "0").split()[0], look.pixels, frame.room.width) or 0.0
    if abs(indent) > _INDENT or (indent < 0 and frame.room.left + indent < -SLACK):
        reason = "CSS text-indent" if abs(indent) > 3 * _INDENT else None
        frame.room = frame.room._replace(
            hidden=frame.room.hidden or reason, doubt=frame.room.doubt or "text-indent"
        )
