"""A role applied to a report: requirements judged from what is kept of the candidate, without any reading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ..models.base import Value
from ..models.document import Flag, FlagKind, Location
from ..models.evidence import Evidence
from ..models.vocabulary import Dimension, Severity, Standing
from ..roles.copying import AdvertWords
from ..roles.model import Importance, Kind, RequirementVerdict, RoleProfile
from ..rubric import Rubric
from ..scoring import (
    Citation,
    Grounds,
    Judged,
    Need,
    Place,
    Tally,
    TextIndex,
    advert_words,
    digest_of_input,
    fit_of,
    index_of,
    item_points,
    judge_requirements,
    read_index,
)
from ..structure.dates import Month
from .model import (
    CandidateReport,
    ReportDimension,
    ReportDocument,
    ReportFit,
    ReportFoundations,
    ReportNeed,
    ReportProvenance,
    ReportRequirement,
    ReportReview,
    ReportSection,
    ReportTally,
)

_Shown = tuple[
    str,
    Importance,
    RequirementVerdict,
    Literal["resume", "code", "both", "none"],
    Kind,
    Dimension | None,
    bool,
]
COPIED = "sentences of the resume repeat the advert"
_NOTHING = ReportTally(found=0, total=0, unclear=0)
NO_FIT = ReportFit(role="", score=0, musts=_NOTHING, nice=_NOTHING, met=(), missing=())
"""Of a report that no role has been applied to yet."""


def section_of(place: Place) -> ReportSection:
    """A stretch of the resume as reports tell it."""
    first, last = place.months or (None, None)
    return ReportSection(
        kind=place.kind,
        start=place.start,
        end=place.end,
        first=None if first is None else str(Month(index=first)),
        last=None if last is None else str(Month(index=last)),
    )


class Judgeable(BaseModel):
    """What a role is judged by of a report; the rest of one is passed over when it is read as this."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal["2"]
    document: ReportDocument
    dimensions: dict[Dimension, ReportDimension]
    evidence: tuple[Evidence, ...]
    foundations: ReportFoundations
    sections: tuple[ReportSection, ...] = ()
    flags: tuple[Flag, ...]
    human_review: ReportReview
    provenance: ReportProvenance


class RolePart(Value):
    """What of a report depends on the role; the members have their names and order."""

    role_fit: ReportFit
    requirements: tuple[ReportRequirement, ...]
    flags: tuple[Flag, ...]
    human_review: ReportReview


def without_words(part: RolePart) -> RolePart:
    """The same with only what tables show."""
    return RolePart.model_construct(
        role_fit=part.role_fit.model_copy(update={"met": (), "missing": ()}),
        requirements=tuple(_verdict_alone(*_shown(r)) for r in part.requirements),
        flags=tuple(
            flag.model_copy(update={"message": "", "location": Location()}) for flag in part.flags
        ),
        human_review=part.human_review,
    )


def json_without_words(part: RolePart) -> str:
    """The JSON of :func:`without_words`, without the braces around it."""
    rest = without_words(part.model_copy(update={"requirements": ()})).model_dump_json()
    before, after = rest[1:-1].split('"requirements":[]', 1)
    told = ",".join([_json_of_verdict(*_shown(r)) for r in part.requirements])
    return f'{before}"requirements":[{told}]{after}'


def _shown(r: ReportRequirement) -> _Shown:
    """What tables show of a requirement; few different ones, as many candidates as there are."""
    return r.id, r.need, r.verdict, r.source, r.kind, r.dimension, r.scored


@lru_cache(4096)
def _json_of_verdict(*shown: *_Shown) -> str:
    return _verdict_alone(*shown).model_dump_json()


@lru_cache(4096)
def _verdict_alone(
    id_: str,
    need: Importance,
    verdict: RequirementVerdict,
    source: Literal["resume", "code", "both", "none"],
    kind: Kind,
    dimension: Dimension | None,
    scored: bool,
) -> ReportRequirement:
    """A requirement without its words; many candidates of one role share it."""
    return ReportRequirement(
        id=id_,
        text="",
        need=need,
        verdict=verdict,
        evidence=(),
        source=source,
        kind=kind,
        dimension=dimension,
        scored=scored,
        quotes=(),
        why="",
    )


def with_role(
    report: CandidateReport,
    role: RoleProfile,
    text: str | None,
    *,
    rubric: Rubric,
    citations: Sequence[Citation] | None = None,
    words: AdvertWords | None = None,
) -> CandidateReport:
    """The report as another role sees it: fit, requirements, and what repeats the advert.

    Args:
        report: of a candidate.
        role: the role.
        text: of the resume; None where it was not kept, so that only evidence speaks.
        rubric: that the evidence is weighed by.
        citations: passages that a reader cited for this role; None where none was asked.
        words: of the role's advert, where many candidates are seen by one role.
    """
    part = role_part(report, role, text, rubric=rubric, citations=citations, words=words)
    return report.model_copy(update={name: getattr(part, name) for name in RolePart.model_fields})


