"""The part of a notice that tells what was flagged: what it means, which words it is about, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..models.document import Flag, FlagKind
from ..models.vocabulary import Severity
from ..report import CandidateReport
from .notice_page import Group, Passage
from .notice_words import Words

_NOT_TOLD = frozenset(
    {FlagKind.REJECTED_EVIDENCE, FlagKind.IDENTITY, FlagKind.PORTFOLIO, FlagKind.DRAWN}
)
"""What stands elsewhere in a notice, and what is nothing to be checked."""
_ALIKE = {FlagKind.OCR: FlagKind.GARBLED}
_QUOTED = re.compile(r"“(.+)”", re.S)
_IN_CODE = re.compile(r"A text in (?P<where>\S+)(?: \((?P<file>.+)\))? (?:speaks|is aimed)")
"""How the flag of a repository's text begins; that of the resume has a line."""


def told_flags(report: CandidateReport) -> Iterator[Flag]:
    """The flags that a notice tells of."""
    for flag in report.flags:
        if flag.severity is not Severity.INFO and flag.kind not in _NOT_TOLD:
            yield flag


def looks(report: CandidateReport, words: Words, text: str | None) -> Iterator[Group]:
    """What a candidate should know of each kind that was flagged, with the words it is about and their place."""
    told: dict[str, dict[Passage, None]] = {}
    places: dict[str, dict[str, None]] = {}
    lines = text.split("\n") if text is not None else []
    for flag in told_flags(report):
        sentence = _look(flag, words)
        # Where reading ended is said in the sentence.
        line = None if flag.kind is FlagKind.NOT_READ else flag.location.line
        quotes = _quotes_of(flag) or ([] if line is None else lines[line - 1 : line])
        at = words.at_line.format(line=line) if line else ""
        passages = told.setdefault(sentence, {})
        passages |= {Passage(quote=q, notes=(at,) if at else ()): None for q in quotes}
        if at and not quotes:
            places.setdefault(sentence, {})[at] = None
    for sentence, passages in told.items():
        where = words.semicolon.join(places.get(sentence, {}))
        yield Group(text=f"{sentence} ({where})" if where else sentence, passages=tuple(passages))


def _quotes_of(flag: Flag) -> list[str]:
    """The words that a flag shows; they may hold quotation marks of their own."""
    found = _QUOTED.search(flag.message)
    return found[1].split("”, “") if found else []


def _look(flag: Flag, words: Words) -> str:
    line = flag.location.line
    if flag.kind is FlagKind.INSTRUCTION and line is None:
        found = _IN_CODE.match(flag.message)
        if found:
            source = ", ".join(filter(None, found.groups()))
            return words.instruction_in_code.format(source=source)
    if flag.kind is FlagKind.NOT_READ and line is not None:
        return words.too_long.format(line=line)
    return words.flags[_ALIKE.get(flag.kind, flag.kind)]
