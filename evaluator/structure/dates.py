"""Date ranges as resumes write them, to months. The present is an argument; who starts a run resolves it once."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from ..models.base import Value

_MONTHS: tuple[str, ...] = (
    r"jan\w*|enero|ene|en(?=\.)|janv\w*|styc\w*|gennaio|一月",
    r"feb\w*|févr?\w*|fev\w*|lut\w*",
    r"mar(?:ch|s|zo|zec|ço)?\b|märz|mär|mrz|marz\w*",
    r"apr\w*|abr\w*|avr\w*|kwie\w*",
    r"may|mai|mayo|maio|maj|maggio",
    r"jun\w*|juin|czerw\w*|giugno",
    r"jul\w*|juil\w*|lip\w*|luglio",
    r"aug\w*|ago\w*|août|sierp\w*",
    r"sep\w*|set\w*|wrze\w*",
    r"oct\w*|okt\w*|out\w*|paź\w*|ottobre",
    r"nov\w*|listop\w*",
    r"dec\w*|dez\w*|dic\w*|déc\w*|gru\w*",
)
_MONTH = "|".join(f"(?P<m{{0}}{i}>{names})" for i, names in enumerate(_MONTHS, start=1))
_SEASONS = r"(?:spring|summer|fall|autumn|winter|q[1-4]|h[12])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_POINT = (
    r"(?:(?:"
    + _DAY
    + r"(?:st|nd|rd|th|\.)?\s+)?(?:"
    + _MONTH
    + r")\.?,?\s*[/’'-]?\s*(?:de\s+|del\s+)?"
    r"(?:(?P<ya{0}>(?:19|20)\d\d)|(?<=[/’'-])(?P<za{0}>\d\d)(?!\d))"
    r"|(?:" + _DAY + r"[./-])??(?P<na{0}>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<yb{0}>(?:19|20)\d\d)"
    r"|(?P<nc{0}>0[1-9]|1[0-2])/(?P<zb{0}>\d\d)(?![\d/])"
    r"|(?P<yc{0}>(?:19|20)\d\d)\s*[-/.年]\s*(?P<nb{0}>0[1-9]|1[0-2]|[1-9](?!\d))(?:[-/.](?:0[1-9]|[12]\d|3[01])(?!\d))?\s*月?(?!\d)"
    r"|" + _SEASONS + r"?\s*(?P<yd{0}>(?:19|20)\d\d)年?)"
)
_PRESENT = (
    r"(?P<now>present|now|current(?:ly)?|today|ongoing|(?:till |to )?date|heute|jetzt|aktuell|laufend|(?:la )?actualidad|actual|(?:o )?presente|hoy|"
    r"aujourd.hui|présent|(?:à )?ce jour|actuel\w*|en cours|(?:o )?momento(?: atual)?|atual(?:idade|mente)?|hoje|oggi|obecnie|teraz|dziś|dzisiaj|nadal|heden|nu|至今|现在|現在|目前|今|वर्तमान|अब तक|ab tak|abhi tak)"
)
_DASH = r"\s*(?:-{1,2}|–|—|−|~|〜|～|→|➔|⟶|=>|->|\.{3,}|…|to|until|till|through|bis|hasta(?: la)?|al?|à|au|até|do|tot|至|到|から|से)\s*"
_RANGE = re.compile(
    r"(?<![\w/])"
    + _POINT.format("s")
    + _DASH
    + r"(?:"
    + _POINT.format("e")
    + "|"
    + _PRESENT
    + r")(?!\w)",
    re.I,
)
_SINCE = re.compile(
    r"(?:(?<!\w)(?:since|seit|desde|depuis|od|dal|sinds)\s+|自)" + _POINT.format("s") + r"(?!\w)",
    re.I,
)
_OPEN = re.compile(
    r"(?<![\w/])" + _POINT.format("s") + r"\s*(?:-|–|—|~|〜|～|→)\s*(?=$|[)）|])", re.I
)
"""A start and a dash, and nothing after it."""


class Month(Value):
    """A month as a whole number, so that ranges are differences."""

    index: int
    """12 × year + month − 1."""

    @classmethod
    def of(cls, year: int, month: int = 1) -> Month:
        return cls(index=12 * year + month - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """From ``YYYY-MM``.

        Raises:
            ValueError: it is no month.
        """
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        if found is None:
            message = f"{text!r} is no month such as 2026-11"
            raise ValueError(message)
        return cls.of(int(found[1]), int(found[2]))

    @classmethod
    def now(cls) -> Month:
        """The month of the clock, in UTC."""
        today = datetime.now(UTC)
        return cls.of(today.year, today.month)

    def __str__(self) -> str:
        return f"{self.index // 12:04d}-{self.index % 12 + 1:02d}"


class Period(Value):
    """From the start of one month to the start of another."""

    first: Month
    last: Month | None
    """None: it lasts."""

    def months(self, present: Month) -> tuple[int, int]:
        """Half-open month indices; empty when the dates make no sense."""
        end = present.index if self.last is None else self.last.index
        return self.first.index, max(self.first.index, end)


def find_period(text: str) -> tuple[Period, tuple[int, int]] | None:
    """The first date range in ``text`` and its span."""
    match = _RANGE.search(text)
    if match:
        last = None if match.group("now") else _point(match, "e", at_end=True)
        return Period(first=_point(match, "s"), last=last), match.span()
    match = _SINCE.search(text) or _OPEN.search(text)
    if match:
        return Period(first=_point(match, "s"), last=None), match.span()
    return None


def _point(match: re.Match[str], side: str, *, at_end: bool = False) -> Month:
    group = match.groupdict()
    full = next((group[y + side] for y in ("ya", "yb", "yc", "yd") if group[y + side]), None)
    short = group["za" + side] or group["zb" + side]
    year = int(full) if full else _century(int(short or 0))
    named = [i for i in range(1, 13) if group[f"m{side}{i}"]]
    number = group["na" + side] or group["nb" + side] or group["nc" + side]
    if named:
        month = named[0]
    elif number:
        month = int(number)
    else:
        # A bare year: from its start as a beginning and as an end, so "2019 – 2021" is two years.
        return Month.of(year)
    return Month(index=Month.of(year, month).index + int(at_end))


def _century(year: int) -> int:
    """A year of two digits: of this century up to 2059, else of the last."""
    return (1900 if year >= 60 else 2000) + year


def total_months(periods: list[tuple[int, int]]) -> int:
    """Months covered by half-open ranges, overlaps counted once."""
    covered, end = 0, -1
    for first, last in sorted(periods):
        covered += max(0, last - max(first, end))
        end = max(end, last)
    return covered
