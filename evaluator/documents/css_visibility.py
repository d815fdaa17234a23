"""Whether an element's computed style lets a human see its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .css import Declarations, colour, colours_in
from .paint import BLACK, TINY_POINTS, WHITE, Colour, melts

_NUMBER = re.compile(r"(-?[\d.]+)(px|pt|em|rem|%|vw|vh|cm|mm|in|ch|ex)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "vw": 12.8, "vh": 8.0, "cm": 37.8,
           "mm": 3.78, "in": 96.0, "ch": 8.0, "ex": 8.0, "%": 12.8}  # fmt: skip
_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
          "x-large": 24.0, "xx-large": 32.0}  # fmt: skip
_FAR = 500.0
_VISIBLE = 0.1
"""Opacity under which nothing can be read."""


@dataclass(frozen=True)
class Look:
    """What text inherits."""

    text: Colour = BLACK
    text_opacity: float = 1.0
    grounds: tuple[Colour, ...] = (WHITE,)
    """Possible grounds; several under a gradient."""
    pixels: float = 16.0
    opacity: float = 1.0
    visible: bool = True
    preformatted: bool = False
    variables: Declarations = field(default_factory=dict)


def with_declarations(
    parent: Look, declared: Declarations, fill: Callable[[str, Declarations], str]
) -> tuple[Look, Declarations]:
    """The look of an element and its own values with variables filled in."""
    if not declared:
        return parent, {}
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    variables = {**parent.variables, **own} if own else parent.variables
    values = {
        name: fill(value, variables) if "var(" in value else value
        for name, value in declared.items()
        if name not in own
    }
    look = replace(parent, variables=variables)
    look = _with_text(look, values)
    look = _with_ground(look, values)
    if "opacity" in values:
        look = replace(look, opacity=look.opacity * _fraction(values["opacity"]))
    if "visibility" in values:
        look = replace(look, visible=values["visibility"] not in {"hidden", "collapse"})
    if "white-space" in values:
        look = replace(look, preformatted=values["white-space"].startswith("pre"))
    return look, values


def _with_text(look: Look, values: Declarations) -> Look:
    for name in ("color", "-webkit-text-fill-color"):
        painted = colour(values[name]) if name in values else None
        if painted is not None:
            look = replace(look, text=painted[0], text_opacity=painted[1])
    size = values.get("font-size") or _size_of_font(values.get("font", ""))
    if size:
        look = replace(look, pixels=_font_pixels(size, look.pixels))
    return look


def _size_of_font(shorthand: str) -> str:
    match = re.search(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%|cm|mm|in))", shorthand)
    return match.group(1) if match else ""


def _font_pixels(size: str, inherited: float) -> float:
    if size in _SIZES:
        return _SIZES[size]
    match = _NUMBER.fullmatch(size)
    if not match:
        return inherited
    number, unit = _float(match.group(1)), match.group(2)
    if unit == "em":
        return number * inherited
    if unit == "%":
        return number * inherited / 100
    return number * _PIXELS[unit] if unit else (0.0 if number == 0 else inherited)


def _with_ground(look: Look, values: Declarations) -> Look:
    painted: list[tuple[Colour, float]] = []
    for name in ("background", "background-image", "background-color"):
        if name in values:
            painted = colours_in(values[name]) or painted
    solid = tuple(one for one, alpha in painted if alpha > 0.5)
    return replace(look, grounds=solid) if solid else look


def shut_out(values: Declarations) -> str | None:
    """The reason why neither an element nor anything inside it is painted; None when it may be."""
    reason = _not_painted(values) or _moved_away(values)
    return f"CSS {reason}" if reason else None


def why_unseen(look: Look) -> str | None:
    """The reason why text with this look cannot be seen; what stands inside may look otherwise."""
    if not look.visible:
        return "CSS visibility: hidden"
    if look.pixels * 0.75 < TINY_POINTS:
        return f"CSS font-size of {look.pixels * 0.75:.3g} points"
    if look.opacity < _VISIBLE or look.text_opacity < _VISIBLE:
        return "CSS that makes text transparent"
    if all(melts(look.text, ground) for ground in look.grounds):
        return "CSS that gives text the colour of its ground"
    return None


def _not_painted(values: Declarations) -> str | None:
    if values.get("display") == "none" or values.get("content-visibility") == "hidden":
        return "display: none"
    if "opacity(0" in values.get("filter", "").replace(" ", ""):
        return "filter: opacity"
    return None


def _moved_away(values: Declarations) -> str | None:
    clip = values.get("clip", "").replace(" ", "") + values.get("clip-path", "").replace(" ", "")
    if re.search(r"rect\((?:0|1)(?:px)?,?(?:0|1)|inset\((?:50|100)%|circle\(0|polygon\(00", clip):
        return "clip"
    if abs(_pixels(values.get("text-indent", ""))) > _FAR:
        return "text-indent"
    if values.get("position") in {"absolute", "fixed", "relative"}:
        for side in ("left", "top", "right", "bottom"):
            distance = _pixels(values.get(side, ""))
            if distance < -_FAR or distance > 20 * _FAR:
                return f"{side} far outside the page"
    for margin in ("margin-left", "margin-top"):
        if _pixels(values.get(margin, "")) < -_FAR:
            return f"{margin} far outside the page"
    return _squeezed(values)


def _squeezed(values: Declarations) -> str | None:
    transform = values.get("transform", "").replace(" ", "")
    moved = re.search(r"translate[xy]?\((-?[\d.]+(?:px|em|rem|vw|vh|%)?)", transform)
    if re.search(r"scale[xy]?\(0?\.?0*[,)]", transform):
        return "transform: scale"
    if moved and abs(_pixels(moved.group(1))) > _FAR:
        return "transform far outside the page"
    cut = "hidden" in values.get("overflow", "") + values.get("overflow-x", "") + values.get(
        "overflow-y", ""
    )
    for side in ("width", "height", "max-height", "max-width"):
        if (
            cut
            and side in values
            and _NUMBER.fullmatch(values[side])
            and _pixels(values[side]) <= 2
        ):
            return f"{side} of nothing"
    return None


def _pixels(value: str) -> float:
    match = _NUMBER.match(value.strip())
    if not match:
        return 0.0
    return _float(match.group(1)) * _PIXELS.get(match.group(2) or "px", 1.0)


def _fraction(value: str) -> float:
    match = re.fullmatch(r"([\d.]+)(%?)", value.strip())
    if not match:
        return 1.0
    return min(1.0, _float(match.group(1)) / (100 if match.group(2) else 1))


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
