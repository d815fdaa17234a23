"""A small linear classifier for statements that no form knows: what a sentence is about, from its words.

Trained by ``python -m training``; the weights in ``learned.tsv`` are readable, one feature a line. It decides nothing
alone: agency, result, scope and the trade of an entry are told by the forms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from ...models.vocabulary import Dimension

BIAS = "*"
_DENSE = "\u3040-\u30ff\u3400-\u9fff"
"""Written without spaces between words."""
_IS_DENSE = re.compile(f"[{_DENSE}]")
_WORD = re.compile(rf"[{_DENSE}]+|[^\W\d_{_DENSE}]+|\d+")
_STEM = 5
_PAIR = 4
_PIECE = 4
_SHORT = 2
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|%")
_LONGEST_GROUP = 4
_TOGETHER = 0.6
_MOST_WORDS = 60
"""A longer sentence is about more than one thing."""

MENTION = "mention"
"""What is told without having been done: others' work, wishes, denials, other trades."""
TARGETS = (*(d.value for d in Dimension), MENTION)
_MOST_KEPT = 512

Weights = Mapping[str, Sequence[tuple[int, float]]]
"""By feature: a target's place in :data:`TARGETS`, and its weight."""


def features(text: str) -> dict[str, float]:
    """Beginnings of words, pairs of neighbours, pieces of long words, and characters where words are not spaced."""
    found = {BIAS: 1.0}
    before = "^"
    for word in _WORD.findall(text.casefold())[:_MOST_WORDS]:
        if _IS_DENSE.match(word):
            found.update((word[i : i + 2], 1.0) for i in range(max(1, len(word) - 1)))
            before = "^"
            continue
        stem = "0" if word.isdigit() else word[:_STEM]
        found[stem] = 1.0
        found[f"{before[:_PAIR]} {stem[:_PAIR]}"] = 1.0
        if len(word) > _PIECE:
            found.update((f"~{word[i : i + _PIECE]}", 0.4) for i in range(len(word) - _PIECE + 1))
        before = stem
    senses = senses_in(text)
    found.update((f"@{sense}", 1.0) for sense in senses)
    found.update(
        (f"@{first}>{second}", _TOGETHER)
        for place, first in enumerate(senses)
        for second in senses[place + 1 :]
        if first != second
    )
    return found


@cache
def _senses() -> dict[str, str]:
    """Words and groups of words, with their sense."""
    text = files(__package__).joinpath("senses.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            sense, _, words = line.partition(": ")
            for word in words.split():
                stem, *endings = word.replace("_", " ").split("/")
                found.update((stem + ending, sense) for ending in ("", *endings))
    return found


def senses_in(text: str) -> list[str]:
    """The senses of a text's words in their order, of neighbours the longest group first."""
    words = _PLAIN_WORD.findall(text.casefold())[:_MOST_WORDS]
    senses = _senses()
    found: list[str] = []
    place = 0
    while place < len(words):
        for size in range(_LONGEST_GROUP, 0, -1):
            sense = senses.get(" ".join(words[place : place + size]))
            if sense:
                if not found or found[-1] != sense:
                    found.append(sense)
                place += size
                break
        else:
            place += 1
    return found


_PLACE = {target: number for number, target in enumerate(TARGETS)}


def compiled(weights: Mapping[str, Mapping[str, float]]) -> Weights:
    """Weights by feature and target, made ready for :func:`likelihoods`."""
    return {
        feature: [(_PLACE[target], weight) for target, weight in of.items()]
        for feature, of in weights.items()
    }


class _Lines(Mapping[str, Sequence[tuple[int, float]]]):
    """Weights of a file's lines, each made ready when its feature is first met: one resume meets few of them."""

    def __init__(self, text: str) -> None:
        self._pairs = dict(line.split("\t", 1) for line in text.splitlines())
        self._ready: dict[str, Sequence[tuple[int, float]]] = {}

    def __getitem__(self, feature: str) -> Sequence[tuple[int, float]]:
        found = self._ready.get(feature)
        if found is None:
            told = (pair.split("=") for pair in self._pairs[feature].split("\t"))
            found = self._ready[feature] = [(_PLACE[name], float(weight)) for name, weight in told]
        return found

    def __contains__(self, feature: object) -> bool:
        return feature in self._pairs

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)


@cache
def _weights() -> Weights:
    return _Lines(files(__package__).joinpath("learned.tsv").read_text(encoding="utf-8"))


def known_words(text: str) -> int:
    """How many words, or pairs of characters, of a text the classifier has met."""
    return _read(text)[1]


def probabilities(text: str) -> dict[Dimension, float]:
    """How likely a sentence is about each dimension, 0 to 1, each on its own."""
    likely = _read(text)[0]
    return {dimension: likely[dimension.value] for dimension in Dimension}


def mention(text: str) -> float:
    """How likely a sentence tells of something that the candidate has not done, 0 to 1."""
    return _read(text)[0][MENTION]


@lru_cache(_MOST_KEPT)
def _read(text: str) -> tuple[dict[str, float], int]:
    found, weights = features(text), _weights()
    known = sum(feature in weights for feature in found if _is_word(feature))
    return _likelihoods(found, weights), known


def _is_word(feature: str) -> bool:
    long_enough = len(feature) > _SHORT or _IS_DENSE.match(feature) is not None
    return long_enough and " " not in feature and feature[0] not in "~@"


def likelihoods(text: str, weights: Weights) -> dict[str, float]:
    """How likely a sentence is of each of :data:`TARGETS` by some weights."""
    return _likelihoods(features(text), weights)


def _likelihoods(found: Mapping[str, float], weights: Weights) -> dict[str, float]:
    sums = [0.0] * len(TARGETS)
    for feature, value in found.items():
        if feature in weights:
            for place, weight in weights[feature]:
                sums[place] += value * weight
    likely = (1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) for total in sums)
    return dict(zip(TARGETS, likely, strict=True))
