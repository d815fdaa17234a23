"""Runs under way in this server: the batch runner of the command line, each in a thread with a loop of its own.

So a page is answered while candidates are judged, and a run that is stopped, or whose server was killed, goes on
where it was when somebody starts it again, here or from a terminal.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..batch.runner import Runner
from ..batch.sources import BatchSource
from ..batch.store import Item
from ..batch.summary import Summary
from ..errors import EvaluatorError, UsageError
from ..pipeline.session import Session
from ..settings import Settings
from .runs import Run

_LATEST = 30
_PATIENCE = 20.0
"""Seconds in which what is in flight may end when the server does."""


class Line(NamedTuple):
    """One source that came to its end."""

    source: str
    track: str | None
    reason: str


class Outcome(NamedTuple):
    """The same as programs are told of it."""

    id: str
    source: str
    state: str
    reason: str
    track: str | None


@dataclass
class Work:
    """One run under way, or ended.

    Attributes:
        total: sources.
        done: with a report.
        failed: without.
        waiting: what holds candidates up, in words.
        latest: sources that ended, the last first.
        is_over: nothing more happens.
        trouble: why it ended early; empty where it did not.
        error: what it broke off with; None where it ended in order.
        outcomes: sources that ended, in that order.
        reasons: of those that failed, with how many there were of each.
    """

    total: int
    done: int = 0
    failed: int = 0
    waiting: str = ""
    latest: deque[Line] = field(default_factory=lambda: deque(maxlen=_LATEST))
    is_over: bool = False
    is_stopping: bool = False
    trouble: str = ""
    error: EvaluatorError | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    _runner: Runner | None = None
    _session: Session | None = None
    _thread: threading.Thread | None = None

    def start(
        self,
        run: Run,
        sources: Sequence[BatchSource],
        settings: Settings,
        *,
        again: bool,
        settled: Collection[str],
    ) -> None:
        """Begin, and come back at once; arguments as of :meth:`Works.begin`."""
        self._thread = threading.Thread(
            target=self._work, args=(run, sources, settings, again, settled), name=f"run {run.name}", daemon=True
        )  # fmt: skip
        self._thread.start()

    def stop(self) -> None:
        """Begin no more candidates; those in flight end in order."""
        self.is_stopping = True
        if self._runner is not None:
            self._runner.stop()

    def join(self, seconds: float | None = None) -> None:
        """Wait for the end; None is as long as it takes."""
        if self._thread is not None:
            self._thread.join(seconds)

    def look(self) -> None:
        """See what holds candidates up right now."""
        session = None if self.is_over else self._session
        self.waiting = (session.waiting() or "") if session else ""

    def _work(
        self,
        run: Run,
        sources: Sequence[BatchSource],
        settings: Settings,
        again: bool,
        settled: Collection[str],
    ) -> None:
        self.trouble = "It ended unexpectedly; start it again to continue."
        try:
            with run.holding():
                asyncio.run(self._evaluate(run, sources, settings, again, settled))
        except* EvaluatorError as group:
            self.error = _first(group)
            self.trouble = str(self.error)
        finally:
            self.is_over = True

    async def _evaluate(
        self,
        run: Run,
        sources: Sequence[BatchSource],
        settings: Settings,
        again: bool,
        settled: Collection[str],
    ) -> None:
        async with Session(settings) as session:
            self._session = session
            self._runner = Runner(
                session, run.folder, progress=self._progress, retry_failed=again, settled=settled,
                total=self.total,
            )  # fmt: skip
            if self.is_stopping:  # before there was anything to stop
                self._runner.stop()
            summary = await self._runner.run(sources)
        self.trouble = summary.stopped or ""

    def _progress(self, item: Item, track: str | None, summary: Summary) -> None:
        self.done, self.failed = summary.done, summary.failed + summary.not_asked
        self.latest.appendleft(Line(item.source, track, item.reason))
        self.outcomes.append(Outcome(item.id, item.source, item.state, item.reason, track))
        if item.state == "failed":
            self.reasons[short_reason(item.reason)] += 1


def short_reason(reason: str) -> str:
    """A reason without what a library says of the one file."""
    return reason.partition(":")[0]


def _first(group: BaseExceptionGroup[EvaluatorError]) -> EvaluatorError:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


class Works:
    """The runs of this server that are under way, and how the last ones ended.

    Args:
        settings: how resumes are read.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._found: dict[str, Work] = {}

    def of(self, run: Run) -> Work | None:
        """The latest work on a run; None where this server did none."""
        return self._found.get(run.name)

    def is_under_way(self, run: Run) -> bool:
        """Whether this server is writing a run."""
        work = self.of(run)
        return work is not None and not work.is_over

    def begin(
        self,
        run: Run,
        sources: Sequence[BatchSource],
        role: str,
        *,
        again: bool = False,
        settled: Collection[str] = (),
    ) -> Work:
        """Evaluate sources into a run.

        Args:
            run: is held until the end.
            sources: those that are done and unchanged are not read again.
            role: by which they are judged.
            again: try also those that failed before.
            settled: identities of which that was done before an interruption.

        Raises:
            UsageError: that run is under way.
        """
        with self._lock:
            if self.is_under_way(run):
                message = f"“{run.name}” is being read already."
                raise UsageError(message, hint="Wait for it to end, or stop it first.")
            work = Work(total=len(sources))
            self._found[run.name] = work
        settings = self._settings.model_copy(update={"role": role})
        work.start(run, sources, settings, again=again, settled=settled)
        return work

    def close(self) -> None:
        """Stop everything in order."""
        under_way = [work for work in self._found.values() if not work.is_over]
        for work in under_way:
            work.stop()
        for work in under_way:
            work.join(_PATIENCE)
