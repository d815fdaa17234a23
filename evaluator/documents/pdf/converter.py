"""PDF through PDFium: visible words in reading order, links, what is hidden, OCR where there is only a picture.

PDFium may abort on a hostile file and must not run in threads, so this converter belongs in a worker
process (``sandbox``). A file that PDFium cannot open is given a trailer once and tried again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ...errors import DocumentError, Unreadable
from ...models.document import DocumentFormat
from ..draft import MAX_LINKS, Draft, DraftLink, Hidden
from ..hyphenation import join_hyphenated
from ..markup import squashed
from ..ocr import HOW_TO_INSTALL, MAX_PAGES, tessdata
from .colours import with_none_unpainted
from .drawn_letters import Letters
from .headers_footers import without_repeated_edges
from .packing import without_odd_packing
from .page import OTHER_LETTERS, Doubt, PageReading, Sight, read_page, read_page_by_ocr
from .repair import repaired
from .structure import Structure

MAX_READ = 50
"""Pages read of one document; the others are told."""
_MAX_TESTED = 300
_ABOUT = ("Title", "Author")
_ASIDES = ("Title", "Subject", "Keywords")


class PdfConverter:
    """Portable Document Format.

    Args:
        sight: that every word must have besides, where the file is a picture of another.
    """

    format = DocumentFormat.PDF

    def __init__(self, sight: Sight | None = None) -> None:
        self._sight = sight

    def convert(self, data: bytes) -> Draft:
        data = with_none_unpainted(without_odd_packing(data))
        structure = Structure(data)
        document = _open(data, structure)
        letters = Letters()
        try:
            return _convert(document, structure, letters, self._sight)
        finally:
            letters.close()
            document.close()


def _open(data: bytes, structure: Structure) -> Any:
    try:
        return _open_pages(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or structure.is_locked:
            message = "The PDF is encrypted with a password."
            raise DocumentError(
                Unreadable.ENCRYPTED, message, hint="Save it without a password."
            ) from error
        return _open_mended(data)


def _open_pages(data: bytes) -> Any:
    document = pdfium.PdfDocument(data)
    if len(document) == 0:
        document.close()
        message = "no pages"
        raise pdfium.PdfiumError(message)
    return document


def _open_mended(data: bytes) -> Any:
    try:
        return _open_pages(repaired(data) or b"")
    except pdfium.PdfiumError as error:
        message = "The PDF is damaged and cannot be repaired."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Export it again.") from error


def _convert(document: Any, structure: Structure, letters: Letters, sight: Sight | None) -> Draft:
    count = len(document)
    draft = Draft(pages=count, wrapped=True)
    if count > MAX_READ:
        draft.unread.append(f"Pages {MAX_READ + 1} to {count} were not read.")
    heights: list[float] = []
    pictures: list[int] = []
    confidences: list[float] = []
    doubts: dict[int, Doubt] = {}
    for number in range(1, min(count, MAX_READ) + 1):
        reading = _read(document, structure, number, letters, sight)
        if reading.is_picture:
            pictures.append(number)
            if tessdata() is not None and len(pictures) <= MAX_PAGES:
                reading = read_page_by_ocr(document, number, reading)
                confidences.append(reading.confidence)
        heights.append(reading.height)
        if reading.doubted:
            doubts[number] = reading.doubted
        _add(reading, draft)
    lines = without_repeated_edges(draft.lines, heights)
    draft.lines = [
        replace(lines[index], text=text)
        for index, text in join_hyphenated(
            [line.text for line in lines], breaks_words=_breaks_words(document)
        )
    ]
    _forget_what_is_seen(draft)
    _read_again(doubts, structure, draft)
    if confidences:
        draft.ocr = sum(confidences) / len(confidences)
    _tell_unread(pictures, len(confidences), draft)
    _tell_beside(document, draft)
    return draft


def _forget_what_is_seen(draft: Draft) -> None:
    """Hidden lines whose words stand visibly elsewhere: a line cut off by a page's end is drawn twice."""
    if not draft.hidden:
        return
    seen = squashed(" ".join(line.text for line in draft.lines))
    tested = 0
    for hidden in draft.hidden:
        kept = []
        for run in hidden.text.split("\n"):
            tested += 1
            if tested > _MAX_TESTED or squashed(run) not in seen:
                kept.append(run)
        hidden.text = " ".join(kept)
    draft.hidden = [hidden for hidden in draft.hidden if hidden.text]


