"""Queries of containers: what holds inside a box that ordinary windows make so wide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from .conditions import all_of, holds
from .media_queries import Ranges
from .values import length

_WORDS = frozenset(["not", "and", "or", "none"])
_SIZES = frozenset(["width", "inline-size"])


class Container(NamedTuple):
    """A box that may be asked for its width."""

    names: frozenset[str]
    widths: tuple[float, ...]
    """Pixels in each ordinary window; none where they are not known."""
    font: float
    """Pixels of its type."""


class Query(NamedTuple):
    """What ``@container`` asks."""

    name: str
    """Of the container; empty for the nearest."""
    condition: tuple[Any, ...]

    @classmethod
    def of(cls, prelude: Iterable[Any]) -> Query:
        told = [node for node in prelude if node.type not in {"whitespace", "comment"}]
        if told and told[0].type == "ident" and told[0].lower_value not in _WORDS:
            return cls(told[0].value.lower(), tuple(told[1:]))
        return cls("", tuple(told))

    def meets(self, containers: Iterable[Container]) -> bool | None:
        """Whether it holds; None where that is not known.

        Args:
            containers: around an element, the nearest first.
        """
        if any(node.type == "function" or _asks(node) for node in self.condition):
            return None  # of styles and of scrolling every element is asked
        fitting = (one for one in containers if not self.name or self.name in one.names)
        found = next(fitting, None)
        if found is None or not self.condition:
            return False if found is None else None
        answers = {
            holds(list(self.condition), _Wide(width, found.font).answer) for width in found.widths
        }
        return answers.pop() if len(answers) == 1 else None


def all_hold(queries: Iterable[Query], containers: list[Container]) -> bool | None:
    """Whether all of several queries hold, one inside the other."""
    return all_of(query.meets(containers) for query in queries)


def _asks(node: Any) -> bool:
    """Whether a condition in brackets has a function in it."""
    return node.type == "() block" and any(
        one.type == "function" or _asks(one) for one in node.content
    )


def why_unknown(queries: Iterable[Query]) -> str:
    """What is told where it is not known whether queries hold; of styles alone a picture tells it."""
    kinds = {node.type for query in queries for node in query.condition}
    return "styles of what is around" if kinds <= {"function", "ident"} else "@container"


class _Wide(Ranges):
    """A box that is asked for its width alone."""

    def __init__(self, width: float, font: float) -> None:
        self._width, self._font = width, font

    def answer(self, node: Any) -> bool | None:
        return self.feature(node) if node.type == "() block" else None

    def size(self, name: str) -> float | None:
        return self._width if name in _SIZES else None

    def pixels(self, text: str) -> float | None:
        return length(text, self._font)

    def is_on(self, name: str) -> bool | None:
        return None

    def has_value(self, name: str, value: str) -> bool | None:
        return None
