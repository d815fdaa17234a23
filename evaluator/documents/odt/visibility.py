"""Whether the formatting of OpenDocument text lets a person see it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..office.grounds import Ground
from ..office.legibility import are_overlaid, size_of, why_illegible
from ..office.overflow import Doubt
from ..office.package import Attributes
from ..paint import BLACK, TINY_POINTS, Colour, from_hex, to_hex
from ..symbol_fonts import PICTURES, draws_pictures
from .lengths import points
from .places import why_misplaced
from .styles import UNKNOWN, Styles

PLACED = ("svg:width", "svg:height", "style:rel-height", "svg:x", "svg:y", "draw:transform")
"""Measures that a shape tells itself."""
_LENGTH = re.compile(r"(-?[\d.]+)(pt|cm|mm|in|px|%)?$")
_FAR_POINTS = 800.0
"""Nothing shown stands further from the left or the top."""
_WIDTH_POINTS = 520.0
"""Nearly the width of a page: text that begins so far from the left margin is not on it."""
_THIN_POINTS = 3.0
"""A line, row or frame of this height cuts its letters off."""
_THIN_PART = 0.45
"""And so does a line of this part of their size."""
_RAISED_PERCENT = 300.0
_CLEAR_PERCENT = 10.0
_WHOLE_PERCENT = 100.0
_LEAST_POINTS = 50.0
_USUAL_POINTS = 12.0
_MOVED = re.compile(r"translate\s*\(\s*(-?[\d.]+\w*)\s+(-?[\d.]+\w*)")
_SWITCHES = {
    "text:display": "none",
    "text:is-hidden": "true",
    "draw:display": "none",
    "table:display": "false",
}
_SWITCHED = frozenset((*_SWITCHES, "table:visibility"))
_USUAL_ONLY = {
    "text:display": ("true",),
    "style:text-combine": ("none", "lines"),
    "style:text-rotation-angle": ("0", "90", "270"),
    "draw:fit-to-size": ("false",),
    "style:shrink-to-fit": ("false",),
    "style:rotation-angle": ("0",),
    "style:cell-protect": ("none", "protected"),
    "style:print-content": ("true",),
    "style:repeat-content": ("false",),
    "draw:visible": ("true",),
}
"""Properties of which only some values are known to leave text as it is."""
_UNSEEN_ROWS = frozenset(["collapse", "filter"])


def is_switched_off(attributes: Attributes) -> bool:
    """Whether an element or a style says that it is not shown."""
    if _SWITCHED.isdisjoint(attributes):
        return False
    return attributes.get("table:visibility", "") in _UNSEEN_ROWS or any(
        attributes.get(name) == value for name, value in _SWITCHES.items()
    )


@dataclass
class Seen:
    """Where text stands and how it looks.

    Args:
        looks: properties of the elements that hold it, the outermost first.
        styles: of the document.
        paper: the ground of its page.
        page: the measures of its page.
    """

    looks: Sequence[Attributes]
    styles: Styles
    paper: Ground
    page: Attributes
    points: float = _USUAL_POINTS
    colours: tuple[Colour, ...] = ()
    fonts: tuple[str, str] = ("", "")
    ground: Ground | None = None
    """What its elements paint under it; None where it stands on the paper."""

    def why_unseen(self) -> tuple[str | None, float]:
        """Why nobody sees it, and the size of its letters in points."""
        merged = dict(self.styles.defaults)
        ground = self.paper
        size = points(merged.get("fo:font-size", "")) or _USUAL_POINTS
        why: str | None = None
        for look in self.looks:
            if is_switched_off(look):
                why = why or "hidden text"
            why = why or _why_out_of_sight(look)
            merged |= look
            size = _size(look, size)
            ground = self.styles.ground(look, ground)
        moved = [points(part, 100.0) for part in merged.get("style:text-position", "").split()]
        if len(moved) > 1 and moved[1] is not None:
            size *= moved[1] / 100
        if moved and abs(moved[0] or 0) > _RAISED_PERCENT:
            why = why or "text moved away from its line"
        why = why or _why_illegible(merged, size, self.styles.pictures)
        self.points = size
        self.fonts = merged.get("style:font-name", ""), merged.get("fo:font-family", "")
        why = (
            why
            or self._why_painted(merged, ground)
            or self._why_illegible(merged)
            or why_misplaced(self.looks, self.page)
        )
        return why or _why_unknown(merged), size

    def _why_illegible(self, merged: Attributes) -> str | None:
        """By size, width and colour together."""
        sides = [points(self.page.get(f"fo:page-{side}", "")) or 0 for side in ("width", "height")]
        size = size_of(self.points, _scale(merged), max(sides))
        return why_illegible(size, self.colours, (self.ground or self.paper).colours)

    def _why_painted(self, merged: Attributes, ground: Ground) -> str | None:
        """By its colour; on paper that is known when all that is drawn there is."""
        colour = from_hex(merged.get("fo:color", ""))
        lit = from_hex(merged.get("fo:background-color", ""))
        is_own = lit is not None or ground is not self.paper
        shown = points(merged.get("loext:opacity", "100%"), 100.0)
        if colour is not None and shown is not None and 0 < shown < _WHOLE_PERCENT:
            under = Ground((lit,)) if lit is not None else ground
            colour = Ground((colour,)).faded(shown / _WHOLE_PERCENT, under).colours[0]
            merged = merged | {"fo:color": f"#{to_hex(colour)}"}
        self.colours = (colour,) if colour is not None else () if is_own else (BLACK,)
        self.ground = (Ground((lit,)) if lit is not None else ground) if is_own else None
        return _why_unpainted(merged, ground, is_own=is_own)


def _scale(look: Attributes) -> float:
    """Width of letters, of what their typeface gives them."""
    scale = points(look.get("style:text-scale", "100%"), 1.0)
    return 1.0 if scale is None else scale


def _size(look: Attributes, size: float) -> float:
    size = points(look.get("fo:font-size", ""), size) or size
    return max(0.0, size + (points(look.get("style:font-size-rel", "")) or 0))


def _why_unknown(look: Attributes) -> str | None:
    """Why a look is not understood."""
    if UNKNOWN in look:
        return Doubt(f"the style's {look[UNKNOWN]}")
    for name, usual in _USUAL_ONLY.items():
        if look.get(name, usual[0]) not in usual:
            return Doubt(f"the style's {name}")
    return None


def _why_illegible(look: Attributes, size: float, pictures: Collection[str]) -> str | None:
    """Why letters of a size are not read, whatever their colour."""
    if size < TINY_POINTS:
        return f"text of {size:.3g} points"
    if are_overlaid(size, _scale(look), points(look.get("fo:letter-spacing", "")) or 0):
        return "letters drawn over each other"
    line = points(look.get("fo:line-height", ""), size)
    if line is not None and "%" not in look["fo:line-height"] and 0 < line < size * _THIN_PART:
        return "text in a line of no height"
    scale = _LENGTH.match(look.get("style:text-scale", "100%"))
    if scale and float(scale.group(1)) <= 10:
        return f"text squeezed to {scale.group(1)} %"
    if look.get("style:font-name", "") in pictures or draws_pictures(
        look.get("fo:font-family", "")
    ):
        return PICTURES
    return None


def _why_unpainted(look: Attributes, ground: Ground, *, is_own: bool) -> str | None:
    shown = points(look.get("loext:opacity", "100%"), 100.0)
    if look.get("fo:color") == "transparent" or (shown is not None and shown < _CLEAR_PERCENT):
        return "text without a fill"
    lit = from_hex(look.get("fo:background-color", ""))
    colour = from_hex(look.get("fo:color", ""))
    if lit is not None:
        ground = Ground((lit,))
    if not is_own:
        return None
    if colour is None:
        # Programs choose black or white by the ground that they know; a picture is none.
        return Doubt(ground.why) if ground.why else None
    return ground.why_unseen(colour)


def _why_out_of_sight(look: Attributes) -> str | None:
    """Why nobody sees what one element holds, by its measures."""
    for name in _ROOMS:
        size = look.get(name, "")
        if size and "%" not in size and (points(size) or _THIN_POINTS + 1) <= _THIN_POINTS:
            return "a line, row or frame of no size"
    far = [abs(points(look[name]) or 0) / most for name, most in _PLACES.items() if name in look]
    far += [(points(look[name]) or 0) / most for name, most in _INSETS.items() if name in look]
    moved = _MOVED.search(look.get("draw:transform", ""))
    far += [abs(points(part) or 0) / _FAR_POINTS for part in (moved.groups() if moved else ())]
    return "text outside the page" if max(far, default=0.0) > 1 else None


_ROOMS = ("fo:line-height", "style:row-height", "svg:width", "svg:height")
_PLACES = {
    "svg:x": _FAR_POINTS,
    "svg:y": _FAR_POINTS,
    "fo:margin-left": _WIDTH_POINTS,
    "fo:text-indent": _WIDTH_POINTS,
    "fo:padding": _WIDTH_POINTS,
    "fo:padding-left": _WIDTH_POINTS,
}
"""Measures that move text either way, and the furthest that each is seen at."""
_INSETS = {"fo:margin-right": _WIDTH_POINTS, "fo:padding-top": _FAR_POINTS}


def has_no_room(pages: Iterable[Attributes]) -> bool:
    """Whether the margins of a page leave nothing of its paper."""
    for page in pages:
        for paper, first, second in (
            ("fo:page-width", "fo:margin-left", "fo:margin-right"),
            ("fo:page-height", "fo:margin-top", "fo:margin-bottom"),
        ):
            size = points(page.get(paper, ""))
            taken = [points(page.get(name, "")) or 0 for name in (first, second)]
            if size is not None and size - sum(taken) < _LEAST_POINTS:
                return True
    return False
