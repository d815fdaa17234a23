"""Values of CSS as a browser computes them: lengths, numbers, colours; None for what it would throw away."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2
import tinycss2.color5

from ..paint import BLACK, WHITE, Colour
from .conditions import parts_at_commas

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
    "menu": WHITE, "infobackground": WHITE, "graytext": (109, 109, 109), "mark": (255, 255, 0),
    "marktext": BLACK,
}  # fmt: skip
_OF_MACHINES = frozenset(
    "highlight highlighttext selecteditem selecteditemtext accentcolor accentcolortext activetext visitedtext buttonborder activeborder "
    "activecaption appworkspace buttonhighlight buttonshadow captiontext inactiveborder inactivecaption inactivecaptiontext "
    "infotext menutext scrollbar threeddarkshadow threedface threedhighlight threedlightshadow threedshadow windowframe".split()
)
"""Colours that each machine has of its own."""
CERTAIN = frozenset(["canvas", "canvastext", "linktext"])
OF_SYSTEMS = (_SYSTEM.keys() | _OF_MACHINES) - CERTAIN
"""Colours by the name of what a program paints, which few pages name and browsers changed in the course of time."""
_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
}  # fmt: skip
_ARGUMENTS = {"calc": range(1, 2), "clamp": range(3, 4), "min": range(1, 20), "max": range(1, 20)}
_DEEP = 8
_KEPT = 4_096
"""Values whose meaning is remembered: sheets say the same few over and over."""
DARK_CANVAS: Colour = (18, 18, 18)


class _Amount(NamedTuple):
    size: float
    kind: str
    """``number``, ``percent`` or ``length``."""


@lru_cache(maxsize=_KEPT)
def length(value: str, font: float = 16.0, whole: float = _WIDTH) -> float | None:
    """Pixels of a length, with ``calc()``, ``min()``, ``max()`` and ``clamp()``; a bare number is one of pixels.

    Args:
        value: as it is declared.
        font: pixels of the font that ``em`` counts in.
        whole: pixels that percentages are of.
    """
    nodes = _nodes(value)
    found = _one(nodes[0], font, whole, 0) if len(nodes) == 1 and _is_value(nodes[0]) else None
    if found is None or (found.kind == "number" and nodes[0].type == "function"):
        return None
    return found.size


@lru_cache(maxsize=_KEPT)
def number(value: str) -> float | None:
    """A number or percentage, 1 for 100 %."""
    nodes = _nodes(value)
    found = _one(nodes[0], 1.0, 1.0, 0) if len(nodes) == 1 and _is_value(nodes[0]) else None
    return None if found is None or found.kind == "length" else found.size


def _is_value(node: Any) -> bool:
    return node.type in {"number", "percentage", "dimension", "function"}


def _nodes(value: str) -> list[Any]:
    if len(value) > 500:
        return []
    parsed = tinycss2.parse_component_value_list(value, skip_comments=True)
    return [node for node in parsed if node.type != "whitespace"]


def _sum(nodes: list[Any], font: float, whole: float, depth: int) -> _Amount | None:
    """Terms with operators between them; products first."""
    if depth > _DEEP or not nodes:
        return None
    terms: list[_Amount] = []
    signs: list[str] = []
    for place, node in enumerate(nodes):
        if place % 2:
            if node.type != "literal" or node.value not in _OPERATORS:
                return None
            signs.append(node.value)
            continue
        one = _one(node, font, whole, depth)
        if one is not None and signs and signs[-1] in "*/":
            one = _product(terms.pop(), signs.pop(), one)
        if one is None:
            return None
        terms.append(one)
    kind = _common(terms)
    total = terms[0].size
    for sign, term in zip(signs, terms[1:], strict=False):
        total = _OPERATORS[sign](total, term.size)
    return None if kind is None else _Amount(total, kind)


def _product(first: _Amount, sign: str, second: _Amount) -> _Amount | None:
    """Only one factor may have a unit, and no divisor."""
    if second.kind != "number":
        first, second = (second, first) if sign == "*" else (first, second)
    if second.kind != "number" or (sign == "/" and second.size == 0):
        return None
    return _Amount(_OPERATORS[sign](first.size, second.size), first.kind)


def _common(amounts: list[_Amount]) -> str | None:
    """The kind of a sum; None where numbers and lengths cannot be added."""
    kinds = {amount.kind for amount in amounts}
    if len(kinds) == 1:
        return kinds.pop()
    return None if "number" in kinds else "length"


def _one(node: Any, font: float, whole: float, depth: int) -> _Amount | None:
    if node.type == "number":
        return _Amount(float(node.value), "number")
    if node.type == "percentage":
        return _Amount(float(node.value) * whole / 100, "percent")
    if node.type == "dimension":
        unit = node.lower_unit
        pixels = font * _OF_FONT[unit] if unit in _OF_FONT else _PIXELS.get(unit)
        return None if pixels is None else _Amount(float(node.value) * pixels, "length")
    if node.type == "() block":
        return _sum(_told(node.content), font, whole, depth + 1)
    if node.type != "function":
        return None
    parts = [_sum(_told(part), font, whole, depth + 1) for part in parts_at_commas(node.arguments)]
    return _calculated(node.lower_name, parts)


def _calculated(name: str, found: list[_Amount | None]) -> _Amount | None:
    told = [amount for amount in found if amount is not None]
    kind = _common(told)
    if kind is None:
        return None
    values = [amount.size for amount in told]
    if name == "clamp" and len(found) == 3 and len(values) == 2 and found[1] is None:
        return _Amount(values[0], kind)  # the least that it can be
    if len(values) != len(found) or len(values) not in _ARGUMENTS.get(name, ()):
        return None
    if name == "clamp":
        return _Amount(max(values[0], min(values[1], values[2])), kind)
    return _Amount(max(values) if name == "max" else min(values), kind)


def _told(nodes: list[Any]) -> list[Any]:
    return [node for node in nodes if node.type not in {"whitespace", "comment"}]


@lru_cache(maxsize=_KEPT)
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
        parts = [tinycss2.serialize(part).strip() for part in parts_at_commas(node.arguments)]
        if node.lower_name == "light-dark":
            return _of_scheme(parts, dark=dark)
        return _mixed(parts[1:], dark=dark) if _MIXED_IN.fullmatch(parts[0].lower()) else None
    return _parsed(node, value)


@lru_cache(maxsize=_KEPT)
def is_colour(value: str) -> bool | None:
    """Whether browsers know a colour; None where that is not known."""
    if value in {"currentcolor", "transparent"} or colour(value) is not None:
        return True
    return None if "(" in value or value in _OF_MACHINES else False


def _of_scheme(parts: list[str], *, dark: bool) -> tuple[Colour, float] | None:
    if len(parts) != 2 or not all(map(is_colour, parts)):
        return None
    return colour(parts[int(dark)], dark=dark)


_MIXED_IN = re.compile(
    r"in\s+(?:srgb|srgb-linear|display-p3|a98-rgb|prophoto-rgb|rec2020|lab|oklab|xyz|xyz-d50|xyz-d65|"
    r"(?:hsl|hwb|lch|oklch)(?:\s+(?:shorter|longer|increasing|decreasing)\s+hue)?)"
)
_SHARE = re.compile(r"(?<![\w.-])([\d.]+)%")


def _mixed(parts: list[str], *, dark: bool) -> tuple[Colour, float] | None:
    if len(parts) != 2:
        return None
    shares: list[float | None] = []
    found: list[tuple[Colour, float]] = []
    for part in parts:
        share = _SHARE.match(part) or _SHARE.search(part.rpartition(" ")[2])
        shares.append(float(share.group(1)) / 100 if share else None)
        plain = part.removeprefix(share.group()).removesuffix(share.group()) if share else part
        one = colour(plain.strip(), dark=dark)
        if one is None:
            return None
        found.append(one)
    first = _share(shares[0], shares[1])
    second = _share(shares[1], shares[0])
    total = first + second
    if not 0 < total <= 2 or max(first, second) > 1:
        return None
    (a, alpha), (b, beta) = found
    red, green, blue = (round((x * first + y * second) / total) for x, y in zip(a, b, strict=True))
    return (red, green, blue), (alpha * first + beta * second) / max(total, 1.0)


def _share(own: float | None, other: float | None) -> float:
    if own is not None:
        return own
    return 0.5 if other is None else 1 - other


def _parsed(node: Any, value: str) -> tuple[Colour, float] | None:
    if node.type == "function" and node.lower_name in {"hsl", "hsla"}:
        parts = parts_at_commas(node.arguments)
        if len(parts) > 1 and any(n.type == "number" for part in parts[1:3] for n in part):
            return None  # with commas, only percentages
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


@lru_cache(maxsize=_KEPT)
def colours_in(value: str, *, dark: bool = False) -> tuple[tuple[Colour, float], ...]:
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
    return tuple(found)
