"""The cascade of an HTML page, as far as it decides what is painted: matched rules, layers, nested rules, conditions.

Tokens are tinycss2's; nothing is fetched and no code is made of the page. What may apply and is not known to
apply marks the elements it touches as doubtful, unless it cannot hide anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from ...errors import DocumentError, Unreadable
from .conditions import all_of, holds
from .containers import Container, Query, all_hold, why_unknown
from .declarations import Declaration, declarations, is_settled, longhands
from .faces import Face, face_of
from .harmless import is_harmless
from .imports import address_in, is_import, lets_imports_follow, name_of
from .keyframes import Frame, frames_in
from .layers import Layers, Name, Rank, layer_names
from .matching import Compound, Page, Selector, TooMuchWork
from .media_queries import media_applies
from .names import NAMES
from .plain import IN_LINE, is_plain_media, is_plain_selector, why_unusual, why_unusual_in_line
from .pseudo_classes import perhaps
from .selectors import Parser
from .sheets import Sheet, sheet_in
from .supports import is_supported

_MAX_WORK = 12_000_000
_MAX_NESTING = 12
_ROOT = 16.0
_REM = re.compile(r"(?<![\w.-])[+-]?(?:\d+\.?\d*|\.\d+)(?=rem\b)", re.I)
_SEEN_ELEMENTS = frozenset(["", "before", "after", "first-line", "marker"])

_ANYTHING = Selector((Compound(tests=[perhaps]),), (0, 0, 0), "")

Declarations = dict[str, str]


class _Match(NamedTuple):
    layer: Rank
    specificity: tuple[int, int, int]
    order: int
    declared: list[Declaration]
    queries: tuple[Query, ...] = ()
    """That containers around must meet."""
    is_risky: bool = False
    """It may hide something."""


class Declared(NamedTuple):
    """What a sheet and a ``style`` attribute say of one element."""

    values: Declarations
    important: frozenset[str]
    is_settled: bool = True
    """Nothing in them hangs on variables, on the element around or on animations."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a rule."""

    depth: int = 0
    layer: Rank = ()
    parents: list[Selector] | None = None
    doubt: str | None = None
    """Why it is not known whether the rules apply."""
    queries: tuple[Query, ...] = ()
    """What containers are asked."""
    is_scope: bool = False
    """Whether that is ``@scope``, whose root nobody knows here."""

    def inside(self, **changes: Any) -> _Around:
        return replace(self, depth=self.depth + 1, **changes)

    def doubted(self, why: str | None) -> _Around:
        return replace(self, doubt=self.doubt or why)


