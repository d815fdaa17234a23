"""Where people and the machine differ again and again: counts and what could be looked at. Nothing is applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from ..calibration.measures import wilson
from ..models.base import Value
from ..models.vocabulary import Dimension, Track
from .decision_entries import Choice, Decided, Noted, Objected, Objection, Overridden

_LEAST = 3
"""Candidates below which nothing is called systematic."""
_SHARE = 0.1
"""Share of the candidates that differ at least, by the lower end of its 95 % interval."""
_SIDES = 5
"""Candidates that were taken, and that were not, at least, before their levels are compared."""
_Z = 2.576
"""Of the rank sum, two-sided 99 %: twelve dimensions are looked at."""


class Difference(Value):
    """One thing that people see otherwise."""

    kind: Literal["struck", "track", "level"]
    name: str
    """A dimension, or ``machine's track > people's``."""
    count: int
    of: int
    is_systematic: bool
    told: str
    """In a plain sentence, with the proposal where it is systematic."""


def differences(history: Sequence[Noted]) -> list[Difference]:
    """What differs, systematic ones first.

    Args:
        history: of the whole run.
    """
    reviewed = {noted.id for noted in history}
    found = [*_struck(history, len(reviewed)), *_tracks(history), *_levels(history)]
    return sorted(found, key=lambda d: (not d.is_systematic, -d.count, d.name))


def _is_systematic(count: int, of: int) -> bool:
    return count >= _LEAST and wilson(count, of)[0] > _SHARE


def _struck(history: Iterable[Noted], reviewed: int) -> Iterable[Difference]:
    latest: dict[tuple[str, tuple[str, str, str]], Objected] = {}
    for noted in history:
        if isinstance(noted.said, Objected):
            latest[noted.id, noted.said.passage.key] = noted.said
    who: dict[Dimension, set[str]] = {}
    for (id_, _), said in latest.items():
        if said.objection is Objection.STRUCK:
            who.setdefault(said.passage.dimension, set()).add(id_)
    for dimension, ids in who.items():
        is_systematic = _is_systematic(len(ids), reviewed)
        told = f"Evidence of {dimension.value} was struck for {len(ids)} of {reviewed} reviewed candidates."
        if is_systematic:
            told += f" Look at what the rubric lets count for {dimension.value}, or give it less weight."
        yield Difference(kind="struck", name=dimension.value, count=len(ids), of=reviewed, is_systematic=is_systematic, told=told)  # fmt: skip


def _decisions(history: Iterable[Noted]) -> dict[str, Decided]:
    """The latest decision about each candidate."""
    return {noted.id: noted.said for noted in history if isinstance(noted.said, Decided)}


def _tracks(history: Iterable[Noted]) -> Iterable[Difference]:
    machine: dict[str, Track] = {}
    given: dict[str, Track | None] = {}
    for noted in history:
        if isinstance(noted.said, Decided) and noted.said.machine:
            machine[noted.id] = noted.said.machine.track
        elif isinstance(noted.said, Overridden):
            given[noted.id] = noted.said.track
    decided = Counter(machine.values())
    moved = Counter(
        (machine[id_], track)
        for id_, track in given.items()
        if track is not None and id_ in machine and machine[id_] is not track
    )
    for (was, is_), count in moved.items():
        of = decided[was]
        is_systematic = _is_systematic(count, of)
        told = f"People moved {count} of {of} candidates from {was.value} to {is_.value}."
        if is_systematic:
            told += f" Look at the bounds between {was.value} and {is_.value} in the rubric."
        yield Difference(kind="track", name=f"{was.value} > {is_.value}", count=count, of=of, is_systematic=is_systematic, told=told)  # fmt: skip


def _levels(history: Iterable[Noted]) -> Iterable[Difference]:
    """Dimensions by which the candidates that people took differ from those that they did not."""
    decided = [said for said in _decisions(history).values() if said.machine]
    taken = [s.machine.levels for s in decided if s.machine and s.choice is Choice.YES]
    left = [s.machine.levels for s in decided if s.machine and s.choice is Choice.NO]
    if min(len(taken), len(left)) < _SIDES:
        return
    for dimension in Dimension:
        high, low = [x[dimension] for x in taken], [x[dimension] for x in left]
        z = _rank_sum(high, low)
        if abs(z) >= _Z:
            more, way = ("higher", "more") if z > 0 else ("lower", "less")
            told = (
                f"Those chosen are {more} in {dimension.value} (mean {_mean(high):.1f}) than those not taken "
                f"({_mean(low):.1f}). A role that weighs {dimension.value} {way} would rank as people chose."
            )
            yield Difference(kind="level", name=dimension.value, count=len(high), of=len(high) + len(low), is_systematic=True, told=told)  # fmt: skip


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def _rank_sum(one: Sequence[int], other: Sequence[int]) -> float:
    """Mann and Whitney's z (1947), with ties; above 0 where ``one`` is higher, 0 where all are equal."""
    n, m = len(one), len(other)
    wins = sum((a > b) + 0.5 * (a == b) for a in one for b in other)
    every = n + m
    ties = sum(t**3 - t for t in Counter((*one, *other)).values())
    spread = n * m / 12 * (every + 1 - ties / (every * (every - 1)))
    return float((wins - n * m / 2) / spread**0.5) if spread > 0 else 0.0
