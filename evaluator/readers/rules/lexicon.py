"""What the embedded reader knows, from the data files: one for each language.

A file holds regular expressions without case. ``phrases`` tell whose doing a statement is and what came of
it; ``concepts`` tell its subject by dimension: ``says`` are descriptions of an activity, ``names`` are
tools and techniques, ``unsure`` are words with other meanings too. ``<word>`` stands for an entry of
``words``; `` ~ `` for up to five words in between, `` ~~ `` for words none of which is one of ``blocks``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ...models.vocabulary import AXIS_OF, Axis, Dimension
from ...text.forms import ByStart, Forms, word_starts

_MACRO = re.compile(r"<(\w+)>")
_LONGEST_WORD = 60
"""Letters that a form reads on for one word: of a longer one it is tried at every letter, which would be quadratic."""
_ENDLESS = re.compile(r"(?<!\\)((?:\\\\)*(?:\\[SwW]|\[\^\\s[^\]]*\]))([*+])")
_BETWEEN = r"\s+(?:[^\s.;:!?]+\s+){0,5}?"
_CLOSE = r"\s+(?:(?!{}\b)[^\s.;:!?]+\s+){{0,5}}?"
_LONGEST_RUN = 300
_NO_WORD = re.compile(
    rf"[^\s\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{{{_LONGEST_RUN + 1},}}"
)
"""Letters without a space that are no words, in scripts that part words by spaces."""
_DENSE = frozenset({"zh", "ja"})
"""Written without spaces between words, so that there is no word boundary to ask for."""
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_ENOUGH_MARKS = 3
_MOST_KEPT = 256
_ENGLISH = re.compile(r"\b(?:the|and|of|for|with|to|by|from)\b", re.I)


class Strength(IntEnum):
    """How much one form tells."""

    UNSURE = 1
    NAME = 2
    SAYS = 3


_STRENGTHS = {"says": Strength.SAYS, "names": Strength.NAME, "unsure": Strength.UNSURE}


@dataclass(frozen=True, slots=True)
class Hit:
    """One concept found at ``text[start:end]``."""

    dimension: Dimension
    strength: Strength
    start: int
    end: int


class PreparedText:
    """A text made ready for looking things up in it again and again; what was looked up stays with it."""

    def __init__(self, text: str) -> None:
        # Where a line breaks is the page's affair: the same words say the same.
        self.text = text.replace("\n", " ")
        if len(text) > _LONGEST_RUN:
            self.text = _NO_WORD.sub(lambda match: "·" * len(match.group()), self.text)
        self.starts = word_starts(self.text)
        self.places: dict[tuple[Phrases, str], Mapping[str, int]] = {}

    @staticmethod
    @lru_cache(_MOST_KEPT)
    def of(text: str) -> PreparedText:
        """A clause is looked at alone, in its statement and in its entry: the same while it is among the last."""
        return PreparedText(text)


class Pattern:
    """Forms of one phrase or concept in one language."""

    def __init__(self, forms: Iterable[str], words: Mapping[str, str], language: str) -> None:
        close = _CLOSE.format(words.get("blocks", "(?!)"))
        spaced: list[str] = []
        dense: list[str] = []
        for form in forms:
            spelled = _MACRO.sub(lambda match: words[match[1]], form)
            spelled = _bounded(spelled.replace(" ~ ", _BETWEEN).replace(" ~~ ", close))
            unspaced = language in _DENSE or _DEVANAGARI.search(form)
            (dense if unspaced else spaced).append(spelled)
        self.forms = Forms(spaced)
        self.dense = re.compile("|".join(dense), re.I) if dense else None


def _bounded(form: str) -> str:
    """A form whose repeated letters end somewhere."""
    return _ENDLESS.sub(lambda match: f"{match[1]}{{{int(match[2] == '+')},{_LONGEST_WORD}}}", form)


_Concept = tuple[Dimension, Strength]


class Concepts:
    """All concepts, looked up by the first letters of each word."""

    def __init__(self, patterns: Sequence[tuple[_Concept, Pattern]]) -> None:
        self._by_start = ByStart((concept, both.forms) for concept, both in patterns)
        self._first = [(c, both.forms.at_first_word, both.dense) for c, both in patterns]
        self._first = [one for one in self._first if one[1] or one[2]]
        self._kept: dict[str, list[Hit]] = {}

    def hits(self, said: PreparedText) -> list[Hit]:
        """Everything found in a text. A job's lines are looked at together first, then one by one."""
        found = self._kept.get(said.text)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[said.text] = list(self._hits(said))
        return found

    def _hits(self, said: PreparedText) -> Iterator[Hit]:
        """Each concept once at a place, with the longest of its forms."""
        text = said.text
        ends: dict[tuple[_Concept, int], int] = {}

        def add(concept: _Concept, match: re.Match[str]) -> None:
            key = concept, match.start()
            ends[key] = max(match.end(), ends.get(key, 0))

        tried = self._by_start
        for start, prefix in said.starts:
            for concept, match_at in tried[prefix]:
                match = match_at(text, start)
                if match is not None:
                    add(concept, match)
        for concept, begins, dense in self._first:
            if begins and (match := begins.match(text)):
                add(concept, match)
            if dense:
                for match in dense.finditer(text):
                    add(concept, match)
        return (Hit(*concept, start, end) for (concept, start), end in ends.items())


