"""What a reader said of a labelled set beside what people said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..models.base import Value
from ..models.vocabulary import Axis, Dimension, Seniority, Track
from ..report import CandidateReport, axis_of
from .labels import Label
from .measures import macro_f1, weighted_kappa, wilson


class Judgement(Value):
    """A verdict on one resume, from any reader or baseline."""

    track: Track
    bands: dict[Axis, int]
    levels: dict[Dimension, int] | None = None
    seniority: Seniority | None = None
    quotes: tuple[str, ...] | None = None
    """Accepted quotes; None from a baseline that gives none."""
    borderline: bool = False


class Outcome(Value):
    """One resume: label and verdict side by side."""

    id: str
    group: str
    language: str
    label: Track
    judged: Track
    bands: dict[Axis, tuple[int, int]]
    """Labelled band, judged band."""
    borderline: bool
    seniority: tuple[Seniority, Seniority] | None
    levels: dict[Dimension, tuple[int, int]]
    """Dimensions that differ: labelled level, judged level."""
    missed: tuple[str, ...]
    """Words that must count and stand in no quote."""
    used: tuple[str, ...]
    """Words that must not count and stand in one."""


class Share(Value):
    """Hits of tries, with the 95 % interval after Wilson."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share; 0 without a try."""
        return self.hits / self.of if self.of else 0.0


class Consistency(Value):
    """How repeated readings of the same resumes differ."""

    repeats: int
    same_track: int
    """Resumes whose track was the same every time."""
    widest: float
    """Widest range of a score over the repeats of one resume, points."""


class Calibration(Value):
    """Agreement of one reader with the labels."""

    reader: str
    track: Share
    macro_f1: float | None
    """Mean F1 over tracks."""
    kappa: dict[Axis, float | None]
    """Quadratic weighted kappa of the bands; None where all bands are one."""
    band_error: dict[Axis, float]
    """Mean absolute difference of bands."""
    level_error: float | None
    """Mean absolute difference of levels over the twelve dimensions."""
    seniority: Share
    quotes: Share
    """Key quotes found."""
    traps: Share
    """Passages that must not count and were used: fewer are better."""
    borderline: int
    """Verdicts that were marked borderline."""
    groups: dict[str, Share]
    """Track accuracy for each group."""
    languages: dict[str, Share]
    confusion: dict[Track, dict[Track, int]]
    """Labelled track to judged track to number."""
    outcomes: tuple[Outcome, ...]
    spread: Consistency | None = None


def judgement_of(report: CandidateReport) -> Judgement:
    """The verdict of a report."""
    return Judgement(
        track=report.track,
        bands={axis: axis_of(report, axis).band for axis in Axis},
        levels={d: report.dimensions[d].level for d in Dimension},
        seniority=report.seniority,
        quotes=tuple(item.quote for item in report.evidence),
        borderline=report.borderline is not None,
    )


def calibrate(
    reader: str, labels: Sequence[Label], judgements: Mapping[str, Judgement]
) -> Calibration:
    """Compare verdicts with labels; ``judgements`` has one for each label's id."""
    outcomes = tuple(_outcome(label, judgements[label.id]) for label in labels)
    bands = {axis: [outcome.bands[axis] for outcome in outcomes] for axis in Axis}
    seniorities = [o.seniority for o in outcomes if o.seniority is not None]
    errors = [
        sum(abs(a - b) for a, b in outcome.levels.values()) / len(Dimension)
        for label, outcome in zip(labels, outcomes, strict=True)
        if label.levels is not None and judgements[label.id].levels is not None
    ]
    quoted = [label for label in labels if judgements[label.id].quotes is not None]
    wanted = sum(len(label.counts) for label in quoted)
    forbidden = sum(len(label.ignores) for label in quoted)
    return Calibration(
        reader=reader,
        track=_share(o.label is o.judged for o in outcomes),
        macro_f1=macro_f1([(o.label, o.judged) for o in outcomes]),
        kappa={axis: weighted_kappa(pairs) for axis, pairs in bands.items()},
        band_error={
            axis: sum(abs(a - b) for a, b in pairs) / len(pairs) for axis, pairs in bands.items()
        },
        level_error=sum(errors) / len(errors) if errors else None,
        seniority=_share(a is b for a, b in seniorities),
        quotes=_counted(wanted - sum(len(o.missed) for o in outcomes), wanted),
        traps=_counted(sum(len(o.used) for o in outcomes), forbidden),
        borderline=sum(outcome.borderline for outcome in outcomes),
        groups=_by((o.group, o.label is o.judged) for o in outcomes),
        languages=_by((o.language, o.label is o.judged) for o in outcomes),
        confusion=_confusion(outcomes),
        outcomes=outcomes,
    )


def _outcome(label: Label, judged: Judgement) -> Outcome:
    quoted = (
        None if judged.quotes is None else "\n".join(" ".join(q.split()) for q in judged.quotes)
    )
    levels: dict[Dimension, tuple[int, int]] = {}
    if label.levels is not None and judged.levels is not None:
        pairs = {d: (label.levels.get(d, 0), judged.levels.get(d, 0)) for d in Dimension}
        levels = {d: pair for d, pair in pairs.items() if pair[0] != pair[1]}
    return Outcome(
        id=label.id,
        group=label.group,
        language=label.language,
        label=label.track,
        judged=judged.track,
        bands={axis: (label.band(axis), judged.bands[axis]) for axis in Axis},
        borderline=judged.borderline,
        seniority=(label.seniority, judged.seniority)
        if label.seniority and judged.seniority
        else None,
        levels=levels,
        missed=()
        if quoted is None
        else tuple(words for words in label.counts if words not in quoted),
        used=() if quoted is None else tuple(words for words in label.ignores if words in quoted),
    )


def _counted(hits: int, of: int) -> Share:
    low, high = wilson(hits, of)
    return Share(hits=hits, of=of, low=low, high=high)


def _share(hits: Iterable[bool]) -> Share:
    tried = list(hits)
    return _counted(sum(tried), len(tried))


def _by(pairs: Iterable[tuple[str, bool]]) -> dict[str, Share]:
    found: dict[str, list[bool]] = {}
    for name, hit in pairs:
        found.setdefault(name, []).append(hit)
    return {name: _share(found[name]) for name in sorted(found)}


def _confusion(outcomes: Sequence[Outcome]) -> dict[Track, dict[Track, int]]:
    counted = Counter((o.label, o.judged) for o in outcomes)
    return {a: {b: counted[a, b] for b in Track} for a in Track}
