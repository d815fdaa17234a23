"""Whether boxes of CSS are cut, masked, turned or squeezed away: what is understood to leave the text readable, and the rest."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import tinycss2

from .cascade import Declarations
from .conditions import parts_at_commas
from .declarations import UNKNOWN
from .values import colour, length, number

_NARROW = 0.2
_BLURRED = 0.6
_LEGIBLE = 0.5
_FLAT = 0.1
_SEE_THROUGH = 0.35
_SEVERAL = 4
_OUTLINED = 0.06
"""Of the type, a stroke that may be as thick as those of its letters."""
_TILTED = 20.0
"""Degrees by which a paragraph may be turned."""
_WHOLE = 1_000.0
_MOSTLY = 0.85
_DEGREES = {"deg": 1.0, "rad": 180 / math.pi, "turn": 360.0, "grad": 0.9}
_SHOWN_BLENDS = frozenset(["normal"])


class Shape(NamedTuple):
    """What transforms and shapes do to an element and all inside it."""

    hidden: str | None = None
    """Why nothing of it is seen."""
    doubt: str | None = None
    """Why it cannot be told whether it is."""
    scale: float = 1.0
    across: float = 0.0
    """Pixels by which it is moved to the right."""
    down: float = 0.0
    share: tuple[float, float] = (0.0, 0.0)
    """Parts of its own width and height by which it is moved."""


NO_SHAPE = Shape()
_SHAPING = frozenset(
    "clip clip-path filter mask-image mix-blend-mode -webkit-text-security contain unicode-bidi content zoom"
    " text-decoration-thickness -webkit-text-stroke-width outline-offset vertical-align transform translate scale"
    " rotate".split()
)
"""Properties without which nothing is cut, masked or turned."""


MASKED = "CSS mask"


def shape_of(values: Declarations, font: float) -> Shape:
    """The shape of an element.

    Args:
        values: computed for it.
        font: pixels of its type.
    """
    if _SHAPING.isdisjoint(values):
        return NO_SHAPE
    hidden = _why_clipped(values, font) or _why_filtered(values)
    if hidden is None:
        hidden = _why_masked(values)
    doubt = _why_doubtful(values, font)
    moved = _turned(values, font)
    return moved._replace(hidden=hidden or moved.hidden, doubt=doubt or moved.doubt)


def _functions(value: str) -> list[tuple[str, list[list[Any]]]]:
    nodes = tinycss2.parse_component_value_list(value, skip_comments=True)
    return [
        (node.lower_name, parts_at_commas(node.arguments))
        for node in nodes
        if node.type == "function"
    ]


def _texts(arguments: list[list[Any]]) -> list[str]:
    return [tinycss2.serialize(part).strip() for part in arguments]


def _words(text: str) -> list[str]:
    nodes = tinycss2.parse_component_value_list(text, skip_comments=True)
    return [tinycss2.serialize([node]) for node in nodes if node.type != "whitespace"]


def _why_clipped(values: Declarations, font: float) -> str | None:
    clip = values.get("clip", "auto")
    if clip.startswith("rect(") and values.get("position") in {"absolute", "fixed"}:
        words = _words(clip[5:-1].replace(",", " "))
        edges = [None if word == "auto" else length(word, font) for word in words]
        if None not in edges:
            return "CSS clip"
    path = values.get("clip-path", "none")
    if path == "none" or path == UNKNOWN:
        return None
    found = _functions(path)
    if len(found) != 1:
        return None if not found and "url" not in path else "CSS clip-path"
    return None if _keeps_most(found[0][0], _texts(found[0][1]), font) else "CSS clip-path"


def _keeps_most(shape: str, arguments: list[str], font: float) -> bool:
    """Whether a basic shape leaves nearly all of a box."""
    told, _, centre = arguments[0].partition(" round ")[0].partition(" at ")
    words = _words(told)
    if shape in {"circle", "ellipse"}:
        radii = [length(word, font, _WHOLE) for word in words]
        return (
            bool(radii)
            and set(_words(centre)) <= {"center", "50%"}
            and all(radius is not None and radius >= 0.45 * _WHOLE for radius in radii)
        )
    if shape == "inset" and 1 <= len(words) <= 4:
        edges = [length(word, font, _WHOLE) for word in words]
        return all(edge is not None and edge <= 0.08 * _WHOLE for edge in edges)
    if shape != "polygon":
        return False
    points = [_words(point) for point in arguments if point not in {"evenodd", "nonzero"}]
    if any(len(point) != 2 for point in points):
        return False
    across, down = ([length(point[axis], font, _WHOLE) for point in points] for axis in (0, 1))
    if None in across or None in down:
        return False
    xs, ys = [float(x or 0.0) for x in across], [float(y or 0.0) for y in down]
    area = sum(x * ys[i - 1] - xs[i - 1] * y for i, (x, y) in enumerate(zip(xs, ys, strict=True)))
    return abs(area) / 2 >= 0.75 * _WHOLE * _WHOLE


def _why_masked(values: Declarations) -> str | None:
    image = values.get("mask-image", "none")
    if image in {"none", UNKNOWN}:
        return None
    found = _functions(image)
    if len(found) != 1 or found[0][0] != "linear-gradient":
        return MASKED
    return None if _opaque_share(_texts(found[0][1])) >= _SEE_THROUGH else MASKED


def _opaque_share(stops: list[str]) -> float:
    """The part of a gradient's length in which it is more than half opaque; 0 where that is not understood."""
    if stops and colour(_words(stops[0])[0] if stops[0] else "") is None:
        stops = stops[1:]
    found: list[tuple[float | None, float]] = []
    for stop in stops:
        words = _words(stop)
        painted = colour(words[0]) if words else None
        place = length(words[1], whole=1.0) if len(words) > 1 else None
        if painted is None or len(words) > 2 or (len(words) > 1 and "%" not in words[1]):
            return 0.0
        found.append((place, painted[1]))
    if len(found) < 2:
        return 0.0
    places = [found[0][0] or 0.0]
    for index, (place, _) in enumerate(found[1:], start=1):
        even = index / (len(found) - 1)
        places.append(max(places[-1], even if place is None else place))
    steps = 100
    opaque = 0
    for step in range(steps):
        opaque += _level((step + 0.5) / steps, places, [alpha for _, alpha in found]) > _LEGIBLE
    return opaque / steps


