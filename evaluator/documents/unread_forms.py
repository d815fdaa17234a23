"""Forms of files that are known and not read: what each is, and what to give instead."""

from __future__ import annotations

import json
import re
from collections.abc import Set

from ..errors import DocumentError, Unreadable

_GIVE = "Give PDF, DOCX, ODT, RTF, HTML, Markdown or text."
_EXPORT = "Give the PDF that is made of it."
_BINARY: tuple[tuple[bytes, str, str], ...] = (
    (b"\x7fELF", "a program", "Give a resume."),
    (b"MZ", "a program", "Give a resume."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it and give the resume itself."),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive", "Unpack it and give the resume itself."),
    (b"Rar!", "a compressed archive", "Unpack it and give the resume itself."),
    (b"PK\x05\x06", "an empty archive", "Give the resume itself."),
    (b"GIF8", "a GIF picture", "Give PNG, JPEG or PDF."),
    (b"BM", "a BMP picture", "Give PNG, JPEG or PDF."),
    (b"bplist", "a property list", _GIVE),
    (b"SQLite format 3", "a database", _GIVE),
    (b"\xffWPC", "a WordPerfect document", "Save it as DOCX or PDF."),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_STREAMS: tuple[tuple[str, str, str], ...] = (
    # name of a stream of the old container, what the file is, what to do
    ("__substg1.0_", "an Outlook message", "Save the attachment and give that."),
    ("Workbook", "a spreadsheet", _GIVE),
    ("PowerPoint Document", "a presentation", "Save it as PDF."),
    ("WordDocument", "an old Word file (DOC)", "Save it as DOCX or PDF."),
)
_OLD = ("an old Office file", "Save it as DOCX or PDF.")
_JSON = ("JSON but no resume in a known form", "Give JSON Resume, PDF or DOCX.")
_YAML = ("YAML source of a resume", _EXPORT)
_PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("xl/", "a spreadsheet", "Save the resume as PDF or DOCX."),
    ("ppt/", "a presentation", "Save it as PDF."),
    ("Index/", "an Apple Pages, Numbers or Keynote document", "Export it as PDF or DOCX."),
    ("index.xml", "an Apple Pages document", "Export it as PDF or DOCX."),
    ("META-INF/container.xml", "an electronic book", "Give PDF or DOCX."),
)
_TEXTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^[ \t]*\\(?:documentclass|documentstyle|begin\s*\{document\})", re.M), "TeX source", _EXPORT),
    (re.compile(r"\A\s*\\(?:input|usepackage|name|section\*?|cv\w*)\s*\{", re.M), "TeX source", _EXPORT),
    (re.compile(r"\A\s*(?://[^\n]*\n\s*)*#(?:set|show|import|let)\s"), "Typst source", _EXPORT),
    (re.compile(r"\A\s*%!PS"), "a PostScript file", "Give PDF."),
    (re.compile(r"\A\s*BEGIN:V(?:CARD|CALENDAR)", re.I), "a contact card or calendar entry", "Give the resume itself."),
    (re.compile(r"\A\s*(?:<\?[^>]{0,500}\?>\s*)*<(?:\w+:)?wordDocument[\s>]"), "a Word document in the XML of 2003", "Open it in Word or LibreOffice and save it as DOCX."),
    (re.compile(r"\A\s*(?:<\?xml|<svg[\s>]|<\w+:\w+[\s>])"), "XML of an unknown form", _GIVE),
    (re.compile(r"\A\s*(?:#!\s*/|<\?php)"), "a program", "Give a resume."),
)  # fmt: skip
_YAML_KEY = re.compile(r"\s*(?:- )?[\w$ -]{1,40}:(?:\s|$)|\s*- ")
_YAML_TOP = re.compile(r"[\w$-]{1,40}:\s*(?:#.*)?")
_YAML_BELOW = re.compile(r"[ \t]+[\w$-]{1,40}:")
_YAML_SHARE = 0.8
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 50
_ENCRYPTED = "EncryptedPackage"


def refuse_binary(data: bytes) -> None:
    """Raise for what begins as a known file that is no document.

    Raises:
        DocumentError: it is one.
    """
    for magic, what, hint in _BINARY:
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:64]):
            raise _unsupported(what, hint)
    if not data.startswith(_OLD_OFFICE):
        return
    if _ENCRYPTED.encode("utf-16-le") in data:
        message = "The document is encrypted."
        raise DocumentError(Unreadable.ENCRYPTED, message, hint="Save it without a password.")
    for stream, what, hint in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise _unsupported(what, hint)
    raise _unsupported(*_OLD)


def refuse_package(names: Set[str], kind: bytes) -> DocumentError:
    """The error for an archive that is neither DOCX nor ODT.

    Args:
        names: of its members.
        kind: its member ``mimetype``.
    """
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return _unsupported("an OpenDocument file but no text document", "Save it as PDF.")
    for start, what, hint in _PACKAGES:
        if any(name.startswith(start) for name in names):
            return _unsupported(what, hint)
    message = "The file is a ZIP archive without a text document in it."
    hint = "Give the resume itself; “evaluator batch” reads archives of resumes."
    return DocumentError(Unreadable.UNSUPPORTED, message, hint=hint)


def refuse_text(head: str, *, whole: bool) -> None:
    """Raise for text that a program reads and no person does.

    Args:
        head: the beginning of the file.
        whole: whether it is all of it.

    Raises:
        DocumentError: it is one.
    """
    control = len(_CONTROL.findall(head, 0, 8192))
    if control > min(len(head), 8192) // _CONTROL_SHARE:
        message = "The file is neither a document nor text."
        raise DocumentError(Unreadable.UNSUPPORTED, message, hint=_GIVE)
    for pattern, what, hint in _TEXTS:
        if pattern.search(head):
            raise _unsupported(what, hint)
    if _is_json(head, whole=whole):
        raise _unsupported(*_JSON)
    if _is_yaml(head.splitlines()):
        raise _unsupported(*_YAML)


def _is_yaml(lines: list[str]) -> bool:
    """Whether a name alone opens it and nearly all lines are names with values."""
    told = [line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---"))]
    if len(told) < 2 or not (_YAML_TOP.fullmatch(told[0]) and _YAML_BELOW.match(told[1])):
        return False
    return sum(_YAML_KEY.match(line) is not None for line in told) >= _YAML_SHARE * len(told)


def _is_json(head: str, *, whole: bool) -> bool:
    text = head.strip()
    if not whole:
        return re.match(r'\{\s*"[^"\n]{0,100}"\s*:|\[\s*\{\s*"', text) is not None
    return text[:1] in {"{", "["} and _parses(text)


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _unsupported(what: str, hint: str) -> DocumentError:
    message = f"The file is {what}, which is not read."
    return DocumentError(Unreadable.UNSUPPORTED, message, hint=hint)
