"""Whether boxes of CSS are moved, cut, folded or masked away."""

from __future__ import annotations

import math
import re

from .css import Declarations
from .css_values import colours_in, length, number

_FUNCTION = re.compile(r"([\w-]+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_FAR = 500.0
_FAR_RIGHT = 2_500.0
_FAR_BELOW = 10_000.0
_THIN = 8.0
"""Pixels of a cut box in which no line can be read."""
_NARROW = 0.05
_BLURRED = 3.0
_SEE_THROUGH = 0.1
_SIDES = ("top", "right", "bottom", "left")
_LONG = 1_000
_JUDGED = frozenset(
    "clip clip-path -webkit-clip-path filter transform translate scale inset margin text-indent width height".split()
)
_CUTTING = frozenset(["hidden", "clip", "auto", "scroll"])


def why_away(values: Declarations, font: float) -> str | None:
    """Why neither an element nor anything inside it is seen, by its geometry.

    Args:
        values: declared for it, with variables filled in.
        font: pixels of its font.
    """
    if any(len(value) > _LONG and name in _JUDGED for name, value in values.items()):
        return "a value too long to be judged"
    return (
        _why_clipped(values, font)
        or _why_masked(values)
        or _why_moved(values, font)
        or _why_transformed(values, font)
        or _why_squeezed(values, font)
    )


def _sides(
    values: Declarations, shorthand: str, names: tuple[str, ...], font: float
) -> dict[str, float]:
    """Lengths of four sides; the longhand wins, which is declared for one of them."""
    parts = _words(values.get(shorthand, ""))
    spread = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}.get(len(parts))
    found = {}
    for place, name in enumerate(names):
        text = values.get(name) or (parts[spread[place]] if spread else "")
        size = length(text, font) if text else None
        if size is not None:
            found[name] = size
    return found


def _words(value: str) -> list[str]:
    return re.findall(r"[^\s()]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s]+", value)[:8]


def _why_clipped(values: Declarations, font: float) -> str | None:
    rect = re.match(r"rect\(([^()]*)\)", values.get("clip", ""))
    if rect and values.get("position") in {"absolute", "fixed"}:
        edges = [length(part, font) for part in re.split(r"[,\s]+", rect.group(1).strip())]
        if len(edges) == 4 and None not in edges:
            top, right, bottom, left = (edge or 0.0 for edge in edges)
            if right - left <= 2 or bottom - top <= 2:
                return "clip"
    path = values.get("clip-path", values.get("-webkit-clip-path", ""))
    found = _FUNCTION.search(path)
    if found is None:
        return "clip-path" if path.startswith("url(") else None
    return "clip-path" if _cuts_all(found.group(1), found.group(2), font) else None


def _cuts_all(shape: str, arguments: str, font: float) -> bool:
    before = arguments.partition(" at ")[0].partition(" round ")[0]
    words = _words(before)
    if shape in {"circle", "ellipse"}:
        radii = [length(word, font, 1_000.0) for word in words]
        return any(radius is not None and radius < _THIN for radius in radii)
    if shape == "inset":
        four = {1: (0, 0), 2: (0, 1), 3: (0, 1), 4: (0, 1)}.get(len(words))
        edges = [length(word, font, 1_000.0) or 0.0 for word in words]
        if not four:
            return False
        top, right = edges[0], edges[1] if len(edges) > 1 else edges[0]
        bottom = edges[2] if len(edges) > 2 else top
        left = edges[3] if len(edges) > 3 else right
        return top + bottom >= 950 or left + right >= 950
    if shape == "polygon":
        points = [_words(point) for point in arguments.split(",")]
        across = [
            [length(p[n], font, 1_000.0) or 0.0 for p in points if len(p) == 2] for n in (0, 1)
        ]
        return any(not axis or max(axis) - min(axis) < _THIN for axis in across)
    return shape in {"path", "url", "shape"}


