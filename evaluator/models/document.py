"""A resume as a human sees it: visible lines with their place, links, and what was left out."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from .base import Value
from .vocabulary import Severity

RESUME = "resume"
"""The name of the resume among the sources of evidence; repositories have their full name."""


class Location(Value):
    """Where something stands. Offsets count characters of the source's text."""

    page: int | None = None
    """1-based; None where the format has no pages."""
    line: int | None = None
    """1-based number of the visible line."""
    start: int | None = None
    end: int | None = None
    """Exclusive."""


class FlagKind(StrEnum):
    HIDDEN_TEXT = "hidden_text"
    INVISIBLE_CHARACTERS = "invisible_characters"
    HOMOGLYPHS = "look_alike_letters"
    INSTRUCTION = "instruction_to_reader"
    NOT_READ = "not_read"
    GARBLED = "garbled_text"
    OCR = "read_by_ocr"
    DRAWN = "read_as_drawn"
    LOOKS_UNCHECKED = "looks_not_checked"
    IMPOSSIBLE_DATE = "impossible_date"
    ACCOUNT = "github_account"
    IDENTITY = "identity_conflict"
    PORTFOLIO = "portfolio"
    REJECTED_EVIDENCE = "rejected_evidence"
    UNSUPPORTED = "unsupported_reading"
    NAME = "name_not_found"
    PEOPLE = "more_than_one_person"
    NO_RESUME = "not_a_resume"
    WITHHELD = "withheld_from_reader"
    ADVERT = "words_of_the_advert"


class Flag(Value):
    """Something a person should know. A flag never lowers a score."""

    kind: FlagKind
    severity: Severity
    message: str
    location: Location = Location()


class Box(Value):
    """Points of 1/72 inch, from the top left corner of the displayed page."""

    x0: float
    y0: float
    x1: float
    y1: float


class Line(Value):
    """One visible line; ``document.text[line.start:line.end]`` is its text."""

    number: int
    page: int
    start: int
    end: int
    box: Box | None = None
    item: bool = False
    """It begins an item of a list, although its text may show no bullet."""


class LinkOrigin(StrEnum):
    ANNOTATION = "annotation"
    """The target is in the file's link, whatever the label shows."""
    VISIBLE = "visible"
    """The address itself stands in the text."""


class Link(Value):
    """A target outside the document. It is data and is never fetched."""

    target: str
    label: str
    origin: LinkOrigin
    page: int


class DocumentFormat(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    JSON_RESUME = "json-resume"
    PICTURE = "picture"
    """A scan or a photograph: PNG, JPEG or TIFF."""
    EXTENSION = "extension"
    """A form that an installed extension reads."""


class Document(Value):
    """The visible text of one resume.

    ``text`` is the lines joined by newlines; every offset in this package that concerns the resume
    counts characters of it.
    """

    sha256: str
    """Of the file's bytes, 64 hex digits."""
    name: str
    """The file's name without its folder. Shown to the user, never sent to a model."""
    format: DocumentFormat
    text: str
    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    pages: int
    ocr: bool = False
    language: str | None = None
    """ISO 639-1, or None when the text is too short to tell."""
    wrapped: bool = False
    """Lines are as the page broke them (PDF, plain text), so sentences may run over several."""
    flags: tuple[Flag, ...] = ()
    properties: tuple[str, ...] = ()
    """Title and author by the file's own properties, which nobody sees: a hint whose it is, and no more."""

    @cached_property
    def id(self) -> str:
        """The first 16 hex digits of the content's digest."""
        return self.sha256[:16]

    def line_at(self, offset: int) -> Line:
        """The line that holds the character at ``offset``."""
        low, high = 0, len(self.lines) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.lines[middle].start <= offset:
                low = middle
            else:
                high = middle - 1
        return self.lines[low]
