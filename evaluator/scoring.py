"""The only arithmetic: evidence to levels, bands, scores, track, standing and seniority. Pure.

Every number stands in the rubric file. Names, schools, employers, gaps, stars, lengths and orders are not
among the inputs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .models.base import Value
from .models.document import RESUME
from .models.evidence import Evidence
from .models.vocabulary import (
    AXIS_OF,
    DIMENSIONS,
    Agency,
    Axis,
    Context,
    Dimension,
    Outcome,
    Seniority,
    Standing,
    Track,
)
from .rubric import ByOutcome, RoleProfile, Rubric
from .structure.dates import Month, total_months
from .structure.outline import Outline
from .structure.responsibility import Responsibility
from .structure.sections import Section

_DONE = frozenset({Context.PROJECT, Context.WORK, Context.PUBLICATION})
_MOST_DIMENSIONS = 2
_MOST_POINTS = 4.0


class Artifact(Value):
    """How much one repository can show, from its facts."""

    sustained: bool
    """Own commits over weeks, and tests or releases."""
    releases: int = 0


class Tenure(Value):
    """Months an axis was worked on, from dated entries that hold its evidence; overlaps once."""

    ml: int = 0
    ops: int = 0
    either: int = 0


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


class Borderline(Value):
    """A verdict that one item more or less would change."""

    neighbour: Track
    reason: str


def judge(
    evidence: Sequence[Evidence],
    rubric: Rubric,
    *,
    artifacts: Mapping[str, Artifact],
    tenure: Tenure,
) -> Verdict:
    """Judge evidence; its order changes nothing, a duplicate changes nothing."""
    used = _limit_dimensions(evidence, rubric)
    points = {d: _points(d, used, rubric, artifacts) for d in Dimension}
    levels = {d: int(points[d]) for d in Dimension}
    bands = {axis: _band(axis, levels, used, rubric, tenure) for axis in Axis}
    return Verdict(
        points=points,
        levels=levels,
        standings={d: _standing(d, used) for d in Dimension},
        bands=bands,
        scores={axis: _score(axis, points, rubric) for axis in Axis},
        track=track_of(bands),
        used=tuple(used),
    )


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
    return {
        Outcome.NONE: values.none,
        Outcome.STATED: values.stated,
        Outcome.QUANTIFIED: values.quantified,
    }[outcome]


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
                item.model_dump_json(exclude={"id"}),
            ),
        )
        strongest = {item.dimension: item for item in reversed(ranked)}
        dimensions = list(dict.fromkeys(item.dimension for item in ranked))
        if ranked[0].context not in {Context.LISTED, Context.CREDENTIAL}:
            dimensions = dimensions[:_MOST_DIMENSIONS]  # a list of tools is many mentions
        kept += [strongest[dimension] for dimension in dimensions]
    return kept


def _points(
    dimension: Dimension,
    evidence: Sequence[Evidence],
    rubric: Rubric,
    artifacts: Mapping[str, Artifact],
) -> float:
    items = [item for item in evidence if item.dimension is dimension]
    if not items:
        return 0.0
    values = sorted((item_points(item, rubric, artifacts) for item in items), reverse=True)
    best = values[0]
    claimed = max(
        (item_points(i, rubric, artifacts) for i in items if i.source == RESUME), default=0.0
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


def _standing(dimension: Dimension, evidence: Sequence[Evidence]) -> Standing:
    """A file that merely lies in a repository does not corroborate what the resume claims."""
    ours = [item for item in evidence if item.dimension is dimension]
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
    if axis is Axis.OPS and not any(item.ml_specific for item in of_axis if item.context in _DONE):
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


def _score(axis: Axis, points: Mapping[Dimension, float], rubric: Rubric) -> float:
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


class Stability(Value):
    """How a verdict stands against one item more or less, and against each single reading."""

    borderline: Borderline | None
    share: float
    """Of the single removals, those that leave the track as it is."""
    intervals: dict[Axis, tuple[float, float]]
    """Lowest and highest score of an axis over all removals and single readings."""


def stability(
    verdict: Verdict,
    rubric: Rubric,
    *,
    artifacts: Mapping[str, Artifact],
    tenure: Tenure,
    singles: Sequence[Verdict] = (),
) -> Stability:
    """Judge again without each achievement, and with each result one step clearer.

    Args:
        verdict: the one in question.
        rubric: as for :func:`judge`, with ``artifacts`` and ``tenure``.
        singles: verdicts of the independent readings that were merged into this one.
    """
    places = list(dict.fromkeys((i.source, i.location.start) for i in verdict.used))
    removals = []
    for place in places:
        rest = [i for i in verdict.used if (i.source, i.location.start) != place]
        removals.append(judge(rest, rubric, artifacts=artifacts, tenure=tenure))
    same = sum(other.track is verdict.track for other in removals)
    every = (verdict, *removals, *singles)
    return Stability(
        borderline=_apart(verdict, singles, "{n} of {all} readings give {track}.")
        or _apart(verdict, removals, "Without one of {n} achievement(s) it would read {track}.")
        or _one_step_up(verdict, rubric, artifacts, tenure),
        share=round(same / len(places), 3) if places else 1.0,
        intervals={
            axis: (min(v.scores[axis] for v in every), max(v.scores[axis] for v in every))
            for axis in Axis
        },
    )


def _apart(verdict: Verdict, others: Sequence[Verdict], reason: str) -> Borderline | None:
    """The other track that most of ``others`` give."""
    neighbours = Counter(v.track for v in others if v.track is not verdict.track)
    if not neighbours:
        return None
    nearest = max(neighbours, key=lambda track: (neighbours[track], track.value))
    said = reason.format(n=neighbours[nearest], all=len(others), track=nearest)
    return Borderline(neighbour=nearest, reason=said)


def _one_step_up(
    verdict: Verdict, rubric: Rubric, artifacts: Mapping[str, Artifact], tenure: Tenure
) -> Borderline | None:
    for index, item in enumerate(verdict.used):
        if (
            item.agency is not Agency.OWNED
            or item.outcome is not Outcome.NONE
            or item.context not in _DONE
        ):
            continue
        clearer = [*verdict.used]
        clearer[index] = item.model_copy(update={"outcome": Outcome.STATED})
        track = judge(clearer, rubric, artifacts=artifacts, tenure=tenure).track
        if track is not verdict.track:
            reason = f"One result told more clearly would make it read {track}."
            return Borderline(neighbour=track, reason=reason)
    return None


def tenure_of(evidence: Sequence[Evidence], parts: Outline, present: Month) -> Tenure:
    """Months from the dated jobs that hold evidence of something done."""
    periods: dict[Axis, list[tuple[int, int]]] = {Axis.ML: [], Axis.OPS: []}
    for item in evidence:
        if item.source != RESUME or item.context not in _DONE or item.location.start is None:
            continue
        passage = parts.passage_at(item.location.start)
        entry = parts.entry_of(passage) if passage else None
        if entry and entry.period and entry.section is Section.EMPLOYMENT:
            periods[AXIS_OF[item.dimension]].append(entry.period.months(present))
    return Tenure(
        ml=total_months(periods[Axis.ML]),
        ops=total_months(periods[Axis.OPS]),
        either=total_months(periods[Axis.ML] + periods[Axis.OPS]),
    )


def seniority_of(
    verdict: Verdict, role: Responsibility, tenure: Tenure, rubric: Rubric
) -> Seniority:
    """Responsibility and scope first, years second, titles not at all."""
    years = tenure.either / 12
    rules = rubric.roles
    owned = sum(
        item.agency is Agency.OWNED
        and item.outcome is not Outcome.NONE
        and item.context is Context.WORK
        for item in verdict.used
    )
    if max(verdict.bands.values()) < 2 or role.only_as_student:
        return Seniority.JUNIOR
    if role.answers_for_teams and years >= rules.lead_years:
        return Seniority.DIRECTOR
    if role.directs and years >= rules.lead_years and owned:
        return Seniority.LEAD
    guides = role.guides or owned >= rules.senior_owned_alone
    if owned >= rules.senior_owned and years >= rules.senior_years and guides:
        return Seniority.SENIOR
    if years >= rules.engineer_years or owned >= rules.senior_owned:
        return Seniority.ENGINEER
    return Seniority.JUNIOR


class Need(Value):
    """One need of a role and how far it is met."""

    dimension: Dimension
    needed: int
    level: int


class Fit(Value):
    """How the levels meet a role's needs, 0 to 100."""

    score: float
    met: tuple[Need, ...]
    missing: tuple[Need, ...]


