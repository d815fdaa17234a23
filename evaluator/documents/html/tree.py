"""HTML text to a tree as browsers build it, in the form that XPath can search."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple

import tinyhtml5.inputstream
import tinyhtml5.parser
from lxml import etree

from ...errors import DocumentError, Unreadable
from ..css.odd_names import kept_name

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_MAX_TAGS = 60_000
_MAX_DEPTH = 1_500
_ONLY_IN_XML = re.compile(r"<\?xml-stylesheet|<!ENTITY|<!ATTLIST|<style[^>]*>\s*<!\[CDATA\[")
_NAMESPACE = re.compile(r"<([\w:-]+)(?:\s[^<>]*?)?\sxmlns(?::([\w-]+))?\s*=\s*[\"']?([^\"'\s>]*)")
_OF_PAGES = frozenset(
    f"http://www.w3.org/{name}" for name in ("1999/xhtml", "2000/svg", "1998/Math/MathML")
)
_ROOTS = {"svg": "2000/svg", "math": "1998/Math/MathML"}
_DEEPEST = 480
"""Browsers put what is nested deeper than 512 beside each other."""
_USUAL_ERRORS = frozenset(
    ["expected-doctype-but-got-start-tag", "expected-doctype-but-got-chars", "unknown-doctype",
     "non-void-element-with-trailing-solidus", "invalid-codepoint"]
)  # fmt: skip
_TWO_HYPHENS = re.compile("-(?=-)")
_TODAY = re.compile(r"\ufeff?\s*<!doctype\s+html\s*>", re.I | re.A)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Patterns(dict[tuple[frozenset[str], bool], "re.Pattern[str]"]):
    """What the tokenizer reads up to, by characters and whether they are the ones to read.

    The library means to remember its patterns and files them under a wrong key, so that it makes each anew
    for every tag.
    """

    def __missing__(self, key: tuple[frozenset[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        told = "".join(f"\\x{ord(character):02x}" for character in characters)
        made = self[key] = re.compile(f"[{'' if opposite else '^'}{told}]+")
        return made


tinyhtml5.inputstream.characters_until_regex = _Patterns()


class _Foreign(tinyhtml5.parser.InForeignContentPhase):  # type: ignore[misc]
    """Drawings and formulas, which the ends of a paragraph and of a line end in browsers and not in the library."""

    __slots__ = ()

    def process_end_tag(self, token: Any) -> Any:
        if token["name"] not in {"p", "br"}:
            return super().process_end_tag(token)
        parser, opened = self.parser, self.tree.open_elements
        while (
            opened[-1].namespace != self.tree.default_namespace
            and not parser.is_html_integration_point(opened[-1])
            and not parser.is_mathml_text_integration_point(opened[-1])
        ):
            opened.pop()
        return parser.phase.process_end_tag(token)


_Usual = tinyhtml5.parser.InBodyPhase


class _Body(_Usual):  # type: ignore[misc,valid-type]
    """The body of a page, with the elements that browsers came to know or forgot since the library was written."""

    __slots__ = ()
    start_tag_handler = {
        **_Usual.start_tag_handler,
        **dict.fromkeys(("search", "dialog"), _Usual.start_tag_close_p),
        **dict.fromkeys(("command", "isindex"), _Usual.start_tag_other),
    }
    end_tag_handler = {**_Usual.end_tag_handler, "search": _Usual.end_tag_block}


class Tree(NamedTuple):
    """A page as browsers build it."""

    root: Any
    """The root element, of lxml."""
    mode: str
    """``quirks`` where browsers follow habits of old pages, ``limited quirks`` where they follow some of them."""
    is_of_today: bool
    """It begins with the one document type that pages of today have."""
    doubt: str | None = None
    """Why browsers may build another tree."""
    is_mended: bool = False
    """Its tags are not well formed."""
    has_other_names: bool = False
    """They do so where the file's name says that it is XML, which a picture of the page does not tell."""


