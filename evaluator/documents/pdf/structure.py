"""What stands in a PDF beside its pages, and a second reading of a page, by pypdf.

PDFium draws and reads the pages, and tells properties and attached files in a hundredth of the time.
pypdf is asked for what PDFium does not give: values of forms that nothing draws yet, texts of notes kept
off the screen, whether a password is wanted. It shares no code with PDFium, so what both read was not made
for one of them.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ..paint import FAINT

DAMAGE = (
    PyPdfError, DependencyError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    OverflowError, RecursionError, NotImplementedError, ZeroDivisionError,
)  # fmt: skip
"""What pypdf raises on files that are not as they should be."""
_UNSHOWN = 0x01 | 0x02 | 0x20
"""Flags of an annotation: invisible, hidden, not on the screen."""
_FILLS = {"/FreeText": "/C", "/Polygon": "/IC"}
"""Annotations that not every viewer draws where they bring no appearance, and what names their colour."""
_MULTILINE, _PASSWORD = 1 << 12, 1 << 13
_MAX_FIELDS = 500
_MAX_PARENTS = 16
_SIZE = re.compile(r"(-?[\d.]{1,12})\s+Tf\b")
_FILL = re.compile(r"((?:-?[\d.]{1,12}\s+){1,4})(g|rg|k)\b")
_OPERATOR = re.compile(r"(?<![/\w])[A-Za-z*'\"]{1,3}(?=\s|$)")
_USUAL_OPERATORS = frozenset(["Tf", "g", "G", "rg", "RG", "k", "K"])
"""Of a default appearance: typeface and colour."""
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """The value of a field, or a typed remark, that the file leaves to the viewer to draw."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Points of the type; 0 where the viewer chooses."""
    light: float
    """Brightness of the type, 0 to 255."""
    ground: float | None
    """Brightness of a ground of its own."""
    wraps: bool
    """It may have several lines."""
    shown: bool
    """False where a viewer hides it, or its type cannot be read on paper."""
    sure: bool
    """Every viewer draws it; a typed remark is drawn by some."""


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

    def fields(self, number: int) -> list[FieldText]:
        """Texts of annotations of a page (1-based) that have no appearance of their own."""
        found = []
        for annotation in self._annotations(number):
            try:
                field = _field(annotation)
            except DAMAGE:
                continue
            if field is not None:
                found.append(field)
        return found

    def fills(self, number: int) -> list[tuple[float, float, float, float]]:
        """Boxes (left, bottom, right, top) that some viewers fill with a colour, and others leave as they are."""
        found = []
        for annotation in self._annotations(number):
            try:
                colour = _FILLS.get(annotation.get("/Subtype"), "")
                if "/AP" not in annotation and colour in annotation and annotation[colour]:
                    found.append(sorted_box([float(edge) for edge in annotation["/Rect"]]))
            except DAMAGE:
                continue
        return found

    def unshown_notes(self, number: int) -> list[str]:
        """Texts drawn by annotations that a viewer keeps off the screen."""
        found = []
        for annotation in self._annotations(number):
            try:
                if int(annotation.get("/F", 0)) & _UNSHOWN or "/OC" in annotation:
                    look = annotation["/AP"]["/N"].get_object()
                    found.append(str(self._reader.pages[number - 1].extract_xform_text(look)))
            except DAMAGE:
                continue
        return [text for text in found if text.strip()]

    def _annotations(self, number: int) -> Iterator[Any]:
        try:
            listed = self._reader.pages[number - 1].get("/Annots", [])
            yield from [entry.get_object() for entry in listed.get_object()[:_MAX_FIELDS]]
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


def _field(annotation: Any) -> FieldText | None:
    kind = annotation.get("/Subtype")
    if "/AP" in annotation or kind not in {"/Widget", "/FreeText"}:
        return None
    text = annotation.get("/Contents") if kind == "/FreeText" else _value(annotation)
    if not isinstance(text, str) or not text.strip():
        return None
    left, bottom, right, top = sorted_box([float(edge) for edge in annotation["/Rect"]])
    look = str(_inherited(annotation, "/DA") or "")
    sizes = _SIZE.findall(look)
    size = abs(float(sizes[-1])) if sizes else 0.0
    is_field = kind == "/Widget"
    light = _light_of_type(look)
    shown = (
        not int(annotation.get("/F", 0)) & _UNSHOWN
        and (size == 0.0 or size >= 3.0)
        and (is_field or 255 - light >= FAINT)
        and set(_OPERATOR.findall(look)) <= _USUAL_OPERATORS
        and right > left
        and top > bottom
    )
    return FieldText(
        text=text, left=left, bottom=bottom, right=right, top=top, size=size, light=light,
        ground=_light_of_ground(annotation), wraps=not is_field or bool(_flags(annotation) & _MULTILINE),
        shown=shown, sure=is_field,
    )  # fmt: skip


def sorted_box(edges: list[float]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of any two corners."""
    x0, y0, x1, y1 = edges
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _value(annotation: Any) -> str | None:
    if _inherited(annotation, "/FT") not in {"/Tx", "/Ch"} or _flags(annotation) & _PASSWORD:
        return None
    value = _inherited(annotation, "/V")
    if isinstance(value, list):
        value = "\n".join(str(entry) for entry in value)
    return value if isinstance(value, str) else None


def _inherited(annotation: Any, key: str) -> Any:
    for _ in range(_MAX_PARENTS):
        if key in annotation:
            value = annotation[key]
            return value.get_object() if hasattr(value, "get_object") else value
        if "/Parent" not in annotation:
            return None
        annotation = annotation["/Parent"].get_object()
    return None


def _flags(annotation: Any) -> int:
    return int(_inherited(annotation, "/Ff") or 0)


def _light_of_type(look: str) -> float:
    """Brightness of the type of a default appearance."""
    fills = _FILL.findall(look)
    return _light([float(part) for part in fills[-1][0].split()]) if fills else 0.0


def _light_of_ground(annotation: Any) -> float | None:
    """Brightness of a field's own ground; None where it has none."""
    colour = annotation.get("/MK", {}).get("/BG", [])
    return _light([float(part) for part in colour]) if colour else None


def _light(parts: list[float]) -> float:
    """Brightness, 0 to 255, of a colour in grey, RGB or CMYK."""
    parts = [min(max(part, 0.0), 1.0) for part in parts]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    weights = (0.299, 0.587, 0.114) if len(parts) == 3 else (1.0,)
    return 255 * sum(part * weight for part, weight in zip(parts, weights, strict=False))
