"""A report as reviewers leave it: without what was struck, down to the requirements of a role and its fit."""

from __future__ import annotations

from collections.abc import Collection

from ..audit.recomputing import verdict_of
from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import Axis
from ..report import CandidateReport, axis_of, with_role
from ..report.model import ReportAxes, ReportAxis, ReportDimension, ReportRequirement, ReportTally
from ..roles.model import Importance, RequirementVerdict, RoleProfile
from ..rubric import Rubric
from ..scoring import Verdict
from .recounting import Reviewed


def as_reviewed(
    report: CandidateReport,
    found: Reviewed,
    rubric: Rubric,
    role: RoleProfile | None,
    text: str | None,
) -> CandidateReport:
    """The report with the verdict, the requirements and the fit that reviewers leave.

    Args:
        report: as the machine made it for a role.
        found: what reviewers said of it.
        rubric: that judged the report.
        role: that the report was made for; None leaves requirements and fit as they are.
        text: of the resume; None where it was not kept.
    """
    gone = {passage.id for passage in found.struck}
    changed = report
    if gone:
        changed = _without(report, gone, rubric)
        if role is not None:
            before = with_role(report, role, text, rubric=rubric)
            rest = _unsaid(text, report.evidence, gone) if text else text
            changed = _refitted(changed, before, with_role(changed, role, rest, rubric=rubric))
    track = found.reviewed.track
    if track is not changed.track:
        changed = changed.model_copy(update={"track": track, "borderline": None})
    return changed


def _without(report: CandidateReport, gone: Collection[str], rubric: Rubric) -> CandidateReport:
    rest = tuple(item for item in report.evidence if item.id not in gone)
    verdict = verdict_of(report, rest, rubric)
    dimensions = {
        name: ReportDimension(
            level=verdict.levels[name],
            standing=verdict.standings[name],
            evidence=tuple(item.id for item in rest if item.dimension is name),
        )
        for name in report.dimensions
    }
    axes = ReportAxes(
        ml=_axis(report, Axis.ML, verdict), ops=_axis(report, Axis.OPS, verdict)
    )  # fmt: skip
    border = report.borderline if verdict.track is report.track else None
    update = {"evidence": rest, "dimensions": dimensions, "axes": axes, "track": verdict.track, "borderline": border}  # fmt: skip
    return report.model_copy(update=update)


def _axis(report: CandidateReport, axis: Axis, verdict: Verdict) -> ReportAxis:
    """Its interval was of the evidence as it was, so none is told."""
    score = verdict.scores[axis]
    update = {"score": score, "interval": (score, score), "band": verdict.bands[axis], "next_band": verdict.limits[axis]}  # fmt: skip
    return axis_of(report, axis).model_copy(update=update)


def _unsaid(text: str, evidence: Collection[Evidence], gone: Collection[str]) -> str:
    """The resume with blanks where it says what was struck, unless something that counts says it as well."""
    spans = [
        (i.location.start, i.location.end, i.id in gone)
        for i in evidence
        if i.source == RESUME and i.location.start is not None and i.location.end is not None
    ]
    held = [(start, end) for start, end, is_gone in spans if not is_gone]
    parts, at = [], 0
    for start, end, is_gone in sorted(spans):
        start = max(at, start)
        if is_gone and start < end and not any(a < end and start < b for a, b in held):
            parts += [text[at:start], " " * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


def _refitted(
    changed: CandidateReport, before: CandidateReport, after: CandidateReport
) -> CandidateReport:
    """What striking changed, put onto what the report had: a reader may have cited more than is kept."""
    worse = {
        new.id: new
        for old, new in zip(before.requirements, after.requirements, strict=True)
        if old.verdict is not new.verdict
    }
    requirements = tuple(worse.get(r.id, r) for r in changed.requirements)
    fit = changed.role_fit
    score = fit.score + after.role_fit.score - before.role_fit.score
    return changed.model_copy(
        update={
            "requirements": requirements,
            "role_fit": fit.model_copy(
                update={
                    "score": round(min(100.0, max(0.0, score)), 1),
                    "musts": _tally(requirements, Importance.MUST),
                    "nice": _tally(requirements, Importance.NICE),
                    "met": after.role_fit.met,
                    "missing": after.role_fit.missing,
                }
            ),
        }
    )


def _tally(requirements: Collection[ReportRequirement], need: Importance) -> ReportTally:
    ours = [r.verdict for r in requirements if r.need is need and r.scored]
    return ReportTally(
        found=ours.count(RequirementVerdict.FOUND),
        total=len(ours),
        unclear=ours.count(RequirementVerdict.UNCLEAR),
    )
