"""What one date is, and the years that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .tokens import Words
from .vocabulary import vocabulary


class Kind(IntEnum):
    """How sure it is that a date is one, without what stands around it."""

    MONTH = 0
    """A month whose year stands elsewhere."""
    SHORT = 1
    """Two digits are the year: 04/19, Apr 19."""
    YEAR = 2
    """Four digits alone, or two behind an apostrophe."""
    NUMBERED = 3
    """Year and month, or all three, in digits."""
    NAMED = 4
    """A year beside a name or a sign that makes it one: Apr 2019, Q3 2020, 2019年."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date and the index of the word behind it."""

    end: int
    kind: Kind
    year: int
    """0 where it stands elsewhere."""
    first: int | None = None
    """The month, or the first of several; None where a year stands alone."""
    last: int | None = None
    """The last of several months; past 12 it is one of the next year."""
    day: int | None = None
    swapped: tuple[int, int] | None = None
    """Day and month where the order of the two is open and the other order is meant."""
    is_year_first: bool = False
    is_month_first: bool = False
    """The day, in digits, stands behind the month."""
    is_part: bool = False
    """A season, quarter or the like, which is a time and no moment."""
    is_season: bool = False
    is_loose: bool = False
    """A dash with spaces stands between month and year, and could be one between two dates."""


FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Four digits alone are a year from the first to the last; beside a month's name others are, too."""
NAMED_YEARS = range(1000, 3000)
_CENTURY_FROM = 60
DASHES = frozenset({"-", "–", "‐", "‑", "−"})


def century(digits: int) -> int:
    """A year of two digits: of this century up to 2059, else of the last."""
    return (1900 if digits >= _CENTURY_FROM else 2000) + digits


def sign_before(words: Words, index: int) -> str:
    """What stands before a word, without spaces; a border of cells is none."""
    gap = words.gaps[index]
    return "|" if "\t" in gap or len(gap) > 5 else "".join(gap.split())


def year_at(words: Words, index: int) -> tuple[int, int, bool] | None:
    """(year, the index behind it, whether four digits or an apostrophe make it sure)."""
    if words.is_number(index):
        text = words.texts[index]
        if len(text) == 4 and int(text) in NAMED_YEARS:
            return int(text), after_year(words, index + 1), True
        if len(text) == 2:
            return century(int(text)), index + 1, words.gaps[index].endswith("'")
        return None
    before = vocabulary().year_before.behind(words, index)
    return year_at(words, before) if before > index and words.is_number(before) else None


def after_year(words: Words, index: int) -> int:
    """Behind a word such as 年 or г. that follows a year."""
    return (
        vocabulary().year.behind(words, index) if sign_before(words, index) in {"", "."} else index
    )
