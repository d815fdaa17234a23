"""From evidence to the report: dates, arithmetic, and identity joined again at the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..merged_readings import merge
from ..models.document import RESUME, Flag, FlagKind
from ..models.dropped import DropReason, missing_from
from ..models.evidence import Evidence
from ..models.vocabulary import BAND_NAMES, Agency, Axis, Severity, Stage, Track
from ..report import CandidateReport, Parts, ReadBy, build_report
from ..report.model import ReportBasis, ReportResponsibility
from ..roles.model import RoleProfile
from ..rubric import Rubric
from ..scoring import (
    Place,
    Verdict,
    judge,
    left_out,
    next_steps,
    robustness,
    seniority_of,
    tenure_of,
)
from ..scoring.tenure import DONE
from ..structure.dates import Month
from ..structure.foundations import foundations
from ..structure.responsibility import Responsibility, responsibility
from ..structure.sections import Section
from .evidence import Read, Sample
from .preparation import Candidate
from .verifying import set_apart_impossible


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
    kept, date_flags = set_apart_impossible(read.evidence, document, parts, present)
    tenure = tenure_of(kept, parts, present)
    verdict = judge(kept, rubric, artifacts=code.artifacts, tenure=tenure)
    singles = [_verdict(single, candidate, rubric, present) for single in read.singles]
    role_found = _responsibility(candidate, kept, read.by.reader, present)
    used = set(verdict.used)
    sources = {item.source for item in verdict.used}
    by = read.by
    if read.second is not None:
        other = _verdict(read.second, candidate, rubric, present)
        by = by.model_copy(update={"review": (*by.review, *second_opinion(verdict, other, rubric))})
    return build_report(
        Parts(
            document=document,
            contact=candidate.person,
            foundations=foundations(document, parts, candidate.named),
            evidence=_numbered(item for item in kept if item in used),
            scope=read.scope,
            verdict=verdict,
            singles=tuple(singles),
            robustness=robustness(
                verdict, rubric, artifacts=code.artifacts, tenure=tenure, singles=singles
            ),
            tenure=tenure,
            basis=ReportBasis(
                tenure=tenure,
                responsibility=ReportResponsibility.of(role_found),
                artifacts={n: a for n, a in sorted(code.artifacts.items()) if n in sources},
            ),
            seniority=seniority_of(verdict, read.scope, role_found, tenure, rubric),
            portfolio=code.outcome,
            places=places_of(candidate, present),
            role=role,
            citations=read.citations,
            stage=stage,
            steps=next_steps(verdict, rubric),
            flags=(
                *document.flags,
                *candidate.flags,
                *code.flags,
                *date_flags,
                *read.flags,
                *_rejected(by),
            ),
            rubric=rubric,
            present=str(present),
            read_by=by,
            dropped=(
                *read.dropped,
                *missing_from(kept, read.evidence, DropReason.DATES),
                *left_out(kept, verdict.used),
            ),
        )
    )


def places_of(candidate: Candidate, present: Month) -> tuple[Place, ...]:
    """Stretches of the resume that tell of the candidate, with the months of their entries."""
    places: list[Place] = []
    before: tuple[str, int | None] | None = None
    for passage in candidate.parts.passages:
        if passage.quarantined or passage.section is Section.ADVERT:
            before = None
            continue
        entry = candidate.parts.entry_of(passage)
        is_head = passage.is_header and passage.section is not Section.EDUCATION
        kind = "title" if is_head else passage.section.value
        months = entry.period.months(present) if entry and entry.period else None
        place = Place(kind=kind, start=passage.start, end=passage.end, months=months)
        if before == (kind, passage.entry):
            place = place._replace(start=places.pop().start)
        places.append(place)
        before = kind, passage.entry
    return tuple(places)


def _verdict(
    evidence: Sequence[Evidence], candidate: Candidate, rubric: Rubric, present: Month
) -> Verdict:
    """What evidence alone would be judged as."""
    parts = candidate.parts
    possible, _ = set_apart_impossible(evidence, candidate.document, parts, present)
    tenure = tenure_of(possible, parts, present)
    return judge(possible, rubric, artifacts=candidate.code.artifacts, tenure=tenure)


def _responsibility(
    candidate: Candidate, kept: Sequence[Evidence], reader: str, present: Month
) -> Responsibility:
    """With a model, its facts say who leads; code reads titles and years alone."""
    done = [
        item.location.start or 0
        for item in kept
        if item.source == RESUME and item.context in DONE and item.agency is not Agency.EXPOSED
    ]
    found = responsibility(candidate.document, candidate.parts, present, done)
    if reader == "model":
        return found.model_copy(update={"guides": 0, "directs": False, "answers_for_teams": False})
    return found


def is_settled(
    candidate: Candidate, samples: Sequence[Sample], *, rubric: Rubric, present: Month
) -> bool:
    """Whether further readings are unlikely to change the verdict.

    One reading is settled where no single achievement decides the track and the reading is not sparse for the
    length of the resume; several are where most of them give the track that they give together.
    """
    verdict = _verdict(merge([s.items for s in samples]).evidence, candidate, rubric, present)
    if len(samples) > 1:
        tracks = [_verdict(s.items, candidate, rubric, present).track for s in samples]
        return 2 * tracks.count(verdict.track) > len(tracks)
    tenure = tenure_of(verdict.used, candidate.parts, present)
    stands = robustness(verdict, rubric, artifacts=candidate.code.artifacts, tenure=tenure)
    done = sum(item.context in DONE for item in verdict.used)
    is_sparse = 0 < done * rubric.readings.sparse < candidate.parts.work_passages
    return stands.borderline is None and not is_sparse


def second_opinion(model: Verdict, rules: Verdict, rubric: Rubric) -> tuple[str, ...]:
    """A reason for a person to look where the embedded rules read something else altogether; none otherwise."""
    apart = max(abs(model.bands[axis] - rules.bands[axis]) for axis in Axis)
    opposed = {model.track, rules.track} == {Track.ML, Track.OPS}
    if apart < rubric.review.bands_apart and not opposed:
        return ()
    return (
        f"A second opinion differs: the model reads {_told(model)}, the embedded rules read {_told(rules)}",
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
    message = f"{by.rejected} of the items that were found were dropped: they were malformed, or their words are not in the source."
    return (Flag(kind=FlagKind.REJECTED_EVIDENCE, severity=Severity.INFO, message=message),)
