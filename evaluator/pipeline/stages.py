"""The stages of one candidate in their order, with the readers and clients they need."""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..documents.sandbox import ParserPool
from ..events import logged
from ..github.snapshots import SnapshotStore
from ..models.document import Document, Flag, FlagKind, Location
from ..models.reading import Usage
from ..models.vocabulary import Severity
from ..pacing import WaitTracker
from ..readers.llm import ModelReader
from ..readers.prices import load_prices
from ..readers.protocol import Reader
from ..readers.replies import ReplyStore
from ..readers.rules.reader import RulesReader
from ..report import CandidateReport
from ..roles.loading import load_role
from ..roles.model import RoleProfile
from ..roles.telling import told_to_reader
from ..rubric import load_rubric
from ..settings import Settings
from ..structure.contact import Contact, contact
from ..structure.dates import Month
from ..structure.outline import Outline, outline
from ..transport import RetryPolicy
from .assessment import Assessor
from .connecting import GitHubConnection, Limits, model_reader, spending_of
from .custom_reader import CustomReader, installed_reader
from .deadlines import JUDGING, SHOWING, STRUCTURE, Deadlines, within
from .evidence import Answers
from .inputs import Input
from .preparation import Candidate, prepare
from .public_code import PublicCode, read_public_code
from .sampling import ModelSampler

if TYPE_CHECKING:
    import httpx
    import httpx2

_log = logging.getLogger(__name__)