def _level(place: float, places: list[float], alphas: list[float]) -> float:
    if place <= places[0]:
        return alphas[0]
    for index in range(1, len(places)):
        if place <= places[index]:
            width = places[index] - places[index - 1]
            part = (place - places[index - 1]) / width if width > 0 else 1.0
            return alphas[index - 1] + part * (alphas[index] - alphas[index - 1])
    return alphas[-1]


def _why_filtered(values: Declarations) -> str | None:
    for function, arguments in _functions(values.get("filter", "none")):
        text = tinycss2.serialize(arguments[0]).strip() if arguments else ""
        amount = number(text) if text else 1.0
        if function == "blur":
            if (length(text) or 0.0) > _BLURRED:
                return "CSS filter: blur"
        elif function in {"opacity", "contrast", "brightness"}:
            if amount is None or not _LEGIBLE <= amount <= 1 / _LEGIBLE:
                return f"CSS filter: {function}"
        elif function == "invert":
            if amount is None or amount > _FLAT:
                return "CSS filter: invert"
        elif function not in {"grayscale", "sepia", "saturate", "hue-rotate", "drop-shadow"}:
            return "CSS filter"
    return None


def _why_doubtful(values: Declarations, font: float) -> str | None:
    if values.get("mix-blend-mode", "normal") not in _SHOWN_BLENDS:
        return "mix-blend-mode"
    if values.get("-webkit-text-security", "none") != "none":
        return "-webkit-text-security"
    contained = values.get("contain", "none").split()
    if {"strict", "size", "inline-size"} & set(contained):
        return "contain"
    if values.get("unicode-bidi", "normal") in {"bidi-override", "isolate-override"}:
        return "unicode-bidi"
    thick = length(values.get("text-decoration-thickness", "auto"), font, font)
    if (
        thick is not None
        and thick > _NARROW * font
        and values.get("text-decoration-line") != "none"
    ):
        return "text-decoration-thickness"
    stroke = length(values.get("-webkit-text-stroke-width", "0"), font)
    if stroke is not None and stroke > _OUTLINED * font:
        return "-webkit-text-stroke-width"
    inward = length(values.get("outline-offset", "0"), font) or 0.0
    if inward < 0 and (length(values.get("outline-width", "0"), font) or 0.0) > _NARROW * font:
        return "outline-offset"
    raised = length(values.get("vertical-align", "baseline"), font, font)
    if raised is not None and abs(raised) > 2 * font:
        return "vertical-align"
    if "url" in values.get("content", "normal") or "(" in values.get("content", "normal"):
        return "content"
    return None


