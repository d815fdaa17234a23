"""What a worker of the cluster does with one source: the same stages as everywhere, one row at the end."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from ...errors import DocumentError, EndpointRejected, EvaluatorError, unexpected
from ...models.portfolio import PortfolioStatus
from ...models.reading import Usage
from ...pipeline.session import Session
from ...readers.prices import load_prices
from ...render.parquet import line_of
from ...render.table import Row
from ...report import CandidateReport
from ...settings import Settings
from ..row_errors import not_asked, paid, reason_of
from ..row_identity import key_of, parts_of
from ..runner import INTERRUPTED
from ..sources import BatchSource
from .rows import Before, Line
from .share import limits_of

_NOTHING = Usage()
LEFT: dict[str, str] = {"line": ""}
"""Of a source that gets no new row: it is unchanged, or the run was stopped."""


class Candidates:
    """One worker. Its session is made at the first call, within the worker's event loop.

    Args:
        settings: of the run; its ``concurrency`` is this worker's part.
        share: the actor that all workers keep to.
        purged: identities of documents that are passed over.
    """

    def __init__(
        self, settings: Settings, share: Any, purged: frozenset[str] = frozenset()
    ) -> None:
        self._settings = settings
        self._purged = purged
        self._share = share
        self._session: Session | None = None
        self._reading = asyncio.Semaphore(settings.concurrency)

    async def __call__(self, row: dict[str, str]) -> dict[str, str]:
        """A row's ``source`` (JSON) in, a row's ``line`` (JSON) out."""
        source = BatchSource.model_validate_json(row["source"])
        if stopped := await self._share.stopped.remote():
            return _told(await self._passed_over(source, stopped))
        if self._session is None:
            limits = limits_of(self._share, load_prices(self._settings.prices), self._settings)
            self._session = Session(self._settings, limits=limits)
        return _told(await self._line(source, self._session))

    async def _before(self, source: BatchSource) -> Before | None:
        found: Before | None = await self._share.before.remote(source.name)
        return found

    async def _line(self, source: BatchSource, session: Session) -> Line | None:
        key = id_ = ""
        before = await self._before(source)
        try:
            loaded = await asyncio.to_thread(source.load)
            if loaded.id in self._purged:
                return None
            id_, key = loaded.id, key_of(parts_of(loaded, source.github, session))
            if before and before.key == key and self._still_holds(before, session):
                self._tell(source, before.status, "", None, kept=True)
                return None
            document = await session.read_document(loaded)
            candidate = await session.candidate(document, github=source.github)
            async with self._reading:
                if stopped := await self._share.stopped.remote():
                    return self._left(source, key, id_, stopped, before)
                answers = await session.answers(candidate)
            report = session.assessor.report(candidate, answers)
            snapshot = session.snapshot_of(candidate) or ""
        except EndpointRejected as error:
            await self._share.stop.remote(str(error))
            return self._left(source, key, id_, await self._share.stopped.remote(), before)
        except EvaluatorError as error:
            return self._failed(source, key, id_, error, before, spent=paid(error))
        except Exception as error:  # noqa: BLE001 - the batch item: failure becomes a row
            return self._failed(source, key, id_, unexpected(error), before)
        self._tell(source, "done", "", report)
        row = Row(id=id_, source=source.name, status="done", reason="", report=report)
        return _line(row, source, key, report.to_json(), snapshot)

    def _still_holds(self, before: Before, session: Session) -> bool:
        if not before.snapshot:
            return True
        return session.snapshot_state(before.snapshot.partition(" ")[0]) == before.snapshot

    async def _passed_over(self, source: BatchSource, stopped: str) -> Line | None:
        """One whose turn comes after the run stopped. What was purged is not named again; nothing is fetched to find out."""
        before = await self._before(source)
        id_ = ""
        if source.address is None and stopped != INTERRUPTED:
            try:
                id_ = (await asyncio.to_thread(source.load)).id
            except EvaluatorError as error:
                return self._failed(source, "", "", error, before)
        return None if id_ in self._purged else self._left(source, "", id_, stopped, before)

    def _left(
        self, source: BatchSource, key: str, id_: str, stopped: str, before: Before | None
    ) -> Line | None:
        """The row of one whose turn does not come any more; a row that is there stays as it is."""
        if stopped == INTERRUPTED:
            return None
        reason = not_asked(stopped)
        self._tell(source, "failed", reason, None)
        if before is not None:
            return None
        row = Row(id=id_, source=source.name, status="failed", reason=reason, report=None)
        return _line(row, source, key, None, "")

    def _failed(
        self,
        source: BatchSource,
        key: str,
        id_: str,
        error: EvaluatorError,
        before: Before | None,
        *,
        spent: Usage = _NOTHING,
    ) -> Line | None:
        reason = reason_of(error)
        if (
            before
            and isinstance(error, DocumentError)
            and (before.key, before.status) == (key, "failed")
        ):
            self._tell(source, "failed", reason, None, kept=True)
            return None
        self._tell(source, "failed", reason, None, spent=spent)
        row = Row(id=id_, source=source.name, status="failed", reason=reason, report=None)
        return _line(row, source, key, None, "")

    def _tell(
        self,
        source: BatchSource,
        state: str,
        reason: str,
        report: CandidateReport | None,
        *,
        kept: bool = False,
        spent: Usage = _NOTHING,
    ) -> None:
        p = report.provenance if report else spent
        self._share.tell.remote(
            {
                "source": source.name,
                "state": state,
                "reason": reason,
                "track": report.track.value if report else None,
                "tokens": (p.input_tokens or 0) + (p.output_tokens or 0),
                "kept": kept,
                "fallen_back": bool(
                    report
                    and report.provenance.reader == "rules"
                    and self._settings.reader_in_use == "model"
                ),
            }
        )


def _told(line: Line | None) -> dict[str, str]:
    return LEFT if line is None else {"line": json.dumps(line, ensure_ascii=False)}


def _line(row: Row, source: BatchSource, key: str, report: str | None, snapshot: str) -> Line:
    unknown = row.report is not None and row.report.portfolio.status is PortfolioStatus.UNKNOWN
    cells = line_of(row)
    cells.pop("report")
    return {
        **cells,
        "carried": json.dumps(source.carried, ensure_ascii=False, sort_keys=True),
        "key": key,
        "snapshot": snapshot,
        "portfolio_unknown": unknown,
        "report_json": report,
    }
