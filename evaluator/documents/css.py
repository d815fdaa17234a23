"""The cascade of an HTML page, as far as it decides what is painted: matched rules, inherited values.

Parsing is tinycss2's, selectors become XPath by cssselect; nothing is fetched and no code is made of the page.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree

from ..errors import DocumentError, Unreadable
from .css_media import media_applies
from .css_values import is_valid

_LAYOUT = frozenset(
    "display visibility opacity font-size color background background-color background-image "
    "text-indent position left top right bottom margin-left margin-top clip clip-path transform "
    "width height max-height max-width overflow overflow-x overflow-y filter content-visibility "
    "-webkit-text-fill-color white-space flex-direction font scale zoom inset margin margin-right margin-bottom float "
    "-webkit-clip-path mask mask-image -webkit-mask -webkit-mask-image translate backface-visibility letter-spacing "
    "contain -webkit-text-security background-clip -webkit-background-clip background-size color-scheme animation "
    "animation-name animation-fill-mode content z-index".split()
)
_KNOWN = frozenset(
    "grid gap aspect-ratio backdrop-filter object-fit columns column-count hyphens accent-color text-wrap "
    "grid-template-columns grid-template-areas justify-content align-items flex flex-wrap writing-mode".split()
)
"""Properties that pages ask for, beside those that decide what is seen."""
_SUPPORTED = re.compile(r"\(\s*([\w-]+)\s*:\s*([^()]*(?:\([^()]*\)[^()]*)*)\)")
_DATA = re.compile(r"data:text/css([^,]{0,80}),([^'\"]*?)(?:['\"]|\)\s*;?\s*$|$)", re.S)
_OF = re.compile(r":nth-(?:last-)?child\([^()]*?\bof\s+([^()]*)\)", re.I)
_HAS = re.compile(r":has\([^()]*(?:\([^()]*\)[^()]*)*\)", re.I)
_ENVIRONMENT = re.compile(r"env\(\s*[\w-]+\s*(?:,([^()]*))?\)")
_MOST_NESTED = 60
_LONG = 1_000
"""Characters of a selector that is still taken apart."""
_LONG_ADDRESS = 100_000
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)")
_MAX_WORK = 12_000_000
_MAX_NESTING = 8

Declarations = dict[str, str]


class Cascade:
    """All rules of a page's style sheets, matched against its tree.

    Args:
        sheets: text of the ``style`` elements, in order.
        root: the page, of lxml.
        medium: ``screen`` or ``print``.
        doubtful: whether rules apply of which it is not known whether they do.

    Raises:
        DocumentError: more rules and elements than can be matched in seconds.
    """

    def __init__(
        self, sheets: list[str], root: Any, *, medium: str = "screen", doubtful: bool = False
    ) -> None:
        self._root = root
        self._elements = sum(1 for _ in root.iter())
        self._rules = 0
        self._matched: dict[Any, list[_Match]] = {}
        self._behind: dict[Any, list[_Match]] = {}
        self._frames: dict[str, list[tuple[str, str, bool]]] = {}
        self._translator = HTMLTranslator()
        self._medium = medium
        self._takes_doubtful = doubtful
        self.has_doubts = False
        """Rules were met of which it is not known whether they apply."""
        self.has_other_media = False
        """Rules for print were met."""
        for sheet in sheets:
            self._add(_rules_of(sheet), 0, ())

    def _add(self, rules: list[Any], depth: int, parents: tuple[str, ...]) -> None:
        for rule in rules:
            self._rules += 1
            if self._rules * self._elements > _MAX_WORK:
                message = "The page's style sheets are too large to be applied."
                raise DocumentError(Unreadable.UNSAFE, message)
            if depth > _MAX_NESTING:
                return
            if rule.type == "at-rule":
                self._add_at_rule(rule, depth, parents)
            elif rule.type == "qualified-rule":
                self._add_rule(rule, depth, parents)

    def _add_at_rule(self, rule: Any, depth: int, parents: tuple[str, ...]) -> None:
        name = rule.lower_at_keyword
        prelude = tinycss2.serialize(rule.prelude).strip()
        if name == "import":
            self._add(_rules_of(_sheet_in(prelude)), depth + 1, ())
        elif rule.content is None:
            return
        elif name.endswith("keyframes"):
            self._frames[prelude] = _last_frame(rule.content)
        else:
            applies = self._judge(name, prelude)
            if applies is None:
                self.has_doubts = True
                applies = self._takes_doubtful
            if applies:
                self._add(_rules_in(rule.content), depth + 1, parents)

    def _judge(self, name: str, prelude: str) -> bool | None:
        """Whether the rules within apply; None where that is not known."""
        if name in {"layer", "scope", "starting-style"}:
            return True if name == "layer" else None
        if name == "media":
            self.has_other_media |= "print" in prelude.lower()
            return media_applies(prelude, self._medium)
        if name == "supports":
            return _is_supported(prelude)
        return None if name == "container" else False

    def _add_rule(self, rule: Any, depth: int, parents: tuple[str, ...]) -> None:
        prelude = tinycss2.serialize(rule.prelude).strip()
        names = _nested(prelude, parents)
        self._rules += max(0, len(names) - 1)
        declared = _declarations(rule.content)
        nested = [n for n in _rules_in(rule.content) if n.type in {"qualified-rule", "at-rule"}]
        if nested:
            self._add(nested, depth + 1, names)
        if declared:
            for name in names:
                self._match(name, declared)

    def _match(self, name: str, declared: list[tuple[str, str, bool]]) -> None:
        found = self._parsed(name)
        if found is None:
            simpler = _OF.sub(r"\1", _HAS.sub("", name)) if len(name) <= _LONG else name
            found = self._parsed(simpler) if simpler != name else None
            self.has_doubts |= found is not None
            if found is None or not self._takes_doubtful:
                return
        for selector in found:
            kept = self._matched if selector.pseudo_element is None else self._behind
            if selector.pseudo_element not in {None, "before", "after"}:
                continue
            match = _Match(selector.specificity(), self._rules, declared)
            for element in self._elements_of(selector):
                kept.setdefault(element, []).append(match)

    @staticmethod
    def _parsed(name: str) -> list[Any] | None:
        try:
            return list(parse(name))
        except SelectorError:
            return None

    def _elements_of(self, selector: Any) -> list[Any]:
        try:
            path = self._translator.selector_to_xpath(selector, prefix="descendant-or-self::")
            found: list[Any] = self._root.xpath(path)
        except (SelectorError, etree.XPathError):
            return []  # a selector for states that a printed page does not have
        return found

    def behind(self, element: Any) -> Declarations:
        """Declarations of the boxes that a sheet puts before or after the content of an element."""
        return self._merged(self._behind.get(element, ()), "")

    def declared(self, element: Any, inline: str) -> Declarations:
        """Winning declarations for one element, its ``style`` attribute among them."""
        declared = self._merged(self._matched.get(element, ()), inline)
        ended = _ended(declared)
        for name in ended if self._frames else ():
            for key, value, _ in self._frames.get(name, ()):
                declared[key] = value
        return declared

    @staticmethod
    def _merged(matches: Iterable[_Match], inline: str) -> Declarations:
        plain: Declarations = {}
        important: Declarations = {}
        for match in sorted(matches, key=lambda m: m[:2]):
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


def _rules_of(sheet: str) -> list[Any]:
    return list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def _rules_in(content: Any) -> list[Any]:
    return list(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _declarations(content: Any) -> list[tuple[str, str, bool]]:
    found = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue
        name = node.name if node.name.startswith("--") else node.lower_name
        if name in _LAYOUT or name.startswith("--"):
            value = tinycss2.serialize(node.value).strip()
            value = value if name.startswith("--") else value.lower()
            if is_valid(name, value):
                found.append((name, value, node.important))
    return found


def _nested(prelude: str, parents: tuple[str, ...]) -> tuple[str, ...]:
    """Selectors of a rule inside others, written out."""
    if not parents:
        return (prelude.replace("&", ":root"),)
    outer = [part.strip() for parent in parents for part in parent.split(",")]
    inner = [part.strip() for part in prelude.split(",")]
    made = [
        part.replace("&", one) if "&" in part else f"{one} {part}"
        for one in outer
        for part in inner
    ]
    return tuple(name for name in made[:_MOST_NESTED] if len(name) <= _LONG)


def sheets_of(root: Any) -> list[str]:
    """Style sheets of a page in order, each within its medium; those of links only where the link holds them."""
    found: list[str] = []
    for element in root.iter("style", "link"):
        if any(parent.tag in {"noscript", "template"} for parent in element.iterancestors()):
            continue
        if element.get("type", "text/css").strip().lower() not in {"", "text/css"}:
            continue
        sheet = "".join(element.itertext())
        if element.tag == "link":
            named = "stylesheet" in element.get("rel", "").lower().split()
            sheet = _sheet_in(element.get("href", "")) if named else ""
        media = element.get("media", "").strip()
        found.append(f"@media {media} {{{sheet}}}" if media else sheet)
    return found


def _sheet_in(address: str) -> str:
    """The text of a style sheet that stands in its address; nothing is fetched."""
    found = _DATA.search(address) if len(address) <= _LONG_ADDRESS else None
    if found is None:
        return ""
    text = unquote_to_bytes(found.group(2))
    try:
        return (base64.b64decode(text) if ";base64" in found.group(1) else text).decode(
            "utf-8", "replace"
        )
    except (binascii.Error, ValueError):
        return ""


def _last_frame(content: Any) -> list[tuple[str, str, bool]]:
    for frame in _rules_in(content):
        if frame.type == "qualified-rule":
            places = tinycss2.serialize(frame.prelude).lower()
            if "to" in places.replace(" ", "").split(",") or "100%" in places:
                return _declarations(frame.content)
    return []


def _ended(declared: Declarations) -> list[str]:
    """Animations whose end an element keeps."""
    told = f"{declared.get('animation', '')} {declared.get('animation-name', '')}"
    fill = f"{declared.get('animation', '')} {declared.get('animation-fill-mode', '')}"
    return told.split() if {"forwards", "both"} & set(fill.split()) else []


def _is_supported(condition: str) -> bool | None:
    """Whether a browser of today has all the named properties; None for what is written otherwise."""
    pairs = _SUPPORTED.findall(condition)
    if not pairs or " or " in condition or condition.count("(") != len(pairs):
        return None
    known = all(
        (name.lower() in _LAYOUT or name.lower() in _KNOWN or name.startswith("--"))
        and is_valid(name.lower(), value.strip().lower())
        for name, value in pairs
    )
    return known != condition.lstrip().startswith("not")


def resolved(value: str, variables: Declarations) -> str:
    """A value with its custom properties filled in, a few levels deep."""
    value = _ENVIRONMENT.sub(lambda found: (found.group(1) or "").strip(), value)
    for _ in range(6):
        match = _VARIABLE.search(value)
        if match is None or len(value) > 2_000:
            break
        filled = variables.get(match.group(1), match.group(2) or "")
        value = value[: match.start()] + filled.strip().lower() + value[match.end() :]
    return value
