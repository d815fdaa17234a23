"""From what was read of a candidate to the files of it, in worker processes: most of a run's own work.

At its end the same processes make the tables.

These workers are ours and get only what our own processes made, so pickles go both ways.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ..models.base import Value
from ..models.vocabulary import Track
from ..pipeline.assessing import Assessor
from ..pipeline.preparing import Candidate
from ..pipeline.reading import Answers
from ..report import CandidateReport
from ..report.model import ReportProvenance
from ..workers import WorkerDied, WorkerPool, serve
from .outputs import page_of, without_evidence

_SECONDS = 120.0
_CANDIDATES = 20_000
"""That one process finishes; starting one costs as much as a hundred candidates."""

T = TypeVar("T")


class Finished(Value):
    """What a run keeps and writes of one candidate."""

    report: str
    """The report's JSON."""
    row: str
    """The report without its evidence, as tables need it."""
    page: bytes
    """The report as HTML."""
    track: Track
    provenance: ReportProvenance


def finish(assessor: Assessor, candidate: Candidate, answers: Answers | None) -> Finished:
    """Judge and render one candidate."""
    return finished(assessor.report(candidate, answers), candidate.document.text)


def finished(report: CandidateReport, text: str | None) -> Finished:
    """Render a report that is there already."""
    return Finished(
        report=report.to_json(),
        row=without_evidence(report),
        page=page_of(report, text),
        track=report.track,
        provenance=report.provenance,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate to finish."""

    candidate: Candidate
    answers: Answers | None


class Finishers:
    """Processes that finish candidates; at most ``size`` at a time."""

    def __init__(self, assessor: Assessor, size: int) -> None:
        self._assessor = assessor
        self._size = size
        self._begun: list[asyncio.Task[bytes]] = []
        setup = pickle.dumps(assessor)
        self._workers = WorkerPool(
            "evaluator.batch.finishing", size, seconds=_SECONDS, setup=setup, most=_CANDIDATES
        )

    def begin(self) -> None:
        """Start the processes, once, while the first documents are read and the first calls are made."""
        if not self._begun:
            self._begun = [
                asyncio.create_task(self._workers.ask(pickle.dumps(_nothing)))
                for _ in range(self._size)
            ]

    async def finish(self, candidate: Candidate, answers: Answers | None) -> Finished:
        """As :func:`finish`; when its worker dies again and again, it is done here."""
        try:
            reply = await self._workers.ask(pickle.dumps(_Read(candidate, answers)))
        except WorkerDied:
            return finish(self._assessor, candidate, answers)
        found: Finished = pickle.loads(reply)  # noqa: S301 - of a process of ours
        return found

    async def work(self, call: Callable[[], T], *, seconds: float) -> T:
        """Do any other work of the run in one of the processes; when it dies, here.

        Args:
            call: can be pickled, and so can what it gives; raises nothing.
            seconds: that it may take.

        Raises:
            TimeoutError: it took longer.
        """
        try:
            found: T = pickle.loads(await self._workers.ask(pickle.dumps(call), seconds=seconds))  # noqa: S301
        except WorkerDied:
            return call()
        return found

    async def aclose(self) -> None:
        """End the processes."""
        await asyncio.gather(*self._begun, return_exceptions=True)
        await self._workers.aclose()


def _nothing() -> None:
    """Work that only starts a process."""


def main() -> None:
    """The life of one worker: the assessor first, then candidates and other work."""
    assessor: Assessor | None = None

    def answer(request: bytes) -> bytes:
        nonlocal assessor
        if assessor is None:
            assessor = pickle.loads(request)  # noqa: S301 - of the process that started this one
            return b""
        work = pickle.loads(request)  # noqa: S301
        if isinstance(work, _Read):
            return pickle.dumps(finish(assessor, work.candidate, work.answers))
        return pickle.dumps(work())

    serve(answer)
