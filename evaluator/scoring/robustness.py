"""How firmly a verdict stands: without one achievement, with one result told better, over single readings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from ..models.base import Value
from ..models.evidence import Attributes, Evidence
from ..models.vocabulary import Agency, Axis, Outcome, Track
from ..rubric import Rubric
from .axis_scores import Arithmetic, Artifact, Figures, Verdict
from .tenure import DONE, Tenure

Shown = tuple[Hashable, ...]
_WEIGHED = ("source", *Attributes.model_fields, "months")


class Borderline(Value):
    """A verdict that one item more or less would change."""

    neighbour: Track
    reason: str


class Robustness(Value):
    """How a verdict stands against one item more or less, and against each single reading."""

    borderline: Borderline | None
    share: float
    """Of the single removals, those that leave the track as it is."""
    intervals: dict[Axis, tuple[float, float]]
    """Lowest and highest score of an axis over all removals and single readings."""


def robustness(
    verdict: Verdict,
    rubric: Rubric,
    *,
    artifacts: Mapping[str, Artifact],
    tenure: Tenure,
    singles: Sequence[Verdict | Figures] = (),
) -> Robustness:
    """Judge again without each achievement, and with each result one step clearer.

    Args:
        verdict: the one in question.
        rubric: as for :class:`Arithmetic`, with ``artifacts`` and ``tenure``.
        singles: verdicts of the independent readings that were merged into this one.
    """
    places = list(dict.fromkeys((i.source, i.location.start) for i in verdict.used))
    shown: defaultdict[tuple[str, int | None], list[Shown]] = defaultdict(list)
    for item in verdict.used:
        shown[item.source, item.location.start].append(_shown(item))
    arithmetic = Arithmetic(rubric, artifacts=artifacts, tenure=tenure)
    known: dict[tuple[Shown, ...], Figures] = {}
    removals = []
    for place in places:
        # Places that show the same are worth the same, however many a long resume has of them.
        key = tuple(shown[place])
        if key not in known:
            rest = [i for i in verdict.used if (i.source, i.location.start) != place]
            known[key] = arithmetic.figures_of(rest)
        removals.append(known[key])
    same = sum(other.track is verdict.track for other in removals)
    every: list[Verdict | Figures] = [verdict, *removals, *singles]
    return Robustness(
        borderline=_nearest_other(verdict, singles, "{n} of {all} readings give {track}.")
        or _nearest_other(
            verdict,
            removals,
            "Leaving out one achievement would change the track to {track} (true of {n} of {all}).",
        )
        or _one_step_up(verdict, arithmetic),
        share=round(same / len(places), 3) if places else 1.0,
        intervals={
            axis: (min(v.scores[axis] for v in every), max(v.scores[axis] for v in every))
            for axis in Axis
        },
    )


def _shown(item: Evidence) -> Shown:
    """All of an item that is weighed."""
    return tuple(getattr(item, name) for name in _WEIGHED)


def _nearest_other(
    verdict: Verdict, others: Sequence[Verdict | Figures], reason: str
) -> Borderline | None:
    """The other track that most of the ``others`` give."""
    neighbours = Counter(v.track for v in others if v.track is not verdict.track)
    if not neighbours:
        return None
    nearest = max(neighbours, key=lambda track: (neighbours[track], track.value))
    said = reason.format(n=neighbours[nearest], all=len(others), track=nearest)
    return Borderline(neighbour=nearest, reason=said)


def _one_step_up(verdict: Verdict, arithmetic: Arithmetic) -> Borderline | None:
    tried: set[Shown] = set()
    for index, item in enumerate(verdict.used):
        if (
            item.agency is not Agency.OWNED
            or item.outcome is not Outcome.NONE
            or item.context not in DONE
            or _shown(item) in tried
        ):
            continue
        tried.add(_shown(item))
        clearer = [*verdict.used]
        clearer[index] = item.model_copy(update={"outcome": Outcome.STATED})
        track = arithmetic.figures_of(clearer).track
        if track is not verdict.track:
            reason = f"With one result stated more clearly the track would be {track}."
            return Borderline(neighbour=track, reason=reason)
    return None
