"""A page's elements, and whether a selector of CSS means one: yes, no, or None where that hangs on what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .conditions import all_of, any_of
from .odd_names import parted

Specificity = tuple[int, int, int]
Test = Callable[["Page", Any], bool | None]
_MAX_STEPS = 3_000_000


class TooMuchWork(Exception):
    """More comparisons than a page is worth."""


@dataclass(slots=True)
class Compound:
    """What stands between combinators."""

    tag: str = ""
    id: str = ""
    classes: list[str] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    combinator: str = ""
    """What stands before it: ``""`` for the first."""


class Selector(NamedTuple):
    """One of a list."""

    compounds: tuple[Compound, ...]
    specificity: Specificity
    pseudo: str
    """The pseudo-element, without colons."""


@dataclass(frozen=True, slots=True)
class _Place:
    first: int
    last: int
    first_of_type: int
    last_of_type: int


class Page:
    """A page's elements, indexed."""

    def __init__(self, root: Any, *, quirks: bool = False) -> None:
        self.root = root
        self.quirks = quirks
        self._steps = 0
        self._places: dict[Any, _Place] = {}
        self._classes: dict[Any, frozenset[str]] = {}
        self._by_key: dict[tuple[str, str], list[Any]] = {}
        self.elements = [node for node in root.iter() if isinstance(node.tag, str)]
        for node in self.elements:
            named = parted(self._cased(node.get("class", "")))
            if named:
                self._classes[node] = frozenset(named)
            keys = [("", ""), ("tag", node.tag), ("id", self._cased(node.get("id", "")))]
            for key in keys + [("class", name) for name in dict.fromkeys(named)]:
                self._by_key.setdefault(key, []).append(node)

    def _cased(self, name: str) -> str:
        return name.lower() if self.quirks else name

    def candidates(self, selector: Selector) -> list[Any]:
        """Elements that the last part of a selector may mean."""
        last = selector.compounds[-1]
        key = ("", "")
        if last.id:
            key = ("id", self._cased(last.id))
        elif last.classes:
            key = ("class", self._cased(last.classes[0]))
        elif last.tag:
            key = ("tag", last.tag)
        return self._by_key.get(key, [])

    def matches(self, node: Any, selector: Selector) -> bool | None:
        """Whether a selector means an element.

        Raises:
            TooMuchWork: after millions of comparisons.
        """
        return self._from(node, selector.compounds, len(selector.compounds) - 1)

    def _from(self, node: Any, compounds: tuple[Compound, ...], place: int) -> bool | None:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise TooMuchWork
        own = self._is(node, compounds[place])
        combinator = compounds[place].combinator
        if own is False or not combinator:
            return own
        before = any_of(self._from(n, compounds, place - 1) for n in self._before(node, combinator))
        return all_of([own, before])

    @staticmethod
    def _before(node: Any, combinator: str) -> Iterator[Any]:
        if combinator == ">":
            parent = node.getparent()
            yield from () if parent is None else (parent,)
        elif combinator == " ":
            yield from node.iterancestors()
        else:
            for other in node.itersiblings(preceding=True):
                if isinstance(other.tag, str):
                    yield other
                    if combinator == "+":
                        return

    def _is(self, node: Any, compound: Compound) -> bool | None:
        if compound.tag and compound.tag != node.tag:
            return False
        if compound.id and self._cased(compound.id) != self._cased(node.get("id", "")):
            return False
        named = self._classes.get(node, frozenset())
        if not all(self._cased(name) in named for name in compound.classes):
            return False
        return all_of(test(self, node) for test in compound.tests)

    def place(self, node: Any) -> _Place:
        """Counted from 1 among its siblings, and among those of its kind."""
        if node not in self._places:
            parent = node.getparent()
            siblings = [node] if parent is None else [c for c in parent if isinstance(c.tag, str)]
            totals: dict[str, int] = {}
            ranks = []
            for one in siblings:
                totals[one.tag] = totals.get(one.tag, 0) + 1
                ranks.append(totals[one.tag])
            for index, (one, rank) in enumerate(zip(siblings, ranks, strict=True)):
                self._places[one] = _Place(
                    index + 1, len(siblings) - index, rank, totals[one.tag] - rank + 1
                )
        return self._places[node]
