"""Where OpenDocument text stands on its page, by all that moves it together."""

from __future__ import annotations

from collections.abc import Sequence

from ..office.overflow import Doubt
from ..office.package import Attributes
from .lengths import points
from .names import SECTIONS, SHAPES
from .styles import COLUMNS, GAP

TAG = "tag"
"""Key of a look under which the element's name stands."""
_SEEN = 20.0
"""Points of a line that must be on the paper."""
_EDGE = 10.0
_A4 = (595.0, 842.0)


def _measure(look: Attributes, name: str) -> float:
    """A length in points; 0 where it is none or a part of something."""
    text = look.get(name, "")
    return 0.0 if "%" in text else points(text) or 0.0


def why_misplaced(looks: Sequence[Attributes], page: Attributes) -> str | None:
    """Why text is perhaps off the page or squeezed.

    Args:
        looks: properties of the elements that hold it, the outermost first.
        page: its measures.
    """
    width = _measure(page, "fo:page-width") or _A4[0]
    start, end = _measure(page, "fo:margin-left"), width - _measure(page, "fo:margin-right")
    start, end = _column(page, start, end)
    first, within = 0.0, _inner_section(looks)
    for look in looks:
        tag = look.get(TAG, "")
        if tag in SHAPES:
            return _why_outside(look, page)
        if tag == "table:table-cell":
            # What moves a cell is known of columns alone.
            return None
        start, end = _within(look, start, end, within)
        start, end = _column(look, start, end)
        first = _measure(look, "fo:text-indent") if tag in {"text:p", "text:h"} else first
    if end - start < _SEEN:
        return Doubt("text without room between its indents")
    begins = (start, start + first)
    is_off = max(begins) > width - _SEEN or min(begins) < -_EDGE
    return Doubt("text outside the page") if is_off else None


def above(look: Attributes) -> float:
    """What an element leaves above its text, in points."""
    padding = "fo:padding-top" if "fo:padding-top" in look else "fo:padding"
    is_paragraph = look.get(TAG) in {"text:p", "text:h"}
    return _measure(look, padding) + (_measure(look, "fo:margin-top") if is_paragraph else 0.0)


def taken(look: Attributes) -> tuple[float, float]:
    """What an element leaves above and below its text, in points: margins, borders and padding."""

    def side(name: str) -> float:
        margin, padding = (
            _measure(look, f"fo:{kind}-{name}" if f"fo:{kind}-{name}" in look else f"fo:{kind}")
            for kind in ("margin", "padding")
        )
        return margin + padding + _border(look.get(f"fo:border-{name}", look.get("fo:border", "")))

    return side("top"), side("bottom")


def _border(text: str) -> float:
    """Width of a border in points."""
    return max((points(part) or 0.0 for part in text.split()), default=0.0)


def size_of(look: Attributes) -> float:
    """What a paragraph's style makes a line of it at least, in points."""
    return max(_measure(look, "fo:font-size"), _measure(look, "style:line-height-at-least"))


def height_of_row(look: Attributes) -> float:
    """The least height of a row in points."""
    return max(_measure(look, "style:min-row-height"), _measure(look, "style:row-height"))


def height_of_picture(look: Attributes, room: float) -> float:
    """Height in points of what stands in a line, with what it leaves around itself."""
    told = [look.get(name, "") for name in ("svg:height", "style:rel-height")]
    heights = [points(text, room) or 0.0 for text in told]
    return max(heights) + sum(taken(look))


def why_outside(left: float, page: Attributes) -> str | None:
    """Why a line that begins so far from the left of the paper is perhaps not on it."""
    width = _measure(page, "fo:page-width") or _A4[0]
    return None if -_EDGE <= left <= width - _SEEN else Doubt("text outside the page")


def room_of(looks: Sequence[Attributes], page: Attributes) -> tuple[float, float]:
    """Where a paragraph's lines begin and end, in points from the left."""
    width = _measure(page, "fo:page-width") or _A4[0]
    start, end = _measure(page, "fo:margin-left"), width - _measure(page, "fo:margin-right")
    within = _inner_section(looks)
    for look in looks:
        start, end = _within(look, start, end, within)
    return start, max(end, start)


def _inner_section(looks: Sequence[Attributes]) -> Attributes | None:
    """The innermost section: programs take its margins alone."""
    return next((look for look in reversed(looks) if look.get(TAG) in SECTIONS), None)


def _within(
    look: Attributes, start: float, end: float, section: Attributes | None
) -> tuple[float, float]:
    """What an element leaves of the room that holds it."""
    if look.get(TAG) in SECTIONS and look is not section:
        return start, end
    start += _measure(look, "fo:margin-left") + _measure(look, "fo:padding-left")
    return start, end - _measure(look, "fo:margin-right")


def height_of(page: Attributes) -> tuple[float, float]:
    """Where a page's text begins, and how much of it there is room for."""
    height = _measure(page, "fo:page-height") or _A4[1]
    top = _measure(page, "fo:margin-top")
    return top, max(100.0, height - top - _measure(page, "fo:margin-bottom"))


def _column(look: Attributes, start: float, end: float) -> tuple[float, float]:
    """The narrowest of the columns that a look makes."""
    parts = [float(part) for part in look.get(COLUMNS, "").split() if part.isdigit()]
    if not parts or parts[0] < 2:
        return start, end
    shares = parts[1:] or [1.0] * int(parts[0])
    room = end - start - (len(shares) - 1) * _measure(look, GAP)
    return start, start + room * min(shares) / max(1.0, sum(shares))


def _why_outside(look: Attributes, page: Attributes) -> str | None:
    """Why a shape is perhaps off the page."""
    paper = _measure(page, "fo:page-width") or _A4[0], _measure(page, "fo:page-height") or _A4[1]
    for axis, side, extent, size in (
        ("horizontal", "left", "svg:width", paper[0]),
        ("vertical", "top", "svg:height", paper[1]),
    ):
        if look.get("anchor") == "as-char" or look.get(f"style:{axis}-pos", "from-left") not in {
            "from-left", "from-top", "from-inside",
        }:  # fmt: skip
            continue
        relative = look.get(f"style:{axis}-rel", "page")
        if relative not in {"page", "page-content"} and axis == "vertical":
            continue
        at = _measure(look, "svg:x" if axis == "horizontal" else "svg:y")
        begin = at + (0.0 if relative == "page" else _measure(page, f"fo:margin-{side}"))
        if begin > size - _SEEN or begin + max(_measure(look, extent), _SEEN) < _SEEN:
            return Doubt("a frame outside the page")
    return None
