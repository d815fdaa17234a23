"""Media queries as an ordinary window answers them: 1,280 by 800 pixels, light, in colour, with a mouse."""

from __future__ import annotations

import operator
from typing import Any

import tinycss2

from .css_logic import all_of, any_of, holds, negated, parts_at_commas
from .css_values import length

_SIZES = {"width": 1280.0, "height": 800.0, "device-width": 1280.0, "device-height": 800.0}
_ANSWERS = {
    "orientation": "landscape", "prefers-color-scheme": "light", "hover": "hover", "any-hover": "hover", "pointer": "fine",
    "any-pointer": "fine", "prefers-reduced-motion": "no-preference", "prefers-contrast": "no-preference",
    "forced-colors": "none", "inverted-colors": "none", "scripting": "enabled", "update": "fast", "display-mode": "browser",
    "prefers-reduced-transparency": "no-preference", "grid": "0", "overflow-block": "scroll", "monochrome": "0",
    "prefers-reduced-data": "no-preference", "overflow-inline": "scroll",
}  # fmt: skip
_NO = frozenset(["none", "0", "no-preference"])
_LONG = 2_000
_NUMBERS = frozenset(
    ["color", "resolution", "aspect-ratio", "device-pixel-ratio", "-webkit-device-pixel-ratio"]
)
_OTHER_MEDIA = frozenset(
    "screen print speech tty tv projection handheld braille embossed aural".split()
)
_SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def media_applies(query: str, medium: str = "screen") -> bool | None:
    """Whether one of the queries matches; None where none does for sure and one may."""
    if len(query) > _LONG:
        return None
    nodes = tinycss2.parse_component_value_list(query, skip_comments=True)
    return any_of(_one_applies(part, medium) for part in parts_at_commas(nodes))


def _one_applies(nodes: list[Any], medium: str) -> bool | None:
    told = [node for node in nodes if node.type != "whitespace"]
    if not told:
        return len(nodes) == 0 or None
    words = [node.lower_value if node.type == "ident" else "" for node in told[:2]]
    is_negated = words[0] == "not" and len(told) > 1 and told[1].type == "ident"
    if is_negated or words[0] == "only":
        told, words = told[1:], words[1:]
    if not words[0] or words[0] == "not":
        return holds(told, _feature)
    answer: bool | None = words[0] in {medium, "all"}
    if len(told) > 1:
        joined = told[1].type == "ident" and told[1].lower_value == "and"
        answer = all_of([answer, holds(told[2:], _feature) if joined else None])
    return negated(answer) if is_negated else answer


def _feature(node: Any) -> bool | None:
    if node.type != "() block":
        return None
    told = [n for n in node.content if n.type not in {"whitespace", "comment"}]
    place = next((i for i, n in enumerate(told) if n.type == "literal" and n.value == ":"), None)
    if place is None:
        return _in_range(told)
    if place != 1 or told[0].type != "ident":
        return None
    name, value = told[0].lower_value, tinycss2.serialize(told[2:]).strip().lower()
    plain = name.removeprefix("min-").removeprefix("max-")
    if plain in _SIZES:
        bound = length(value)
        if bound is None:
            return None
        if plain == name:
            return _SIZES[plain] == bound
        return _SIZES[plain] >= bound if name.startswith("min-") else _SIZES[plain] <= bound
    if name == "prefers-color-scheme" and value not in {"light", "dark"}:
        return None
    return _ANSWERS[name] == value if name in _ANSWERS else None


def _in_range(told: list[Any]) -> bool | None:
    """``(hover)``, ``(400px <= width)``, ``(400px < width < 900px)``."""
    if len(told) == 1 and told[0].type == "ident":
        name = told[0].lower_value
        if name in _SIZES or name in _NUMBERS:
            return True
        return _ANSWERS[name] not in _NO if name in _ANSWERS else None
    sides, signs = _sides(told)
    name = next((side for side in sides if side in _SIZES), "")
    if not name or len(signs) > 2 or (len(signs) == 2 and sides[1] != name):
        return None
    answers = []
    for place, sign in enumerate(signs):
        before = sides[place] != name
        bound = length(sides[place] if before else sides[place + 1])
        if bound is None or sign not in _SIGNS:
            return None
        answers.append(_SIGNS[_FLIPPED[sign] if before else sign](_SIZES[name], bound))
    return all(answers)


def _sides(told: list[Any]) -> tuple[list[str], list[str]]:
    sides: list[list[Any]] = [[]]
    signs: list[str] = []
    for node in told:
        if node.type == "literal" and node.value in {"<", ">", "="}:
            if node.value == "=" and signs and not sides[-1]:
                signs[-1] += "="
                continue
            signs.append(node.value)
            sides.append([])
        else:
            sides[-1].append(node)
    return [tinycss2.serialize(side).strip().lower() for side in sides], signs
