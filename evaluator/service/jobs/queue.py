"""Jobs in the order in which they came: some at a time, one a run, and again after a restart until each has its end.

A job lives in the loop of the server, its work in a thread of its own. What is told to callers comes from the work
while it lasts and from the record afterwards.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool

from ...batch.sources import BatchSource
from ...batch.store import now
from ...errors import StorageError, UsageError
from ...events import log_event
from ..background_runs import Work, Works
from ..runs import HELD, NotThere, Run, Runs, is_held
from ..uploads import id_of, note, role_of, sources_of
from .record import JobEnd, JobRecord, State, in_order, save, saved
from .webhook_body import event_of
from .webhooks import Sender

_log = logging.getLogger(__name__)
_LOOK = 0.05
_AGAIN = 1.0
"""Seconds until a run is looked at again that somebody else writes."""


class _Ready(NamedTuple):
    sources: list[BatchSource]
    role: str
    events: int
    settled: frozenset[str]


def _ended(lines: list[str]) -> Iterator[str]:
    """Identities of whom events say that they were evaluated."""
    for event in map(json.loads, lines):
        if event["event"] in {"done", "failed"}:
            yield str(event["id"])


@dataclass
class Jobs:
    """The jobs of a server.

    Args:
        runs: where they are kept.
        works: does them.
        sender: tells their ends.
        role: by which uploads are judged whose run names none.
        at_once: how many are worked on at a time.
    """

    runs: Runs
    works: Works
    sender: Sender
    role: str
    at_once: int
    _records: dict[str, JobRecord] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _running: dict[str, Work | None] = field(default_factory=dict)
    _paused: set[str] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closing: bool = False

    async def start(self) -> None:
        """Take up what an earlier start of the server left."""
        found = in_order(await run_in_threadpool(self._saved))
        self._records = {record.id: record for record in found}
        self._waiting = [record.id for record in found if record.ended is None]
        for record in found:
            if record.ended and record.webhook and record.told is None:
                self._begin(self._tell(record))
        self._go_on()

    def _saved(self) -> list[JobRecord]:
        return [record for run in self.runs.all() for record in saved(run.folder, run.name)]

    async def aclose(self) -> None:
        """Begin nothing more; what is under way goes on after the next start."""
        self._is_closing = True
        for work in list(self._running.values()):
            if work is not None:
                work.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def add(self, record: JobRecord) -> None:
        """Accept a job: it is on the disk when this returns.

        Raises:
            NotThere: there is no such run.
            StorageError: it cannot be written.
        """
        await self._keep(record)
        self._waiting.append(record.id)
        self._go_on()

    async def _keep(self, record: JobRecord) -> None:
        await run_in_threadpool(save, self.runs.run(record.run).folder, record)
        self._records[record.id] = record

    def all(self) -> list[JobRecord]:
        """Every job, the latest first."""
        return in_order(self._records.values())[::-1]

    def find(self, id_: str) -> JobRecord:
        """A job.

        Raises:
            NotThere: there is none.
        """
        found = self._records.get(id_)
        if found is None:
            raise NotThere(id_)
        return found

    def of_key(self, key: str) -> JobRecord | None:
        """The job that was accepted with an idempotency key."""
        return next((record for record in self._records.values() if record.key == key), None)

    def state(self, record: JobRecord) -> State:
        """What it is doing."""
        if record.ended is not None:
            return record.ended.state
        return "running" if self._running.get(record.id) else "queued"

    def work(self, record: JobRecord) -> Work | None:
        """Its work, while it lasts."""
        return self._running.get(record.id)

    async def cancel(self, id_: str) -> JobRecord:
        """Begin no more of its documents; those in flight end in order. One that ended stays as it is.

        Raises:
            NotThere: there is none.
            StorageError: it cannot be written.
        """
        record = self.find(id_)
        if record.ended is None and not record.is_cancelled:
            await self._keep(record.model_copy(update={"is_cancelled": True}))
            work = self._running.get(id_)
            if work is not None:
                work.stop()
        return self.find(id_)

    def _go_on(self) -> None:
        """Begin what may be begun: the earliest of each run that nobody works on."""
        busy = {self._records[id_].run for id_ in self._running} | self._paused
        for id_ in list(self._waiting):
            if self._is_closing or len(self._running) >= self.at_once:
                return
            run = self._records[id_].run
            if run not in busy:
                self._waiting.remove(id_)
                self._running[id_] = None
                self._begin(self._do(id_))
            busy.add(run)

    async def _do(self, id_: str) -> None:
        run = self._records[id_].run
        try:
            is_done = await self._is_done(id_)
        finally:
            self._running.pop(id_, None)
        if not is_done:  # others take its place meanwhile
            self._waiting.insert(0, id_)
            self._paused.add(run)
            asyncio.get_running_loop().call_later(_AGAIN, self._look_again, run)
        self._go_on()

    def _look_again(self, run: str) -> None:
        self._paused.discard(run)
        self._go_on()

    async def _is_done(self, id_: str) -> bool:
        """Work at a job. Gives False where its run is somebody else's for now, or the disk refuses."""
        try:
            await self._work_at(id_)
        except NotThere:  # removed with all that was told of it
            del self._records[id_]
        except StorageError as error:
            if not is_held(error):
                log_event(_log, logging.WARNING, "job waits", id=id_, error=type(error).__name__)
            return False
        return True

    async def _work_at(self, id_: str) -> None:
        record = self._records[id_]
        run = self.runs.run(record.run)
        if record.is_cancelled:
            await self._end(record, Work(total=len(record.ids or ()), trouble="never begun"))
            return
        ready = await run_in_threadpool(self._prepared, run, record)
        if record.begun is None:
            await self._keep(self._records[id_].model_copy(update={"begun": ready.events}))
        try:
            work = self.works.begin(run, ready.sources, ready.role, again=record.again, settled=ready.settled)  # fmt: skip
        except UsageError as error:  # a page began it just now
            raise StorageError(HELD) from error
        self._running[id_] = work
        if self._records[id_].is_cancelled:  # while its files were looked at
            work.stop()
        while not work.is_over:  # noqa: ASYNC110 - it is in a thread that knows of no loop
            await asyncio.sleep(_LOOK)
        if isinstance(work.error, StorageError):
            raise work.error
        if not self._is_closing:
            await run_in_threadpool(run.pool)  # before the next job takes the run
            await self._end(self._records[id_], work)

    def _prepared(self, run: Run, record: JobRecord) -> _Ready:
        """What a job works on. The run's database knows of its files from here on."""
        wanted = None if record.ids is None else set(record.ids)
        kept = []
        for source in sources_of(run):
            id_ = id_of(source.path.read_bytes())
            if wanted is None or id_ in wanted:
                kept.append((source, id_))
        with run.store() as store:
            note(store, [(source.path, id_) for source, id_ in kept])
            lines = store.lines(record.begun or 0)
        events = len(lines) if record.begun is None else record.begun
        settled = frozenset() if record.begun is None else frozenset(_ended(lines))
        return _Ready([source for source, _ in kept], role_of(run, self.role), events, settled)

    async def _end(self, record: JobRecord, work: Work) -> None:
        state = "done"
        if work.trouble:
            state = "cancelled" if record.is_cancelled or work.is_stopping else "stopped"
        ended = JobEnd.model_validate({
            "at": now(), "state": state, "total": work.total, "done": work.done, "failed": work.failed,
            "reasons": dict(work.reasons), "trouble": work.trouble if state == "stopped" else "",
        })  # fmt: skip
        record = record.model_copy(update={"ended": ended})
        await self._keep(record)
        log_event(_log, logging.INFO, "job ended", id=record.id, state=state)
        if record.webhook:
            self._begin(self._tell(record))

    async def _tell(self, record: JobRecord) -> None:
        assert record.webhook is not None
        is_taken = await self.sender.send(record.webhook, record.id, event_of(record))
        told = "delivered" if is_taken else "given up"
        # What cannot be kept is sent again after the next start.
        with suppress(StorageError, NotThere):
            await self._keep(record.model_copy(update={"told": told}))
