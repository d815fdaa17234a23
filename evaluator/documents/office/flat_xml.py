"""Office documents in one XML file (Flat OPC, flat ODF), put into the archive that they are flat forms of."""

from __future__ import annotations

import base64
import binascii
import copy
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from ...errors import DocumentError, Unreadable
from ..decoding import decode
from ..two_formats import refuse_page_in_office
from .package import MAX_MEMBERS, MAX_TOTAL

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_ROOT = re.compile(r"<(?:pkg:package|office:document)[\s>]|/office/2006/xmlPackage\"")
_HEAD = 4096
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\f\v"
_TEXT = "application/vnd.oasis.opendocument.text"
_CONTENT = ("automatic-styles", "body", "font-face-decls", "scripts")


def is_flat(data: bytes) -> bool:
    """Whether a file is an office document in one XML file."""
    if not data[:_HEAD].lstrip(_BLANK).startswith(b"<"):
        return (
            False  # without asking for an encoding, which takes longer than to read a page of a PDF
        )
    return _ROOT.search(decode(data[:_HEAD])) is not None


def as_archive(data: bytes) -> bytes:
    """The same document as DOCX or ODT.

    Raises:
        DocumentError: it is damaged, or another kind of document.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"The document's XML is damaged ({error})."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = "The document declares a document type, which ordinary ones never do."
        raise DocumentError(Unreadable.UNSAFE, message)
    if root.tag == f"{_PACKAGE}package":
        return _zipped(_members_of_package(root))
    refuse_page_in_office(root)
    kind = root.get(f"{_OFFICE}mimetype", _TEXT)
    if not kind.startswith(_TEXT):
        message = "The file is an OpenDocument file but no text document."
        hint = "Give PDF, DOCX, ODT, HTML, Markdown or text."
        raise DocumentError(Unreadable.UNSUPPORTED, message, hint=hint)
    return _zipped(_members_of_document(root))


def _members_of_package(root: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in root.iterchildren(f"{_PACKAGE}part"):
        name = part.get(f"{_PACKAGE}name", "").lstrip("/")
        if name in found:
            message = (
                "The document names a part twice, so that two programs may read two documents."
            )
            raise DocumentError(Unreadable.UNSAFE, message)
        found[name] = _part(part)
        if len(found) > MAX_MEMBERS:
            message = f"The document has more than {MAX_MEMBERS:,} parts."
            raise DocumentError(Unreadable.UNSAFE, message)
    return found


def _part(part: Any) -> bytes:
    for holder in part.iterchildren(f"{_PACKAGE}xmlData"):
        for inside in holder.iterchildren():
            whole: bytes = etree.tostring(inside, encoding="utf-8", with_tail=False)
            return whole
    for holder in part.iterchildren(f"{_PACKAGE}binaryData"):
        return _decoded(holder.text)
    return b""


def _members_of_document(root: Any) -> dict[str, bytes]:
    """Pages' edges stand among the styles, and the text in the body; each part gets what its reader looks for."""
    pictures = _pictures_of_document(root)
    content, rest = copy.deepcopy(root), root
    for child in list(content):
        if etree.QName(child).localname not in _CONTENT:
            content.remove(child)
    for child in list(rest):
        if etree.QName(child).localname == "body":
            rest.remove(child)
    styles: bytes = etree.tostring(rest, encoding="utf-8")
    members = {"mimetype": _TEXT.encode(), "content.xml": etree.tostring(content, encoding="utf-8")}
    return {**members, **pictures, "styles.xml": styles, "meta.xml": styles}


def _pictures_of_document(root: Any) -> dict[str, bytes]:
    """Pictures stand in place; archives have them in parts of their own."""
    found: dict[str, bytes] = {}
    for data in list(root.iter(f"{_OFFICE}binary-data")):
        holder = data.getparent()
        name = f"Pictures/{len(found)}"
        if holder is not None and len(found) < MAX_MEMBERS:
            found[name] = _decoded(data.text)
            holder.set(_HREF, name)
            holder.remove(data)
    return found


def _decoded(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "")
    except (binascii.Error, ValueError):
        return b""


def _zipped(members: dict[str, bytes]) -> bytes:
    if sum(map(len, members.values())) > MAX_TOTAL:
        message = "The document inflates beyond the limit."
        raise DocumentError(Unreadable.UNSAFE, message)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in members.items():
            if name:
                archive.writestr(name, data)
    return stream.getvalue()