def _why_masked(values: Declarations) -> str | None:
    for name in ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image"):
        value = values.get(name, "none")
        painted = colours_in(value)
        if (
            len(value) > _LONG
            or "url(" in value
            or (painted and all(alpha < _SEE_THROUGH for _, alpha in painted))
        ):
            return "mask"
    for function, arguments in _FUNCTION.findall(values.get("filter", "")):
        amount = number(arguments) if arguments.strip() else 1.0
        if function == "blur" and (length(arguments) or 0.0) > _BLURRED:
            return "filter: blur"
        if function in {"opacity", "contrast"} and amount is not None and amount < _SEE_THROUGH:
            return f"filter: {function}"
    return None


def _why_moved(values: Declarations, font: float) -> str | None:
    if abs(length(values.get("text-indent", ""), font) or 0.0) > _FAR:
        return "text-indent"
    if values.get("position") in {"absolute", "fixed", "relative"}:
        edges = _sides(values, "inset", _SIDES, font)
        for side, distance in edges.items():
            far = _FAR_RIGHT if side in {"left", "right"} else _FAR_BELOW
            if distance < -_FAR or distance > far:
                return f"{side} far outside the page"
    margins = _sides(values, "margin", tuple(f"margin-{side}" for side in _SIDES), font)
    floats = values.get("float") == "right"
    for side, distance in margins.items():
        if distance < -_FAR and (
            side in {"margin-left", "margin-top"} or (side == "margin-right" and floats)
        ):
            return f"{side} far outside the page"
    return None


def _why_transformed(values: Declarations, font: float) -> str | None:
    away = values.get("backface-visibility") == "hidden"
    for function, arguments in _FUNCTION.findall(values.get("transform", "")):
        parts = [part.strip() for part in arguments.split(",")]
        if function.startswith("translate") and _is_far(parts, font):
            return "transform far outside the page"
        if function.startswith("scale") and _is_flat(parts):
            return "transform: scale"
        if function in {"rotatex", "rotatey"} and _turns_away(parts[0], back=away):
            return "transform: rotate"
        if function == "matrix" and _has_no_area(parts):
            return "transform: matrix"
    if _is_far(_words(values.get("translate", "")), font):
        return "translate far outside the page"
    return "scale" if _is_flat(_words(values.get("scale", ""))) else None


def _is_far(parts: list[str], font: float) -> bool:
    return any(abs(length(part, font) or 0.0) > _FAR for part in parts[:2])


def _is_flat(parts: list[str]) -> bool:
    sizes = [number(part) for part in parts[:2] if part and part != "none"]
    return any(size is not None and abs(size) < _SEE_THROUGH for size in sizes)


def _turns_away(angle: str, *, back: bool) -> bool:
    found = re.fullmatch(r"(-?[\d.]+)(deg|rad|turn|grad)", angle)
    if found is None:
        return False
    turn = {"deg": math.pi / 180, "rad": 1.0, "turn": 2 * math.pi, "grad": math.pi / 200}[
        found.group(2)
    ]
    facing = math.cos(float(found.group(1)) * turn) if found.group(1).count(".") < 2 else 1.0
    return abs(facing) < _NARROW or (back and facing < 0)


def _has_no_area(parts: list[str]) -> bool:
    found = [number(part) for part in parts]
    if len(found) != 6 or None in found:
        return False
    a, b, c, d = (value or 0.0 for value in found[:4])
    return abs(a * d - b * c) < _SEE_THROUGH * _SEE_THROUGH


def _why_squeezed(values: Declarations, font: float) -> str | None:
    contained = values.get("contain", "")
    if ("strict" in contained or "size" in contained.split()) and not values.get("height"):
        return "contain without a size"
    flow = " ".join(values.get(f"overflow{end}", "") for end in ("", "-x", "-y"))
    if not _CUTTING.intersection(flow.split()):
        return None
    for side in ("width", "height", "max-height", "max-width"):
        size = length(values.get(side, ""), font)
        if size is not None and size <= _THIN and "%" not in values[side]:
            return f"{side} of nothing"
    return None
