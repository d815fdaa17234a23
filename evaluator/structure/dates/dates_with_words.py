"""Dates that begin with a word: a month, a season, a quarter."""

from __future__ import annotations

import difflib
from dataclasses import replace

from .one_date import DASHES, Kind, Point, sign_before, year_at
from .tokens import Words
from .vocabulary import vocabulary

_TYPO_LETTERS = range(6, 13)
_LIKENESS = 0.8
_MONTH_TO_YEAR = frozenset(
    {
        "",
        ".",
        ",",
        ".,",
        "'",
        ".'",
        ",'",
        "/",
        "./",
        "-",
        ".-",
        "/'",
        "-'",
        "_",
        ":",
        "–",
        "‐",
        "‑",
        "−",
    }
)


def named(words: Words, index: int) -> Point | None:
    """Apr 2019, April 1st, 2019, abril de 2019, Tháng 4/2019; a month alone where no year follows."""
    known = vocabulary()
    numbered = known.month_before.behind(words, index)
    if numbered > index:
        number = words.number(numbered)
        found = (number, numbered + 1) if number and number <= 12 else None
    else:
        found = _month_name(words, index)
    if found is None:
        return None
    month, end = found
    alone = Point(end, Kind.MONTH, 0, month, month)
    if end >= len(words.texts):
        return alone
    return _day_and_year(words, alone) or _with_year(words, alone) or alone


def _month_name(words: Words, index: int) -> tuple[int, int] | None:
    """(month, the index behind its name), with a slip of the pen where a year follows."""
    known = vocabulary()
    if found := known.months.at(words, index):
        return found
    if index >= len(words.texts) or len(words.texts[index]) not in _TYPO_LETTERS:
        return None
    if words.number(index + 1, 4) is None or len(words.texts[index + 1]) != 4:
        return None
    like = difflib.get_close_matches(words.texts[index], known.english_months, 1, _LIKENESS)
    return (known.english_months[like[0]], index + 1) if like else None


def _with_year(words: Words, alone: Point) -> Point | None:
    gap, sign = words.gaps[alone.end], sign_before(words, alone.end)
    if sign not in _MONTH_TO_YEAR:
        return None
    found = year_at(words, vocabulary().of.behind(words, alone.end))
    if found is None:
        return None
    year, end, sure = found
    loose = sign in DASHES and gap != sign
    if loose and sign != "-":
        return None
    kind = Kind.NAMED if sure else Kind.SHORT
    return replace(alone, end=end, kind=kind, year=year, is_loose=loose)


def _day_and_year(words: Words, alone: Point) -> Point | None:
    """April 1st, 2019."""
    day = words.number(alone.end)
    if day is None or not 1 <= day <= 31 or sign_before(words, alone.end) not in {"", "."}:
        return None
    behind = vocabulary().ordinal.behind(words, alone.end + 1)
    if behind >= len(words.texts) or sign_before(words, behind) not in {"", ",", ".", ",'", "'"}:
        return None
    found = year_at(words, vocabulary().of.behind(words, behind))
    if found is None or not found[2]:
        return None
    return replace(alone, end=found[1], kind=Kind.NAMED, year=found[0], day=day)


def part_of_year(words: Words, index: int) -> Point | None:
    """Spring 2019, Winter 2019/2020, early 2019, mid-June 2019."""
    known = vocabulary()
    found = known.parts.at(words, index)
    if found is None:
        return None
    part, behind = found
    behind = known.of.behind(words, behind)
    if behind >= len(words.texts) or sign_before(words, behind) not in {
        "",
        "-",
        "'",
        ".",
        "/",
        "–",
    }:
        return None
    year = year_at(words, behind)
    if year is None:
        point = named(words, behind)
        return point if point and point.kind is Kind.NAMED else None
    second = second_year(words, year[1], year[0])
    if second and part.over != (part.first, part.last):
        return Point(
            second, Kind.NAMED, year[0], *part.over, is_part=True, is_season=part.is_season
        )
    kind = Kind.NAMED if year[2] else Kind.SHORT
    return Point(
        year[1], kind, year[0], part.first, part.last, is_part=True, is_season=part.is_season
    )


def second_year(words: Words, index: int, year: int) -> int | None:
    """Behind the second year of 2019/20 or 2019/2020."""
    if index >= len(words.texts) or sign_before(words, index) not in {"/", "-", "–"}:
        return None
    number = words.number(index, 4)
    return index + 1 if number in {year + 1, (year + 1) % 100} else None


def counted(words: Words, index: int) -> Point | None:
    """Q3 2020, H1/2019."""
    found = vocabulary().counts.at(words, index)
    number = words.number(index + 1, 1) if found else None
    if not found or not number or len(words.gaps[index + 1]) > 1:
        return None
    behind = index + 2
    if words.is_syllabic(behind):
        behind = vocabulary().counts.behind(words, behind)
    return count_of_year(words, found[0], number, behind)


def count_of_year(words: Words, months: int, number: int, index: int) -> Point | None:
    if number * months > 12 or sign_before(words, index) not in {"", "/", "-", ",", "'"}:
        return None
    found = year_at(words, index)
    if found is None or not (found[2] or words.gaps[index] == ""):
        return None
    last = number * months
    return Point(found[1], Kind.NAMED, found[0], last - months + 1, last, is_part=True)
