"""Conditions of CSS (``not``, ``and``, ``or``, brackets) with three answers: yes, no, and None for what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Leaf = Callable[[Any], bool | None]
_DEEP = 12


def negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """No as soon as one says no."""
    doubtful = False
    for answer in answers:
        if answer is False:
            return False
        doubtful |= answer is None
    return None if doubtful else True


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Yes as soon as one says yes."""
    return negated(all_of(map(negated, answers)))


def holds(nodes: list[Any], leaf: Leaf, depth: int = 0) -> bool | None:
    """Whether a condition holds.

    Args:
        nodes: of tinycss2, without a comma at the top.
        leaf: answers one feature, given its node: a block in round brackets without a condition in it, a
            function or an ident.
        depth: of brackets around it.
    """
    told = [node for node in nodes if node.type not in {"whitespace", "comment"}]
    if not told or depth > _DEEP:
        return None
    if _is_word(told[0], "not"):
        return negated(holds(told[1:], leaf, depth + 1))
    parts, word = told[::2], {node.lower_value for node in told[1::2] if node.type == "ident"}
    if len(told) % 2 == 0 or len(word) > 1 or word - {"and", "or"}:
        return None
    answers = [_one(node, leaf, depth) for node in parts]
    return any_of(answers) if word == {"or"} else all_of(answers)


def _one(node: Any, leaf: Leaf, depth: int) -> bool | None:
    if node.type == "() block":
        inner = [n for n in node.content if n.type not in {"whitespace", "comment"}]
        if inner and (inner[0].type in {"() block", "function"} or _is_word(inner[0], "not")):
            return holds(inner, leaf, depth + 1)
    return leaf(node)


def _is_word(node: Any, word: str) -> bool:
    return bool(node.type == "ident" and node.lower_value == word)


def parts_at_commas(nodes: Iterable[Any]) -> list[list[Any]]:
    """Lists of nodes between commas at the top."""
    parts: list[list[Any]] = [[]]
    for node in nodes:
        if node.type == "literal" and node.value == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts
