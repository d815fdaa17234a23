"""The library's evaluator: composition of readers and clients, and the order of the stages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..documents.sandbox import ParserPool
from ..errors import ConfigurationError, DocumentError, EvaluatorError, ModelRefused
from ..github.snapshots import SnapshotStore
from ..models.document import Document, Flag, FlagKind, Location
from ..models.reading import Usage
from ..models.vocabulary import Severity
from ..pacing import Waits
from ..readers.messages import expected_input, expected_output
from ..readers.prices import load_prices
from ..readers.replies import ReplyStore
from ..readers.rules.reader import RulesReader
from ..report import CandidateReport
from ..roles.loading import load_role
from ..roles.telling import told_to_reader
from ..rubric import load_rubric
from ..settings import Settings
from ..structure.contact import Contact, contact
from ..structure.dates import Month
from ..structure.outline import Outline, outline
from ..transport import Patience
from .asking import ModelAsking
from .assessing import Assessor
from .connecting import GitHubConnection, Limits, model_reader, spending_of
from .deadlines import JUDGING, SHOWING, STRUCTURE, Deadlines, within
from .inputs import Input, Source, load_input
from .many import in_parallel
from .preparing import Candidate, prepare
from .public_code import PublicCode, read_public_code
from .reading import Answers

if TYPE_CHECKING:
    import httpx
    import httpx2

_USUAL_PORTFOLIO = 700
"""Input tokens of a portfolio that is not known yet."""


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
        github_transport: for tests: answers instead of GitHub.
        model_transport: for tests: answers instead of the model endpoint.
        patience: how failing calls are repeated; tests give one that does not wait.
        replies: where the model's replies are kept; None takes the settings' file.
        limits: kept to together with other evaluators; None is an evaluator of its own.

    Attributes:
        assessor: makes reports of answers; holds no connection and no secret.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        github_transport: httpx.AsyncBaseTransport | None = None,
        model_transport: httpx2.AsyncBaseTransport | None = None,
        patience: Patience | None = None,
        replies: ReplyStore | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.settings = s = settings or Settings()
        s.learn_secrets()  # settings that came from another process were not made in this one
        self._deadlines = Deadlines(s.stage_seconds, s.portfolio_seconds, s.deadline)
        patience = patience or Patience()
        self._github_waits = Waits("GitHub's limit", patience.sleep)
        self._model_waits = Waits("the model's limit", patience.sleep)
        self._rubric = load_rubric(s.rubric)
        self._role = load_role(s.role)
        asks = s.reader_in_use == "model"
        self._asked = tuple(map(told_to_reader, self._role.asked)) if asks else ()
        self._present = Month.parse(s.as_of) if s.as_of else Month.now()
        self._prices = load_prices(s.prices)
        self._snapshots = SnapshotStore(s.snapshots, max_age=s.snapshot_age)
        self._rules = RulesReader()
        self._spending = limits.spending if limits else spending_of(s, self._prices)
        self._model = model_reader(
            s,
            rubric=self._rubric.key,
            replies=replies or ReplyStore(s.replies),
            transport=model_transport,
            waits=self._model_waits,
            spending=self._spending,
            limits=limits.model if limits else None,
        )
        self._github = GitHubConnection(
            s,
            transport=github_transport,
            waits=self._github_waits,
            patience=patience,
            pace=limits.github if limits else None,
        )
        self._parsers: ParserPool | None = None
        self.assessor = Assessor(
            rubric=self._rubric,
            role=self._role,
            stage=s.stage,
            present=self._present,
            model=s.model or "",
            prices=self._prices,
        )
        self._asking: ModelAsking | None = None
        if self._model is not None:
            calls = asyncio.Semaphore(s.concurrency)
            self._asking = ModelAsking(
                self._model, self.assessor, samples=s.samples, most=self._rubric.readings.most,
                calls=calls, fallback=s.fallback, deadlines=self._deadlines,
            )  # fmt: skip
        # GitHub asks for serial requests; one account at a time keeps to that.
        self._github_turn = asyncio.Lock()

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
        if self._parsers is not None:
            await self._parsers.aclose()
        if self._model is not None:
            await self._model.aclose()
        await self._github.aclose()

    @property
    def identity(self) -> dict[str, str]:
        """Everything beside the resume and its portfolio that a report depends on, by name."""
        s = self.settings
        parts = {
            "rubric": self._rubric.key,
            "reader": s.reader_in_use,
            "model": s.model if self._model else None,
            # Equal readings are asked for with any key, also where it stands in the address.
            "endpoint": s.endpoint if self._model else None,
            "prompts": " ".join(sorted(self._model.prompts.values())) if self._model else None,
            "samples": s.samples,
            "effort": s.effort,
            "temperature": s.temperature,
            "account": s.github,
            "proof": s.github_proof,
            "offline": s.offline,
            "role": self._role.model_dump_json(),
            "stage": s.stage,
            "fallback": s.fallback if self._model else None,
            "present": str(self._present),
        }
        return {name: "" if value is None else str(value) for name, value in parts.items()}

    def get_ready(self) -> None:
        """Begin what takes long before the first question; for callers that will ask many."""
        if self._model is not None:
            self._model.get_ready()

    @property
    def asks_a_model(self) -> bool:
        """Whether a candidate costs calls of a model."""
        return self._model is not None

    def snapshot_of(self, candidate: Candidate) -> str | None:
        """File name and SHA-256 of the snapshot that a candidate's portfolio came from or went to."""
        portfolio = candidate.code.outcome.portfolio
        if portfolio is None:
            return None
        return self._snapshots.state(f"{portfolio.profile.account_id}.json")

    def snapshot_state(self, name: str) -> str | None:
        """The same for a file name; None when the file is gone."""
        return self._snapshots.state(name)

    def waiting(self) -> str | None:
        """What candidates in flight wait for, in words; None when nothing holds them up."""
        told = [wait for wait in (self._model_waits.told(), self._github_waits.told()) if wait]
        return " and ".join(told) or None

    def log_facts(self) -> dict[str, object]:
        """What a run's record says of the settings: no secret, nothing about a person."""
        s = self.settings
        return {
            "reader": s.reader_in_use,
            "model": s.model if self._model else None,
            "samples": s.samples,
            "offline": s.offline,
            "role": s.role,
            "rubric": self._rubric.key,
        }

    async def evaluate(self, source: Source, *, github: str | None = None) -> CandidateReport:
        """Evaluate one resume.

        Args:
            source: a path, bytes, or a binary file.
            github: a login or ``none``, instead of the account the resume names.

        Raises:
            DocumentError: the resume cannot be read.
            ModelError: the model gave no usable reading.
            ModelRefused: the endpoint would refuse every call.
        """
        return await self.evaluate_input(load_input(source), github=github)

    async def evaluate_many(self, sources: Iterable[Source]) -> AsyncIterator[CandidateOutcome]:
        """Evaluate many with bounded memory; outcomes come in order of completion.

        Raises:
            ModelRefused: no further candidate could be read; earlier outcomes were given.
        """
        width = self.settings.jobs + self.settings.concurrency
        outcomes: asyncio.Queue[CandidateOutcome | None] = asyncio.Queue(width)
        refusals: list[ModelRefused] = []

        async def one(source: Source) -> None:
            try:
                await outcomes.put(await self.outcome_of(source))
            except ModelRefused as error:
                refusals.append(error)

        async def everyone() -> None:
            await in_parallel(sources, one, width=width, is_over=lambda: bool(refusals))
            await outcomes.put(None)

        work = asyncio.create_task(everyone())
        try:
            while outcome := await self._next(outcomes, work):
                yield outcome
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        if refusals:
            raise refusals[0]

    @staticmethod
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

    async def outcome_of(self, source: Source, *, github: str | None = None) -> CandidateOutcome:
        """Evaluate one resume and give failures that concern it alone as a value."""
        name = str(source) if not isinstance(source, bytes) else "resume"
        identity: str | None = None
        try:
            loaded = load_input(source)
            identity = loaded.id
            report = await self.evaluate_input(loaded, github=github)
        except ModelRefused:
            raise
        except EvaluatorError as error:
            return CandidateOutcome(source=name, id=identity, error=error)
        return CandidateOutcome(source=name, id=identity, report=report)

    async def evaluate_input(self, loaded: Input, *, github: str | None = None) -> CandidateReport:
        """Evaluate bytes that were read already; errors as :meth:`evaluate`."""
        return await self.evaluate_document(await self.read_document(loaded), github=github)

    async def read_document(self, loaded: Input) -> Document:
        """The document alone, read in a worker process; errors as :meth:`evaluate`."""
        if self._parsers is None:
            self._parsers = ParserPool(self.settings.jobs, seconds=self.settings.stage_seconds)
        return await self._parsers.read(loaded.data, loaded.name)

    async def candidate(
        self, document: Document, *, github: str | None = None, ask_github: bool = True
    ) -> Candidate:
        """Everything before reading: who it is, their public code, and what a reader may see.

        Args:
            document: as :meth:`read_document` gives it.
            github: a login or ``none``, instead of the account the resume names.
            ask_github: False takes portfolios from snapshots only.

        Raises:
            DocumentError: a stage took longer than it may.
        """
        with within(self._deadlines.stage, STRUCTURE):
            parts = outline(document)
            document = _with_end_told(document, parts)
            person = contact(document, parts)
        account = github or self.settings.github
        code = await self._public_code(document, person, account, ask_github=ask_github)
        with within(self._deadlines.stage, SHOWING):
            return prepare(document, parts, person, code, self._asked)

    async def questions(
        self, source: Source | Input, *, github: str | None = None
    ) -> list[tuple[str, dict[str, object]]]:
        """Request bodies that reading this resume with the model would send, under their keys.

        What is kept already is left out, so this is what an overnight batch has to ask.

        Raises:
            ConfigurationError: no model is named.
            DocumentError: the resume cannot be read.
        """
        if self._model is None:
            message = "The embedded rules ask nobody."
            raise ConfigurationError(message, hint="Give --reader model and --model NAME.")
        loaded = source if isinstance(source, Input) else load_input(source)
        candidate = await self.candidate(await self.read_document(loaded), github=github)
        return [
            question
            for sample in range(1 if self.settings.samples == "auto" else self.settings.samples)
            for question in self._model.questions(candidate.request, sample=sample)
        ]

    def expected_tokens(self, candidate: Candidate) -> tuple[int, int]:
        """Input and output tokens of one reading, from the request and from what the rules find."""
        found = self._rules.read_now(candidate.request).findings
        named = candidate.code.outcome.login and not candidate.repositories.sources
        unseen = _USUAL_PORTFOLIO if named else 0
        return expected_input(candidate.request) + unseen, expected_output(len(found))

    def price_of(self, input_tokens: int, output_tokens: int) -> float | None:
        """Dollars of so many tokens; None when the model's price is unknown."""
        usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
        return self._prices.cost(self.settings.model or "", usage, self.settings.service_tier)

    @property
    def spent(self) -> float:
        """US dollars that the model calls of this evaluator cost, failed candidates included."""
        return self._spending.dollars

    async def evaluate_document(
        self, document: Document, *, github: str | None = None
    ) -> CandidateReport:
        """Evaluate a document that was read already; errors as :meth:`evaluate`."""
        candidate = await self.candidate(document, github=github)
        return await self.evaluate_candidate(candidate)

    async def evaluate_candidate(
        self, candidate: Candidate, *, first_sample: int = 0
    ) -> CandidateReport:
        """Read and judge a candidate whose document and public code are known.

        Args:
            candidate: as :meth:`candidate` gives it.
            first_sample: number of the first reading; other numbers are other, independent readings.

        Raises:
            ModelError: the model gave no usable reading.
            ModelRefused: the endpoint would refuse every call.
        """
        answers = await self.answers(candidate, first_sample)
        with within(self._deadlines.stage, JUDGING):
            return self.assessor.report(candidate, answers)

    async def answers(
        self,
        candidate: Candidate,
        first_sample: int = 0,
        *,
        is_over: Callable[[], bool] = lambda: False,
        is_interrupted: Callable[[], bool] = lambda: False,
    ) -> Answers | None:
        """What the model says of a candidate; None when the rules alone read.

        Errors and other arguments as :meth:`evaluate_candidate`. Once ``is_over`` gives true, no call is made
        for a candidate for whom none was made before; once ``is_interrupted`` does, no further reading of anybody
        is begun. Both raise :class:`NotAsked`.
        """
        if self._asking is None:
            return None
        return await self._asking.ask(
            candidate, first=first_sample, is_over=is_over, is_interrupted=is_interrupted
        )

    async def _public_code(
        self, document: Document, person: Contact, account: str | None, *, ask_github: bool
    ) -> PublicCode:
        offline = self.settings.offline or not ask_github
        async with self._github_turn:
            return await read_public_code(
                document,
                person,
                account=account,
                proof=self.settings.github_proof,
                snapshots=self._snapshots,
                client=None if offline else self._github.client,
                deadlines=self._deadlines,
            )


def _with_end_told(document: Document, parts: Outline) -> Document:
    """The document with a flag where its end is not read, because it is longer than any resume."""
    if parts.beyond is None:
        return document
    line = document.line_at(parts.beyond)
    flag = Flag(
        kind=FlagKind.NOT_READ,
        severity=Severity.MEDIUM,
        message=f"Longer than a resume: only what stands before line {line.number} was read.",
        location=Location(page=line.page, line=line.number, start=parts.beyond),
    )
    return document.model_copy(update={"flags": (*document.flags, flag)})
