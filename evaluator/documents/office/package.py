"""The archive of an office document: parts read under one budget, XML without document types.

Every size is counted while inflating, because directories of archives lie.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from ...errors import DocumentError, Unreadable
from ..draft import Hidden
from .places import Places

MAX_MEMBERS = 5_000
MAX_PART = 30 * 1024 * 1024
MAX_TOTAL = 80 * 1024 * 1024
MAX_DEPTH = 400
_MOST_NAMES = 10_000
Attributes = dict[str, str]
_VERSION = re.compile(r"^urn:oasis:names:tc:[^:]*:xmlns:([^:]*):1\.[^:]*$")
"""Namespaces of OpenDocument, which programs take for the same in any of its versions."""
_FIRST = r"urn:oasis:names:tc:opendocument:xmlns:\1:1.0"


@lru_cache(maxsize=256)
def _first_version(namespace: str) -> str:
    return _VERSION.sub(_FIRST, namespace)


class _ShortNames(dict[str, str]):
    """Names as handlers see them, by those that the parser gives; each is made short once.

    Args:
        namespaces: URI to prefix.
    """

    def __init__(self, namespaces: dict[str, str]) -> None:
        self._namespaces = namespaces

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = self._namespaces.get(_first_version(namespace))
        short = f"{prefix}:{local}" if prefix else local
        if len(self) < _MOST_NAMES:
            self[name] = short
        return short


class OfficePackage:
    """Members of an archive and a guarded parser for them.

    Args:
        archive: open for reading.
        namespaces: URI to the short prefix that handlers see; others lose theirs.
    """

    def __init__(self, archive: ZipFile, namespaces: dict[str, str]) -> None:
        self._archive = archive
        self._inflated = 0
        self._short = _ShortNames(namespaces)
        self.watched: dict[str, Callable[[str, Attributes], None]] = {}
        """By part, what is shown every element once."""
        listed = archive.namelist()
        self._members = {part_name(name): name for name in listed}
        self.names = frozenset(self._members)
        if len(listed) > MAX_MEMBERS:
            message = f"The archive has more than {MAX_MEMBERS:,} members."
            raise DocumentError(Unreadable.UNSAFE, message)
        if len(self.names) != len(listed):
            refuse_second("a part of its archive")

    def parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None,
        data: Callable[[str], None] | None,
        places: Places | None = None,
    ) -> None:
        """Run handlers over one part; nothing happens when it does not exist.

        Args:
            part: its name.
            start: handler of elements that begin.
            end: handler of elements that end, where they matter.
            data: handler of text, where it matters.
            places: told first of every element.

        Raises:
            DocumentError: too large, too deep, damaged, or with a document type.
        """
        if part not in self.names:
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        watch = self.watched.pop(part, None)
        short, ended = self._short, end or _nothing
        depth = 0

        def refuse(*_: object) -> None:
            message = "The document declares a document type, which ordinary ones never do."
            raise DocumentError(Unreadable.UNSAFE, message)

        def opened(tag: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                message = f"The document nests deeper than {MAX_DEPTH} levels."
                raise DocumentError(Unreadable.UNSAFE, message)
            name = short[tag]
            named: Attributes = {}
            for key, value in attributes.items():
                named[short[key]] = value
            if watch is not None:
                watch(name, named)
            if places is not None:
                places.start(name)
            start(name, named)

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if places is not None:
                places.end()
            ended(short[tag])

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = data
        self._feed(parser, part)

    def read(self, part: str) -> bytes:
        """One part as it is; empty when it does not exist.

        Raises:
            DocumentError: too large.
        """
        return b"".join(self._blocks(part)) if part in self.names else b""

    def _feed(self, parser: expat.XMLParserType, part: str) -> None:
        for block in self._blocks(part):
            parser.Parse(block, False)
        parser.Parse(b"", True)

    def _blocks(self, part: str) -> Iterator[bytes]:
        size = 0
        with self._archive.open(self._members[part]) as stream:
            while block := stream.read(1 << 16):
                size += len(block)
                self._inflated += len(block)
                if size > MAX_PART or self._inflated > MAX_TOTAL:
                    message = "The document inflates beyond the limit."
                    raise DocumentError(Unreadable.UNSAFE, message)
                yield block


def _nothing(_: str) -> None:
    return None


def refuse_second(what: str) -> NoReturn:
    """Refuse a document that tells something twice, of which each program takes another."""
    message = f"The document tells {what} twice, so that two programs may show two documents."
    raise DocumentError(Unreadable.UNSAFE, message, hint="Save it again.")


def part_name(name: str) -> str:
    """A part's name as the format has it; some programs write it as a path of Windows or from the root."""
    return name.replace("\\", "/").lstrip("/")


@contextmanager
def opened(data: bytes, namespaces: dict[str, str]) -> Iterator[OfficePackage]:
    """The package in ``data``; errors of the archive and of the XML parser become typed ones.

    Raises:
        DocumentError: damaged, encrypted or unsafe.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            yield OfficePackage(archive, namespaces)
    except (*_PACKAGE_ERRORS, zlib.error) as error:
        raise _typed(error) from error


def properties(package: OfficePackage, part: str, names: frozenset[str]) -> list[Hidden]:
    """What a part of properties says beside the page, for the named elements."""
    found: list[Hidden] = []
    within: list[str] = []

    def said(text: str) -> None:
        if within and within[-1] in names and text.strip():
            found.append(Hidden(f"the property {within[-1].rpartition(':')[2]}", text))

    def left(_: str) -> None:
        within.pop()

    package.parse(part, lambda tag, _: within.append(tag), left, said)
    return found


def _typed(error: Exception) -> DocumentError:
    if isinstance(error, BadZipFile):
        message = "The document's archive is damaged."
        return DocumentError(Unreadable.DAMAGED, message, hint="Save it again.")
    if isinstance(error, RuntimeError | NotImplementedError):
        message = "The document is encrypted."
        return DocumentError(Unreadable.ENCRYPTED, message, hint="Save it without a password.")
    message = f"The document's XML is damaged ({error})."
    return DocumentError(Unreadable.DAMAGED, message, hint="Save it again.")


_PACKAGE_ERRORS = (
    BadZipFile,
    RuntimeError,
    NotImplementedError,
    expat.ExpatError,
    UnicodeError,
    EOFError,
    LookupError,
    ValueError,
)
"""All that reading a damaged archive may raise, zlib's own error apart, which is not a ValueError."""
