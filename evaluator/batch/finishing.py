"""From what was read of a candidate to the files of it, in worker processes: most of a run's own work.

At its end the same processes make the tables.

These workers are ours and get only what our own processes made, so pickles go both ways.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..access import Access
from ..errors import StorageError
from ..models.base import Value
from ..models.vocabulary import Track
from ..pipeline.assessment import Assessor
from ..pipeline.deadlines import JUDGING, too_long, within
from ..pipeline.evidence import Answers
from ..pipeline.preparation import Candidate
from ..report import CandidateReport, new_index
from ..report.model import ReportProvenance
from ..scoring import written_index
from ..workers import WorkerDied, WorkerPool, serve
from .files import Draft
from .outputs import draft_report, page_of, without_evidence
from .record_of_use import digest_of

_SECONDS = 20.0
_CANDIDATES = 20_000
"""That one process finishes; starting one costs as much as a hundred candidates."""

_AHEAD = 2
"""Candidates that wait in a process's pipe: this one is busy with the model and may come late with the next."""

T = TypeVar("T")


class Finished(Value):
    """What a run keeps and writes of one candidate."""

    report: str
    """The report's JSON."""
    row: str
    """The report without its evidence, as tables need it."""
    drafts: tuple[Draft, ...]
    """Its files, that wait for its row to be there."""
    index: str | None
    """Of its text, for openings to come."""
    page: str
    """SHA-256 of its page."""
    track: Track
    provenance: ReportProvenance


@dataclass(frozen=True, slots=True)
class ReportJob:
    """Where candidates are judged and drafts of their files are made.

    Args:
        assessor: judges.
        folder: of the run.
        access: who may read the files.
        seconds: that one candidate may take.
    """

    assessor: Assessor
    folder: Path
    access: Access
    seconds: float = _SECONDS

    def finish(self, candidate: Candidate, answers: Answers | None) -> Finished:
        """Judge and render one candidate.

        Raises:
            StorageError: the folder cannot be written.
        """
        report = self.assessor.report(candidate, answers)
        return finished(report, candidate.document.text, self.folder, self.access)


def finished(report: CandidateReport, text: str | None, folder: Path, access: Access) -> Finished:
    """Render a report that is there already; errors as :meth:`ReportJob.finish`."""
    written, page = report.to_json(), page_of(report, text)
    return Finished(
        report=written,
        row=without_evidence(report),
        index=None if text is None else written_index(new_index(report, text)),
        drafts=draft_report(folder, report.id, written, page, access),
        page=digest_of(page),
        track=report.track,
        provenance=report.provenance,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate to finish."""

    candidate: Candidate
    answers: Answers | None


class ReportWorkers:
    """Processes that finish candidates; at most ``size`` at a time."""

    def __init__(self, job: ReportJob, size: int) -> None:
        self._job = job
        self._size = size
        self._begun: list[asyncio.Task[None]] = []
        setup = pickle.dumps(job)
        self._workers = WorkerPool(
            "evaluator.batch.finishing",
            size,
            seconds=job.seconds,
            setup=setup,
            most=_CANDIDATES,
            ahead=_AHEAD,
        )

    def begin(self) -> None:
        """Start one more process, while a candidate's answers are awaited, until there are as many as may be.

        A short run starts no more of them than it has candidates.
        """
        if len(self._begun) < self._size:
            self._begun.append(asyncio.create_task(self._workers.begin()))

    async def finish(self, candidate: Candidate, answers: Answers | None) -> Finished:
        """As :meth:`ReportJob.finish`; when its worker dies again and again, it is done here.

        Raises:
            DocumentError: it took too long.
        """
        # First come those that were begun for it: it would start another.
        await asyncio.gather(*self._begun, return_exceptions=True)
        try:
            reply = await self._workers.ask(pickle.dumps(_Read(candidate, answers)))
        except WorkerDied:
            with within(self._job.seconds, JUDGING):
                return self._job.finish(candidate, answers)
        except TimeoutError as error:
            raise too_long(self._job.seconds, JUDGING) from error
        found: Finished | StorageError = pickle.loads(reply)  # noqa: S301 - of a process of ours
        if isinstance(found, StorageError):
            raise found
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


def main() -> None:
    """The life of one worker: the job first, then candidates and other work."""
    job: ReportJob | None = None

    def answer(request: bytes) -> bytes:
        nonlocal job
        if job is None:
            job = pickle.loads(request)  # noqa: S301 - of the process that started this one
            return b""
        work = pickle.loads(request)  # noqa: S301
        if not isinstance(work, _Read):
            return pickle.dumps(work())
        try:
            return pickle.dumps(job.finish(work.candidate, work.answers))
        except StorageError as error:
            return pickle.dumps(error)

    serve(answer)
