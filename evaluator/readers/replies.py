"""Replies are kept under what was asked, so that the same question is paid for once.

A kept reply makes the same report without a network, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from ..access import Access, make_folder, make_own, refuse_link, restrict
from ..errors import StorageError
from ..models.base import Value
from ..models.reading import Usage
from ..secret_masking import masked, without_known

_TABLES = """
create table if not exists reply (key text primary key, json text not null) strict;
create table if not exists habit (endpoint text primary key, json text not null) strict;
"""


class Reply(Value):
    """What an endpoint answered to one request, all its attempts together."""

    content: str
    truncated: bool = False
    """It ended at the output limit."""
    refusal: str = ""
    """Why there is no content, when the model or a filter refused; never kept."""
    tier: str | None = None
    """Service tier that the endpoint says it used; ``batch`` for imported results."""
    usage: Usage = Usage()
    parts: tuple[str, ...] = ()
    """Keys of the replies that answer a long request together, instead of a content."""


def key_of(question: Mapping[str, object]) -> str:
    """Identity of a question: SHA-256 of its canonical JSON."""
    text = json.dumps(question, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class ReplyStore:
    """One SQLite file of replies, shared by all processes of a user; any thread may use it.

    Args:
        path: the file; None keeps replies in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._turn = threading.Lock()

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            try:
                if self._path is not None:
                    make_folder(self._path.parent)
                    for suffix in ("-wal", "-shm", "-journal"):
                        refuse_link(self._path.with_name(self._path.name + suffix))
                    make_own(self._path)
                    restrict(self._path, Access.OWNER.file)
                self._db = sqlite3.connect(
                    self._path or ":memory:",
                    isolation_level=None,
                    timeout=30,
                    check_same_thread=False,
                )
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma synchronous = full")
                self._db.executescript(_TABLES)
            except (sqlite3.Error, OSError) as error:
                raise self._failed(error) from error
        return self._db

    def _failed(self, error: Exception) -> StorageError:
        message = f"Replies cannot be kept in {self._path} ({error})."
        return StorageError(message, hint="Set EVALUATOR_CACHE_DIR to a folder you can write.")

    def get(self, key: str) -> Reply | None:
        """The reply kept under a key; None also where another version kept it in a form that this one cannot read.

        Raises:
            StorageError: the file cannot be read.
        """
        text = self._one("select json from reply where key = ?", key)
        try:
            return Reply.model_validate_json(text) if text else None
        except ValidationError:
            return None

    def keep(self, replies: Iterable[tuple[str, Reply]]) -> None:
        """Keep replies, on the disk when this returns.

        Raises:
            StorageError: the file cannot be written.
        """
        rows = [(key, without_known(reply.model_dump_json())) for key, reply in replies]
        self._write("insert or replace into reply (key, json) values (?, ?)", rows)

    def capabilities(self, endpoint: str) -> dict[str, object]:
        """What an endpoint and model were found not to take."""
        text = self._one("select json from habit where endpoint = ?", masked(endpoint))
        try:
            value = json.loads(text) if text else {}
        except ValueError:
            value = {}
        return value if isinstance(value, dict) else {}

    def keep_capabilities(self, endpoint: str, capabilities: Mapping[str, object]) -> None:
        """Remember them for the next process."""
        text = json.dumps(capabilities, sort_keys=True)
        self._write(
            "insert or replace into habit (endpoint, json) values (?, ?)",
            [(masked(endpoint), text)],
        )

    def _one(self, query: str, key: str) -> str | None:
        try:
            with self._turn:
                row = self._open().execute(query, (key,)).fetchone()
        except sqlite3.Error as error:
            raise self._failed(error) from error
        return str(row[0]) if row else None

    def _write(self, query: str, rows: list[tuple[str, str]]) -> None:
        with self._turn:
            db = self._open()
            try:
                db.execute("begin immediate")
                db.executemany(query, rows)
                db.execute("commit")
            except sqlite3.Error as error:
                if db.in_transaction:
                    db.rollback()
                raise self._failed(error) from error

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            if self._db is not None:
                self._db.close()
                self._db = None