def html_tree(source: str) -> Tree:
    """The tree of a page.

    Raises:
        DocumentError: so many or so deep tags that building the tree takes minutes, or tags that the library gives up on.
    """
    _check_nesting(source)
    parser = tinyhtml5.parser.HTMLParser(namespace_html_elements=False)
    parser.phases["in foreign content"] = _Foreign(parser, parser.tree)
    parser.phases["in body"] = _Body(parser, parser.tree)
    # A file object, because the library takes a short string for the name of a file.
    try:
        # What stands in <noscript> is no markup where scripts may run.
        built = parser.parse(io.StringIO(source), scripting=True)
    except AssertionError as error:
        # What the library takes for impossible, such as a page within a drawing within a table.
        message = "The page nests tags in a way that cannot be read."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it as PDF.") from error
    root, depth = _as_lxml(built)
    in_xml = _why_other_in_xml(source)
    return Tree(
        root,
        parser.compatibility_mode,
        _TODAY.match(source) is not None,
        in_xml or _why_otherwise(parser.errors, root, depth),
        not {code for _, code, _ in parser.errors} <= _USUAL_ERRORS,
        in_xml is not None,
    )


def _why_other_in_xml(source: str) -> str | None:
    """Why browsers may show another page of a file that they take for XML."""
    if _ONLY_IN_XML.search(source):
        return "marks that only XML knows"
    if "xmlns" not in source:
        return None
    for tag, prefix, space in _NAMESPACE.findall(source):
        usual = f"http://www.w3.org/{_ROOTS.get(tag, '1999/xhtml')}"
        is_otherwise = space != usual and space in _OF_PAGES
        if (is_otherwise and not prefix) or (
            space in _OF_PAGES and prefix and f"<{prefix}:" in source
        ):
            return "elements that are others in XML"
    return None


def _why_otherwise(errors: list[tuple[Any, str, Any]], root: Any, depth: int) -> str | None:
    """Why browsers may take a page apart in another way than the library."""
    told = {code for _, code, _ in errors} - _USUAL_ERRORS
    if next(root.iter("command", "isindex"), None) is not None:
        return "elements that browsers know no more"
    if any("-select" in code for code in told):
        return "a list to choose from that is not well formed"
    if told and next(root.iter("template"), None) is not None:
        return "a template in a page that is not well formed"
    if depth > _DEEPEST:
        return "tags nested deeper than browsers nest them"
    return None


def _check_nesting(source: str) -> None:
    """The tree builder's work grows with depth times tags."""
    depth = 0
    for number, (closing, tag) in enumerate(_TAG.findall(source)):
        if number > _MAX_TAGS:
            message = f"The page has more than {_MAX_TAGS:,} tags."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        if tag.lower() not in VOID:
            depth = max(0, depth - 1) if closing else depth + 1
        if depth > _MAX_DEPTH:
            message = f"The page nests deeper than {_MAX_DEPTH:,} tags."
            raise DocumentError(Unreadable.UNSAFE, message)


def _as_lxml(root: Any) -> tuple[Any, int]:
    """The tree and how deep it is."""
    top = _element(root)
    todo = [(root, top, 1)]
    deepest = 1
    while todo:
        old, new, depth = todo.pop()
        deepest = max(deepest, depth)
        for child in old:
            if isinstance(child.tag, str):
                made = _element(child)
                todo.append((child, made, depth + 1))
            else:
                made = etree.Comment(_TWO_HYPHENS.sub("- ", f"{_clean(child.text)} "))
            if child.tail:
                made.tail = _clean(child.tail)
            new.append(made)
    return top, deepest


def _element(old: Any) -> Any:
    made = etree.Element(_name(old.tag))
    if old.text:
        made.text = _clean(old.text)
    for key, value in old.attrib.items():
        if isinstance(key, str):
            made.set(kept_name(key), _clean(value.replace("\f", " ")))
    return made


def _name(tag: str) -> str:
    return kept_name(tag.rpartition("}")[2])


def _clean(text: str | None) -> str:
    return _NOT_XML.sub("", text) if text else ""
