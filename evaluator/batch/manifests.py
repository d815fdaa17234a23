"""Manifests: tables of resumes as spreadsheets of many countries write them."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..documents.decoding import decoded
from ..errors import UsageError
from ..github.addresses import mention_of
from .addresses import is_address

SUFFIXES = frozenset([".csv", ".tsv"])
_OWN_COLUMNS = frozenset({"path", "github"})
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\"?sep=(.)\"?\s*", re.I)
_BLOCK = 1 << 20
_LARGEST_FIELD = 1 << 24
_MEND = "Give a table with a header: path,github"


class Entry(NamedTuple):
    """A row of a manifest."""

    line: int
    """Where it ends in the file, from 1."""
    path: str
    """As it stands there; empty when the row names none."""
    github: str | None
    carried: dict[str, str]
    """Its other columns."""


def entries(manifest: Path) -> Iterator[Entry]:
    """Rows with anything in them, in order.

    Raises:
        UsageError: it has no column ``path``, or is no table.
    """
    csv.field_size_limit(_LARGEST_FIELD)
    with manifest.open("rb") as raw:
        encoding = _encoding(raw)
        raw.seek(0)
        stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
        delimiter = _delimiter(stream, manifest)
        rows = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            columns = [_clean(name) for name in next(rows)]
            for row in rows:
                found = dict(zip(columns, map(_clean, row), strict=False))
                if any(found.values()):
                    yield _entry(rows.line_num, columns, found)
        except csv.Error as error:
            message = f"The manifest {manifest} cannot be read at line {rows.line_num} ({error})."
            hint = "Put quotes around whole fields, and close each."
            raise UsageError(message, hint=hint) from error


def _entry(line: int, columns: list[str], row: dict[str, str]) -> Entry:
    own = {
        name.casefold(): row.get(name, "") for name in columns if name.casefold() in _OWN_COLUMNS
    }
    return Entry(
        line=line,
        path=own.get("path", ""),
        github=_login(own.get("github", "")),
        carried={
            name: row.get(name, "")
            for name in columns
            if name and name.casefold() not in _OWN_COLUMNS
        },
    )


def _login(text: str) -> str | None:
    """An account as people write it: the name, with @, or its address."""
    name = text.strip().removeprefix("@").rstrip("/")
    if "/" in name:
        address = name if is_address(name) else f"https://{name}"
        found = mention_of(address, "manifest")
        return found.login if found else name
    return name or None


def _encoding(raw: io.BufferedReader) -> str:
    """UTF-8 where all of it is; else what its first strange part looks like."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = raw.read(_BLOCK)
    if (
        first.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        or b"\0" in first
    ):
        return decoded(first).encoding
    block = first
    while True:
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError:
            return decoded(block or first).encoding
        if not block:
            return "utf-8"
        block = raw.read(_BLOCK)


def _delimiter(stream: io.TextIOWrapper, manifest: Path) -> str:
    """The sign between fields; the stream stands before the header afterwards."""
    first = stream.readline()
    named = _SEPARATOR.fullmatch(first)
    if named:
        return named.group(1)
    stream.seek(0)
    found: dict[str, list[str]] = {}
    for delimiter in _DELIMITERS:
        try:
            found[delimiter] = [
                _clean(c) for c in next(csv.reader([first], delimiter=delimiter), [])
            ]
        except csv.Error:
            continue
    fitting = [d for d, names in found.items() if "path" in {name.casefold() for name in names}]
    if not fitting:
        message = f"The manifest {manifest} has no column “path”."
        raise UsageError(message, hint=_MEND)
    return max(fitting, key=lambda delimiter: len(found[delimiter]))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip(" \t\r\n\u00a0\ufeff\u200b")
