"""The quotes of a report as a notice shows them: whole sentences, one line of a list, and no words that name no task."""

from __future__ import annotations

import re

from ..models.document import RESUME, Location
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Context
from ..report import CandidateReport
from .notice_said import Said

_ENDS = re.compile(r"[.!?。！？।](?=[\s)\]”\"*]|$)|[。！？।]|\n[ \t]*(?:[•‣▪●◦*·–-][ \t]+|\n)")
_LINES_OF_A_LIST = re.compile(r"(?<=[.!?;])[ \t]*\n(?=[ \t]*(?:[•‣▪●◦*·–-]|[^\W\d_a-zß-ÿ]|\d))")
_BULLET = re.compile(r"[•‣▪●◦*·–-][ \t]+|[ \t\n]+")
_SPACES = " \t\u00a0\u202f"
_FILLED = 0.75
"""Share of the longest line from which on a line may be broken within a sentence."""
_LONGEST = 240
"""Characters of a sentence that is shown whole where its quote was cut."""
_MOST_WORDS_OF_A_NAME = 2
_PAIRS = (("(", ")"), ("[", "]"), ("（", "）"))


def as_shown(report: CandidateReport, text: str | None) -> CandidateReport:
    """The report with its quotes as a candidate can read them.

    Words of which nobody can see why they were cited are left out: they count as a mention at most,
    and their line is told among those in which nothing was found.

    Args:
        report: that the notice is of.
        text: of the document; None leaves cut quotes as they are.
    """
    said = Said(report)
    shown = []
    for item in report.evidence:
        if item.source != RESUME:
            shown.append(item)
        elif not _is_stray(item, said):
            one = _without_bracket(_one_line(item, said))
            shown.append(_whole(one, text) if text is not None else one)
    return report.model_copy(update={"evidence": tuple(shown)})


def _is_stray(item: Evidence, said: Said) -> bool:
    """Whether no word of what is only named says which task it is."""
    is_named = item.context is Context.LISTED and item.agency is Agency.EXPOSED
    if not is_named or said.doing(item) is not None or said.tells_change(item.quote):
        return False
    return not said.names_task(item)


def _one_line(item: Evidence, said: Said) -> Evidence:
    """Of two lines of a list, the one that the item is about."""
    start, fitting = 0, []
    for line in (*_LINES_OF_A_LIST.finditer(item.quote), None):
        end = line.start() if line else len(item.quote)
        part = _part(item, start, end)
        if part is not None and said.names_task(part):
            fitting.append(part)
        start = line.end() if line else end
    return fitting[0] if len(fitting) == 1 else item


def _without_bracket(item: Evidence) -> Evidence:
    """A name without the bracket that its list closes or opens with."""
    words = item.quote.strip(" ,;")
    for opening, closing in _PAIRS:
        if len(item.quote.split()) > _MOST_WORDS_OF_A_NAME:
            continue
        if closing in words:
            words = words if opening in words else words.rstrip(closing)
        elif opening in words and closing not in words:
            words = words.partition(opening)[0].strip()
    return _part(item, item.quote.index(words), item.quote.index(words) + len(words)) or item


def _part(item: Evidence, start: int, end: int) -> Evidence | None:
    words = item.quote[start:end].strip()
    if not words or item.location.start is None:
        return None
    start = item.quote.index(words, start)
    return _at(item, words, item.location.start + start, item.quote[:start].count("\n"))


def _at(item: Evidence, words: str, start: int, lines: int) -> Evidence:
    """The item with other words, so many lines further down."""
    line = None if item.location.line is None else item.location.line + lines
    place = Location(line=line, start=start, end=start + len(words))
    return item.model_copy(update={"quote": words, "location": place})


def _whole(item: Evidence, text: str) -> Evidence:
    """The item with its whole sentence where its quote is cut and the sentence is short."""
    start, end = item.location.start, item.location.end
    if start is None or end is None or text[start:end] != item.quote or not _is_cut(item, text):
        return item
    first, last = _lines_around(text, start, end)
    before = [found.end() for found in _ENDS.finditer(text, first, start)]
    first = max([first, *before])
    bullet = _BULLET.match(text, first, start)
    first = bullet.end() if bullet else first
    after = _ENDS.search(text, max(start, end - 1), last)
    words = text[first : after.end() if after else last].strip().rstrip(f"{_SPACES},;")
    last = first + len(text[first:last].rstrip()) if not after else after.end()
    if not first <= start or last < end or len(words) > _LONGEST or item.quote not in words:
        return item
    first = text.index(words, first)
    return _at(item, words, first, -text.count("\n", first, start))


def _lines_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines of a span, with those before and after that one sentence goes on over."""
    # A quote that goes on over a line shows that lines are broken within sentences here.
    is_broken = any(line.lstrip(_SPACES)[:1].islower() for line in text[start:end].split("\n")[1:])
    width = 0 if is_broken else _FILLED * max(map(len, text.split("\n")))
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    while first:
        before = text.rfind("\n", 0, first - 1) + 1
        if (
            first - before < width
            or not text[first : first + _LONGEST].lstrip(_SPACES)[:1].islower()
        ):
            break
        first = before
    while last >= 0:
        begins = text.rfind("\n", 0, last) + 1
        if (
            last - begins < width
            or not text[last + 1 : last + _LONGEST].lstrip(_SPACES)[:1].islower()
        ):
            break
        last = text.find("\n", last + 1)
    return first, last if last >= 0 else len(text)


def _is_cut(item: Evidence, text: str) -> bool:
    """Whether a quote begins or ends within a sentence or a bracket; a name in a list is no sentence."""
    quote = item.quote.strip()
    if item.context is Context.LISTED and len(quote.split()) <= _MOST_WORDS_OF_A_NAME:
        return False
    start, end = item.location.start or 0, item.location.end or 0
    is_open = any(quote.count(a) != quote.count(b) for a, b in _PAIRS)
    goes_on = text[end : end + _LONGEST].lstrip(_SPACES)[:1] in {",", ";", ":", ")"}
    went_on = text[max(0, start - _LONGEST) : start].rstrip(_SPACES)[-1:] in {",", ";", "("}
    return is_open or goes_on or went_on or quote[:1].islower()
