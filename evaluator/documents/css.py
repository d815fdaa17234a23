"""The cascade of an HTML page, as far as it decides what is painted: matched rules, inherited values.

Parsing is tinycss2's, selectors become XPath by cssselect; nothing is fetched and no code is made of the page.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import tinycss2
import tinycss2.color4
from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree

from ..errors import DocumentError, Unreadable
from .paint import Colour

_LAYOUT = frozenset(
    "display visibility opacity font-size color background background-color background-image "
    "text-indent position left top right bottom margin-left margin-top clip clip-path transform "
    "width height max-height max-width overflow overflow-x overflow-y filter content-visibility "
    "-webkit-text-fill-color white-space flex-direction font scale zoom".split()
)
_WIDTH_PIXELS = 1280.0
"""Of the window that decides media queries."""
_FEATURE = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)?\s*\)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)")
_MAX_WORK = 12_000_000
_MAX_NESTING = 8

Declarations = dict[str, str]


class Cascade:
    """All rules of a page's style sheets, matched against its tree.

    Args:
        sheets: text of the ``style`` elements, in order.
        root: the page, of lxml.

    Raises:
        DocumentError: more rules and elements than can be matched in seconds.
    """

    def __init__(self, sheets: list[str], root: Any) -> None:
        self._root = root
        self._elements = sum(1 for _ in root.iter())
        self._rules = 0
        self._matched: dict[Any, list[_Match]] = {}
        self._translator = HTMLTranslator()
        for sheet in sheets:
            parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
            self._add(parsed, 0)

    def _add(self, rules: list[Any], depth: int) -> None:
        for rule in rules:
            self._rules += 1
            if self._rules * self._elements > _MAX_WORK:
                message = "The page's style sheets are too large to be applied."
                raise DocumentError(Unreadable.UNSAFE, message)
            if depth > _MAX_NESTING:
                return
            if rule.type == "at-rule" and rule.content is not None:
                name = rule.lower_at_keyword
                applies = name in {"supports", "layer"} or (
                    name == "media" and _media_applies(tinycss2.serialize(rule.prelude))
                )
                if applies:
                    inner = tinycss2.parse_rule_list(
                        rule.content, skip_comments=True, skip_whitespace=True
                    )
                    self._add(inner, depth + 1)
            elif rule.type == "qualified-rule":
                self._add_rule(rule)

    def _add_rule(self, rule: Any) -> None:
        declared = _declarations(rule.content)
        if not declared:
            return
        try:
            selectors = parse(tinycss2.serialize(rule.prelude))
        except SelectorError:
            return
        for selector in selectors:
            if selector.pseudo_element is not None:
                continue
            try:
                path = self._translator.selector_to_xpath(selector, prefix="descendant-or-self::")
                found = self._root.xpath(path)
            except (SelectorError, etree.XPathError):
                continue  # a selector for states that a printed page does not have
            match = _Match(selector.specificity(), self._rules, declared)
            for element in found:
                self._matched.setdefault(element, []).append(match)

    def declared(self, element: Any, inline: str) -> Declarations:
        """Winning declarations for one element, its ``style`` attribute among them."""
        plain: Declarations = {}
        important: Declarations = {}
        for match in sorted(self._matched.get(element, ()), key=lambda m: m[:2]):
            for name, value, wins in match.declared:
                (important if wins else plain)[name] = value
        if inline:
            for name, value, wins in _declarations(inline):
                (important if wins else plain)[name] = value
        return plain | important


class _Match(NamedTuple):
    specificity: tuple[int, int, int]
    order: int
    declared: list[tuple[str, str, bool]]


def _declarations(content: Any) -> list[tuple[str, str, bool]]:
    found = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue
        name = node.name if node.name.startswith("--") else node.lower_name
        if name in _LAYOUT or name.startswith("--"):
            value = tinycss2.serialize(node.value).strip()
            found.append((name, value if name.startswith("--") else value.lower(), node.important))
    return found


def _media_applies(query: str) -> bool:
    """Whether a window of ordinary width on a light screen matches one of the queries."""
    return any(_one_applies(part.strip().lower()) for part in query.split(","))


def _one_applies(query: str) -> bool:
    negated = query.startswith("not ")
    words = set(re.findall(r"[a-z]+", _FEATURE.sub("", query)))
    applies = "print" not in words and "speech" not in words
    features = query.count("(")
    for kind, number, unit in _FEATURE.findall(query):
        pixels = float(number) * (16 if unit in {"em", "rem"} else 1)
        applies &= pixels <= _WIDTH_PIXELS if kind == "min" else pixels >= _WIDTH_PIXELS
        features -= 1
    if features:
        applies = False
    return applies != negated


def resolved(value: str, variables: Declarations) -> str:
    """A value with its custom properties filled in, a few levels deep."""
    for _ in range(6):
        match = _VARIABLE.search(value)
        if match is None or len(value) > 2_000:
            break
        filled = variables.get(match.group(1), match.group(2) or "")
        value = value[: match.start()] + filled.strip().lower() + value[match.end() :]
    return value


def colour(value: str) -> tuple[Colour, float] | None:
    """A colour and its opacity; None for what is no colour of its own, such as ``inherit``."""
    parsed = tinycss2.color4.parse_color(value)
    if parsed is None or parsed == "currentcolor":
        return None
    try:
        red, green, blue = parsed.to("srgb").coordinates
    except (NotImplementedError, ValueError):
        return None
    channels = tuple(max(0, min(255, round((c or 0.0) * 255))) for c in (red, green, blue))
    return (channels[0], channels[1], channels[2]), float(parsed.alpha)


def colours_in(value: str) -> list[tuple[Colour, float]]:
    """Every colour that a ``background`` names, those of its gradients too."""
    found: list[tuple[Colour, float]] = []
    nodes = list(tinycss2.parse_component_value_list(value))
    while nodes and len(found) < 40:
        node = nodes.pop(0)
        if node.type == "function" and "gradient" in node.lower_name:
            nodes = list(node.arguments) + nodes
        elif node.type in {"ident", "hash", "function"}:
            one = colour(tinycss2.serialize([node]))
            if one is not None:
                found.append(one)
    return found
