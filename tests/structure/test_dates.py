"""Date ranges as resumes write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.structure.dates import Month, find_period, total_months

RANGES = [
    ("Jan 2019 – Mar 2022", "2019-01", "2022-04"),
    ("2019-2022", "2019-01", "2022-01"),
    ("03/2019 – present", "2019-03", None),
    ("seit 2020", "2020-01", None),
    ("2019-03 – 2021-05", "2019-03", "2021-06"),
    ("2019年4月 – 2021年3月", "2019-04", "2021-04"),
    ("Juni 2018 bis heute", "2018-06", None),
    ("2020年3月至今", "2020-03", None),
    ("enero de 2019 – actualidad", "2019-01", None),
    ("Data Scientist, X (2021-03 – 2022)", "2021-03", "2022-01"),
    ("May 2020 to December 2020", "2020-05", "2021-01"),
    ("janvier 2015 – août 2016", "2015-01", "2016-09"),
    ("spring 2015 – summer 2016", "2015-01", "2016-01"),
    ("maj 2017 – obecnie", "2017-05", None),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES, ids=[r[0] for r in RANGES])
def test_ranges(text: str, first: str, last: str | None) -> None:
    found = find_period(text)
    assert found is not None
    assert str(found[0].first) == first
    assert (str(found[0].last) if found[0].last else None) == last


@pytest.mark.parametrize(
    "text", ["99.95 %", "from 12 to 14", "in 2019", "1200-1400 rows", "v2019.4-2", ""]
)
def test_what_is_no_range(text: str) -> None:
    assert find_period(text) is None


def test_a_period_without_sense_has_no_length() -> None:
    found = find_period("2022 – 2019")
    assert found is not None
    first, last = found[0].months(Month.of(2026))
    assert first == last


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60))))
def test_overlaps_count_once(periods: list[tuple[int, int]]) -> None:
    ranges = [(start, start + length) for start, length in periods]
    covered = {month for start, end in ranges for month in range(start, end)}
    assert total_months(ranges) == len(covered)
    assert total_months(ranges + ranges) == len(covered)


def test_months_read_and_print_alike() -> None:
    assert str(Month.parse("2026-11")) == "2026-11"
    for wrong in ("2026", "2024-99", "2024-00", "24-01", "2024-1"):
        with pytest.raises(ValueError, match="no month"):
            Month.parse(wrong)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Apr'20 – Till Date", "2020-04", None),
        ("2021-05 → jetzt", "2021-05", None),
        ("jan/2021 até o momento", "2021-01", None),
        ("2018-06 ......... 2021-01", "2018-06", "2021-02"),
        ("2019年6月~", "2019-06", None),
        ("01.04.2015 – 31.12.2018", "2015-04", "2019-01"),
        ("2015-03-01 - 2018-04-30", "2015-03", "2018-05"),
        ("03/19 - 05/24", "2019-03", "2024-06"),
        ("Since October 2016: Engineer", "2016-10", None),
    ],
)
def test_ranges_as_people_write_them(text: str, first: str, last: str | None) -> None:
    found = find_period(text)
    assert found is not None
    assert str(found[0].first) == first
    assert (str(found[0].last) if found[0].last else None) == last
