"""Selectors of CSS taken apart, as browsers do.

A selector that browsers reject makes its whole rule void, so what is unknown to them (a list of names in
``names.toml``) is told apart from what is only unknown here.
"""

from __future__ import annotations

import re
from typing import Any

import tinycss2
import tinycss2.nth

from .conditions import parts_at_commas
from .matching import Compound, Selector, TooMuchWork
from .names import NAMES
from .odd_names import kept_name
from .pseudo_classes import (  # fmt: skip
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
)

_NOTHING = (0, 0, 0)
_DEEP = 12
_COMBINATORS = frozenset([">", "+", "~"])
_OLD_ELEMENTS = frozenset(["before", "after", "first-line", "first-letter"])


_RANGE = re.compile(r"\bu\+", re.I)


def _without_ranges(nodes: list[Any]) -> list[Any]:
    """*u+a* in a selector is an element beside another, which an older syntax took for a range of characters."""
    # The serializer puts an empty comment where a range ended within a name.
    text = tinycss2.serialize(nodes).replace("/**/", "")
    if not _RANGE.search(text):
        return nodes
    return list(tinycss2.parse_component_value_list(_RANGE.sub("u + ", text)))


class Parser:
    """Selectors of one rule.

    Args:
        parents: of the rule around it, for ``&``.
        scoped: whether the rule stands right inside ``@scope``, where no parent is added.
        forgiving: whether lists in ``:is()`` may hold what is no selector.

    Raises:
        TooMuchWork: lists in lists, deeper than anybody writes them.
    """

    def __init__(
        self,
        parents: list[Selector] | None = None,
        *,
        scoped: bool = False,
        forgiving: bool = True,
    ) -> None:
        self._parents = parents
        self._scoped = scoped
        self._forgiving = forgiving
        self._has_open = False
        self.is_settled = True
        """Whether all browsers agree that it is a selector."""

    def rule(self, nodes: list[Any]) -> list[Selector] | None:
        """The selectors of a rule; None where browsers throw the rule away."""
        nodes = _without_ranges(nodes)
        found = []
        for part in parts_at_commas(nodes):
            one = self._selector(part, 0, nested=self._parents is not None)
            if one is None:
                return None
            found.append(one)
        return found

    def _selector(self, nodes: list[Any], depth: int, *, nested: bool = False) -> Selector | None:
        told = list(nodes)
        while told and told[0].type == "whitespace":
            told.pop(0)
        while told and told[-1].type == "whitespace":
            told.pop()
        if depth > _DEEP:
            raise TooMuchWork
        if not told:
            return None
        made = _Making(self, depth)
        relative = told[0].type == "literal" and told[0].value in _COMBINATORS
        if nested and (relative or not (self._scoped or _names_parent(told))):
            made.add_parent(self._parents)
            if not relative:
                made.descend()
        elif relative:
            return None
        while told:
            if not made.take(told):
                return None
        return made.done()

    def relatives(self, nodes: list[Any], depth: int) -> list[tuple[str, Selector]] | None:
        """What stands in ``:has()``, which stands in no other."""
        if self._has_open:
            return None
        self._has_open = True
        parts = [self._relative(part, depth) for part in parts_at_commas(nodes)]
        self._has_open = False
        found = [part for part in parts if part is not None and not part[1].pseudo]
        return found if len(found) == len(parts) else None

    def _relative(self, nodes: list[Any], depth: int) -> tuple[str, Selector] | None:
        told = list(nodes)
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
            elif not (forgiving and self._forgiving):
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
        if self._pseudo and not (node.type == "literal" and node.value == ":"):
            return False
        if node.type == "whitespace" or (node.type == "literal" and node.value in _COMBINATORS):
            return self._combine(node, told)
        if node.type == "ident" or (node.type == "literal" and node.value in {"*", "|"}):
            return self._tag(node, told)
        if node.type == "hash":
            self._named(node.value)
            return bool(node.is_identifier) and self._weigh(a=1)
        if node.type == "[] block":
            return self._attribute(node.content)
        return node.type == "literal" and self._sign(node.value, told)

    def _sign(self, sign: str, told: list[Any]) -> bool:
        if sign == "&":
            self.add_parent(self._parser.parents)
            return True
        if sign == "." and told and told[0].type == "ident":
            self._now().classes.append(told.pop(0).value)
            return self._weigh(b=1)
        return sign == ":" and bool(told) and self._colon(told)

    def _attribute(self, content: list[Any]) -> bool:
        test = attribute(content)
        if test is None:
            return False
        if test is perhaps:
            return self._unsettled()
        self._now().tests.append(test)
        return self._weigh(b=1)

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
            told[0].type == "whitespace"
            or (told[0].type == "literal" and told[0].value in _COMBINATORS)
        ):
            other = told.pop(0)
            if other.type == "literal":
                if sign != " ":
                    return False
                sign = other.value
        self._compounds.append(self._now())
        self._open = None
        self.combinator = sign
        return True

    def _tag(self, node: Any, told: list[Any]) -> bool:
        if self._open is not None and self._open.tests[-1:] != [always]:
            return False
        name = node.value if node.type == "literal" else kept_name(node.value)
        if name == "|" or (told and told[0].type == "literal" and told[0].value == "|"):
            if name != "|":
                told.pop(0)
            if not told or not (told[0].type == "ident" or told[0].value == "*"):
                return False
            inner = told.pop(0)
            if name not in {"*", "|"}:
                return False  # nobody declared it, or the whole page is in doubt
            self._now().tests.append(always if name == "*" else never)
            name = "*" if inner.type == "literal" else kept_name(inner.value)
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
        if double:
            return node.lower_name in NAMES.element_functions and self._add_element(node.lower_name)
        return self._function(node)

    def _element(self, name: str) -> bool:
        is_known = name in NAMES.pseudo_elements or name.startswith("-webkit-")
        return is_known and self._add_element(name)

    def _add_element(self, name: str) -> bool:
        self._now()
        self._parser.is_settled &= not self._pseudo
        self._pseudo = name if not self._pseudo else "nested"
        return self._weigh(c=1)

    def _state(self, name: str) -> bool:
        if self._pseudo and self._pseudo not in _OLD_ELEMENTS:
            return self._unsettled()
        if name in NAMES.states_of_some:
            return self._unsettled()
        test = STATES.get(name)
        if test is None and name in NAMES.states_at_rest:
            test = perhaps
        if test is None and name in NAMES.states_never:
            test = never
        if test is None or self._pseudo:
            return False
        self._now().tests.append(test)
        return self._weigh(b=1)

    def _unsettled(self) -> bool:
        """Take what browsers do not agree on."""
        self._parser.is_settled = False
        self._now().tests.append(perhaps)
        return self._weigh(b=1)

    def _function(self, node: Any) -> bool:
        name, arguments = node.lower_name, list(node.arguments)
        if self._pseudo or name in NAMES.functions_of_some:
            return self._unsettled()
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
        forgiving = name in {"is", "where"}
        found = self._parser.all_of(arguments, self._depth + 1, forgiving=forgiving)
        if found is None:
            return False
        test = is_any(found)
        self._now().tests.append(is_not(test) if name == "not" else test)
        if name != "where":
            self._weigh(*max((one.specificity for one in found), default=_NOTHING))
        return True

    def _has(self, arguments: list[Any]) -> bool:
        found = self._parser.relatives(arguments, self._depth + 1)
        if found is None:
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
            self._parser.is_settled &= arguments[place].value == "of"
            among = self._parser.all_of(arguments[place + 1 :], self._depth + 1, forgiving=False)
            if among is None:
                return False
            self._weigh(*max((one.specificity for one in among), default=_NOTHING))
        steps = tinycss2.nth.parse_nth(arguments[:place])
        if steps is None:
            return False
        self._now().tests.append(nth(name, steps[0], steps[1], among))
        return self._weigh(b=1)
