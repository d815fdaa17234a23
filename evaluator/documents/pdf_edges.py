"""Headers, footers and page numbers that pages repeat: said once, so that sentences run on over pages."""

from __future__ import annotations

import re

from .draft import DraftLine

_SHARE = 0.1
"""Of a page's height, at its top and at its bottom."""
_NEAR = 8.0
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|strona|стр\w*|第)\W*)?#(?:\s*(?:of|/|von|de|sur|z|из|页)\s*#?)?\W*",
    re.I,
)


def without_repeated_edges(lines: list[DraftLine], heights: list[float]) -> list[DraftLine]:
    """Drop page numbers, and repetitions of what stands at the same place of an earlier page.

    Args:
        lines: of all pages.
        heights: points, of each page.
    """
    seen: dict[str, list[tuple[int, float]]] = {}
    kept: list[DraftLine] = []
    for line in lines:
        box = line.box
        height = heights[line.page - 1]
        if box is None or _SHARE * height < (box.y0 + box.y1) / 2 < (1 - _SHARE) * height:
            kept.append(line)
            continue
        key = _NUMBER.sub("#", line.text).strip()
        if _PAGE_NUMBER.fullmatch(key):
            continue
        places = seen.setdefault(key, [])
        repeated = any(page != line.page and abs(y - box.y0) < _NEAR for page, y in places)
        places.append((line.page, box.y0))
        if not repeated:
            kept.append(line)
    return kept
