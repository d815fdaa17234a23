"""PDF through PDFium: visible words in reading order, link annotations, hidden text.

PDFium may abort on a hostile file and must not run in threads, so this converter belongs in a worker
process (``sandbox``). A file that PDFium cannot open is repaired by qpdf once and tried again.
"""

from __future__ import annotations

import ctypes
import math
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..errors import DocumentError, Unreadable
from ..models.document import Box, DocumentFormat
from .draft import MAX_LINKS, Draft, DraftLine, DraftLink, Hidden
from .pdf_order import PageLine, join_hyphenated, line_text, lines_in_order
from .pdf_visibility import MAX_OBJECTS, Crop, mark_hidden, picture_share
from .pdf_words import Word, join_vertical, read_words, turn

MAX_PAGES = 50
MAX_PAGE_CHARACTERS = 200_000
_HOW = {
    "invisible": "text the page does not show",
    "faint": "text too faint to read",
    "tiny": "text too small to read",
    "outside the page": "text outside the page",
}


class PdfConverter:
    """Portable Document Format."""

    format = DocumentFormat.PDF

    def convert(self, data: bytes) -> Draft:
        document = _open(data)
        try:
            return _convert(document)
        finally:
            document.close()


def _open(data: bytes) -> Any:
    try:
        return _open_pages(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            message = "The PDF is encrypted with a password."
            raise DocumentError(
                Unreadable.ENCRYPTED, message, mend="Save it without a password."
            ) from error
        return _open_repaired(data)


def _open_pages(data: bytes) -> Any:
    document = pdfium.PdfDocument(data)
    if len(document) == 0:
        document.close()
        message = "no pages"
        raise pdfium.PdfiumError(message)
    return document


def _open_repaired(data: bytes) -> Any:
    import pikepdf

    repaired = BytesIO()
    try:
        with pikepdf.open(BytesIO(data)) as broken:
            broken.save(repaired)
        return _open_pages(repaired.getvalue())
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError) as error:
        message = "The PDF is damaged and cannot be repaired."
        raise DocumentError(Unreadable.DAMAGED, message, mend="Export it again.") from error


def _convert(document: Any) -> Draft:
    count = len(document)
    draft = Draft(pages=count, wrapped=True)
    if count > MAX_PAGES:
        draft.unread.append(f"Pages {MAX_PAGES + 1} to {count} were not read.")
    pictures = 0
    for index in range(min(count, MAX_PAGES)):
        page = document[index]
        text_page = pdfium_c.FPDFText_LoadPage(page.raw)
        try:
            pictures += _convert_page(document, page, text_page, index + 1, draft)
        finally:
            pdfium_c.FPDFText_ClosePage(text_page)
            page.close()
    if not any(line.text.strip() for line in draft.lines):
        _refuse_empty(pictures, bool(draft.hidden))
    return draft


def _refuse_empty(pictures: int, hidden: bool) -> None:
    if hidden:
        message = "The PDF shows no text; all the text it holds is hidden."
        raise DocumentError(Unreadable.NO_TEXT, message, mend="Export it again from the source.")
    if pictures:
        message = "The PDF holds pictures of pages and no text (a scan)."
        raise DocumentError(
            Unreadable.IMAGE_ONLY, message, mend="Run OCR on it, or send the original document."
        )
    message = "The PDF has no text."
    raise DocumentError(Unreadable.NO_TEXT, message, mend="Export it again with its text.")


