"""Evidence to points, levels, bands, scores, standings and track."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..models.base import Value
from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import (
    AXIS_OF,
    DIMENSIONS,
    Agency,
    Axis,
    Context,
    Dimension,
    Outcome,
    Standing,
    Track,
)
from ..rubric import ByOutcome, Rubric
from .tenure import DONE, Tenure

_MOST_DIMENSIONS = 2
_MOST_POINTS = 4.0


class Artifact(Value):
    """How much one repository can show, from its facts."""

    sustained: bool
    """Own commits over weeks, and tests or releases."""
    releases: int = 0


class Verdict(Value):
    """What the evidence amounts to."""

    points: dict[Dimension, float]
    levels: dict[Dimension, int]
    standings: dict[Dimension, Standing]
    bands: dict[Axis, int]
    scores: dict[Axis, float]
    track: Track
    used: tuple[Evidence, ...]
    """The items that count: at most two dimensions for one achievement."""


def judge(
    evidence: Sequence[Evidence],
    rubric: Rubric,
    *,
    artifacts: Mapping[str, Artifact],
    tenure: Tenure,
) -> Verdict:
    """Judge evidence; its order changes nothing, a duplicate changes nothing."""
    used = _limit_dimensions(evidence, rubric)
    weight = weigh(used, rubric, artifacts=artifacts, tenure=tenure)
    of = _by_dimension(used)
    return Verdict(
        points=weight.points,
        levels=weight.levels,
        standings={d: _standing(of[d]) for d in Dimension},
        bands=weight.bands,
        scores=weight.scores,
        track=weight.track,
        used=tuple(used),
    )


@dataclass(frozen=True, slots=True)
class Weight:
    """The numbers of a verdict."""

    points: dict[Dimension, float]
    levels: dict[Dimension, int]
    bands: dict[Axis, int]
    scores: dict[Axis, float]
    track: Track


def weigh(
    used: Sequence[Evidence],
    rubric: Rubric,
    *,
    artifacts: Mapping[str, Artifact],
    tenure: Tenure,
) -> Weight:
    """What items weigh that are already limited, such as some of a verdict's ``used``."""
    of = _by_dimension(used)
    points = {d: _points(items, rubric, artifacts) for d, items in of.items()}
    levels = {d: int(value) for d, value in points.items()}
    bands = {axis: _band(axis, levels, used, rubric, tenure) for axis in Axis}
    scores = {axis: score_of(axis, points, rubric) for axis in Axis}
    return Weight(points, levels, bands, scores, track_of(bands))


def _by_dimension(items: Iterable[Evidence]) -> dict[Dimension, list[Evidence]]:
    of: dict[Dimension, list[Evidence]] = {d: [] for d in Dimension}
    for item in items:
        of[item.dimension].append(item)
    return of


def item_points(item: Evidence, rubric: Rubric, artifacts: Mapping[str, Artifact]) -> float:
    """Points of one item on its own, 0 to 4."""
    strength = rubric.strength
    if item.context is Context.LISTED:
        return strength.listed
    if item.context is Context.CREDENTIAL:
        return strength.credential
    if item.context is Context.COURSEWORK:
        return strength.coursework
    if item.agency is Agency.EXPOSED:
        return strength.exposed
    if item.agency is Agency.CONTRIBUTED:
        value = _by_outcome(strength.contributed, item.outcome)
    elif item.outcome is Outcome.QUANTIFIED and item.production:
        value = strength.owned_quantified_production
    else:
        value = _by_outcome(strength.owned, item.outcome)
    if item.source != RESUME:
        artifact = artifacts.get(item.source)
        proven = (
            artifact and artifact.sustained and artifact.releases >= strength.demonstrated_releases
        )
        value = (
            strength.owned_corroborated
            if proven and value >= 3
            else min(value, strength.demonstrated_cap)
        )
    return value


def _by_outcome(values: ByOutcome, outcome: Outcome) -> float:
    if outcome is Outcome.QUANTIFIED:
        return values.quantified
    return values.stated if outcome is Outcome.STATED else values.none


def _limit_dimensions(evidence: Sequence[Evidence], rubric: Rubric) -> list[Evidence]:
    """Each achievement once, with its strongest two dimensions; the same words again add nothing."""
    order = list(Dimension)
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for item in evidence:
        words = " ".join(item.quote.casefold().split())
        groups.setdefault((item.source, words), []).append(item)
    kept: list[Evidence] = []
    for key in sorted(groups):
        ranked = sorted(
            groups[key],
            key=lambda item: (
                -item_points(item, rubric, {}),
                order.index(item.dimension),
                (item.context, item.agency, item.outcome, item.production, item.ml_specific),
                item.location.start or 0,
            ),
        )
        strongest = {item.dimension: item for item in reversed(ranked)}
        dimensions = list(dict.fromkeys(item.dimension for item in ranked))
        if ranked[0].context not in {Context.LISTED, Context.CREDENTIAL}:
            dimensions = dimensions[:_MOST_DIMENSIONS]  # a list of tools is many mentions
        kept += [strongest[dimension] for dimension in dimensions]
    return kept