def _read_again(doubts: dict[int, Doubt], structure: Structure, draft: Draft) -> None:
    """Compare pages in which something is odd with a second reading."""
    hiding = {hidden.page for hidden in draft.hidden}
    for number, doubt in doubts.items():
        if doubt.for_hidden and number not in hiding:
            continue  # What it hides is a line that the end of the page cuts off.
        if doubt.holds(structure.page_text(number)):
            draft.unread.append(
                f"Page {number}: two ways of reading its text disagree; look at the page."
            )


def _breaks_words(document: Any) -> bool:
    """Qt's engine for the web does not hyphenate."""
    return not str(document.get_metadata_value("Producer")).startswith("Qt 4")


def _read(
    document: Any, structure: Structure, number: int, letters: Letters, sight: Sight | None
) -> PageReading:
    try:
        return read_page(document, structure, number, letters, sight)
    except pdfium.PdfiumError as error:
        message = f"Page {number} of the PDF is damaged."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Export it again.") from error


def _add(reading: PageReading, draft: Draft) -> None:
    draft.lines += reading.lines
    draft.hidden += reading.hidden
    draft.unverified += reading.unverified
    draft.unread += reading.unread
    room = max(0, MAX_LINKS - len(draft.links))
    draft.links += [DraftLink(t, label, reading.number) for t, label in reading.links[:room]]


def _tell_unread(pictures: list[int], read: int, draft: Draft) -> None:
    """Pictures of pages that no OCR has read; a document of nothing else is refused."""
    left = pictures[read:]
    if any(line.text.strip() for line in draft.lines):
        if left:
            pages = ", ".join(str(number) for number in left)
            draft.unread.append(f"Pages that are pictures were not read: {pages}.")
        return
    if left:
        message = "The PDF holds pictures of pages and no text (a scan), and OCR is not installed."
        raise DocumentError(Unreadable.IMAGE_ONLY, message, hint=HOW_TO_INSTALL)
    if pictures:
        message = "The PDF holds pictures of pages in which OCR sees no text."
        raise DocumentError(
            Unreadable.IMAGE_ONLY, message, hint="Scan it again, or give the original document."
        )
    if any(hidden.how == OTHER_LETTERS for hidden in draft.hidden) and tessdata() is None:
        message = "The PDF draws other letters than it holds, and OCR is not installed."
        raise DocumentError(Unreadable.IMAGE_ONLY, message, hint=HOW_TO_INSTALL)
    if draft.hidden:
        message = "The PDF shows no text; all the text it holds is hidden."
        raise DocumentError(Unreadable.NO_TEXT, message, hint="Export it again from the source.")
    message = "The PDF has no text."
    raise DocumentError(Unreadable.NO_TEXT, message, hint="Export it again with its text.")


def _tell_beside(document: Any, draft: Draft) -> None:
    """Properties, attachments and scripts: never read as the resume, never run."""
    draft.properties = list(filter(None, map(document.get_metadata_value, _ABOUT)))
    for name in _ASIDES:
        value = document.get_metadata_value(name)
        if value:
            draft.asides.append(Hidden(f"the property {name.lower()}", value))
    if pdfium_c.FPDFDoc_GetAttachmentCount(document.raw) > 0:
        draft.unread.append("The PDF carries attached files; they were not read.")
    if pdfium_c.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        draft.unread.append("The PDF carries scripts; they were not run.")
