"""Style sheets of a page: which of them a browser applies, and what they say about themselves."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

_DATA = re.compile(r"data: *text/css *((?:;[^,]*)?),(.*)", re.S | re.I)
_BASE64 = re.compile(r"; *base64 *$", re.I)
_NOT_IN_ADDRESSES = re.compile(r"[\t\n\r]")
_WIDE_LETTERS = re.compile(r";charset=\"?(utf-16(?:[lb]e)?)", re.I)
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NOT_APPLIED = frozenset(["noscript", "template", "math"])


class Sheet(NamedTuple):
    """A style sheet and the media that it is for."""

    text: str
    media: str = ""
    is_sure: bool = True
    """Browsers surely apply it."""


def sheets_of(root: Any) -> list[Sheet]:
    """Style sheets of a page in order; those of links only where the link holds them."""
    found: list[Sheet] = []
    title = ""
    for element in root.iter("style", "link"):
        applies = _applies(element)
        if applies is False:
            continue
        named = element.get("title", "")
        title = title or named
        if named and named != title:
            continue  # sheets of another title are an alternative to the first
        sheet = "".join(element.itertext())
        if element.tag == "link":
            sheet = sheet_in(element.get("href", ""))
        found.append(Sheet(sheet, element.get("media", ""), applies is not None))
    return found


def _applies(element: Any) -> bool | None:
    """Whether browsers apply a sheet; None where they do not agree."""
    if any(parent.tag in _NOT_APPLIED for parent in element.iterancestors()):
        return False
    kinds = element.get("rel", "").lower().split()
    if element.tag == "link" and (
        "stylesheet" not in kinds or "alternate" in kinds or "disabled" in element.attrib
    ):
        return False
    kind = element.get("type", "text/css").lower()
    if kind in {"", "text/css"}:
        return True
    return None if kind.strip().startswith("text/css") else False


def sheet_in(address: str) -> str:
    """The text of a style sheet that stands in its address; nothing is fetched."""
    whole = _NOT_IN_ADDRESSES.sub("", address).strip().partition("#")[0]
    found = _DATA.fullmatch(whole)
    if found is None:
        return ""
    kind, data = found.group(1), unquote_to_bytes(found.group(2))
    if _BASE64.search(kind):
        data = _unpacked(data)
    for mark, letters in _MARKS.items():
        if data.startswith(mark):
            return data.removeprefix(mark).decode(letters, "replace")
    wide = _WIDE_LETTERS.search(kind)
    return data.decode(wide.group(1) if wide else "utf-8", "replace")


def _unpacked(data: bytes) -> bytes:
    """Of base64 as browsers read it, with blanks and without its last signs; nothing where they refuse it."""
    packed = b"".join(data.split())
    if len(packed) % 4 == 0:
        packed = packed.removesuffix(b"=").removesuffix(b"=")
    if b"=" in packed:
        return b""
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error:
        return b""
