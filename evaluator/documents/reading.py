"""Bytes to a document: the converter is chosen by content."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple, cast

from ..errors import DocumentError, Unreadable
from ..models.document import Document, DocumentFormat
from .assembling import assemble
from .draft import Converter, Draft
from .drawing.pictures import unpacked
from .extensions import extension_draft
from .mail import Content, is_letter, opened_letter
from .office.flat_xml import as_archive, is_flat
from .sniffing import MAX_BYTES, sniff

_MOST_FORMS = 3
"""A saved page attached to an e-mail that was forwarded."""
_OF_XML = (".xhtml", ".xht", ".xml")
"""Names of pages that browsers read as XML."""

CONVERTERS: dict[DocumentFormat, tuple[str, str]] = {
    DocumentFormat.PDF: ("pdf.converter", "PdfConverter"),
    DocumentFormat.DOCX: ("docx.converter", "DocxConverter"),
    DocumentFormat.ODT: ("odt.converter", "OdtConverter"),
    DocumentFormat.RTF: ("rtf.converter", "RtfConverter"),
    DocumentFormat.HTML: ("html.converter", "HtmlConverter"),
    DocumentFormat.MARKDOWN: ("markdown", "MarkdownConverter"),
    DocumentFormat.TEXT: ("text", "TextConverter"),
    DocumentFormat.JSON_RESUME: ("json_resume", "JsonResumeConverter"),
    DocumentFormat.PICTURE: ("picture", "PictureConverter"),
}
"""Format to module and class; modules are imported when their format is met."""


def converter_for(format_: DocumentFormat) -> Converter:
    """The converter of a format."""
    module, name = CONVERTERS[format_]
    return cast(Converter, getattr(import_module(f".{module}", __package__), name)())


class Reading(NamedTuple):
    """A file that was read, and whether a picture of it would tell more."""

    document: Document | DocumentError
    wants_picture: bool


def read_document(data: bytes, name: str) -> Document:
    """Read one resume in this process.

    Args:
        data: the file's bytes.
        name: its name, shown in the report; it decides only whether a page is held to be XML or a saved one as well.

    Raises:
        DocumentError: it cannot be read, with the reason.
    """
    found = reading_of(data, name).document
    if isinstance(found, DocumentError):
        raise found
    return found


def reading_of(data: bytes, name: str, views: bytes = b"") -> Reading:
    """Read one resume in this process, or say why it cannot be read.

    Args:
        data: the file's bytes.
        name: its name.
        views: what a program drew of it, packed; read where it tells what is seen.
    """
    wants_picture = False
    try:
        draft, format_ = _converted(data, name)
        is_unclear = draft.can_be_drawn and bool(draft.unverified)
        wants_picture = is_unclear or bool(draft.unusual)
        if wants_picture and views:
            # What reads pictures is imported where there is one.
            from .drawing.as_drawn import as_drawn
            from .drawing.confirming import confirmed

            program, pictures = unpacked(views)
            if draft.unusual:
                draft = confirmed(draft, pictures) or replace(draft, is_unchecked=True)
            if is_unclear:
                draft = as_drawn(draft, program, pictures) or draft
        elif draft.is_odd:
            draft = replace(draft, is_unchecked=True)
        sha256 = hashlib.sha256(data).hexdigest()
        document = assemble(draft, sha256=sha256, name=name, format_=format_)
    except DocumentError as error:
        return Reading(error, wants_picture)
    except MemoryError as error:
        return Reading(_unsafe("Reading the file needs more memory than is allowed.", error), False)
    except RecursionError as error:
        return Reading(_unsafe("The file nests too deeply.", error), False)
    return Reading(document, wants_picture)


def _unsafe(message: str, cause: Exception) -> DocumentError:
    found = DocumentError(Unreadable.UNSAFE, message)
    found.__cause__ = cause
    return found


def _converted(data: bytes, name: str) -> tuple[Draft, DocumentFormat]:
    content = content_of(data, name)
    draft = extension_draft(content.data)
    format_ = DocumentFormat.EXTENSION
    if draft is None:
        format_ = sniff(content.data, content.name)
        if format_ is DocumentFormat.HTML and content.name.lower().endswith(_OF_XML):
            import_module(".html.strict_xml", __package__).check_xml_page(content.data)
        draft = converter_for(format_).convert(content.data)
    draft.unread += content.unread
    return draft, format_


def content_of(data: bytes, name: str) -> Content:
    """What stands in the forms around a document: an e-mail, a saved page, an office document in one file."""
    content = Content(data, name)
    for _ in range(_MOST_FORMS):
        if len(content.data) > MAX_BYTES:
            break
        if is_letter(content.data):
            inner = opened_letter(content.data, content.name)
            content = inner._replace(unread=(*content.unread, *inner.unread))
        elif is_flat(content.data):
            return content._replace(data=as_archive(content.data))
        else:
            break
    return content
