"""How far verdicts on a pinned set moved between two runs, such as before and after a provider changed a model. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import mean

from ..models.base import Value
from ..models.vocabulary import Axis, Track
from ..report import CandidateReport, axis_of


class Moved(Value):
    """A candidate whose verdict changed."""

    id: str
    tracks: tuple[Track, Track]
    """Before and now, as all pairs here."""
    bands: dict[Axis, tuple[int, int]]
    scores: dict[Axis, tuple[float, float]]
    borderline: bool
    """The earlier report said that it could go either way."""


class Drift(Value):
    """Two runs side by side."""

    readers: tuple[tuple[str, ...], tuple[str, ...]]
    """Readers, models and rubrics of each."""
    candidates: int
    """Candidates that both runs contain."""
    missing: int
    """Candidates that only one of the runs contains."""
    tracks: float
    """Share with equal tracks."""
    bands: dict[Axis, float]
    """Share with equal bands."""
    shift: dict[Axis, float]
    """Mean change of a score, in points: how far all of them moved the same way."""
    distance: dict[Axis, float]
    """Mean distance of a score, in points."""
    farthest: float
    moved: tuple[Moved, ...]
    """Whose track or band is another one, by identity."""


def drift(before: Mapping[str, CandidateReport], now: Mapping[str, CandidateReport]) -> Drift:
    """Compare reports by the identity of their documents; at least one has to be in both."""
    both = sorted(before.keys() & now.keys())
    pairs = [(before[id_], now[id_]) for id_ in both]
    changes = {a: [axis_of(n, a).score - axis_of(b, a).score for b, n in pairs] for a in Axis}
    return Drift(
        readers=(_readers(before), _readers(now)),
        candidates=len(both),
        missing=len(before.keys() ^ now.keys()),
        tracks=mean(b.track is n.track for b, n in pairs),
        bands={a: mean(axis_of(b, a).band == axis_of(n, a).band for b, n in pairs) for a in Axis},
        shift={a: mean(found) for a, found in changes.items()},
        distance={a: mean(map(abs, found)) for a, found in changes.items()},
        farthest=max(abs(change) for found in changes.values() for change in found),
        moved=tuple(_moved(b, n) for b, n in pairs if _verdict(b) != _verdict(n)),
    )


def _readers(reports: Mapping[str, CandidateReport]) -> tuple[str, ...]:
    found = {
        f"{r.provenance.model or 'embedded rules'}, rubric {r.provenance.rubric}, evaluator {r.provenance.evaluator}"
        for r in reports.values()
    }
    return tuple(sorted(found))


def _verdict(report: CandidateReport) -> tuple[object, ...]:
    return report.track, *(axis_of(report, axis).band for axis in Axis)


def _moved(before: CandidateReport, now: CandidateReport) -> Moved:
    return Moved(
        id=now.id,
        tracks=(before.track, now.track),
        bands={a: (axis_of(before, a).band, axis_of(now, a).band) for a in Axis},
        scores={a: (axis_of(before, a).score, axis_of(now, a).score) for a in Axis},
        borderline=before.borderline is not None,
    )