def role_part(
    report: CandidateReport | Judgeable,
    role: RoleProfile,
    text: str | None,
    *,
    rubric: Rubric,
    citations: Sequence[Citation] | None = None,
    words: AdvertWords | None = None,
    index: TextIndex | None = None,
) -> RolePart:
    """What a role makes of a report; arguments as :func:`with_role`, and the index of the text where there is one."""
    words = words or advert_words(role)
    judged, copies = judge_requirements(
        role, _grounds(report, text or "", rubric, citations, index), words
    )
    fit = fit_of(judged)
    flags = tuple(flag for flag in report.flags if flag.kind is not FlagKind.ADVERT)
    reasons = tuple(reason for reason in report.human_review.reasons if reason != COPIED)
    if copies:
        flags = (*flags, _copied(copies, text or ""))
        reasons = (*reasons, COPIED)
    return RolePart(
        role_fit=ReportFit(
            role=role.name,
            score=fit.score,
            musts=_tally(fit.musts),
            nice=_tally(fit.nice),
            met=_needs(fit.met),
            missing=_needs(fit.missing),
        ),
        requirements=tuple(map(_requirement, judged)),
        flags=flags,
        human_review=ReportReview(required=bool(reasons), reasons=reasons),
    )


def _grounds(
    report: CandidateReport | Judgeable,
    text: str,
    rubric: Rubric,
    citations: Sequence[Citation] | None,
    index: TextIndex | None,
) -> Grounds:
    return Grounds(
        text=text,
        places=_places(report),
        evidence=report.evidence,
        levels={name: found.level for name, found in report.dimensions.items()},
        corroborated=frozenset(
            name
            for name, found in report.dimensions.items()
            if found.standing is Standing.CORROBORATED
        ),
        years=report.foundations.years_relevant,
        present=_present(report),
        degrees=report.foundations.education,
        language=report.document.language,
        citations=citations or (),
        was_asked=citations is not None,
        points={item.id: item_points(item, rubric, {}) for item in report.evidence},
        index=index,
    )


def _places(report: CandidateReport | Judgeable) -> list[Place]:
    return [
        Place(kind=s.kind, start=s.start, end=s.end, months=_months(s)) for s in report.sections
    ]


def kept_index(
    report: CandidateReport | Judgeable, text: str, written: str | None
) -> TextIndex | None:
    """An index that was kept of a resume's text; None where it is not what would be made now."""
    return read_index(written, _made_of(report, text)) if written else None


def new_index(report: CandidateReport | Judgeable, text: str) -> TextIndex:
    """The index of a resume's text."""
    present = _present(report)
    grounds = Grounds(text=text, places=_places(report), evidence=(), levels={}, present=present)
    return index_of(grounds, _made_of(report, text))


def _made_of(report: CandidateReport | Judgeable, text: str) -> str:
    return digest_of_input(
        text,
        ((s.kind, s.start, s.end, s.first, s.last) for s in report.sections),
        report.provenance.present,
    )


def _present(report: CandidateReport | Judgeable) -> Month | None:
    return Month.parse(report.provenance.present) if report.provenance.present else None


def _months(section: ReportSection) -> tuple[int, int] | None:
    if section.first is None or section.last is None:
        return None
    return _month(section.first), _month(section.last)


@lru_cache(4096)
def _month(text: str) -> int:
    return Month.parse(text).index


def _requirement(judged: Judged) -> ReportRequirement:
    r = judged.requirement
    return ReportRequirement(
        id=r.id,
        text=r.text,
        need=r.need,
        verdict=judged.verdict,
        evidence=judged.evidence,
        source=judged.source,
        kind=r.kind,
        dimension=r.dimension,
        scored=r.is_scored,
        quotes=judged.quotes,
        why=judged.why,
    )


def _tally(tally: Tally) -> ReportTally:
    return ReportTally(found=tally.found, total=tally.total, unclear=tally.unclear)


def _needs(needs: Sequence[Need]) -> tuple[ReportNeed, ...]:
    return tuple(ReportNeed(dimension=n.dimension, needed=n.needed, level=n.level) for n in needs)


def _copied(copies: Sequence[tuple[int, int]], text: str) -> Flag:
    start, end = copies[0]
    line = text.count("\n", 0, start) + 1
    message = f"{len(copies)} sentence(s) repeat the advert, the first in line {line}; they do not count towards any requirement."
    return Flag(
        kind=FlagKind.ADVERT,
        severity=Severity.MEDIUM,
        message=message,
        location=Location(line=line, start=start, end=end),
    )
