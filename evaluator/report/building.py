"""How a report is put together from what the stages gave. Identity is joined here, after judging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from ..models.base import Value
from ..models.document import Document, Flag, FlagKind
from ..models.dropped import Dropped
from ..models.evidence import Evidence, ScopeFact
from ..models.portfolio import (
    Authorship,
    IdentityFinding,
    Portfolio,
    PortfolioStatus,
    Repository,
    Unknown,
)
from ..models.reading import Usage
from ..models.vocabulary import (
    DIMENSIONS,
    Axis,
    Dimension,
    Seniority,
    Severity,
    Stage,
    Track,
)
from ..roles.model import RoleProfile
from ..rubric import Rubric
from ..scoring import Borderline, Citation, Place, Robustness, Step, Tenure, Verdict
from ..structure.contact import Contact
from ..structure.foundations import Foundations
from ..version import __version__
from ..wording import level_name, rise_advice
from .dropped_items import dropped_of
from .model import (
    SCHEMA_VERSION,
    CandidateReport,
    ReportAccount,
    ReportAdvice,
    ReportAxes,
    ReportAxis,
    ReportBasis,
    ReportBorderline,
    ReportCandidate,
    ReportDimension,
    ReportDocument,
    ReportFoundations,
    ReportPortfolio,
    ReportProvenance,
    ReportReading,
    ReportRepository,
    ReportReview,
    ReportStep,
)
from .role_switch import COPIED, NO_FIT, section_of, with_role
from .summary import summary_of


class PortfolioOutcome(Value):
    """What became of the account: facts, or why there are none."""

    status: PortfolioStatus
    reason: str | None = None
    portfolio: Portfolio | None = None
    identity: IdentityFinding | None = None
    login: str | None = None
    notes: dict[str, tuple[str, ...]] = {}
    """Repository to the facts that make it count less."""
    requests: int = 0


class ReadBy(Value):
    """Which reader, and at what cost."""

    reader: Literal["rules", "model"]
    model: str | None = None
    samples: int = 1
    agreement: float | None = None
    prompts: dict[str, str] = {}
    usage: Usage = Usage()
    cost_usd: float | None = 0.0
    rejected: int = 0
    review: tuple[str, ...] = ()


class Parts(Value):
    """Everything that one report is made of."""

    document: Document
    contact: Contact
    foundations: Foundations
    evidence: tuple[Evidence, ...]
    scope: tuple[ScopeFact, ...]
    verdict: Verdict
    singles: tuple[Verdict, ...]
    """What each of several readings would give alone."""
    robustness: Robustness
    tenure: Tenure
    basis: ReportBasis
    seniority: Seniority | None
    portfolio: PortfolioOutcome
    places: tuple[Place, ...]
    """Stretches of the resume that count for requirements."""
    role: RoleProfile
    citations: tuple[Citation, ...] | None
    """By the reader, for requirements of the role; None where it was not asked."""
    stage: Stage | None
    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]
    rubric: Rubric
    present: str
    """The month that "present" meant, ``YYYY-MM``."""
    read_by: ReadBy
    dropped: tuple[Dropped, ...] = ()
    """Items of the reader that do not count."""


def build_report(parts: Parts) -> CandidateReport:
    """Merge the parts."""
    verdict, document, border = parts.verdict, parts.document, parts.robustness.borderline
    report = CandidateReport(
        schema_version=SCHEMA_VERSION,
        id=document.id,
        document=ReportDocument(
            name=document.name,
            format=document.format.value,
            pages=document.pages,
            ocr=document.ocr,
            language=document.language,
        ),
        candidate=_candidate(parts),
        track=verdict.track,
        borderline=report_borderline(border),
        confidence=confidence_of(parts.verdict.used, parts.robustness.share, parts.rubric),
        axes=ReportAxes(ml=_axis(Axis.ML, parts), ops=_axis(Axis.OPS, parts)),
        dimensions={
            d: ReportDimension(
                level=verdict.levels[d],
                standing=verdict.standings[d],
                evidence=tuple(item.id for item in parts.evidence if item.dimension is d),
            )
            for d in Dimension
        },
        evidence=parts.evidence,
        seniority=parts.seniority,
        scope=parts.scope,
        basis=parts.basis,
        foundations=_foundations(parts),
        portfolio=report_portfolio(parts.portfolio),
        role_fit=NO_FIT,
        requirements=(),
        sections=tuple(map(section_of, parts.places)),
        advice=ReportAdvice(
            hire_first=hire_first(parts.stage, verdict.track),
            next_steps=tuple(report_step(step) for step in parts.steps),
        ),
        flags=parts.flags,
        dropped=dropped_of(parts.dropped),
        human_review=_review(parts),
        provenance=_provenance(parts),
    )
    report = report.model_copy(update={"summary": summary_of(report)})
    return with_role(
        report, parts.role, document.text, rubric=parts.rubric, citations=parts.citations
    )


def _candidate(parts: Parts) -> ReportCandidate:
    outcome = parts.portfolio
    account = None
    if outcome.login and outcome.identity:
        account = ReportAccount(
            login=outcome.login, identity=outcome.identity.level, reason=outcome.identity.reason
        )
    return ReportCandidate(
        name=parts.contact.name,
        emails=parts.contact.emails,
        links=parts.contact.links,
        github=account,
    )


def _axis(axis: Axis, parts: Parts) -> ReportAxis:
    return ReportAxis(
        score=parts.verdict.scores[axis],
        interval=parts.robustness.intervals[axis],
        band=parts.verdict.bands[axis],
        next_band=parts.verdict.limits[axis],
        dimensions=DIMENSIONS[axis],
    )


def report_borderline(border: Borderline | None) -> ReportBorderline | None:
    """The verdict next to this one, as reports say it."""
    return ReportBorderline(neighbour=border.neighbour, reason=border.reason) if border else None


def confidence_of(used: Sequence[Evidence], share: float, rubric: Rubric) -> float:
    """How firmly the evidence holds the track: robustness under removal, shrunk when items are few.

    Args:
        used: items that count.
        share: of the single removals, those that leave the track as it is.
        rubric: with its rules of confidence.
    """
    items = len({(i.source, i.location.start) for i in used})
    rules = rubric.confidence
    if not items:
        return rules.nothing_found
    return round(share * items / (items + rules.half_at), 2)


def _foundations(parts: Parts) -> ReportFoundations:
    found = parts.foundations
    return ReportFoundations(
        languages=found.languages,
        clouds=found.clouds,
        education=found.education,
        certifications=found.certifications,
        years_relevant=years_relevant(parts.tenure),
    )


def years_relevant(tenure: Tenure) -> float | None:
    """Years of dated work that holds evidence; None when no such work is dated."""
    return round(tenure.either / 12, 1) if tenure.either else None


def report_portfolio(outcome: PortfolioOutcome) -> ReportPortfolio:
    """What reports say of the public code."""
    repositories: tuple[Repository, ...] = ()
    if outcome.portfolio:
        repositories = outcome.portfolio.repositories
    return ReportPortfolio(
        status=outcome.status,
        reason=outcome.reason,
        repositories=tuple(
            _repository(r, outcome.notes.get(r.full_name, ())) for r in repositories
        ),
    )


def _repository(repository: Repository, notes: tuple[str, ...]) -> ReportRepository:
    authorship = repository.authorship
    unknown = [
        f"{name} unknown: {fact.reason}"
        for name, fact in (("commits", authorship), ("files", repository.paths))
        if isinstance(fact, Unknown)
    ]
    known = authorship if isinstance(authorship, Authorship) else None
    return ReportRepository(
        full_name=repository.full_name,
        description=repository.description,
        fork=repository.fork,
        own_commits=known.own if known else None,
        total_commits=known.total if known else None,
        pushed=repository.pushed.isoformat() if repository.pushed else None,
        notes=(*notes, *unknown),
    )


_WANTS: dict[Stage, tuple[str, frozenset[Track]]] = {
    Stage.EXPLORING: ("an ML engineer", frozenset({Track.ML, Track.DUAL})),
    Stage.OPERATING: ("an MLOps engineer", frozenset({Track.OPS, Track.DUAL})),
    Stage.SCALING: (
        "both an ML and an MLOps engineer, or a dual professional",
        frozenset({Track.DUAL}),
    ),
}


def hire_first(stage: Stage | None, track: Track) -> str | None:
    """Advice for an organisation's stage; None when no stage was given."""
    if stage is None:
        return None
    wants, fitting = _WANTS[stage]
    if track in fitting:
        answer = f"this candidate’s track is {track.value}, which fits"
    elif stage is Stage.SCALING and track in {Track.ML, Track.OPS}:
        answer = f"this candidate’s track is {track.value}, which covers one half"
    else:
        answer = f"this candidate’s track is {track.value}, so another profile comes first"
    return f"At the {stage.value} stage, first hire {wants}; {answer}."


