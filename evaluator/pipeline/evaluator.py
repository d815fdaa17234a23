"""The library: one resume or many, each a report or an error of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import DocumentError, EndpointRejected, EvaluatorError, UsageError, unexpected
from ..models.document import Document
from ..network.exchange import Transport, for_httpx, for_httpx2
from ..readers.protocol import Reader
from ..report import CandidateReport
from ..roles.loading import load_role
from ..roles.model import RoleProfile
from ..settings import Settings
from .concurrency import in_parallel
from .inputs import Source, load_input, shown_name
from .session import Session
from .steps import CallbackFailed, Phase, Progress, ProgressCallback

Role = str | Path | RoleProfile
"""The name of a role that ships, the path of a role file, or a role."""


@dataclass(frozen=True, slots=True)
class CandidateOutcome:
    """What became of one source: a report, or an error with a reason."""

    source: str
    id: str | None
    """First 16 hex digits of the content's SHA-256; None when the file could not even be read."""
    report: CandidateReport | None = None
    error: EvaluatorError | None = None

    @property
    def reason(self) -> str | None:
        """Why there is no report, as tables show it."""
        if self.error is None:
            return None
        if isinstance(self.error, DocumentError):
            return f"{self.error.reason.value}: {self.error}"
        return str(self.error)


class Evaluator:
    """Evaluates resumes. Use as an async context manager, so that connections are closed.

    Args:
        settings: how; defaults come from the environment.
        reader: who reads, instead of what the settings say.
        github_transport: answers instead of GitHub.
        model_transport: answers instead of the model endpoint.

    Raises:
        UserError: the settings name something that is not there.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        reader: Reader | None = None,
        github_transport: Transport | None = None,
        model_transport: Transport | None = None,
    ) -> None:
        with _errors_of_ours():
            self._session = Session(
                settings,
                reader=reader,
                github_transport=for_httpx(github_transport) if github_transport else None,
                model_transport=for_httpx2(model_transport) if model_transport else None,
            )
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close connections and end the worker processes."""
        with _errors_of_ours():
            await self._session.aclose()

    @property
    def settings(self) -> Settings:
        """How it evaluates."""
        return self._session.settings

    @property
    def spent(self) -> float:
        """US dollars that its model calls cost, failed candidates included."""
        return self._session.spent

    async def read_document(self, source: Source, *, name: str | None = None) -> Document:
        """The visible text of a resume, its links, and what was hidden; arguments and errors as :meth:`evaluate`."""
        with _errors_of_ours():
            self._require_same_loop()
            return await self._session.read_document(load_input(source, name))

    async def evaluate(
        self,
        source: Source,
        *,
        name: str | None = None,
        github: str | None = None,
        role: Role | None = None,
        progress: ProgressCallback | None = None,
    ) -> CandidateReport:
        """Evaluate one resume.

        Args:
            source: a path, bytes, a binary file, or an :class:`Input`.
            name: what bytes or an upload are called in the report.
            github: a login or ``none``, instead of the account the resume names.
            role: to compare with, instead of the settings' one.
            progress: called when a phase begins.

        Raises:
            DocumentError: the resume cannot be read.
            ModelError: the reader gave no usable reading.
            EndpointRejected: the endpoint would refuse every call.
            UsageError: an argument is wrong.
        """
        with _errors_of_ours():
            self._require_same_loop()
            outcome = await self._outcome(
                self._for_role(role), source, name=name, github=github, progress=progress
            )
        if outcome.error is not None:
            raise outcome.error
        assert outcome.report is not None
        return outcome.report

    async def evaluate_many(
        self,
        sources: Iterable[Source],
        *,
        role: Role | None = None,
        ordered: bool = False,
        progress: ProgressCallback | None = None,
    ) -> AsyncGenerator[CandidateOutcome, None]:
        """Evaluate many with bounded memory.

        Args:
            sources: as :meth:`evaluate` takes them; drawn as there is room.
            role: as for :meth:`evaluate`.
            ordered: outcomes come in the order of the sources; else in order of completion, which is faster.
            progress: called when a phase of one of them begins.

        Raises:
            EndpointRejected: no further candidate could be read; earlier outcomes were given.
            UsageError: an argument is wrong, or the sources could not be drawn any further.
        """
        with _errors_of_ours():
            self._require_same_loop()
            session = self._for_role(role)
        width = self.settings.jobs + self.settings.concurrency
        outcomes: asyncio.Queue[CandidateOutcome | None] = asyncio.Queue(width)
        refusals: list[EvaluatorError] = []

        async def one(placed: tuple[Source, asyncio.Event, asyncio.Event]) -> None:
            source, before, after = placed
            try:
                outcome = await self._outcome(session, source, progress=progress)
                if ordered:
                    await before.wait()
                if isinstance(outcome.error, EndpointRejected | CallbackFailed):
                    refusals.append(outcome.error)
                else:
                    await outcomes.put(outcome)
            finally:
                after.set()

        async def everyone() -> None:
            await in_parallel(_placed(sources), one, width=width, is_over=lambda: bool(refusals))
            await outcomes.put(None)

        work = asyncio.create_task(everyone())
        try:
            with _errors_of_ours():
                while outcome := await _next(outcomes, work):
                    yield outcome
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        if refusals:
            raise refusals[0]

    async def _outcome(
        self,
        session: Session,
        source: Source,
        *,
        name: str | None = None,
        github: str | None = None,
        progress: ProgressCallback | None = None,
    ) -> CandidateOutcome:
        """One resume through all stages; whatever goes wrong is a value."""
        shown = name or shown_name(source)
        identity: str | None = None
        step = Progress(shown, progress)
        try:
            with _errors_of_ours():
                step(Phase.DOCUMENT)
                loaded = load_input(source, name)
                identity = loaded.id
                document = await session.read_document(loaded)
                step(Phase.PORTFOLIO)
                candidate = await session.candidate(document, github=github)
                step(Phase.READING)
                answers = await session.answers(candidate)
                step(Phase.JUDGING)
                report = session.judged(candidate, answers)
                step(Phase.DONE)
        except CallbackFailed as error:
            return CandidateOutcome(source=shown, id=identity, error=error)
        except EvaluatorError as error:
            step(Phase.FAILED)
            return CandidateOutcome(source=shown, id=identity, error=error)
        return CandidateOutcome(source=shown, id=identity, report=report)

    def _for_role(self, role: Role | None) -> Session:
        if role is None:
            return self._session
        profile = role if isinstance(role, RoleProfile) else load_role(str(role))
        return self._session.for_role(profile)

    def _require_same_loop(self) -> None:
        """Connections and workers belong to the event loop that used them first."""
        running = asyncio.get_running_loop()
        if self._loop not in {None, running}:
            message = "This Evaluator belongs to another event loop."
            raise UsageError(message, hint="Make one Evaluator in each event loop.")
        self._loop = running


