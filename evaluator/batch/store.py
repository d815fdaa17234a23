"""The run's truth: one SQLite file with a write-ahead log, or a schema in PostgreSQL; every commit is on the disk before it counts.

A row is a source; a report is kept under the identity of what it depends on, so that two files with
the same content are evaluated once. An intent stands from before the first call for a candidate until its
row, report and record are written in one transaction. A file is held by one connection while a run lasts; in
PostgreSQL many workers share a run, and each candidate is leased by one of them.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ..access import Access, make_folder, restrict
from ..environment import database_address
from ..errors import ConfigurationError, StorageError
from ..secret_masking import masked
from .chain import Entry, Growing, entries_of
from .databases import (
    POSTGRES,
    SQLITE,
    Database,
    SqliteDatabase,
    changed,
    is_run,
    sqlite_error,
)
from .files import storage_error
from .postgres import PostgresDatabase, new_place
from .record_of_use import USE, record_export, record_tables, record_use
from .stored import Item, Kept, is_id, keep_index, now, report_of

__all__ = ["Item", "Kept", "RunStore", "is_id", "now", "report_of"]


class RunStore:
    """The database of one run folder. Use as a context manager, from one thread at a time.

    Args:
        folder: of the run; made when it is missing.
        access: who may read what is written there; None is what was asked for before, and the owner at first.
        operator: on whose behalf reports are made, for the record of use.
        is_there: fail where the folder is missing, instead of making it.

    Attributes:
        access: of the run's files.

    Raises:
        StorageError: it cannot be opened, another process holds it, or a link is in its place.
        UsageError: a newer version of the program made it.
        ConfigurationError: its rows are in PostgreSQL, and no server is named.
    """

    _is_alone = False
    """Whether nobody else may hold the run meanwhile, where others could."""

    def __init__(
        self, folder: Path, access: Access | None = None, operator: str = "", *, is_there: bool = False
    ) -> None:  # fmt: skip
        self._operator = operator
        place = folder / SQLITE
        try:
            if not is_there:
                make_folder(folder, access or Access.OWNER)
            self._db = self._opened(folder)
        except (sqlite3.Error, OSError) as error:
            raise sqlite_error(place, error) from error
        self._path = self._db.path
        try:
            self.access = self._settled(access)
        except BaseException:
            self._db.close()
            raise
        for name in (self._path.name, "log.jsonl"):
            restrict(folder / name, self.access.file)
        if access is not None:
            restrict(folder, access.folder)
        restrict(folder / "reports", self.access.folder)

    def _opened(self, folder: Path) -> Database:
        address = database_address()
        if not is_run(folder) and address is not None:
            new_place(folder)
        if not (folder / POSTGRES).is_file():
            return SqliteDatabase(folder)
        if address is None:
            message = f"The rows of {folder} are in PostgreSQL."
            raise ConfigurationError(message, hint="Set EVALUATOR_DATABASE to the server's address.")  # fmt: skip
        return PostgresDatabase(folder, address.get_secret_value(), alone=self._is_alone)

    def _settled(self, asked: Access | None) -> Access:
        before = self.mark("access")
        if asked is None:
            return Access(before) if before in set(Access) else Access.OWNER
        if before != asked:
            self.set_mark("access", asked.value)
        return asked

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except self._db.errors as error:
            self._db.rollback()
            raise self._db.translated(error) from error

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
        """Let go of the run."""
        self._db.close()

    def item(self, source: str) -> Item | None:
        """The row of a source."""
        return next(self._items("where source = ?", source), None)

    def count(self) -> int:
        """How many rows there are."""
        with self._guarded():
            found: int = self._db.execute("select count(*) from item").fetchone()[0]
        return found

    def readers(self) -> list[str]:
        """The readers that made the reports of this folder."""
        with self._guarded():
            reader = self._db.field("parts", "reader")
            found = self._db.execute(
                f"select distinct {reader} from item where state = 'done'"  # noqa: S608 - of the adapter
            ).fetchall()
        return [str(row[0]) for row in found if row[0]]

    def items(self) -> Iterator[Item]:
        """Every row, by source."""
        return self._items("order by source")

    def _items(self, which: str, *values: str) -> Iterator[Item]:
        with self._guarded():
            for source, key, id_, state, reason, parts, carried in self._db.execute(
                f"select source, key, id, state, reason, parts, carried from item {which}",  # noqa: S608 - constants of this class
                values,
            ):
                try:
                    item = Item(
                        source=source, key=key, id=self._checked(id_), state=state, reason=reason,
                        parts=json.loads(parts), carried=json.loads(carried),
                    )  # fmt: skip
                except (ValueError, TypeError) as error:
                    raise self._changed() from error
                yield item

    def _checked(self, id_: object) -> str:
        """An identity from the file, which names the candidate's files."""
        if not isinstance(id_, str) or (id_ and not is_id(id_)):
            raise self._changed()
        return id_

    def _changed(self) -> StorageError:
        return changed(self._path)

    def kept(self, key: str) -> Kept | None:
        """What is kept under an identity."""
        with self._guarded():
            row = self._db.execute(
                "select id, json, text, row, snapshot from report where key = ?", (key,)
            ).fetchone()
        if row is None:
            return None
        id_, report, text, slim, snapshot = row
        try:
            return Kept(
                id=self._checked(id_), report=report, text=text, row=slim, snapshot=snapshot
            )
        except ValueError as error:
            raise self._changed() from error

    def text_index(self, id_: str) -> str | None:
        """What is kept of a document's text for openings to come."""
        return self._cell("select json from text_index where id = ?", id_)

    def row(self, key: str) -> str | None:
        """The report as the table needs it; of older runs the whole report."""
        return self._cell("select coalesce(row, json) from report where key = ?", key)

    def snapshot(self, key: str) -> str | None:
        """File name and SHA-256 of the portfolio's snapshot of a report."""
        return self._cell("select snapshot from report where key = ?", key)

    def _cell(self, query: str, value: str) -> str | None:
        with self._guarded():
            found = self._db.execute(query, (value,)).fetchone()
        return str(found[0]) if found and found[0] is not None else None

    def intend(self, key: str) -> None:
        """Say before the first call for a candidate that calls are about to be made."""
        with self._transaction():
            self._db.execute("insert into intent (key) values (?) on conflict do nothing", (key,))

    def forget(self, key: str) -> None:
        """Take an intent back: nothing was asked, or nothing came of it."""
        with self._transaction():
            self._db.execute("delete from intent where key = ?", (key,))
            self._db.release(key)

    def lease(self, key: str) -> bool:
        """Take a candidate until it is finished or forgotten; False where a worker that is alive has it."""
        with self._guarded():
            return self._db.lease(key)

    def release(self, key: str) -> None:
        """Let go of a candidate of whom nothing was done."""
        with self._guarded():
            self._db.release(key)

    @property
    def is_shared(self) -> bool:
        """Whether other workers may hold the run at the same time."""
        return self._db.is_shared

    def is_alone(self) -> bool:
        """Whether nobody else holds the run right now."""
        with self._guarded():
            return self._db.is_alone()

    @contextmanager
    def turn(self, of: str) -> Iterator[None]:
        """A time in which no other worker does what has this name; waits for it."""
        with self._guarded(), self._db.turn(of):
            yield

    def intents(self) -> int:
        """Candidates whose calls a killed run had begun."""
        with self._guarded():
            found: int = self._db.execute("select count(*) from intent").fetchone()[0]
        return found

    def finish(self, item: Item, kept: Kept | None, lines: Sequence[str] = ()) -> None:
        """Write a row, what is kept of it and its lines of the record in one transaction."""
        with self._transaction():
            is_evaluated = kept is not None or item.state == "failed"
            self._put(item, kept, Growing(self._db, USE), is_evaluated=is_evaluated)
            self._db.execute("delete from intent where key = ?", (item.key,))
            for line in lines:
                self._record(masked(line))
            self._mark("tables", "old")
            self._db.release(item.key)

    def _record(self, line: str) -> None:
        """The next event, within a transaction; numbers have no gap."""
        self._db.execute(
            "insert into event (number, line) select coalesce(max(number), 0) + 1, ? from event",
            (line,),
        )

    def _put(self, item: Item, kept: Kept | None, use: Growing, *, is_evaluated: bool) -> None:
        """Write a row; one that was not evaluated just now keeps the time at which it was."""
        if kept is not None and kept.index is not None:
            keep_index(self._db, kept.id, kept.index)
        if kept is not None:
            self._db.execute(
                "insert into report (key, id, json, text, row, snapshot) values (?, ?, ?, ?, ?, ?)"
                " on conflict (key) do update set json = excluded.json, text = excluded.text,"
                " row = excluded.row, snapshot = excluded.snapshot",
                (item.key, kept.id, kept.report, kept.text, kept.row, kept.snapshot),
            )
            record_use(
                use, key=item.key, id_=kept.id, report=kept.report, page=kept.page,
                snapshot=kept.snapshot, by=self._operator, at=now(),
            )  # fmt: skip
        self._db.execute(
            "insert into item (source, key, id, state, reason, parts, carried, at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)"
            " on conflict (source) do update set key = excluded.key, id = excluded.id,"
            " state = excluded.state, reason = excluded.reason, parts = excluded.parts,"
            " carried = excluded.carried,"
            " at = coalesce(excluded.at, item.at)",
            (
                item.source, item.key, item.id, item.state, masked(item.reason),
                json.dumps(item.parts), json.dumps(item.carried, ensure_ascii=False),
                now() if is_evaluated else None,
            ),
        )  # fmt: skip

    def replace(self, changed: Iterable[tuple[Item, Kept]]) -> int:
        """Write rows anew with what is kept of them, all in one transaction; gives how many."""
        with self._transaction():
            count, use = 0, Growing(self._db, USE)
            for item, kept in changed:
                self._put(item, kept, use, is_evaluated=False)
                count += 1
            self._mark("tables", "old")
        return count

    def paged(self, changed: Iterable[tuple[str, Kept]]) -> None:
        """Enter reports, each with its identity, whose pages were written anew."""
        with self._transaction():
            use = Growing(self._db, USE)
            for key, kept in changed:
                record_use(
                    use, key=key, id_=kept.id, report=kept.report, page=kept.page,
                    snapshot=kept.snapshot, by=self._operator, at=now(),
                )  # fmt: skip

    def tables_written(self, folder: Path) -> None:
        """Note that the tables tell all that the store holds, and their hashes."""
        with self._transaction():
            try:
                record_tables(self._db, folder, by=self._operator, at=now())
            except OSError as error:
                raise storage_error(folder, error) from error
            self._mark("tables", "new")

    def purged(self, digest: str) -> str | None:
        """When a document, by its identity, or a source, by :meth:`digest_of`, was purged; None when it was not."""
        return self._cell("select at from tombstone where digest = ?", digest)

    def digest_of(self, source: str) -> str:
        """What a purged source is known by: its name, hashed with a number that only this run has."""
        salt = self.mark("salt")
        if salt is None:
            salt = secrets.token_hex(16)
            self.set_mark("salt", salt)
        return hashlib.sha256(f"{salt} {source}".encode("utf-8", "replace")).hexdigest()

    def exported(self, path: Path, ids: Iterable[str], text: str | None = None) -> None:
        """Remember a file outside the run that tells of candidates, so that purging them finds it.

        Args:
            path: of the file.
            ids: of whom it tells.
            text: that is written there, whose hash goes into the record; None where it is no work of this program.
        """
        about = list(ids)
        with self._transaction():
            self._db.executemany(
                "insert into export (path, id) values (?, ?) on conflict do nothing",
                [(str(path.absolute()), id_) for id_ in about],
            )
            if text is not None:
                record_export(self._db, text, about, by=self._operator, at=now())

    def record(self, line: str) -> None:
        """Add one line to the record."""
        with self._transaction():
            self._record(masked(line))

    def lines(self, first: int) -> list[str]:
        """Lines of the record after the first ``first``."""
        with self._guarded():
            found = self._db.execute(
                "select line from event where number > ? order by number", (first,)
            ).fetchall()
        return [str(line) for (line,) in found]

    def entries(self, chain: str, about: str | None = None) -> list[Entry]:
        """Entries of a hash chain in their order; those about one candidate where one is named."""
        with self._guarded():
            return entries_of(self._db, chain, about)

    def mark(self, name: str) -> str | None:
        """A note of the run to itself."""
        return self._cell("select value from mark where name = ?", name)

    def set_mark(self, name: str, value: str) -> None:
        """Keep a note."""
        with self._transaction():
            self._mark(name, value)

    def _mark(self, name: str, value: str) -> None:
        self._db.execute(
            "insert into mark (name, value) values (?, ?)"
            " on conflict (name) do update set value = excluded.value",
            (name, value),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._guarded():
            self._db.begin()
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()
