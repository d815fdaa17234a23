"""Kept results of fields: a file keeps what a program shows only until it computes it anew.

A person is sure to see a kept result where its kind is never computed, where it says no more than its kind can
(a number, a date), or where the document says the same elsewhere. All others are unverified.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..draft import Draft, Hidden, hide
from ..markup import squashed
from .layers import Layer, Spot
from .overflow import Doubt

_MARK = "\x03"
"""Stands in no text of XML; of rich text it is taken out."""
_TOKEN = re.compile(f"{_MARK}(\\d+){_MARK}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\W*(?:[^\W\d_]|[ivxlcdm]{1,8})?\W*", re.I)
"""A number of any kind; digits are told apart before."""
_LONG_EDGE = 12
"""Words; a header of later pages says the name and their number."""
_DIGITS = re.compile(r"\d+")
_PART_OF_DAY = 2
_MOST_BESIDE = 2
"""Words of a date beside its month: a weekday with its case."""
_FILE = re.compile(r"[^\n]{1,120}\.(?:docx?|docm|dotx?|odt|ott|rtf|pdf)", re.I)
AS_IT_STANDS = frozenset(["HYPERLINK", "FORMTEXT"])
"""Kinds whose result every program shows as it is kept."""
_DATES = frozenset("DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME".split())
_FILES = frozenset(["FILENAME", "TEMPLATE"])
_QUOTED = re.compile(r"\s*\w+\s+\"([^\"]*)\"\s*(?:\\\*\s*\w+\s*)*$")


_SHOWS = {
    "TITLE": frozenset(["title", "*"]),
    "SUBJECT": frozenset(["subject", "*"]),
    "AUTHOR": frozenset(["creator", "*"]),
    "KEYWORDS": frozenset(["keywords", "keyword", "*"]),
    "COMMENTS": frozenset(["description", "*"]),
    "DESCRIPTION": frozenset(["description"]),
    "LASTSAVEDBY": frozenset(["lastModifiedBy"]),
    "CREATOR": frozenset(["creator"]),
    "INITIAL CREATOR": frozenset(["initial-creator"]),
    "AUTHOR NAME": frozenset(["creator", "initial-creator"]),
}
"""Properties that fields show, by kind."""
_SHOWS_ANY = frozenset(
    ["DOCPROPERTY", "INFO", "USER DEFINED", "USER FIELD GET", "VARIABLE GET", "VARIABLE SET"]
)
"""Kinds whose code names the property or value."""


class Said(NamedTuple):
    """What a document says beside its text, which fields may show."""

    name: str
    """Of the property; ``*`` where it is not known which one."""
    text: str
    """Squashed."""


@dataclass
class Kept:
    """The result of one field; its code may be told piece by piece."""

    kind: str = ""
    """As Word names it, in capitals."""
    code: str = ""
    text: str = ""
    named: str = ""
    """What it is, where it is no field."""

    def why_unverified(self, elsewhere: str, said: Iterable[Said]) -> str | None:
        """Why nobody can tell that a page shows it; empty where it tells nothing.

        Args:
            elsewhere: what the document shows beside such results, squashed.
            said: properties and values that the document declares.
        """
        if self.kind in AS_IT_STANDS or self._is_number():
            return None
        found = squashed(self.text)
        if found in elsewhere or self._is_said(found, said) or found == squashed(self._quoted()):
            return None
        beside = _beside_date(self.text) if self.kind in _DATES else None
        if beside is not None and len(beside) <= _MOST_BESIDE:
            return "" if beside else None
        if self.kind in _FILES and _FILE.fullmatch(self.text.strip()):
            return ""
        if self.kind == "BOUND":
            return (
                None if found == self.code else Doubt("a content control that shows another value")
            )
        return Doubt(self.named or f"the kept result of a field, {self.kind or 'of no kind'}")

    def _is_said(self, found: str, said: Iterable[Said]) -> bool:
        """Whether the property that a field of this kind shows says the same."""
        names = _SHOWS.get(self.kind, frozenset())
        return any(
            one.text == found and (self.kind in _SHOWS_ANY or one.name in names) for one in said
        )

    def is_computed(self) -> bool:
        """Whether every program computes it anew when it draws the page: a date, a number."""
        return self.kind in _DATES or self._is_number()

    def _is_number(self) -> bool:
        return _NUMBER.fullmatch(_DIGITS.sub("", self.text)) is not None

    def _quoted(self) -> str:
        """What a quotation quotes, as its code tells."""
        quoted = _QUOTED.match(self.code) if self.kind == "QUOTE" else None
        return quoted.group(1) if quoted else ""


def _beside_date(text: str) -> list[str] | None:
    """Words beside the dates of a text, such as a weekday; None where it holds no date."""
    # Dates are needed by few documents and take a while to import.
    from ...structure.dates.period_parser import date_spans

    spans = date_spans(text, bare=True)
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    words = [word for word in _WORD.findall("".join(rest)) if len(word) > _PART_OF_DAY]
    return words if spans or not words else None


@dataclass
class Piece:
    """A piece of text of which only the whole document tells whether it is shown."""

    text: str
    kept: Kept | None = None
    spot: Spot | None = None


@dataclass
class Pending:
    """Such pieces of one part; marks stand in their place."""

    pieces: list[Piece] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    """What is drawn over and under the part's text."""
    gone: set[int] = field(default_factory=set)
    """Numbers of pieces that are not counted."""

    def mark(self, text: str, kept: Kept | None, spot: Spot | None = None) -> str:
        """The mark of one piece."""
        if kept is not None:
            kept.text += text
        self.pieces.append(Piece(text, kept, spot))
        return f"{_MARK}{len(self.pieces) - 1}{_MARK}"

    def without(self, text: str) -> str:
        """Text without the kept results of fields, as far as it counts."""

        def piece(found: re.Match[str]) -> str:
            number = int(found.group(1))
            one = self.pieces[number]
            return " " if one.kept is not None or number in self.gone else one.text

        return _TOKEN.sub(piece, text)

    def plain(self, text: str) -> str:
        """Text with the pieces that count."""

        def piece(found: re.Match[str]) -> str:
            number = int(found.group(1))
            return "" if number in self.gone else self.pieces[number].text

        return _TOKEN.sub(piece, text)

    def on_all_pages(self) -> None:
        """The part is a header or footer, which stands on every page."""
        for piece in self.pieces:
            if piece.spot is not None:
                piece.spot.area.page = None

    def uncover(self, draft: Draft, around: list[Layer]) -> None:
        """Tell which pieces are covered or melt into what lies under them.

        Args:
            draft: where they are told.
            around: layers of every page, beside those of this part.
        """
        layers = [*around, *self.layers]
        for number, piece in enumerate(self.pieces):
            why = piece.spot.why_unseen(layers) if piece.spot is not None else None
            if why:
                self.gone.add(number)
                hide(draft.hidden, why, piece.text)

    def settle(self, elsewhere: str, said: Sequence[Said], draft: Draft) -> None:
        """Tell which kept results of fields do not count.

        Args:
            elsewhere: what the document shows beside them, squashed.
            said: properties and values that fields would be filled from.
            draft: where they are told.
        """
        reasons: dict[int, str | None] = {}
        for number, piece in enumerate(self.pieces):
            kept = piece.kept
            if kept is None or number in self.gone:
                continue
            if id(kept) not in reasons:
                reasons[id(kept)] = kept.why_unverified(elsewhere, said)
            why = reasons[id(kept)]
            if why is None:
                if kept.is_computed():
                    draft.undrawn.append(piece.text)
                continue
            self.gone.add(number)
            if why:
                hide(draft.hidden, why, piece.text)
            else:
                draft.asides.append(Hidden("the kept result of a field", piece.text))


def leave_out(draft: Draft, why: str, text: str, shown: str) -> None:
    """Tell what stands in a header or footer that is not counted; what the pages show anyway is no matter.

    Args:
        draft: where it is told.
        why: it is not counted.
        text: of the header or footer.
        shown: what the document shows.
    """
    if isinstance(why, Doubt):
        words = set(shown.split())
        if sum(word not in words for word in text.split()) < _LONG_EDGE:
            draft.asides.append(Hidden(why, text))
            return
    hide(draft.hidden, why, text)
