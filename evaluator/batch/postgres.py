"""A run's rows in PostgreSQL: a schema a run, many workers at a time, each candidate leased by one of them.

A lease is tied to the session that took it: when a worker dies, its session ends and the lease with it, without a clock.
Writes of one run come one after the other, so that its record and its hash chains have no gap.
"""

from __future__ import annotations

import os
import secrets
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ..access import write_own
from ..errors import ConfigurationError, EvaluatorError, StorageError, UsageError
from ..secret_masking import learn
from .databases import POSTGRES, held
from .schema import POSTGRES_MIGRATIONS, POSTGRES_TABLES, VERSION

_PORT = 5432
_SECONDS = 10
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_KEEP = (
    "set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3"
)
_LEASE = """
    insert into lease (key, pid, began) values (?, ?, ?)
    on conflict (key) do update set pid = excluded.pid, began = excluded.began
    where not exists (
        select 1 from pg_stat_activity a where a.pid = lease.pid and extract(epoch from a.backend_start)::text = lease.began
    ) returning key
"""
"""Nobody has it, or whose session is over."""


def connection(address: str) -> Any:
    """A session.

    Args:
        address: ``postgresql://user:password@host:port/database``, with ``?sslmode=`` ``disable`` or ``verify-full``; from
            other machines the latter is what is done without it.

    Raises:
        UsageError: the extra is not installed.
        ConfigurationError: the address is none.
        StorageError: the server is not there, or lets nobody in.
    """
    try:
        from pg8000 import dbapi
    except ModuleNotFoundError as error:
        message = f"PostgreSQL needs {error.name}, which is not installed."
        raise UsageError(message, hint="pip install 'resume-evaluator[postgres]'.") from error
    try:
        parts = urlsplit(address)
        port, options = parts.port or _PORT, parse_qs(parts.query)
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname or ""
    if parts.scheme not in {"postgresql", "postgres"} or not host:
        message = "EVALUATOR_DATABASE is no address of a PostgreSQL server."
        raise ConfigurationError(message, hint="Write postgresql://user:password@host:5432/database.")  # fmt: skip
    password = unquote(parts.password) if parts.password else None
    learn(password)
    mode = options.get("sslmode", ["disable" if host in _LOOPBACK else "verify-full"])[0]
    try:
        made = dbapi.connect(
            user=unquote(parts.username or "postgres"), password=password, host=host, port=port,
            database=unquote(parts.path.lstrip("/")) or "postgres", timeout=_SECONDS, application_name="evaluator",
            ssl_context=None if mode == "disable" else ssl.create_default_context(),
        )  # fmt: skip
    except (dbapi.Error, OSError) as error:
        raise _unreached(error) from error
    made.autocommit = True
    made._usock.settimeout(None)  # the time is for connecting alone; a write may wait for others'
    return made


def _unreached(error: Exception) -> StorageError:
    message = f"The PostgreSQL server of EVALUATOR_DATABASE is not reached ({_said(error)})."
    return StorageError(message, hint="Start it, or check the address, user and password.")


def _said(error: Exception) -> str:
    """What the server said, without its place in the sources."""
    told = error.args[0] if error.args else ""
    return str(told.get("M", "refused") if isinstance(told, dict) else told)[:200]


