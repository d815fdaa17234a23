"""Several readings of one candidate as one, item by item, by vote.

The embedded rules read every candidate too. A single reading of the model fills in what the rules do
not understand, and its slips cannot move what they do; three readings and more overrule the rules
where all of them agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .models.base import Value
from .models.document import RESUME
from .models.evidence import Evidence
from .models.vocabulary import Context, Dimension

_VOTED = ("context", "agency", "outcome", "production", "ml_specific")
_MENTIONS = frozenset({Context.LISTED, Context.CREDENTIAL})
_Place = tuple[str, int, int]
_TO_OVERRULE = 3
"""Readings of the model that it takes to say otherwise than the rules."""


class Merged(Value):
    """Several readings as one."""

    evidence: tuple[Evidence, ...]
    agreement: float
    """Share of the model's readings that hold an item, averaged over all items that one of them found."""


@dataclass(slots=True)
class _Ballot:
    """The votes for one item."""

    rule: Evidence | None = None
    known: bool = False
    """The rules found something else done in the same words."""
    votes: list[Evidence] = field(default_factory=list)
    """Of the model's readings."""

    def wins(self, readings: int, more: int = 0) -> bool:
        """Whether the item counts, with so many further votes.

        What the rules found counts; what only the model found needs most readings, and every one of
        several where the rules read the same words otherwise.
        """
        votes = len(self.votes) + more
        if self.rule is not None:
            return True
        if self.known:
            return readings >= _TO_OVERRULE and votes == readings
        return 2 * votes > readings

    def is_settled(self, readings: int, missing: int) -> bool:
        """Whether the missing readings cannot change the outcome."""
        if not self.wins(readings):
            return not self.wins(readings, missing)
        return all(self._is_decided(name, readings, missing) for name in _VOTED)

    def _is_decided(self, name: str, readings: int, missing: int) -> bool:
        counts = self._counts(name)
        first = counts[0][1] if counts else 0
        if self.rule is None:
            return first - (counts[1][1] if len(counts) > 1 else 0) > missing
        of_rule = getattr(self.rule, name)
        against = max((n for value, n in counts if value != of_rule), default=0)
        return readings < _TO_OVERRULE or against + missing < readings

    def _counts(self, name: str) -> list[tuple[object, int]]:
        return Counter(getattr(item, name) for item in self.votes).most_common()

    def elected(self, readings: int) -> Evidence:
        """The item with the attributes that were voted for."""
        chosen: dict[str, object] = {}
        for name in _VOTED:
            counts = self._counts(name)
            tied = [value for value, n in counts if n == counts[0][1]]
            if self.rule is None:
                chosen[name] = min(tied, key=str)
            elif readings >= _TO_OVERRULE and counts and counts[0][1] == readings:
                chosen[name] = counts[0][0]
        return (self.rule or self.votes[0]).model_copy(update=chosen)


def merge(samples: Sequence[Sequence[Evidence]], rules: Sequence[Evidence], planned: int) -> Merged:
    """One list of evidence.

    Args:
        samples: verified items of the model's readings, at least one reading.
        rules: verified items of the embedded rules, of the same resume.
        planned: readings that were asked for; fewer are there when the rest could change nothing.
    """
    ballots = _ballots(samples, rules)
    kept = [b.elected(planned) for b in ballots.values() if b.wins(planned)]
    kept.sort(key=lambda i: (i.source != RESUME, i.source, i.location.start or 0, i.dimension))
    shares = [len(b.votes) / len(samples) for b in ballots.values() if b.votes]
    return Merged(
        evidence=tuple(
            item.model_copy(update={"id": f"e{number}"})
            for number, item in enumerate(kept, start=1)
        ),
        agreement=round(sum(shares) / len(shares), 3) if shares else 1.0,
    )


def is_settled(
    samples: Sequence[Sequence[Evidence]], rules: Sequence[Evidence], planned: int
) -> bool:
    """Whether the readings still to come could change nothing of :func:`merge`."""
    missing = planned - len(samples)
    if 2 * missing > planned:
        return False
    return all(b.is_settled(planned, missing) for b in _ballots(samples, rules).values())


def _ballots(
    samples: Sequence[Sequence[Evidence]], rules: Sequence[Evidence]
) -> dict[tuple[_Place, Dimension], _Ballot]:
    found: dict[tuple[_Place, Dimension], _Ballot] = {}
    for rule in rules:
        found.setdefault((_place(rule), rule.dimension), _Ballot(rule=rule))
    for sample in samples:
        cast: set[tuple[_Place, Dimension]] = set()
        for item in sample:
            near = _around(item, rules)
            twin = next((rule for rule in near if rule.dimension is item.dimension), None)
            key = (_place(twin or item), item.dimension)
            if key not in cast:  # one reading has one vote
                cast.add(key)
                found.setdefault(key, _Ballot(known=bool(near))).votes.append(item)
    return found


def _place(item: Evidence) -> _Place:
    return (item.source, item.location.start or 0, item.location.end or 0)


def _around(item: Evidence, rules: Sequence[Evidence]) -> list[Evidence]:
    """What the rules found in the same words; a mention is told otherwise by mentions only."""
    source, start, end = _place(item)
    named = item.context in _MENTIONS
    return [
        rule
        for rule in rules
        if rule.source == source
        and (named or rule.context not in _MENTIONS or rule.dimension is item.dimension)
        and (rule.location.start or 0) < end
        and start < (rule.location.end or 0)
    ]
