"""Boxes that show no more than fits into them: text in one is sure to be seen when all that may push it is known and small.

Whatever moves, widens or lengthens the content of such a box and is not of an ordinary kind and size makes all text in it
unverified; so does content that may be longer than the box.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..css.cascade import Declarations
from ..css.clipping import NO_SHAPE, Shape
from ..css.declarations import UNKNOWN
from ..css.harmless import pushes_nothing
from ..css.names import NAMES
from ..css.values import length, number
from ..css.visibility import Look
from .boxes import POSITIONED, SIDES, SLACK, WIDTH, Clip, Frame, Span, sized
from .overlaps import REPLACED, Piece

_HIDING = frozenset(["hidden", "clip"])
_SCROLLING = frozenset(["auto", "scroll", "overlay"])
SHALLOW = 120.0
"""Pixels below which nobody finds out that a box can be scrolled."""
_WIDE_GAP = 120.0
_THICK = 40.0
_RAISED = 0.6
_ROUND = 40.0
_FEW_WORDS = 3
_CUTTING = frozenset(
    "overflow-x overflow-y contain content-visibility clip-path mask-image -webkit-line-clamp position".split()
)
_HEIGHTS = frozenset(["auto", "min-content", "max-content", "fit-content"])
_VERTICAL = frozenset(
    ["vertical-rl", "vertical-lr", "sideways-rl", "sideways-lr", "tb-rl", "tb-lr", "tb"]
)
_ATOMS = frozenset("inline-block inline-flex inline-grid inline-table table-cell table".split())
_OF_UNKNOWN_HEIGHT = "a box of a height that is not known"
_PUSHING = frozenset(
    [
        "writing-mode", "zoom", "vertical-align", "column-gap", "row-gap", "float", "width", "min-width", "height",
        *NAMES.pushing, *(f"margin-{side}" for side in SIDES), *(f"padding-{side}" for side in SIDES),
        *(f"border-{side}-width" for side in SIDES),
    ]
)  # fmt: skip


def clip_of(
    values: Declarations, frame: Frame, parent: Frame, look: Look, flows: tuple[str, str]
) -> Clip | None:
    """The box as one that cuts, if it does.

    Args:
        values: computed for it.
        frame: where it lies, with the height at which it is cut.
        parent: the box around.
        look: inside it.
        flows: what it does with what is too wide and too high.
    """
    if _CUTTING.isdisjoint(values):
        return None
    shaped = any(values.get(name, "none") != "none" for name in ("clip-path", "mask-image"))
    hides = bool(_HIDING & set(flows)) or values.get("content-visibility") == "auto"
    shallow = frame.limit is not None and flows[1] in _SCROLLING
    if not (hides or shaped or shallow or frame.clamp or values.get("position") == "fixed"):
        return None
    clip = Clip(frame.limit is not None or frame.clamp is not None, is_shaped=shaped)
    if flows[1] in _HIDING or shaped:
        clip.reason = _why_low(values, frame, parent, look)
    if look.vertical:
        clip.reason = clip.reason or "writing-mode"
    radius = values.get("border-radius", "0").split()
    clip.is_round = any((length(one, look.pixels, 200.0) or 0.0) > _ROUND for one in radius)
    return clip


def _why_low(values: Declarations, frame: Frame, parent: Frame, look: Look) -> str | None:
    """Why a box may be lower than its content for reasons that are not told in pixels."""
    if frame.limit is not None:
        return None
    for name in ("height", "max-height"):
        told = values.get(name, "auto")
        if told == "none" or told in _HEIGHTS:
            continue
        if "%" not in told or parent.is_row or values.get("position") in POSITIONED:
            return _OF_UNKNOWN_HEIGHT
    position = values.get("position", "static")
    both = all(values.get(side, "auto") != "auto" for side in ("top", "bottom"))
    if position in POSITIONED and both:
        return _OF_UNKNOWN_HEIGHT
    return None


def why_pushed(
    values: Declarations, parent: Frame, look: Look, display: str, around: Sequence[Clip]
) -> str | None:
    """Why a box in one that cuts may push text out of sight.

    Args:
        values: computed for it.
        parent: the box around.
        look: inside it.
        display: outside and inside.
        around: the boxes that cut it.
    """
    if _PUSHING.isdisjoint(values):
        return None
    is_limited = any(clip.is_limited for clip in around)
    for name in NAMES.pushing.keys() & values.keys():
        if not pushes_nothing(name, values[name]) or (is_limited and name.startswith("column")):
            return name
    if values.get("writing-mode") in _VERTICAL:
        return "writing-mode"
    if (number(values.get("zoom", "1")) or 1.0) != 1.0:
        return "zoom"
    if values.get("float", "none") != "none" and (
        is_limited or any(clip.is_shaped for clip in around)
    ):
        return "float"
    font = look.pixels
    raised = length(values.get("vertical-align", "baseline"), font, font)
    if raised is not None and abs(raised) > _RAISED * font:
        return "vertical-align"
    for name in ("row-gap", "column-gap"):
        if (length(values.get(name, "0"), font, parent.room.width) or 0.0) > _WIDE_GAP:
            return name
    return _why_wide(values, parent, font, display)


def _why_wide(values: Declarations, parent: Frame, font: float, display: str) -> str | None:
    whole = parent.room.width
    borders = [length(values.get(f"border-{side}-width", "0"), font) or 0.0 for side in SIDES]
    if max(borders) > _THICK:
        return "border-width"
    low = length(values.get("margin-bottom", "0"), font, whole) or 0.0
    if low < -SLACK:
        return "margin"
    if display not in _ATOMS and not parent.is_row and values.get("float", "none") == "none":
        return None
    told = [
        length(values.get(f"{kind}-{side}", "0"), font, whole) or 0.0
        for kind in ("margin", "padding")
        for side in ("left", "right")
    ]
    wide = sum(size for size in told if size > 0)
    return "margin" if wide > 0.5 * max(whole, 2 * SLACK) + 2 * SLACK else None


def moves(values: Declarations, shape: Shape, font: float) -> bool:
    """Whether a box does not stand where the flow puts it."""
    position = values.get("position", "static")
    if position in POSITIONED:
        return True
    if position == "relative" and any(
        abs(length(values.get(side, "0"), font) or 0.0) > SLACK for side in SIDES
    ):
        return True
    if shape is not NO_SHAPE and (
        abs(shape.across) + abs(shape.down) > SLACK
        or max(map(abs, shape.share)) > 0.2
        or shape.scale > 1.2
    ):
        return True
    above, before = (
        length(values.get(f"margin-{side}", "0"), font) or 0.0 for side in ("top", "left")
    )
    return above < -SLACK or before < -SLACK


def why_beyond(values: Declarations, frame: Frame, parent: Frame, font: float) -> str | None:
    """Why a box may reach beyond one that cuts, by its own size or place."""
    if values.get("position", "static") not in POSITIONED:
        wide = frame.border[1] - frame.border[0]
        told = frame.is_wide and ("width" in values or "min-width" in values)
        return "overflow" if told and wide > parent.room.width + 2 * SLACK else None
    if values.get("top", "auto") == "auto" and values.get("bottom", "auto") != "auto":
        low = length(values["bottom"], font)
        return "overflow" if low is None or not -_LOWERED <= low <= _LIFTED else None
    return None


_LOWERED, _LIFTED = 8.0, 200.0


def settle(clip: Clip, frame: Frame, look: Look, pieces: Sequence[Piece], span: Span) -> None:
    """Mark the texts of a box that cuts, once all of it is read.

    Args:
        clip: the box.
        frame: where it lies.
        look: inside it.
        pieces: all texts of the page.
        span: those in the box.
    """
    inside = range(span.start, span.end)
    if clip.is_round and sum(len(pieces[i].text.split()) for i in inside) > _FEW_WORDS:
        clip.reason = clip.reason or "border-radius"
    if clip.reason:
        for index in inside:
            pieces[index].doubt = pieces[index].doubt or clip.reason
        return
    end = (
        frame.top.low + frame.limit if frame.limit is not None else frame.cursor.least + frame.foot
    )
    for moved in clip.moved:
        for index in range(moved.start, min(moved.end, span.end)):
            piece = pieces[index]
            if piece.text.strip() and not _lies_in(piece, frame, end):
                piece.doubt = piece.doubt or "overflow"


def _lies_in(piece: Piece, frame: Frame, end: float) -> bool:
    look = piece.look
    rows = max(1.0, piece.wide / max(piece.right - piece.left, look.pixels))
    low = piece.low + rows * look.line_height
    right = min(piece.right, piece.left + piece.wide)
    return (
        piece.low >= frame.top.low - SLACK - frame.head
        and low <= end + 0.5 * look.line_height
        and piece.left >= frame.border[0] - SLACK
        and right <= frame.border[1] + SLACK
    )


def least_row(values: Declarations, font: float) -> tuple[float | None, bool]:
    """Pixels of the lowest row of a grid whose rows do not grow with what stands in them, and whether no row does.

    None where all grow.
    """
    told = [values.get(name, "auto") for name in ("grid-template-rows", "grid-auto-rows")]
    if UNKNOWN in told:
        return 0.0, True
    words = [word for text in told for word in ([] if text in {"none", "auto"} else _tracks(text))]
    sizes = [size for size in (_fixed(word, font) for word in words) if size is not None]
    return (min(sizes), len(sizes) == len(words)) if sizes else (None, False)


def _fixed(word: str, font: float) -> float | None:
    """Pixels of a row that does not grow; None of one that does."""
    if word.endswith("fr"):
        return 0.0 if (number(word[:-2]) or 0.0) < _SHARE else None
    grows = word.endswith(("auto", "auto)")) or (
        word.startswith("minmax(") and word.endswith("fr)")
    )
    if grows or "min-content" in word or "max-content" in word:
        return None
    return length(word, font) or 0.0


_SHARE = 0.2


def _tracks(told: str) -> list[str]:
    """Sizes of tracks, those of ``repeat()`` once."""
    flat = _REPEAT.sub(r"\1", told)
    return [word for word in _TRACK.findall(_NAMED.sub(" ", flat)) if word]


_REPEAT = re.compile(r"repeat\(\s*[\w-]+\s*,((?:[^()]|\([^()]*\))*)\)")
_NAMED = re.compile(r"\[[^\]]*\]")
_TRACK = re.compile(r"[^\s()]+(?:\((?:[^()]|\([^()]*\))*\))?")


def around(values: Declarations, font: float) -> float:
    """Margins, padding and borders above and below a box in a line."""
    names = [f"{kind}-{side}" for kind in ("margin", "padding") for side in ("top", "bottom")]
    names += ["border-top-width", "border-bottom-width"]
    return sum(max(0.0, length(values.get(name, "0"), font) or 0.0) for name in names)


def raised_line(tag: str, values: Declarations) -> float:
    """By how much an element in a line makes it higher, in heights of its type."""
    if tag in _RAISING:
        return _RAISING[tag]
    return 0.0 if values.get("vertical-align", "baseline") == "baseline" else _RAISED


_RAISING = {"sup": 0.5, "sub": 0.5, "ruby": 1.2, "rt": 0.0}
_DEFAULT_HEIGHTS = {
    "iframe": 154.0, "object": 150.0, "embed": 150.0, "canvas": 150.0, "video": 150.0, "audio": 54.0, "textarea": 50.0,
    "select": 22.0, "input": 22.0, "button": 22.0, "progress": 18.0, "meter": 18.0,
}  # fmt: skip


def replaced_height(tag: str, values: Declarations, look: Look, *, is_known: bool) -> float | None:
    """Pixels that an element without text of its own is high; None where that is not known.

    Args:
        tag: of it.
        values: computed for it.
        look: inside it.
        is_known: whether its picture is somewhere else and cannot be of any shape.
    """
    told = sized(values, "height", look.pixels, None)
    if told is not None:
        return told
    ratio = values.get("aspect-ratio", "auto")
    if tag in _DEFAULT_HEIGHTS and ratio == "auto":
        return _DEFAULT_HEIGHTS[tag]
    most = [length(values[name], look.pixels) for name in ("max-height",) if name in values]
    if most and most[0] is not None and "%" not in values["max-height"]:
        return most[0]
    wide = sized(values, "width", look.pixels, WIDTH)
    if tag in REPLACED and wide is not None and is_known and ratio in {"auto", "1", "1/1", "1 / 1"}:
        return 1.5 * wide
    return None
