"""Selectors of CSS taken apart, as browsers do.

A selector that browsers reject makes its whole rule void, so what is unknown to them (a list of names in
``css.toml``) is told apart from what is only unknown here.
"""

from __future__ import annotations

from typing import Any

import tinycss2
import tinycss2.nth

from .css_logic import parts_at_commas
from .css_matching import Compound, Selector
from .css_names import NAMES
from .css_states import (
    NTH,
    STATES,
    always,
    attribute,
    has_id,
    has_one,
    is_any,
    is_not,
    is_root,
    never,
    nth,
    perhaps,
)  # fmt: skip

_NOTHING = (0, 0, 0)
_DEEP = 6
_COMBINATORS = frozenset([">", "+", "~"])
_OLD_ELEMENTS = frozenset(["before", "after", "first-line", "first-letter"])


class Parser:
    """Selectors of one rule.

    Args:
        parents: of the rule around it, for ``&``.
    """

    def __init__(self, parents: list[Selector] | None = None) -> None:
        self._parents = parents

    def rule(self, nodes: list[Any]) -> list[Selector] | None:
        """The selectors of a rule; None where browsers throw the rule away."""
        found = []
        for part in parts_at_commas(nodes):
            one = self._selector(part, 0, nested=self._parents is not None)
            if one is None:
                return None
            found.append(one)
        return found

    def _selector(self, nodes: list[Any], depth: int, *, nested: bool = False) -> Selector | None:
        told = list(nodes)
        while told and told[0].type in {"whitespace", "comment"}:
            told.pop(0)
        while told and told[-1].type in {"whitespace", "comment"}:
            told.pop()
        if not told or depth > _DEEP:
            return None
        made = _Making(self, depth)
        relative = told[0].type == "literal" and told[0].value in _COMBINATORS
        if nested and (relative or not _names_parent(told)):
            made.add_parent(self._parents)
            if not relative:
                made.descend()
        elif relative:
            return None
        while told:
            if not made.take(told):
                return None
        return made.done()

    def relative(self, nodes: list[Any], depth: int) -> tuple[str, Selector] | None:
        """The combinator and the rest of a selector inside ``:has()``."""
        told = [n for n in nodes if n.type != "comment"]
        while told and told[0].type == "whitespace":
            told.pop(0)
        combinator = " "
        if told and told[0].type == "literal" and told[0].value in _COMBINATORS:
            combinator = told.pop(0).value
        found = self._selector(told, depth)
        return None if found is None else (combinator, found)

    def all_of(self, nodes: list[Any], depth: int, *, forgiving: bool) -> list[Selector] | None:
        """A list inside a function."""
        found = []
        for part in parts_at_commas(nodes):
            one = self._selector(part, depth)
            if one is not None and not one.pseudo:
                found.append(one)
            elif not forgiving:
                return None
        return found

    @property
    def parents(self) -> list[Selector] | None:
        return self._parents


def _names_parent(nodes: list[Any]) -> bool:
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node.type == "literal" and node.value == "&":
            return True
        if node.type == "function":
            todo += node.arguments
    return False


