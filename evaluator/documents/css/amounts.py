"""Numbers, lengths and angles of CSS: which of them a property takes, and which browsers throw away."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import tinycss2

from .conditions import all_of, parts_at_commas
from .names import WIDE
from .values import length, number

Judge = Callable[[str], bool | None]
"""Whether browsers keep a value; None where that is not known."""
CALCULATED = frozenset(["calc", "min", "max", "clamp"])
ANGLES = frozenset(["deg", "rad", "turn", "grad"])
_DEEP = 12
_KNOWN_UNITS = frozenset("cqw cqh cqi cqb cqmin cqmax".split())


def told(nodes: list[Any]) -> list[Any]:
    """Nodes that are neither blanks, nor comments, nor the end of a sheet that closes what is open."""
    return [
        node
        for node in nodes
        if node.type not in {"whitespace", "comment"}
        and not (node.type == "error" and node.kind.startswith("eof"))
    ]


def nodes_of(value: str) -> list[Any]:
    return told(tinycss2.parse_component_value_list(value, skip_comments=True))


def words_of(value: str) -> list[str]:
    return [tinycss2.serialize([node]) for node in nodes_of(value)]


def layers_of(value: str) -> list[list[str]]:
    """Words of each part between commas."""
    parts = parts_at_commas(nodes_of(value))
    return [[tinycss2.serialize([node]) for node in part] for part in parts]


def listed(judge: Judge) -> Judge:
    """Of a list with commas, one word in each place."""

    def judge_all(value: str) -> bool | None:
        return all_of(judge(words[0]) if len(words) == 1 else False for words in layers_of(value))

    return judge_all


def spaced(judge: Judge, most: int, *words: str) -> Judge:
    """Of a few words with blanks between, or one of ``words`` alone."""

    def judge_all(value: str) -> bool | None:
        parts = words_of(value)
        if value in words:
            return True
        return all_of(map(judge, parts)) if 0 < len(parts) <= most else False

    return judge_all


def by_kind(words: list[str], kinds: Mapping[str, Judge]) -> dict[str, str] | None:
    """Words by what they say, each kind once; empty where browsers drop them, None where that is not known."""
    found: dict[str, str] = {}
    for word in words:
        answers = {kind: judge(word) for kind, judge in kinds.items() if kind not in found}
        kind = next((kind for kind, answer in answers.items() if answer), None)
        if kind is None:
            return None if None in answers.values() else {}
        found[kind] = word
    return found


def length_or(
    *words: str, negative: bool = True, percent: bool = True, unitless: bool = False
) -> Judge:
    def judge(value: str, node: Any) -> bool | None:
        if node.type == "function":
            if unitless and _is_calculated(node, 0):
                return True
            return _is_calculated(node, 1) if percent or "%" not in value else None
        if node.type == "dimension" and node.lower_unit in _KNOWN_UNITS:
            return None
        is_kind = (
            (node.type == "percentage" and percent)
            or (node.type == "number" and (unitless or node.value == 0))
            or (node.type == "dimension" and length(value) is not None)
        )
        return is_kind and (negative or node.value >= 0)

    return _one_of(words, judge)


def number_or(
    *words: str, percent: bool = False, whole: bool = False, least: float = -math.inf
) -> Judge:
    def judge(value: str, node: Any) -> bool | None:
        if node.type == "function":
            is_share = percent and length(value) is not None and _is_share(node)
            return None if whole else (is_share or _is_calculated(node, 0))
        is_kind = (node.type == "number" and (node.is_integer or not whole)) or (
            node.type == "percentage" and percent
        )
        return is_kind and node.value >= least

    return _one_of(words, judge)


def _one_of(words: tuple[str, ...], judge: Callable[[str, Any], bool | None]) -> Judge:
    """Words, or a single value that is judged."""

    def either(value: str) -> bool | None:
        if value in words:
            return True
        nodes = nodes_of(value)
        return judge(value, nodes[0]) if len(nodes) == 1 else False

    return either


def _is_share(node: Any) -> bool:
    """Whether a function is of percentages and no lengths."""
    if node.type == "function":
        return all(map(_is_share, node.arguments))
    if node.type == "() block":
        return all(map(_is_share, node.content))
    return bool(node.type != "dimension")


def _is_calculated(node: Any, power: int) -> bool | None:
    """Whether a function of lengths gives a length (power 1) or a number (0); None where that is not known."""
    text = tinycss2.serialize([node])
    is_known = (number(text) if power == 0 else length(text)) is not None
    return True if is_known and node.lower_name in CALCULATED and _power(node, 0) == power else None


def _power(node: Any, depth: int) -> int | None:
    """1 of what is a length, 0 of a number, None of what is neither or not known."""
    if node.type in {"function", "() block"} and depth < _DEEP:
        parts = parts_at_commas(node.arguments if node.type == "function" else node.content)
        powers = {_power_of_sum(part, depth + 1) for part in parts}
        name = node.lower_name if node.type == "function" else "calc"
        is_known = name in CALCULATED and {"calc": 1, "clamp": 3}.get(name, len(parts)) == len(
            parts
        )
        return powers.pop() if is_known and len(powers) == 1 else None
    if node.type == "percentage" or (node.type == "dimension" and _is_unit(node.lower_unit)):
        return 1
    return 0 if node.type == "number" else None


def _is_unit(unit: str) -> bool:
    return unit in _KNOWN_UNITS or length(f"1{unit}") is not None


def _power_of_sum(nodes: list[Any], depth: int) -> int | None:
    parts = told(nodes)
    terms: list[int] = []
    for place in range(0, len(parts), 2):
        power = _power(parts[place], depth)
        sign = parts[place - 1].value if place and parts[place - 1].type == "literal" else "+"
        if power is None:
            return None
        if sign in {"*", "/"}:
            terms[-1] += power if sign == "*" else -power
        else:
            terms.append(power)
    return terms[0] if len(parts) % 2 and len(set(terms)) == 1 else None


is_length = length_or()


def is_angle(value: str) -> bool | None:
    nodes = nodes_of(value)
    if len(nodes) != 1 or nodes[0].type == "function":
        return None if len(nodes) == 1 else False
    node = nodes[0]
    is_turn = node.type == "dimension" and node.lower_unit in ANGLES
    return is_turn or (node.type == "number" and node.value == 0)


def is_time(value: str) -> bool | None:
    nodes = nodes_of(value)
    if len(nodes) != 1 or nodes[0].type == "function":
        return None if len(nodes) == 1 else False
    return bool(nodes[0].type == "dimension" and nodes[0].lower_unit in {"s", "ms"})


def is_lasting(value: str) -> bool | None:
    """Whether a time can be that of something that lasts."""
    return False if value.startswith("-") else is_time(value)


def is_name(value: str) -> bool:
    """Whether a value is one word that somebody may have chosen."""
    nodes = nodes_of(value)
    return len(nodes) == 1 and is_own(nodes[0])


def is_own(node: Any) -> bool:
    """Whether a word is a name that somebody gave."""
    return bool(node.type == "ident" and node.lower_value not in WIDE)


def one_of(words: frozenset[str]) -> Judge:
    return lambda value: None if "(" in value else value in words
