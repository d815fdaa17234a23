"""Letters of drawings: which of a simple drawing's texts lie in it whole, dark and alone."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..css.values import colour, length
from ..css.visibility import Look
from ..paint import grey

_DEFINED = frozenset(
    "defs symbol clippath clipPath mask pattern marker title desc metadata style script".split()
)
_DRAWN = frozenset(["text", "foreignobject", "foreignObject"])
_ASIDE = frozenset(["title", "desc"])
_OF_DRAWINGS = frozenset("width height viewbox viewBox xmlns role id class version".split())
_OF_TEXTS = frozenset(
    "x y font-size font-family font-weight font-style fill text-anchor dominant-baseline class id".split()
)
_OF_PARTS = frozenset("font-weight font-style class id".split())
_PAINTING = re.compile(r"fill|stroke|paint-order|anchor|baseline|glyph|[\\]|\bd\s*:", re.I)
_USUAL_SIZE = (300.0, 150.0)
_SMALLEST, _LARGEST = 9.0, 200.0
_DARK = 160.0
_ASCENT, _DESCENT = 0.8, 0.3
USUAL = (0.3, 0.55, 0.72, 0.9)
"""Widths of narrow, usual, capital and wide letters, of their type."""
WIDE = (0.42, 0.72, 0.85, 1.05)
"""The same in the widest of usual typefaces, and fat."""
_NARROW = frozenset("iljtfrI .,:;'|!()-")
_BROAD = frozenset("MWmw@%")


class _Place(NamedTuple):
    """The box of a text, in pixels of its drawing."""

    left: float
    top: float
    right: float
    bottom: float


def width_of(text: str, pixels: float, widths: tuple[float, float, float, float]) -> float:
    """Pixels that a text is wide at the most."""
    narrow, usual, capital, broad = widths
    return pixels * sum(
        broad if c in _BROAD or c > "\u02ff" else narrow if c in _NARROW else capital if c.isupper() or c.isdigit() else usual
        for c in text
    )  # fmt: skip


def texts_of(node: Any, look: Look) -> list[tuple[str, bool]]:
    """Texts of a drawing from top to bottom, and whether all of each is surely seen.

    Args:
        node: the drawing.
        look: of what stands around it.
    """
    found = [one for one in node.iter(*_DRAWN) if not _is_aside(one, node)]
    if not found:
        return []
    texts = [" ".join("".join(_letters(one)).split()) for one in found]
    places = [_place(one, text, look) for one, text in zip(found, texts, strict=True)]
    if not _is_simple(node) or not all(places):
        return [(text, False) for text in texts if text]
    size = _size(node, look)
    ordered = sorted(
        (place.top, place.left, place, text) for place, text in zip(places, texts, strict=True) if place and text
    )  # fmt: skip
    alone = [
        _lies_in(place, size) and not any(_meet(place, other) for _, _, other, _ in ordered if other is not place)
        for _, _, place, _ in ordered
    ]  # fmt: skip
    return [(one[3], is_sure) for one, is_sure in zip(ordered, alone, strict=True)]


def right_of(node: Any, look: Look) -> float:
    """Pixels from the left side of a drawing to the right end of its texts; all that it is wide where that is not known."""
    wide, _, scale = _size(node, look)
    places = [_place(one, "".join(one.itertext()), look) for one in node.iter("text")]
    ends = [place.right for place in places if place]
    return scale * (max(ends, default=0.0) if len(ends) == len(places) else wide)


def _letters(node: Any) -> list[str]:
    """Of an element and what is in it, without what only explains it."""
    found, todo = list[str](), [node]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one.tag, str) and one.tag not in _DEFINED:
            if one is not node and one.tag != "tspan":
                found.append(" ")
            found.append(one.text or "")
            for child in reversed(one):
                todo += [child.tail or "", child]
    return found


def _is_aside(node: Any, drawing: Any) -> bool:
    for parent in node.iterancestors():
        if parent is drawing:
            return False
        if parent.tag in _DEFINED or parent.tag in _DRAWN:
            return True
    return False


def _is_simple(node: Any) -> bool:
    """Whether a drawing has nothing but texts, so that none of them is covered, moved or cut by another thing."""
    if not _OF_DRAWINGS.issuperset(node.attrib) or _has_painting_sheet(node):
        return False
    return all(
        one.tag in _ASIDE or (one.tag == "text" and _is_simple_text(one))
        for one in node
        if isinstance(one.tag, str)
    )


def _has_painting_sheet(node: Any) -> bool:
    """Whether a sheet or a style of the page has declarations for drawings, which say nothing of other text."""
    root = node.getroottree().getroot()
    told = ["".join(one.itertext()) for one in root.iter("style")]
    told += [one.get("style", "") for one in root.iter() if isinstance(one.tag, str)]
    return any(_PAINTING.search(text) for text in told)


def _is_simple_text(node: Any) -> bool:
    return _OF_TEXTS.issuperset(node.attrib) and all(
        one.tag in _ASIDE
        or (one.tag == "tspan" and _OF_PARTS.issuperset(one.attrib) and len(one) == 0)
        for one in node
        if isinstance(one.tag, str)
    )


def _size(node: Any, look: Look) -> tuple[float, float, float]:
    """Width and height that a drawing shows, in its own units, and pixels of one; nothing where they are not told."""
    sides = [
        _pixels(node.get(name, f"{usual}px"), look)
        for name, usual in zip(("width", "height"), _USUAL_SIZE, strict=True)
    ]
    wide, high = (side or 0.0 for side in sides)
    told = node.get("viewBox") or node.get("viewbox")
    if told is None:
        return wide, high, 1.0
    numbers = [_number(part) for part in re.split(r"[\s,]+", told.strip())]
    if len(numbers) != 4 or None in numbers or not {"width", "height"} <= set(node.attrib):
        return 0.0, 0.0, 0.0
    left, top, across, down = (number or 0.0 for number in numbers)
    if left or top or across <= 0 or down <= 0:
        return 0.0, 0.0, 0.0
    return across, down, min(wide / across, high / down)


def _place(node: Any, text: str, look: Look) -> _Place | None:
    """Where a text lies; None where that or its colour cannot be told."""
    x, y = (_pixels(node.get(name, "0"), look) for name in "xy")
    size = _pixels(node.get("font-size", f"{look.pixels}px"), look)
    painted = colour(node.get("fill", "#000").strip().lower())
    if node.get("fill", "").strip().lower() == "currentcolor":
        painted = (look.colour, look.alpha)
    if x is None or y is None or size is None or painted is None:
        return None
    if painted[1] < 1.0 or grey(painted[0]) > _DARK or any(grey(one) < 200 for one in look.grounds):
        return None
    wide = width_of(text, size, WIDE)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}.get(
        node.get("text-anchor", "start"), 9e9
    )
    below = size if "dominant-baseline" in node.attrib else _DESCENT * size
    return _Place(left, y - _ASCENT * size, left + wide, y + below)


def _lies_in(place: _Place, size: tuple[float, float, float]) -> bool:
    wide, high, scale = size
    tall = (place.bottom - place.top) * scale
    return (
        place.left >= 0
        and place.top >= 0
        and place.right <= wide
        and place.bottom <= high
        and tall / (_ASCENT + _DESCENT) >= _SMALLEST
        and tall <= _LARGEST
    )


def _meet(one: _Place, other: _Place) -> bool:
    return (
        one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
    )  # fmt: skip


def _pixels(text: str, look: Look) -> float | None:
    """A length of a drawing, whose own unit is a pixel; None for a share of something else."""
    return None if "%" in text else length(text.strip().lower(), look.pixels)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)", text) else None