class _Making:
    """A selector as far as it is parsed."""

    def __init__(self, parser: Parser, depth: int) -> None:
        self._parser = parser
        self._depth = depth
        self._compounds: list[Compound] = []
        self._open: Compound | None = None
        self._specificity = _NOTHING
        self._pseudo = ""
        self.combinator = ""

    def done(self) -> Selector | None:
        if self._open is None:
            return None
        return Selector((*self._compounds, self._open), self._specificity, self._pseudo)

    def _weigh(self, a: int = 0, b: int = 0, c: int = 0) -> bool:
        x, y, z = self._specificity
        self._specificity = (x + a, y + b, z + c)
        return True

    def _now(self) -> Compound:
        if self._open is None:
            self._open = Compound(combinator=self.combinator)
        return self._open

    def take(self, told: list[Any]) -> bool:
        """Take one or more nodes off; False where the selector is none."""
        node = told.pop(0)
        if node.type == "comment":
            return True
        if node.type == "whitespace" or (node.type == "literal" and node.value in _COMBINATORS):
            return self._combine(node, told)
        if node.type == "ident" or (node.type == "literal" and node.value in {"*", "|"}):
            return self._tag(node, told)
        if node.type == "hash":
            self._named(node.value)
            return bool(node.is_identifier) and self._weigh(a=1)
        if node.type == "[] block":
            test = attribute(node.content)
            if test is None:
                return False
            self._now().tests.append(test)
            return self._weigh(b=1)
        if node.type != "literal" or not (told or node.value == "&"):
            return False
        if node.value == "." and told[0].type == "ident":
            self._now().classes.append(told.pop(0).value)
            return self._weigh(b=1)
        if node.value == "&":
            self.add_parent(self._parser.parents)
            return True
        return node.value == ":" and self._colon(told)

    def _named(self, name: str) -> None:
        compound = self._now()
        if compound.id:
            compound.tests.append(has_id(name))
        else:
            compound.id = name

    def descend(self) -> None:
        """What follows stands somewhere inside what was taken."""
        self._compounds.append(self._now())
        self._open = None
        self.combinator = " "

    def _combine(self, node: Any, told: list[Any]) -> bool:
        sign = " " if node.type == "whitespace" else node.value
        while told and (
            told[0].type in {"whitespace", "comment"}
            or (told[0].type == "literal" and told[0].value in _COMBINATORS)
        ):
            other = told.pop(0)
            if other.type == "literal":
                if sign != " ":
                    return False
                sign = other.value
        if self._open is None:
            return False
        self._compounds.append(self._open)
        self._open = None
        self.combinator = sign
        return True

    def _tag(self, node: Any, told: list[Any]) -> bool:
        if self._open is not None and self._open.tests[-1:] != [always]:
            return False
        name = node.value if node.type == "literal" else node.lower_value
        if name == "|" or (told and told[0].type == "literal" and told[0].value == "|"):
            if name != "|":
                told.pop(0)
            if not told or not (told[0].type == "ident" or told[0].value == "*"):
                return False
            inner = told.pop(0)
            test = {"*": always, "|": never}.get(name, perhaps)
            self._now().tests.append(test)
            name = "*" if inner.type == "literal" else inner.lower_value
        if name == "*":
            self._now()
            return True
        self._now().tag = name
        return self._weigh(c=1)

    def add_parent(self, parents: list[Selector] | None) -> None:
        """What ``&`` stands for."""
        if parents is None:
            self._now().tests.append(is_root)
            self._weigh(b=1)
        else:
            kept = [one for one in parents if not one.pseudo]
            self._now().tests.append(is_any(kept))
            self._weigh(*max((one.specificity for one in kept), default=_NOTHING))

    def _colon(self, told: list[Any]) -> bool:
        node = told.pop(0)
        double = node.type == "literal" and node.value == ":"
        if double:
            if not told:
                return False
            node = told.pop(0)
        if node.type == "ident":
            name = node.lower_value
            if double or name in _OLD_ELEMENTS:
                return self._element(name)
            return self._state(name)
        if node.type != "function":
            return False
        return self._element(node.lower_name) if double else self._function(node)

    def _element(self, name: str) -> bool:
        if name not in NAMES.pseudo_elements and not name.startswith("-webkit-"):
            return False
        self._now()
        self._pseudo = name if not self._pseudo else "nested"
        return self._weigh(c=1)

    def _state(self, name: str) -> bool:
        test = STATES.get(name)
        if test is None and name in NAMES.states_at_rest:
            test = perhaps
        if test is None and name in NAMES.states_never:
            test = never
        if test is None:
            return False
        self._now().tests.append(test)
        return self._weigh(b=1)

    def _function(self, node: Any) -> bool:
        name, arguments = node.lower_name, list(node.arguments)
        if name in {"is", "where", "-webkit-any", "not"}:
            return self._list(name, arguments)
        if name == "has":
            return self._has(arguments)
        if name in NTH:
            return self._nth(name, arguments)
        if name not in NAMES.functions:
            return False
        self._now().tests.append(perhaps)
        return self._weigh(b=1)

    def _list(self, name: str, arguments: list[Any]) -> bool:
        found = self._parser.all_of(arguments, self._depth + 1, forgiving=name != "not")
        if found is None:
            return False
        test = is_any(found)
        self._now().tests.append(is_not(test) if name == "not" else test)
        if name != "where":
            self._weigh(*max((one.specificity for one in found), default=_NOTHING))
        return True

    def _has(self, arguments: list[Any]) -> bool:
        parts = [self._parser.relative(p, self._depth + 1) for p in parts_at_commas(arguments)]
        found = [part for part in parts if part is not None]
        if len(found) != len(parts):
            return False
        self._now().tests.append(has_one(found))
        return self._weigh(*max((one.specificity for _, one in found), default=_NOTHING))

    def _nth(self, name: str, arguments: list[Any]) -> bool:
        place = next(
            (i for i, n in enumerate(arguments) if n.type == "ident" and n.lower_value == "of"),
            None,
        )
        among: list[Selector] | None = None
        if place is not None:
            if not name.endswith("child"):
                return False
            among = self._parser.all_of(arguments[place + 1 :], self._depth + 1, forgiving=False)
            if among is None:
                return False
            self._weigh(*max((one.specificity for one in among), default=_NOTHING))
        steps = tinycss2.nth.parse_nth(arguments[:place])
        if steps is None:
            return False
        self._now().tests.append(nth(name, steps[0], steps[1], among))
        return self._weigh(b=1)
