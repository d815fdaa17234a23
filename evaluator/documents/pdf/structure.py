"""What stands in a PDF beside its pages, and a second reading of a page, by pypdf.

PDFium draws and reads the pages, and tells properties and attached files in a hundredth of the time.
pypdf is asked for what PDFium does not give: values of forms that nothing draws yet, texts of notes kept
off the screen, whether a password is wanted. It shares no code with PDFium, so what both read was not made
for one of them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from .field_texts import UNSHOWN, FieldText, Form, sorted_box
from .remarks import Edges, may_cover

DAMAGE = (
    PyPdfError, DependencyError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    OverflowError, RecursionError, NotImplementedError, ZeroDivisionError,
)  # fmt: skip
"""What pypdf raises on files that are not as they should be."""
_MAX_FIELDS = 500
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Structure:
    """One file; what cannot be understood is empty."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _reader(self) -> Any:
        try:
            reader = PdfReader(BytesIO(self._data))
            if reader.is_encrypted and not reader.decrypt(""):
                return None
        except DAMAGE:
            return None
        return reader

    @property
    def is_locked(self) -> bool:
        """The file is encrypted and opens with a password only."""
        try:
            reader = PdfReader(BytesIO(self._data))
            return bool(reader.is_encrypted and not reader.decrypt(""))
        except DAMAGE:
            return False

    @cached_property
    def _form(self) -> Form:
        try:
            entry = self._reader.root_object["/AcroForm"].get_object()
            return Form(entry, self._text_of)
        except DAMAGE:
            return Form({}, self._text_of)

    def _text_of(self, look: Any) -> str:
        return str(self._reader.pages[0].extract_xform_text(look))

    def fields(self, number: int) -> list[FieldText]:
        """Texts of annotations of a page (1-based) that viewers draw by themselves."""
        found = []
        for entry, annotation in self._annotations(number):
            try:
                field = self._form.text_of(annotation, entry)
            except DAMAGE:
                continue
            if field is not None:
                found.append(field)
        return found

    def fills(self, number: int) -> list[Edges]:
        """Boxes (left, bottom, right, top) in which viewers show different things."""
        found = []
        for _, annotation in self._annotations(number):
            try:
                box = may_cover(annotation)
                if box is None and self._form.differs(annotation):
                    box = sorted_box([float(edge) for edge in annotation["/Rect"]])
            except DAMAGE:
                continue
            if box is not None:
                found.append(box)
        return found

    def unshown_notes(self, number: int) -> list[str]:
        """Texts drawn by annotations that a viewer keeps off the screen."""
        found = []
        for _, annotation in self._annotations(number):
            try:
                if int(annotation.get("/F", 0)) & UNSHOWN or "/OC" in annotation:
                    look = annotation["/AP"]["/N"].get_object()
                    found.append(str(self._reader.pages[number - 1].extract_xform_text(look)))
            except DAMAGE:
                continue
        return [text for text in found if text.strip()]

    def _annotations(self, number: int) -> Iterator[tuple[Any, Any]]:
        """Those of a page, each after what names it there."""
        try:
            listed = self._reader.pages[number - 1].get("/Annots", [])
            entries = list(listed.get_object())[:_MAX_FIELDS]
            yield from [(entry, entry.get_object()) for entry in entries]
        except DAMAGE:
            return

    def page_text(self, number: int) -> str | None:
        """A page's text by pypdf; None where it cannot read it."""
        try:
            return str(self._reader.pages[number - 1].extract_text())
        except DAMAGE:
            return None


def differ(one: str, other: str, *, by_words: bool) -> bool:
    """Whether two readings of a page disagree on more than a tenth of their letters or words."""
    parts = [
        Counter(text.split() if by_words else [c for c in text.casefold() if c.isalnum()])
        for text in (one, other)
    ]
    total = max(sum(part.values()) for part in parts)
    common = sum((parts[0] & parts[1]).values())
    return total > 20 and common < 0.9 * total
