"""A report as its own evidence gives it: every derived field computed again by the code that computed it first."""

from __future__ import annotations

from ..models.document import FlagKind
from ..models.evidence import Evidence
from ..models.vocabulary import Axis, Dimension, Stage
from ..report import CandidateReport, ReportAxis, axis_of, hire_first, summary_of
from ..report.building import (
    confidence_of,
    report_borderline,
    report_step,
    review_reasons,
    years_relevant,
)
from ..report.model import (
    ReportAxes,
    ReportDimension,
    ReportFit,
    ReportNeed,
    ReportReview,
    ReportTally,
)
from ..report.role_switch import COPIED
from ..roles.model import Importance, RequirementVerdict
from ..rubric import Rubric
from ..scoring import (
    Robustness,
    Verdict,
    judge,
    next_steps,
    robustness,
    seniority_of,
)
from ..scoring.axis_scores import Figures


def verdict_of(report: CandidateReport, evidence: tuple[Evidence, ...], rubric: Rubric) -> Verdict:
    """What evidence is judged as, with all else that the report's verdict rests on."""
    return judge(evidence, rubric, artifacts=report.basis.artifacts, tenure=report.basis.tenure)


def recomputed(report: CandidateReport, rubric: Rubric) -> CandidateReport:
    """The report as it should be.

    Args:
        report: with its evidence and its basis.
        rubric: that is judged by.
    """
    verdict = verdict_of(report, report.evidence, rubric)
    stands = _robustness(report, verdict, rubric)
    evidence = tuple(
        item.model_copy(update={"id": f"e{number}"})
        for number, item in enumerate((i for i in report.evidence if i in verdict.used), start=1)
    )
    basis = report.basis
    flags = [flag for flag in report.flags if flag.kind is not FlagKind.ADVERT]
    reasons = review_reasons(
        flags, stands.borderline, verdict.used, basis.tenure, report.portfolio, rubric
    )
    # What follows the computed reasons was said by the reader itself.
    noted = [reason for reason in report.human_review.reasons[len(reasons) :] if reason != COPIED]
    noted += [COPIED] * (len(flags) < len(report.flags))
    steps = tuple(report_step(step) for step in next_steps(verdict, rubric))
    told = report.advice.hire_first
    possible = {None, *(hire_first(stage, verdict.track) for stage in Stage)}
    expected = {
        "track": verdict.track,
        "borderline": report_borderline(stands.borderline),
        "confidence": confidence_of(verdict.used, stands.share, rubric),
        "axes": ReportAxes(
            ml=_axis(report, Axis.ML, verdict, stands), ops=_axis(report, Axis.OPS, verdict, stands)
        ),
        "dimensions": {
            d: ReportDimension(
                level=verdict.levels[d],
                standing=verdict.standings[d],
                evidence=tuple(item.id for item in evidence if item.dimension is d),
            )
            for d in Dimension
        },
        "evidence": evidence,
        "seniority": seniority_of(
            verdict, report.scope, basis.responsibility.as_read(), basis.tenure, rubric
        ),
        "foundations": report.foundations.model_copy(
            update={"years_relevant": years_relevant(basis.tenure)}
        ),
        "role_fit": _fit(report, verdict),
        "advice": report.advice.model_copy(
            update={"next_steps": steps, "hire_first": told if told in possible else None}
        ),
        "human_review": ReportReview(required=bool(reasons or noted), reasons=(*reasons, *noted)),
    }
    made = report.model_copy(update=expected)
    # Reports of older versions have none.
    return made.model_copy(update={"summary": summary_of(made)}) if report.summary else made


def _robustness(report: CandidateReport, verdict: Verdict, rubric: Rubric) -> Robustness:
    singles = [
        Figures({}, {}, dict(r.bands), {}, dict(r.scores), r.track)
        for r in report.provenance.readings
        if set(Axis) <= r.bands.keys() & r.scores.keys()
    ]
    return robustness(
        verdict,
        rubric,
        artifacts=report.basis.artifacts,
        tenure=report.basis.tenure,
        singles=singles,
    )


def _axis(report: CandidateReport, axis: Axis, verdict: Verdict, stands: Robustness) -> ReportAxis:
    return axis_of(report, axis).model_copy(
        update={
            "score": verdict.scores[axis],
            "interval": stands.intervals[axis],
            "band": verdict.bands[axis],
            "next_band": verdict.limits[axis],
        }
    )


def _fit(report: CandidateReport, verdict: Verdict) -> ReportFit:
    """Levels that the role asks for and requirements counted; how far each one is met needs the resume's text."""
    needs = [
        ReportNeed(dimension=n.dimension, needed=n.needed, level=verdict.levels[n.dimension])
        for n in (*report.role_fit.met, *report.role_fit.missing)
    ]
    return report.role_fit.model_copy(
        update={
            "musts": _tally(report, Importance.MUST),
            "nice": _tally(report, Importance.NICE),
            "met": tuple(n for n in needs if n.level >= n.needed),
            "missing": tuple(n for n in needs if n.level < n.needed),
        }
    )


def _tally(report: CandidateReport, need: Importance) -> ReportTally:
    verdicts = [r.verdict for r in report.requirements if r.need is need and r.scored]
    return ReportTally(
        found=verdicts.count(RequirementVerdict.FOUND),
        total=len(verdicts),
        unclear=verdicts.count(RequirementVerdict.UNCLEAR),
    )
