"""Bytes to a document: the converter is chosen by content."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import cast

from ..errors import DocumentError, Unreadable
from ..models.document import Document, DocumentFormat
from .assembling import assemble
from .draft import Converter
from .sniffing import sniff

CONVERTERS: dict[DocumentFormat, tuple[str, str]] = {
    DocumentFormat.PDF: ("pdf", "PdfConverter"),
    DocumentFormat.DOCX: ("docx", "DocxConverter"),
    DocumentFormat.ODT: ("odt", "OdtConverter"),
    DocumentFormat.RTF: ("rtf", "RtfConverter"),
    DocumentFormat.HTML: ("html", "HtmlConverter"),
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


def read_document(data: bytes, name: str) -> Document:
    """Read one resume in this process.

    Args:
        data: the file's bytes.
        name: its name, shown in the report; its suffix tells Markdown from text.

    Raises:
        DocumentError: it cannot be read, with the reason.
    """
    format_ = sniff(data, name)
    try:
        draft = converter_for(format_).convert(data)
        return assemble(draft, sha256=hashlib.sha256(data).hexdigest(), name=name, format_=format_)
    except MemoryError as error:
        message = "Reading the file needs more memory than is allowed."
        raise DocumentError(Unreadable.UNSAFE, message) from error
    except RecursionError as error:
        message = "The file nests too deeply."
        raise DocumentError(Unreadable.UNSAFE, message) from error
