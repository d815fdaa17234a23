"""Whether an element's computed style lets a human see its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .css import Declarations
from .css_geometry import why_away
from .css_values import DARK_CANVAS, colour, colours_in, length, number
from .paint import BLACK, TINY_POINTS, WHITE, Colour, grey, melts

_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
          "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0}  # fmt: skip
_SIZE = re.compile(
    r"(?:^|\s)(0|[\d.]+(?:px|pt|pc|em|rem|%|cm|mm|in|q|vw|vh|vmin|vmax)|[a-z-]+\([^()]*\))(?=$|[\s/])"
)
_NO_SIZE = re.compile(r"/\s*0(?:px|%)?(?:\s|$)")
_VISIBLE = 0.1
"""Opacity under which nothing can be read."""
_SOLID = 0.5
_OVERLAID = -0.4
"""Letter spacing, in heights of the font, by which letters lie over each other."""


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
    dark: bool = False
    """The page chose the dark of two schemes."""
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
        name: fill(value, variables) if "var(" in value or "env(" in value else value
        for name, value in declared.items()
        if name not in own
    }
    look = _with_scheme(replace(parent, variables=variables), values)
    look = _with_text(look, values)
    look = _with_ground(look, values)
    if "opacity" in values:
        share = number(values["opacity"])
        look = replace(
            look, opacity=look.opacity * min(1.0, max(0.0, 1.0 if share is None else share))
        )
    if values.get("visibility", "inherit") != "inherit":
        look = replace(look, visible=values["visibility"] not in {"hidden", "collapse"})
    if "white-space" in values:
        look = replace(look, preformatted=values["white-space"].startswith("pre"))
    return look, values


def _with_scheme(look: Look, values: Declarations) -> Look:
    """A page that is dark alone has a dark canvas and light text."""
    scheme = values.get("color-scheme", "").replace("only", "").split()
    if scheme == ["dark"] and not look.dark:
        canvas = (DARK_CANVAS,) if look.grounds == (WHITE,) else look.grounds
        text = WHITE if look.text == BLACK else look.text
        return replace(look, dark=True, grounds=canvas, text=text)
    return replace(look, dark=False) if scheme and scheme != ["dark"] else look


def _with_text(look: Look, values: Declarations) -> Look:
    for name in ("color", "-webkit-text-fill-color"):
        painted = colour(values[name], dark=look.dark) if name in values else None
        if painted is not None:
            look = replace(look, text=painted[0], text_opacity=painted[1])
    size = values.get("font-size") or _size_of_font(values.get("font", ""))
    if size:
        look = replace(look, pixels=_font_pixels(size, look.pixels))
    zoom = number(values["zoom"]) if "zoom" in values else None
    return look if zoom is None else replace(look, pixels=look.pixels * zoom)


def _size_of_font(shorthand: str) -> str:
    match = _SIZE.search(shorthand[:300])
    return match.group(1) if match else ""


def _font_pixels(size: str, inherited: float) -> float:
    if size in _SIZES:
        return _SIZES[size]
    found = length(size, inherited, inherited)
    return inherited if found is None else found


def _with_ground(look: Look, values: Declarations) -> Look:
    painted: list[tuple[Colour, float]] = []
    for name in ("background", "background-image", "background-color"):
        if name in values and not _NO_SIZE.search(values[name]):
            painted = colours_in(values[name], dark=look.dark) or painted
    if _NO_SIZE.match(f"/{values.get('background-size', 'auto')}"):
        painted = colours_in(values.get("background-color", ""), dark=look.dark)
    solid = tuple(one for one, alpha in painted if alpha > _SOLID)
    clipped = values.get("background-clip") or values.get("-webkit-background-clip") or ""
    if "text" in clipped.split() or "text" in values.get("background", "").split():
        return _painted_by_ground(look, solid)
    return replace(look, grounds=solid) if solid else look


def _painted_by_ground(look: Look, solid: tuple[Colour, ...]) -> Look:
    """A ground that is cut to the letters shows through where they are clear."""
    if not solid or look.text_opacity >= _VISIBLE:
        return look
    under = grey(look.grounds[0])
    return replace(look, text=max(solid, key=lambda one: abs(grey(one) - under)), text_opacity=1.0)


def shut_out(values: Declarations, look: Look) -> str | None:
    """The reason why neither an element nor anything inside it is painted; None when it may be."""
    if not values:
        return None
    spacing = length(values.get("letter-spacing", ""), look.pixels)
    reason = _not_painted(values) or why_away(values, look.pixels)
    if reason is None and spacing is not None and look.pixels > 0:
        reason = "letter-spacing" if spacing <= _OVERLAID * look.pixels else None
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
    masked = values.get("-webkit-text-security", "none")
    return "text-security" if masked not in {"none", "inherit", "initial", "unset"} else None


def ground_behind(values: Declarations, look: Look) -> Look:
    """The look where a box without text lies behind all of an element."""
    if values.get("content", "none") in {"none", "normal"} or values.get("position") != "absolute":
        return look
    edges = values.get("inset", "").split() or [
        values.get(side, "auto") for side in ("top", "left")
    ]
    sized = values.get("inset") or (values.get("width") == values.get("height") == "100%")
    order = number(values.get("z-index", "auto"))
    if not sized or any(length(edge) != 0 for edge in edges) or order is None or order >= 0:
        return look
    if (number(values.get("opacity", "1")) or 0.0) < _SOLID or values.get("display") == "none":
        return look
    return _with_ground(look, {k: v for k, v in values.items() if k.startswith("background")})
