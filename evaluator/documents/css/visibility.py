"""Colours and sizes of an element's text, and whether a human can see it by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import tinycss2

from ..paint import BLACK, WHITE, Colour, grey, melts
from .amounts import layers_of
from .cascade import Cascade, Declarations
from .conditions import parts_at_commas
from .faces import names_in
from .names import NAMES
from .values import DARK_CANVAS, colour, colours_in, length, number

_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
          "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0}  # fmt: skip
BROUGHT = "a typeface that the page brings along"
"""Why it cannot be told which letters are seen."""
_VISIBLE = 0.1
"""Opacity under which nothing can be read."""
_SOLID = 0.5
_SMALLEST = 5.0
"""Pixels of type that a person reads without a glass."""
_LINE = 0.7
"""Height of a line, of its type, below which lines lie on each other."""
_SPREAD = 1.5
"""Letter spacing, in heights of the font, from which letters are no words."""
_OVERLAID = -0.13
_STROKE = 0.12
_TILE = 64.0
_OF_GROUND = ("background-color", "background-image")
_GROUNDS = frozenset([*_OF_GROUND, "background-clip", "box-shadow"])
_DEEP = 20.0
"""Pixels of a shadow inside a box that reach its text."""
_OF_TYPE = frozenset("font-size line-height letter-spacing word-spacing font-family".split())
_JUDGEMENTS = ("judged", "melts")
"""What is remembered of a look and does not hold for another."""
_PLACES = NAMES.values["places"]
_PERCENT = re.compile(r"[\d.]+%")
"""A picture as large as its box has no room to be moved in by parts of what is left."""
_WHOLE = frozenset(["auto", "cover", "100%", "100% 100%", "100% auto", "initial"])


@dataclass(frozen=True)
class Look:
    """What text inherits."""

    colour: Colour = BLACK
    alpha: float = 1.0
    fill: tuple[Colour, float] | None = None
    """In place of the colour."""
    grounds: tuple[Colour, ...] = (WHITE,)
    """Possible grounds; several under a gradient."""
    strips: tuple[tuple[float, float, Colour], ...] = ()
    """Of a ground that changes from left to right: sides in pixels of the page, and the colour between them."""
    pixels: float = 16.0
    scale: float = 1.0
    """By transforms and zoom."""
    line: float | None = None
    """Pixels of a line; None for what the typeface wants."""
    line_factor: float | None = None
    spacing: float = 0.0
    word_spacing: float = 0.0
    opacity: float = 1.0
    visible: bool = True
    nowrap: bool = False
    preformatted: bool = False
    vertical: bool = False
    """Its lines stand upright."""
    leftwards: bool = False
    """Lines begin at the right, and what is too long for them goes on to the left."""
    dark: bool = False
    """The page chose the dark of two schemes."""
    family: str = ""
    doubt: str | None = None
    """Why the colours cannot be told."""
    variables: Declarations = field(default_factory=dict)

    def but(self, **changes: Any) -> Look:
        """This look with other values."""
        made = object.__new__(Look)  # four times as quick as the replacing of dataclasses
        made.__dict__.update(self.__dict__, **changes)
        for name in _JUDGEMENTS:
            made.__dict__.pop(name, None)
        return made

    @property
    def unseen(self) -> str | None:
        """The reason why text cannot be seen; what stands inside may look otherwise."""
        known = self.__dict__
        if "judged" not in known:
            known["judged"] = self._why_unseen()
        judged: str | None = known["judged"]
        return judged

    def _why_unseen(self) -> str | None:
        if not self.visible:
            return "CSS visibility: hidden"
        if self.pixels * self.scale < _SMALLEST:
            return f"CSS font-size of {self.pixels * self.scale * 0.75:.3g} points"
        if self.painted[1] < _VISIBLE:
            return "CSS that makes text transparent"
        return "CSS that gives text the colour of its background" if all(self.melting) else None

    @property
    def melting(self) -> list[bool]:
        """Of each ground, whether text cannot be told from it."""
        known = self.__dict__
        if "melts" not in known:
            tint, alpha = self.painted
            known["melts"] = [
                melts(_blended(tint, alpha, ground), ground) for ground in self.grounds
            ]
        return list(known["melts"])

    @property
    def line_height(self) -> float:
        """Pixels of one line."""
        if self.line_factor is not None:
            return self.line_factor * self.pixels
        return self.line if self.line is not None else 1.2 * self.pixels

    @property
    def painted(self) -> tuple[Colour, float]:
        """Colour and opacity of the letters."""
        tint, alpha = self.fill or (self.colour, self.alpha)
        return tint, alpha * self.opacity


def with_values(
    parent: Look, values: Declarations, variables: Declarations, *, is_root: bool = False
) -> Look:
    """The look inside an element.

    Args:
        parent: around it.
        values: computed for it.
        variables: its custom properties.
        is_root: it is the page's own element, whose scheme the canvas follows.
    """
    if not values:
        return parent if variables is parent.variables else parent.but(variables=variables)
    look = parent if variables is parent.variables else parent.but(variables=variables)
    if "color-scheme" in values:
        look = _with_scheme(look, values, is_root=is_root)
    look = _with_text(look, values)
    if not _OF_TYPE.isdisjoint(values):
        look = _with_type(look, values)
    look = with_ground(look, values)
    changes = _changes(look, values)
    return look.but(**changes) if changes else look


def _changes(look: Look, values: Declarations) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "opacity" in values:
        share = number(values["opacity"])
        found["opacity"] = look.opacity * min(1.0, max(0.0, 1.0 if share is None else share))
    if "direction" in values:
        found["leftwards"] = values["direction"] == "rtl"
    if "writing-mode" in values:
        found["vertical"] = values["writing-mode"] not in {
            "horizontal-tb",
            "lr-tb",
            "rl-tb",
            "lr",
            "rl",
        }
    if "visibility" in values:
        found["visible"] = values["visibility"] not in {"hidden", "collapse"}
    if "white-space" in values:
        words = set(values["white-space"].split())
        kept = words & {"pre", "pre-wrap", "pre-line", "break-spaces", "preserve"}
        found.update(preformatted=bool(kept), nowrap=bool(words & {"nowrap", "pre"}))
    return found


def _with_scheme(look: Look, values: Declarations, *, is_root: bool) -> Look:
    """A page that is dark alone has a dark canvas and light text."""
    scheme = values.get("color-scheme", "").replace("only", "").split()
    if scheme == ["dark"] and not look.dark:
        look = look.but(dark=True)
        return look.but(grounds=(DARK_CANVAS,), colour=WHITE) if is_root else look
    return look.but(dark=False) if scheme and scheme != ["dark"] else look


def _with_text(look: Look, values: Declarations) -> Look:
    painted = colour(values["color"], dark=look.dark) if "color" in values else None
    if painted is not None:
        look = look.but(colour=painted[0], alpha=painted[1])
    if "-webkit-text-fill-color" in values:
        look = look.but(fill=colour(values["-webkit-text-fill-color"], dark=look.dark))
    return look


def _with_type(look: Look, values: Declarations) -> Look:
    changes: dict[str, Any] = {}
    pixels = look.pixels
    if "font-size" in values:
        pixels = changes["pixels"] = _font_pixels(values["font-size"], pixels)
    if "line-height" in values:
        told = values["line-height"]
        factor = float(told) if _FACTOR.fullmatch(told) else None
        line = None if told == "normal" else length(told, pixels, pixels)
        changes.update(line_factor=factor, line=line)
    if "letter-spacing" in values:
        changes["spacing"] = length(values["letter-spacing"], pixels, pixels) or 0.0
    if "word-spacing" in values:
        changes["word_spacing"] = length(values["word-spacing"], pixels, pixels) or 0.0
    if "font-family" in values:
        changes["family"] = values["font-family"]
    return look.but(**changes)


_FACTOR = re.compile(r"\d{0,4}\.?\d{1,6}")


def _font_pixels(size: str, inherited: float) -> float:
    if size in _SIZES:
        return _SIZES[size]
    if size in {"smaller", "larger"}:
        return inherited * (0.83 if size == "smaller" else 1.2)
    found = length(size, inherited, inherited)
    return inherited if found is None else found


def with_ground(look: Look, values: Declarations) -> Look:
    """The look on the background of an element."""
    if _GROUNDS.isdisjoint(values):
        return look
    values = {name: _with_own(look, value) for name, value in values.items()}
    inner = _within(values["box-shadow"], look) if "box-shadow" in values else []
    base = colours_in(values.get("background-color", ""), dark=look.dark)
    solid = [one for one, alpha in base if alpha > _SOLID]
    faint = [(one, alpha) for one, alpha in base if _VISIBLE < alpha <= _SOLID]
    image = values.get("background-image", "none")
    drawn = colours_in(image, dark=look.dark) if "gradient" in image else ()
    in_image = [one for one, alpha in drawn if alpha > _SOLID]
    clipped = values.get("background-clip", "")
    if "text" in clipped.split():
        return _cut_to_letters(look, [*in_image, *solid] if drawn or base else [])
    doubt = look.doubt
    if "data:" in image and not _is_small(values):
        doubt = doubt or "a picture behind the text"
    grounds: tuple[Colour, ...] = tuple(solid) or look.grounds
    if faint and not solid:
        (tint, alpha), *_ = faint
        grounds = tuple(_blended(tint, alpha, under) for under in look.grounds)
    if drawn and not _covers_nothing(values):
        whole = _covers_all(values) and all(alpha > _SOLID for _, alpha in drawn)
        grounds = tuple(in_image) if whole else (*grounds, *in_image)
    return look.but(grounds=tuple(dict.fromkeys((*grounds, *inner))), doubt=doubt)


def _within(shadow: str, look: Look) -> list[Colour]:
    """Colours of solid shadows inside a box that may lie behind its text."""
    found = []
    for layer in layers_of(shadow):
        sizes = [
            abs(length(word, look.pixels) or 0.0) for word in layer if word[:1] in "-0123456789."
        ]
        painted = [one for word in layer for one in colours_in(word, dark=look.dark)]
        if "inset" in layer and max(sizes, default=0.0) > _DEEP:
            found += [tint for tint, alpha in painted or [(look.colour, 1.0)] if alpha > _SOLID]
    return found


def has_ground(values: Declarations) -> bool:
    """Whether an element paints a ground of its own."""
    if _GROUNDS.isdisjoint(values) or "text" in values.get("background-clip", ""):
        return False
    told = [values.get(name, "") for name in _OF_GROUND]
    return any(alpha > _SOLID for value in told for _, alpha in colours_in(value))


def _with_own(look: Look, value: str) -> str:
    """A value in which ``currentcolor`` is the text's own."""
    if "currentcolor" not in value:
        return value
    red, green, blue = look.colour
    return value.replace("currentcolor", f"rgb({red} {green} {blue} / {look.alpha})")


