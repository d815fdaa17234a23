"""What the API takes and gives beside the report itself, which is that of the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    Tag,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ...batch.chain import Fault
from ...models.base import Value
from ...models.document import Flag
from ...models.evidence import Evidence
from ...models.vocabulary import Dimension, Seniority, Track
from ...render.table import Row
from ...review.agreement import Agreement
from ...review.decision_entries import Noted, Objection
from ...review.recounting import Reviewed
from ...roles.model import Requirement, RequirementVerdict
from ..runs import RunLine

MOST = 200
Band = Annotated[int, Field(ge=0, le=4)]
Id = Annotated[str, Field(pattern="^[0-9A-Za-z]{1,64}$")]
ReviewerName = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"\S", examples=["Ana Ruiz"])
]
Why = Annotated[
    str,
    Field(min_length=3, max_length=4000, pattern=r"\S\s*\S\s*\S", examples=["another team did it"]),
]
Reviewer = Annotated[ReviewerName | None, Field(description="See what this reviewer may see: of others nothing before an own decision stands. Left out, everything.")]  # fmt: skip
RoleAsked = Annotated[str, Field(min_length=1, max_length=200_000, examples=["ml-engineer"])]
Decision = Literal["yes", "maybe", "no", "split", "none"]


class Paging(Value):
    """A stretch of a list."""

    limit: int = Field(default=50, ge=1, le=MOST)
    offset: int = Field(default=0, ge=0, le=10_000_000)


class CandidateQuery(Paging):
    """Which candidates of a run, best role fit first."""

    status: Literal["done", "failed"] | None = None
    track: Track | None = None
    seniority: Seniority | None = None
    decision: Decision | None = None
    flag: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """Kind of a flag, such as `hidden_text`."""
    min_ml_band: Band = 0
    min_ops_band: Band = 0
    dimension: Dimension | None = None
    min_level: Band = 1
    """Of that dimension."""
    requirement: Annotated[str, Field(pattern="^[0-9A-Za-z_-]{1,40}$")] | None = None
    """Of the role, by its id."""
    verdict: RequirementVerdict = RequirementVerdict.FOUND
    """On that requirement."""
    q: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """Part of the name or the file."""
    reviewer: Reviewer = None


class ReviewerQuery(Value):
    """Whose eyes."""

    reviewer: Reviewer = None


class EvidenceQuery(ReviewerQuery):
    """Which items."""

    dimension: Dimension | None = None


class StretchQuery(Paging):
    """Which entries of one candidate, in the order of time."""

    reviewer: Reviewer = None


class DecisionQuery(StretchQuery):
    """Which entries, in the order of time."""

    candidate: Id | None = None


class SearchQuery(Paging):
    """A question; the last word may be the beginning of one."""

    q: Annotated[
        str, Field(min_length=1, max_length=200, pattern=r"\w", examples=["who ran GPU clusters?"])
    ]


class VerificationQuery(Value):
    """What has to be there."""

    kept: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """Hash of an entry that was noted before."""


class RunItem(Value):
    """One run."""

    name: str
    done: int
    failed: int
    tracks: dict[str, int]
    changed: str
    """ISO 8601, UTC."""
    is_busy: bool
    """Somebody writes it; what is told may be older."""
    trouble: str

    @classmethod
    def of(cls, line: RunLine) -> RunItem:
        """As the API tells a run."""
        at = datetime.fromtimestamp(line.changed, UTC).isoformat(timespec="seconds")
        return cls(**{**line.model_dump(), "changed": at})


class RunPage(Value):
    """Runs, the one that changed last first."""

    items: tuple[RunItem, ...]
    total: int
    next: str | None
    """Address of the following stretch; None at the end."""


class CandidateItem(Value):
    """One row of a run's table."""

    id: str
    source: str = Field(description="As the run was given it; of an upload, its name.")
    status: Literal["done", "failed"]
    reason: str
    name: str | None = None
    track: Track | None = None
    borderline: Track | None = None
    ml_score: float | None = None
    ml_band: Band | None = None
    ops_score: float | None = None
    ops_band: Band | None = None
    seniority: Seniority | None = None
    role: str | None = None
    role_fit: float | None = None
    requirements_met: int | None = None
    requirements_unclear: int | None = None
    github: str | None = None
    flags: tuple[str, ...] = ()
    reader: str | None = None
    model: str | None = None
    decision: str = ""
    """yes, maybe, no, split where reviewers differ, or empty."""
    same_as: str = ""

    @classmethod
    def of(cls, row: Row, *, source: str, decision: str) -> CandidateItem:
        """As the API tells a row."""
        told = {"id": row.id, "source": source, "status": row.status, "reason": row.reason, "decision": decision, "same_as": row.same_as}  # fmt: skip
        r = row.report
        if r is None:
            return cls.model_validate(told)
        return cls.model_validate({
            **told, "name": r.candidate.name, "track": r.track,
            "borderline": r.borderline.neighbour if r.borderline else None,
            "ml_score": r.axes.ml.score, "ml_band": r.axes.ml.band, "ops_score": r.axes.ops.score,
            "ops_band": r.axes.ops.band, "seniority": r.seniority, "role": r.role_fit.role,
            "role_fit": r.role_fit.score,
            "requirements_met": r.role_fit.musts.found + r.role_fit.nice.found,
            "requirements_unclear": r.role_fit.musts.unclear + r.role_fit.nice.unclear,
            "github": r.candidate.github.login if r.candidate.github else None,
            "flags": kinds_of(r.flags), "reader": r.provenance.reader, "model": r.provenance.model,
        })  # fmt: skip


