"""Shorthands of CSS taken apart into the longhands that decide what is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import tinycss2

from .css_images import OF_BACKGROUND, are_places, background, placed_at
from .css_logic import parts_at_commas
from .css_names import NAMES
from .css_validity import SIDES, is_valid, nodes_of, words_of
from .css_values import is_colour, length, number

Longhands = dict[str, str]
_LINES = frozenset(["none", "underline", "overline", "line-through", "blink"])


def _four(names: tuple[str, ...]) -> Callable[[str], Longhands | None]:
    def expand(value: str) -> Longhands | None:
        words = words_of(value)
        spread = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}.get(
            len(words)
        )
        if spread is None:
            return {}
        return _checked({name: words[place] for name, place in zip(names, spread, strict=True)})

    return expand


def _two(first: str, second: str) -> Callable[[str], Longhands | None]:
    def expand(value: str) -> Longhands | None:
        words = words_of(value)
        return _checked({first: words[0], second: words[-1]}) if 1 <= len(words) <= 2 else {}

    return expand


def _checked(found: Longhands) -> Longhands | None:
    """Longhands if all are valid; none if one is not; None where that is not known."""
    answers = [is_valid(name, value) for name, value in found.items()]
    if False in answers:
        return {}
    return None if None in answers else found


def _font(value: str) -> Longhands | None:
    if value in NAMES.values["system_fonts"]:
        return {"font-size": "13px", "line-height": "normal", "font-family": "sans-serif"}
    nodes = nodes_of(value)
    for place, node in enumerate(nodes):
        text = tinycss2.serialize([node])
        if node.type == "ident" and text in NAMES.values["font_words"]:
            continue
        if node.type == "number" and node.value >= 1 and place + 1 < len(nodes):
            continue
        if node.type == "dimension" and node.lower_unit in {"deg", "rad", "turn", "grad"}:
            continue
        size = is_valid("font-size", text)
        rest = nodes[place + 1 :]
        if not size:
            return None if size is None else {}
        line = "normal"
        if rest and rest[0].type == "literal" and rest[0].value == "/":
            line, rest = tinycss2.serialize(rest[1:2]), rest[2:]
        if not rest:
            return {}
        return _checked({"font-size": text, "line-height": line}) and {
            "font-size": text, "line-height": line, "font-family": tinycss2.serialize(rest),
        }  # fmt: skip
    return {}


def _animation(value: str) -> Longhands | None:
    names: dict[str, list[str]] = {name: [] for name in PARTS["animation"]}
    for layer in parts_at_commas(tinycss2.parse_component_value_list(value, skip_comments=True)):
        one = dict(
            zip(
                PARTS["animation"],
                ("none", "none", "0s", "0s", "1", "normal", "running"),
                strict=True,
            )
        )
        times = ["animation-duration", "animation-delay"]
        for node in layer:
            name = _animation_part(node, times)
            if name is None:
                return None
            if name:
                one[name] = tinycss2.serialize([node])
        for name, text in one.items():
            names[name].append(text)
    return {name: ", ".join(texts) for name, texts in names.items()}


def _animation_part(node: Any, times: list[str]) -> str | None:
    """What a word of ``animation`` sets; empty for what does not matter, None where it is not known."""
    text = tinycss2.serialize([node])
    if node.type == "dimension":
        return times.pop(0) if times and node.lower_unit in {"s", "ms"} else None
    if node.type == "number" or text == "infinite":
        return "animation-iteration-count"
    if node.type == "function":
        return "" if node.lower_name in {"cubic-bezier", "steps", "linear"} else None
    if node.type != "ident" or text in _PLAIN_ANIMATION:
        return ""
    return _ANIMATION_WORDS.get(text, "animation-name")


_ANIMATION_WORDS = {
    **dict.fromkeys(("forwards", "backwards", "both"), "animation-fill-mode"),
    **dict.fromkeys(("reverse", "alternate", "alternate-reverse"), "animation-direction"),
    "paused": "animation-play-state",
}
_PLAIN_ANIMATION = frozenset(
    "none normal running linear ease ease-in ease-out ease-in-out step-start step-end auto".split()
)


def _border(*sides: str) -> Callable[[str], Longhands | None]:
    def expand(value: str) -> Longhands | None:
        width, styled = "medium", False
        for word in words_of(value):
            if word in NAMES.values["border_styles"]:
                styled = word not in {"none", "hidden"}
            elif is_valid("outline-width", word):
                width = word
            elif is_colour(word) is False:
                return {}
        names = {"outline": ["outline-width"]}.get(
            sides[0], [f"border-{side}-width" for side in sides]
        )
        return dict.fromkeys(names, width if styled else "0")

    return expand


def _decoration(value: str) -> Longhands | None:
    thick, line = "auto", "none"
    for word in words_of(value):
        if word in _LINES:
            line = word
        elif length(word) is not None or word == "from-font":
            thick = word
    return {"text-decoration-thickness": thick, "text-decoration-line": line}


def _first_of(name: str) -> Callable[[str], Longhands | None]:
    return lambda value: {name: value.split("/")[0].strip()}


def _grid_area(value: str) -> Longhands | None:
    parts = [part.strip() for part in value.split("/")]
    named = not re.match(r"[\d-]", parts[0])
    column = parts[1] if len(parts) > 1 else (parts[0] if named else "auto")
    return {"grid-row-start": parts[0], "grid-column-start": column}


def _stroke(value: str) -> Longhands | None:
    widths = [word for word in words_of(value) if is_valid("outline-width", word)]
    return {"-webkit-text-stroke-width": widths[0] if widths else "0"}


def _mask(value: str) -> Longhands | None:
    images = [n for n in nodes_of(value) if n.type in {"url", "function"}]
    if len(nodes_of(value)) == len(images) == 1:
        return {"mask-image": value}
    return {"mask-image": "none"} if value == "none" else None


def _position(value: str) -> Longhands | None:
    words = words_of(value)
    if "," in words:
        return None
    return placed_at(words) if 0 < len(words) <= 4 and are_places(words) else {}


def _flow(value: str) -> Longhands | None:
    found = [word for word in value.split() if word.startswith(("row", "column"))]
    return {"flex-direction": found[0] if found else "row"}


def _flex(value: str) -> Longhands | None:
    words = [word for word in words_of(value) if word not in {"none", "auto"}]
    sizes = [word for word in words if number(word) is None or not re.fullmatch(r"[\d.]+", word)]
    plain = [word for word in words if word not in sizes]
    grow = plain[0] if plain else ("0" if value == "none" else "1")
    return {"flex-basis": sizes[0] if sizes else ("0" if plain else "auto"), "flex-grow": grow}


def _tracks(value: str) -> Longhands | None:
    return {"grid-template-columns": value.partition("/")[2].strip() or "none"}


_MARGINS = tuple(f"margin-{side}" for side in SIDES)
_PADDINGS = tuple(f"padding-{side}" for side in SIDES)
_BORDERS = tuple(f"border-{side}-width" for side in SIDES)
PARTS: dict[str, tuple[str, ...]] = {
    "margin": _MARGINS,
    "padding": _PADDINGS,
    "inset": SIDES,
    "border-width": _BORDERS,
    "margin-inline": ("margin-left", "margin-right"),
    "margin-block": ("margin-top", "margin-bottom"),
    "padding-inline": ("padding-left", "padding-right"),
    "padding-block": ("padding-top", "padding-bottom"),
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
    "overflow": ("overflow-x", "overflow-y"),
    "background": OF_BACKGROUND,
    "background-position": ("background-position-x", "background-position-y"),
    "font": ("font-size", "line-height", "font-family"),
    "animation": (
        "animation-name", "animation-fill-mode", "animation-duration", "animation-delay", "animation-iteration-count",
        "animation-direction", "animation-play-state",
    ),
    "border": _BORDERS,
    **{f"border-{side}": (f"border-{side}-width",) for side in SIDES},
    "border-inline": ("border-left-width", "border-right-width"),
    "border-block": ("border-top-width", "border-bottom-width"),
    "outline": ("outline-width",),
    "text-decoration": ("text-decoration-thickness", "text-decoration-line"),
    "grid-area": ("grid-row-start", "grid-column-start"),
    "grid-row": ("grid-row-start",),
    "grid-column": ("grid-column-start",),
    "-webkit-text-stroke": ("-webkit-text-stroke-width",),
    "mask": ("mask-image",),
    "flex-flow": ("flex-direction",),
    "flex": ("flex-basis", "flex-grow"),
    "grid-template": ("grid-template-columns",),
    "grid": ("grid-template-columns",),
    "gap": ("column-gap",),
    "grid-gap": ("column-gap",),
}  # fmt: skip
SHORTHANDS: dict[str, Callable[[str], Longhands | None]] = {
    "margin": _four(_MARGINS),
    "padding": _four(_PADDINGS),
    "inset": _four(SIDES),
    "border-width": _four(_BORDERS),
    "margin-inline": _two("margin-left", "margin-right"),
    "margin-block": _two("margin-top", "margin-bottom"),
    "padding-inline": _two("padding-left", "padding-right"),
    "padding-block": _two("padding-top", "padding-bottom"),
    "inset-inline": _two("left", "right"),
    "inset-block": _two("top", "bottom"),
    "overflow": _two("overflow-x", "overflow-y"),
    "background": background,
    "background-position": _position,
    "font": _font,
    "animation": _animation,
    "border": _border(*SIDES),
    **{f"border-{side}": _border(side) for side in SIDES},
    "border-inline": _border("left", "right"),
    "border-block": _border("top", "bottom"),
    "outline": _border("outline"),
    "text-decoration": _decoration,
    "grid-area": _grid_area,
    "grid-row": _first_of("grid-row-start"),
    "grid-column": _first_of("grid-column-start"),
    "-webkit-text-stroke": _stroke,
    "mask": _mask,
    "flex-flow": _flow,
    "flex": _flex,
    "grid-template": _tracks,
    "grid": _tracks,
    "gap": lambda value: {"column-gap": words_of(value)[-1] if value else "0"},
    "grid-gap": lambda value: {"column-gap": words_of(value)[-1] if value else "0"},
}
