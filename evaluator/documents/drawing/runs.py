"""Words of a picture that stand where the document has them: beside the same words.

What a page draws and its text has not (words that a sheet adds, letters of a drawing) vouches for no word of the document
that stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from ..markup import squashed

_NUMBERED = re.compile(r"(\d{1,2})(\D.*)")
_RAISED = re.compile(r"(?P<word>.*[^\W\d](?=\d)|\d+(?=\D))(?P<raised>\d{1,2}|st|nd|rd|th)")
_BOTH = 2
_RUN = 3
"""Words in a row that tell one text from another."""


def in_place(shown: Sequence[str], known: Sequence[str]) -> list[str]:
    """Those words of a picture that the document has in the same surroundings.

    Args:
        shown: lines of the picture.
        known: lines of the document, in order.
    """
    texts = [_words(line) for line in known]
    pairs = {
        (before, behind)
        for one, other in pairwise(chain.from_iterable(texts))
        for before in (one, *without_raised(one)[:1])
        for behind in (other, *without_raised(other)[:1])
    }
    whole = {tuple(words) for words in texts if len(words) < _RUN}
    vocabulary = frozenset(chain.from_iterable(texts))
    drawn = [
        [piece for word in words for piece in _parted(word, vocabulary)]
        for line in shown
        for part in line.split("\t")
        if (words := _words(part))
    ]
    found: list[str] = []
    for run, at_start, at_end in _runs(drawn, pairs):
        is_whole = any(
            run[i : i + size] in whole for size in (1, 2) for i in range(len(run) - size + 1)
        )
        at_edges = at_start + at_end
        if len(run) >= _RUN or at_edges == _BOTH or is_whole or (at_edges and len(run) > 1):
            found += run
    return found


def _runs(
    drawn: list[list[str]], pairs: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, ...], bool, bool]]:
    """Words in a row that follow each other in the document, and whether a line begins before and ends behind them."""
    run: list[str] = []
    at_start = True
    for line in drawn:
        for place, word in enumerate(line):
            if run and (run[-1], word) not in pairs:
                yield tuple(run), at_start, place == 0
                run, at_start = [], place == 0
            if not run:
                at_start = place == 0
            run.append(word)
    if run:
        yield tuple(run), at_start, True


def without_raised(word: str) -> tuple[str, ...]:
    """A word and the number or the end that pages set a little higher behind it; nothing for one without."""
    found = _RAISED.fullmatch(word)
    return (found["word"], found["raised"]) if found else ()


def _parted(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """A number that was taken for the sign of the item behind it is a word of its own."""
    found = None if word in vocabulary else _NUMBERED.fullmatch(word)
    return found.groups() if found and vocabulary.issuperset(found.groups()) else (word,)


def _words(text: str) -> list[str]:
    return [word for word in map(squashed, text.split()) if word]
