"""Values of CSS as a browser computes them: lengths, numbers, colours; None for what it would throw away."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import tinycss2
import tinycss2.color5

from .paint import BLACK, WHITE, Colour

_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "rem": 16.0, "vw": 12.8,
    "vh": 8.0, "vmin": 8.0, "vmax": 12.8, "vi": 12.8, "vb": 8.0, "rch": 8.0, "rex": 8.0, "rcap": 11.0, "ric": 16.0,
    **{f"{size}v{axis}": 12.8 if axis in {"w", "i", "max"} else 8.0
       for size in "sld" for axis in ("w", "h", "i", "b", "min", "max")},
}  # fmt: skip
_OF_FONT = {"em": 1.0, "ch": 0.5, "ex": 0.5, "ic": 1.0, "lh": 1.2, "rlh": 1.2, "cap": 0.7}
_WIDTH = 1280.0
_SYSTEM: dict[str, Colour] = {
    "canvas": WHITE, "canvastext": BLACK, "field": WHITE, "fieldtext": BLACK, "buttonface": (240, 240, 240),
    "buttontext": BLACK, "linktext": (0, 0, 238), "window": WHITE, "windowtext": BLACK, "background": WHITE,
    "menu": WHITE, "infobackground": WHITE, "highlighttext": BLACK, "graytext": (109, 109, 109),
}  # fmt: skip
_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b if b else 0.0,
}  # fmt: skip
_DEEP = 8
DARK_CANVAS: Colour = (18, 18, 18)


def length(value: str, font: float = 16.0, whole: float = _WIDTH) -> float | None:
    """Pixels of a length, with ``calc()``, ``min()``, ``max()`` and ``clamp()``.

    Args:
        value: as it is declared.
        font: pixels of the font that ``em`` counts in.
        whole: pixels that percentages are of.
    """
    nodes = _nodes(value)
    return _sum(nodes, font, whole, 0) if nodes else None


def number(value: str) -> float | None:
    """A number or percentage, 1 for 100 %."""
    found = length(value, 1.0, 1.0)
    return found if found is None or math.isfinite(found) else None


def _nodes(value: str) -> list[Any]:
    if len(value) > 500:
        return []
    parsed = tinycss2.parse_component_value_list(value, skip_comments=True)
    return [node for node in parsed if node.type != "whitespace"]


def _sum(nodes: list[Any], font: float, whole: float, depth: int) -> float | None:
    """Terms with operators between them; products first."""
    if depth > _DEEP or not nodes:
        return None
    terms: list[float] = []
    signs: list[str] = []
    for place, node in enumerate(nodes):
        if place % 2:
            if node.type != "literal" or node.value not in _OPERATORS:
                return None
            signs.append(node.value)
            continue
        one = _one(node, font, whole, depth)
        if one is None:
            return None
        if signs and signs[-1] in "*/":
            terms[-1] = _OPERATORS[signs.pop()](terms[-1], one)
        else:
            terms.append(one)
    total = terms[0]
    for sign, term in zip(signs, terms[1:], strict=False):
        total = _OPERATORS[sign](total, term)
    return total


def _one(node: Any, font: float, whole: float, depth: int) -> float | None:
    if node.type == "number":
        return float(node.value)
    if node.type == "percentage":
        return float(node.value) * whole / 100
    if node.type == "dimension":
        unit = node.lower_unit
        if unit in _OF_FONT:
            return float(node.value) * font * _OF_FONT[unit]
        return float(node.value) * _PIXELS[unit] if unit in _PIXELS else None
    if node.type == "() block":
        return _sum(_told(node.content), font, whole, depth + 1)
    if node.type != "function":
        return None
    parts = [_sum(part, font, whole, depth + 1) for part in _parts(node.arguments)]
    return _calculated(node.lower_name, parts)


def _calculated(name: str, found: list[float | None]) -> float | None:
    values = [value for value in found if value is not None]
    if name == "clamp" and len(found) == 3 and len(values) == 2 and found[1] is None:
        return values[0]  # the least that it can be
    if len(values) != len(found) or not values:
        return None
    if name == "calc":
        return values[0]
    if name == "clamp" and len(values) == 3:
        return max(values[0], min(values[1], values[2]))
    return {"min": min, "max": max}[name](values) if name in {"min", "max"} else None


def _told(nodes: list[Any]) -> list[Any]:
    return [node for node in nodes if node.type not in {"whitespace", "comment"}]


def _parts(arguments: list[Any]) -> list[list[Any]]:
    """Arguments of a function, at its commas."""
    parts: list[list[Any]] = [[]]
    for node in _told(arguments):
        if node.type == "literal" and node.value == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def colour(value: str, *, dark: bool = False) -> tuple[Colour, float] | None:
    """A colour and its opacity; None for what is no colour of its own, such as ``inherit``.

    Args:
        value: as it is declared.
        dark: whether the page chose the dark of two schemes.
    """
    nodes = _nodes(value)
    if len(nodes) != 1:
        return None
    node = nodes[0]
    name = node.lower_value if node.type == "ident" else ""
    if name in _SYSTEM:
        painted = _SYSTEM[name]
        flipped = (255 - painted[0], 255 - painted[1], 255 - painted[2])
        return (flipped if dark else painted), 1.0
    if node.type == "function" and node.lower_name in {"light-dark", "color-mix"}:
        parts = [tinycss2.serialize(part) for part in _parts_with_blanks(node.arguments)]
        if node.lower_name == "light-dark":
            return colour(parts[int(dark)], dark=dark) if len(parts) == 2 else None
        return _mixed(parts[1:], dark=dark)
    return _parsed(value)


def _parts_with_blanks(arguments: list[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for node in arguments:
        if node.type == "literal" and node.value == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _mixed(parts: list[str], *, dark: bool) -> tuple[Colour, float] | None:
    if len(parts) != 2:
        return None
    shares: list[float | None] = []
    found: list[tuple[Colour, float]] = []
    for part in parts:
        share = re.search(r"([\d.]+)%\s*$|^\s*([\d.]+)%", part)
        shares.append(float(share.group(1) or share.group(2)) / 100 if share else None)
        one = colour(re.sub(r"[\d.]+%\s*$|^\s*[\d.]+%", "", part).strip(), dark=dark)
        if one is None:
            return None
        found.append(one)
    first = (
        shares[0] if shares[0] is not None else 1 - (shares[1] if shares[1] is not None else 0.5)
    )
    (a, alpha), (b, beta) = found
    red, green, blue = (round(x * first + y * (1 - first)) for x, y in zip(a, b, strict=True))
    return (red, green, blue), alpha * first + beta * (1 - first)


def _parsed(value: str) -> tuple[Colour, float] | None:
    parsed = tinycss2.color5.parse_color(value)
    if parsed is None or isinstance(parsed, str):
        return None
    try:
        coordinates = [c or 0.0 for c in parsed.to("srgb").coordinates]
    except (NotImplementedError, ValueError):
        coordinates = _in_srgb(parsed.space, [c or 0.0 for c in parsed.coordinates])
    channels = [max(0, min(255, round(c * 255))) for c in coordinates]
    return (channels[0], channels[1], channels[2]), float(parsed.alpha)


def _in_srgb(space: str, values: list[float]) -> list[float]:
    """Colours of wider spaces, as near as a judgement of light and dark needs."""
    if space in {"oklch", "lch"}:
        angle = math.radians(values[2])
        values = [values[0], values[1] * math.cos(angle), values[1] * math.sin(angle)]
    if space in {"oklab", "oklch"}:
        return _from_oklab(*values)
    if space in {"lab", "lch"}:
        lightness = max(0.0, min(1.0, values[0] / 100))
        return [
            lightness + values[1] / 250,
            lightness - values[1] / 500,
            lightness - values[2] / 250,
        ]
    return (
        values
        if space in {"display-p3", "a98-rgb", "rec2020", "prophoto-rgb"}
        else [c**0.45 if c > 0 else 0.0 for c in values]
    )


def _from_oklab(lightness: float, a: float, b: float) -> list[float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear]


def colours_in(value: str, *, dark: bool = False) -> list[tuple[Colour, float]]:
    """Every colour that a ``background`` names, those of its gradients too."""
    found: list[tuple[Colour, float]] = []
    nodes = list(tinycss2.parse_component_value_list(value))
    while nodes and len(found) < 40:
        node = nodes.pop(0)
        if node.type == "function" and "gradient" in node.lower_name:
            nodes = list(node.arguments) + nodes
        elif node.type in {"ident", "hash", "function"}:
            one = colour(tinycss2.serialize([node]), dark=dark)
            if one is not None:
                found.append(one)
    return found
