"""From evidence to the report: dates, arithmetic, and identity joined again at the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ..models.document import Flag, FlagKind
from ..models.evidence import Evidence
from ..models.vocabulary import Severity, Stage
from ..report import CandidateReport, Parts, ReadBy, build_report
from ..rubric import RoleProfile, Rubric
from ..scoring import fit_of, judge, next_steps, seniority_of, stability, tenure_of
from ..structure.dates import Month
from ..structure.foundations import foundations
from ..structure.responsibility import responsibility
from .preparing import Candidate
from .reading import Read
from .verifying import drop_impossible


def judged(
    candidate: Candidate,
    read: Read,
    *,
    rubric: Rubric,
    role: RoleProfile,
    stage: Stage | None,
    present: Month,
) -> CandidateReport:
    """Judge what was read."""
    document, parts, code = candidate.document, candidate.parts, candidate.code
    kept, date_flags = drop_impossible(read.evidence, document, parts, present)
    tenure = tenure_of(kept, parts, present)
    verdict = judge(kept, rubric, artifacts=code.artifacts, tenure=tenure)
    singles = [
        judge(
            drop_impossible(single, document, parts, present)[0],
            rubric,
            artifacts=code.artifacts,
            tenure=tenure,
        )
        for single in read.singles
    ]
    return build_report(
        Parts(
            document=document,
            contact=candidate.person,
            foundations=foundations(document, parts),
            evidence=_numbered(item for item in kept if item in verdict.used),
            verdict=verdict,
            stability=stability(
                verdict, rubric, artifacts=code.artifacts, tenure=tenure, singles=singles
            ),
            tenure=tenure,
            seniority=seniority_of(verdict, responsibility(document, parts), tenure, rubric),
            portfolio=code.outcome,
            fit=fit_of(verdict.levels, role),
            role=role,
            stage=stage,
            steps=next_steps(verdict, rubric),
            flags=(*document.flags, *code.flags, *date_flags, *read.flags, *_rejected(read.by)),
            rubric=rubric,
            read_by=read.by,
        )
    )


def _numbered(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(
        item.model_copy(update={"id": f"e{number}"}) for number, item in enumerate(items, start=1)
    )


def _rejected(by: ReadBy) -> tuple[Flag, ...]:
    if not by.rejected:
        return ()
    message = f"{by.rejected} item(s) of the reader had no quote in their source and were dropped."
    return (Flag(kind=FlagKind.REJECTED_EVIDENCE, severity=Severity.INFO, message=message),)
