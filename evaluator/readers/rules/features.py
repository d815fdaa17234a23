"""What step 1 of the classifier sees of a statement: its words, hashed into rows of the table of weights."""

from __future__ import annotations

import re
import zlib

from ...models.reading import ShownPassage

ROWS = 1 << 16
_DENSE = "\u3040-\u30ff\u3400-\u9fff"
"""Written without spaces between words."""
_WORD = re.compile(rf"[{_DENSE}]+|[^\W\d_{_DENSE}]+[+#]*|\d+|%")
_IS_DENSE = re.compile(f"[{_DENSE}]")
_MOST_WORDS, _MOST_OF_HEADING = 80, 12
"""A longer text tells of more than one thing."""
_STEM, _STEM_OF_HEADING, _PIECE = 5, 8, 4
_WORDS_A_STEP, _MOST_STEPS = 4, 6
_WHOLE, _PART, _HEADING, _SMALL = 10, 7, 5, 3
"""How much a word, its stem, a word of the heading and a piece of a word weigh beside each other."""


def features(text: str, passage: ShownPassage) -> dict[str, int]:
    """Words, stems, neighbours and pieces with their weights, and where the statement stands."""
    found: dict[str, int] = {}
    before = "^"
    for word in _words(text)[:_MOST_WORDS]:
        if _IS_DENSE.match(word):
            _put_dense(found, word)
            before = "^"
            continue
        name = "0" if word.isdigit() else word
        found["w" + name] = _WHOLE
        found.setdefault("s" + name[:_STEM], _PART)
        found[f"b{before} {name}"] = _WHOLE
        if len(name) > _STEM:
            for at in range(len(name) - _PIECE + 1):
                found.setdefault("c" + name[at : at + _PIECE], _SMALL)
        before = name
    found["S" + passage.section] = found["C" + passage.context.value] = _WHOLE
    for word in _words(passage.heading)[:_MOST_OF_HEADING]:
        found["h" + ("0" if word.isdigit() else word)[:_STEM_OF_HEADING]] = _HEADING
    found[f"L{min(_MOST_STEPS, len(text.split()) // _WORDS_A_STEP)}"] = _WHOLE
    return found


def rows_of(found: dict[str, int]) -> list[tuple[int, int]]:
    """The row of each feature and its weight."""
    crc32 = zlib.crc32
    return [(crc32(name.encode()) & (ROWS - 1), weight) for name, weight in found.items()]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _put_dense(found: dict[str, int], word: str) -> None:
    for at in range(len(word) - 1):
        found["d" + word[at : at + 2]] = _WHOLE
    for at in range(len(word) - 2):
        found["d" + word[at : at + 3]] = _PART