def _convert_page(document: Any, page: Any, text_page: Any, number: int, draft: Draft) -> int:
    """Add one page to the draft; gives 1 when a picture fills it and 0 otherwise."""
    if pdfium_c.FPDFText_CountChars(text_page) > MAX_PAGE_CHARACTERS:
        message = f"Page {number} has more than {MAX_PAGE_CHARACTERS:,} characters."
        raise DocumentError(Unreadable.TOO_LARGE, message)
    words, odd = read_words(text_page)
    crop = _displayed_box(page)
    if page.get_rotation():
        turn(words, page.get_rotation())
    if odd:
        draft.hidden.append(Hidden("invisible characters", " ".join(odd), number))
    area = (crop[2] - crop[0]) * (crop[3] - crop[1])
    scanned = picture_share(page, area) > 0.6
    if words:
        words = _visible(page, text_page, words, crop, number, scanned, draft)
    if page.get_rotation() and _runs_across(text_page, words):
        # Written across and turned as a whole: the order is that of the page as it was written.
        turn(words, 360 - page.get_rotation())
        crop = page.get_mediabox()
    if sum(len(word.text) == 1 for word in words) > 6:
        words = join_vertical(text_page, words)
    lines = lines_in_order(words) if words else []
    texts = [line_text(line) for line in lines]
    for index, text in join_hyphenated(texts):
        draft.lines.append(DraftLine(text, number, _line_box(lines[index], crop)))
    _add_links(document, page, words, number, draft)
    return int(scanned and not words)


def _runs_across(text_page: Any, words: list[Word]) -> bool:
    angles = (pdfium_c.FPDFText_GetCharAngle(text_page, w.index) % math.pi for w in words)
    across = sum(bool(a < 0.3 or a > math.pi - 0.3) for a in angles)
    return 2 * across > len(words)


def _displayed_box(page: Any) -> Crop:
    crop, media = page.get_cropbox(), page.get_mediabox()
    box = (
        max(crop[0], media[0]),
        max(crop[1], media[1]),
        min(crop[2], media[2]),
        min(crop[3], media[3]),
    )
    if not page.get_rotation():
        return box
    corner = Word("", *box, 0)
    turn([corner], page.get_rotation())
    return (corner.x0, corner.y0, corner.x1, corner.y1)


def _visible(
    page: Any,
    text_page: Any,
    words: list[Word],
    crop: Crop,
    number: int,
    scanned: bool,
    draft: Draft,
) -> list[Word]:
    if pdfium_c.FPDFPage_CountObjects(page.raw) > MAX_OBJECTS:
        draft.unread.append(
            f"Page {number} has too many objects and was not checked for hidden text."
        )
        return words
    mark_hidden(page, text_page, words, crop)
    hidden = [word for word in words if word.hidden]
    if scanned and len(hidden) > 0.8 * len(words):
        # A scan with a text layer: the layer cannot be checked against the picture without OCR.
        draft.unread.append(
            f"Page {number} is a scan; its invisible text layer was not used as evidence."
        )
        return []
    for kind, how in _HOW.items():
        text = " ".join(word.text for word in hidden if word.hidden == kind)
        if text:
            draft.hidden.append(Hidden(how, text, number))
    return [word for word in words if not word.hidden]


def _line_box(line: PageLine, crop: Crop) -> Box:
    left, _, _, top = crop
    return Box(
        x0=round(min(s.x0 for s in line) - left, 1),
        y0=round(top - max(s.y1 for s in line), 1),
        x1=round(max(s.x1 for s in line) - left, 1),
        y1=round(top - min(s.y0 for s in line), 1),
    )


def _add_links(document: Any, page: Any, words: list[Word], number: int, draft: Draft) -> None:
    position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    box = pdfium_c.FS_RECTF()
    while len(draft.links) < MAX_LINKS and pdfium_c.FPDFLink_Enumerate(
        page.raw, ctypes.byref(position), ctypes.byref(link)
    ):
        action = pdfium_c.FPDFLink_GetAction(link)
        if not action or pdfium_c.FPDFAction_GetType(action) != pdfium_c.PDFACTION_URI:
            continue
        size = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not 1 < size < 8_192:
            continue
        buffer = ctypes.create_string_buffer(size)
        pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
        pdfium_c.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        label = " ".join(word.text for word in words if _covers(box, word))
        draft.links.append(DraftLink(buffer.value.decode("utf-8", "replace"), label, number))


def _covers(box: Any, word: Word) -> bool:
    middle = (word.x0 + word.x1) / 2
    return bool(
        box.left - 1 <= middle <= box.right + 1 and box.bottom - 1 <= word.middle <= box.top + 1
    )
