"""Which places a close call rests on, and what the result would be without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Axis, Outcome
from ..report import CandidateReport
from ..rubric import Rubric
from ..scoring.tenure import DONE
from .recomputing import verdict_of

Bands = dict[Axis, int]


def without_one(report: CandidateReport, rubric: Rubric) -> tuple[Bands, list[Evidence]] | None:
    """The places of which leaving out one gives another result, and that result."""
    places = dict.fromkeys((item.source, item.location.start) for item in report.evidence)
    tried = []
    for place in places:
        same = [i for i in report.evidence if (i.source, i.location.start) == place]
        tried.append((same[0], [i for i in report.evidence if i not in same]))
    return _nearest(tried, report, rubric)


def with_one_told(report: CandidateReport, rubric: Rubric) -> tuple[Bands, list[Evidence]] | None:
    """The places of which one result more gives another result, and that result."""
    tried = []
    for number, item in enumerate(report.evidence):
        if item.agency is Agency.OWNED and item.outcome is Outcome.NONE and item.context in DONE:
            told = [*report.evidence]
            told[number] = item.model_copy(update={"outcome": Outcome.STATED})
            tried.append((item, told))
    return _nearest(tried, report, rubric)


def _nearest(
    tried: Sequence[tuple[Evidence, Sequence[Evidence]]], report: CandidateReport, rubric: Rubric
) -> tuple[Bands, list[Evidence]] | None:
    """Of the results that are of the neighbouring track, the one that most places give."""
    found: dict[tuple[tuple[Axis, int], ...], list[Evidence]] = {}
    for bands, item in _others(tried, report, rubric):
        found.setdefault(tuple(bands.items()), []).append(item)
    if not found:
        return None
    most = max(found, key=lambda bands: len(found[bands]))
    return dict(most), found[most]


def _others(
    tried: Sequence[tuple[Evidence, Sequence[Evidence]]], report: CandidateReport, rubric: Rubric
) -> Iterator[tuple[Bands, Evidence]]:
    for item, evidence in tried:
        verdict = verdict_of(report, tuple(evidence), rubric)
        if report.borderline and verdict.track is report.borderline.neighbour:
            yield dict(verdict.bands), item