def _turned(values: Declarations, font: float) -> Shape:
    shape = Shape()
    for function, arguments in _transforms(values):
        parts = _texts(arguments)
        if function in _MOVES:
            x, y = _moved(function, parts, font)
            shape = shape._replace(
                across=shape.across + x[0],
                down=shape.down + y[0],
                share=(shape.share[0] + x[1], shape.share[1] + y[1]),
            )
        elif function in _SCALES:
            shape = _scaled(shape, function, parts)
        elif function in {"rotatex", "rotatey"}:
            away = values.get("backface-visibility") == "hidden"
            shape = _turned_away(shape, _degrees(parts[0]) or 0.0, hides_back=away)
        elif function == "scalez":
            shape = _flattened(shape, parts)
        elif not _reads_upwards(values, function, parts):
            shape = shape._replace(doubt=shape.doubt or _why_crooked(function, parts))
    zoom = number(values.get("zoom", "1"))
    return shape._replace(scale=shape.scale * (zoom or 1.0))


def _reads_upwards(values: Declarations, function: str, parts: list[str]) -> bool:
    """Whether upright lines are turned about, as names at the side of a page are: the box stays where it is."""
    upright = values.get("writing-mode", "").startswith("vertical")
    return upright and function == "rotate" and abs(_degrees(parts[0]) or 0.0) == 180.0


_MOVES = frozenset("translate translatex translatey translate3d translatez".split())
_SCALES = frozenset("scale scalex scaley scale3d".split())


def _transforms(values: Declarations) -> list[tuple[str, list[list[Any]]]]:
    calls = _functions(values.get("transform", "none"))
    for name in ("translate", "scale", "rotate"):
        text = values.get(name, "none")
        if text != "none":
            words = [tinycss2.parse_component_value_list(word) for word in _words(text)]
            calls.append((name, words))
    return calls


def _scaled(shape: Shape, function: str, parts: list[str]) -> Shape:
    sizes = [number(part) for part in parts[:2]]
    factors = [size for size in sizes if size is not None]
    if len(factors) != len(sizes) or not factors:
        return shape._replace(doubt=shape.doubt or "transform: scale")
    shape = _flattened(shape, parts[2:])
    least, most = min(factors), max(factors)
    if least < _FLAT or least < _LEGIBLE * most:
        return shape._replace(hidden="CSS transform: scale")
    alone = len(factors) == 1 and function != "scale"
    if alone and not _LEGIBLE <= least <= 1 / _LEGIBLE:
        shape = shape._replace(doubt=shape.doubt or "transform: scale")
    return shape._replace(scale=shape.scale * least)


def _flattened(shape: Shape, parts: list[str]) -> Shape:
    """What has no depth is not painted either."""
    return (
        shape._replace(hidden="CSS transform: scale") if number("".join(parts[:1])) == 0 else shape
    )


def _turned_away(shape: Shape, angle: float, *, hides_back: bool) -> Shape:
    facing = math.cos(math.radians(angle))
    if abs(facing) < _LEGIBLE or (facing < 0 and hides_back):
        return shape._replace(hidden="CSS transform: rotate")
    return shape if facing > 0 else shape._replace(doubt=shape.doubt or "transform: rotate")


def _why_crooked(function: str, parts: list[str]) -> str | None:
    if function == "matrix":
        return _why_matrix(parts)
    if function not in {"rotate", "rotatez", "skew", "skewx", "skewy"}:
        return "transform"
    angle = max((abs(_degrees(part) or 0.0) % 360 for part in parts), default=0.0)
    return "transform: rotate" if min(angle, 360 - angle) > _TILTED else None


def _moved(
    function: str, parts: list[str], font: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Pixels, and shares of its own size, to the right and down."""
    x, y = (
        ("0", parts[0])
        if function == "translatey"
        else (parts[0], parts[1] if len(parts) > 1 else "0")
    )
    if function == "translatex":
        y = "0"
    if function == "translatez":
        x = y = "0"
    return _distance(x, font), _distance(y, font)


def _distance(text: str, font: float) -> tuple[float, float]:
    """Pixels, and the part that is told in percent."""
    fixed = length(text, font, 0.0)
    relative = length(text, font, 1.0)
    if fixed is None or relative is None:
        return (0.0, 9.0)
    return (fixed, relative - fixed)


def _degrees(text: str) -> float | None:
    nodes = tinycss2.parse_component_value_list(text)
    if len(nodes) == 1 and nodes[0].type == "dimension" and nodes[0].lower_unit in _DEGREES:
        return float(nodes[0].value) * _DEGREES[nodes[0].lower_unit]
    return number(text)


def _why_matrix(parts: list[str]) -> str | None:
    found = [number(part) for part in parts]
    if len(found) != 6 or None in found:
        return "transform: matrix"
    a, b, c, d, x, y = (value or 0.0 for value in found)
    plain = min(a, d) >= _LEGIBLE and abs(b) < _NARROW and abs(c) < _NARROW
    return None if plain and max(abs(x), abs(y)) < 40 else "transform: matrix"
