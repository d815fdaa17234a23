"""Evidence to points, levels, bands, scores, standings and track."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..models.base import Value
from ..models.document import RESUME
from ..models.dropped import Dropped, DropReason
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
    System,
    Track,
)
from ..rubric import Rubric
from .bands import APPLIED, OWNED, PROVEN, BandGates, mentions_of
from .tenure import DONE, Tenure

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
    limits: dict[Axis, str | None]
    """What the next band asks for that is not there; None at the highest band."""
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
    figures = Arithmetic(rubric, artifacts=artifacts, tenure=tenure).figures_of(used)
    of = _by_dimension(used)
    return Verdict(
        points=figures.points,
        levels=figures.levels,
        standings={d: _standing(of[d]) for d in Dimension},
        bands=figures.bands,
        limits=figures.limits,
        scores=figures.scores,
        track=figures.track,
        used=tuple(used),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a verdict."""

    points: dict[Dimension, float]
    levels: dict[Dimension, int]
    bands: dict[Axis, int]
    limits: dict[Axis, str | None]
    scores: dict[Axis, float]
    track: Track


class Arithmetic:
    """From items to numbers by one rubric; an axis or a dimension is computed once for the same items."""

    def __init__(
        self, rubric: Rubric, *, artifacts: Mapping[str, Artifact], tenure: Tenure
    ) -> None:
        self._rubric, self._artifacts, self._tenure = rubric, artifacts, tenure
        self._axes: dict[_Same, tuple[_OfAxis, Sequence[Evidence]]] = {}
        self._dimensions: dict[_Same, tuple[float, Sequence[Evidence]]] = {}
        # Items are told apart by identity, so they are kept: a freed one could lend its number to another.

    def figures_of(self, used: Sequence[Evidence]) -> Figures:
        """The numbers that items give which are already limited, such as some of a verdict's ``used``."""
        ml, ops = (self._of_axis(axis, used) for axis in Axis)
        bands = {Axis.ML: ml.band, Axis.OPS: ops.band}
        return Figures(
            points=ml.points | ops.points,
            levels=ml.levels | ops.levels,
            bands=bands,
            limits={Axis.ML: ml.limit, Axis.OPS: ops.limit},
            scores={Axis.ML: ml.score, Axis.OPS: ops.score},
            track=track_of(bands, self._rubric),
        )

    def _of_axis(self, axis: Axis, used: Sequence[Evidence]) -> _OfAxis:
        items = [item for item in used if AXIS_OF[item.dimension] is axis]
        same = axis.value, *map(id, items)
        if same not in self._axes:
            self._axes[same] = self._computed(axis, items), items
        return self._axes[same][0]

    def _computed(self, axis: Axis, items: Sequence[Evidence]) -> _OfAxis:
        of = _by_dimension(items)
        points = {d: self._points(d, of[d]) for d in DIMENSIONS[axis]}
        levels = {d: int(value) for d, value in points.items()}
        gates = _gates(axis, levels, items, self._rubric, self._tenure)
        score = score_of(axis, points, self._rubric)
        return _OfAxis(points, levels, gates.band(), gates.next_needs(), score)

    def _points(self, dimension: Dimension, items: Sequence[Evidence]) -> float:
        same = dimension.value, *map(id, items)
        if same not in self._dimensions:
            self._dimensions[same] = _points(items, self._rubric, self._artifacts), items
        return self._dimensions[same][0]


_Same = tuple[str | int, ...]
"""An axis or a dimension, and which items."""


@dataclass(frozen=True, slots=True)
class _OfAxis:
    """The numbers that the items of one axis give."""

    points: dict[Dimension, float]
    levels: dict[Dimension, int]
    band: int
    limit: str | None
    score: float


def _by_dimension(items: Iterable[Evidence]) -> dict[Dimension, list[Evidence]]:
    of: dict[Dimension, list[Evidence]] = {d: [] for d in Dimension}
    for item in items:
        of[item.dimension].append(item)
    return of


def item_points(item: Evidence, rubric: Rubric, artifacts: Mapping[str, Artifact]) -> float:
    """Points of one item on its own, 0 to 4."""
    strength = rubric.strength
    mention = {
        Context.LISTED: strength.listed,
        Context.CREDENTIAL: strength.credential,
        Context.COURSEWORK: strength.coursework,
    }.get(item.context)
    if mention is not None:
        return mention
    if item.agency is Agency.EXPOSED:
        return strength.exposed
    value = _points_of_work(item, rubric)
    if item.system is System.QUALITY:
        value = min(value, strength.quality_cap)
    if item.system is System.SECURITY:
        value = min(value, strength.security_cap)
    if item.source != RESUME:
        artifact = artifacts.get(item.source)
        proven = (
            artifact and artifact.sustained and artifact.releases >= strength.demonstrated_releases
        )
        value = (
            strength.owned_corroborated
            if proven and value >= OWNED
            else min(value, strength.demonstrated_cap)
        )
    return value


