"""The words of heads of entries, from ``entries.toml``, and how a text is asked for them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\s,;:|()\[\]/·•–—]+")
_PARTED_DEGREE = re.compile(r"(?<=\b[BMD])\.\s+(?=[A-Z][a-z]{1,4}\b)")
"""In B. Tech."""
_MOST_ASKED = 1 << 14
_PART = re.compile(r"[,|;:()]|\s[–—-]+\s")


class Words:
    """A vocabulary: words and phrases, beginnings and ends of words, and pieces of text without spaces."""

    def __init__(self, words: Iterable[str], within: Iterable[str] = ()) -> None:
        every = list(words)
        self._whole = frozenset(w for w in every if "*" not in w)
        self._starts = tuple(w.strip("*") for w in every if w.endswith("*"))
        self._ends = tuple(w.strip("*") for w in every if w.startswith("*") and not w.endswith("*"))
        self._within = re.compile("|".join(map(re.escape, within))) if within else None
        self.openers = frozenset(w.split()[0] for w in self._whole if " " in w)
        """First words of its phrases."""
        self.holds = _Asked(self._holds)
        """Whether it holds a word."""

    def __contains__(self, word: str) -> bool:
        return self.holds[word]

    def _holds(self, word: str) -> bool:
        return (
            word in self._whole
            or (bool(self._starts) and word.startswith(self._starts))
            or (bool(self._ends) and word.endswith(self._ends))
        )

    def stands_in(self, text: str) -> bool:
        """Whether a piece of it stands in a text written without spaces."""
        return self._within is not None and self._within.search(text) is not None


class _Asked(dict[str, bool]):
    """Answers about words, most of which are asked again."""

    def __init__(self, answer: Callable[[str], bool]) -> None:
        self._answer = answer

    def __missing__(self, word: str) -> bool:
        answer = self._answer(word)
        if len(self) < _MOST_ASKED:
            self[word] = answer
        return answer


@dataclass(frozen=True)
class Vocabulary:
    titles: Words
    employers: Words
    degrees: Words
    degrees_first: Words
    parts_of_study: frozenset[str]
    """With which a line about courses begins, although it names a degree."""
    learners: Words
    """Of the titles those that are also a part of studies."""
    memberships: Words
    """Words for a part in an association, and for honours."""
    trainings: Words
    """What a course of training is called, of which the title of a job may be a part."""
    schools: Words
    school_kinds: frozenset[str]
    """Of what kind a school is; such words alone are no name of one."""
    places: Words
    placeholders: tuple[re.Pattern[str], re.Pattern[str]]
    labels: dict[str, str]
    statements: Words
    opening: frozenset[str]
    pasts: frozenset[str]
    """Verbs of the past that do not end in -ed."""
    qualities: frozenset[str]
    """Words in -ed that say what somebody is like."""


@cache
def vocabulary() -> Vocabulary:
    raw: dict[str, Any] = tomllib.loads(
        files(__package__).joinpath("entries.toml").read_text(encoding="utf-8")
    )
    return Vocabulary(
        titles=Words(raw["titles"], raw["titles_within"]),
        employers=Words(raw["employers"], raw["employers_within"]),
        degrees=Words(raw["degrees"], raw["degrees_within"]),
        degrees_first=Words(raw["degrees_first"]),
        parts_of_study=frozenset(raw["parts_of_study"]),
        learners=Words(raw["learners"]),
        memberships=Words(raw["memberships"]),
        trainings=Words(raw["trainings"]),
        schools=Words(raw["schools"], raw["schools_within"]),
        school_kinds=frozenset(raw["school_kinds"]),
        places=Words(raw["places"]),
        placeholders=(
            re.compile("|".join(map(re.escape, raw["placeholders"][:2])), re.I),
            re.compile("|".join(map(re.escape, raw["placeholder_places"])), re.I),
        ),
        labels={word: kind for kind, words in raw["labels"].items() for word in words},
        statements=Words(raw["verbs"]["statements"]),
        opening=frozenset(raw["verbs"]["opening"]),
        pasts=frozenset(raw["verbs"]["pasts"]),
        qualities=frozenset(raw["verbs"]["qualities"]),
    )


def words_of(text: str) -> list[str]:
    return [w for w in (m.group().strip(".'’\"“”") for m in _WORD.finditer(text)) if w]


def has_any(words: Sequence[str], known: Words, *, large: bool = False) -> bool:
    for _ in found_in(words, known, large=large):
        return True
    return False


def found_in(
    words: Sequence[str], known: Words, *, large: bool = False
) -> Iterator[tuple[int, int]]:
    """(first, after the last) of the words and phrases of a vocabulary."""
    holds, openers = known.holds, known.openers
    lower = [w.lower() for w in words]
    for at, word in enumerate(lower):
        if holds[word] and (not large or is_large(words[at])):
            yield at, at + 1
        elif word in openers:
            for size in (2, 3):
                if holds[" ".join(lower[at : at + size])] and is_large(words[at]):
                    yield at, min(at + size, len(words))


def is_large(word: str) -> bool:
    """Whether a word begins large; one of two or three letters that is a word too is all large."""
    if len(word) <= 2:
        return word.isupper() or word in {"Co", "Sp", "Dr"}
    return not word[0].islower()


def names_degree(text: str) -> bool:
    if "." in text:
        text = _PARTED_DEGREE.sub(".", text)
    words, knows = _dotted(text), vocabulary()
    return (
        has_any(words, knows.degrees, large=True)
        or (
            # The first words of the parts are among all words.
            any(word.lower() in knows.degrees_first for word in words)
            and has_any(_first_words(text), knows.degrees_first, large=True)
        )
        or knows.degrees.stands_in(text)
    )


def _first_words(text: str) -> list[str]:
    """The first word of each part."""
    return [word for part in _PART.split(text) for word in _dotted(part)[:1]]


def _dotted(text: str) -> list[str]:
    """Words with the points within them: B.Sc."""
    return [w.strip(".'’\"“”:;") for w in re.findall(r"[^\s,;:|()\[\]–—]+", text) if w.strip(".")]
