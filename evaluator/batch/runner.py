"""Evaluates many sources into a run folder. What is done and unchanged is not read again."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..access import Access
from ..errors import EndpointRejected, InternalError, StorageError
from ..models.reading import Usage
from ..pipeline.concurrency import in_parallel
from ..pipeline.inputs import Input
from ..pipeline.preparation import Candidate
from ..pipeline.session import Session
from ..report import CandidateReport
from ..secret_masking import readable
from .finishing import Finished, ReportJob, ReportWorkers, finished
from .kept_work import KeptWork
from .ledger import Ledger
from .log import RunLog, failed_line, line_of, started_line
from .outputs import sweep
from .row_errors import NOT_ASKED, not_asked, paid, reason_of, row_error, row_of
from .row_identity import key_of, parts_of, refuse_other_reader
from .sources import BatchSource
from .store import Item, Kept, RunStore
from .summary import Explain, Progress, Summary
from .tables import are_tables_new, write_tables_apart

INTERRUPTED = "interrupted; run it again to continue"
_AHEAD = 3
"""Candidates made ready or waiting to be finished, for each that the model may be asked about: work while the
first answers are awaited, and answers to work on while the last are."""
_AGAIN = 0.25
"""Seconds until candidates are looked at again that another worker has."""
_INTENDED = 4
"""One candidate more for each so many in flight may have its intent or its reply being written, so that no call
waits for the disk."""
_NOTHING = Usage()


class Runner:
    """One run of one folder.

    Args:
        session: evaluates single candidates.
        folder: the run folder.
        retry_failed: evaluate failed rows and unknown portfolios again.
        settled: identities for which that was done already, before this run was interrupted.
        replace: whether reports of another reader may be overwritten.
        progress: called after each source.
        explain: called before each source.
        total: how many sources there are, for the record; None when nobody counted.
    """

    def __init__(
        self,
        session: Session,
        folder: Path,
        *,
        retry_failed: bool = False,
        settled: Collection[str] = (),
        replace: bool = False,
        progress: Progress | None = None,
        explain: Explain | None = None,
        total: int | None = None,
    ) -> None:
        self._session = session
        self._folder = folder
        self._kept_work = KeptWork(session, again=retry_failed, settled=frozenset(settled))
        self._replace = replace
        self._progress = progress
        self._explain = explain or (lambda source, why: None)
        self._total = total
        self._started = False
        self._is_begun = False
        self._begun_before = 0
        self._summary = Summary()
        self._turns: dict[str, _Turn] = {}
        self._parsing = asyncio.Semaphore(session.settings.jobs)
        in_flight = session.settings.concurrency
        self._intending = asyncio.Semaphore(in_flight + in_flight // _INTENDED)
        self._elsewhere: list[BatchSource] = []
        self._finishers: ReportWorkers
        self._access = Access.OWNER

    def stop(self, reason: str = INTERRUPTED) -> None:
        """Begin nothing more; what is in flight still ends in order."""
        self._summary.stopped = self._summary.stopped or reason

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is begun."""
        return self._summary.stopped is not None

    @property
    def _is_interrupted(self) -> bool:
        """Whether the user ended the run, who may go on at any time; then nobody gets a row for that."""
        return self._summary.stopped == INTERRUPTED

    async def run(self, sources: Iterable[BatchSource]) -> Summary:
        """Evaluate every source; when nobody can be asked any more, the rest get a row that says so.

        Raises:
            StorageError: the folder cannot be written; what was written stays valid.
            UsageError: another reader made the folder's reports, and they are not to be replaced.
        """
        settings = self._session.settings
        with RunStore(self._folder, settings.access, settings.operator) as store:
            if not self._replace:
                refuse_other_reader(store.readers(), self._session.identity["reader"])
            self._sweep(store)
            log = RunLog(self._folder, store)
            self._begun_before = store.intents()
            ledger = Ledger(self._folder, store, log)
            self._access = store.access
            job = ReportJob(
                self._session.assessor, self._folder, store.access, settings.stage_seconds
            )
            self._finishers = ReportWorkers(job, settings.jobs)
            try:
                await self._evaluate_all(sources, ledger)
                self._summary.cost_usd = self._session.spent
                with store.turn("tables"):
                    if self._started or not are_tables_new(self._folder, store):
                        await write_tables_apart(self._folder, store, self._finishers.work)
            finally:
                await self._finishers.aclose()
                self._sweep(store)
            if self._started:
                log.note_use()
                store.record(
                    line_of(
                        "run ended",
                        done=self._summary.done,
                        failed=self._summary.failed,
                        kept=self._summary.kept,
                        cost_usd=round(self._summary.cost_usd, 6),
                        stopped=self._summary.stopped,
                    )
                )
                log.append()
        return self._summary

    def _sweep(self, store: RunStore) -> None:
        """Take away what was being written, unless another worker is writing it."""
        if store.is_alone():
            sweep(self._folder)

    async def _evaluate_all(self, sources: Iterable[BatchSource], ledger: Ledger) -> None:
        settings = self._session.settings
        try:
            while True:
                await in_parallel(
                    sources,
                    lambda source: self._one(source, ledger),
                    width=settings.jobs + (1 + _AHEAD) * settings.concurrency,
                    is_over=lambda: self._is_interrupted,
                )
                if self.is_stopped or not self._elsewhere:
                    break
                await asyncio.sleep(_AGAIN)
                sources, self._elsewhere = self._elsewhere, []
        except* StorageError as group:
            raise _first(group) from None
        finally:
            ledger.close()

    async def _one(self, source: BatchSource, ledger: Ledger) -> None:
        before = await ledger.item(readable(source.name))
        if self.is_stopped and source.address is not None:  # nothing is fetched for that
            if not self._is_purged(await ledger.purged_source(readable(source.name)), source):
                await self._leave(row_of(source, ""), before, ledger)
            return
        try:
            loaded = await asyncio.to_thread(source.load)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - the batch item: failure becomes a row
            if self._is_purged(await ledger.purged_source(readable(source.name)), source):
                return
            item = row_of(source, reason_of(row_error(error)))
            if ledger.is_shared:  # another worker may have found the same
                before = await ledger.item(item.source)
            if before == item:
                await self._keep(item, ledger)
            else:
                await self._finish(item, None, ledger)
            return
        if self._is_purged(await ledger.purged(loaded.id), source):
            return
        parts = parts_of(loaded, source.github, self._session)
        key = key_of(parts)
        turn = self._turns.setdefault(key, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                await self._leased(source, loaded, parts, key, before, ledger)
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                self._turns.pop(key, None)

    async def _leased(
        self, source: BatchSource, loaded: Input, parts: dict[str, str], key: str, before: Item | None, ledger: Ledger
    ) -> None:  # fmt: skip
        if not await ledger.lease(key):
            self._elsewhere.append(source)
            return
        try:
            if ledger.is_shared:  # it may have come to its end elsewhere since
                before = await ledger.item(readable(source.name))
            why = await self._kept_work.reason_to_read(before, key, parts, ledger)
            self._explain(source.name, why or "unchanged")
            if before and why is None:
                if before.carried != source.carried:
                    before = before.model_copy(update={"carried": source.carried})
                    await ledger.finish(before, None, ())
                await self._keep(before, ledger)
                return
            item = Item(
                source=readable(source.name), key=key, id=loaded.id, state="done", reason="",
                parts=parts, carried=source.carried,
            )  # fmt: skip
            if self.is_stopped or not await self._evaluate(item, loaded, source, ledger):
                await self._leave(item, before, ledger)
        finally:
            await ledger.release(key)

    async def _leave(self, item: Item, before: Item | None, ledger: Ledger) -> None:
        """A candidate whose turn does not come any more; a row that is there stays as it is."""
        if self._is_interrupted:
            return
        reason = not_asked(self._summary.stopped or "")
        item = item.model_copy(update={"state": "failed", "reason": reason})
        if before is None:
            await self._finish(item, None, ledger)
        else:
            self._count(item, None)

    def _is_purged(self, at: str | None, source: BatchSource) -> bool:
        """Whether a source is passed over because it was purged; its name is not written down again."""
        if at is None:
            return False
        self._explain(source.name, f"purged from this run at {at}")
        self._summary.purged += 1
        return True

    async def _evaluate(
        self, item: Item, loaded: Input, source: BatchSource, ledger: Ledger
    ) -> bool:
        """Gives False when the run stopped before anybody was asked."""
        same = await ledger.kept(item.key)
        if same is not None and self._kept_work.serves(same):
            await self._finish(item, same, ledger)
            return True
        self._begin()
        try:
            async with self._parsing:
                if self.is_stopped:
                    return False
                document = await self._session.read_document(loaded)
            candidate = await self._session.candidate(document, github=source.github)
            done = await self._judged(item, candidate, ledger)
            if done is None:
                return False
        except StorageError:
            raise
        except EndpointRejected as error:
            # Nobody else will be answered either; what is in flight still ends in order.
            await ledger.forget(item.key)
            self.stop(str(error))
            return False
        except Exception as error:  # noqa: BLE001 - the batch item: failure becomes a row
            reason = reason_of(row_error(error))
            failed = row_of(source, reason, key=item.key, id_=item.id, parts=item.parts)
            await self._finish(failed, None, ledger, spent=paid(error))
        else:
            kept = Kept(
                id=item.id,
                report=done.report,
                text=document.text,
                row=done.row,
                index=done.index,
                snapshot=self._session.snapshot_of(candidate),
            )
            await self._finish(item, kept, ledger, done)
        return True

    async def _judged(self, item: Item, candidate: Candidate, ledger: Ledger) -> Finished | None:
        """Ask and judge; None when the run stops before the intent is recorded."""
        async with self._intending:
            if self.is_stopped:
                return None
            if self._session.asks_a_model:
                await ledger.intend(item.key)
            self._finishers.begin()
            answers = await self._session.answers(
                candidate,
                is_over=lambda: self.is_stopped,
                is_interrupted=lambda: self._is_interrupted,
            )
        return await self._finishers.finish(candidate, answers)

    def _begin(self) -> None:
        """At the first candidate that is evaluated: libraries load while others are read."""
        if not self._is_begun:
            self._is_begun = True
            self._session.get_ready()

    async def _keep(self, item: Item, ledger: Ledger) -> None:
        self._summary.kept += 1
        await ledger.complete_files(item)
        self._count(item, None)

    async def _finish(
        self, item: Item, kept: Kept | None, ledger: Ledger, done: Finished | None = None, *, spent: Usage = _NOTHING
    ) -> None:  # fmt: skip
        lines = []
        if not self._started:
            self._started = True
            lines.append(started_line(self._session.log_facts(), self._total, self._begun_before))
        if kept is not None:
            if done is None:
                report = CandidateReport.model_validate_json(kept.report)
                done = await asyncio.to_thread(
                    finished, report, kept.text, self._folder, self._access
                )
            kept = kept.model_copy(update={"page": done.page})
            p = done.provenance
            self._summary.fallen_back += self._session.asks_a_model and p.reader == "rules"
            self._summary.tokens += (p.input_tokens or 0) + (p.output_tokens or 0)
            lines.append(
                line_of(
                    "done", id=item.id, reader=p.reader, model=p.model, prompts=p.prompts, calls=p.calls,
                    input_tokens=p.input_tokens, output_tokens=p.output_tokens, cost_usd=p.cost_usd,
                )
            )  # fmt: skip
        elif item.reason.startswith(NOT_ASKED):
            lines.append(line_of(NOT_ASKED, id=item.id))
        else:
            tokens = spent.input_tokens or 0, spent.output_tokens or 0
            self._summary.tokens += sum(tokens)
            lines.append(failed_line(item.id, item.reason, spent, self._session.price_of(*tokens)))
        await ledger.finish(item, kept, lines, done)
        self._count(item, done.track.value if done else None)

    def _count(self, item: Item, track: str | None) -> None:
        self._summary.count(item)
        if self._progress:
            self._summary.cost_usd = self._session.spent
            self._progress(item, track, self._summary)


@dataclass(slots=True)
class _Turn:
    """Sources with one content wait for each other, so that it is evaluated once."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def _first(group: BaseExceptionGroup[StorageError]) -> StorageError:
    for error in group.exceptions:
        return error if isinstance(error, StorageError) else _first(error)
    message = "an exception group is never empty"
    raise InternalError(message)
