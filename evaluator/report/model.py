"""The frozen report, which is the public interface: its JSON, its schema, and look-ups in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ..models.base import Value
from ..models.document import Flag
from ..models.dropped import Dropped, DropReason
from ..models.evidence import Evidence, ScopeFact
from ..models.portfolio import (
    PortfolioStatus,
)
from ..models.vocabulary import (
    Axis,
    Dimension,
    Identity,
    Seniority,
    Standing,
    Track,
)
from ..roles.model import Importance, Kind, RequirementVerdict
from ..scoring import Artifact, Quote, Tenure
from ..structure.responsibility import Responsibility

SCHEMA_VERSION: Literal["2"] = "2"

Hundred = Annotated[float, Field(ge=0, le=100)]
Grade = Annotated[int, Field(ge=0, le=4)]


class ReportDocument(Value):
    """The file that was read."""

    name: str
    format: str
    pages: int
    ocr: bool
    language: str | None


class ReportAccount(Value):
    """The account the resume names and how well it fits the resume."""

    login: str
    identity: Identity
    reason: str


class ReportCandidate(Value):
    """Identity, joined after judging. What was not found is None or empty."""

    name: str | None
    emails: tuple[str, ...]
    links: tuple[str, ...]
    github: ReportAccount | None


class ReportBorderline(Value):
    """The verdict next to this one."""

    neighbour: Track
    """The track that one item more or less would make it."""
    reason: str


class ReportAxis(Value):
    """Score, band and dimensions of one axis."""

    score: Hundred
    interval: tuple[Hundred, Hundred]
    """Lowest and highest score with any one achievement taken away, and over the single readings."""
    band: Grade
    next_band: str | None
    """What the next band asks for that is not there, beside a score that has no such gates; None at the highest."""
    dimensions: tuple[Dimension, ...]


class ReportAxes(Value):
    """The two axes."""

    ml: ReportAxis
    ops: ReportAxis


class ReportDimension(Value):
    """Level, standing and the ids of the evidence of one dimension."""

    level: Grade
    standing: Standing
    evidence: tuple[str, ...]


class ReportFoundations(Value):
    """Described, never scored."""

    languages: tuple[str, ...]
    clouds: tuple[str, ...]
    education: tuple[str, ...]
    certifications: tuple[str, ...]
    years_relevant: float | None
    """Years of dated work that holds evidence; None when no such work is dated."""


class ReportRepository(Value):
    """One public repository as the report shows it."""

    full_name: str
    description: str
    fork: bool
    own_commits: int | None
    total_commits: int | None
    pushed: str | None
    notes: tuple[str, ...]
    """Facts that make it count less, and what is unknown about it."""


class ReportPortfolio(Value):
    """What is known of the public code; ``unknown`` always has a reason."""

    status: PortfolioStatus
    reason: str | None
    repositories: tuple[ReportRepository, ...]


class ReportNeed(Value):
    """A level that a role asks for and the level that is there."""

    dimension: Dimension
    needed: Grade
    level: Grade


class ReportTally(Value):
    """How many of some requirements are found, and how many are not clear."""

    found: int
    total: int
    unclear: int


class ReportFit(Value):
    """How a candidate meets a role's requirements, 0 to 100."""

    role: str
    score: Hundred
    musts: ReportTally = ReportTally(found=0, total=0, unclear=0)
    nice: ReportTally = ReportTally(found=0, total=0, unclear=0)
    met: tuple[ReportNeed, ...]
    missing: tuple[ReportNeed, ...]


class ReportRequirement(Value):
    """One requirement of the role and how far it is met."""

    id: str
    text: str
    need: Importance
    verdict: RequirementVerdict
    evidence: tuple[str, ...]
    source: Literal["resume", "code", "both", "none"]
    kind: Kind
    dimension: Dimension | None
    scored: bool
    """False for what is listed for a person alone, such as a place or a permit."""
    quotes: tuple[Quote, ...]
    """Words that the verdict stands on."""
    why: str


class ReportSection(Value):
    """A stretch of the resume of one section and entry: ``text[start:end]``. What nobody was shown has none."""

    kind: str
    """The section's kind; ``title`` for the head of an entry."""
    start: int
    end: int
    first: str | None = None
    """The month in which its entry began, ``YYYY-MM``; None where it is not dated."""
    last: str | None = None
    """The month after which it ended."""


class ReportStep(Value):
    """One level that could rise, and what would raise it."""

    dimension: Dimension
    from_level: Grade
    to_level: Grade
    gain: float
    """Points of the axis score that the rise would give."""
    advice: str


class ReportAdvice(Value):
    """Whom to hire first at the given stage, and what would move the reading most."""

    hire_first: str | None
    next_steps: tuple[ReportStep, ...]


