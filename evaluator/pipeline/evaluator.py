"""The library's evaluator: composition of readers and clients, and the order of the stages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Protocol, Self

import httpx
import httpx2

from ..documents.sandbox import ParserPool
from ..errors import DocumentError, EvaluatorError, ModelRefused
from ..github.client import GitHubClient
from ..github.snapshots import SnapshotStore
from ..grounding import GroundedSource, ground, merge_samples
from ..models.base import Value
from ..models.document import RESUME, Document, Flag, FlagKind
from ..models.evidence import Evidence, Finding
from ..models.reading import Reading, ReadingRequest, ShownPassage, ShownSource, Usage
from ..models.shown import ShownText
from ..models.vocabulary import Severity
from ..prompting import load_prompt
from ..readers.prices import load_prices
from ..readers.protocol import Reader
from ..readers.rules.reader import RulesReader
from ..redaction import known_values, redact_resume
from ..report import CandidateReport, Parts, ReadBy, build_report
from ..rubric import load_role, load_rubric
from ..scoring import fit_of, judge, next_steps, seniority_of, stability, tenure_of
from ..settings import Settings
from ..structure.contact import Contact, contact
from ..structure.dates import Month
from ..structure.foundations import foundations
from ..structure.outline import Outline, outline
from ..structure.responsibility import responsibility
from ..transport import Pace, Patience, github_http, model_http
from .inputs import Input, Source, load_input
from .public_code import PublicCode, ShownRepositories, read_public_code, show_repositories
from .verifying import (
    cap_repository_items,
    drop_impossible,
    supported_by_rules,
    verify_resume_items,
)

_STEERING = frozenset(
    {
        FlagKind.INSTRUCTION,
        FlagKind.HIDDEN_TEXT,
        FlagKind.INVISIBLE_CHARACTERS,
        FlagKind.HOMOGLYPHS,
    }
)


class CloseableReader(Reader, Protocol):
    """A reader that holds connections."""

    async def aclose(self) -> None: ...


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


class _Read(Value):
    """Evidence of one candidate and how it was come by."""

    evidence: tuple[Evidence, ...]
    by: ReadBy


class Evaluator:
    """Evaluates resumes. Use as an async context manager, so that connections are closed.

    Args:
        settings: how; defaults come from the environment.
        github_transport: for tests: answers instead of GitHub.
        model_transport: for tests: answers instead of the model endpoint.
        patience: how failing calls are repeated; tests give one that does not wait.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        github_transport: httpx.AsyncBaseTransport | None = None,
        model_transport: httpx2.AsyncBaseTransport | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._github_transport = github_transport
        self._patience = patience or Patience()
        self._rubric = load_rubric()
        self._role = load_role(self.settings.role)
        self._prices = load_prices(self.settings.prices)
        self._snapshots = SnapshotStore(self.settings.snapshots, max_age=timedelta(hours=24))
        self._rules = RulesReader()
        self._model = self._make_model(model_transport)
        self._github: httpx.AsyncClient | None = None
        self._parsers: ParserPool | None = None
        self._calls = asyncio.Semaphore(self.settings.concurrency)
        # GitHub asks for serial requests; one account at a time keeps to that.
        self._github_turn = asyncio.Lock()
        self._github_pace = Pace()

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
        if self._github is not None:
            await self._github.aclose()

    @property
    def fingerprint(self) -> str:
        """Everything beside the resume that a report depends on, for the identity of run items."""
        s = self.settings
        reader = (
            s.reader_in_use,
            s.model if self._model else None,
            s.base_url if self._model else None,
        )
        return "|".join(
            str(part)
            for part in (
                self._rubric.key,
                *reader,
                s.samples,
                s.github,
                s.github_proof,
                s.offline,
                self._role.model_dump_json(),
                s.stage,
                s.as_of,
            )
        )

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
        results: asyncio.Queue[CandidateOutcome] = asyncio.Queue()
        pending: set[asyncio.Task[None]] = set()
        width = self.settings.jobs + self.settings.concurrency

        async def one(source: Source) -> None:
            await results.put(await self.outcome_of(source))

        async def drain(most: int) -> None:
            nonlocal pending
            while len(pending) > most:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()

        try:
            for source in sources:
                pending.add(asyncio.create_task(one(source)))
                await drain(width - 1)
                while not results.empty():
                    yield results.get_nowait()
            while pending:
                await drain(len(pending) - 1)
                while not results.empty():
                    yield results.get_nowait()
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

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
            self._parsers = ParserPool(self.settings.jobs, seconds=self.settings.document_seconds)
        return await self._parsers.read(loaded.data, loaded.name)

    def request_characters(self, document: Document) -> int:
        """Length of the request that a model would get for this resume, portfolio apart."""
        parts = outline(document)
        known = known_values(contact(document, parts))
        shown = redact_resume(document, parts, known)
        request = _request(document, shown, ShownRepositories())
        fixed = len(load_prompt("read_candidate").body)
        return fixed + sum(len(p.text) + 20 for s in request.sources for p in s.passages)

    def price_of(self, input_tokens: int, output_tokens: int) -> float | None:
        """Dollars of so many tokens; None when the model's price is unknown."""
        usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
        return self._prices.cost(self.settings.model or "", usage)

    async def evaluate_document(
        self, document: Document, *, github: str | None = None
    ) -> CandidateReport:
        """Evaluate a document that was read already; errors as :meth:`evaluate`."""
        parts = outline(document)
        person = contact(document, parts)
        code = await self._public_code(document, person, github or self.settings.github)
        known = known_values(person, code.identity_values)
        shown = redact_resume(document, parts, known)
        read = await self._read(document, parts, shown, code, show_repositories(code, known))
        present = Month.parse(self.settings.as_of or self._rubric.present.month)
        kept, date_flags = drop_impossible(read.evidence, document, parts, present)
        tenure = tenure_of(kept, parts, present)
        verdict = judge(kept, self._rubric, artifacts=code.artifacts, tenure=tenure)
        return build_report(
            Parts(
                document=document,
                contact=person,
                foundations=foundations(document, parts),
                evidence=_numbered(item for item in kept if item in verdict.used),
                verdict=verdict,
                stability=stability(verdict, self._rubric, artifacts=code.artifacts, tenure=tenure),
                tenure=tenure,
                seniority=seniority_of(
                    verdict, responsibility(document, parts), tenure, self._rubric
                ),
                portfolio=code.outcome,
                fit=fit_of(verdict.levels, self._role),
                role=self._role,
                stage=self.settings.stage,
                steps=next_steps(verdict, self._rubric, tenure),
                flags=(*document.flags, *code.flags, *date_flags, *_rejected(read.by)),
                rubric=self._rubric,
                read_by=read.by,
            )
        )

    async def _public_code(
        self, document: Document, person: Contact, account: str | None
    ) -> PublicCode:
        offline = self.settings.offline
        async with self._github_turn:
            return await read_public_code(
                document,
                person,
                account=account,
                proof=self.settings.github_proof,
                snapshots=self._snapshots,
                client=None if offline else self._github_client,
            )

    def _github_client(self) -> GitHubClient:
        s = self.settings
        if self._github is None:
            self._github = github_http(
                s.github_url,
                token=s.github_token.get_secret_value() if s.github_token else None,
                transport=self._github_transport,
            )
        patience = Patience(
            attempts=self._patience.attempts, total_wait=s.github_wait, sleep=self._patience.sleep
        )
        return GitHubClient(self._github, patience=patience, pace=self._github_pace)

    def _make_model(self, transport: httpx2.AsyncBaseTransport | None) -> CloseableReader | None:
        s = self.settings
        if s.reader_in_use == "rules":
            return None
        name = s.require_model()
        from ..readers.llm import ModelReader

        return ModelReader(
            model=name,
            base_url=s.base_url,
            api_key=s.api_key.get_secret_value() if s.api_key else "none",
            http=model_http(
                seconds=s.model_seconds, connections=s.concurrency, transport=transport
            ),
            patience=self._patience,
        )

    async def _read(
        self,
        document: Document,
        parts: Outline,
        shown: tuple[ShownText, ...],
        code: PublicCode,
        repositories: ShownRepositories,
    ) -> _Read:
        """Evidence by the chosen reader, and what the repositories' facts give by themselves."""
        resume = GroundedSource(name=RESUME, text=document.text, shown=shown)
        request = _request(document, shown, repositories)
        by_rules = ground(self._rules.read_now(request).findings, [resume], document)
        facts = ground(code.findings, code.sources, document)
        if self._model is None:
            resume_items = verify_resume_items(by_rules.evidence, parts)
            by = ReadBy(reader="rules", rejected=by_rules.rejected + facts.rejected)
            return _Read(evidence=(*resume_items, *facts.evidence), by=by)
        readings = await self._ask(request)
        sources = [resume, *repositories.grounded]
        samples, rejected = [], facts.rejected
        for reading in readings:
            found = ground(_renamed(reading.findings, repositories.names), sources, document)
            rejected += found.rejected + reading.rejected
            items = cap_repository_items(
                verify_resume_items(found.evidence, parts), code.repositories
            )
            if any(flag.kind in _STEERING for flag in (*document.flags, *code.flags)):
                items = supported_by_rules(items, by_rules.evidence)
            samples.append(items)
        merged = merge_samples(samples)
        by = self._read_by(readings, merged.agreement, rejected)
        return _Read(evidence=(*merged.evidence, *facts.evidence), by=by)

    async def _ask(self, request: ReadingRequest) -> list[Reading]:
        assert self._model is not None
        readings = []
        for sample in range(self.settings.samples):
            async with self._calls:
                readings.append(await self._model.read(request, sample=sample))
        return readings

    def _read_by(self, readings: list[Reading], agreement: float, rejected: int) -> ReadBy:
        name = self.settings.model or ""
        costs = [self._prices.cost(name, reading.usage) for reading in readings]
        known = [cost for cost in costs if cost is not None]
        return ReadBy(
            reader="model",
            model=name,
            samples=len(readings),
            agreement=agreement if len(readings) > 1 else None,
            prompts=readings[0].prompts,
            usage=_sum([reading.usage for reading in readings]),
            cost_usd=round(sum(known), 6) if len(known) == len(costs) else None,
            rejected=rejected,
        )


