"""Media queries as ordinary windows answer them: a desktop's, light, in colour, with a mouse.

What holds in one ordinary window and not in another is not known, so that no page can speak to one reader alone.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import Any

import tinycss2

from .conditions import all_of, any_of, holds, negated, parts_at_commas
from .values import length

_NO = frozenset(["none", "0", "no-preference"])
_VALUES = {
    name: tuple(values.split())
    for name, values in {
        "orientation": "landscape portrait",
        "prefers-color-scheme": "light dark",
        "hover": "hover none",
        "any-hover": "hover none",
        "pointer": "fine coarse none",
        "any-pointer": "fine coarse none",
        "prefers-reduced-motion": "no-preference reduce",
        "prefers-reduced-transparency": "no-preference reduce",
        "prefers-contrast": "no-preference more less custom",
        "forced-colors": "none active",
        "update": "fast slow none",
        "display-mode": "browser standalone fullscreen minimal-ui",
        "grid": "0 1",
        "monochrome": "0 1 2 8",
        "overflow-block": "scroll none paged",
        "overflow-inline": "scroll none",
    }.items()
}
"""The answer first, then what else browsers know; a saved page is opened without scripts, so that is not told."""
_NUMBERS = frozenset(["color", "resolution", "aspect-ratio", "-webkit-device-pixel-ratio"])
_NO_MEDIUM = frozenset(["not", "only", "and", "or", "layer"])
_LONG = 2_000
_SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_HAS_UNIT = re.compile(r"\d[a-z]")


def media_applies(query: str, medium: str = "screen") -> bool | None:
    """Whether one of the queries matches; None where none does for sure and one may."""
    if len(query) > _LONG:
        return None
    nodes = tinycss2.parse_component_value_list(query, skip_comments=True)
    if not _told(nodes):
        return True
    answers = {
        any_of(window.meets(_told(part), medium) for part in parts_at_commas(nodes))
        for window in _WINDOWS
    }
    return answers.pop() if len(answers) == 1 else None


class Ranges:
    """Features in round brackets: ``(min-width: 400px)``, ``(hover)``, ``(400px <= width)``, ``(400px < width < 900px)``."""

    def size(self, name: str) -> float | None:
        """Pixels of what is asked for; None of what is no size here."""
        raise NotImplementedError

    def pixels(self, text: str) -> float | None:
        """Of a length that something is compared with."""
        return length(text)

    def is_on(self, name: str) -> bool | None:
        """Whether a feature that is no size is there at all."""
        return None

    def has_value(self, name: str, value: str) -> bool | None:
        """Whether a feature that is no size has a value."""
        return None

    def feature(self, node: Any) -> bool | None:
        """The answer to one."""
        if node.type != "() block":
            return None
        told = _told(node.content)
        if len(told) < 2 or told[1].type != "literal" or told[1].value != ":":
            return self._in_range(node.content)
        name = told[0].lower_value if told[0].type == "ident" else ""
        plain = name.removeprefix("min-").removeprefix("max-")
        size = self.size(plain)
        if size is None:
            return self.has_value(name, tinycss2.serialize(told[2:]).strip().lower())
        bound = self._bound(told[2:])
        if bound is None:
            return None
        if plain == name:
            return size == bound
        return size >= bound if name.startswith("min-") else size <= bound

    def _in_range(self, nodes: list[Any]) -> bool | None:
        sides, signs = _sides(nodes)
        names = [_name(side) for side in sides]
        if not signs:
            return True if self.size(names[0]) is not None else self.is_on(names[0])
        place = next((i for i, name in enumerate(names) if self.size(name) is not None), None)
        if place is None or not _are_signs(signs) or (len(signs) == 2 and place != 1):
            return None
        size = self.size(names[place])
        answers: list[bool | None] = []
        for left, sign in enumerate(signs):
            is_before = left < place
            bound = self._bound(sides[left] if is_before else sides[left + 1])
            if bound is None or size is None:
                return None
            answers.append(_SIGNS[_FLIPPED[sign] if is_before else sign](size, bound))
        return all_of(answers)

    def _bound(self, nodes: list[Any]) -> float | None:
        """Of a size that a query asks for; None for what is no length of one unit."""
        told = _told(nodes)
        if len(told) != 1:
            return None
        text = tinycss2.serialize(told).lower()
        if told[0].type == "number":
            return 0.0 if told[0].value == 0 else None
        return self.pixels(text) if "%" not in text and _HAS_UNIT.search(text) else None


@dataclass(frozen=True)
class _Window(Ranges):
    width: float
    height: float

    def meets(self, told: list[Any], medium: str) -> bool | None:
        words = [node.lower_value if node.type == "ident" else "" for node in (told + told)[:2]]
        if not told or words[0] == "" or (words[0] == "not" and not words[1]):
            return holds(told, self.feature)
        has_sign = words[0] in {"not", "only"} and len(told) > 1
        named, *rest = told[1:] if has_sign else told
        if named.type != "ident" or named.lower_value in _NO_MEDIUM:
            return None
        answer: bool | None = named.lower_value in {medium, "all"}
        if rest:
            answer = all_of([answer, self._also(rest)])
        return negated(answer) if has_sign and words[0] == "not" else answer

    def _also(self, rest: list[Any]) -> bool | None:
        """What follows a medium: conditions that all must hold."""
        words = [node.lower_value if node.type == "ident" else "" for node in rest]
        return holds(rest[1:], self.feature) if words[0] == "and" and "or" not in words else None

    def size(self, name: str) -> float | None:
        return {"width": self.width, "height": self.height}.get(name.removeprefix("device-"))

    def is_on(self, name: str) -> bool | None:
        if name in _NUMBERS:
            return True
        return _VALUES[name][0] not in _NO if name in _VALUES else None

    def has_value(self, name: str, value: str) -> bool | None:
        known = _VALUES.get(name, ())
        return value == known[0] if value in known else None


_WINDOWS = tuple(
    _Window(float(width), float(height))
    for width, height in ((1280, 800), (1280, 640), (1366, 660), (1440, 900), (1536, 730), (1680, 920), (1920, 1080))
)  # fmt: skip
"""Insides of the usual windows of usual screens."""


def _told(nodes: list[Any]) -> list[Any]:
    return [node for node in nodes if node.type not in {"whitespace", "comment"}]


def _name(nodes: list[Any]) -> str:
    return str(nodes[0].lower_value) if len(nodes) == 1 and nodes[0].type == "ident" else ""


def _are_signs(signs: list[str]) -> bool:
    """Whether browsers know them, and where there are two, both point one way."""
    if not 0 < len(signs) <= 2 or any(sign not in _SIGNS for sign in signs):
        return False
    return len(signs) == 1 or (signs[0][0] == signs[1][0] and "=" not in signs)


def _sides(nodes: list[Any]) -> tuple[list[list[Any]], list[str]]:
    """What stands between the signs, without blanks, and the signs."""
    sides: list[list[Any]] = [[]]
    signs: list[str] = []
    before = ""
    for node in nodes:
        sign = node.value if node.type == "literal" and node.value in {"<", ">", "="} else ""
        if sign == "=" and before in {"<", ">"}:
            signs[-1] += "="
        elif sign:
            signs.append(sign)
            sides.append([])
        elif node.type not in {"whitespace", "comment"}:
            sides[-1].append(node)
        before = sign
    return sides, signs
