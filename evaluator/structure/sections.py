"""Which kind of section a heading opens, and what its content counts as."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from enum import StrEnum
from functools import cache
from importlib.resources import files

from ..models.vocabulary import Context


class Section(StrEnum):
    HEADER = "header"
    """Everything before the first heading: name, contact, sometimes a headline."""
    SUMMARY = "summary"
    EMPLOYMENT = "employment"
    PROJECTS = "projects"
    EDUCATION = "education"
    COURSES = "courses"
    SKILLS = "skills"
    PUBLICATIONS = "publications"
    CERTIFICATIONS = "certifications"
    INTERESTS = "interests"
    ADVERT = "advert"
    """Text pasted from a job advert. Not about the candidate."""
    OTHER = "other"
    """Personal details, languages, references: a heading that is known to open nothing about the work."""
    UNNAMED = "unnamed"
    """What stands under a heading that nobody knows; its text says what it is."""


CONTEXT_OF: dict[Section, Context] = {
    Section.HEADER: Context.LISTED,
    Section.SUMMARY: Context.LISTED,
    Section.EMPLOYMENT: Context.WORK,
    Section.PROJECTS: Context.PROJECT,
    Section.EDUCATION: Context.COURSEWORK,
    Section.COURSES: Context.COURSEWORK,
    Section.SKILLS: Context.LISTED,
    Section.PUBLICATIONS: Context.PUBLICATION,
    Section.CERTIFICATIONS: Context.CREDENTIAL,
    Section.INTERESTS: Context.LISTED,
    Section.ADVERT: Context.LISTED,
    Section.OTHER: Context.LISTED,
    Section.UNNAMED: Context.PROJECT,
}

_JOINERS = re.compile(
    r"\s*(?:&|/|,|\||·|\+|\band\b|\bund\b|\by\b|\bet\b|\be\b|\bi\b|と|和|与|及)\s*"
)
_MAX_WORDS = 7
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")
"""Between letters that are set apart: S K I L L S."""


@cache
def _headings() -> dict[str, Section]:
    text = files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
    return {
        _folded(phrase): Section(kind)
        for kind, phrases in tomllib.loads(text).items()
        for phrase in phrases
    }


def heading_section(line: str) -> Section | None:
    """The section that ``line`` opens, or None when it is not a heading."""
    text = _folded(line)
    if not text or len(text.split()) > _MAX_WORDS:
        return None
    known = _headings()
    for tried in (text, _SPACED.sub("", text) if _SPACED.search(text) else text):
        if tried in known:
            return known[tried]
    parts = [part for part in _JOINERS.split(text) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return known[parts[0]]
    return None


def _folded(line: str) -> str:
    """A heading without case, accents, numbering and ornament."""
    text = unicodedata.normalize("NFKD", line).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c) or "\u0900" <= c <= "\u097f")
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\w&/,|·+\u0900-\u097f ]+|_", " ", text).strip(" ,|/&·+_")
    text = re.sub(r"^(?:\d{1,2}|[ivx]{1,4}|[a-h]|[一二三四五六七八九十])\s+", "", text)
    return " ".join(text.split())
