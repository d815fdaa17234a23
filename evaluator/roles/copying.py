"""An advert's own words in a resume. They tell what an opening asks for, not what somebody has done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

from ..structure.sentences import sentences

_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_FEWEST_WORDS = 5
"""Shorter quotes are lists of names or usual phrases, which people write on their own."""
_RUN = 3
_SHARE = 0.6


class AdvertWords:
    """Sentences of an advert, by their runs of three words.

    Args:
        quotes: the sentences.
    """

    def __init__(self, quotes: Iterable[str]) -> None:
        self._runs: list[frozenset[tuple[str, ...]]] = []
        for quote in quotes:
            words = _words(quote)
            if len(words) >= _FEWEST_WORDS:
                self._runs.append(frozenset(_runs(words)))
        self._all = frozenset().union(*self._runs)
        self._firsts = frozenset(run[0] for run in self._all)
        self._digests = frozenset(map(_digest, self._all))
        self._is_told_apart = len(self._digests) == len(self._all)

    def copies_in(self, text: str, digests: Iterable[int] | None = None) -> list[tuple[int, int]]:
        """Spans of the sentences of a text that repeat most of a sentence of the advert, in order.

        Args:
            text: is searched.
            digests: as :func:`digests_of` gives them of the text, where they are known.
        """
        fewest = _FEWEST_WORDS - _RUN + 1
        is_known = digests is not None and self._is_told_apart
        if is_known and len(self._digests.intersection(digests or ())) < fewest:
            return []
        if not self._all or len(self._shared(_words(text))) < fewest:
            return []
        return [
            self._repeating(text, at + start, at + end)
            for at, line in _lines(text)
            for start, end in sentences(line)
            if self.is_copy(line[start:end])
        ]

    def _repeating(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The lines of a sentence that repeat the advert; a list without full stops is one sentence to the eye of a program."""
        words = list(_WORD.finditer(text.casefold(), start, end))
        said = [w.group() for w in words]
        runs = [n for n, run in enumerate(_runs(said)) if run in self._all]
        if not runs or len(text.casefold()) != len(text):
            return start, end
        first = text.rfind("\n", start, words[runs[0]].start()) + 1
        last = text.find("\n", words[runs[-1] + _RUN - 1].end(), end)
        return max(start, first), last if last >= 0 else end

    def _shared(self, words: list[str]) -> set[tuple[str, ...]]:
        """Runs of the advert among those of these words."""
        firsts = [n for n, word in enumerate(words) if word in self._firsts]
        return {run for n in firsts if (run := tuple(words[n : n + _RUN])) in self._all}

    def is_copy(self, sentence: str) -> bool:
        """Whether a sentence repeats most of one of the advert, or is mostly made of it."""
        found = set(_runs(_words(sentence)))
        shared = found & self._all
        if len(shared) < _FEWEST_WORDS - _RUN + 1:
            return False
        if len(shared) >= _SHARE * len(found):
            return True
        return any(len(runs & found) >= _SHARE * len(runs) for runs in self._runs)


def says_more(quote: str, names: Iterable[str]) -> bool:
    """Whether a sentence of an advert is more than names, which people write in the same words on their own."""
    rest = quote.casefold()
    for name in names:
        rest = rest.replace(name.casefold(), " ")
    return len(_words(rest)) >= _FEWEST_WORDS - 1


def digests_of(text: str) -> list[int]:
    """Numbers of 32 bits for the runs of three words of a text; equal runs have equal ones."""
    return sorted(set(map(_digest, _runs(_words(text)))))


def _digest(run: tuple[str, ...]) -> int:
    return crc32(" ".join(run).encode("utf-8", "surrogatepass"))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)]


def _lines(text: str) -> list[tuple[int, str]]:
    """Paragraphs: lines that end no sentence go on in the next."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in re.finditer(
        r"(?<=[.!?:;])[ \t]*\n|\n\s*\n|\n(?=\s*[•▪◦‣·●○■□➢►▸❖✓*–—-]\s)|\Z", text
    ):
        piece = text[start : match.start()]
        if piece.strip():
            found.append((start, piece))
        start = match.end()
    return found
