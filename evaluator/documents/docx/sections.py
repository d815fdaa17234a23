"""Sections of Word: their paper, margins and columns, and which of their headers and footers a page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..office.package import Attributes, OfficePackage, refuse_second
from .measures import twips
from .styles import Properties, is_on

_REFERENCES = {"w:headerReference": "header", "w:footerReference": "footer"}
_PAPER = (12_240, 15_840)
_LEAST_COLUMN = 400
"""Twips; letters of a narrower column stand one below the other."""
_EDGE = 200
_LETTER = 0.4
"""Of its size, the width of a letter."""
_REST_OF_LINE = 0.5
_SURELY_FULL = 1.4
"""Of a page's height: text that is estimated to be so long takes another page."""
_LIKELY_FULL = 0.7
"""The same where the program that saved the document said that a page ends."""


@dataclass
class Section:
    """One section; what is read of its text tells how many pages it takes."""

    properties: Properties = field(default_factory=dict)
    columns: list[Attributes] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, pages and relationship id."""
    breaks: int = 0
    """Pages that surely begin within it."""
    hints: int = 0
    """Ends of pages that the program noted."""
    height: float = 0.0
    """Of its text at least, in points."""

    @property
    def width(self) -> int:
        return twips(self.properties.get("w:pgSz", {}), "w:w") or _PAPER[0]

    @property
    def length(self) -> int:
        return twips(self.properties.get("w:pgSz", {}), "w:h") or _PAPER[1]

    def margin(self, side: str) -> int:
        """A margin in twips; a negative one is as wide and lets text run into headers."""
        return abs(twips(self.properties.get("w:pgMar", {}), f"w:{side}"))

    def top_of(self, edge: str) -> int:
        """How far from the top of the paper its text begins, or that of its header or footer, in twips."""
        if edge == "footer":
            return self.length - self.margin("bottom")
        return self.margin("header" if edge else "top")

    def room_of(self, edge: str) -> float:
        """Height in points that the paper has for a header or footer, if nothing else stood there."""
        sides = (edge, "bottom" if edge == "header" else "top")
        return max(0.0, (self.length - sum(map(self.margin, sides))) / 20)

    @property
    def is_continuous(self) -> bool:
        return self.properties.get("w:type", {}).get("w:val") == "continuous"

    @property
    def has_title(self) -> bool:
        return is_on(self.properties.get("w:titlePg"))

    def column(self) -> int:
        """Width of its narrowest column in twips."""
        room = self.width - sum(map(self.margin, ("left", "right", "gutter")))
        told = [twips(column, "w:w") for column in self.columns]
        columns = self.properties.get("w:cols", {})
        if told and not is_on({"w:val": columns.get("w:equalWidth", "1")}):
            return min(told)
        count = max(1, twips(columns, "w:num"))
        return (room - (count - 1) * (twips(columns, "w:space") if count > 1 else 0)) // count

    def room_right(self) -> int:
        """How far from the left margin a line may begin at most, in twips."""
        return self.width - self.margin("left") - _LEAST_COLUMN

    def line(self) -> int:
        """Length of its lines in twips, columns apart."""
        return self.width - self.margin("left") - self.margin("right")

    def is_frame_off(self, frame: Attributes) -> bool:
        """Whether a paragraph's frame stands off the paper."""
        x, y, width = (twips(frame, name) for name in ("w:x", "w:y", "w:w"))
        x += 0 if frame.get("w:hAnchor", "page") == "page" else self.margin("left")
        y += self.margin("top") if frame.get("w:vAnchor") == "margin" else 0
        is_above = frame.get("w:vAnchor") == "page" and y < -_LEAST_COLUMN
        is_left = "w:x" in frame and width > 0 and x + width < _LEAST_COLUMN
        return (
            x > self.width - _LEAST_COLUMN or y > self.length - _LEAST_COLUMN or is_left or is_above
        )

    def take(self, letters: int, points: float) -> None:
        """Text of its flow."""
        room = max(1.0, (self.width - self.margin("left") - self.margin("right")) / 20)
        self.height += letters * points * _LETTER / room * points

    def end_line(self, points: float) -> None:
        """A paragraph of its flow ends; each takes a line, most of it already counted."""
        self.height += points * _REST_OF_LINE

    def pages(self) -> int:
        """How many pages surely begin within it, after its first."""
        room = max(1.0, (self.length - self.margin("top") - self.margin("bottom")) / 20)
        full = int(self.height / room / _SURELY_FULL)
        hinted = min(self.hints, int(self.height / room / _LIKELY_FULL))
        return max(self.breaks, full, hinted)

    def why_unseen(self, indents: tuple[int, int, int]) -> str | None:
        """Why a paragraph is perhaps off the page or squeezed.

        Args:
            indents: from the left, from the right and of the first line, in twips.
        """
        left, right, first = indents
        column = self.column()
        if column < _LEAST_COLUMN:
            return "a column of no width"
        if column - left - right < _LEAST_COLUMN:
            return "text without room between its indents"
        start = self.margin("left") + left
        begins = (start, start + first)
        if max(begins) > self.width - _LEAST_COLUMN or min(begins) < -_EDGE:
            return "text outside the page"
        return None


class _Reader:
    """Collects the sections of a part, in order."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._inside = False
        self._old = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag.endswith("Change"):
            self._old += 1
        elif self._old:
            return
        elif tag == "w:sectPr":
            self.sections.append(Section())
            self._inside = True
        elif self._inside and tag in _REFERENCES:
            named = (
                _REFERENCES[tag],
                attributes.get("w:type", "default"),
                attributes.get("r:id", ""),
            )
            references = self.sections[-1].references
            if any(named[:2] == one[:2] and named != one for one in references):
                refuse_second("a header or footer")
            references.append(named)
        elif self._inside and tag == "w:col":
            self.sections[-1].columns.append(attributes)
        elif self._inside:
            self.sections[-1].properties[tag] = attributes

    def end(self, tag: str) -> None:
        if tag.endswith("Change"):
            self._old -= 1
        elif tag == "w:sectPr" and not self._old:
            self._inside = False


def read_sections(package: OfficePackage, part: str) -> list[Section]:
    """The sections of a document in order; at least one."""
    reader = _Reader()
    package.parse(part, reader.start, reader.end, None)
    return reader.sections or [Section()]


def shown_edges(sections: Iterable[Section], *, has_even_pages: bool) -> dict[str, bool]:
    """Headers and footers by relationship id, and whether a page surely shows each."""
    found: dict[str, bool] = {}
    inherited: dict[tuple[str, str], str] = {}
    for number, section in enumerate(sections):
        inherited |= {(kind, pages): key for kind, pages, key in section.references}
        begins = number == 0 or not section.is_continuous
        more = section.pages()
        for (_, pages), key in inherited.items():
            if pages == "first":
                possible, sure = section.has_title, section.has_title and begins
            elif pages == "even":
                possible, sure = has_even_pages, has_even_pages and more >= 1
            elif section.has_title:
                possible, sure = True, more >= (2 if has_even_pages else 1)
            else:
                possible = True
                sure = (begins and (number == 0 or not has_even_pages)) or more >= 1
            if possible:
                found[key] = found.get(key, False) or sure
    return found
