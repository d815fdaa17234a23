"""Evaluates many sources into a run folder. What is done and unchanged is not read again."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DocumentError, EvaluatorError, InternalError, ModelRefused, StorageError
from ..models.portfolio import PortfolioStatus
from ..pipeline.evaluator import Evaluator
from ..pipeline.inputs import Input
from ..pipeline.many import in_parallel
from ..report import CandidateReport
from ..version import __version__
from .log import RunLog, line_of
from .outputs import are_tables_new, has_report, sweep, without_evidence, write_report, write_tables
from .sources import BatchSource
from .store import Item, Kept, RunStore

INTERRUPTED = "interrupted; run it again to continue"


@dataclass(slots=True)
class Summary:
    """What a run did."""

    done: int = 0
    failed: int = 0
    kept: int = 0
    """Of both, those that were done before and are unchanged."""
    tokens: int = 0
    cost_usd: float = 0.0
    """Of the model calls that this run made; kept replies cost nothing."""
    stopped: str | None = None
    """Why the run ended early, if it did."""
    failures: list[tuple[str, str]] = field(default_factory=list)


Progress = Callable[[Item, str | None, Summary], None]
"""Called with a row, its track when it is done, and the sums so far."""
Explain = Callable[[str, str], None]
"""Called with a source and why it is read, or why it is not."""


class Runner:
    """One run of one folder.

    Args:
        evaluator: evaluates single candidates.
        folder: the run folder.
        retry_failed: evaluate failed rows and unknown portfolios again.
        progress: called after each source.
        explain: called before each source.
        total: how many sources there are, for the record; None when nobody counted.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        folder: Path,
        *,
        retry_failed: bool = False,
        progress: Progress | None = None,
        explain: Explain | None = None,
        total: int | None = None,
    ) -> None:
        self._evaluator = evaluator
        self._folder = folder
        self._retry_failed = retry_failed
        self._progress = progress
        self._explain = explain or (lambda source, why: None)
        self._total = total
        self._started = False
        self._summary = Summary()
        self._turns: dict[str, _Turn] = {}
        self._settings = evaluator.identity

    def stop(self, reason: str = INTERRUPTED) -> None:
        """Begin nothing more; what is in flight still ends in order."""
        self._summary.stopped = self._summary.stopped or reason

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is begun."""
        return self._summary.stopped is not None

    async def run(self, sources: Iterable[BatchSource]) -> Summary:
        """Evaluate every source.

        Raises:
            StorageError: the folder cannot be written; what was written stays valid.
        """
        with RunStore(self._folder) as store:
            sweep(self._folder)
            log = RunLog(self._folder, store)
            settings = self._evaluator.settings
            try:
                await in_parallel(
                    sources,
                    lambda source: self._one(source, store, log),
                    width=settings.jobs + settings.concurrency,
                    is_over=lambda: self.is_stopped,
                )
            except* StorageError as group:
                raise _first(group) from None
            self._summary.cost_usd = self._evaluator.spent
            if self._started or not are_tables_new(self._folder, store):
                write_tables(self._folder, store)
            if self._started:
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

    async def _one(self, source: BatchSource, store: RunStore, log: RunLog) -> None:
        before = store.item(source.name)
        try:
            loaded = await asyncio.to_thread(source.load)
        except DocumentError as error:
            item = _failed(source, "", "", {}, error)
            if before == item:
                self._keep(item, store)
            else:
                self._finish(item, None, store, log)
            return
        parts = self._parts(loaded, source)
        key = _key(parts)
        turn = self._turns.setdefault(key, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                why = self._reason_to_read(before, key, parts, store)
                self._explain(source.name, why or "unchanged")
                if before and why is None:
                    if before.carried != source.carried:
                        before = before.model_copy(update={"carried": source.carried})
                        store.finish(before, None)
                    self._keep(before, store)
                elif not self.is_stopped:
                    item = Item(
                        source=source.name, key=key, id=loaded.id, state="done", reason="",
                        parts=parts, carried=source.carried,
                    )  # fmt: skip
                    await self._evaluate(item, loaded, source, store, log)
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                self._turns.pop(key, None)

    def _reason_to_read(
        self, before: Item | None, key: str, parts: dict[str, str], store: RunStore
    ) -> str | None:
        """Why a source is evaluated (again); None when what is kept still holds."""
        if before is None:
            return "new"
        if before.key != key:
            return _difference(before.parts, parts)
        if before.state == "failed":
            return "it failed before" if self._retry_failed else None
        snapshot = store.snapshot(key)
        if snapshot and snapshot != self._evaluator.snapshot_state(snapshot.partition(" ")[0]):
            return "the portfolio's snapshot changed"
        if self._retry_failed:
            row = store.row(key)
            if row is None or _is_unknown(row):
                return "the portfolio was unknown"
        return None

    async def _evaluate(
        self, item: Item, loaded: Input, source: BatchSource, store: RunStore, log: RunLog
    ) -> None:
        twin = store.kept(item.key)
        if twin is not None and self._still_holds(twin):
            self._finish(item, twin, store, log)
            return
        try:
            document = await self._evaluator.read_document(loaded)
            candidate = await self._evaluator.candidate(document, github=source.github)
            if self.is_stopped:
                return
            if self._evaluator.asks_a_model:
                store.intend(item.key)
            report = await self._evaluator.evaluate_candidate(candidate)
        except ModelRefused as error:
            # Nobody else will be answered either; what is in flight still ends in order.
            store.forget(item.key)
            self.stop(str(error))
        except EvaluatorError as error:
            self._finish(_failed(source, item.key, item.id, item.parts, error), None, store, log)
        except Exception as error:  # noqa: BLE001 - the batch item: failure becomes a row
            wrapped = InternalError(
                f"Unexpected {type(error).__name__}.",
                mend="Please report it with the file's format.",
            )
            self._finish(_failed(source, item.key, item.id, item.parts, wrapped), None, store, log)
        else:
            kept = Kept(
                id=item.id,
                report=report.to_json(),
                text=document.text,
                row=without_evidence(report),
                snapshot=self._evaluator.snapshot_of(candidate),
            )
            self._finish(item, kept, store, log, report)

    def _still_holds(self, twin: Kept) -> bool:
        """Whether the report of a file with the same content serves this one too."""
        if self._retry_failed:
            return False
        state = twin.snapshot and self._evaluator.snapshot_state(twin.snapshot.partition(" ")[0])
        return state == twin.snapshot

    def _parts(self, loaded: Input, source: BatchSource) -> dict[str, str]:
        """Everything that decides about a report, never a path."""
        return {
            "content": hashlib.sha256(loaded.data).hexdigest(),
            "format": Path(loaded.name).suffix,
            "account given": source.github or "",
            "evaluator": __version__,
            **self._settings,
        }

    def _keep(self, item: Item, store: RunStore) -> None:
        self._summary.kept += 1
        if item.state == "done" and not has_report(self._folder, item.id):
            # The run was killed between commit and page.
            kept = store.kept(item.key)
            if kept:
                report = CandidateReport.model_validate_json(kept.report)
                write_report(self._folder, report, kept.text)
        self._count(item, None)

    def _finish(
        self,
        item: Item,
        kept: Kept | None,
        store: RunStore,
        log: RunLog,
        report: CandidateReport | None = None,
    ) -> None:
        lines = []
        if not self._started:
            self._started = True
            lines.append(
                line_of(
                    "run started",
                    evaluator=__version__,
                    settings=self._evaluator.log_facts(),
                    total=self._total,
                    process=os.getpid(),
                    begun_before=store.intents(),
                )
            )
        if kept is not None:
            report = report or CandidateReport.model_validate_json(kept.report)
            p = report.provenance
            self._summary.tokens += (p.input_tokens or 0) + (p.output_tokens or 0)
            lines.append(
                line_of(
                    "done", id=item.id, reader=p.reader, model=p.model, prompts=p.prompts, calls=p.calls,
                    input_tokens=p.input_tokens, output_tokens=p.output_tokens, cost_usd=p.cost_usd,
                )
            )  # fmt: skip
        else:
            lines.append(line_of("failed", id=item.id, reason=item.reason.split(":")[0]))
        store.finish(item, kept, lines)
        log.append()
        if kept is not None and report is not None:
            write_report(self._folder, report, kept.text)
        self._count(item, report.track.value if report else None)

    def _count(self, item: Item, track: str | None) -> None:
        if item.state == "done":
            self._summary.done += 1
        else:
            self._summary.failed += 1
            self._summary.failures.append((item.source, item.reason))
        if self._progress:
            self._summary.cost_usd = self._evaluator.spent
            self._progress(item, track, self._summary)


@dataclass(slots=True)
class _Turn:
    """Sources with one content wait for each other, so that it is evaluated once."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def _key(parts: dict[str, str]) -> str:
    return hashlib.sha256(repr(sorted(parts.items())).encode("utf-8")).hexdigest()


def _difference(before: dict[str, str], now: dict[str, str]) -> str:
    if not before:
        return "an older version of the program made it"
    changed = [name for name in now if before.get(name) != now[name]]
    told = [
        "the content changed" if name == "content" else f"{name}: {before.get(name)} → {now[name]}"
        for name in changed
    ]
    return "; ".join(told) or "settings changed"


def _is_unknown(row: str) -> bool:
    status = CandidateReport.model_validate_json(row).portfolio.status
    return status is PortfolioStatus.UNKNOWN


def _failed(
    source: BatchSource, key: str, id_: str, parts: dict[str, str], error: EvaluatorError
) -> Item:
    reason = f"{error.reason.value}: {error}" if isinstance(error, DocumentError) else str(error)
    return Item(
        source=source.name, key=key, id=id_, state="failed", reason=reason, parts=parts,
        carried=source.carried,
    )  # fmt: skip


def _first(group: BaseExceptionGroup[StorageError]) -> StorageError:
    for error in group.exceptions:
        return error if isinstance(error, StorageError) else _first(error)
    message = "an exception group is never empty"
    raise InternalError(message)
