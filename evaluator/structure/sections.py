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
}

_JOINERS = re.compile(
    r"\s*(?:&|/|,|\||·|\+|\band\b|\bund\b|\by\b|\bet\b|\be\b|\bi\b|と|和|与|及)\s*"
)
_MAX_WORDS = 7


@cache
def _headings() -> dict[str, Section]:
    text = files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
    return {
        phrase: Section(kind) for kind, phrases in tomllib.loads(text).items() for phrase in phrases
    }


def heading_section(line: str) -> Section | None:
    """The section that ``line`` opens, or None when it is not a heading."""
    text = unicodedata.normalize("NFC", line).casefold()
    text = re.sub(r"[^\w&/,|·+ ]+", " ", text).strip(" ,|/&·+_")
    text = " ".join(re.sub(r"^\d+ ", "", text).split())
    if not text or len(text.split()) > _MAX_WORDS:
        return None
    known = _headings()
    if text in known:
        return known[text]
    parts = [part for part in _JOINERS.split(text) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return known[parts[0]]
    return None
