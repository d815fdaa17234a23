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


class Tree(NamedTuple):
    """A page as browsers build it."""

    root: Any
    """The root element, of lxml."""
    mode: str
    """``quirks`` where browsers follow habits of old pages, ``limited quirks`` where they follow some of them."""
    is_of_today: bool
    """It begins with the one document type that pages of today have."""


def html_tree(source: str) -> Tree:
    """The tree of a page.

    Raises:
        DocumentError: so many or so deep tags that building the tree takes minutes, or tags that the library gives up on.
    """
    _check_nesting(source)
    parser = tinyhtml5.parser.HTMLParser(namespace_html_elements=False)
    # A file object, because the library takes a short string for the name of a file.
    try:
        built = parser.parse(io.StringIO(source))
    except AssertionError as error:
        # What the library takes for impossible, such as a page within a drawing within a table.
        message = "The page nests tags in a way that cannot be read."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it as PDF.") from error
    return Tree(_as_lxml(built), parser.compatibility_mode, _TODAY.match(source) is not None)


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


def _as_lxml(root: Any) -> Any:
    top = _element(root)
    todo = [(root, top)]
    while todo:
        old, new = todo.pop()
        for child in old:
            if isinstance(child.tag, str):
                made = _element(child)
                todo.append((child, made))
            else:
                made = etree.Comment(_TWO_HYPHENS.sub("- ", f"{_clean(child.text)} "))
            if child.tail:
                made.tail = _clean(child.tail)
            new.append(made)
    return top


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
