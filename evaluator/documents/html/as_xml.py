"""Pages that are XML as well: a file's name decides in which of two ways a browser reads it, so what counts is what both show."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from ..css.odd_names import kept_name

XHTML = "http://www.w3.org/1999/xhtml"
_SPACES = frozenset([XHTML, "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"])
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])


def xml_root(source: str) -> Any | None:
    """The page as XML, in the form that the reader of pages takes; None where it is none.

    Args:
        source: of the page.
    """
    if "xmlns" not in source:
        return None
    text = _ENTITY.sub(_as_number, source.lstrip("\ufeff \t\r\n"))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return as_page(root) if root.tag == f"{{{XHTML}}}html" else None


def _as_number(found: re.Match[str]) -> str:
    """A named character as its number: browsers know the names, and XML knows five."""
    told = html5.get(f"{found[1]};")
    if told is None or found[1] in _OF_XML:
        return found[0]
    return "".join(f"&#{ord(letter)};" for letter in told)


def as_page(root: Any) -> Any:
    """A page of XML in the form that the reader of pages takes.

    Args:
        root: of the page.
    """
    top = _element(root)
    todo = [(root, top)]
    while todo:
        old, new = todo.pop()
        for child in old:
            if isinstance(child.tag, str):
                made = _element(child)
                todo.append((child, made))
            else:
                made = etree.Comment("")
            made.tail = child.tail
            new.append(made)
    return top


def _element(old: Any) -> Any:
    space, _, name = old.tag.rpartition("}")
    name = _known(name) if space.removeprefix("{") in _SPACES else f"odd-{kept_name(name)}"
    # With scripts it is hidden, but what stands in it is made of elements, and sheets in it are applied.
    made = etree.Element("span" if name == "noscript" else name)
    if name == "noscript":
        made.set("hidden", "")
    made.text = old.text
    for key, value in old.attrib.items():
        if not key.startswith("{"):
            made.set(_known(key), value)
    return made


def _known(name: str) -> str:
    """A name as XML tells it, in which large letters are others."""
    return kept_name(name) if name == name.lower() else f"odd-{kept_name(name)}"
