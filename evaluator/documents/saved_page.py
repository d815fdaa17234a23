"""Saved web pages (MHTML) of the simple kind, of which every program makes the same page; others are refused."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections import Counter
from collections.abc import Sequence
from email.message import Message
from html import unescape
from typing import NamedTuple, NoReturn
from urllib.parse import urlsplit

from ..errors import DocumentError, Unreadable
from .html.tree import html_tree

_ONCE = (
    "content-type", "content-transfer-encoding", "content-location", "content-id", "content-disposition",
    "content-base", "mime-version", "snapshot-content-location",
)  # fmt: skip
_ENCODINGS = frozenset(["", "7bit", "8bit", "binary", "quoted-printable", "base64"])
_BAD_ESCAPE = re.compile(r"=(?![0-9A-Fa-f]{2}|\r?\n|\Z)")
_NAMES_OF_SAVED = (".mht", ".mhtml")
_LINK = re.compile(r"<link\b", re.I)
_VALUE = r"(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+)"
_WELL_FORMED = re.compile(rf"<link(?:\s+[\w:-]+(?:={_VALUE})?)*\s*/?>", re.A)
_ATTRIBUTE = re.compile(rf"\s([\w:-]+)(?:=({_VALUE}))?", re.A)
_OF_SHEETS = frozenset("rel href type media id class".split())
_RELATIVE = re.compile(r"/?[\w-][\w.-]*(?:/[\w-][\w.-]*)*", re.A)
_IMPORT = re.compile(r"@(?:import|[\w-]*\\)", re.I)
_ADDRESS_IN_SELECTOR = re.compile(r"\[[^\]]*(?:href|\\|\|)", re.I)
_RELATION = re.compile(r":has|:[\w-]*\\", re.I)
_NOSCRIPT = re.compile(r"<noscript>([^<]*|\s*<style>[^<]*</style>\s*)</noscript>", re.I)
_PLACES_IN_SHEETS = re.compile(r"of-type|\bspan\b|\\", re.I)


class Sheet(NamedTuple):
    """A style sheet beside a page, with the addresses under which the page may ask for it."""

    text: str
    addresses: tuple[str, ...]


def refuse(reason: str) -> NoReturn:
    """Raise for a letter or a saved page of which programs show different pages."""
    message = f"It is unclear which page the saved page or e-mail shows ({reason})."
    raise DocumentError(Unreadable.UNSAFE, message, hint="Save it as PDF.")


def is_saved(letter: Message, name: str) -> bool:
    """Whether a browser opens the file as a saved page.

    Args:
        letter: as it is parsed.
        name: of its file.
    """
    return (
        name.lower().endswith(_NAMES_OF_SAVED)
        or "snapshot-content-location" in letter
        or letter.get("from", "").lower().startswith("<saved by")
        or (
            letter.get_content_type() == "multipart/related"
            and letter.get_param("type") != "multipart/alternative"
        )
    )


def check_heads(letter: Message, *, saved: bool) -> None:
    """Raise where a head says something twice or browsers may find other parts than mail programs.

    Args:
        letter: as it is parsed.
        saved: browsers open it.
    """
    marks: list[str] = []
    for part in letter.walk():
        if any(len(part.get_all(name, [])) > 1 for name in _ONCE):
            refuse("a header that is there twice")
        params = Counter(key.lower() for key, _ in part.get_params(failobj=[])[1:])
        if any(count > 1 for count in params.values()):
            refuse("a parameter that is there twice")
        mark = part.get_boundary()
        if mark is not None and part.get_content_maintype() == "multipart":
            if mark in marks or (
                saved and any(mark.startswith(one) or one.startswith(mark) for one in marks)
            ):
                refuse("boundaries that are alike")
            marks.append(mark)


def check_encoding(part: Message) -> None:
    """Raise where programs make different text of a part that they decode."""
    kind = part.get("content-transfer-encoding", "").strip().lower()
    payload = part.get_payload()
    if kind not in _ENCODINGS or not isinstance(payload, str):
        refuse("an unknown encoding of a part")
    if kind == "quoted-printable" and _BAD_ESCAPE.search(payload):
        refuse("an escape that is none")
    if kind == "base64":
        try:
            b64decode("".join(payload.split()), validate=True)
        except (BadBase64, ValueError):
            refuse("base64 with other signs")


def page_with_sheets(
    page: str, base: str, sheets: Sequence[Sheet], others: Sequence[str] = ()
) -> str:
    """A page as a browser shows it from its file, without scripts and with the sheets that it asks for.

    Args:
        page: its source.
        base: its address.
        sheets: beside it.
        others: addresses of what else is beside it.

    Raises:
        DocumentError: it is not simple enough for that to be sure.
    """
    styles = "\n".join((page, *(sheet.text for sheet in sheets)))
    page = _without_noscript(page, styles)
    if sheets and _IMPORT.search(styles):
        refuse("a sheet that asks for another sheet")
    tags = _LINK.findall(page)
    if not tags:
        return page
    places = [node.getparent().tag for node in html_tree(page).root.iter("link")]
    if len(tags) != len(places):
        refuse("a link in another place than among the page's elements")
    is_seen = any(place != "head" for place in places) or _RELATION.search(styles) is not None
    known = _by_address(sheets, base)
    beside = {_last(name) for name in (*known, *others)}

    def with_sheet(found: re.Match[str]) -> str:
        tag = found[0]
        attributes = _ATTRIBUTE.findall(tag)
        told = {key.lower(): value for key, value in attributes}
        is_sure = (
            _WELL_FORMED.fullmatch(tag) is not None
            and len(told) == len(attributes)
            and "&" not in told.get("rel", "")
        )
        if is_sure and "stylesheet" not in told.get("rel", "").lower():
            return tag
        quoted = told.get("href", "")
        address = quoted[1:-1].replace("&amp;", "&") if quoted[:1] in {'"', "'"} else ""
        if "&" in quoted.replace("&amp;", ""):
            address = ""
        if is_sure and address in known and told.keys() <= _OF_SHEETS:
            if is_seen and _ADDRESS_IN_SELECTOR.search(styles):
                refuse("a sheet that asks for addresses")
            held = b64encode(known[address].encode("utf-8", "replace")).decode("ascii")
            return tag.replace(quoted, f'"data:text/css;charset=utf-8;base64,{held}"')
        if sheets or not is_sure or _last(unescape(address or quoted)) in beside:
            refuse("a sheet that is asked for in another way")
        return tag

    return re.sub(r"<link\b[^>]*>", with_sheet, page, flags=re.I)


def _by_address(sheets: Sequence[Sheet], base: str) -> dict[str, str]:
    told = Counter(name.lower() for sheet in sheets for name in sheet.addresses)
    if any(count > 1 for count in told.values()):
        refuse("two sheets of one address")
    folder = f"{base.rpartition('/')[0]}/"
    found: dict[str, str] = {}
    for sheet in sheets:
        for name in sheet.addresses:
            found[name] = sheet.text
            parts = urlsplit(name)
            path = parts.path
            if parts.netloc and parts.netloc == urlsplit(base).netloc and _RELATIVE.fullmatch(path):
                found[path] = sheet.text
            inner = name.removeprefix(folder)
            if len(folder) > 1 and inner != name and _RELATIVE.fullmatch(inner):
                found[inner] = sheet.text
    return found


def _last(address: str) -> str:
    return urlsplit(address.strip()).path.rpartition("/")[2].lower()


def _without_noscript(page: str, styles: str) -> str:
    """What is there for browsers without scripts, as the text or the sheet that they show of it.

    It stands in a plain element of a line in its place, so that sheets that count elements find as many.
    """
    if "noscript" not in page.lower() and "noscript" not in styles.lower():
        return page
    if len(_NOSCRIPT.findall(page)) * 2 != styles.lower().count("noscript"):
        refuse("something for browsers without scripts")
    places = [node.getparent().tag for node in html_tree(page).root.iter("noscript")]
    if len(places) != len(_NOSCRIPT.findall(page)):
        refuse("something for browsers without scripts in another place than among the elements")

    parents = iter(places)

    def shown(found: re.Match[str]) -> str:
        inner = found[1]
        if ("<" in inner) is not (next(parents) == "head"):
            refuse("something for browsers without scripts where it is unusual")
        if "<" in inner:
            return inner
        if _PLACES_IN_SHEETS.search(styles):
            refuse("something for browsers without scripts beside sheets that count elements")
        return f"<span>{inner}</span>"

    return _NOSCRIPT.sub(shown, page)