def _placed(
    sources: Iterable[Source],
) -> Iterator[tuple[Source, asyncio.Event, asyncio.Event]]:
    """Each source with the events of the one before it and of itself."""

    def events() -> Iterator[asyncio.Event]:
        first = asyncio.Event()
        first.set()
        yield first
        while True:
            yield asyncio.Event()

    for source, (before, after) in zip(_drawn(sources), pairwise(events()), strict=False):
        yield source, before, after


def _drawn(sources: Iterable[Source]) -> Iterator[Source]:
    try:
        yield from sources
    except EvaluatorError:
        raise
    except Exception as error:
        message = f"The sources cannot be drawn any further ({type(error).__name__})."
        raise UsageError(message) from error


async def _next(
    outcomes: asyncio.Queue[CandidateOutcome | None], work: asyncio.Task[None]
) -> CandidateOutcome | None:
    """The next outcome; None at the end. What broke the work is raised."""
    getting = asyncio.create_task(outcomes.get())
    await asyncio.wait({getting, work}, return_when=asyncio.FIRST_COMPLETED)
    if not getting.done() and work.done() and work.exception():
        getting.cancel()
        work.result()
    return await getting


@contextmanager
def _errors_of_ours() -> Iterator[None]:
    """Whatever is raised inside leaves as an error of this package."""
    try:
        yield
    except EvaluatorError:
        raise
    except Exception as error:
        if isinstance(error, ExceptionGroup) and (meant := error.subgroup(EvaluatorError)):
            raise _first(meant) from error
        raise unexpected(error) from error


def _first(group: ExceptionGroup[EvaluatorError]) -> EvaluatorError:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, ExceptionGroup) else found