def report_step(step: Step) -> ReportStep:
    """A level that could rise, with advice."""
    advice = (
        f"{step.dimension.value}, from “{level_name(step.from_level)}” "
        f"to “{level_name(step.to_level)}”: {rise_advice(step.dimension, step.from_level)}"
    )
    return ReportStep(
        dimension=step.dimension,
        from_level=step.from_level,
        to_level=step.to_level,
        gain=step.gain,
        advice=advice,
    )


FLAG_REASONS = {
    FlagKind.HIDDEN_TEXT: "the document holds hidden text",
    FlagKind.INVISIBLE_CHARACTERS: "the document holds invisible characters",
    FlagKind.HOMOGLYPHS: "words mix letters of other alphabets that look Latin",
    FlagKind.INSTRUCTION: "the document holds text aimed at whoever evaluates it",
    FlagKind.UNSUPPORTED: "the model claimed what the resume does not say",
    FlagKind.IDENTITY: "the GitHub account may be somebody else's",
    FlagKind.IMPOSSIBLE_DATE: "dates contradict each other",
    FlagKind.NOT_READ: "a part of the document was not read",
    FlagKind.GARBLED: "letters of the document may be misread",
    FlagKind.LOOKS_UNCHECKED: "how the document looks could not be checked",
    FlagKind.NO_RESUME: "the document does not look like a resume",
    FlagKind.PEOPLE: "the document shows more than one person",
    FlagKind.NAME: "the candidate's name was not found, so the lines above the first section were not judged",
    FlagKind.ADVERT: COPIED,
    FlagKind.WITHHELD: "passages that name the candidate were not judged",
}
"""What flags are among the reasons for a person to look."""


