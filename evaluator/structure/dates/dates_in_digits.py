"""Dates that begin with a number: a day, a month or a year."""

from __future__ import annotations

from dataclasses import replace

from .dates_with_words import count_of_year, named
from .one_date import (
    DASHES,
    FIRST_YEAR,
    LAST_YEAR,
    Kind,
    Point,
    after_year,
    century,
    sign_before,
    year_at,
)
from .tokens import Words
from .vocabulary import vocabulary

_SEPARATORS = frozenset({"/", ".", "-"})
_YEAR_TO_MONTH = frozenset({"", ",", ".", "/", "-", "‐", "‑", "(", ":", "/("})
_YEAR_TO_NUMBER = frozenset({"-", "/", ".", "‐", "‑"})


def day_first(words: Words, index: int) -> Point | None:
    """1 April 2019, 1st of April 2019, 25-Apr-2019."""
    known = vocabulary()
    day = words.number(index)
    if day is None or not 1 <= day <= 31:
        return None
    behind = known.ordinal.behind(words, index + 1) if not words.is_number(index + 1) else index + 1
    behind = known.of.behind(words, behind)
    if behind >= len(words.texts) or sign_before(words, behind) not in {"", ".", "-", "/", ","}:
        return None
    if (
        known.months.at(words, behind) is None
        and known.month_before.behind(words, behind) == behind
    ):
        return None
    point = named(words, behind)
    return replace(point, day=day) if point and point.day is None else None


def counted_first(words: Words, index: int) -> Point | None:
    """3Q20, 1H 2019."""
    number = words.number(index, 1)
    found = vocabulary().counts.at(words, index + 1)
    if not found or not number or words.gaps[index + 1] not in {"", "."}:
        return None
    return count_of_year(words, found[0], number, found[1])


def year_first(words: Words, index: int) -> Point | None:
    """2019, 2019-04, 2019/04/01, 2019.4, 201904, 2019 Apr, 2019年4月1日, 2020 Q3."""
    text = words.texts[index]
    if len(text) in {6, 8}:
        return _compact(text, index)
    if len(text) == 2 and vocabulary().year.at(words, index + 1) and words.is_syllabic(index + 1):
        return month_after_year(words, century(int(text)), index + 1, is_sure=True)
    if len(text) != 4 or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return None
    return month_after_year(words, int(text), index + 1, is_sure=False)


def _compact(text: str, index: int) -> Point | None:
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:] or 1)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Point(index + 1, Kind.NUMBERED, year, month, month, is_year_first=True)


def month_after_year(words: Words, year: int, index: int, *, is_sure: bool) -> Point:
    """The month or quarter that follows a year, if one does."""
    known = vocabulary()
    end = after_year(words, index)
    sure = is_sure or (end > index and words.is_syllabic(index))
    alone = Point(end, Kind.NAMED if sure else Kind.YEAR, year, is_year_first=True)
    if end >= len(words.texts) or words.gaps[end].count("\t"):
        return alone
    if words.is_number(end):
        return _number_behind(words, alone, is_marked=end > index) or alone
    if sign_before(words, end) not in _YEAR_TO_MONTH:
        return alone
    counted = known.counts.at(words, end)
    if counted and (number := words.number(counted[1], 1)) and number * counted[0] <= 12:
        last = number * counted[0]
        return replace(
            alone,
            end=counted[1] + 1,
            kind=Kind.NAMED,
            first=last - counted[0] + 1,
            last=last,
            is_part=True,
        )
    if (part := known.parts.at(words, end)) and words.is_syllabic(end):
        return replace(
            alone,
            end=part[1],
            kind=Kind.NAMED,
            first=part[0].first,
            last=part[0].last,
            is_part=True,
        )
    return _name_behind(words, alone) or alone


def _name_behind(words: Words, alone: Point) -> Point | None:
    """2019 Apr, 2019-April, 2019 (Apr.)."""
    found = vocabulary().months.at(words, alone.end)
    if found is None:
        return None
    gap = words.gaps[alone.end]
    if "-" in gap and gap != "-":
        return None
    other = named(words, alone.end)
    if other and other.kind is Kind.NAMED and not other.is_loose:
        tight = gap == "-" and sign_before(words, found[1]) in DASHES
        if not tight:
            return None
    return replace(alone, end=found[1], kind=Kind.NAMED, first=found[0], last=found[0])


