"""What a page leaves to scripts and to other files, neither of which are read, so that a person is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..css.cascade import Cascade
from ..css.faces import names_in
from .overlaps import Piece
from .result import FEW

_JAVASCRIPT = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma|live|j)script[\d.]*")
_BY_ITSELF = re.compile(
    r"on(?!click$|dblclick$|submit$|change$|input$|key|copy$|cut$|paste$|print)\w+"
)
"""Attributes with scripts that need no hand of a reader's."""
_RUNS = re.compile(r"\s*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.I)
_IN_FRAME = re.compile(r"<script|\son\w+\s*=", re.I)
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//([^/?#]+)(/[^?#]*)?", re.I)
_TYPEFACES = frozenset(
    "fonts.googleapis.com fonts.gstatic.com themes.googleusercontent.com use.typekit.net p.typekit.net "
    "fonts.bunny.net rsms.me".split()
)
"""Hosts of typefaces and their sheets, which hold nothing else."""
_COUNTERS = frozenset(
    "www.googletagmanager.com/gtag/js www.google-analytics.com/analytics.js www.google-analytics.com/ga.js "
    "static.cloudflareinsights.com/beacon.min.js plausible.io/js/script.js plausible.io/js/plausible.js".split()
)
"""Scripts that count visits and write nothing."""
_COUNTS = re.compile(
    r"(?:\s|window|dataLayer|push|arguments|function|gtag|new|Date|js|config|var|const|let|\d|[.;,(){}|=]|\[\]"
    r"|'[\w .:/-]*'|\"[\w .:/-]*\"|//[^\n]*\n)*"
)
"""What such a script is called with."""
_FEW = 0.3
"""Of the words of a page."""
SCRIPTS = (
    "The page has scripts, which were not run: they may hide, change or write what a person sees."
)
FILES = "The page takes its style or its typefaces from other files, which were not read: they may hide or change what a person sees."


def what_is_left_out(root: Any, cascade: Cascade, pieces: Iterable[Piece]) -> list[str]:
    """Sentences for the report.

    Args:
        root: of the page.
        cascade: of its sheets.
        pieces: its texts.
    """
    found = [SCRIPTS] if any(map(_acts, root.iter())) else []
    linked = [
        node.get("href", "")
        for node in root.iter("link")
        if "stylesheet" in node.get("rel", "").lower().split()
    ]
    if any(map(_is_elsewhere, (*linked, *cascade.imported))) or _is_set_apart(cascade, pieces):
        found.append(FILES)
    return found


def _is_set_apart(cascade: Cascade, pieces: Iterable[Piece]) -> bool:
    """Whether sentences that are a small part of the page have a typeface from elsewhere, whose letters may be blank."""
    elsewhere = {
        face.family for face in cascade.told_faces if any(map(_is_elsewhere, face.addresses))
    }
    if not elsewhere:
        return False
    words, longest = Counter[str](), Counter[str]()
    for piece in pieces:
        if piece.why is None:
            count = len(piece.text.split())
            words[piece.look.family] += count
            longest[piece.look.family] = max(longest[piece.look.family], count)
    few = _FEW * sum(words.values())
    return any(
        longest[family] > FEW and words[family] < few and not elsewhere.isdisjoint(names_in(family))
        for family in words
    )


def _acts(node: Any) -> bool:
    """Whether an element runs a script."""
    if not isinstance(node.tag, str):
        return False
    if node.tag == "script" and _JAVASCRIPT.fullmatch(node.get("type", "").strip().lower()):
        address = node.get("src")
        if address is None:
            return _COUNTS.fullmatch(node.text or "") is None
        found = _ELSEWHERE.match(address)
        return found is None or f"{found[1]}{found[2] or ''}".lower() not in _COUNTERS
    return any(
        _BY_ITSELF.fullmatch(name)
        or (name == "srcdoc" and _IN_FRAME.search(value))
        or (name in {"src", "data", "content", "from", "to", "values"} and _RUNS.search(value))
        for name, value in node.attrib.items()
    )


def _is_elsewhere(address: str) -> bool:
    """Whether a file is one that may say anything."""
    if not address.strip() or address.strip().lower().startswith(("data:", "#")):
        return False
    found = _ELSEWHERE.match(address)
    return found is None or found[1].lower() not in _TYPEFACES