def _points_of_work(item: Evidence, rubric: Rubric) -> float:
    strength = rubric.strength
    if item.agency is Agency.CONTRIBUTED:
        return strength.contributed.of(item.outcome)
    if item.outcome is Outcome.QUANTIFIED:
        if item.context is Context.PUBLICATION:
            return strength.papers_proven
        if item.production:
            return strength.owned_quantified_production
    lasting = (item.months or 0) >= strength.responsibility_months
    if item.outcome is Outcome.SCOPE and item.context is Context.WORK and lasting:
        return strength.responsibility
    return strength.owned.of(item.outcome)


def _limit_dimensions(evidence: Sequence[Evidence], rubric: Rubric) -> list[Evidence]:
    """Each achievement once, with its strongest two dimensions; the same words again add nothing."""
    order = list(Dimension)
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for item in evidence:
        groups.setdefault((item.source, _folded(item.quote)), []).append(item)
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
            dimensions = dimensions[
                : rubric.strength.dimensions_of_one
            ]  # a list of tools is many mentions
        kept += [strongest[dimension] for dimension in dimensions]
    return kept


def left_out(evidence: Iterable[Evidence], used: Sequence[Evidence]) -> Iterator[Dropped]:
    """Items that do not count although they are evidence: of one achievement, or of the same words, too many.

    Args:
        evidence: that was judged.
        used: of the verdict.
    """
    counted = {(item.source, _folded(item.quote), item.dimension) for item in used}
    kept = set(used)
    for item in evidence:
        if item not in kept:
            is_there = (item.source, _folded(item.quote), item.dimension) in counted
            yield Dropped.of(item, DropReason.REPEATED if is_there else DropReason.DIMENSIONS)


def _folded(quote: str) -> str:
    return " ".join(quote.casefold().split())


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
    if claimed >= OWNED and agrees:
        best = max(best, rubric.strength.owned_corroborated)
    papers = {item.quote for item in items if _is_own_paper(item)}
    if items[0].dimension is Dimension.THEORY and len(papers) >= rubric.strength.papers:
        best = max(best, rubric.strength.papers_proven)
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


def _is_own_paper(item: Evidence) -> bool:
    return (
        item.context is Context.PUBLICATION
        and item.agency is Agency.OWNED
        and item.outcome is not Outcome.NONE
    )


def _gates(
    axis: Axis,
    levels: Mapping[Dimension, int],
    of_axis: Sequence[Evidence],
    rubric: Rubric,
    tenure: Tenure,
) -> BandGates:
    done = [i for i in of_axis if i.context in DONE and i.agency is not Agency.EXPOSED]
    strongest = {
        item.dimension: item for item in sorted(done, key=lambda i: item_points(i, rubric, {}))
    }
    return BandGates(
        axis=axis,
        counts={n: sum(levels[d] >= n for d in DIMENSIONS[axis]) for n in (1, 2, 3, 4)},
        done=done,
        best=[item for d, item in strongest.items() if levels[d] >= APPLIED],
        mentions=mentions_of(of_axis, rubric.bands),
        years=tenure.years(axis),
        proven_in_public=any(i.source != RESUME and levels[i.dimension] >= PROVEN for i in of_axis),
        rules=rubric.bands,
    )


def score_of(axis: Axis, points: Mapping[Dimension, float], rubric: Rubric) -> float:
    """0 to 100: the weighted mean of the axis's points, best first. No gates, so it never jumps."""
    ranked = sorted((points[d] for d in DIMENSIONS[axis]), reverse=True)
    weighted = sum(w * p for w, p in zip(rubric.score.weights, ranked, strict=True))
    return round(100 * weighted / _MOST_POINTS, 1)


def track_of(bands: Mapping[Axis, int], rubric: Rubric) -> Track:
    """The track that two bands mean."""
    deep = rubric.bands.deep
    ml_deep, ops_deep = bands[Axis.ML] >= deep, bands[Axis.OPS] >= deep
    if ml_deep and ops_deep:
        return Track.DUAL
    if ml_deep:
        return Track.ML
    if ops_deep:
        return Track.OPS
    return Track.DEVELOPING if max(bands.values()) else Track.UNRELATED
