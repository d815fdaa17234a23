"""Months, and periods from one month to another. The present is an argument; who starts a run resolves it once."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum

from ...models.base import Value


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


class Fault(StrEnum):
    """Why a period cannot be one of somebody's work."""

    BACKWARDS = "end before they start"
    FUTURE = "lie after the present"
    PAST = "lie too far back for a working life"


_SOON = 2
"""Months after the present in which a job may begin that is agreed already."""
_WORKING_LIFE = 12 * 70
_BETWEEN_POSTS = 12
"""Months between two posts of one job: dates may be years alone."""


class Period(Value):
    """From the start of one month to the start of another."""

    first: Month
    last: Month | None
    """None: it lasts."""

    def fault(self, present: Month) -> Fault | None:
        """Why nobody can have worked then; None where somebody can."""
        if self.last is not None and self.last.index < self.first.index:
            return Fault.BACKWARDS
        if self.first.index > present.index + _SOON:
            return Fault.FUTURE
        return Fault.PAST if self.first.index < present.index - _WORKING_LIFE else None

    def months(self, present: Month) -> tuple[int, int]:
        """Half-open month indices up to the present; empty when the dates make no sense."""
        first = min(self.first.index, present.index)
        if self.fault(present):
            return first, first
        end = present.index if self.last is None else self.last.index
        return first, max(first, min(end, present.index))

    def adjoins(self, other: Period) -> bool:
        """Whether one of the two begins where the other ends, or before that."""
        for one, two in ((self, other), (other, self)):
            if one.last is not None and two.first.index - one.last.index > _BETWEEN_POSTS:
                return False
        return True

    def ahead(self, present: Month) -> int:
        """Months by which it ends after the present; 0 where it lasts, has ended or ends soon."""
        ahead = 0 if self.last is None else self.last.index - 1 - present.index
        return ahead if ahead > _SOON else 0


def total_months(periods: list[tuple[int, int]]) -> int:
    """Months covered by half-open ranges, overlaps counted once."""
    covered, end = 0, -1
    for first, last in sorted(periods):
        covered += max(0, last - max(first, end))
        end = max(end, last)
    return covered
