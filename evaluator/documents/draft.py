"""What a converter returns, and the protocol each format follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from ..models.document import Box, DocumentFormat

MAX_CHARACTERS = 2_000_000
"""Text of one document; more is refused, a resume is a hundred times shorter."""
MAX_LINKS = 2_000
ITEM = "\x02"
"""Stands for the bullet that the page draws and the file's text has not."""


@dataclass(slots=True)
class DraftLine:
    """A visible line before its characters are cleaned and counted."""

    text: str
    page: int = 1
    box: Box | None = None
    item: bool = False
    """It begins an item of a list."""

    @classmethod
    def marked(cls, text: str) -> DraftLine:
        """A line of a format without pages, with :data:`ITEM` where a list's item begins."""
        return cls(text.replace(ITEM, ""), item=text.lstrip().startswith(ITEM))


@dataclass(slots=True)
class DraftLink:
    """A target that the file's own structure names."""

    target: str
    label: str
    page: int = 1


@dataclass(slots=True)
class Hidden:
    """Text that the file holds and the page does not show."""

    how: str
    """In words: ``white or covered``, ``smaller than 2.5 points``, ``CSS display:none``."""
    text: str
    page: int | None = None


def hide(hidden: list[Hidden], how: str, text: str) -> None:
    """Add hidden text; pieces that follow each other and hide in the same way are one."""
    if hidden and hidden[-1].how == how and hidden[-1].page is None:
        hidden[-1].text += text
    else:
        hidden.append(Hidden(how, text))


@dataclass(slots=True)
class Draft:
    """A converted file: what is seen, what is hidden, what could not be read and why."""

    lines: list[DraftLine] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    unverified: list[Hidden] = field(default_factory=list)
    """Text of which it cannot be told whether the page shows it."""
    can_be_drawn: bool = False
    """Whether a picture of the page would tell it: a program that draws it knows no more of typefaces and other pages."""
    unusual: str = ""
    """What a document has that ordinary ones have not: where a program draws it, only what its picture shows counts."""
    is_odd: bool = False
    """Whether ordinary documents never have it: without a picture a person is asked to look."""
    undrawn: list[str] = field(default_factory=list)
    """Texts that no picture is expected to show as they are: of documents within the document, dates, numbers of pages."""
    is_unchecked: bool = False
    """A picture of it was wanted, and shows nothing that can be read."""
    unchecked: list[str] = field(default_factory=list)
    """Sentences about what may change how the document looks and was not read."""
    drawn_by: str | None = None
    """The program whose picture of the document was read."""
    asides: list[Hidden] = field(default_factory=list)
    """Text that ordinary files hold beside the page (properties, descriptions of pictures).

    It is told only when it is long or addresses a reader.
    """
    unread: list[str] = field(default_factory=list)
    """Sentences for the report, such as ``Pages 51 to 60 were not read.``"""
    doubts: list[str] = field(default_factory=list)
    """Sentences about letters that may be misread."""
    properties: list[str] = field(default_factory=list)
    """Title and author by the file's properties."""
    pages: int = 1
    wrapped: bool = False
    ocr: float | None = None
    """Mean confidence in percent when the text was read from pictures."""


class InstalledConverter(Protocol):
    """A form that the package itself does not read, or reads less well.

    Installed under the entry points ``evaluator.converters``, as a class or function without arguments that gives one.
    """

    def accepts(self, data: bytes) -> bool:
        """Whether these bytes are of its form. Names decide nothing, so that two names never give two readings."""
        ...

    def convert(self, data: bytes) -> Draft:
        """Convert a file of this form.

        Raises:
            DocumentError: with one of the closed reasons.
        """
        ...


class Converter(Protocol):
    """One format.

    A converter gets whole bytes and returns a draft. It touches no file, network or clock.
    """

    format: DocumentFormat

    def convert(self, data: bytes) -> Draft:
        """Convert a file of this format.

        Raises:
            DocumentError: with one of the closed reasons.
        """
        ...
