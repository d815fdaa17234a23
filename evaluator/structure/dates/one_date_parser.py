"""One date in a text: a year, a month or a part of a year, in any order and spelling."""

from __future__ import annotations

from collections.abc import Callable

from .dates_in_digits import (
    apostrophe,
    counted_first,
    day_first,
    month_after_year,
    numbers,
    year_first,
)
from .dates_with_words import counted, named, part_of_year
from .one_date import NAMED_YEARS, Point
from .tokens import Words
from .vocabulary import vocabulary


def find_point(words: Words, index: int) -> Point | None:
    """The date that begins at ``index``."""
    if not words.may_open(index, vocabulary().opens_point):
        return None
    readings: tuple[Callable[[Words, int], Point | None], ...]
    if words.is_number(index):
        readings = (day_first, counted_first, year_first, numbers, apostrophe)
    else:
        readings = (_labelled, _era, part_of_year, counted, named)
    for reading in readings:
        if point := reading(words, index):
            return point
    return None


def _era(words: Words, index: int) -> Point | None:
    """令和3年4月."""
    known = vocabulary()
    found = known.eras.at(words, index)
    if found is None:
        return None
    number = words.number(found[1], 4)
    if number is None:
        return None
    point = month_after_year(words, number + found[0], found[1] + 1, is_sure=True)
    return point if point.year in NAMED_YEARS else None


def _labelled(words: Words, index: int) -> Point | None:
    """A word for *year* or *day* before its number."""
    known = vocabulary()
    for kind in (known.year_before, known.day_before):
        behind = kind.behind(words, index)
        if behind > index and words.is_number(behind):
            return find_point(words, behind)
    return None
