"""The format of a file, from its content; its name only decides between kinds of plain text."""

from __future__ import annotations

import json
import re
import zlib
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat

MAX_BYTES = 25 * 1024 * 1024

_HTML_START = re.compile(
    rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown"}
_MARKDOWN_SIGNS = re.compile(r"^(#{1,4} \S|\*\*\S.*\*\*|.*\[[^\]]+\]\(https?://)", re.M)

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (DOC)", "Save it as DOCX or PDF."),
    (b"\x7fELF", "a program", "Give a resume."),
    (b"MZ", "a program", "Give a resume."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it and give the resume itself."),
)


def sniff(data: bytes, name: str) -> DocumentFormat:
    """Tell the format of ``data``.

    Raises:
        DocumentError: empty, too large, or a format that is not read.
    """
    if len(data) > MAX_BYTES:
        message = f"The file has {len(data) // 1_048_576} MiB; at most {MAX_BYTES // 1_048_576} MiB are read."
        raise DocumentError(Unreadable.TOO_LARGE, message)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        message = "The file is empty."
        raise DocumentError(Unreadable.EMPTY, message, mend="Export the resume again.")
    if b"%PDF-" in data[:1024]:
        return DocumentFormat.PDF
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return DocumentFormat.RTF
    if data.startswith(_PICTURES):
        return DocumentFormat.PICTURE
    for magic, what, mend in _OTHERS:
        if data.startswith(magic):
            message = f"The file is {what}, which is not read."
            raise DocumentError(Unreadable.UNSUPPORTED, message, mend=mend)
    return _sniff_text(data, name)


def _sniff_zip(data: bytes) -> DocumentFormat:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (BadZipFile, ValueError, OSError, RuntimeError, zlib.error) as error:
        message = "The file starts like a DOCX but its archive is damaged."
        raise DocumentError(Unreadable.DAMAGED, message, mend="Save it again.") from error
    if "word/document.xml" in names or any(n.startswith("word/") for n in names):
        return DocumentFormat.DOCX
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return DocumentFormat.ODT
    message = "The file is a ZIP archive without a text document in it."
    raise DocumentError(
        Unreadable.UNSUPPORTED, message, mend="Give PDF, DOCX, HTML, Markdown or text."
    )


def _sniff_text(data: bytes, name: str) -> DocumentFormat:
    if _HTML_START.match(data[:4096]):
        return DocumentFormat.HTML
    sample = data[:8192]
    if sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _is_json_resume(data):
        return DocumentFormat.JSON_RESUME
    if not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        control = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in sample)
        if control > len(sample) // 50:
            message = "The file is neither a document nor text."
            raise DocumentError(
                Unreadable.UNSUPPORTED, message, mend="Give PDF, DOCX, HTML, Markdown or text."
            )
    suffix = PurePath(name).suffix.lower()
    if suffix in _MARKDOWN_SUFFIXES:
        return DocumentFormat.MARKDOWN
    text = sample.decode("utf-8", "replace")
    if suffix not in {".txt", ".text"} and len(_MARKDOWN_SIGNS.findall(text)) >= 2:
        return DocumentFormat.MARKDOWN
    return DocumentFormat.TEXT


def _is_json_resume(data: bytes) -> bool:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and bool(
        {"basics", "work", "skills", "education"} & value.keys()
    )
