"""Date ranges as resumes write them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.structure.dates import (
    Fault,
    Month,
    Period,
    date_spans,
    find_period,
    find_periods,
    total_months,
)

HERE = Path(__file__).parent
PRESENT = Month.of(2026, 6)


def lines_of(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


SPELLINGS = [tuple(line.split("\t")) for line in lines_of("spellings_of_dates.tsv")]


def is_meant(month: Month | None, said: str, *, ends: bool) -> bool:
    """Whether a month is what was said: "now", a month, or any month of a year."""
    if month is None or said == "now":
        return month is None and said == "now"
    if len(said) == 4:
        return 0 <= month.index - Month.of(int(said)).index <= 12
    return month.index == Month.parse(said).index + ends


def is_found(text: str, first: str, last: str) -> bool:
    found = find_period(text)
    return (
        found is not None
        and is_meant(found[0].first, first, ends=False)
        and is_meant(found[0].last, last, ends=True)
    )


def test_spellings_of_the_world() -> None:
    assert len(SPELLINGS) > 250
    assert [spelling for spelling in SPELLINGS if not is_found(*spelling)] == []


def test_numbers_that_are_no_dates() -> None:
    texts = lines_of("no_dates.txt")
    assert len(texts) > 50
    assert [text for text in texts if find_period(text) is not None] == []


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
    ("spring 2015 – summer 2016", "2015-03", "2016-09"),
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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("01/04/2019 – 30/06/2021", "2019-04", "2021-07"),
        ("04/01/2019 – 06/30/2021", "2019-04", "2021-07"),
        ("01/04/2019 – 01/06/2021", "2019-04", "2021-07"),
        ("04/01/2019 – present", "2019-04", None),
    ],
)
def test_day_and_month_stand_in_the_order_that_fits(
    text: str, first: str, last: str | None
) -> None:
    found = find_period(text)
    assert found is not None
    assert str(found[0].first) == first
    assert (str(found[0].last) if found[0].last else None) == last


@pytest.mark.parametrize(
    "text",
    [
        "Jan 2019 –\nMar 2022",
        "Engineer\tJan 2019\tMar 2022",
        "01/2019\n03/2022",
        "01/2019\t03/2022",
    ],
)
def test_dates_stand_over_two_lines_or_in_two_cells(text: str) -> None:
    ((period, _),) = find_periods(text)
    assert (str(period.first), str(period.last)) == ("2019-01", "2022-04")


def test_dates_within_one_year_cost_no_job_its_months() -> None:
    for text in ("2019 – 2019", "Apr 2019 – 2019", "Fall 2019 – Winter 2019"):
        found = find_period(text)
        assert found is not None
        first, last = found[0].months(PRESENT)
        assert 1 <= last - first <= 11


@pytest.mark.parametrize(
    ("first", "last", "fault", "months"),
    [
        (Month.of(2019), Month.of(2018), Fault.BACKWARDS, 0),
        (Month.of(2031), Month.of(2035), Fault.FUTURE, 0),
        (Month.of(2031), None, Fault.FUTURE, 0),
        (Month.of(1919), Month.of(2021), Fault.PAST, 0),
        (Month.of(2025, 6), Month.of(2035), None, 12),
        (Month.of(2026, 8), Month.of(2027), None, 0),
    ],
)
def test_impossible_dates_have_a_fault_and_no_length(
    first: Month, last: Month | None, fault: Fault | None, months: int
) -> None:
    period = Period(first=first, last=last)
    assert period.fault(PRESENT) is fault
    start, end = period.months(PRESENT)
    assert end - start == months


def test_several_periods_and_single_dates_are_found_where_they_stand() -> None:
    text = "Lead (Apr '21 – heute), Engineer (٢٠١٩–٢٠٢١), award in May 2020, ISO 9001"
    assert [text[a:b] for _, (a, b) in find_periods(text)] == ["Apr '21 – heute", "٢٠١٩–٢٠٢١"]
    assert [text[a:b] for a, b in date_spans(text)][2:] == ["May 2020"]
    assert date_spans("Class of 2015") == ()
    assert date_spans("Class of 2015", bare=True) == ((9, 13),)


@given(st.text(alphabet="2019 /-–'年月Apr.,to\t\nq~٢", max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = date_spans(text, bare=True)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= behind[0] for before, behind in pairwise(spans))
    for _, (start, end) in find_periods(text):
        assert any(first <= start and end <= last for first, last in spans)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "unit",
    [
        "2019 ",
        "'19 - ",
        "Apr ",
        "1/",
        "seit dem ",
        "2019 -" + " " * 500,
        "2019\n\n\n.",
        "二〇一九年",
    ],
)
def test_time_grows_as_the_text_does(unit: str) -> None:
    def seconds(length: int, texts: int) -> float:
        """Of so many texts together: the clock may tick only a hundred times a second."""
        text = unit * (length // len(unit) + 1)
        start = process_time()
        for number in range(texts):
            find_periods(f"{text}{number}")
        return process_time() - start

    # The same letters in one text as in sixteen; with the square of the length it would take sixteen times as long.
    assert seconds(8000, 1) < 5 * seconds(500, 16) + 0.05
