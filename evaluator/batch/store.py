"""The run's truth: one SQLite file, write-ahead log, every commit on the disk before it counts.

A row is a source; a report is kept under the identity of what it depends on, so that two files with
the same content are evaluated once. The connection holds the file alone while a run lasts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import StorageError, UsageError
from ..models.base import Value
from .files import storage_error

VERSION = 2
_MIGRATIONS = (
    """
    create table report (
        key text primary key,
        id text not null,
        json text not null
    ) strict;
    create table item (
        source text primary key,
        key text not null,
        id text not null,
        state text not null check (state in ('done', 'failed')),
        reason text not null default ''
    ) strict;
    """,
    "alter table report add column text text;",
)


class Item(Value):
    """One source and what became of it."""

    source: str
    key: str
    id: str
    state: str
    reason: str


class RunStore:
    """The database of one run folder. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "run.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._path, isolation_level=None, timeout=0.2)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise self._translate(error) from error

    def _prepare(self) -> None:
        self._db.execute("pragma locking_mode = exclusive")
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        found = self._db.execute("pragma user_version").fetchone()[0]
        if found > VERSION:
            message = f"The run folder was made by a newer version (format {found})."
            raise UsageError(message, mend="Update evaluator, or choose another --out.")
        for number in range(found, VERSION):
            self._db.executescript(
                f"begin immediate; {_MIGRATIONS[number]} pragma user_version = {number + 1}; commit;"
            )
        # Takes the exclusive lock now, so that a second process is refused before it works.
        self._db.execute("begin immediate")
        self._db.execute("commit")

    def _translate(self, error: Exception) -> StorageError:
        text = str(error)
        if "locked" in text or "busy" in text:
            message = f"Another process is working on {self._path.parent}."
            return StorageError(message, mend="Wait for it to end, or choose another --out.")
        if "not a database" in text or "malformed" in text:
            message = f"{self._path} is damaged or not a run database."
            return StorageError(message, mend="Choose another --out.")
        return storage_error(self._path, error)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.rollback()
            raise self._translate(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Fold the log in and let go of the file."""
        self._db.close()

    def item(self, source: str) -> Item | None:
        """The row of a source."""
        with self._guarded():
            row = self._db.execute(
                "select source, key, id, state, reason from item where source = ?", (source,)
            ).fetchone()
        return _item(row) if row else None

    def items(self) -> list[Item]:
        """Every row, by source."""
        with self._guarded():
            rows = self._db.execute(
                "select source, key, id, state, reason from item order by source"
            ).fetchall()
        return [_item(row) for row in rows]

    def report(self, key: str) -> str | None:
        """The JSON kept under an identity."""
        with self._guarded():
            row = self._db.execute("select json from report where key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def text(self, key: str) -> str | None:
        """The document's text kept beside a report; None in runs made before texts were kept."""
        with self._guarded():
            row = self._db.execute("select text from report where key = ?", (key,)).fetchone()
        return str(row[0]) if row and row[0] is not None else None

    def finish(self, item: Item, report: str | None, text: str | None = None) -> None:
        """Write a row, its report and the document's text in one transaction."""
        with self._guarded():
            self._db.execute("begin immediate")
            if report is not None:
                self._db.execute(
                    "insert into report (key, id, json, text) values (?, ?, ?, ?)"
                    " on conflict (key) do update set json = excluded.json, text = excluded.text",
                    (item.key, item.id, report, text),
                )
            self._db.execute(
                "insert into item (source, key, id, state, reason) values (?, ?, ?, ?, ?)"
                " on conflict (source) do update set key = excluded.key, id = excluded.id,"
                " state = excluded.state, reason = excluded.reason",
                (item.source, item.key, item.id, item.state, item.reason),
            )
            self._db.execute("commit")


def _item(row: tuple[str, str, str, str, str]) -> Item:
    source, key, id_, state, reason = row
    return Item(source=source, key=key, id=id_, state=state, reason=reason)
