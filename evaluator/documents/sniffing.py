"""The format of a file, from its content alone; its name tells nothing."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import NoReturn
from zipfile import BadZipFile, ZipFile

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .decoding import decode
from .json_forms import resume_in
from .markup import is_markdown
from .two_formats import refuse_page_in_pdf, refuse_page_in_source
from .unread_forms import refuse_binary, refuse_package, refuse_text

MAX_BYTES = 25 * 1024 * 1024

_HEAD = 1 << 16
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def sniff(data: bytes, name: str = "") -> DocumentFormat:
    """Tell the format of ``data``.

    Args:
        data: the file's bytes.
        name: of the file; two names never give two readings.

    Raises:
        DocumentError: empty, too large, or a format that is not read.
    """
    if len(data) > MAX_BYTES:
        message = f"The file has {len(data) // 1_048_576} MiB; at most {MAX_BYTES // 1_048_576} MiB are read."
        raise DocumentError(Unreadable.TOO_LARGE, message)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        message = "The file is empty."
        raise DocumentError(Unreadable.EMPTY, message, hint="Export the resume again.")
    is_office = data.startswith(b"PK\x03\x04")
    is_rtf = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")
    if b"%PDF-" in data[:1024]:
        refuse_page_in_pdf(data)
        if is_office or is_rtf:
            _refuse_two("a PDF")
        return DocumentFormat.PDF
    if is_office:
        return _sniff_zip(data)
    if is_rtf:
        refuse_page_in_source(data, "RTF")
        return DocumentFormat.RTF
    if data.startswith(_PICTURES):
        return DocumentFormat.PICTURE
    refuse_binary(data)
    return _sniff_text(data)


def _sniff_zip(data: bytes) -> DocumentFormat:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (BadZipFile, ValueError, OSError, RuntimeError, KeyError, zlib.error) as error:
        message = "The file starts like a DOCX but its archive is damaged."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.") from error
    is_open = kind.startswith(b"application/vnd.oasis.opendocument.text")
    if any(name.startswith("word/") for name in names):
        if is_open or {"content.xml", "META-INF/manifest.xml"} & names:
            _refuse_two("an OpenDocument file")
        return DocumentFormat.DOCX
    if is_open:
        return DocumentFormat.ODT
    raise refuse_package(names, kind)


def _refuse_two(other: str) -> NoReturn:
    message = f"The file is {other} too, so that two programs may show two documents."
    raise DocumentError(Unreadable.UNSAFE, message, hint="Save it again as one of them.")


def _sniff_text(data: bytes) -> DocumentFormat:
    head = decode(data[:_HEAD]).lstrip("\ufeff")
    if _HTML_START.match(head[:4096]):
        return DocumentFormat.HTML
    if head.lstrip().startswith(("{", "[")) and resume_in(data) is not None:
        refuse_page_in_source(data, "JSON")
        return DocumentFormat.JSON_RESUME
    refuse_text(head, whole=len(data) <= _HEAD)
    return DocumentFormat.MARKDOWN if is_markdown(head) else DocumentFormat.TEXT
