"""From evidence to the report: dates, arithmetic, and identity joined again at the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..models.document import Flag, FlagKind
from ..models.evidence import Evidence
from ..models.vocabulary import BAND_NAMES, Axis, Severity, Stage
from ..report import CandidateReport, Parts, ReadBy, build_report
from ..rubric import RoleProfile, Rubric
from ..scoring import Verdict, fit_of, judge, next_steps, seniority_of, stability, tenure_of
from ..structure.dates import Month
from ..structure.foundations import foundations
from ..structure.responsibility import responsibility
from .preparing import Candidate
from .reading import Read
from .verifying import drop_impossible

_FAR_APART = 2
"""Bands between two readers that are no matter of degree."""


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

    def alone(evidence: Sequence[Evidence]) -> Verdict:
        possible, _ = drop_impossible(evidence, document, parts, present)
        return judge(possible, rubric, artifacts=code.artifacts, tenure=tenure)

    verdict = judge(kept, rubric, artifacts=code.artifacts, tenure=tenure)
    singles = [alone(single) for single in read.singles]
    by = read.by
    if read.readers:
        disagreement = disagreement_of(alone(read.readers.model), alone(read.readers.rules))
        by = by.model_copy(update={"review": (*by.review, *disagreement)})
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
            flags=(*document.flags, *code.flags, *date_flags, *read.flags, *_rejected(by)),
            rubric=rubric,
            read_by=by,
        )
    )


def disagreement_of(model: Verdict, rules: Verdict) -> tuple[str, ...]:
    """A reason for a person to look where two readers of one candidate are far apart; none otherwise."""
    apart = max(abs(model.bands[axis] - rules.bands[axis]) for axis in Axis)
    if model.track is rules.track and apart < _FAR_APART:
        return ()
    return (
        f"Two readers disagree: the model alone reads {_told(model)}, the embedded rules alone {_told(rules)}",
    )


def _told(verdict: Verdict) -> str:
    bands = ", ".join(
        f"{'ML' if axis is Axis.ML else 'Ops'} {BAND_NAMES[band]}"
        for axis, band in verdict.bands.items()
    )
    return f"{verdict.track.value} ({bands})"


def _numbered(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(
        item.model_copy(update={"id": f"e{number}"}) for number, item in enumerate(items, start=1)
    )


def _rejected(by: ReadBy) -> tuple[Flag, ...]:
    if not by.rejected:
        return ()
    message = f"{by.rejected} item(s) of the reader had no quote in their source and were dropped."
    return (Flag(kind=FlagKind.REJECTED_EVIDENCE, severity=Severity.INFO, message=message),)
