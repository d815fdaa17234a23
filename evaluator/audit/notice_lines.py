"""Where the lines of a resume stand on a notice: those of a quote, and those of which nothing is quoted."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.document import RESUME, FlagKind, Location
from ..report import CandidateReport
from .notice_looks import told_flags


def at_lines(location: Location, quote: str) -> str:
    """The number of the line of a quote, or of its first and last."""
    if location.line is None:
        return ""
    return _range(location.line, location.line + quote.strip().count("\n"))


def unquoted_lines(report: CandidateReport, text: str) -> list[str]:
    """Numbers of the lines of which nothing is quoted, those that follow each other as one range; none where all such are empty."""
    spans = list(_quoted(report))
    # The line at which reading ended is named, and not quoted.
    flagged = {f.location.line for f in told_flags(report) if f.kind is not FlagKind.NOT_READ}
    ranges: list[tuple[int, int]] = []
    is_open = is_anything = False
    start = 0
    for number, line in enumerate(text.rstrip().split("\n"), start=1):
        end = start + len(line)
        is_quoted = number in flagged or any(a < end and start < b for a, b in spans)
        if not is_quoted:
            first = ranges.pop()[0] if is_open else number
            ranges.append((first, number))
            is_anything = is_anything or bool(line.strip())
        is_open = not is_quoted
        start = end + 1
    return [_range(first, last) for first, last in ranges] if is_anything else []


def _quoted(report: CandidateReport) -> Iterator[tuple[int, int]]:
    """Spans of the resume that the notice quotes."""
    for item in report.evidence:
        if item.source == RESUME:
            yield from _span(item.location)
            yield from _span(item.result_location)
    for one in report.dropped.items:
        if one.source == RESUME and one.words and one.dimension:
            yield from _span(one.location)


def _span(place: Location | None) -> Iterator[tuple[int, int]]:
    if place and place.start is not None and place.end is not None:
        yield place.start, place.end


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
