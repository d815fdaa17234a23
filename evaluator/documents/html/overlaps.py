"""Boxes that may lie over text, and text that lies on boxes it does not stand in: by the order of painting and rough places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..css.amounts import layers_of
from ..css.cascade import Declarations
from ..css.values import colours_in, length, number
from ..css.visibility import Look
from ..paint import Colour, melts
from . import grid_places as grid_places
from .boxes import HEIGHT, POSITIONED, SIDES, WIDTH, Frame, Span, sized

Key = tuple[tuple[float, int, int], ...]
"""Order of painting: of the stacking contexts around, outermost first."""
_SOLID = 0.3
_SMALL = 3_600.0
_SMALL_TOGETHER = 40_000.0
"""Square pixels of marks and rules that hide no sentence."""
_THIN = 6.0
_HANGS = 40.0
_COVERED = 0.7
"""Of the room of a text that a box lies over, from which the text may be under it."""
_UNDER = 0.6
_WHOLLY = 0.95
"""Of the words of a text, by their estimated width."""
_FEW_WORDS = 18
_MANY = 1_500_000
_SHORT = 40
"""Letters of a badge or a mark."""
_OVER = "a box that may lie over it"
_ON = "a box of another colour that may lie behind it"
COLOUR = "CSS that gives text the colour of its background"
REPLACED = frozenset(
    "img svg canvas video audio iframe object embed input textarea select button progress meter picture".split()
)
_PICTURE = re.compile(r"url|(?:image|image-set|cross-fade|element|paint)\(")
_BOXES = "■█▀▄▌▐░▒▓▇▆▅◼⬛⬜◾▮▪"


@dataclass
class Cover:
    """An opaque box out of its place."""

    key: Key
    own: Span
    scope: Span
    frame: Frame
    grounds: tuple[Colour, ...]
    height: float | None
    to_the_end: bool
    """It reaches to the lower end of what it is placed in."""
    area: float | None
    unknown: bool = False
    """Nothing is known of its place."""


@dataclass(slots=True)
class Piece:
    """A text as it stands on the page."""

    text: str
    key: Key
    look: Look
    left: float
    right: float
    low: float
    high: float
    wide: float
    why: str | None
    doubt: str | None
    preformatted: bool = False
    ground: Key = ()
    """Of the box it stands on."""


_ORDERING = frozenset(
    "position z-index opacity transform filter translate scale rotate clip-path mask-image mix-blend-mode isolation"
    " backdrop-filter will-change contain container-type".split()
)
"""Properties without which boxes are painted in the order of the file."""
_DISPLACING = frozenset(
    "position margin-top margin-right margin-bottom margin-left grid-row-start grid-column-start grid-row-end"
    " grid-column-end".split()
)


COVERING = _DISPLACING | {"outline-width", "box-shadow"}
"""Properties without which a box that is not moved lies over nothing."""


_STACKING = frozenset(
    "transform opacity filter translate scale rotate perspective z-index position clip-path mask top left".split()
)


def is_stacked(values: Declarations, *, in_row: bool) -> bool:
    """Whether an element is painted after the ordinary flow around it."""
    return values.get("position", "static") != "static" or makes_context(values, in_row=in_row)


def makes_context(values: Declarations, *, in_row: bool) -> bool:
    """Whether boxes inside keep their order among themselves."""
    if _ORDERING.isdisjoint(values):
        return False
    position = values.get("position", "static")
    ordered = values.get("z-index", "auto") != "auto"
    return (
        (ordered and (position != "static" or in_row))
        or position in {"fixed", "sticky", "-webkit-sticky"}
        or (number(values.get("opacity", "1")) or 0.0) < 1.0
        or not _STACKING.isdisjoint(values.get("will-change", "").replace(",", " ").split())
        or not {"paint", "layout", "strict", "content"}.isdisjoint(values.get("contain", "").split())
        or any(
            values.get(name, plain) != plain
            for name, plain in (
                ("transform", "none"), ("filter", "none"), ("translate", "none"), ("scale", "none"), ("rotate", "none"),
                ("clip-path", "none"), ("mask-image", "none"), ("mix-blend-mode", "normal"), ("isolation", "auto"),
                ("backdrop-filter", "none"),
            )
        )
    )  # fmt: skip


def order_of(values: Declarations) -> float:
    """The ``z-index``."""
    return number(values.get("z-index", "auto")) or 0.0


def grounds_of(values: Declarations, tag: str, text: str = "") -> tuple[Colour, ...] | None:
    """Colours of a box that hides what is under it; None of one that lets it through."""
    painted = [
        one
        for name in ("background-color", "background-image")
        for one, alpha in colours_in(values.get(name, ""))
        if alpha > _SOLID
    ]
    if painted:
        return tuple(painted)
    through = values.get("backdrop-filter", "none") == "none"
    through &= values.get("mix-blend-mode", "normal") == "normal"
    thick = sum(_border(values, side) for side in ("top", "right", "bottom", "left"))
    drawn = _PICTURE.search(f"{values.get('background-image', '')} {values.get('content', '')}")
    if not through or thick > _HANGS or drawn or tag in REPLACED or any(c in _BOXES for c in text):
        return ()
    return None


def _border(values: Declarations, side: str) -> float:
    return length(values.get(f"border-{side}-width", "0")) or 0.0


def hangs_out(values: Declarations, font: float) -> bool:
    """Whether an outline or a shadow reaches far over what stands around."""
    if (length(values.get("outline-width", "0"), font) or 0.0) > _HANGS / 2:
        return True
    shadow = values.get("box-shadow", "none")
    if shadow == "none":
        return False
    return any(_is_large(layer, font) for layer in layers_of(shadow))


def _is_large(layer: list[str], font: float) -> bool:
    """Whether a shadow is solid far from its box."""
    if "inset" in layer:
        return False
    sizes = [abs(length(word, font) or 0.0) for word in layer if word[:1] in "-0123456789."]
    sharp = sizes[:2] + sizes[3:]
    tints = [alpha for word in layer for _, alpha in colours_in(word)]
    return max(sharp, default=0.0) > _HANGS / 2 and (not tints or max(tints) > _SOLID)


def is_displaced(
    values: Declarations, shape_moves: bool, *, atom: bool, font: float, apart: bool = False
) -> bool:
    """Whether a box may lie over others.

    Args:
        values: computed for it.
        shape_moves: a transform moves it.
        atom: it is painted after the blocks of the flow around it.
        font: pixels of its type.
        apart: it stands in a grid in which no box has a place of another.
    """
    if _DISPLACING.isdisjoint(values):
        return shape_moves
    position = values.get("position", "static")
    if position in {"absolute", "fixed"} or shape_moves:
        return True
    if position == "relative" and any(
        abs(length(values.get(side, "0"), font) or 0.0) > 4
        for side in ("top", "right", "bottom", "left")
    ):
        return True
    negative = any(
        (length(values.get(f"margin-{side}", "0"), font) or 0.0) < -4
        for side in ("top", "right", "bottom", "left")
    )
    return (negative and (atom or position != "static")) or (
        atom and not apart and grid_places.is_placed(values)
    )


PAINTING = frozenset(
    "column-rule column-rule-width row-rule row-rule-width rule rule-width list-style-image list-style-type border-image"
    " border-image-source border-image-width -webkit-box-reflect text-shadow content".split()
)
"""Properties that paint beside the text of an element; what they paint may lie over other text."""


FAR = frozenset(["-webkit-box-reflect", "text-shadow"])
"""Those that paint beside the element itself."""


def carries(values: Declarations, font: float) -> bool:
    """Whether a box is moved with all that stands in it over what it does not stand in."""
    if _DISPLACING.isdisjoint(values):
        return False
    position = values.get("position", "static")
    if position in POSITIONED:
        return True
    if position == "relative" and any(
        abs(length(values.get(side, "0"), font) or 0.0) > _HANGS / 2 for side in SIDES
    ):
        return True
    return any(
        (length(values.get(f"margin-{side}", "0"), font) or 0.0) < -least
        for side, least in (("top", _HANGS / 2), ("left", _HANGS), ("right", _HANGS))
    )


def area_of(values: Declarations, font: float, frame: Frame, text: str | None) -> float | None:
    """Square pixels of a box; None where they follow from what is not told.

    Args:
        values: computed for it.
        font: pixels of its type.
        frame: its place.
        text: what a box without elements in it holds; None for any other.
    """
    sizes = []
    for name, sides in (("width", ("left", "right")), ("height", ("top", "bottom"))):
        whole = frame.border[1] - frame.border[0] if name == "width" else None
        size = sized(values, name, font, whole)
        stretched = all(values.get(side, "auto") != "auto" for side in sides)
        if size is None and text is not None and len(text) < _SHORT and not stretched:
            size = 1.4 * font if name == "height" else len(text) * 0.6 * font + 8
        if size is None:
            return None
        sizes.append(size + _around(values, sides, font))
    return 0.0 if min(sizes) <= _THIN and max(sizes) < 2 * WIDTH else sizes[0] * sizes[1]


def height_of(values: Declarations, font: float) -> float | None:
    """Pixels that a box is high with its padding and border; None where that follows from its content."""
    size = sized(values, "height", font, None)
    return None if size is None else size + _around(values, ("top", "bottom"), font)


def _around(values: Declarations, sides: tuple[str, str], font: float) -> float:
    """Padding and border of two sides."""
    names = [f"padding-{side}" for side in sides] + [f"border-{side}-width" for side in sides]
    return sum(length(values.get(name, "0"), font) or 0.0 for name in names)


def fit(cover: Cover, values: Declarations, font: float, pieces: list[Piece]) -> None:
    """Give a box that is as large as its text that size, once its text is known."""
    if cover.area is not None or cover.to_the_end or values.get("position") not in POSITIONED:
        return
    text = "".join(piece.text for piece in pieces).strip()
    if len(text) >= _SHORT or values.get("width", "auto") != "auto":
        return
    if all(values.get(side, "auto") != "auto" for side in ("left", "right")):
        return
    wide = len(text) * 0.7 * font + _around(values, ("left", "right"), font) + 8
    x0, x1 = cover.frame.border
    frame = replace(cover.frame)
    frame.border = (x0, x0 + wide) if values.get("left", "auto") != "auto" else (x1 - wide, x1)
    cover.frame = frame
    tall = 1.5 * font * (1 + text.count("\n")) + _around(values, ("top", "bottom"), font)
    cover.area = wide * max(tall, cover.height or 0.0)


def settle(covers: list[Cover], pieces: list[Piece]) -> None:
    """Mark the texts that a box may lie over, and those that may lie on a box of their colour."""
    if len(covers) * len(pieces) > _MANY:
        for piece in pieces:
            piece.doubt = piece.doubt or _OVER
        return
    small = 0.0
    for cover in covers:
        if cover.area is not None and cover.area <= _SMALL and not cover.unknown:
            small += cover.area
            if small <= _SMALL_TOGETHER:
                continue
        _settle_one(cover, pieces)


def _widened(cover: Cover, pieces: list[Piece]) -> Cover:
    """A cover that is larger than the box it is placed in, which holds nothing else."""
    scope, place = cover.scope, cover.frame.placed_by
    if not scope.start or cover.height is None or cover.height < _HANGS or cover.unknown:
        return cover
    if place is None or place.room.height is not None or place.least or place.head or place.foot:
        return cover
    inside = range(scope.start, min(scope.end, len(pieces)))
    others = (i for i in inside if not cover.own.start <= i < cover.own.end)
    if any(pieces[i].text.strip() for i in others):
        return cover
    return replace(cover, scope=Span(max(0, scope.start - _NEAR), scope.end), unknown=True)


_NEAR = 12
"""Texts that may lie under a box that hangs out of the one it stands in."""


def _settle_one(cover: Cover, pieces: list[Piece]) -> None:
    cover = _widened(cover, pieces)
    tally: list[Piece] = []
    # A picture, or what stands in one box with few texts, is no ground of a column beside them.
    is_near = not cover.grounds or cover.scope.end - cover.scope.start <= _NEAR
    for index in range(cover.scope.start, min(cover.scope.end, len(pieces))):
        if cover.own.start <= index < cover.own.end:
            continue
        piece = pieces[index]
        if not piece.text.strip() or not _touch(cover, piece):
            continue
        share = 1.0 if cover.unknown else _share(cover, piece.left, piece.right)
        extent = _share(cover, piece.left, min(piece.right, piece.left + piece.wide))
        if piece.key > cover.key:
            _stand_on(cover, piece, extent)
        elif share >= _COVERED or (is_near and extent >= _WHOLLY):
            piece.doubt = piece.doubt or _OVER
        elif extent >= _UNDER:
            tally.append(piece)
    if sum(len(piece.text.split()) for piece in tally) > _FEW_WORDS:
        for piece in tally:
            piece.doubt = piece.doubt or _OVER


def _stand_on(cover: Cover, piece: Piece, extent: float) -> None:
    tint = piece.look.painted[0]
    if not cover.grounds:
        return
    clear = not any(melts(tint, ground) for ground in cover.grounds)
    if clear and cover.key > piece.ground and piece.why == COLOUR and extent >= _UNDER:
        piece.why = None
    elif not clear and extent > 0.1:
        piece.doubt = piece.doubt or _ON


def _touch(cover: Cover, piece: Piece) -> bool:
    if cover.unknown:
        return True
    frame = cover.frame
    low = frame.top.low - _HANGS
    if cover.to_the_end:
        high = float("inf")
    elif cover.height is not None:
        is_exact = frame.top.low == frame.top.high
        high = frame.top.high + cover.height + frame.below + (0.0 if is_exact else _HANGS)
    else:
        high = frame.cursor.high + frame.below + _HANGS
    return piece.high > low and piece.low < high


def _share(cover: Cover, left: float, right: float) -> float:
    x0, x1 = cover.frame.border
    return max(0.0, min(x1, right) - max(x0, left)) / max(right - left, 1.0)


def scope_of(values: Declarations, font: float, frame: Frame, anchor: Span | None) -> Span:
    """The texts among which a box may lie: those of the box it is placed in, or all."""
    if anchor is None or values.get("position", "static") not in {"absolute", "static"}:
        return Span(0)
    margins = (length(values.get(f"margin-{side}", "0"), font) or 0.0 for side in SIDES)
    if values.get("position", "static") == "static":
        return Span(0) if min(margins) < 0 else anchor
    hangs = any(
        (length(values.get(side, "0"), font) or 0.0) < -_HANGS
        for side in ("top", "right", "bottom", "left")
    )
    high = sized(values, "height", font, None)
    return Span(0) if hangs or (high is not None and high > HEIGHT) else anchor
