"""Where the lines of a resume stand on a notice: those of a quote, and those of which nothing is quoted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from ..models.base import Value
from ..models.document import RESUME, FlagKind, Location
from ..report import CandidateReport
from ..structure.sections import Section
from .notice_looks import told_flags

_WORK = frozenset(
    {Section.EMPLOYMENT, Section.PROJECTS, Section.ACHIEVEMENTS, Section.VOLUNTEERING}
)
"""Sections that tell of work, of which no passage is said to be a mere list."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BULLET = re.compile(r"^\s*[•‣▪●◦*·–-]\s+")
_ENDS = (".", "!", "?", ";")
_COMMAS = (",", "，")
_OPEN = (*_COMMAS, ":", "：")
"""How half a sentence ends, or a heading."""
_BESIDE_WORK = re.compile(
    r"^(?:privat\w*|privé|freizeit|interess?\w*|intérêts?|aficiones|intereses|zainteresowania|personal\w*)\s?:|\b(?:visas?|work permit|citizen\w*|driving licen[cs]e|hobb\w+|führerschein|arbeitserlaubnis|staatsangehörigkeit|permis de conduire|loisirs|carnet de conducir|licencia de conducir|permiso de trabajo|pasatiempos|carteira de motorista|cnh|prawo jazdy)\b|ビザ|趣味|運転免許|签证|驾照|爱好|वीज़ा|शौक",
    re.I,
)
"""Words of personal matters, where no heading sets them apart from jobs."""
_HEAD = "title"
_NARROWEST, _WIDEST = 50, 100
"""Characters of a line of a text that is broken into lines of one width."""
_MOST_LINES = 0.9
"""Share of the lines that are no wider; a table may stick out."""
_FILLED = 0.75
"""Share of that width from which on a line is broken within a sentence."""
_FEWEST_WORDS = 5
_FEWEST_LETTERS = 14
"""Of a line that may be a sentence; the second where no spaces stand between words."""


def is_work(report: CandidateReport, start: int) -> bool:
    """Whether what begins there stands where the resume tells of work."""
    return any(s.kind in _WORK and s.start <= start < s.end for s in report.sections)


def is_work_or_head(report: CandidateReport, start: int) -> bool:
    """The same, or in the head of a job: a line with a year may be taken for one."""
    heads = (s for s in report.sections if s.kind == _HEAD)
    return is_work(report, start) or any(s.start <= start < s.end for s in heads)


def at_lines(location: Location, quote: str) -> str:
    """The number of the line of a quote, or of its first and last."""
    if location.line is None:
        return ""
    return _range(location.line, location.line + quote.strip().count("\n"))


def unquoted_lines(report: CandidateReport, text: str, shown: Collection[int] = ()) -> list[str]:
    """Numbers of the lines of which nothing is quoted, those that follow each other as one range; none where all such are empty.

    Args:
        report: that the notice is of.
        text: of the document.
        shown: numbers of lines that the notice shows in another place.
    """
    ranges: list[tuple[int, int]] = []
    is_anything = False
    for number, _, line in _unquoted(report, text):
        if number in shown:
            continue
        is_open = bool(ranges) and ranges[-1][1] == number - 1
        first = ranges.pop()[0] if is_open else number
        ranges.append((first, number))
        is_anything = is_anything or bool(line.strip())
    return [_range(first, last) for first, last in ranges] if is_anything else []


class PassedOver(Value):
    """Words of a job or a project of which nothing is quoted."""

    first: int
    last: int
    words: str

    @property
    def place(self) -> str:
        """The number of their line, or of the first and last."""
        return _range(self.first, self.last)


def passed_over(report: CandidateReport, text: str) -> list[PassedOver]:
    """What tells of a job or a project and is not quoted; lines that go on with the one before are one with it.

    What is short, in capitals, names a year, ends with a colon or stands above the head of an entry belongs to a head;
    so does half a sentence whose other half does. What lies beside jobs, such as a hobby or a visa, is none.
    """
    heads = [s for s in report.sections if s.kind == _HEAD]
    wrapped, headings = _wrapped(text), _headings(text)
    found: list[PassedOver] = []
    for number, start, line in _unquoted(report, text):
        after = start + len(line) + 1
        is_head = any(s.start <= after < s.end for s in heads)
        if not is_work(report, start) or is_head or _YEAR.search(line):
            continue
        words = _BULLET.sub("", line, count=1).strip()
        is_next = bool(found) and found[-1].last == number - 1
        if is_next and (number in wrapped or _goes_on(found[-1].words, line)):
            before = found.pop()
            found.append(PassedOver(first=before.first, last=number, words=f"{before.words} {words}"))  # fmt: skip
        elif _is_sentence(line) and number not in wrapped | headings and not _is_rest(line):
            found.append(PassedOver(first=number, last=number, words=words))
    return [
        one
        for one in found
        if one.last + 1 not in wrapped
        and not one.words.endswith(_OPEN)
        and not _BESIDE_WORK.search(one.words)
    ]


def _wrapped(text: str) -> set[int]:
    """Numbers of the lines that go on with the one before, where a page is broken into lines of one width."""
    lines = text.split("\n")
    widths = sorted(len(line) for line in lines if line.strip())
    width = widths[int(_MOST_LINES * len(widths))] if widths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return set()
    return {
        number
        for number, (before, line) in enumerate(pairwise(lines), start=2)
        if len(before) >= _FILLED * width
        and not before.rstrip().endswith(_ENDS)
        and line.strip()
        and not _BULLET.match(line)
        and not before.isupper()
        and not _YEAR.search(before)
    }


def _headings(text: str) -> set[int]:
    """Numbers of the lines that are no sentence and stand alone, or above the points of a list."""
    lines = ["", *text.split("\n"), ""]
    return {
        number
        for number, (before, line, after) in enumerate(
            zip(lines, lines[1:], lines[2:], strict=False), start=1
        )
        if not _BULLET.match(line) and not line.rstrip().endswith(_ENDS) and not _is_low(line)
        if _BULLET.match(after) or not (before.strip() or after.strip())
    }


def _is_low(line: str) -> bool:
    return line.strip()[:1].islower()


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of the sentence of the one before."""
    is_open = before.endswith(_COMMAS) or (not before.endswith(_ENDS) and _is_low(line))
    return bool(line.strip()) and is_open


def _is_rest(line: str) -> bool:
    """Whether a line is the end of a sentence that is quoted, or belongs to a head, as far as it goes."""
    return _is_low(line) and line.rstrip().endswith(_ENDS)


def _is_sentence(line: str) -> bool:
    words = line.split()
    is_dense = not line.isascii() and max(map(len, words), default=0) >= _FEWEST_LETTERS
    return (len(words) >= _FEWEST_WORDS or is_dense) and not line.isupper()


def _unquoted(report: CandidateReport, text: str) -> Iterator[tuple[int, int, str]]:
    """Number, start and words of the lines of which nothing is quoted."""
    spans = list(_quoted(report))
    # The line at which reading ended is named, and not quoted.
    flagged = {f.location.line for f in told_flags(report) if f.kind is not FlagKind.NOT_READ}
    start = 0
    for number, line in enumerate(text.rstrip().split("\n"), start=1):
        end = start + len(line)
        if number not in flagged and not any(a < end and start < b for a, b in spans):
            yield number, start, line
        start = end + 1


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