def _points(items: Sequence[Evidence], rubric: Rubric, artifacts: Mapping[str, Artifact]) -> float:
    """Points of one dimension from its items."""
    if not items:
        return 0.0
    each = [item_points(item, rubric, artifacts) for item in items]
    values = sorted(each, reverse=True)
    best = values[0]
    claimed = max(
        (value for item, value in zip(items, each, strict=True) if item.source == RESUME),
        default=0.0,
    )
    agrees = any(
        i.source != RESUME
        and i.agency is Agency.OWNED
        and (artifact := artifacts.get(i.source)) is not None
        and artifact.sustained
        for i in items
    )
    if claimed >= 3 and agrees:
        best = max(best, rubric.strength.owned_corroborated)
    further = sum(value >= int(best) for value in values[1:])
    bonus = min(rubric.smoothing.further_most, rubric.smoothing.further_item * further)
    return round(min(4.0, min(best + bonus, int(best) + 0.99)), 3)


def _standing(ours: Sequence[Evidence]) -> Standing:
    """A file that merely lies in a repository does not corroborate what the resume claims."""
    claimed = any(item.source == RESUME for item in ours)
    shown = [item for item in ours if item.source != RESUME]
    worked = any(item.agency is not Agency.EXPOSED for item in shown)
    if claimed:
        return Standing.CORROBORATED if worked else Standing.CLAIMED
    return Standing.DEMONSTRATED if shown else Standing.NONE


def _band(
    axis: Axis,
    levels: Mapping[Dimension, int],
    evidence: Sequence[Evidence],
    rubric: Rubric,
    tenure: Tenure,
) -> int:
    rules = rubric.bands
    of_axis = [item for item in evidence if AXIS_OF[item.dimension] is axis]
    at_least = {n: sum(levels[d] >= n for d in DIMENSIONS[axis]) for n in (1, 2, 3, 4)}
    years = (tenure.ml if axis is Axis.ML else tenure.ops) / 12
    public = any(item.source != RESUME and levels[item.dimension] >= 4 for item in of_axis)
    if (
        at_least[4] >= rules.expert_proven
        and at_least[3] >= rules.expert_owned
        and (years >= rules.expert_years or public)
    ):
        band = 4
    elif at_least[3] >= rules.strong_owned and at_least[2] >= rules.strong_applied:
        band = 3
    elif at_least[2] >= rules.working_applied and (_was_judged(of_axis) or at_least[3]):
        band = 2
    else:
        band = int(bool(at_least[2]) or _mentions(of_axis) > rules.stray_mentions)
    if axis is Axis.OPS and not any(item.ml_specific for item in of_axis if item.context in DONE):
        band = min(band, rules.ops_without_ml)
    return band


def _was_judged(items: Iterable[Evidence]) -> bool:
    """Whether anybody used or judged the work: an employer, a publisher, users of a repository."""
    return any(
        item.context in {Context.WORK, Context.PUBLICATION}
        or (
            item.context is Context.PROJECT
            and (item.outcome is not Outcome.NONE or item.source != RESUME)
        )
        for item in items
        if item.agency is not Agency.EXPOSED
    )


def _mentions(items: Iterable[Evidence]) -> int:
    """Distinct mentions: a place counts once for a dimension, an exercise done counts as a list."""
    return sum(
        3 if item.context is Context.COURSEWORK and item.agency is not Agency.EXPOSED else 1
        for item in items
    )


def score_of(axis: Axis, points: Mapping[Dimension, float], rubric: Rubric) -> float:
    """0 to 100: the weighted mean of the axis's points, best first. No gates, so it never jumps."""
    ranked = sorted((points[d] for d in DIMENSIONS[axis]), reverse=True)
    weighted = sum(w * p for w, p in zip(rubric.score.weights, ranked, strict=True))
    return round(100 * weighted / _MOST_POINTS, 1)


def track_of(bands: Mapping[Axis, int]) -> Track:
    """The track that two bands mean."""
    ml_deep, ops_deep = bands[Axis.ML] >= 3, bands[Axis.OPS] >= 3
    if ml_deep and ops_deep:
        return Track.DUAL
    if ml_deep:
        return Track.ML
    if ops_deep:
        return Track.OPS
    return Track.DEVELOPING if max(bands.values()) else Track.UNRELATED
