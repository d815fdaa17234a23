"""Fields of OpenDocument: every element of text that is not known to hold its words as they stand is one."""

from __future__ import annotations

from ..office.kept_results import Kept
from ..office.package import Attributes
from .names import DATES, FILES, FIXABLE, HOLDERS, OTHERS


def kept_of(tag: str, attributes: Attributes) -> Kept | None:
    """The field that an element within a paragraph is; None where its words are shown as they stand."""
    if tag == "text:number":
        return Kept("LISTNUM", named="the number of a paragraph")
    if tag in DATES:
        # Of one that is fixed LibreOffice draws the value that it has beside its words.
        return Kept("DATE", named="the kept result of a field, a date")
    if tag in HOLDERS or (tag in FIXABLE and attributes.get("text:fixed") == "true"):
        return None
    if tag in FILES:
        return Kept("FILENAME", named="the kept result of a field, a file's name")
    if tag.startswith(OTHERS):
        return None
    name = tag.rpartition(":")[2].replace("-", " ")
    return Kept(name.upper(), named=f"the kept result of a field, {name}")
