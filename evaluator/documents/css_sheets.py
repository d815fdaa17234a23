"""Style sheets of a page: which of them a browser applies, and what they say about themselves."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import unquote_to_bytes

_DATA = re.compile(r"data:text/css([^,]{0,80}),([^'\"]*?)(?:['\"]|\)|$)", re.S)
_LONG_ADDRESS = 200_000
_NOT_APPLIED = frozenset(["noscript", "template"])


def sheets_of(root: Any) -> list[str]:
    """Style sheets of a page in order, each within its medium; those of links only where the link holds them."""
    found: list[str] = []
    title = ""
    for element in root.iter("style", "link"):
        if not _applies(element):
            continue
        named = element.get("title", "")
        title = title or named
        if named and named != title:
            continue  # sheets of another title are an alternative to the first
        sheet = "".join(element.itertext())
        if element.tag == "link":
            sheet = sheet_in(element.get("href", ""))
        media = element.get("media", "").strip()
        found.append(f"@media {media} {{{sheet}}}" if media else sheet)
    return found


def _applies(element: Any) -> bool:
    if any(parent.tag in _NOT_APPLIED for parent in element.iterancestors()):
        return False
    if element.get("type", "text/css").strip().lower() not in {"", "text/css"}:
        return False
    if element.tag == "style":
        return True
    kinds = element.get("rel", "").lower().split()
    return "stylesheet" in kinds and "alternate" not in kinds and "disabled" not in element.attrib


def sheet_in(address: str) -> str:
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