def _numbered(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(
        item.model_copy(update={"id": f"e{number}"}) for number, item in enumerate(items, start=1)
    )


def _request(
    document: Document, shown: tuple[ShownText, ...], repositories: ShownRepositories
) -> ReadingRequest:
    passages = tuple(
        ShownPassage(
            number=text.number,
            section=text.section,
            context=text.context,
            heading=text.heading,
            text=text.text,
        )
        for text in shown
    )
    resume = ShownSource(name=RESUME, passages=passages)
    return ReadingRequest(language=document.language, sources=(resume, *repositories.sources))


def _renamed(findings: tuple[Finding, ...], names: dict[str, str]) -> list[Finding]:
    return [f.model_copy(update={"source": names.get(f.source, f.source)}) for f in findings]


def _sum(usages: list[Usage]) -> Usage:
    def total(name: str) -> int | None:
        values = [getattr(usage, name) for usage in usages]
        return None if any(value is None for value in values) else sum(values)

    return Usage(
        calls=sum(usage.calls for usage in usages),
        input_tokens=total("input_tokens"),
        cached_tokens=total("cached_tokens"),
        output_tokens=total("output_tokens"),
    )


def _rejected(by: ReadBy) -> tuple[Flag, ...]:
    if not by.rejected:
        return ()
    message = f"{by.rejected} item(s) of the reader had no quote in their source and were dropped."
    return (Flag(kind=FlagKind.REJECTED_EVIDENCE, severity=Severity.INFO, message=message),)