class Phrases:
    """All phrases, looked for in one walk over the words of a text."""

    def __init__(self, patterns: Sequence[tuple[str, Pattern]]) -> None:
        self._by_start = ByStart(((n, p.forms) for n, p in patterns), with_any=False)
        self._at_first_word = [
            (n, p.forms.at_first_word) for n, p in patterns if p.forms.at_first_word
        ]
        self._dense = [(n, p.dense) for n, p in patterns if p.dense]
        self._anywhere: dict[str, list[re.Pattern[str]]] = {}
        for name, pattern in patterns:
            if pattern.forms.anywhere:
                self._anywhere.setdefault(name, []).append(pattern.forms.anywhere)

    def place(self, name: str, said: PreparedText) -> int | None:
        """Where a form of a phrase starts first."""
        key = self, ""
        walked = said.places.get(key)
        if walked is None:
            walked = said.places[key] = self._walked(said)
        place = walked.get(name)
        return self._first_anywhere(name, said, place) if name in self._anywhere else place

    def _walked(self, said: PreparedText) -> dict[str, int]:
        text, found = said.text, dict[str, int]()
        for name, begins in self._at_first_word:
            if begins.match(text):
                found[name] = 0
        tried = self._by_start
        for start, prefix in said.starts:
            for name, match_at in tried[prefix]:
                if name not in found and match_at(text, start):
                    found[name] = start
        for name, dense in self._dense:
            match = dense.search(text)
            if match:
                found[name] = min(match.start(), found.get(name, match.start()))
        return found

    def _first_anywhere(self, name: str, said: PreparedText, before: int | None) -> int | None:
        """The same with forms of any first letters, which are tried at every word: only where somebody asks."""
        key = self, name
        if key not in said.places:
            starts = (start for start, _ in said.starts if before is None or start < before)
            forms = self._anywhere[name]
            place = next((at for at in starts if any(f.match(said.text, at) for f in forms)), None)
            said.places[key] = {} if place is None else {name: place}
        return said.places[key].get(name, before)


@dataclass(frozen=True)
class Lexicon:
    """The compiled files of some languages."""

    phrases: Phrases
    concepts: Concepts
    fits: bool = True
    """Whether it is of the text's language, so that denials and others' work are understood."""

    def says(self, phrase: str, said: PreparedText) -> bool:
        """Whether a text holds a form of this phrase."""
        return self.phrases.place(phrase, said) is not None

    def place(self, phrase: str, said: PreparedText) -> int | None:
        """Where a form of this phrase starts first."""
        return self.phrases.place(phrase, said)

    def find(self, said: PreparedText) -> list[Hit]:
        """All concepts in a text; several dimensions may share words."""
        return self.concepts.hits(said)


def lexicon_for(language: str | None, text: str) -> Lexicon:
    """English and the language of the text; the names of tools are English everywhere.

    Hindi in Latin letters beside English words is told by its small words in ``text``.
    """
    languages = {"en"}
    if language in _available():
        languages.add(str(language))
    if _holds(_marks(), text):
        languages.add("hi")
    is_english = _holds(_ENGLISH, text)
    known = language is None or language in _available()
    fits = known or is_english or "hi" in languages
    if language is None and not is_english and "hi" not in languages:
        # Too short to tell; what denies, wishes or names others must not go unread.
        languages = set(_available()) - _DENSE - {"hi"}
    return replace(_compiled(tuple(sorted(languages))), fits=fits)


def _holds(words: re.Pattern[str], text: str) -> bool:
    found: set[str] = set()
    for match in words.finditer(text):
        found.add(match.group().lower())
        if len(found) >= _ENOUGH_MARKS:
            return True
    return False


@cache
def _available() -> frozenset[str]:
    folder = files(__package__).joinpath("lexicon")
    return frozenset(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


@cache
def _marks() -> re.Pattern[str]:
    words: str = _file("hi")["words"]["marks"]
    return re.compile(rf"\b{words}\b", re.I)


@cache
def _file(language: str) -> dict[str, Any]:
    raw = files(__package__).joinpath("lexicon", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _compiled(languages: tuple[str, ...]) -> Lexicon:
    patterns = [_patterns(language) for language in languages]
    phrases = [item for found in patterns for item in found.phrases.items()]
    concepts = [item for found in patterns for item in found.concepts.items()]
    return Lexicon(Phrases(phrases), Concepts(concepts))


@dataclass(frozen=True)
class _Language:
    """The patterns of one file, shared by all lexicons that hold the language."""

    phrases: Mapping[str, Pattern]
    concepts: Mapping[_Concept, Pattern]


@cache
def _patterns(language: str) -> _Language:
    raw = _file(language)
    words: dict[str, str] = raw.get("words", {})
    return _Language(
        {name: Pattern(forms, words, language) for name, forms in raw["phrases"].items()},
        {
            (Dimension(name), strength): Pattern(concept[key], words, language)
            for name, concept in raw["concepts"].items()
            for key, strength in _STRENGTHS.items()
            if key in concept
        },
    )


def is_ml(dimension: Dimension) -> bool:
    """Whether a dimension belongs to the ML axis."""
    return AXIS_OF[dimension] is Axis.ML
