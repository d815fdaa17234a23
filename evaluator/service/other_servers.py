"""Whether another server works on the same folder: its address stands in a file that it holds while it runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..access import restrict

FILE = ".server.sqlite"


@contextmanager
def holding(folder: Path, address: str) -> Iterator[str | None]:
    """Hold a folder until the block ends, also when the process is killed.

    Args:
        folder: of runs.
        address: that others are told.

    Yields:
        Address of the server that holds the folder already; None where none does, or where nothing can be kept there.
    """
    path = folder / FILE
    try:
        kept = None if path.is_symlink() else sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error:
        kept = None
    if kept is None:
        yield None
        return
    with closing(kept):
        yield _other(kept, path, address)


def _other(kept: sqlite3.Connection, path: Path, address: str) -> str | None:
    try:
        kept.execute("BEGIN IMMEDIATE")
        kept.execute("CREATE TABLE IF NOT EXISTS server (address TEXT)")
        kept.execute("DELETE FROM server")
        kept.execute("INSERT INTO server VALUES (?)", [address])
        kept.execute("COMMIT")
        restrict(path, 0o600)
        kept.execute(
            "BEGIN IMMEDIATE"
        )  # nobody else writes here from now on, and everybody may read
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            with suppress(sqlite3.Error):  # the other one is writing its address just now
                return str(kept.execute("SELECT address FROM server").fetchone()[0])
    return None
