"""What lies on a PDF page beside its content: links, notes, and fields that viewers draw."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from ..draft import MAX_LINKS
from .words import Word

_MAX_TARGET = 8_192
_MAX_NOTE = 20_000
_SMALLEST_LINK = 1.0
"""Points; nobody meets a smaller one."""
_DRAWN = frozenset([pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_WIDGET])
_UNSHOWN = (
    pdfium_c.FPDF_ANNOT_FLAG_INVISIBLE
    | pdfium_c.FPDF_ANNOT_FLAG_HIDDEN
    | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
)
_SILENT = frozenset([pdfium_c.FPDF_ANNOT_LINK, *_DRAWN])
_ALIKE = frozenset(
    [
        pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_SQUARE, pdfium_c.FPDF_ANNOT_CIRCLE,
        pdfium_c.FPDF_ANNOT_HIGHLIGHT, pdfium_c.FPDF_ANNOT_UNDERLINE, pdfium_c.FPDF_ANNOT_SQUIGGLY,
        pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_INK, pdfium_c.FPDF_ANNOT_POPUP,
    ]
)  # fmt: skip
"""Those that PDFium, too, gives an appearance where they bring none, and those that nobody does."""
_WIDE = 3.0
"""Points of a link's border, from which it is more than a frame; PDFium draws none."""


@dataclass(slots=True)
class LinkArea:
    """A target and the box that leads to it, in coordinates of the page as written."""

    target: str
    left: float
    bottom: float
    right: float
    top: float

    def covers(self, word: Word) -> bool:
        middle = (word.x0 + word.x1) / 2
        return (
            self.left - 1 <= middle <= self.right + 1
            and self.bottom - 1 <= word.middle <= self.top + 1
        )


@dataclass(slots=True)
class Annotations:
    """All of one page."""

    links: list[LinkArea] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Texts that a viewer shows only on demand."""
    drawn: bool = False
    """Viewers draw texts of annotations on the page: filled forms, typed remarks."""
    undrawn: bool = False
    """Of some it depends on the viewer whether and how they are drawn."""
    over: bool = False
    """Something of them lies over or under what the page itself draws."""
    unshown: bool = False
    """Some are kept off the screen; they were taken from the page."""


def read_annotations(document: Any, page: Any) -> Annotations:
    """Links, notes and whether something is drawn over the page."""
    found = Annotations()
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page), MAX_LINKS)
    if count <= 0:
        return found
    _add_links(document, page, found)
    if len(found.links) < count:
        unshown = [index for index in range(count) if not _add_other(page, index, found)]
        for index in reversed(unshown):
            pdfium_c.FPDFPage_RemoveAnnot(page, index)
        found.unshown = bool(unshown)
    return found


def _add_links(document: Any, page: Any, found: Annotations) -> None:
    position, link, box = ctypes.c_int(0), pdfium_c.FPDF_LINK(), pdfium_c.FS_RECTF()
    while len(found.links) < MAX_LINKS and pdfium_c.FPDFLink_Enumerate(
        page, ctypes.byref(position), ctypes.byref(link)
    ):
        action = pdfium_c.FPDFLink_GetAction(link)
        if not action or pdfium_c.FPDFAction_GetType(action) != pdfium_c.PDFACTION_URI:
            continue
        size = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size < _MAX_TARGET:
            continue
        buffer = ctypes.create_string_buffer(size)
        pdfium_c.FPDFAction_GetURIPath(document, action, buffer, size)
        pdfium_c.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        if not _is_shown(page, link, box, found):
            continue
        target = buffer.value.decode("utf-8", "replace")
        found.links.append(LinkArea(target, box.left, box.bottom, box.right, box.top))


def _is_shown(page: Any, link: Any, box: Any, found: Annotations) -> bool:
    """Whether a reader of the page can meet a link: on the shown part of it, large enough, not kept off the screen."""
    annotation = pdfium_c.FPDFLink_GetAnnot(page, link)
    if annotation:
        try:
            if pdfium_c.FPDFAnnot_GetFlags(annotation) & _UNSHOWN:
                return False
            found.over |= bool(pdfium_c.FPDFAnnot_HasKey(annotation, b"AP"))
            found.undrawn |= _border(annotation) > _WIDE
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    shown = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page, ctypes.byref(shown)):
        return True
    width = min(right, shown.right) - max(left, shown.left)
    height = min(top, shown.top) - max(bottom, shown.bottom)
    return bool(width >= _SMALLEST_LINK and height >= _SMALLEST_LINK)


def _add_other(page: Any, index: int, found: Annotations) -> bool:
    """False for one that would be drawn and that viewers keep off the screen."""
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return True
    try:
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        # A layer may be switched off, which PDFium does not ask of annotations.
        hidden = bool(pdfium_c.FPDFAnnot_GetFlags(annotation) & _UNSHOWN) or bool(
            kind in _DRAWN and pdfium_c.FPDFAnnot_HasKey(annotation, b"OC")
        )
        if kind in _DRAWN and not hidden:
            found.drawn = True
        if not hidden:
            is_made = bool(pdfium_c.FPDFAnnot_HasKey(annotation, b"AP"))
            is_link = kind == pdfium_c.FPDF_ANNOT_LINK
            found.over |= is_made or not is_link
            found.undrawn |= _may_differ(kind, is_made=is_made) or (
                is_link and _border(annotation) > _WIDE
            )
        if (hidden or kind not in _SILENT) and (note := _contents(annotation)):
            found.notes.append(note)
        return not hidden or kind == pdfium_c.FPDF_ANNOT_LINK
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _may_differ(kind: int, *, is_made: bool) -> bool:
    """Whether viewers draw an annotation differently: pop-ups that bring an appearance, and others that do not."""
    if is_made:
        return kind in {pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_WIDGET}
    return kind not in _ALIKE


def _border(annotation: Any) -> float:
    """Points of the border that an annotation asks for."""
    across, up, width = (ctypes.c_float() for _ in range(3))
    to = [ctypes.byref(edge) for edge in (across, up, width)]
    return width.value if pdfium_c.FPDFAnnot_GetBorder(annotation, *to) else 0.0


def _contents(annotation: Any) -> str:
    size = pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if not 2 < size < _MAX_NOTE:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()