@dataclass
class Cascade:
    """All rules of a page's style sheets, matched against its tree.

    Args:
        sheets: in order.
        page: its elements.
        medium: ``screen`` or ``print``.

    Raises:
        DocumentError: more rules and elements than can be matched in seconds.
    """

    sheets: list[Sheet]
    page: Page
    medium: str = "screen"
    frames: dict[str, list[Frame]] = field(default_factory=dict)
    faces: dict[str, bool] = field(default_factory=dict)
    """Typefaces that the page brings along: family, and whether the page holds it or renames one."""
    brought: dict[str, list[Any]] = field(default_factory=dict)
    """The rules of each."""
    registered: set[str] = field(default_factory=set)
    """Custom properties with a type of their own."""
    has_other_media: bool = False
    """Rules for print were met."""
    unusual: str = ""
    """The first thing in rules that touch the page which ordinary simple pages have not."""
    pseudo_elements: set[str] = field(default_factory=set)
    """Of which rules speak, the empty one for elements themselves."""
    containers: dict[Any, Container] = field(default_factory=dict)
    """Boxes that may be asked for their width; whoever lays out the page adds them before what stands inside."""
    doubts: dict[Any, str] = field(default_factory=dict)
    """Elements that rules may touch of which it is not known whether they apply, and why."""
    imported: list[str] = field(default_factory=list)
    """Addresses of sheets."""
    told_faces: list[Face] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rules = 0
        self._layers = Layers()
        self._declared: dict[tuple[int, ...], Declared] = {}
        self._matched: dict[tuple[Any, str], list[_Match]] = {}
        self._rem = 1.0
        try:
            for sheet in self.sheets:
                self.has_other_media |= "print" in sheet.media.lower()
                applies = media_applies(sheet.media, self.medium)
                if applies is not False:
                    why = None if applies else "@media"
                    why = why if sheet.is_sure else "a sheet of an odd type"
                    self._add_sheet(sheet.text, _Around(doubt=why))
        except TooMuchWork:
            self._refuse()

    @staticmethod
    def _refuse() -> None:
        message = "The page's style sheets are too large to be applied."
        raise DocumentError(Unreadable.UNSAFE, message)

    def _add_sheet(self, sheet: str, around: _Around) -> None:
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        imports: bool | None = any(map(is_import, rules))
        for rule in rules:
            if not is_import(rule):
                if imports is not False:
                    imports = all_of([imports, lets_imports_follow(rule)])
                self._add(rule, around)
            elif imports is not False and rule.content is None:
                self._import(rule, around if imports else around.doubted("an import"))

    def _add(self, rule: Any, around: _Around) -> None:
        self._rules += 1
        if self._rules * len(self.page.elements) > _MAX_WORK:
            self._refuse()
        if around.depth > _MAX_NESTING:
            self._doubt_all("rules nested too deeply")
        elif rule.type == "at-rule":
            self._add_at_rule(rule, around)
        elif rule.type == "qualified-rule":
            self._add_rule(rule, around)

    def _import(self, rule: Any, around: _Around) -> None:
        self._note("@import")
        nodes = [n for n in rule.prelude if n.type != "whitespace"]
        address, rest = address_in(nodes[0]) if nodes else "", nodes[1:]
        self.imported.append(address)
        if rest and rest[0].type in {"ident", "function"} and name_of(rest[0]) == "layer":
            names: list[Name] | None = [(f"?{self._rules}",)]
            if rest[0].type == "function":
                names = layer_names(rest[0].arguments)
            if names is None or len(names) != 1:
                return
            around = replace(around, layer=self._layer(around, names[0]))
            rest = rest[1:]
        if rest and rest[0].type == "function" and rest[0].lower_name == "supports":
            rest, around = rest[1:], around.doubted("a condition of an imported sheet")
        applies = media_applies(tinycss2.serialize(rest), self.medium)
        if around.depth >= _MAX_NESTING:
            self._doubt_all("sheets imported too deeply")
        elif applies is not False:
            why = None if applies else "a condition of an imported sheet"
            self._add_sheet(sheet_in(address), around.doubted(why).inside())

    def _add_at_rule(self, rule: Any, around: _Around) -> None:
        name = rule.lower_at_keyword
        prelude = tinycss2.serialize(rule.prelude).strip()
        if name in {"layer", "namespace", "property"}:
            self._note(f"@{name}")
        if name == "layer":
            self._add_layer(rule, around)
        elif rule.content is None:
            if name == "namespace":
                self._doubt_all("@namespace")
        elif name in {"keyframes", "-webkit-keyframes"}:
            self.frames[prelude.strip("'\"")] = frames_in(rule.content)
        elif name == "font-face":
            self._add_face(rule.content)
        elif name == "property":
            self.registered.add(prelude)
        elif name not in NAMES.harmless_rules:
            self._add_condition(name, prelude, rule, around)

    def _add_condition(self, name: str, prelude: str, rule: Any, around: _Around) -> None:
        if name != "media" or not is_plain_media(prelude):
            self._note(f"@{name}")
        applies: bool | None = None
        if name == "container":
            queries = (*around.queries, Query.of(rule.prelude))
            self._add_content(rule.content, around.inside(queries=queries))
            return
        if name == "media":
            self.has_other_media |= "print" in prelude.lower()
            applies = media_applies(prelude, self.medium)
        elif name == "supports":
            applies = holds(list(rule.prelude), is_supported)
        elif name not in {"scope", "starting-style", "when", "else"}:
            applies = False  # browsers know no such rule
        if applies is not False:
            inner = around.doubted(None if applies else f"@{name}").inside()
            if name == "scope":
                inner = replace(inner, parents=[_ANYTHING], is_scope=True)
                if "scope" in tinycss2.serialize(rule.content).lower():
                    self._doubt_all("@scope")
            self._add_content(rule.content, inner)

    def _add_layer(self, rule: Any, around: _Around) -> None:
        names = layer_names(rule.prelude)
        if rule.content is None:
            for name in names or ():
                self._layer(around, name)
        elif not [node for node in rule.prelude if node.type != "whitespace"]:
            layer = self._layer(around, (f"?{self._rules}",))
            self._add_content(rule.content, around.inside(layer=layer))
        elif names and len(names) == 1:
            layer = self._layer(around, names[0])
            self._add_content(rule.content, around.inside(layer=layer))

    def _layer(self, around: _Around, name: Name) -> Rank:
        if around.doubt and not self._layers.is_known(around.layer, name):
            self._doubt_all("layers of an order that is not known")
        return self._layers.rank(around.layer, name)

    def _add_face(self, content: Any) -> None:
        face = face_of(content)
        self.faces[face.family] = self.faces.get(face.family, False) or face.may_lie
        if face.has_measures:
            self._note("@font-face")
        self.told_faces.append(face)
        self.brought.setdefault(face.family, []).append(content)

    def _add_content(self, content: Any, around: _Around) -> None:
        """Rules inside an at-rule; declarations there belong to the rule around."""
        loose: list[Any] = []
        for node in tinycss2.parse_blocks_contents(
            content, skip_comments=True, skip_whitespace=True
        ):
            if node.type == "declaration":
                loose.append(node)
            else:
                self._add(node, around)
        if loose and around.parents is not None:
            declared = [one for node in loose for one in longhands(node, quirks=self.page.quirks)]
            self._match(around.parents, declared, around)

    def _add_rule(self, rule: Any, around: _Around) -> None:
        parser = Parser(around.parents, scoped=around.is_scope)
        selectors = parser.rule(list(rule.prelude))
        if selectors is None:
            return
        if not parser.is_settled:
            around = around.doubted("a selector that only some browsers know")
        self._rules += len(selectors) - 1
        if not is_plain_selector(tinycss2.serialize(rule.prelude)):
            self._note("a selector for some cases")
        declared: list[Declaration] = []
        odd, odd_in_line = "", ""
        for node in tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        ):
            if node.type == "declaration":
                declared += longhands(node, quirks=self.page.quirks)
                odd = odd or why_unusual(node)
                odd_in_line = odd_in_line or why_unusual_in_line(node)
            elif node.type in {"qualified-rule", "at-rule"}:
                self._note("rules in rules")
                self._match(selectors, declared, around, odd, odd_in_line)
                declared = []
                self._add(node, around.inside(parents=selectors, is_scope=False))
        self._match(selectors, declared, around, odd, odd_in_line)

    def _note(self, reason: str) -> None:
        self.unusual = self.unusual or reason

    def _match(
        self, selectors: list[Selector], declared: list[Declaration], around: _Around, odd: str = "",
        odd_in_line: str = "",
    ) -> None:  # fmt: skip
        if not declared and not odd:
            return
        self._rules += 1
        rank = (*around.layer, math.inf)
        risky = [one for one in declared if not is_harmless(one.name, one.value)]
        for selector in selectors:
            if selector.pseudo not in _SEEN_ELEMENTS:
                if selector.pseudo in NAMES.harmless_elements or selector.pseudo.startswith("-"):
                    continue
                doubt: str | None = f"::{selector.pseudo}"
            else:
                doubt = around.doubt
            self.pseudo_elements.add(selector.pseudo)
            match = _Match(
                rank, selector.specificity, self._rules, declared, around.queries, bool(risky)
            )
            for node in self.page.candidates(selector):
                answer = self.page.matches(node, selector)
                if answer is False:
                    continue
                self.unusual = self.unusual or odd
                if odd_in_line and (selector.pseudo or node.tag in IN_LINE):
                    self._note(odd_in_line)
                is_sure = bool(answer) and not doubt
                if risky and not is_sure:
                    self.doubts.setdefault(node, doubt or "a selector that may apply")
                if is_sure or selector.pseudo == "first-letter":
                    self._matched.setdefault((node, selector.pseudo), []).append(match)

    def _doubt_all(self, why: str) -> None:
        self.doubts.setdefault(self.page.root, why)

    def declared(self, element: Any, inline: str = "", pseudo: str = "") -> Declared:
        """Winning declarations for an element or one of its pseudo-elements."""
        matches = self._matched.get((element, pseudo), ())
        if any(match.queries for match in matches):
            matches = self._asked(matches, element, pseudo)
        if inline:
            return self._sized(_merged(matches, _inline(inline, self.page.quirks)))
        key = tuple(map(id, matches))
        found = self._declared.get(key)
        if found is None:
            found = self._declared[key] = self._sized(_merged(matches, ()))
        return found

    def set_root_font(self, pixels: float) -> None:
        """Take for all that is asked from now on that ``rem`` counts in a root of this size."""
        self._rem = pixels / _ROOT
        self._declared.clear()

    def _sized(self, declared: Declared) -> Declared:
        """With sizes in ``rem`` as they would be if the root had its usual size."""
        if self._rem == 1.0:
            return declared
        sized = {
            name: _REM.sub(lambda told: f"{float(told[0]) * self._rem:.6g}", value)
            for name, value in declared.values.items()
        }
        return declared._replace(values=sized)

    def _asked(self, matches: Sequence[_Match], element: Any, pseudo: str) -> list[_Match]:
        """Those of some matches that apply by the containers around an element."""
        around = [*([element] if pseudo else []), *element.iterancestors()]
        found = [self.containers[one] for one in around if one in self.containers]
        kept = []
        for match in matches:
            answer = all_hold(match.queries, found)
            if answer is None and match.is_risky:
                self.doubts.setdefault(element, why_unknown(match.queries))
            if answer or (answer is None and match.is_risky):
                kept.append(match)  # what it perhaps moves may lie over others
        return kept


def _merged(matches: Sequence[_Match], own: Sequence[Declaration]) -> Declared:
    """What wins of rules and of a ``style`` attribute."""
    plain: Declarations = {}
    important: Declarations = {}
    for match in sorted(matches, key=lambda m: m[:3]):
        plain.update({one.name: one.value for one in match.declared if not one.important})
    for match in sorted(matches, key=lambda m: (_reversed(m.layer), *m[1:3])):
        important.update({one.name: one.value for one in match.declared if one.important})
    for one in own:
        (important if one.important else plain)[one.name] = one.value
    values = plain | important
    return Declared(values, frozenset(important), all(is_settled(*pair) for pair in values.items()))


@lru_cache(maxsize=1_024)
def _inline(text: str, quirks: bool) -> tuple[Declaration, ...]:
    return tuple(declarations(text, quirks=quirks))


def _reversed(rank: Rank) -> Rank:
    return tuple(-place for place in rank)