def _covers_all(values: Declarations) -> bool:
    repeats = values.get("background-repeat", "repeat") in {"repeat", "round"}
    sized = values.get("background-size", "auto")
    begins = [values.get(f"background-position-{axis}", "0%") for axis in "xy"]
    stays = repeats or all(
        word in _PLACES or _PERCENT.fullmatch(word) or length(word) == 0 for word in begins
    )
    return (sized in _WHOLE and stays) or (repeats and not _covers_nothing(values))


def _covers_nothing(values: Declarations) -> bool:
    words = values.get("background-size", "auto").split()
    return any(length(word) == 0 for word in words)


def _is_small(values: Declarations) -> bool:
    """A mark at a place, such as an icon before a line."""
    sizes = [length(word) for word in values.get("background-size", "auto").split()]
    fits = all(size is not None and size <= _TILE for size in sizes)
    return values.get("background-repeat") == "no-repeat" and fits


def _blended(tint: Colour, alpha: float, under: Colour) -> Colour:
    if alpha >= 1.0:
        return tint
    red, green, blue = (
        round(a * alpha + b * (1 - alpha)) for a, b in zip(tint, under, strict=True)
    )
    return red, green, blue


def _cut_to_letters(look: Look, solid: list[Colour]) -> Look:
    """A ground that is cut to the letters shows through where they are clear."""
    _, alpha = look.fill or (look.colour, look.alpha)
    if alpha >= _VISIBLE or not solid:
        return look
    under = grey(look.grounds[0])
    worst = min(solid, key=lambda one: abs(grey(one) - under))
    best = max(solid, key=lambda one: abs(grey(one) - under))
    chosen = best if len(solid) > 1 and not melts(best, look.grounds[0]) else worst
    return look.but(colour=chosen, alpha=1.0, fill=None)


