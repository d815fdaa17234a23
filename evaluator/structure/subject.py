"""What the document is about: one person's career, two people's, or none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from ..models.document import Document, Flag, FlagKind, Location
from ..models.vocabulary import Severity
from .contact import EMAIL, Contact
from .dates import find_period
from .folding import fold
from .name_pieces import is_no_name, pieces_of
from .outline import Outline
from .sections import Section, heading_section

_ABOVE = 3
"""Lines above a mail address in which the name of its owner stands."""
_CAREER = frozenset({Section.EMPLOYMENT, Section.EDUCATION, Section.PROJECTS, Section.SKILLS})
_MARKS = 2
_STRONG = 3
_FIRST_LINES = 400
_SHORT_WORDS = 80


def subject_flags(document: Document, parts: Outline, person: Contact) -> tuple[Flag, ...]:
    """Where the document is not one named person's resume, that is said, and a person is asked."""
    flags = []
    other = _second_person(document, person)
    if other is not None:
        message = "A second name with its own e-mail address and sections follows the first; both were judged as one."
        flags.append(
            Flag(kind=FlagKind.PEOPLE, severity=Severity.HIGH, message=message, location=other)
        )
    kind = _other_kind(document, parts, person)
    if kind is not None:
        message = f"The document looks like {kind} and does not describe a career."
        flags.append(Flag(kind=FlagKind.NO_RESUME, severity=Severity.HIGH, message=message))
    if person.name is None:
        message = "No line is clearly the candidate's name, so the lines above the first section were kept from the reader."
        flags.append(Flag(kind=FlagKind.NAME, severity=Severity.MEDIUM, message=message))
    return tuple(flags)


def _second_person(document: Document, person: Contact) -> Location | None:
    """A name that is not the candidate's, a mail address near it, and then a section that was there before."""
    lines = [(line, document.text[line.start : line.end].strip()) for line in document.lines]
    lines = [(line, text) for line, text in lines if text]
    seen: set[Section] = set()
    found: Location | None = None
    mine = _words(" ".join([person.name or "", *person.others]))
    section: Section | None = None
    for index, (line, text) in enumerate(lines):
        opened = heading_section(text)
        if opened is not None:
            if found is not None and opened in seen & _CAREER:
                return found
            seen.add(opened)
            section = opened
            found = found if found is not None and opened in _CAREER else None
        elif (
            seen & _CAREER
            and section not in {Section.OTHER, Section.LANGUAGES, Section.PUBLICATIONS}
            and "@" in text
            and EMAIL.search(text)
        ):
            above = [told for _, told in lines[max(0, index - _ABOVE) : index + 1]]
            if _names_somebody_else(above, mine):
                found = Location(page=line.page, line=line.number, start=line.start, end=line.end)
    return found if found is not None and _repeats(lines, found, seen) else None


def _repeats(lines: list[tuple[Any, str]], found: Location, seen: set[Section]) -> bool:
    """Whether jobs of their own follow although no heading stands above them."""
    below = [text for line, text in lines if line.number > (found.line or 0)]
    return (
        bool(seen & _CAREER) and sum(find_period(text) is not None for text in below[:12]) >= _MARKS
    )


def _names_somebody_else(lines: list[str], mine: set[str]) -> bool:
    for text in lines:
        for piece in pieces_of(text[:200]):
            if (
                piece.first
                and len(piece.words) > 1
                and not is_no_name(piece.words)
                and not _words(piece.name) & mine
            ):
                return heading_section(piece.name) is None
    return False


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", fold(name)))


def _other_kind(document: Document, parts: Outline, person: Contact) -> str | None:
    """The kind of document that it is instead, in words; None where it shows a career."""
    jobs = sum(entry.section in {Section.EMPLOYMENT, Section.EDUCATION} for entry in parts.entries)
    sections = {p.section for p in parts.passages} & {Section.EMPLOYMENT, Section.EDUCATION}
    if jobs or len(sections) > 1:
        return None
    told = list(_marks_by_kind(document))
    if told:
        marks, kind = max(told)
        if marks >= (_STRONG if sections else _MARKS):
            return kind
    is_short = len(document.text.split()) < _SHORT_WORDS
    if is_short and person.name is None and not sections and not _is_dated(document):
        return "something other than a resume"
    return None


def _is_dated(document: Document) -> bool:
    return any(
        find_period(document.text[line.start : line.end]) is not None for line in document.lines
    )


def _marks_by_kind(document: Document) -> Iterator[tuple[float, str]]:
    """How many different phrases of each kind the document holds; headings count where they stand alone."""
    lines = [
        " ".join(fold(re.sub(r"[^\w'\s]+", " ", document.text[line.start : line.end])).split())
        for line in document.lines[:_FIRST_LINES]
    ]
    text = f" {' '.join(lines)} "
    alone = set(lines)
    for kind in _kinds().values():
        few = {fold(mark) for mark in kind.get("few", ())}
        marks = {fold(mark) for mark in kind["marks"]}
        found = {
            m
            for m in marks
            if (
                m in alone
                if " " not in m and kind["name"] == "a README of software"
                else f" {m} " in text
            )
        }
        if found:
            yield sum(0.5 if mark in few else 1.0 for mark in found), str(kind["name"])


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
