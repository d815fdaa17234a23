"""Headers, footers and page numbers that pages repeat: said once, so that sentences run on over pages."""

from __future__ import annotations

import re

from ..draft import DraftLine

_SHARE = 0.1
"""Of a page's height, at its top and at its bottom."""
_NEAR = 8.0
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(page|seite|página|pagina|strona|стр\w*|第)?\W*(\d{1,3})(?:\s*(?:of|/|von|de|sur|z|из|页)\s*(\d{1,3})?)?\W*",
    re.I,
)


def without_repeated_edges(lines: list[DraftLine], heights: list[float]) -> list[DraftLine]:
    """Drop page numbers, and repetitions of what stands at the same place of an earlier page.

    Args:
        lines: of all pages.
        heights: points, of each page.
    """
    numbers = _page_numbers(lines, heights)
    seen: dict[str, list[tuple[int, float]]] = {}
    kept: list[DraftLine] = []
    for index, line in enumerate(lines):
        if index in numbers:
            continue
        box = line.box
        if box is None or not _at_edge(line, heights):
            kept.append(line)
            continue
        places = seen.setdefault(_NUMBER.sub("#", line.text).strip(), [])
        repeated = any(page != line.page and abs(y - box.y0) < _NEAR for page, y in places)
        places.append((line.page, box.y0))
        if not repeated:
            kept.append(line)
    return kept


def _at_edge(line: DraftLine, heights: list[float]) -> bool:
    height, box = heights[line.page - 1], line.box
    assert box is not None
    return not _SHARE * height < (box.y0 + box.y1) / 2 < (1 - _SHARE) * height


def _page_numbers(lines: list[DraftLine], heights: list[float]) -> set[int]:
    """Lines that number their page: in words, or by counting on with the pages."""
    found: set[int] = set()
    places: dict[tuple[int, int], set[int]] = {}
    counted: list[tuple[int, int, int, int]] = []
    for index, line in enumerate(lines):
        if line.box is None or len(line.text) > 30 or not _at_edge(line, heights):
            continue
        match = _PAGE_NUMBER.fullmatch(line.text.strip())
        if not match:
            continue
        word, number, total = match.groups()
        if word or (total and int(number) == line.page and int(total) == len(heights)):
            found.add(index)
        offset, row = int(number) - line.page, int(line.box.y0 / _NEAR)
        places.setdefault((offset, row), set()).add(line.page)
        counted.append((index, offset, row, line.page))
    for index, offset, row, page in counted:
        near = (places.get((offset, row + step), set()) for step in (-1, 0, 1))
        if any(pages - {page} for pages in near):
            found.add(index)
    return found