def _review(parts: Parts) -> ReportReview:
    reasons = review_reasons(
        parts.flags,
        parts.robustness.borderline,
        parts.verdict.used,
        parts.tenure,
        parts.portfolio,
        parts.rubric,
    )
    reasons += parts.read_by.review
    return ReportReview(required=bool(reasons), reasons=tuple(reasons))


class _CodeState(Protocol):
    """What is known of the public code, and why not more."""

    @property
    def status(self) -> PortfolioStatus: ...

    @property
    def reason(self) -> str | None: ...


def review_reasons(
    flags: Sequence[Flag],
    border: Borderline | ReportBorderline | None,
    used: Sequence[Evidence],
    tenure: Tenure,
    portfolio: _CodeState,
    rubric: Rubric,
) -> list[str]:
    """Why a person should look, but for what the reader itself gives as a reason."""
    reasons = [
        why
        for kind, why in FLAG_REASONS.items()
        if any(f.kind is kind and f.severity in {Severity.HIGH, Severity.MEDIUM} for f in flags)
    ]
    if border:
        reasons.append(f"borderline with {border.neighbour.value}")
    if len(used) < rubric.review.few_items:
        reasons.append("little evidence")
    if not tenure.is_known:
        reasons.append("no job with evidence has dates that could be read")
    elif tenure.undated:
        reasons.append(f"{tenure.undated} job(s) with evidence have no dates that could be read")
    if portfolio.status is PortfolioStatus.UNKNOWN:
        reasons.append(f"public code unknown: {portfolio.reason}")
    return reasons


def _provenance(parts: Parts) -> ReportProvenance:
    by = parts.read_by
    return ReportProvenance(
        reader=by.reader,
        model=by.model,
        samples=by.samples,
        agreement=by.agreement,
        readings=tuple(
            ReportReading(track=single.track, bands=single.bands, scores=single.scores)
            for single in parts.singles
        ),
        present=parts.present,
        rubric=parts.rubric.key,
        prompts=by.prompts,
        document_sha256=parts.document.sha256,
        evaluator=__version__,
        calls=by.usage.calls,
        input_tokens=by.usage.input_tokens,
        cached_tokens=by.usage.cached_tokens,
        output_tokens=by.usage.output_tokens,
        cost_usd=by.cost_usd,
        github_requests=parts.portfolio.requests,
        rejected_evidence=by.rejected,
    )
