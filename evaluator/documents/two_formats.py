"""Files that two programs take for two documents: which one a person sees depends on the program, so neither is read."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from ..errors import DocumentError, Unreadable

_TAG = re.compile(
    rb"<(?:!--|!doctype\s+html|(?:html|head|body|title|style|script|noscript|template|textarea|xmp|plaintext|iframe|svg|"
    rb"div|p|h1|section|main|table|span)[\s/>])",
    re.I,
)
_SWALLOWS = re.compile(
    rb"<(?:style|script|title|textarea|template|noscript|xmp|plaintext)[\s/>]|<!--(?:(?!-->)[^\"}]){0,2000}[\"}]",
    re.I,
)
"""What keeps a browser from showing the text behind it; comments that end where the text does are none."""
_HEAD = 4096
_PAGES = "http://www.w3.org/1999/xhtml"


def refuse_page_in_pdf(data: bytes) -> None:
    """Raise for a PDF that begins as a page or a text with tags.

    Raises:
        DocumentError: it is one.
    """
    if _TAG.search(data[:_HEAD].partition(b"stream")[0]):
        _refuse("PDF")


def refuse_page_in_source(data: bytes, kind: str) -> None:
    """Raise for RTF or JSON that a browser would show as a page, in which tags swallow some of it.

    Raises:
        DocumentError: it is one.
    """
    if _SWALLOWS.search(data) or (kind == "RTF" and b"<!--" in data):
        _refuse(kind)


def refuse_page_in_head(head: bytes) -> None:
    """Raise for an e-mail in whose head, or in front of whose parts, tags of a page stand.

    Raises:
        DocumentError: it is one.
    """
    if _TAG.search(head):
        _refuse("e-mail")


def refuse_page_in_office(root: Any) -> None:
    """Raise for an office document in one XML file that holds elements of a page.

    Raises:
        DocumentError: it is one.
    """
    for node in root.iter():
        if isinstance(node.tag, str) and (
            not node.tag.startswith("{") or node.tag.startswith(f"{{{_PAGES}}}")
        ):
            _refuse("office document")


def _refuse(kind: str) -> NoReturn:
    message = (
        f"The file is of two formats in one, {kind} and web page, and each program shows another."
    )
    raise DocumentError(Unreadable.UNSAFE, message, hint="Export the resume again.")
