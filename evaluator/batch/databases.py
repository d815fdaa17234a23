"""Where a run's rows are: SQLite in its folder, or a schema of a PostgreSQL server that its folder names.

The store speaks the SQL that both know. What they do differently is here: who may hold a run at the same time, how a
write is kept from others, and how rows go for good.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Protocol

from ..access import make_own, refuse_link
from ..errors import EvaluatorError, StorageError
from .files import storage_error
from .schema import bring_up_to_date, has_programs

SQLITE = "run.sqlite"
POSTGRES = "run.postgres"
"""Names the schema of a run; its time changes with every write."""


def is_run(folder: Path) -> bool:
    """Whether a folder is one of a run."""
    return any((folder / name).is_file() for name in (SQLITE, POSTGRES))


def is_shared(folder: Path) -> bool:
    """Whether several may hold a run at the same time."""
    return (folder / POSTGRES).is_file()


def place_of(folder: Path) -> Path:
    """The file that changes whenever the rows of a run do."""
    return folder / (POSTGRES if is_shared(folder) else SQLITE)


class Rows(Protocol):
    """What a query gave."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...
    def __iter__(self) -> Any: ...


class Executor(Protocol):
    """What chains are written with: a connection within a transaction of the caller."""

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Rows:
        """Values stand for the question marks."""
        ...


class Database(Executor, Protocol):
    """A connection to the rows of one run; from one thread at a time."""

    @property
    def path(self) -> Path:
        """Tells people which run it is."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What it raises."""
        ...

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> object:
        """The same for each row."""
        ...

    def begin(self) -> None:
        """A transaction; nobody else writes this run until it ends."""
        ...

    def commit(self) -> None:
        """It is on the disk when this returns."""
        ...

    def rollback(self) -> None:
        """Nothing of it was done; also where there is no transaction."""
        ...

    def field(self, column: str, name: str) -> str:
        """SQL for a text field of JSON in a column."""
        ...

    def lease(self, key: str) -> bool:
        """Take a candidate; False where somebody else who is alive has it."""
        ...

    def release(self, key: str) -> None:
        """Let go of it."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether others may hold the run at the same time."""
        ...

    def turn(self, of: str) -> AbstractContextManager[None]:
        """A time in which nobody else does what has this name; waits for it."""
        ...

    def is_alone(self) -> bool:
        """Whether nobody else holds the run right now."""
        ...

    def forget_deleted(self) -> None:
        """Before deleting: nothing of it is to stay in what becomes free."""
        ...

    def scrub(self) -> None:
        """After deleting: write the rest anew, so that nothing of it stays."""
        ...

    def empty_log(self) -> None:
        """Let the last writes stand in the tables alone, where that is in our hands."""
        ...

    def close(self) -> None:
        """Let go of the run."""
        ...

    def translated(self, error: Exception) -> EvaluatorError:
        """An error of its own in our words."""
        ...


class SqliteDatabase:
    """One file with a write-ahead log, which one connection holds alone.

    Args:
        folder: of the run.

    Raises:
        StorageError: it cannot be opened, another process holds it, or a link is in its place.
        UsageError: a newer version of the program made it.
    """

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)
    is_shared = False

    def __init__(self, folder: Path) -> None:
        self.path = folder / SQLITE
        for suffix in ("-wal", "-shm", "-journal"):
            refuse_link(folder / f"{SQLITE}{suffix}")
        make_own(self.path)
        self._db = sqlite3.connect(
            self.path, isolation_level=None, timeout=0.2, check_same_thread=False
        )
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise
        self.execute = self._db.execute
        self.executemany = self._db.executemany

    def _prepare(self) -> None:
        self._db.execute("pragma locking_mode = exclusive")
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        bring_up_to_date(self._db)
        if has_programs(self._db):
            raise changed(self.path)
        # Takes the exclusive lock now, so that a second process is refused before it works.
        self._db.execute("begin immediate")
        self._db.execute("commit")

    def begin(self) -> None:
        """A transaction."""
        self._db.execute("begin immediate")

    def commit(self) -> None:
        """Its end."""
        self._db.execute("commit")

    def rollback(self) -> None:
        """Its end without effect."""
        if self._db.in_transaction:
            self._db.rollback()

    def field(self, column: str, name: str) -> str:
        """SQL for a text field of JSON in a column."""
        return f"json_extract({column}, '$.{name}')"

    def lease(self, _: str) -> bool:
        """Whoever holds the file has every candidate."""
        return True

    def release(self, _: str) -> None:
        """Nothing was taken."""

    def turn(self, _: str) -> AbstractContextManager[None]:
        """There is nobody else."""
        return nullcontext()

    def is_alone(self) -> bool:
        """Whoever holds the file does so alone."""
        return True

    def forget_deleted(self) -> None:
        """Pages that become free are overwritten."""
        self._db.execute("pragma secure_delete = on")

    def scrub(self) -> None:
        """The whole file anew, and an empty write-ahead log."""
        self._db.execute("vacuum")
        self.empty_log()

    def empty_log(self) -> None:
        """Fold the write-ahead log in."""
        self._db.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> None:
        """Fold the log in and let go of the file."""
        self._db.close()

    def translated(self, error: Exception) -> StorageError:
        """An error of SQLite or of the disk in our words."""
        return sqlite_error(self.path, error)


def sqlite_error(path: Path, error: Exception) -> StorageError:
    """An error of SQLite or of the disk in our words."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return held(path.parent)
    if "not a database" in text or "malformed" in text:
        message = f"{path} is damaged or not a run database."
        return StorageError(message, hint="Choose another --out.")
    return storage_error(path, error)


def held(folder: Path) -> StorageError:
    """Somebody else has the run."""
    message = f"Another process is working on {folder}."
    return StorageError(message, hint="Wait for it to end, or choose another --out.")


def changed(path: Path) -> StorageError:
    """Something that we never write."""
    message = (
        f"{path} was changed by another program: it holds a row that this program did not write."
    )
    return StorageError(message, hint="Make the run again with another --out.")
