"""Boxes that paint beyond their line, and texts that reach beyond their box: over what stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..css.amounts import layers_of, words_of
from ..css.cascade import Declarations
from ..css.values import colours_in, length
from ..css.visibility import Look
from .boxes import SIDES, SLACK, Frame, Span, sized
from .overlaps import Piece

if TYPE_CHECKING:
    from .stacking import Open

_SOLID = 0.3
_SHADOW, _LINE = 8.0, 14.0
"""Pixels that a solid shadow, and the ground of what stands in a line, may reach out over the space between lines."""
_GROUND = 9.0
"""Pixels that the ground of what stands in a line may reach out of it."""
_LETTERS = 1.2
"""Height of the ground of letters, of their type."""
_LOW = 0.5
"""Height of a line, of its type, below which its letters lie over other lines."""
_LEAST, _PIXELS = 6, 4.0
"""Texts that may lie under what reaches out, and pixels for each more."""
_LETTER = 0.5
_NARROW = 40.0
"""Pixels in which a sentence is no text."""
_SENTENCE = 20
_ATOMS = frozenset("inline-block inline-flex inline-grid inline-table table-cell".split())
_CAST = re.compile(r"drop-shadow\(((?:[^()]|\([^()]*\))*)\)")
_WORD = re.compile(r"[^\s\u2e80-\uffff-]+")


def painted_beyond(values: Declarations, look: Look, *, in_line: bool) -> float:
    """Pixels by which a box paints over others; 0 where it does not.

    Args:
        values: computed for it.
        look: of its text.
        in_line: it stands in a line and has no line of its own.
    """
    font = look.pixels
    far = max(
        (_sharp(layer, font) for layer in layers_of(values.get("box-shadow", "none"))), default=0.0
    )
    far = max(far, *(_sharp(words, font) for words in _cast(values)), _outline(values, font))
    found = far if far > _SHADOW else 0.0
    if in_line:
        over = _over_lines(look)
        sides = [over + _side(values, side, font) for side in ("top", "bottom")]
        if max(sides) > _GROUND and (_has_paint(values) or _border(values, font)):
            found = max(found, *sides)
    return found


def _over_lines(look: Look) -> float:
    """Pixels by which the ground of letters is higher than its line, above and below."""
    return (_LETTERS * look.pixels - look.line_height) / 2


def letters_beyond(look: Look) -> float:
    """Pixels by which letters stand over the lines beside their own; 0 where they hardly do."""
    far = _over_lines(look)
    return far if far > _LINE and look.line_height < _LOW * look.pixels else 0.0


def _cast(values: Declarations) -> list[list[str]]:
    """Shadows that a filter casts."""
    return [[], *(words_of(inner) for inner in _CAST.findall(values.get("filter", "")))]


def _outline(values: Declarations, font: float) -> float:
    if values.get("outline-style") == "none":
        return 0.0
    sizes = [
        length(values.get(f"outline-{what}", "0"), font) or 0.0 for what in ("width", "offset")
    ]
    return sum(sizes) if sizes[0] > _SHADOW else 0.0


def texts_under(reach: float, count: int) -> Span:
    """The texts around a place that may lie under what reaches out so far.

    Args:
        reach: pixels.
        count: of the texts before it.
    """
    many = int(max(_LEAST, reach / _PIXELS))
    return Span(max(0, count - many), count + many)


def _sharp(layer: list[str], font: float) -> float:
    if "inset" in layer or layer == ["none"]:
        return 0.0
    sizes = [length(word, font) or 0.0 for word in layer if word[:1] in "-0123456789."]
    tints = [alpha for word in layer for _, alpha in colours_in(word)]
    if tints and max(tints) <= _SOLID:
        return 0.0
    offset = max((abs(size) for size in sizes[:2]), default=0.0)
    return offset + (sizes[_SPREAD] if len(sizes) > _SPREAD else 0.0)


_SPREAD = 3


def _side(values: Declarations, side: str, font: float) -> float:
    names = (f"padding-{side}", f"border-{side}-width")
    return sum(length(values.get(name, "0"), font) or 0.0 for name in names)


def _border(values: Declarations, font: float) -> bool:
    return any(
        (length(values.get(f"border-{side}-width", "0"), font) or 0.0) > _SHADOW for side in SIDES
    )


def _has_paint(values: Declarations) -> bool:
    told = [values.get(name, "") for name in ("background-color", "background-image")]
    return any(
        "url(" in value or any(alpha > _SOLID for _, alpha in colours_in(value)) for value in told
    )


def why_beyond(parent: Frame, opened: Open, inside: list[Piece]) -> str | None:
    """Why a text may reach out of its box and under the one beside it, or have no room to be read in.

    Args:
        parent: in which the box stands.
        opened: the box.
        inside: its texts.
    """
    values, frame, look = opened.values, opened.frame, opened.look
    floats = values.get("float", "none") != "none"
    if frame.is_cut or not (parent.is_row or floats or opened.display in _ATOMS):
        return None
    room = _told_room(parent, frame, values, look)
    if room is None:
        return None
    letters = sum(len(piece.text.strip()) for piece in inside)
    if room < _NARROW and letters > _SENTENCE:
        return "width"
    widest = max((_widest(piece) for piece in inside), default=0.0)
    return "overflow" if widest > room + 2 * SLACK else None


def _told_room(parent: Frame, frame: Frame, values: Declarations, look: Look) -> float | None:
    """Pixels that a box is wide whatever it holds; None where it grows with that."""
    font, whole = look.pixels, parent.room.width
    least = sized(values, "min-width", font, whole)
    most = sized(values, "max-width", font, whole)
    told = sized(values, "width", font, whole)
    if parent.is_row and not parent.is_grid:
        basis = sized(values, "flex-basis", font, whole)
        told = told if basis is None else basis
        grows = (length(values.get("flex-grow", "0")) or 0.0) > 0
        if grows:
            shrinks_away = told is not None and least == 0.0
            told = whole / 2 if shrinks_away else None
    if parent.is_row and told is None and parent.columns:
        told = frame.border[1] - frame.border[0]
    if told is None:
        told = parent.least_track
    sizes = [size for size in (told, most) if size is not None]
    if not sizes:
        return None
    return max(min(sizes), least or 0.0)


def _widest(piece: Piece) -> float:
    if piece.look.nowrap:
        return piece.wide
    longest = max(map(len, _WORD.findall(piece.text)), default=0)
    return longest * (_LETTER * piece.look.pixels + piece.look.spacing)
