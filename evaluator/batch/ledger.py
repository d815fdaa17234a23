"""Rows, record and pages of a run, written in threads: a slow disk holds up no candidate, and rows stay in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from .finishing import Finished
from .log import RunLog
from .outputs import has_report, write_report
from .store import Item, Kept, RunStore

T = TypeVar("T")


class Ledger:
    """The only one to touch the store while candidates are in flight.

    Args:
        folder: of the run.
        store: its database.
        log: its record.
    """

    def __init__(self, folder: Path, store: RunStore, log: RunLog) -> None:
        self._folder = folder
        self._store = store
        self._log = log
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")

    async def _ask(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def item(self, source: str) -> Item | None:
        """The row of a source."""
        return await self._ask(lambda: self._store.item(source))

    async def kept(self, key: str) -> Kept | None:
        """What is kept under an identity."""
        return await self._ask(lambda: self._store.kept(key))

    async def row(self, key: str) -> str | None:
        """The report as the table needs it."""
        return await self._ask(lambda: self._store.row(key))

    async def snapshot(self, key: str) -> str | None:
        """File name and SHA-256 of the portfolio's snapshot of a report."""
        return await self._ask(lambda: self._store.snapshot(key))

    async def purged(self, id_: str) -> str | None:
        """When a document was purged from the run; None when it was not."""
        return await self._ask(lambda: self._store.purged(id_))

    async def purged_source(self, source: str) -> str | None:
        """The same for the name of a source."""
        return await self._ask(lambda: self._store.purged(self._store.digest_of(source)))

    @property
    def is_shared(self) -> bool:
        """Whether other workers may hold the run at the same time."""
        return self._store.is_shared

    async def lease(self, key: str) -> bool:
        """Take a candidate until it is finished; False where another worker has it."""
        return not self.is_shared or await self._ask(lambda: self._store.lease(key))

    async def release(self, key: str) -> None:
        """Let go of a candidate of whom nothing was done."""
        if self.is_shared:
            await self._ask(lambda: self._store.release(key))

    async def intend(self, key: str) -> None:
        """Say that calls are about to be made, on the disk when this returns."""
        await self._ask(lambda: self._store.intend(key))

    async def forget(self, key: str) -> None:
        """Take an intent back."""
        await self._ask(lambda: self._store.forget(key))

    async def finish(
        self, item: Item, kept: Kept | None, lines: Sequence[str], done: Finished | None = None
    ) -> None:
        """A row with what is kept of it and its lines of the record, then its files.

        Raises:
            StorageError: the disk refuses; the row is there whole or not at all.
        """

        def commit() -> None:
            self._store.finish(item, kept, lines)
            self._log.append()
            for draft in done.drafts if done else ():
                draft.publish()

        await self._ask(commit)

    async def complete_files(self, item: Item) -> None:
        """Write a page that a run had no time for between its row and its end."""

        def complete() -> None:
            kept = None if has_report(self._folder, item.id) else self._store.kept(item.key)
            if kept:
                write_report(self._folder, kept, self._store.access)

        if item.state == "done":
            await self._ask(complete)

    def close(self) -> None:
        """Wait for what is being written."""
        self._thread.shutdown()