def why_unseen(look: Look) -> str | None:
    """The reason why text with this look cannot be seen; what stands inside may look otherwise."""
    return look.unseen


def why_doubtful(look: Look, cascade: Cascade) -> str | None:
    """The reason why it cannot be told that text with this look is seen."""
    if look.doubt:
        return look.doubt
    if any(look.melting):
        return "a ground of several colours"
    if look.line_height < _LINE * look.pixels:
        return "line-height"
    if not _OVERLAID * look.pixels <= look.spacing <= _SPREAD * look.pixels:
        return "letter-spacing"
    if not -0.3 * look.pixels <= look.word_spacing <= 3 * look.pixels:
        return "word-spacing"
    return why_typeface(look.family, cascade)


def why_typeface(family: str, cascade: Cascade) -> str | None:
    """The reason why letters of a typeface may be drawn as others."""
    if not family:
        return None
    names = names_in(family)
    if names[0] in NAMES.values["signs"]:
        return "a typeface of signs"
    if any(face.is_out_of_place and face.family in names for face in cascade.told_faces):
        return "measures of a typeface"
    return BROUGHT if any(map(cascade.faces.get, names)) else None


def strips_of(
    values: Declarations, left: float, right: float
) -> tuple[tuple[float, float, Colour], ...]:
    """The strips of a gradient from left to right; none where it is another."""
    image = values.get("background-image", "none")
    found = _ACROSS.fullmatch(image)
    if found is None or not _covers_all(values):
        return ()
    stops: list[tuple[float, Colour]] = []
    parts = tinycss2.parse_component_value_list(found.group(1), skip_comments=True)
    for part in parts_at_commas(parts):
        words = [tinycss2.serialize([node]) for node in part if node.type != "whitespace"]
        painted = colour(words[0]) if words else None
        places = [length(word, whole=right - left) for word in words[1:]]
        if painted is None or painted[1] <= _SOLID or None in places or not words[1:]:
            if painted is None or words[1:]:
                return ()
            places = [0.0 if not stops else right - left]
        stops += [(left + (place or 0.0), painted[0]) for place in places]
    strips = [(-_WIDE, stops[0][0], stops[0][1])]
    for (start, one), (end, other) in pairwise(stops):
        strips += [(start, max(start, end), one)] + (
            [(start, end, other)] if other != one and end > start else []
        )
    return (*strips, (stops[-1][0], _WIDE, stops[-1][1]))


def on_strips(look: Look, left: float, right: float) -> Look:
    """The look between two sides of a ground that changes from left to right."""
    if not look.strips:
        return look
    met = [tint for x0, x1, tint in look.strips if min(x1, right) - max(x0, left) > 1.0]
    return look.but(grounds=tuple(dict.fromkeys(met))) if met else look


_WIDE = 1e6
_ACROSS = re.compile(r"linear-gradient\(\s*(?:90deg|to right)\s*,(.*)\)", re.S)