def _number(text: str) -> int:
    """A lock's number: the server knows locks by numbers."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big", signed=True)


def new_place(folder: Path) -> None:
    """Say in a run folder that its rows are in PostgreSQL, in a schema that nobody else has."""
    write_own(folder / POSTGRES, f"run_{secrets.token_hex(12)}\n".encode())


class PostgresDatabase:
    """The rows of one run.

    Args:
        folder: of the run; names the schema.
        address: of the server.
        alone: nobody else may hold the run meanwhile.

    Raises:
        StorageError: the server is not reached, somebody holds the run, or the folder names no schema.
        UsageError: a newer version of the program made it, or the extra is not installed.
        ConfigurationError: the address is none.
    """

    is_shared = True

    def __init__(self, folder: Path, address: str, *, alone: bool = False) -> None:
        self.path = folder / POSTGRES
        schema = self.path.read_text(encoding="ascii").strip()
        if not (schema.startswith("run_") and schema.isalnum() is False and schema[4:].isalnum()):
            message = f"{self.path} names no schema of a run."
            raise StorageError(message, hint="Choose another --out.")
        self._db = connection(address)
        from pg8000 import dbapi

        self.errors: tuple[type[Exception], ...] = (dbapi.Error, OSError)
        self._holding, self._writing = _number(f"hold {schema}"), _number(f"write {schema}")
        self._is_in = False
        self._leased: set[str] = set()
        try:
            self._prepare(schema, alone=alone)
        except BaseException:
            self.close()
            raise

    def _prepare(self, schema: str, *, alone: bool) -> None:
        for each in (*_KEEP.split("; "), f"set search_path to {schema}"):
            self.execute(each)
        kind = "" if alone else "_shared"
        if not self.execute(f"select pg_try_advisory_lock{kind}(?)", (self._holding,)).fetchone()[0]:  # fmt: skip
            raise held(self.path.parent)
        self.begin()
        self.execute(f"create schema if not exists {schema}")
        found = self.execute("select to_regclass('format')").fetchone()[0]
        if found is None:
            for table in POSTGRES_TABLES:
                self.execute(table)
            self.execute("insert into format (version) values (?)", (VERSION,))
        version = self.execute("select version from format").fetchone()[0]
        for newer in range(version + 1, VERSION + 1):
            self.execute(POSTGRES_MIGRATIONS[newer])
            self.execute("update format set version = ?", (newer,))
        self.commit()
        if version > VERSION:
            message = f"The run folder was made by a newer version (format {version})."
            raise UsageError(message, hint="Update evaluator, or choose another --out.")
        row = self.execute("select pid, extract(epoch from backend_start)::text from pg_stat_activity where pid = pg_backend_pid()")  # fmt: skip
        self._pid, self._began = row.fetchone()

    def execute(self, query: str, values: Sequence[Any] = ()) -> Any:
        """Values stand for the question marks."""
        cursor = self._db.cursor()
        cursor.execute(query.replace("?", "%s"), tuple(map(_storable, values)))
        return _Found(cursor)

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same for each row."""
        for row in rows:
            self.execute(query, row)

    def begin(self) -> None:
        """A transaction, once nobody else writes this run."""
        self.execute("begin")
        self._is_in = True
        self.execute("select pg_advisory_xact_lock(?)", (self._writing,))

    def commit(self) -> None:
        """Its end."""
        self.execute("commit")
        self._is_in = False
        with suppress(OSError):
            os.utime(self.path)

    def rollback(self) -> None:
        """Its end without effect."""
        if self._is_in:
            self._is_in = False
            with suppress(*self.errors):  # with the session the transaction is gone
                self.execute("rollback")

    def field(self, column: str, name: str) -> str:
        """SQL for a text field of JSON in a column."""
        return f"({column}::json ->> '{name}')"

    def lease(self, key: str) -> bool:
        """Take a candidate for as long as this session lasts, or until it is released."""
        if key in self._leased:
            return True
        taken = self.execute(_LEASE, (key, self._pid, self._began)).fetchone()
        if taken:
            self._leased.add(key)
        return bool(taken)

    def release(self, key: str) -> None:
        """Let go of a candidate."""
        if key in self._leased:
            self.execute("delete from lease where key = ? and pid = ? and began = ?", (key, self._pid, self._began))  # fmt: skip
            self._leased.discard(key)

    @contextmanager
    def turn(self, of: str) -> Iterator[None]:
        """A time in which nobody else does what has this name; waits for it."""
        number = _number(f"{of} {self._holding}")
        self.execute("select pg_advisory_lock(?)", (number,))
        try:
            yield
        finally:
            with suppress(*self.errors):
                self.execute("select pg_advisory_unlock(?)", (number,))

    def is_alone(self) -> bool:
        """Whether nobody else holds the run right now."""
        alone = bool(self.execute("select pg_try_advisory_lock(?)", (self._holding,)).fetchone()[0])
        if alone:
            self.execute("select pg_advisory_unlock(?)", (self._holding,))
        return alone

    def forget_deleted(self) -> None:
        """Done when the tables are written anew."""

    def scrub(self) -> None:
        """Every table anew; the server's own log and its backups are its operator's."""
        for table in ("report", "item", "entry", "export", "intent", "lease", "event"):
            self.execute(f"vacuum (full) {table}")

    def empty_log(self) -> None:
        """The server's own, which it empties itself."""

    def close(self) -> None:
        """End the session, and with it what it holds."""
        with suppress(*self.errors):
            # The server notices the end of a session some time later; whoever comes next must not be refused.
            self.execute("select pg_advisory_unlock_all()")
        with suppress(*self.errors):
            self._db.close()

    def translated(self, error: Exception) -> EvaluatorError:
        """An error of the server in our words."""
        told = error.args[0] if error.args else None
        if not isinstance(told, dict):
            return _unreached(error)
        message = f"The PostgreSQL server refuses the rows of {self.path.parent} ({_said(error)})."
        return StorageError(message, hint="See the server's own log.")


class _Found:
    """Rows of a query; of one that gives none there are none."""

    def __init__(self, cursor: Any) -> None:
        self._rows = list(cursor.fetchall()) if cursor.description else []
        self._next = 0

    def fetchone(self) -> Any:
        self._next += 1
        return self._rows[self._next - 1] if self._next <= len(self._rows) else None

    def fetchall(self) -> Any:
        return self._rows

    def __iter__(self) -> Any:
        return iter(self._rows)


def _storable(value: Any) -> Any:
    """The server's text holds no NUL, and no half of a character."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