def _number_behind(words: Words, alone: Point, *, is_marked: bool) -> Point | None:
    """The month, and the day, in digits behind a year."""
    known = vocabulary()
    month, end = words.number(alone.end), alone.end + 1
    gap, sign = words.gaps[alone.end], sign_before(words, alone.end)
    if not month or month > 12:
        return None
    behind = known.month.behind(words, end) if sign_before(words, end) == "" else end
    if behind > end:
        day = words.number(behind)
        if (
            day
            and day <= 31
            and sign_before(words, behind) == ""
            and known.day.at(words, behind + 1)
        ):
            behind = known.day.behind(words, behind + 1)
        return replace(alone, end=behind, kind=Kind.NAMED, first=month, last=month)
    if is_marked or sign not in _YEAR_TO_NUMBER or (sign == "-" and gap != "-"):
        return None
    dated = replace(alone, end=end, kind=Kind.NUMBERED, first=month, last=month)
    day = words.number(end)
    if day and day <= 31 and sign_before(words, end) == sign:
        return replace(dated, end=_behind_time(words, end + 1), day=day)
    return dated


def _behind_time(words: Words, index: int) -> int:
    """Behind the time of an ISO moment: T00:00:00Z."""
    if index >= len(words.texts) or words.gaps[index] or words.texts[index] != "t":
        return index
    end = index + 1
    while (
        end < min(index + 5, len(words.texts))
        and words.gaps[end] in {"", ":", "."}
        and (words.is_number(end) or words.texts[end] == "z")
    ):
        end += 1
    return end


def numbers(words: Words, index: int) -> Point | None:
    """04/2019, 04/19, 25.04.2019, 04/25/2019, and 4月 without its year."""
    first = words.number(index)
    if not first:
        return None
    known = vocabulary()
    if first <= 12 and words.gaps[index + 1] == "" and words.is_syllabic(index + 1):
        behind = known.month.behind(words, index + 1)
        return Point(behind, Kind.MONTH, 0, first, first) if behind > index + 1 else None
    if _is_month_of_range(words, index):
        return Point(index + 1, Kind.MONTH, 0, first, first)
    if (
        index + 1 >= len(words.texts)
        or (sign := sign_before(words, index + 1).removesuffix("'")) not in _SEPARATORS
    ):
        return None
    return _three_numbers(words, index, sign) or _two_numbers(words, index, sign)


def _is_month_of_range(words: Words, index: int) -> bool:
    """The first month of 04-09/2019."""
    first, second, year = words.number(index), words.number(index + 1), words.number(index + 2, 4)
    return (
        first is not None
        and second is not None
        and year is not None
        and 1 <= first < second <= 12
        and FIRST_YEAR <= year <= LAST_YEAR
        and sign_before(words, index + 1) in DASHES
        and sign_before(words, index + 2) in {"/", "."}
    )


def _three_numbers(words: Words, index: int, sign: str) -> Point | None:
    first, second = words.number(index) or 0, words.number(index + 1) or 0
    if index + 2 >= len(words.texts) or sign_before(words, index + 2).removesuffix("'") != sign:
        return None
    found = year_at(words, index + 2) if words.is_number(index + 2) else None
    if (
        found is None
        or not min(first, second) >= 1
        or max(first, second) > 31
        or min(first, second) > 12
    ):
        return None
    year, end, sure = found
    kind = Kind.NUMBERED if sure else Kind.SHORT
    if second > 12:
        return Point(end, kind, year, first, first, day=second, is_month_first=True)
    is_open = first <= 12 and first != second and sign != "."
    return Point(
        end, kind, year, second, second, day=first, swapped=(second, first) if is_open else None
    )


def _two_numbers(words: Words, index: int, sign: str) -> Point | None:
    month = words.number(index) or 0
    found = year_at(words, index + 1) if words.is_number(index + 1) else None
    if found is None or not 1 <= month <= 12:
        return None
    year, end, _ = found
    if len(words.texts[index + 1]) == 4:
        return (
            Point(end, Kind.NUMBERED, year, month, month)
            if FIRST_YEAR <= year <= LAST_YEAR
            else None
        )
    return Point(end, Kind.SHORT, year, month, month) if sign == "/" else None


def apostrophe(words: Words, index: int) -> Point | None:
    """'19."""
    number = words.texts[index]
    if len(number) != 2 or not words.gaps[index].endswith("'"):
        return None
    return Point(index + 1, Kind.YEAR, century(int(number)))