def fit_of(levels: Mapping[Dimension, int], role: RoleProfile) -> Fit:
    """Weighted share of each need that is met; more than needed gives nothing."""
    needs = [
        Need(dimension=d, needed=role.needs[d], level=levels[d])
        for d in Dimension
        if d in role.needs
    ]
    total = sum(role.weights.get(n.dimension, 1.0) for n in needs)
    got = sum(role.weights.get(n.dimension, 1.0) * min(1.0, n.level / n.needed) for n in needs)
    return Fit(
        score=round(100 * got / total, 1) if total else 0.0,
        met=tuple(n for n in needs if n.level >= n.needed),
        missing=tuple(n for n in needs if n.level < n.needed),
    )


class Step(Value):
    """A level that one more achievement would raise, and what it would do to the axis."""

    dimension: Dimension
    from_level: int
    to_level: int
    gain: float
    """Points of the axis score."""


def next_steps(verdict: Verdict, rubric: Rubric, *, most: int = 3) -> tuple[Step, ...]:
    """The single level rises that would move an axis score most."""
    steps: list[Step] = []
    for dimension in Dimension:
        level = verdict.levels[dimension]
        if level == 4:
            continue
        axis = AXIS_OF[dimension]
        points = {**verdict.points, dimension: max(float(level + 1), verdict.points[dimension])}
        gain = _score(axis, points, rubric) - verdict.scores[axis]
        steps.append(
            Step(dimension=dimension, from_level=level, to_level=level + 1, gain=round(gain, 1))
        )
    order = list(Dimension)
    steps.sort(key=lambda s: (-s.gain, -s.from_level, order.index(s.dimension)))
    return tuple(steps[:most])
