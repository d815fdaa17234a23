"""Periods in a text: two dates with something between them, or one with an open end (“since 2019”)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from .dates_with_words import second_year
from .one_date import Kind, Point
from .one_date_parser import find_point
from .period import Month, Period
from .surroundings import begins_freely, ends_freely, is_alone, is_no_year
from .tokens import Words
from .vocabulary import vocabulary

Span = tuple[int, int]
"""Start and end in a text."""

_HAS_YEAR = re.compile(r"\d|[年月]")
_DASH = r"(?:[-–—―‒−‑‐~〜∼→➔⟶➜▸►»›>⇒⟹➝➡⁓\ufffd\x96\x97\uf0e0\uf0e8\uf02d]|=>|->)"
_CONNECTS = re.compile(rf"[)\].,;:*]{{0,3}}(?:{_DASH}{{1,4}}|\.{{2,80}})[*(\[,]{{0,2}}[~']?")
_OPENS = re.compile(
    rf"[)\].,]{{0,2}}\s*{_DASH}{{1,3}}[^\S\t\n]*(?:\.{{2,3}}|\?)?[^\S\t\n]*(?:[)\]|\t·•]|$)"
)
"""A dash with nothing behind it, where the cell or the text ends."""
_OPENS_LINE = re.compile(r"[)\].,]{0,2}(?:\s*[–—~→]|\s+-{1,3})[^\S\n]*\n")
"""The same where a line ends; a hyphen at a word may be one of a broken word."""
_SPACE = re.compile(r"[\s)\].,;:(|*]{0,6}")
_LABELS = re.compile(r"[\s,;|)·/-]{1,5}")
_CELLS = re.compile(r"\s*(?:\t|\n|\|)\s*|\s{2,}")
_WIDEST_GAP = 100
_WIDEST_SHORT = 59
"""Years between two of which the second has two digits."""


def find_period(text: str) -> tuple[Period, Span] | None:
    """The first period in ``text`` and where it stands."""
    found = find_periods(text)
    return found[0] if found else None


@lru_cache(maxsize=4096)
def find_periods(text: str) -> tuple[tuple[Period, Span], ...]:
    """All periods in ``text`` in order, and where each stands."""
    if not _HAS_YEAR.search(text):
        return ()
    words = Words.of(text)
    found = []
    index = 0
    while index < len(words.texts):
        read = _period_at(words, index)
        if read is None:
            index += 1
            continue
        period, end = read
        found.append((period, (words.starts[index], words.ends[end - 1])))
        index = end
    return tuple(found)


@lru_cache(maxsize=1024)
def date_spans(text: str, *, bare: bool = False) -> tuple[Span, ...]:
    """Where periods and single dates stand, in order and apart.

    Args:
        text: of any length.
        bare: whether four digits that may be a year are one.
    """
    if not _HAS_YEAR.search(text):
        return ()
    words = Words.of(text)
    found = [span for _, span in find_periods(text)]
    index = 0
    while index < len(words.texts):
        point = find_point(words, index)
        if point is None or not _is_date(words, index, point, bare=bare):
            index += 1
            continue
        found.append((words.starts[index], words.ends[point.end - 1]))
        index = point.end
    return _merged(found)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order; those that overlap become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _is_date(words: Words, index: int, point: Point, *, bare: bool) -> bool:
    if point.kind is Kind.YEAR and bare:
        return True
    sure = point.kind >= Kind.NUMBERED or (point.kind is Kind.YEAR and len(words.texts[index]) == 2)
    return (
        sure
        and begins_freely(words, index, point.kind)
        and ends_freely(words, point.end, point.kind)
    )


def _period_at(words: Words, index: int) -> tuple[Period, int] | None:
    """The period that begins at ``index``, and the index behind it."""
    known = vocabulary()
    if not words.may_open(index, known.opens_period):
        return None
    lead = {
        kind: phrases.behind(words, index)
        for kind, phrases in (
            ("since", known.since),
            ("from", known.from_),
            ("between", known.between),
        )
    }
    behind = max(lead.values())
    if behind > index and words.gaps[index].endswith("&"):
        # The second letter of *R&D* is no *d'*.
        return None
    if behind > index and (behind >= len(words.texts) or not _SPACE.fullmatch(words.gaps[behind])):
        return None
    at = _behind_fillers(words, behind)
    start = find_point(words, at)
    if start is None or not begins_freely(words, at if behind == index else index, start.kind):
        return None
    for first in (_school_year(words, start), start):
        if first and (read := _two_points(words, at, first, is_between=lead["between"] > index)):
            return read
    if start.kind is Kind.MONTH:
        return None
    return _open_ended(words, at, start, is_since=lead["since"] > index, has_lead=at > index)


def _school_year(words: Words, point: Point) -> Point | None:
    """2015/16 as the first of two dates."""
    if point.kind is not Kind.YEAR:
        return None
    end = second_year(words, point.end, point.year)
    return replace(point, end=end, kind=Kind.NAMED) if end else None


def _behind_fillers(words: Words, index: int) -> int:
    """Behind words such as *the*, *ca.* or a day of the week."""
    for _ in range(3):
        behind = vocabulary().fillers.behind(words, index)
        if (
            behind == index
            or behind >= len(words.texts)
            or not _SPACE.fullmatch(words.gaps[behind].replace("~", ""))
        ):
            break
        if find_point(words, index):
            break
        index = behind
    return index


def _two_points(
    words: Words, at: int, start: Point, *, is_between: bool
) -> tuple[Period, int] | None:
    for behind in _connections(words, start, is_between=is_between):
        second = _behind_fillers(words, behind)
        in_cell = behind == start.end and _CELLS.fullmatch(words.gaps[behind]) is not None
        end = find_point(words, second) if in_cell else _end_point(words, start, second)
        if end and end.year and (read := _joined(words, at, start, end)):
            return read
        now = vocabulary().present.at(words, behind)
        if now is None or start.kind is Kind.MONTH:
            continue
        if _is_apart(words, now[1], behind) and (not in_cell or is_alone(words, at, now[1])):
            return Period(first=_first(_first_of_month(start)), last=None), now[1]
    return None


def _is_apart(words: Words, end: int, index: int) -> bool:
    """A single character that means *now* is no part of a longer word."""
    single = end == index + 1 and words.is_syllabic(index)
    return (
        not single or end >= len(words.texts) or words.gaps[end] != "" or not words.is_syllabic(end)
    )


def _connections(words: Words, start: Point, *, is_between: bool) -> list[int]:
    """Indices at which the second date may begin."""
    behind = start.end
    if not words.gaps[behind].strip():
        behind = vocabulary().begun.behind(words, behind)
    gap = words.gaps[behind]
    if behind >= len(words.texts) or len(gap) > _WIDEST_GAP:
        return []
    sign = "".join(gap.split())
    found = _behind_dash_or_word(words, behind, sign, is_between=is_between)
    if not found and _LABELS.fullmatch(gap):
        label = vocabulary().ends.behind(words, behind)
        found = [label] if label > behind else []
    in_cells = _CELLS.fullmatch(gap) and start.kind is not Kind.MONTH
    if not found and (in_cells or sign in {"/", "_"}):
        found = [behind]
    return [index for index in found if index < len(words.texts)]


def _behind_dash_or_word(words: Words, index: int, sign: str, *, is_between: bool) -> list[int]:
    known = vocabulary()
    to = known.to.behind(words, index)
    if _CONNECTS.fullmatch(sign):
        return [to, index] if to > index else [index]
    if not _SPACE.fullmatch(words.gaps[index]):
        return []
    if is_between:
        to = max(to, known.and_.behind(words, index))
    return [to] if to > index else []


def _end_point(words: Words, start: Point, index: int) -> Point | None:
    end = find_point(words, index)
    if end is not None and end.kind is not Kind.MONTH:
        over = _school_year(words, end) if start.kind is Kind.NAMED else None
        return replace(over, year=end.year + 1) if over else end
    if end is not None and (
        start.is_year_first or end.first == start.first or start.kind is Kind.NAMED
    ):
        return (
            replace(end, year=start.year, kind=Kind.NAMED)
            if start.year and _fits(start, end)
            else None
        )
    digits = words.number(index) if len(words.texts[index]) == 2 else None
    if start.kind is not Kind.YEAR or digits is None:
        return None
    year = start.year - start.year % 100 + digits
    year += 100 * (year < start.year)
    is_tight = not any(c.isspace() for c in words.gaps[index]) and words.gaps[index] not in {
        ".",
        ":",
    }
    if year - start.year > _WIDEST_SHORT or not (
        is_tight or is_alone(words, index, index + 1, left=False)
    ):
        return None
    return Point(index + 1, Kind.YEAR, year)


def _fits(start: Point, end: Point) -> bool:
    return (end.first or 0) >= (start.first or 1)


def _joined(words: Words, at: int, start: Point, end: Point) -> tuple[Period, int] | None:
    """The period from one date to another, where what stands around and between lets them be dates."""
    start = _with_year_of(start, end)
    if not start.year or not ends_freely(words, end.end, end.kind):
        return None
    start, end = _in_order(start, end)
    if not _may_join(words, at, start, end):
        return None
    behind = vocabulary().until_here.behind(words, end.end)
    return Period(first=_first(start), last=_last(start, end)), behind


def _may_join(words: Words, at: int, start: Point, end: Point) -> bool:
    backwards = end.year < start.year or (
        end.year == start.year and (end.last or 12) < (start.first or 1)
    )
    if Kind.SHORT in {start.kind, end.kind} and backwards:
        return False
    if start.kind is Kind.YEAR and end.kind is Kind.YEAR and is_no_year(words, at, end.end):
        return False
    gap = words.gaps[start.end]
    sign = "".join(gap.split())
    if sign in {"/", "_"}:
        if start.kind is Kind.YEAR and not is_alone(words, at, end.end):
            return False
        return start.kind is end.kind or start.year == end.year
    if _CELLS.fullmatch(gap) and not sign.strip("|"):
        return not backwards and start.kind is not Kind.SHORT and is_alone(words, at, end.end)
    return True


def _with_year_of(start: Point, end: Point) -> Point:
    """A month, or a month and a number, whose year stands behind the second date."""
    if start.kind is Kind.MONTH:
        early = (start.first or 0) > (end.first or 12)
        return replace(start, year=end.year - early, kind=end.kind)
    if (
        start.kind is Kind.SHORT
        and end.day
        and end.kind is Kind.NAMED
        and not start.day
        and start.first
    ):
        return replace(start, year=end.year, kind=Kind.NAMED)
    return start


def _in_order(start: Point, end: Point) -> tuple[Point, Point]:
    """Day and month in the order that both dates allow, and that dates of jobs prefer."""
    if not (start.swapped or end.swapped):
        return start, end
    swapped = (_swap(start), _swap(end))
    if start.is_month_first or end.is_month_first:
        return swapped
    if any(p.swapped is None and (p.day or 0) > 12 for p in (start, end)):
        return start, end
    return swapped if _plausibility(*swapped) > _plausibility(start, end) else (start, end)


def _swap(point: Point) -> Point:
    if point.swapped is None:
        return point
    month, day = point.swapped[1], point.swapped[0]
    return replace(point, first=month, last=month, day=day)


def _first_of_month(start: Point) -> Point:
    """A date with day and month in the order that makes it the first of a month, on which jobs begin."""
    return _swap(start) if start.swapped and start.swapped[0] == 1 else start


def _plausibility(start: Point, end: Point) -> int:
    """How plausible two days are: jobs begin on the first of a month, and end on the first or the last."""
    return 2 * (start.day == 1) + (end.day == 1 or (end.day or 0) >= 28)


def _open_ended(
    words: Words, at: int, start: Point, *, is_since: bool, has_lead: bool
) -> tuple[Period, int] | None:
    """A date with an open end: since 2019, 2019 onwards, 2019 –; or a season that stands alone."""
    known = vocabulary()
    opened = Period(first=_first(_first_of_month(start)), last=None)
    gap = words.gaps[start.end]
    onwards = known.onwards.behind(words, start.end)
    if (
        onwards > start.end
        and _SPACE.fullmatch(gap.replace("-", ""))
        and _is_apart(words, onwards, start.end)
    ):
        return opened, onwards
    is_open = _is_open(words, start.end)
    if not is_open and not ends_freely(words, start.end, start.kind):
        return None
    if is_since or (is_open and not is_no_year(words, at, start.end)):
        return opened, start.end
    if (
        start.is_season
        and not has_lead
        and start.kind is Kind.NAMED
        and is_alone(words, at, start.end)
    ):
        return Period(
            first=_first(start), last=_month(start.year, (start.last or 12) + 1)
        ), start.end
    return None


def _is_open(words: Words, index: int) -> bool:
    """Whether a dash with nothing behind it stands before ``index``."""
    gap = words.gaps[index]
    if index < len(words.texts):
        gap = f"{gap}{words.texts[index]}"
    return bool(_OPENS.match(gap) or _OPENS_LINE.match(gap))


def _month(year: int, month: int) -> Month:
    return Month(index=Month.of(year).index + month - 1)


def _first(point: Point) -> Month:
    return _month(point.year, point.first or 1)


def _last(start: Point, end: Point) -> Month:
    """The month after the last. A bare year ends as it begins, so "2019 – 2021" is two years."""
    if end.last is not None:
        last = _month(end.year, end.last + 1)
        behind = end.is_part and last.index <= _first(start).index and end.year == start.year
        return _month(end.year + 1, 1) if behind else last
    if end.year == start.year:
        # Of one year nothing says how much of it; the middle errs least.
        first = _first(start).index
        return Month(index=(first + Month.of(end.year + 1).index + 1) // 2)
    return Month.of(end.year)
