"""Several readings of one candidate by one reader as one reading, item by item, by majority.

Items are the same when they stand in overlapping words of one source and show the same dimension.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from .models.base import Value
from .models.document import RESUME, Location
from .models.evidence import Evidence, ScopeFact
from .models.vocabulary import Agency, Outcome

_NAMED = ("context", "production", "ml_specific", "system")
_RANKED: dict[str, type[StrEnum]] = {"agency": Agency, "outcome": Outcome}
"""Attributes with an order: the median of the readings, the lower one of two."""

T = TypeVar("T")


class Merged(Value):
    """Several readings as one."""

    evidence: tuple[Evidence, ...]
    agreement: float
    """Share of the readings that hold an item, averaged over all items that one of them found."""
    disputed: tuple[Evidence, ...] = ()
    """Items that some readings hold and that did not count."""


def merge(samples: Sequence[Sequence[Evidence]], *, needed: int | None = None) -> Merged:
    """One list of evidence, in order of place, numbered ``e1``, ``e2`` …

    Args:
        samples: verified items of each reading, at least one reading.
        needed: readings that must hold an item; None is more than half of them.
    """
    enough = needed or len(samples) // 2 + 1
    groups = _groups(samples)
    kept = [_elected(list(group.values())) for group in groups if len(group) >= enough]
    kept.sort(key=_order)
    shares = [len(group) / len(samples) for group in groups]
    return Merged(
        evidence=tuple(
            item.model_copy(update={"id": f"e{number}"})
            for number, item in enumerate(kept, start=1)
        ),
        agreement=round(sum(shares) / len(shares), 3) if shares else 1.0,
        disputed=tuple(
            sorted(
                (next(iter(group.values())) for group in groups if len(group) < enough), key=_order
            )
        ),
    )


def merge_scope(samples: Sequence[Sequence[ScopeFact]]) -> tuple[ScopeFact, ...]:
    """The facts about responsibility that more than half of the readings hold."""
    found: list[tuple[ScopeFact, set[int]]] = []
    for number, sample in enumerate(samples):
        for fact in sample:
            same = next(
                (
                    readings
                    for other, readings in found
                    if other.kind is fact.kind and _overlap(other.location, fact.location)
                ),
                None,
            )
            if same is None:
                found.append((fact, {number}))
            else:
                same.add(number)
    kept = [fact for fact, readings in found if 2 * len(readings) > len(samples)]
    return tuple(sorted(kept, key=lambda f: (f.location.start or 0, f.kind)))


def _order(item: Evidence) -> tuple[bool, str, int, str]:
    return (item.source != RESUME, item.source, item.location.start or 0, item.dimension)


def _groups(samples: Sequence[Sequence[Evidence]]) -> list[dict[int, Evidence]]:
    """What is the same item, with the readings that hold it; one reading has one vote."""
    groups: list[dict[int, Evidence]] = []
    for number, sample in enumerate(samples):
        for item in sample:
            group = next(
                (
                    g
                    for g in groups
                    if number not in g and any(_is_same(item, other) for other in g.values())
                ),
                None,
            )
            if group is None:
                groups.append({number: item})
            else:
                group[number] = item
    return groups


def _is_same(one: Evidence, other: Evidence) -> bool:
    return (
        one.dimension is other.dimension
        and one.source == other.source
        and _overlap(one.location, other.location)
    )


def _overlap(one: Location, other: Location) -> bool:
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)


def _elected(votes: Sequence[Evidence]) -> Evidence:
    """The first reading's item with the attributes that most readings give it."""
    changes: dict[str, object] = {
        name: _most(getattr(vote, name) for vote in votes) for name in _NAMED
    }
    for name, values in _RANKED.items():
        order = list(values)
        ranks = sorted(order.index(getattr(vote, name)) for vote in votes)
        changes[name] = order[ranks[(len(ranks) - 1) // 2]]
    lowered = _most(vote.lowered for vote in votes)
    return votes[0].model_copy(update={"lowered": ()}).brought_down(*lowered, **changes)


def _most(values: Iterable[T]) -> T:
    counts = Counter(values).most_common()
    tied = [value for value, count in counts if count == counts[0][1]]
    return min(tied, key=str)
