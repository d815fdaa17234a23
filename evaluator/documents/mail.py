"""E-mails and saved web pages (MHTML): the document inside, which is what a person would open."""

from __future__ import annotations

import re
import tomllib
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .decoding import decoded
from .saved_page import Sheet, check_encoding, check_heads, is_saved, page_with_sheets, refuse
from .sniffing import sniff
from .two_formats import refuse_page_in_head

_HEAD = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?"
    rb"((?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,200})"
)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_PART = re.compile(rb"(?:^|\n)--")
_NAMED = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.M)
_SURE = frozenset([b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to"])
_BOTH = frozenset([b"from", b"subject"])
_MOST_PARTS = 500
_NO_DOCUMENTS = frozenset(["text/css", "text/calendar", "text/vcard", "text/x-vcard"])
_WORDS = re.compile(r"[^\W\d_]+")
_PAGES = frozenset(["text/html", "application/xhtml+xml"])
_TEXTS = frozenset([DocumentFormat.HTML, DocumentFormat.MARKDOWN, DocumentFormat.TEXT])
_PLAIN = frozenset([DocumentFormat.MARKDOWN, DocumentFormat.TEXT])
_BLANK = b"\xef\xbb\xbf \t\r\n"


class Content(NamedTuple):
    """What an outer form holds."""

    data: bytes
    name: str
    unread: tuple[str, ...] = ()
    """Sentences about what was left aside."""


class _Part(NamedTuple):
    kind: str
    name: str
    charset: str
    data: bytes
    source: Message
    is_choice: bool
    """It is one of several forms of the same text."""
    addresses: tuple[str, ...] = ()
    """Under which a page asks for it."""


def is_letter(data: bytes) -> bool:
    """Whether a file begins with the head of an e-mail, which that of MHTML is too."""
    head = _HEAD.match(data[: 1 << 16].lstrip(_BLANK))
    if head is None:
        return False
    names = {name.lower() for name in _NAMED.findall(head.group(1))}
    return bool(names & _SURE) or names >= _BOTH or b": multipart/" in head.group(1).lower()


def opened_letter(data: bytes, name: str) -> Content:
    """The attached document, or the message itself where no document is attached.

    Raises:
        DocumentError: there is nothing in it to read, or it is a page as well.
    """
    refuse_page_in_head(_before_parts(data))
    try:
        letter = message_from_bytes(data.lstrip(_BLANK))
        saved = is_saved(letter, name)
        check_heads(letter, saved=saved)
        parts = _parts(letter)
    except (MessageError, ValueError, LookupError, UnicodeError) as error:
        message = "The e-mail is damaged."
        hint = "Save the attachment and give that."
        raise DocumentError(Unreadable.DAMAGED, message, hint=hint) from error
    is_page = letter.get_content_type() == "multipart/related" and parts[0].kind in _PAGES
    ranked = sorted(
        (rank, place)
        for place, part in enumerate(parts)
        if (rank := _rank(part, in_page=is_page)) is not None
    )
    if ranked and saved and any(part.kind in _PAGES and not part.name for part in parts):
        refuse("a document beside the page")
    if ranked:
        first, *others = (parts[place] for _, place in ranked)
        told = [f"The e-mail also holds “{other.name}”, which was not read." for other in others]
        return Content(first.data, first.name, tuple(told))
    page = _page(parts, saved=saved)
    if page is None:
        message = "The e-mail holds neither a document nor text."
        hint = "Save the attachment and give that."
        raise DocumentError(Unreadable.UNSUPPORTED, message, hint=hint)
    return Content(page, name)


def _before_parts(data: bytes) -> bytes:
    """The head of an e-mail, and what stands in front of its first part, which mail programs do not show."""
    head, *rest = _END_OF_HEAD.split(data.lstrip(_BLANK), maxsplit=1)
    is_split = b"boundary" in head.lower()
    return head + (_PART.split(rest[0], maxsplit=1)[0] if rest and is_split else b"")


def _parts(letter: Message) -> list[_Part]:
    found: list[_Part] = []
    choices: set[int] = set()
    for part in letter.walk():
        if part.is_multipart():
            if part.get_content_type() == "multipart/alternative":
                choices |= {id(form) for form in part.walk()}
            continue
        if len(found) >= _MOST_PARTS:
            message = f"The e-mail has more than {_MOST_PARTS} parts."
            raise DocumentError(Unreadable.UNSAFE, message)
        payload = part.get_payload(decode=True)
        name = part.get_filename() or ""
        if not name and part.get_content_disposition() == "attachment":
            name = "attachment"
        found.append(
            _Part(
                kind=part.get_content_type(),
                name=PurePath(name).name,
                charset=part.get_content_charset() or "",
                data=payload if isinstance(payload, bytes) else b"",
                source=part,
                is_choice=id(part) in choices,
                addresses=tuple(
                    filter(None, (part.get("Content-Location", "").strip(), _cid(part)))
                ),
            )
        )
    return found


def _cid(part: Message) -> str:
    told = part.get("Content-ID", "").strip()
    return f"cid:{told.strip('<>')}" if told else ""


def _rank(part: _Part, *, in_page: bool) -> int | None:
    """Smaller for what is rather the resume; None for what is no attached document, as another text of a saved page."""
    if not part.name or part.kind in _NO_DOCUMENTS or part.kind.startswith("image/"):
        return None
    try:
        format_ = sniff(part.data, part.name)
    except DocumentError:
        return None
    if format_ is DocumentFormat.PICTURE or (in_page and format_ in _TEXTS):
        return None
    words = set(_WORDS.findall(part.name.lower()))
    if words & _names("resume"):
        return 0
    return 2 if words & _names("other") else 1


def _page(parts: list[_Part], *, saved: bool) -> bytes | None:
    """The message as a mail program or a browser shows it, both without scripts, with the style sheets that it asks for."""
    pages = [part for part in parts if part.kind in _PAGES]
    plain = [part for part in parts if part.kind == "text/plain" and not part.name]
    if not pages:
        for part in plain:
            check_encoding(part.source)
        text = "\n".join(_text(part) for part in plain).strip()
        return _plain(text) if text else None
    first = pages[0]
    if saved and (parts[0] is not first or first.kind != "text/html" or first.is_choice):
        refuse("other text in front of the page")
    sheets = [part for part in parts if part.kind == "text/css"]
    for part in (first, *sheets):
        check_encoding(part.source)
    beside = [
        name
        for part in parts
        if part is not first and part not in sheets
        for name in part.addresses
    ]
    page = page_with_sheets(
        _text(first),
        next(iter(first.addresses), ""),
        [Sheet(_sheet(part, first.charset), part.addresses) for part in sheets],
        beside,
    )
    return page.encode("utf-8-sig", "replace")


def _plain(text: str) -> bytes:
    """A message without tags, which is shown as it stands, also where it looks like a page."""
    data = text.encode("utf-8-sig", "replace")
    if sniff(data, "") not in _PLAIN:
        refuse("text that is a document of another kind")
    return data


def _sheet(part: _Part, charset: str) -> str:
    if not part.data.isascii() and {part.charset or charset, charset} - {"utf-8"}:
        refuse("a sheet in another encoding")
    return _text(part)


def _text(part: _Part) -> str:
    return decoded(part.data, part.charset).text


@cache
def _names(kind: str) -> frozenset[str]:
    table = tomllib.loads((files(__package__) / "attachments.toml").read_text("utf-8"))
    return frozenset(table[kind])
