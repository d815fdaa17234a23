"""What step 1 of the classifier sees of a statement: its words, hashed into rows of the table of weights."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import lru_cache

from ...models.reading import ShownPassage
from ...models.vocabulary import Context
from ...structure.sections import Section

ROWS = 1 << 16
_DENSE = "\u3040-\u30ff\u3400-\u9fff"
"""Written without spaces between words."""
_WORD = re.compile(rf"[{_DENSE}]+|[^\W\d_{_DENSE}]+[+#]*|\d+|%")
_IS_DENSE = re.compile(f"[{_DENSE}]")
_MOST_WORDS, _MOST_OF_HEADING = 80, 12
"""A longer text tells of more than one thing."""
_LONGEST = 40
"""Letters of a word that are looked at."""
_MOST_KEPT = 1 << 14
_STEM, _STEM_OF_HEADING, _PIECE = 5, 8, 4
_WORDS_A_STEP, _MOST_STEPS = 4, 6
_WHOLE, _PART, _HEADING, _SMALL = 10, 7, 5, 3
"""How much a word, its stem, a word of the heading and a piece of a word weigh beside each other."""


Weighted = Mapping[str, tuple[int, int]]
"""Features by name: the row of each, and its weight."""


def features(text: str, passage: ShownPassage) -> Weighted:
    """Words, stems, neighbours and pieces with their weights, and where the statement stands."""
    found: dict[str, tuple[int, int]] = {}
    before = "^"
    for word in _words(text)[:_MOST_WORDS]:
        if _IS_DENSE.match(word):
            found.update(_of_dense(word))
            before = "^"
            continue
        name = "0" if word.isdigit() else word[:_LONGEST]
        found.update(_of_word(name))
        pair = f"b{before} {name}"
        found[pair] = _row(pair), _WHOLE
        before = name
    found.update(_of_place(section_of(passage), passage.context, passage.heading))
    length = f"L{min(_MOST_STEPS, len(text.split()) // _WORDS_A_STEP)}"
    found[length] = _row(length), _WHOLE
    return found


def section_of(passage: ShownPassage) -> str:
    """The section of a passage; what came of the work is work, also where it is told apart from the jobs."""
    return Section.EMPLOYMENT if passage.section == Section.ACHIEVEMENTS else passage.section


@lru_cache(_MOST_KEPT)
def _of_word(name: str) -> Weighted:
    pieces = range(len(name) - _PIECE + 1) if len(name) > _STEM else ()
    return _weighted(
        ("w" + name, _WHOLE),
        ("s" + name[:_STEM], _PART),
        *(("c" + name[at : at + _PIECE], _SMALL) for at in pieces),
    )


@lru_cache(_MOST_KEPT)
def _of_place(section: str, context: Context, heading: str) -> Weighted:
    words = ("0" if word.isdigit() else word for word in _words(heading)[:_MOST_OF_HEADING])
    return _weighted(
        ("S" + section, _WHOLE),
        ("C" + context.value, _WHOLE),
        *(("h" + word[:_STEM_OF_HEADING], _HEADING) for word in words),
    )


def _of_dense(word: str) -> Weighted:
    return _weighted(
        *(("d" + word[at : at + 2], _WHOLE) for at in range(len(word) - 1)),
        *(("d" + word[at : at + 3], _PART) for at in range(len(word) - 2)),
    )


def _weighted(*found: tuple[str, int]) -> Weighted:
    return {name: (_row(name), weight) for name, weight in found}


def _row(name: str) -> int:
    return zlib.crc32(name.encode()) & (ROWS - 1)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
