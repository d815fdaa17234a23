"""Shorthands of CSS taken apart into the longhands that decide what is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import tinycss2

from .amounts import (
    ANGLES,
    Judge,
    by_kind,
    is_lasting,
    is_time,
    layers_of,
    nodes_of,
    one_of,
    words_of,
)
from .conditions import all_of
from .gradients import are_places, placed_at
from .grid_values import are_lines, flexed, is_template, is_wrap, slashed, strings_in
from .images import OF_BACKGROUND, background, is_image
from .names import NAMES
from .validity import SIDES, are_families, is_valid
from .values import is_colour

Longhands = dict[str, str]


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
    place = next((i for i in range(len(nodes)) if not _goes_before_size(nodes, i)), len(nodes))
    said = [tinycss2.serialize([node]) for node in nodes[:place]]
    told = [word for word in said if word != "normal"]
    if place == len(nodes) or len(said) > 4 or len(set(told)) < len(told):
        return {}
    text, rest, line = tinycss2.serialize([nodes[place]]), nodes[place + 1 :], "normal"
    if rest and rest[0].type == "literal" and rest[0].value == "/":
        line, rest = tinycss2.serialize(rest[1:2]), rest[2:]
    family = " ".join(tinycss2.serialize([node]) for node in rest)
    if not family or not are_families(family):
        return {}
    return _checked({"font-size": text, "line-height": line}) and {
        "font-size": text, "line-height": line, "font-family": family,
    }  # fmt: skip


def _goes_before_size(nodes: list[Any], place: int) -> bool:
    """Whether a node tells style, weight or width of a typeface."""
    node = nodes[place]
    if node.type == "number":
        return bool(1 <= node.value <= 1000)
    if node.type == "dimension":
        before = nodes[place - 1] if place else node
        slanted = before.type == "ident" and before.lower_value == "oblique"
        return slanted and node.lower_unit in ANGLES
    return bool(node.type == "ident" and node.lower_value in NAMES.values["font_words"])


def _is_pace(word: str) -> bool | None:
    return word.partition("(")[0] in NAMES.values["paces"]


def _keyword(name: str) -> Judge:
    return lambda word: is_valid(name, word)


_ANIMATION: dict[str, Judge] = {
    "animation-duration": is_lasting,
    "animation-delay": is_time,
    "pace": _is_pace,
    **{
        name: _keyword(name)
        for name in (
            "animation-iteration-count", "animation-direction", "animation-fill-mode", "animation-play-state",
            "animation-name",
        )
    },
}  # fmt: skip
_AT_FIRST = {
    "animation-name": "none", "animation-fill-mode": "none", "animation-duration": "0s", "animation-delay": "0s",
    "animation-iteration-count": "1", "animation-direction": "normal", "animation-play-state": "running",
}  # fmt: skip


def _animation(value: str) -> Longhands | None:
    layers = [by_kind(words, _ANIMATION) for words in layers_of(value)]
    if None in layers:
        return None
    if {} in layers:
        return {}
    return {
        name: ", ".join((layer or {}).get(name, first) for layer in layers)
        for name, first in _AT_FIRST.items()
    }


_STYLE = one_of(NAMES.values["border_styles"])
_OUTLINE = one_of((NAMES.values["border_styles"] | {"auto"}) - {"hidden"})


def _width(word: str) -> bool | None:
    return is_valid("outline-width", word)


def _border(*sides: str) -> Callable[[str], Longhands | None]:
    names = {"outline": ["outline-width"]}.get(sides[0], [f"border-{side}-width" for side in sides])
    kinds: dict[str, Judge] = {
        "style": _OUTLINE if sides == ("outline",) else _STYLE, "width": _width, "colour": is_colour,
    }  # fmt: skip

    def expand(value: str) -> Longhands | None:
        words = words_of(value)
        found = by_kind(words, kinds)
        if not found:
            return None if "," in words else found  # some browsers allow commas
        is_drawn = found.get("style", "none") not in {"none", "hidden"}
        return dict.fromkeys(names, found.get("width", "medium") if is_drawn else "0")

    return expand


def _decoration(value: str) -> Longhands | None:
    words = words_of(value)
    lines = [word for word in words if is_valid("text-decoration-line", word)]
    line = " ".join(lines) or "none"
    found = by_kind(
        [word for word in words if word not in lines],
        {
            "style": one_of(NAMES.values["decoration_styles"]),
            "colour": is_colour,
            "thickness": lambda word: is_valid("text-decoration-thickness", word),
        },
    )
    if not is_valid("text-decoration-line", line) or (not found and words != lines):
        return {} if found is not None else None
    thick = (found or {}).get("thickness", "auto")
    return {"text-decoration-thickness": thick, "text-decoration-line": line}


def _lines_of(axis: str) -> Callable[[str], Longhands | None]:
    def expand(value: str) -> Longhands | None:
        answer = are_lines(value, 2)
        if not answer:
            return None if answer is None else {}
        return _between(axis, slashed(value))

    return expand


def _between(axis: str, parts: Sequence[str]) -> Longhands:
    """Both sides of a place in a grid; the one that is not told is of the same name."""
    end = parts[1] if len(parts) > 1 else (parts[0] if _is_named(parts[0]) else "auto")
    return {f"grid-{axis}-start": parts[0], f"grid-{axis}-end": end}


def _is_named(line: str) -> bool:
    return not re.match(r"[\d+-]|span\b|auto$", line)


def _grid_area(value: str) -> Longhands | None:
    answer = are_lines(value, 4)
    if not answer:
        return None if answer is None else {}
    parts = slashed(value)
    columns = parts[1::2] or [parts[0] if _is_named(parts[0]) else "auto"]
    return _between("row", parts[::2]) | _between("column", columns)


def _stroke(value: str) -> Longhands | None:
    found = by_kind(words_of(value), {"width": _width, "colour": is_colour})
    return found and {"-webkit-text-stroke-width": found.get("width", "0")}


def _mask(value: str) -> Longhands | None:
    if value == "none":
        return {"mask-image": "none"}
    nodes = nodes_of(value)
    drawn = [is_image(node) for node in nodes if node.type in {"url", "function"}]
    if len(nodes) != 1 or len(drawn) != 1 or None in drawn:
        return None
    return {"mask-image": value} if drawn[0] else {}


def _position(value: str) -> Longhands | None:
    words = words_of(value)
    if "," in words:
        return None
    answer = are_places(words)
    return placed_at(words) if answer else (None if answer is None else {})


def _flow(value: str) -> Longhands | None:
    found = by_kind(words_of(value), {"direction": _keyword("flex-direction"), "wrap": is_wrap})
    return found and {
        "flex-direction": found.get("direction", "row"),
        "flex-wrap": found.get("wrap", "nowrap"),
    }


def _template(*, flows: bool) -> Callable[[str], Longhands | None]:
    def expand(value: str) -> Longhands | None:
        answer = is_template(value, flows=flows)
        if not answer:
            return None if answer is None else {}
        rows, _, columns = (part.strip() for part in value.partition("/"))
        told = {"grid-template-columns": columns or "none", "grid-template-rows": "none"}
        told["grid-template-areas"] = " ".join(f'"{one}"' for one in strings_in(rows)) or "none"
        told |= {"grid-auto-rows": "auto"} if flows else {}
        flowing = "auto-flow" in rows.split()
        told["grid-auto-rows" if flowing else "grid-template-rows"] = _without_names(rows)
        return told

    return expand


def _without_names(rows: str) -> str:
    """Sizes of rows, without areas, names of lines and words of flow."""
    kept = [node for node in nodes_of(rows) if node.type not in {"string", "[] block"}]
    sizes = [tinycss2.serialize([node]) for node in kept]
    return " ".join(size for size in sizes if size not in {"auto-flow", "dense"}) or "auto"


def _list_style(value: str) -> Longhands | None:
    nodes = [node for node in nodes_of(value) if tinycss2.serialize([node]) not in _SIDES_OF_SIGN]
    drawn = [node for node in nodes if node.type in {"url", "function"}]
    named = [node for node in nodes if node not in drawn]
    if len(drawn) > 1 or len(named) > 2:
        return {}
    signs = [tinycss2.serialize([node]) for node in named]
    sign = next((sign for sign in signs if sign != "none"), "none" if signs else "disc")
    return {"list-style-image": tinycss2.serialize(drawn) or "none", "list-style-type": sign}


_SIDES_OF_SIGN = frozenset(["inside", "outside"])


def _container(value: str) -> Longhands | None:
    names, sign, kind = value.partition("/")
    kind = kind.strip() if sign else "normal"
    return _checked({"container-name": names.strip(), "container-type": kind})


def _gap(value: str) -> Longhands | None:
    words = words_of(value)
    answers = all_of(is_valid("column-gap", word) for word in words)
    if not 0 < len(words) <= 2 or answers is False:
        return {}
    return {"row-gap": words[0], "column-gap": words[-1]} if answers else None


def _placed(what: str) -> Callable[[str], Longhands | None]:
    """Of a place along both ways, the one across; one word is said of both."""

    def told(value: str) -> Longhands:
        words = words_of(value)
        return {f"align-{what}": words[0], f"justify-{what}": words[-1]} if words else {}

    return told


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
    "grid-area": ("grid-row-start", "grid-row-end", "grid-column-start", "grid-column-end"),
    "grid-row": ("grid-row-start", "grid-row-end"),
    "grid-column": ("grid-column-start", "grid-column-end"),
    "-webkit-text-stroke": ("-webkit-text-stroke-width",),
    "mask": ("mask-image",),
    "flex-flow": ("flex-direction", "flex-wrap"),
    "flex": ("flex-basis", "flex-grow", "flex-shrink"),
    "grid-template": ("grid-template-columns", "grid-template-rows", "grid-template-areas"),
    "grid": ("grid-template-columns", "grid-template-rows", "grid-template-areas", "grid-auto-rows"),
    "gap": ("row-gap", "column-gap"),
    "grid-gap": ("row-gap", "column-gap"),
    "list-style": ("list-style-image", "list-style-type"),
    "container": ("container-name", "container-type"),
    **{f"place-{what}": (f"align-{what}", f"justify-{what}") for what in ("content", "items", "self")},
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
    "grid-row": _lines_of("row"),
    "grid-column": _lines_of("column"),
    "-webkit-text-stroke": _stroke,
    "mask": _mask,
    "flex-flow": _flow,
    "flex": flexed,
    "grid-template": _template(flows=False),
    "grid": _template(flows=True),
    "gap": _gap,
    "grid-gap": _gap,
    "list-style": _list_style,
    "container": _container,
    **{f"place-{what}": _placed(what) for what in ("content", "items", "self")},
}
