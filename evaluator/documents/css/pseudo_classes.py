"""What selectors of CSS ask of an element beside its tag, name and classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .conditions import any_of, negated
from .matching import Compound, Page, Selector, Test
from .names import NAMES
from .odd_names import kept_name, parted

_LINKS = frozenset(["a", "area"])
_OPERATORS = frozenset(["=", "~=", "|=", "^=", "$=", "*="])


def always(page: Page, node: Any) -> bool | None:
    return True


def never(page: Page, node: Any) -> bool | None:
    return False


def perhaps(page: Page, node: Any) -> bool | None:
    return None


def is_root(page: Page, node: Any) -> bool | None:
    return node is page.root


def _is_link(page: Page, node: Any) -> bool | None:
    return node.tag in _LINKS and "href" in node.attrib


def _is_empty(page: Page, node: Any) -> bool | None:
    return not (node.text or any(isinstance(child.tag, str) or child.tail for child in node))


def _is_checked(page: Page, node: Any) -> bool | None:
    if node.tag != "input":
        return None if node.tag == "option" else False
    if node.get("type", "").lower() not in {"checkbox", "radio"} or "checked" not in node.attrib:
        return False
    # Of buttons of one name, only the last that is told to be is switched on.
    name = node.get("name") if node.get("type", "").lower() == "radio" else None
    others = (one for one in page.root.iter("input") if one is not node) if name else ()
    return (
        None if any(one.get("name") == name and "checked" in one.attrib for one in others) else True
    )


def _is_open(page: Page, node: Any) -> bool | None:
    return node.tag in {"details", "dialog"} and "open" in node.attrib


def _is_focused(page: Page, node: Any) -> bool | None:
    """Whether the browser's cursor stands in an element: as soon as somebody has clicked, it does not."""
    return None if "autofocus" in node.attrib else False


def _holds_focus(page: Page, node: Any) -> bool | None:
    return None if node.xpath(_FOCUSED) else False


_FOCUSED = "boolean(descendant-or-self::*[@autofocus])"


def _is_visited(page: Page, node: Any) -> bool | None:
    """The page itself is the one that everybody who reads it has visited."""
    return _is_link(page, node) and node.get("href").strip()[:1] in {"", "#"}


def _at(**wanted: int) -> Test:
    def test(page: Page, node: Any) -> bool | None:
        place = page.place(node)
        return all(getattr(place, name) == number for name, number in wanted.items())

    return test


STATES: dict[str, Test] = {
    "root": is_root,
    "scope": is_root,
    "link": _is_link,
    "any-link": _is_link,
    "-webkit-any-link": _is_link,
    "empty": _is_empty,
    "checked": _is_checked,
    "open": _is_open,
    "focus": _is_focused,
    "focus-visible": _is_focused,
    "focus-within": _holds_focus,
    "visited": _is_visited,
    "first-child": _at(first=1),
    "last-child": _at(last=1),
    "only-child": _at(first=1, last=1),
    "first-of-type": _at(first_of_type=1),
    "last-of-type": _at(last_of_type=1),
    "only-of-type": _at(first_of_type=1, last_of_type=1),
}
NTH = {
    "nth-child": "first",
    "nth-last-child": "last",
    "nth-of-type": "first_of_type",
    "nth-last-of-type": "last_of_type",
}


def has_id(name: str) -> Test:
    return lambda page, node: node.get("id") == name


def is_not(test: Test) -> Test:
    return lambda page, node: negated(test(page, node))


def is_any(selectors: list[Selector]) -> Test:
    return lambda page, node: any_of(page.matches(node, one) for one in selectors)


def nth(name: str, step: int, offset: int, among: list[Selector] | None) -> Test:
    def rank(page: Page, node: Any) -> int | None:
        if among is None:
            return int(getattr(page.place(node), NTH[name]))
        is_one = is_any(among)
        count = 1
        for other in node.itersiblings(preceding=name == "nth-child"):
            if isinstance(other.tag, str):
                answer = is_one(page, other)
                if answer is None:
                    return None
                count += answer
        return count if is_one(page, node) else 0

    def test(page: Page, node: Any) -> bool | None:
        found = rank(page, node)
        if found is None:
            return None
        rest = found - offset
        return found > 0 and (rest == 0 if step == 0 else rest % step == 0 and rest // step >= 0)

    return test


def has_one(parts: list[tuple[str, Selector]]) -> Test:
    def answers(page: Page, node: Any) -> Iterator[bool | None]:
        for combinator, selector in parts:
            yield any_of(
                _joined(page, other, selector, node, combinator)
                for other in _after(node, combinator)
            )

    return lambda page, node: any_of(answers(page, node))


def _after(node: Any, combinator: str) -> Iterator[Any]:
    """Elements among which the last part of a relative selector can be."""
    if combinator in {" ", ">"}:
        yield from (n for n in node.iterdescendants() if isinstance(n.tag, str))
        return
    for other in node.itersiblings():
        if isinstance(other.tag, str):
            yield from (n for n in other.iter() if isinstance(n.tag, str))


def _joined(page: Page, node: Any, selector: Selector, anchor: Any, combinator: str) -> bool | None:
    first, *rest = selector.compounds
    start = Compound(tests=[lambda page, other: other is anchor])
    linked = Compound(first.tag, first.id, first.classes, first.tests, combinator)
    return page.matches(node, Selector((start, linked, *rest), (0, 0, 0), ""))


def attribute(nodes: list[Any]) -> Test | None:
    """The test of ``[name]`` or ``[name=value i]``; None where it is no selector, :func:`perhaps` where browsers disagree."""
    told = [n for n in nodes if n.type not in {"whitespace", "comment"}]
    signs = [n.value if n.type == "literal" else "" for n in told[:2]]
    if signs[:1] == ["|"] or signs == ["*", "|"]:
        told = told[signs.index("|") + 1 :]
    if not told or told[0].type != "ident":
        return None
    name = kept_name(told[0].value)
    if len(told) == 1:
        return lambda page, node: name in node.attrib
    sign = told[1].value if told[1].type == "literal" else ""
    if sign not in _OPERATORS or len(told) not in {3, 4} or told[2].type not in {"ident", "string"}:
        return None
    flag = told[3].lower_value if len(told) == 4 and told[3].type == "ident" else ""
    if len(told) == 4 and flag not in {"i", "s"}:
        return None
    if flag == "s":
        return perhaps
    folds = flag == "i" or name in NAMES.caseless_attributes
    wanted = told[2].value.lower() if folds else told[2].value
    return _compared(name, sign, wanted, folds)


def _compared(name: str, sign: str, wanted: str, folds: bool) -> Test:
    def test(page: Page, node: Any) -> bool | None:
        value = node.get(name)
        if value is None:
            return False
        value = value.lower() if folds else value
        if sign == "=":
            return bool(value == wanted)
        if sign == "~=":
            return wanted in parted(value)
        if sign == "|=":
            return bool(value == wanted or value.startswith(f"{wanted}-"))
        if not wanted:
            return False
        if sign == "*=":
            return wanted in value
        return bool(value.startswith(wanted) if sign == "^=" else value.endswith(wanted))

    return test
