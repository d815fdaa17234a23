"""A degree, the school and its place, where they stand in one line with nothing between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .line_features import EDGE
from .vocabulary import is_large, names_degree, vocabulary

_SPACED_WORD = re.compile(r"\b[BMD]\.\s+[A-Z][a-z]{1,4}\b|\S+")
_AROUND = ".,;:()'’"
_SCHOOL_NAME = 2
"""Words before the one for a school that may be of its name."""
_LONG_NAME = 5
_LEAVING = frozenset({"diploma", "equivalency"})
"""After these words *High School* is no school but a part of the degree."""
_OF = frozenset({"of", "de", "der", "des", "do", "da", "di", "du", "for", "für", "la"})


def study_parts(text: str) -> Iterator[str]:
    """A degree, a place and a school that stand in one line with nothing between."""
    words = list(_SPACED_WORD.finditer(text))
    bare = [w.group().strip(_AROUND) for w in words]
    knows = vocabulary()
    ends = [word.lower() in _LEAVING for word in bare[1:]] + [False]
    at = next(
        (
            n
            for n, w in enumerate(bare)
            if w.lower() in knows.schools and is_large(w) and not ends[n]
        ),
        None,
    )
    if at is None or not names_degree(text):
        yield text.strip(EDGE)
        return
    first, last = at, at + 1
    after = _after_place([word.group() for word in words[:at]])
    if after is not None:
        first = after
    while first > 0 and bare[first - 1].lower() in knows.school_kinds and after is None:
        first -= 1
    most = _SCHOOL_NAME if first == at else at - first + 1
    while (
        after is None
        and first > 0
        and at - first < most
        and _goes_on(bare[first - 1], words[first - 1].group())
    ):
        if bare[first - 1].lower() in knows.places and first < at:
            break
        first -= 1
    while last < len(bare) and (
        bare[last].lower() in _OF or (bare[last - 1].lower() in _OF and bare[last])
    ):
        last += 1
    left = text[: words[first].start()].strip(EDGE)
    if names_degree(left):
        last = len(words)
    place = place_at_end(left)
    yield left[: len(left) - len(place)].strip(EDGE)
    yield place
    yield text[words[first].start() : words[last - 1].end()].strip(EDGE)
    yield text[words[last - 1].end() :].strip(EDGE)


def _after_place(words: Sequence[str]) -> int | None:
    """Where the name of a school begins that stands after a place, a few words before their end.

    A place behind a comma is the country of a town: *Pune, Maharashtra Lohani College*. Else it begins the name, as in
    *Portland State University*.

    Args:
        words: before the one for a school, with what stands behind each.
    """
    lower, places = [w.strip(_AROUND).lower() for w in words], vocabulary().places
    for end in range(len(words) - 1, max(0, len(words) - _LONG_NAME), -1):
        for size in (3, 2, 1):
            start = max(0, end - size)
            if " ".join(lower[start:end]) in places:
                is_apart = words[end - 1].endswith(",") or (
                    start and words[start - 1].endswith(",")
                )
                return end if is_apart else start
    return None


def _goes_on(word: str, written: str) -> bool:
    """Whether a word before the word for a school is a part of its name."""
    degree = word.lower() in vocabulary().degrees
    return bool(word) and word[0].isupper() and written[-1] not in ",;:)" and not degree


def place_at_end(text: str) -> str:
    """Names of places with which a text ends."""
    words = list(_SPACED_WORD.finditer(text))
    places, start = vocabulary().places, len(words)
    while start > 0:
        for size in (3, 2, 1):
            phrase = " ".join(
                w.group().strip(",") for w in words[max(0, start - size) : start]
            ).lower()
            if start >= size and phrase in places:
                start -= size
                break
        else:
            break
    if 0 < start < len(words) and words[start - 1].group().endswith(",") and start > 1:
        start -= 1
    return text[words[start].start() :] if start < len(words) else ""
