"""Pictures that sheets draw, and the ``background`` that they are part of: what browsers keep of them."""

from __future__ import annotations

import re
from typing import Any

import tinycss2

from .amounts import CALCULATED, told
from .conditions import all_of, parts_at_commas
from .gradients import ACROSS, DOWN, are_places, is_gradient, placed_at
from .names import NAMES
from .values import colour, is_colour, length

COLOURS = frozenset(
    "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark contrast-color".split()
)
_GRADIENT = re.compile(r"(?:-webkit-|repeating-|-webkit-repeating-)?(linear|radial|conic)-gradient")
_DRAWN = frozenset(["url", "-webkit-cross-fade"])
_BACKGROUND = {
    "background-color": "transparent", "background-image": "none", "background-clip": "border-box",
    "background-size": "auto", "background-position-x": "0%", "background-position-y": "0%",
    "background-repeat": "repeat",
}  # fmt: skip
_SIDES = ACROSS | DOWN | {"center"}
OF_BACKGROUND = tuple(_BACKGROUND)
_MOST = {
    "image": 1, "background-color": 1, "background-attachment": 1, "background-repeat": 2, "background-clip": 2,
    "place": 4, "size": 2, "/": 1,
}  # fmt: skip
"""Times that a layer may say each thing."""


def are_images(value: str) -> bool | None:
    """Whether browsers keep a list of pictures; None where that is not known."""
    answers = [
        is_image(nodes[0]) if len(nodes) == 1 else False
        for nodes in map(told, parts_at_commas(_parsed(value)))
    ]
    return False if False in answers else (None if None in answers else True)


def is_image(node: Any) -> bool | None:
    """Whether browsers know a picture, its gradient with all that it says."""
    if node.type == "ident":
        return bool(node.lower_value == "none")
    if node.type != "function":
        return bool(node.type == "url")
    name = node.lower_name
    found = _GRADIENT.fullmatch(name)
    if found is not None:
        parts = parts_at_commas(node.arguments)
        return is_gradient(found.group(1), parts, prefixed=name.startswith("-"))
    if name in {"image-set", "-webkit-image-set"}:
        return all_of(map(_is_choice, parts_at_commas(node.arguments)))
    if name in _DRAWN:
        return True
    return False if name.startswith(("-moz-", "-o-", "-ms-")) else None


def _is_choice(nodes: list[Any]) -> bool | None:
    """One picture of several for screens of different kinds."""
    first = told(nodes)[:1]
    if not first:
        return False
    return True if first[0].type == "string" else first[0].type != "ident" and is_image(first[0])


def background(value: str) -> dict[str, str] | None:
    """Longhands of a ``background``; empty where browsers drop it, None where that is not known."""
    found = dict(_BACKGROUND)
    images: list[str] = []
    layers = parts_at_commas(_parsed(value))
    for number, layer in enumerate(layers):
        parts = _sizes_named([(_part(node), tinycss2.serialize([node])) for node in told(layer)])
        kinds = [kind for kind, _ in parts]
        if None in kinds:
            return None
        if not _is_layer(parts, is_last=number == len(layers) - 1):
            return {}
        images += _layer(parts, found)
    if images:
        found["background-image"] = ", ".join(images)
    return found


def _sizes_named(parts: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """What follows the slash is a size, not a place."""
    kinds = [kind for kind, _ in parts]
    slash = kinds.index("/") if "/" in kinds else len(parts)
    return [
        ("size" if place > slash and kind == "place" and text not in _SIDES else kind, text)
        for place, (kind, text) in enumerate(parts)
    ]


def _is_layer(parts: list[tuple[str | None, str]], *, is_last: bool) -> bool:
    kinds = [kind for kind, _ in parts]
    order = "".join(_SIGNS.get(str(kind), ".") for kind in kinds)
    repeats = [text for kind, text in parts if kind == "background-repeat"]
    return (
        bool(parts)
        and "" not in kinds
        and all(kinds.count(kind) <= most for kind, most in _MOST.items())
        and (is_last or "background-color" not in kinds)
        and _IN_ORDER.fullmatch(order) is not None
        and (len(repeats) < 2 or not {"repeat-x", "repeat-y"} & set(repeats))
        and _is_placed([text for kind, text in parts if kind == "place"])
    )


_SIGNS = {"place": "p", "/": "/", "size": "s"}
_IN_ORDER = re.compile(r"\.*(?:p+(?:/s+)?)?\.*")


def _is_placed(words: list[str]) -> bool:
    return not words or are_places(words) is not False


def _layer(parts: list[tuple[str | None, str]], found: dict[str, str]) -> list[str]:
    """Set what one layer says; gives its pictures."""
    placed = [text for kind, text in parts if kind == "place"]
    sized = [text for kind, text in parts if kind == "size"]
    if placed:
        found.update(placed_at(placed))
    if sized:
        found["background-size"] = " ".join(sized)
    found.update({kind: text for kind, text in parts if kind and kind.startswith("background")})
    return [text for kind, text in parts if kind == "image"]


def _part(node: Any) -> str | None:
    """What a word of ``background`` sets; empty where browsers know none, None where this reader does not."""
    text = tinycss2.serialize([node])
    if node.type == "literal":
        return "/" if node.value == "/" else ""
    if node.type == "url":
        return "image"
    if node.type == "function":
        return _called(node, text)
    if node.type in {"dimension", "percentage"} or (node.type == "number" and node.value == 0):
        return "place" if length(text) is not None else None
    return _word(text)


def _called(node: Any, text: str) -> str | None:
    if node.lower_name in CALCULATED:
        return "place" if length(text) is not None else None
    if node.lower_name in COLOURS:
        return "background-color" if colour(text) else None
    drawn = is_image(node)
    return "image" if drawn else (None if drawn is None else "")


def _word(text: str) -> str:
    values = NAMES.values
    if text in values["places"] or text in {"auto", "cover", "contain"}:
        return "place"
    if text == "none":
        return "image"
    for name, group in (("repeat", "repeats"), ("clip", "boxes"), ("attachment", "attachments")):
        if text in values[group]:
            return f"background-{name}"
    return "background-color" if is_colour(text) else ""


def _parsed(value: str) -> list[Any]:
    return list(tinycss2.parse_component_value_list(value, skip_comments=True))
