"""Who the resume is about: the strings that are known to be this person's.

Used to redact them before any reader and to name the candidate in the report after judging.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from ..models.base import Value
from ..models.document import Document
from .folding import fold
from .former_names import former_names
from .known_names import names_vocabulary
from .name_pieces import is_small
from .naming import find_name, small_words
from .outline import Outline
from .phones import phones_in
from .sections import Section

__all__ = ["EMAIL", "Contact", "contact", "fold", "host_and_path", "phones_in"]

EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")


class Contact(Value):
    """What a resume says about the person."""

    name: str | None = None
    """None where no line is likely enough to be the name."""
    others: tuple[str, ...] = ()
    """Other names of the same person: in another script, in brackets, former."""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Targets and visible addresses of the document's links."""
    small_words: frozenset[str] = frozenset()
    """Parts of names and accounts that the resume also writes in small letters, so as words; folded."""
    header: tuple[str, ...] = ()
    """Lines before the first section, as they stand."""


def contact(document: Document, parts: Outline) -> Contact:
    """Collect the strings that identify the candidate."""
    header = tuple(
        document.text[p.start : p.end] for p in parts.passages if p.section is Section.HEADER
    )
    emails = tuple(dict.fromkeys(EMAIL.findall(document.text)))
    links = tuple(dict.fromkeys(link.target for link in document.links))
    written_small = small_words(document)
    found = find_name(document, _handles(document, emails, links), written_small)
    names = [found.name, *found.others] if found else []
    names += former_names(document.text, " ".join(names)) if found else ()
    names = list(dict.fromkeys(names))
    return Contact(
        name=found.name if found else None,
        others=tuple(names[1:]),
        emails=emails,
        phones=tuple(dict.fromkeys(phones_in(document.text))),
        links=links,
        small_words=_small_words(document.text, written_small, names, [*emails, *links]),
        header=header,
    )


def _small_words(
    text: str, written_small: frozenset[str], names: list[str], accounts: list[str]
) -> frozenset[str]:
    """Words of names and accounts that stand alone in small letters, outside addresses and names."""
    words = frozenset(fold(word) for text in (*names, *accounts) for word in _WORD.findall(text))
    if any(is_small(name) for name in names):
        return frozenset()  # who writes the name so writes it so in the text
    return frozenset(word for word in words & written_small if _stands_alone(text, word))


def _stands_alone(text: str, word: str) -> bool:
    """Whether a word is ever written outside of what hyphens join, such as a package that bears a name."""
    if not word.isascii():
        return True
    alone = re.compile(rf"(?<![\w.-]){word}(?![\w-]|\.\w)")
    pieces = (piece for piece in text.split() if word in piece)
    return any(alone.search(p) for p in pieces if "@" not in p and "/" not in p)


_WORD = re.compile(r"[^\W\d_]{3,}")


def _handles(document: Document, emails: tuple[str, ...], links: tuple[str, ...]) -> str:
    """What people call themselves in addresses and file names, as one folded text."""
    accounts = [mail.split("@")[0] for mail in emails]
    accounts += [unquote(link) for link in links]
    words = re.split(r"[\W\d_]+", fold(PurePath(document.name).stem))
    kept = [word for word in words if word not in names_vocabulary("file_words")]
    return fold(" ".join(accounts)) + " " + " ".join(kept)


def host_and_path(target: str) -> tuple[str, str]:
    """Lower-case host and path of a link target, also without a scheme; empty when it has none."""
    address = target if "://" in target else f"//{target}"
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", ""
