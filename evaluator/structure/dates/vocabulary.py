"""Words of dates in many languages, from ``months.toml`` and ``words.toml``, looked up by their first word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from .tokens import Words

_Meaning = TypeVar("_Meaning")
_JOINTS = frozenset(" \t\n\u00a0.'/-")
_WIDEST_JOINT = 2


class Phrases(Generic[_Meaning]):
    """Phrases of one kind and what each means; the first meaning given to a phrase stays."""

    def __init__(self, meanings: Iterable[tuple[str, _Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], _Meaning]]] = {}
        known: set[tuple[str, ...]] = set()
        for phrase, meaning in meanings:
            words = tuple(Words.of(phrase).texts)
            if words and words not in known:
                known.add(words)
                self._by_first.setdefault(words[0], []).append((words, meaning))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> Iterable[str]:
        """Words that phrases begin with."""
        return self._by_first

    def at(self, words: Words, index: int) -> tuple[_Meaning, int] | None:
        """The meaning of the longest phrase at ``index`` and the index behind it."""
        if index >= len(words.texts):
            return None
        for phrase, meaning in self._by_first.get(words.texts[index], ()):
            end = index + len(phrase)
            if tuple(words.texts[index:end]) == phrase and all(
                len(gap) <= _WIDEST_JOINT and _JOINTS.issuperset(gap)
                for gap in words.gaps[index + 1 : end]
            ):
                return meaning, end
        return None

    def behind(self, words: Words, index: int) -> int:
        """The index behind the phrase at ``index``; ``index`` itself where none stands."""
        found = self.at(words, index)
        return index if found is None else found[1]


@dataclass(frozen=True, slots=True)
class Part:
    """Months of a year that have a name; past 12 they are of the next year."""

    first: int
    last: int
    over: tuple[int, int]
    """The same where two years are named."""
    is_season: bool
    """A season or a semester: a time that a job can fill."""


class Vocabulary:
    """All phrases that dates are made of."""

    def __init__(self, months: dict[str, list[str]], words: dict[str, Any]) -> None:
        def phrases(kind: str) -> Phrases[None]:
            return Phrases((phrase, None) for phrase in words[kind])

        names = [
            (name, number)
            for language in months.values()
            for number, names in enumerate(language, start=1)
            for name in names.split("|")
        ]
        self.months = Phrases(names)
        self.english_months = {
            name.split("|")[0].strip(): n for n, name in enumerate(months["en"], start=1)
        }
        self.parts = Phrases(
            (
                word,
                Part(
                    part["first"],
                    part["last"],
                    tuple(part.get("over", (part["first"], part["last"]))),
                    part.get("season", False),
                ),
            )
            for part in words["part"]
            for word in part["words"]
        )
        self.counts = Phrases(
            (word, int(kind["months"])) for kind in words["count"] for word in kind["words"]
        )
        self.eras = Phrases(
            (word, int(era["before"])) for era in words["era"] for word in era["words"]
        )
        self.present = phrases("present")
        self.to = phrases("to")
        self.begun = phrases("begun")
        self.onwards = phrases("onwards")
        self.since = phrases("since")
        self.from_ = phrases("from")
        self.ends = phrases("ends")
        self.between = phrases("between")
        self.and_ = phrases("and")
        self.of = phrases("of")
        self.fillers = Phrases(
            (p, None) for kind in ("article", "about", "weekday") for p in words[kind]
        )
        self.year = phrases("year")
        self.year_before = phrases("year_before")
        self.month = phrases("month")
        self.month_before = phrases("month_before")
        self.day = phrases("day")
        self.day_before = phrases("day_before")
        self.ordinal = phrases("ordinal")
        self.until_here = phrases("until_here")
        self.opens_point = _first_words(
            self.year_before, self.day_before, self.eras, self.parts, self.counts, self.month_before, self.months
        )  # fmt: skip
        """Words that a date can begin with, beside a number and a month with a slip of the pen."""
        self.opens_period = self.opens_point | _first_words(
            self.since, self.from_, self.between, self.fillers
        )
        """Words that a period can begin with, beside the same."""
        self.not_before = frozenset(
            " ".join(Words.of(p).texts) for p in words["not_years"]["before"]
        )
        self.not_behind = Phrases((p, None) for p in words["not_years"]["behind"])


def _first_words(*kinds: Phrases[Any]) -> frozenset[str]:
    return frozenset(word for kind in kinds for word in kind.first_words)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package's data files."""

    def read(name: str) -> dict[str, Any]:
        return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))

    return Vocabulary(read("months.toml"), read("words.toml"))