class Stages:
    """What one candidate goes through, from bytes to the report. An async context manager, so that connections are closed.

    Args:
        settings: how; defaults come from the environment.
        reader: instead of the settings' one.
        github_transport: answers instead of GitHub.
        model_transport: answers instead of the model endpoint.
        retries: how failing calls are repeated; tests give one that does not wait.
        replies: where the model's replies are kept; None takes the settings' file.
        limits: kept to together with others; None is limits of its own.

    Attributes:
        assessor: makes reports of answers; holds no connection and no secret.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        reader: Reader | None = None,
        github_transport: httpx.AsyncBaseTransport | None = None,
        model_transport: httpx2.AsyncBaseTransport | None = None,
        retries: RetryPolicy | None = None,
        replies: ReplyStore | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.settings = s = settings or Settings()
        s.learn_secrets()  # settings that came from another process were not made in this one
        self._deadlines = Deadlines(s.stage_seconds, s.portfolio_seconds, s.deadline)
        retries = retries or RetryPolicy()
        self._github_waits = WaitTracker("GitHub's limit", retries.sleep)
        self._model_waits = WaitTracker("the model's limit", retries.sleep)
        self._rubric = load_rubric(s.rubric)
        self._present = Month.parse(s.as_of) if s.as_of else Month.now()
        self._prices = load_prices(s.prices)
        self._snapshots = SnapshotStore(s.snapshots, max_age=s.snapshot_age)
        self._rules = RulesReader()
        self._spending = limits.spending if limits else spending_of(s, self._prices)
        self._model: ModelReader | CustomReader | None
        if reader is None and s.installed_reader:
            reader = installed_reader(s.installed_reader, s)
        if reader is not None:
            self._model = CustomReader(reader)
        else:
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
            retries=retries,
            pace=limits.github if limits else None,
        )
        self._parsers = ParserPool(s.jobs, seconds=s.stage_seconds, draws=s.render == "auto")
        self._calls = asyncio.Semaphore(s.concurrency)
        # GitHub asks for serial requests; one account at a time keeps to that.
        self._github_turn = asyncio.Lock()

        self._look_for(load_role(s.role))

    def _look_for(self, role: RoleProfile) -> None:
        """Compare with this role from now on."""
        s = self.settings
        self._role = role
        self._asked = tuple(map(told_to_reader, role.asked)) if self._model is not None else ()
        self.assessor = Assessor(
            rubric=self._rubric,
            role=role,
            stage=s.stage,
            present=self._present,
            model=self.model_name or "",
            prices=self._prices,
        )
        self._sampler: ModelSampler | None = None
        if self._model is not None:
            self._sampler = ModelSampler(
                self._model, self.assessor, samples=s.samples, most=self._rubric.readings.most,
                calls=self._calls, fallback=s.fallback, deadlines=self._deadlines,
            )  # fmt: skip

    def for_role(self, role: RoleProfile) -> Self:
        """The same stages, connections and limits, with candidates compared with another role."""
        other = copy.copy(self)
        other._look_for(role)
        return other

    @property
    def model_name(self) -> str | None:
        """Of the model or the reader that was given, as reports show it; None where the embedded rules read."""
        if isinstance(self._model, CustomReader):
            return self._model.name
        return self.settings.model if self._model else None

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
        await self._parsers.aclose()
        if self._model is not None:
            await self._model.aclose()
        await self._github.aclose()

    def get_ready(self) -> None:
        """Begin what takes long before the first question; for callers that will ask many."""
        if self._model is not None:
            self._model.get_ready()

    @property
    def asks_a_model(self) -> bool:
        """Whether a candidate costs calls of a model."""
        return self._model is not None

    async def read_document(self, loaded: Input) -> Document:
        """The document alone, read in a worker process.

        Raises:
            DocumentError: it cannot be read.
        """
        with logged(_log, "document read", id=loaded.id) as fields:
            document = await self._parsers.read(loaded.data, loaded.name)
            fields.update(
                format=document.format.value, pages=document.pages, flags=len(document.flags)
            )
        return document

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
            document = _flag_truncated(document, parts)
            person = contact(document, parts)
        account = github or self.settings.github
        with logged(_log, "portfolio read", id=document.sha256[:16]) as fields:
            code = await self._public_code(document, person, account, ask_github=ask_github)
            fields.update(status=code.outcome.status.value, requests=code.outcome.requests)
        with within(self._deadlines.stage, SHOWING):
            return prepare(document, parts, person, code, self._asked)

    async def evaluate_input(self, loaded: Input, *, github: str | None = None) -> CandidateReport:
        """Evaluate bytes that were read already; errors as :meth:`read_document` and :meth:`evaluate_document`."""
        return await self.evaluate_document(await self.read_document(loaded), github=github)

    async def evaluate_document(
        self, document: Document, *, github: str | None = None
    ) -> CandidateReport:
        """Evaluate a document that was read already; errors as :meth:`candidate` and :meth:`answers`."""
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
            EndpointRejected: the endpoint would refuse every call.
        """
        answers = await self.answers(candidate, first_sample)
        return self.judged(candidate, answers)

    def judged(self, candidate: Candidate, answers: Answers | None) -> CandidateReport:
        """The report of what was read.

        Raises:
            DocumentError: it took longer than a stage may.
        """
        with logged(_log, "report made", id=candidate.document.sha256[:16]) as fields:
            with within(self._deadlines.stage, JUDGING):
                report = self.assessor.report(candidate, answers)
            fields.update(evidence=len(report.evidence), flags=len(report.flags))
        return report

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
        is begun. Both raise :class:`RunStopped`.
        """
        if self._sampler is None:
            return None
        with logged(_log, "candidate read", id=candidate.document.sha256[:16]) as fields:
            answers = await self._sampler.ask(
                candidate, first=first_sample, is_over=is_over, is_interrupted=is_interrupted
            )
            used = Usage.sum([answers.spent, *(reading.usage for reading in answers.readings)])
            fields.update(
                readings=len(answers.readings), calls=used.calls, input_tokens=used.input_tokens,
                output_tokens=used.output_tokens,
            )  # fmt: skip
        return answers

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


def _flag_truncated(document: Document, parts: Outline) -> Document:
    """The document with a flag where its end is not read, because it is longer than any resume."""
    if parts.beyond is None:
        return document
    line = document.line_at(parts.beyond)
    flag = Flag(
        kind=FlagKind.NOT_READ,
        severity=Severity.MEDIUM,
        message=f"Longer than a resume: only the text before line {line.number} was read.",
        location=Location(page=line.page, line=line.number, start=parts.beyond),
    )
    return document.model_copy(update={"flags": (*document.flags, flag)})
