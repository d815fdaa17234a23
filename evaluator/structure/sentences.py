"""Sentences, their parts and lists of names within a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bincl\.)(?<!\bapprox\.)(?<!\bca\.)(?<!\bz\.B\.)"
    r"(?<!\bDr\.)(?<!\bet al\.)(?<!\bvs\.)(?<!\bNo\.)(?<!\bp\.ej\.)\s+(?=[^\W\d_a-zà-ÿ]|[\"“(\d])"
    r"|(?<=[。！？])\s*|(?<=।)\s*"
)
_ITEM_BORDER = re.compile(r"\s*(?:[,;|/·•]|:(?=\s)|\s–|\s-)\s+|[、，；\t]")
_CELL_BORDER = re.compile(rf"{_ITEM_BORDER.pattern}|\n")
"""Where names stand in the cells of a table a line's end parts them too."""
_PART_BORDER = re.compile(
    r"\s*(?:[;；]\s*|\t+\s*)|,\s+(?:(?:and|et|und)\s+)?(?=(?:I|j[’']ai|je|ich|habe ich|wir|nous|we)\b)"
)
_ITEM_WORDS = 6
_NAME_WORDS, _USUAL_NAME = 4, 2.0
"""Words of one name in a list at most, and on average."""


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a passage, white space trimmed."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append((start + lead, start + len(piece.rstrip())))
        start = match.end() if match else end
    return tuple(spans)


def part_borders(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Semicolons, borders of cells, and commas before a clause with *I*, in ``text[start:end]``."""
    return _PART_BORDER.finditer(text, start, end)


def is_list(text: str) -> bool:
    """Whether a text is names between commas or the like, and no sentence."""
    items = [item.split() for item in _border_in(text).split(text.strip()) if item]
    words = [len(item) for item in items]
    return bool(words) and max(words) <= _NAME_WORDS and sum(words) <= _USUAL_NAME * len(words)


def list_item(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The items of a list that hold ``sentence[start:end]``; the whole sentence where it is no list."""
    border = _border_in(sentence)
    borders, items = list(border.finditer(sentence)), border.split(sentence)
    if max(len(item.split()) for item in items) > _ITEM_WORDS:
        return 0, len(sentence)
    first = max((b.end() for b in borders if b.end() <= start), default=0)
    last = min((b.start() for b in borders if b.start() >= end), default=len(sentence))
    return first, last


def _border_in(text: str) -> re.Pattern[str]:
    return _CELL_BORDER if "\t" in text else _ITEM_BORDER
