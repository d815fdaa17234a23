"""Pages that browsers read as XML by their file's name: only those are read that are the same page as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any, NoReturn

from lxml import etree

from ...errors import DocumentError, Unreadable
from ..css.sheets import sheets_of
from ..decoding import decoded
from .as_xml import XHTML, as_page
from .tree import VOID, html_tree

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])
_KNOWS_NAMES = re.compile(r"<!DOCTYPE\s+html\s+PUBLIC\s+[\"']-//W3C//DTD XHTML 1\.[01]")
_OWN_NAMES = re.compile(r"<!DOCTYPE[^>]*\[|<\?xml-", re.I)
_ROOT = re.compile(rf"<html(?:\s[^<>]*?)?\sxmlns=[\"']{re.escape(XHTML)}[\"']")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ADDED = frozenset(["tbody", "colgroup"])
"""Elements that HTML adds where a page leaves them out."""
_STRING = re.compile(r"\"[^\"\\]*\"|'[^'\\]*'")
_REMARK = re.compile(r"/\*.*?\*/", re.S)
_PRELUDE = re.compile(r"([^{};]*)\{")
_OWN = re.compile(r"[.#][\w-]+|::?[\w-]+|\[(?:class|href|id|src)(?:[~^$*]?=[^\]]*)?\]")
_ODD_SELECTOR = re.compile(r"[A-Z\\|=]")
_ODD_RULE = re.compile(r"@(?:namespace|scope|import|[\w-]*\\)", re.I)


def check_xml_page(data: bytes) -> None:
    """Raise for a page that is another one as XML than as HTML, or that may be.

    Args:
        data: the file.

    Raises:
        DocumentError: it is one.
    """
    source = decoded(data).text.lstrip("\ufeff")
    if _ROOT.search(source) is None or _OWN_NAMES.search(source):
        _refuse("a root that is not plain")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(_without_names(source).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        _refuse("it is not well formed")
    for node in root.iter():
        if isinstance(node.tag, str):
            _check(node)
        elif not isinstance(node, etree._Comment):
            _refuse("a name or an order of XML")
    page = as_page(root)
    if list(_shape(page)) != list(_shape(html_tree(source).root)):
        _refuse("other elements")
    told = [sheet.text for sheet in sheets_of(page)]
    if any(_is_odd(sheet) for sheet in told):
        _refuse(
            "style sheets that tell large letters from small ones or one namespace from another"
        )


def _refuse(reason: str) -> NoReturn:
    message = f"The page may show other text where a browser takes it for XML ({reason})."
    raise DocumentError(Unreadable.UNSAFE, message, hint="Save it as PDF.")


def _without_names(source: str) -> str:
    """The source with the characters that its document type names."""
    knows = _KNOWS_NAMES.search(source) is not None

    def as_number(found: re.Match[str]) -> str:
        number = name2codepoint.get(found[1])
        if found[1] in _OF_XML or number is None or not knows:
            return found[0]
        return f"&#{number};"

    return _ENTITY.sub(as_number, source)


def _check(node: Any) -> None:
    if node.nsmap != {None: XHTML} or not node.tag.startswith(f"{{{XHTML}}}"):
        _refuse("a namespace of its own")
    name = node.tag.rpartition("}")[2]
    if name != name.lower():
        _refuse("large letters in names")
    if name in VOID and (node.text or len(node)):
        _refuse("text in an element that has none")
    if any((":" in key or "{" in key) and key != _LANGUAGE for key in node.attrib):
        _refuse("attributes of a namespace")


def _shape(root: Any) -> Iterator[tuple[str, ...]]:
    """Elements with their attributes, and the text in each, in the order of the page."""
    todo: list[tuple[Any, bool]] = [(root, False)]
    while todo:
        node, is_done = todo.pop()
        if not isinstance(node.tag, str):
            continue
        if is_done:
            yield ("end", node.tag)
            continue
        words = " ".join("".join(_own_text(node)).split())
        if node.tag not in _ADDED:
            yield (node.tag, words, *(f"{key}={node.get(key)}" for key in sorted(_known(node))))
            todo.append((node, True))
        elif words or node.attrib:
            yield (node.tag, words)
        todo.extend((child, False) for child in reversed(node))


def _own_text(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        yield f" {child.tail or ''}"


def _known(node: Any) -> list[str]:
    return [key for key in node.attrib if not key.startswith("odd-") and key != "xmlns"]


def _is_odd(sheet: str) -> bool:
    plain = _STRING.sub("", _REMARK.sub("", sheet))
    if _ODD_RULE.search(plain):
        return True
    for prelude in _PRELUDE.findall(plain):
        told = prelude.strip()
        if not told.startswith("@") and _ODD_SELECTOR.search(_OWN.sub("", told)):
            return True
    return False
