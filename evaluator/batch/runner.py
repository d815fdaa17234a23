"""Evaluates many sources into a run folder. What is done and unchanged is not read again."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DocumentError, EvaluatorError, InternalError, ModelRefused, StorageError
from ..models.portfolio import PortfolioStatus
from ..pipeline.evaluator import Evaluator
from ..pipeline.inputs import Input, load_input
from ..report import CandidateReport
from ..version import __version__
from .log import RunLog
from .outputs import has_report, sweep, write_report, write_tables
from .sources import BatchSource
from .store import Item, RunStore


@dataclass(slots=True)
class Summary:
    """What a run did."""

    done: int = 0
    failed: int = 0
    kept: int = 0
    """Of both, those that were done before and are unchanged."""
    cost_usd: float = 0.0
    """Of the model calls that this run made; kept replies cost nothing."""
    stopped: str | None = None
    """Why the run ended early, if it did."""
    failures: list[tuple[str, str]] = field(default_factory=list)


Progress = Callable[[Item, CandidateReport | None], None]


class Runner:
    """One run of one folder.

    Args:
        evaluator: evaluates single candidates.
        folder: the run folder.
        retry_failed: evaluate failed rows and unknown portfolios again.
        progress: called after each source.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        folder: Path,
        *,
        retry_failed: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self._evaluator = evaluator
        self._folder = folder
        self._retry_failed = retry_failed
        self._progress = progress
        self._log = RunLog(folder / "log.jsonl")
        self._logged = False
        self._summary = Summary()
        self._turns: dict[str, asyncio.Lock] = {}

    async def run(self, sources: Iterable[BatchSource]) -> Summary:
        """Evaluate every source.

        Raises:
            StorageError: the folder cannot be written; what was written stays valid.
        """
        with RunStore(self._folder) as store:
            sweep(self._folder)
            try:
                await self._all(sources, store)
            except* StorageError as group:
                raise _first(group) from None
            self._summary.cost_usd = self._evaluator.spent
            write_tables(self._folder, store)
            if self._logged:
                self._log.write(
                    "run ended",
                    done=self._summary.done,
                    failed=self._summary.failed,
                    cost_usd=round(self._summary.cost_usd, 6),
                    stopped=self._summary.stopped,
                )
        return self._summary

    async def _all(self, sources: Iterable[BatchSource], store: RunStore) -> None:
        settings = self._evaluator.settings
        room = asyncio.Semaphore(settings.jobs + settings.concurrency)
        async with asyncio.TaskGroup() as tasks:
            for source in sources:
                await room.acquire()
                if self._summary.stopped:
                    break
                task = tasks.create_task(self._one(source, store))
                task.add_done_callback(lambda _: room.release())

    async def _one(self, source: BatchSource, store: RunStore) -> None:
        name = str(source.path)
        before = store.item(name)
        try:
            loaded = await asyncio.to_thread(load_input, source.path)
        except DocumentError as error:
            item = _failed(name, "", "", error)
            self._finish(item, None, store, kept=before == item)
            return
        key = self._key(loaded, source)
        async with self._turns.setdefault(key, asyncio.Lock()):
            if before and before.key == key and not self._is_due(before, store):
                self._keep(before, store)
                return
            await self._evaluate(name, loaded, key, source.github, store)

    async def _evaluate(
        self, name: str, loaded: Input, key: str, github: str | None, store: RunStore
    ) -> None:
        twin = store.report(key)
        if twin is not None and not self._retry_failed:
            item = Item(source=name, key=key, id=loaded.id, state="done", reason="")
            report = CandidateReport.model_validate_json(twin)
            self._finish(item, report, store, text=store.text(key))
            return
        try:
            document = await self._evaluator.read_document(loaded)
            report = await self._evaluator.evaluate_document(document, github=github)
        except ModelRefused as error:
            # Nobody else will be answered either; what is in flight still ends in order.
            self._summary.stopped = str(error)
        except EvaluatorError as error:
            self._finish(_failed(name, key, loaded.id, error), None, store)
        except Exception as error:  # noqa: BLE001 - the batch item: failure becomes a row
            wrapped = InternalError(
                f"Unexpected {type(error).__name__}.",
                mend="Please report it with the file's format.",
            )
            self._finish(_failed(name, key, loaded.id, wrapped), None, store)
        else:
            item = Item(source=name, key=key, id=loaded.id, state="done", reason="")
            self._finish(item, report, store, text=document.text)

    def _key(self, loaded: Input, source: BatchSource) -> str:
        """Identity of a report: content and everything that decides about it, never a path."""
        parts = (__version__, self._evaluator.fingerprint, source.github, Path(loaded.name).suffix)
        digest = hashlib.sha256(repr(parts).encode("utf-8") + b"\0" + loaded.data)
        return digest.hexdigest()

    def _is_due(self, item: Item, store: RunStore) -> bool:
        """Whether ``--retry-failed`` concerns a finished row."""
        if not self._retry_failed:
            return False
        if item.state == "failed":
            return True
        kept = store.report(item.key)
        if kept is None:
            return True
        status = CandidateReport.model_validate_json(kept).portfolio.status
        return status is PortfolioStatus.UNKNOWN

    def _keep(self, item: Item, store: RunStore) -> None:
        self._summary.kept += 1
        kept = store.report(item.key) if item.state == "done" else None
        report = CandidateReport.model_validate_json(kept) if kept else None
        if report is not None and not has_report(self._folder, report.id):
            # The run was killed between commit and page.
            write_report(self._folder, report, store.text(item.key))
        self._count(item, report)

    def _finish(
        self,
        item: Item,
        report: CandidateReport | None,
        store: RunStore,
        *,
        text: str | None = None,
        kept: bool = False,
    ) -> None:
        if kept:
            self._keep(item, store)
            return
        if not self._logged:
            self._logged = True
            self._log.write(
                "run started", evaluator=__version__, settings=self._evaluator.log_facts()
            )
        store.finish(item, report.to_json() if report else None, text)
        if report is not None:
            write_report(self._folder, report, text)
            p = report.provenance
            self._log.write(
                "done", id=item.id, reader=p.reader, model=p.model, prompts=p.prompts, calls=p.calls,
                input_tokens=p.input_tokens, output_tokens=p.output_tokens, cost_usd=p.cost_usd,
            )  # fmt: skip
        else:
            self._log.write("failed", id=item.id, reason=item.reason.split(":")[0])
        self._count(item, report)

    def _count(self, item: Item, report: CandidateReport | None) -> None:
        if item.state == "done":
            self._summary.done += 1
        else:
            self._summary.failed += 1
            self._summary.failures.append((item.source, item.reason))
        if self._progress:
            self._progress(item, report)


def _failed(source: str, key: str, id_: str, error: EvaluatorError) -> Item:
    reason = f"{error.reason.value}: {error}" if isinstance(error, DocumentError) else str(error)
    return Item(source=source, key=key, id=id_, state="failed", reason=reason)


def _first(group: BaseExceptionGroup[StorageError]) -> StorageError:
    for error in group.exceptions:
        return error if isinstance(error, StorageError) else _first(error)
    message = "an exception group is never empty"
    raise InternalError(message)