def kinds_of(flags: tuple[Flag, ...]) -> tuple[str, ...]:
    """Kinds of the flags that are more than a remark."""
    return tuple(dict.fromkeys(f.kind.value for f in flags if f.severity.value != "info"))


class CandidatePage(Value):
    """Candidates of a run."""

    items: tuple[CandidateItem, ...]
    total: int
    next: str | None
    is_busy: bool
    """Somebody writes the run; what is told may be older."""


class EvidenceItem(Value):
    """An item that counted, and what a reviewer said of it."""

    item: Evidence
    objection: Literal["struck", "disputed"] | None


class EvidenceList(Value):
    """Evidence of one candidate."""

    id: str
    items: tuple[EvidenceItem, ...]


class DecidedIn(Value):
    """A decision to be entered. “No” needs a reason."""

    kind: Literal["decided"]
    by: ReviewerName
    choice: Literal["yes", "maybe"]
    reason: Annotated[str, Field(max_length=4000)] = ""
    note: Annotated[str, Field(max_length=20_000)] = ""


class RefusedIn(Value):
    """The same for a no."""

    kind: Literal["decided"]
    by: ReviewerName
    choice: Literal["no"]
    reason: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]
    note: Annotated[str, Field(max_length=20_000)] = ""

    @model_validator(mode="wrap")
    @classmethod
    def _with_reason(cls, given: Any, made: ModelWrapValidatorHandler[Self]) -> Self:
        """The schema asks for a reason; whoever left it out is told so in the words of the page."""
        if isinstance(given, dict) and not str(given.get("reason") or "").strip():
            mistake = PydanticCustomError("missing", "“No” needs a reason")
            raise ValidationError.from_exception_data(
                cls.__name__, [{"type": mistake, "loc": ("reason",), "input": None}]
            )
        return made(given)


class ObjectedIn(Value):
    """An item of evidence to be struck, disputed or restored."""

    kind: Literal["objected"]
    by: ReviewerName
    evidence: Annotated[str, Field(pattern="^e[0-9]{1,5}$")]
    """Its id in the report."""
    objection: Objection
    reason: Why


class OverriddenIn(Value):
    """Another track; null gives it back to the machine."""

    kind: Literal["overridden"]
    by: ReviewerName
    track: Track | None
    reason: Why


def _which(given: Any) -> str | None:
    """Which of the forms is meant, so that mistakes are told of that one alone."""
    if not isinstance(given, dict):
        return getattr(given, "kind", None)
    kind = given.get("kind")
    return "refused" if kind == "decided" and given.get("choice") == "no" else str(kind)


DecisionIn = Annotated[
    Annotated[DecidedIn, Tag("decided")]
    | Annotated[RefusedIn, Tag("refused")]
    | Annotated[ObjectedIn, Tag("objected")]
    | Annotated[OverriddenIn, Tag("overridden")],
    Discriminator(
        _which,
        custom_error_type="no_kind",
        custom_error_message="its kind should be “decided”, “objected” or “overridden”",
    ),
]
DECISION_IN: TypeAdapter[DecidedIn | RefusedIn | ObjectedIn | OverriddenIn] = TypeAdapter(
    DecisionIn
)


class DecisionOut(Value):
    """An entry, its hash, and both verdicts with it."""

    entry: Noted
    hash: str
    reviewed: Reviewed | None


class DecisionPage(Value):
    """Entries, and how far reviewers agree in this run."""

    items: tuple[Noted, ...]
    total: int
    next: str | None
    agreement: tuple[Agreement, ...]


class Verification(Value):
    """Whether every entry is as it was written."""

    entries: int
    head: str | None
    is_whole: bool
    faults: tuple[Fault, ...]


class RoleItem(Value):
    """A role, with what it asks for."""

    name: str
    title: str
    requirements: tuple[Requirement, ...]


class RoleList(Value):
    """Roles that ship."""

    items: tuple[RoleItem, ...]


_ADVERT = "ML engineer\n\nRequirements\n- Python\n- 3 years of Terraform\n"
_RESUME = "Vera Example\n\nExperience\nML engineer, Firm, 2019 - 2024\n- Trained and deployed a ranking model.\n"


class AdvertIn(Value):
    """A job advert, as text."""

    text: Annotated[str, Field(min_length=1, max_length=100_000, pattern=r"\S", examples=[_ADVERT])]


ADVERT_IN: TypeAdapter[AdvertIn] = TypeAdapter(AdvertIn)


class Hit(Value):
    """Where words were found."""

    id: str
    name: str | None
    track: Track
    evidence: str | None
    """Id of the item whose quote it is; None where it stands in the resume alone."""
    text: str
    """The words around it."""


class HitPage(Value):
    """Candidates, the best hit first, one passage each."""

    items: tuple[Hit, ...]
    total: int
    next: str | None
    has_all_words: bool
    """False where nobody has all of them, and who has some is told."""


Binary = Annotated[
    bytes,
    WithJsonSchema({
        "type": "string", "format": "binary", "contentMediaType": "application/octet-stream", "examples": [_RESUME],
    }),
]  # fmt: skip


class EvaluateForm(Value):
    """A resume to be read."""

    file: Binary
    """PDF, DOCX, ODT, RTF, HTML, Markdown, text, JSON Resume or a picture."""
    github: Annotated[str, Field(min_length=1, max_length=200, examples=["none"])] | None = None
    """A login, `@login` or profile address, or `none`, in the place of the account that the resume names."""
    role: RoleAsked | None = None
    """Name of a role that ships, key of an opening, or a role: as JSON, as `POST /api/v1/roles` gives it, or as its file in TOML."""


class Health(Value):
    """The server answers."""

    status: Literal["ok"] = "ok"
    version: str


class Ready(Value):
    """The server can do its work."""

    status: Literal["ready"] = "ready"