class ReportReview(Value):
    """Whether a person should look, and why."""

    required: bool
    reasons: tuple[str, ...]


class ReportReading(Value):
    """What one of several readings would give alone."""

    track: Track
    bands: dict[Axis, Grade]
    scores: dict[Axis, Hundred]


class ReportResponsibility(Value):
    """What code read of responsibility, for the seniority."""

    guides: int = 0
    directs: bool = False
    answers_for_teams: bool = False
    only_as_junior: bool = False
    titles: tuple[str, ...] = ()
    years: float | None = None

    @classmethod
    def of(cls, found: Responsibility) -> ReportResponsibility:
        """The same, its titles in alphabetical order."""
        return cls(**{**found.model_dump(), "titles": tuple(sorted(found.titles))})

    def as_read(self) -> Responsibility:
        """As the scoring takes it."""
        return Responsibility(**{**self.model_dump(), "titles": frozenset(self.titles)})


class ReportBasis(Value):
    """What the verdict rests on beside the evidence, so that it can be computed again from the report alone."""

    tenure: Tenure = Tenure()
    responsibility: ReportResponsibility = ReportResponsibility()
    artifacts: dict[str, Artifact] = {}
    """How much each repository with evidence can show."""


class ReportProvenance(Value):
    """Which reader, versions and costs this report comes from."""

    reader: Literal["rules", "model"]
    model: str | None
    samples: int
    agreement: float | None
    """Share of items that the samples agree on; None with one sample."""
    readings: tuple[ReportReading, ...]
    """Each reading on its own, where there were several."""
    present: str
    """The month that "present" meant in the resume, ``YYYY-MM``."""
    rubric: str
    prompts: dict[str, str]
    document_sha256: str
    evaluator: str
    calls: int
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    cost_usd: float | None
    """None: the price is unknown."""
    github_requests: int
    rejected_evidence: int


class ReportDropped(Value):
    """Items that the reader returned and that do not count; empty in reports of older versions."""

    reasons: dict[DropReason, int] = {}
    """How many there are for each reason."""
    items: tuple[Dropped, ...] = ()
    """Different ones, at most fifty, by reason and place."""

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(self.reasons.values())


class CandidateReport(Value):
    """One candidate, judged. The same inputs, reader and versions give the same bytes."""

    schema_version: Literal["2"]
    id: str
    """First 16 hex digits of the document's SHA-256."""
    document: ReportDocument
    candidate: ReportCandidate
    track: Track
    borderline: ReportBorderline | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    summary: str = ""
    """What the report says, in one sentence made by code from the evidence; empty in reports of older versions."""
    axes: ReportAxes
    dimensions: dict[Dimension, ReportDimension]
    evidence: tuple[Evidence, ...]
    seniority: Seniority | None
    """In this trade; None for *unrelated*."""
    scope: tuple[ScopeFact, ...]
    """Statements of responsibility that the reader found; they speak for the seniority alone."""
    basis: ReportBasis
    foundations: ReportFoundations
    portfolio: ReportPortfolio
    role_fit: ReportFit
    requirements: tuple[ReportRequirement, ...] = ()
    """Of the role, in its order."""
    sections: tuple[ReportSection, ...] = ()
    """Where things stand in the resume, so that another role needs no new reading."""
    advice: ReportAdvice
    flags: tuple[Flag, ...]
    dropped: ReportDropped = ReportDropped()
    human_review: ReportReview
    provenance: ReportProvenance

    @property
    def seniority_told(self) -> str:
        """The seniority in words."""
        return self.seniority.value if self.seniority else "seniority not stated"

    def to_json(self) -> str:
        """The report's canonical bytes: indented, keys in the model's order, one newline at the end."""
        return self.model_dump_json(indent=2) + "\n"

    def _repr_html_(self) -> str:
        """The candidate's page, as notebooks show it."""
        # Late: whoever only reads reports needs no templates, and pages are built above reports.
        from importlib import import_module

        page: str = import_module("evaluator.render.html").framed_html(self)
        return page


def report_schema() -> dict[str, Any]:
    """The JSON Schema of the report."""
    return CandidateReport.model_json_schema(mode="serialization")


def evidence_of(report: CandidateReport, dimension: Dimension) -> tuple[Evidence, ...]:
    """The items a dimension rests on."""
    wanted = set(report.dimensions[dimension].evidence)
    return tuple(item for item in report.evidence if item.id in wanted)


def axis_of(report: CandidateReport, axis: Axis) -> ReportAxis:
    """One of the two axes by name."""
    return report.axes.ml if axis is Axis.ML else report.axes.ops
