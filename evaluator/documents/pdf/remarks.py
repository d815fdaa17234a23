"""Places of a PDF page on which some viewers draw a remark, and others nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .field_texts import sorted_box

_LEFT_TO_VIEWERS = frozenset(
    ["/FreeText", "/Line", "/PolyLine", "/Polygon", "/Stamp", "/Redact", "/Caret", "/Watermark"]
)
"""Kinds that not every viewer draws where they bring no appearance."""
_COLOURS = {"/FreeText": "/C", "/Polygon": "/IC"}
"""Kinds that leave what is under them readable without a ground of their own."""
_WIDE = 3.0
"""Points of the border of a link or a polygon, from which it is more than a frame."""
Edges = tuple[float, float, float, float]


def may_cover(annotation: Any) -> Edges | None:
    """Left, bottom, right and top of what a remark covers in some viewers; None where there is nothing of the kind."""
    kind, is_made = annotation.get("/Subtype"), "/AP" in annotation
    width = _border(annotation)
    if kind == "/Popup":
        covers = is_made
    elif kind == "/Link":
        covers = not is_made and width > _WIDE
    else:
        colour = _COLOURS.get(kind)
        filled = colour is None or bool(annotation.get(colour)) or width > _WIDE
        covers = not is_made and kind in _LEFT_TO_VIEWERS and filled
    return _extent(annotation, width / 2) if covers else None


def _border(annotation: Any) -> float:
    style = annotation.get("/BS", {}).get_object() if "/BS" in annotation else {}
    if "/W" in style:
        return float(style["/W"])
    border = annotation.get("/Border", [])
    return float(border[2]) if len(border) > 2 else 1.0


def _extent(annotation: Any, beyond: float) -> Edges:
    """Around a remark's box and all the points that it names."""
    box = sorted_box([float(edge) for edge in annotation["/Rect"]])
    places = [box[:2], box[2:]]
    for key in ("/L", "/Vertices"):
        numbers = [float(number) for number in annotation.get(key, [])]
        places += _pairs(numbers)
    return (
        min(x for x, _ in places) - beyond, min(y for _, y in places) - beyond,
        max(x for x, _ in places) + beyond, max(y for _, y in places) + beyond,
    )  # fmt: skip


def _pairs(numbers: Iterable[float]) -> list[tuple[float, float]]:
    each = iter(numbers)
    return list(zip(each, each, strict=False))
