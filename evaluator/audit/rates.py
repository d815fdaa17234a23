"""Selection and scoring rates by group with their impact ratios, as New York City's Local Law 144 defines them. Pure.

A rate is the share of a group that has an outcome; an impact ratio is a rate over the highest rate among the groups of
the same table. What chance alone would do stands beside every table: the same outcomes dealt out at random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from statistics import median

from ..models.base import Value
from .intervals import Interval, clopper_pearson, fisher, holm, ratio_interval

FOUR_FIFTHS = 0.8
SEED = 144


class Cell(Value):
    """One group of a table."""

    group: str
    people: int | None
    """None where it is suppressed."""
    hits: int | None = None
    rate: float | None = None
    rate_interval: Interval | None = None
    """Exact (Clopper-Pearson), 95 %."""
    ratio: float | None = None
    """Impact ratio; None where it is suppressed, or where no group has the outcome."""
    ratio_interval: Interval | None = None
    """Bootstrap, 95 %."""
    p: float | None = None
    """Fisher's exact test against the group with the highest rate, adjusted for all groups of the table (Holm)."""
    is_below: bool = False
    """The ratio is under four fifths."""

    @property
    def is_suppressed(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.people is None


class Null(Value):
    """What the lowest ratio of a table would be if groups did not matter."""

    draws: int
    median: float
    fifth: float
    """One draw in twenty is lower."""
    below: float
    """Share of draws in which some group falls under four fifths."""
    p: float
    """Share of draws with a ratio as low as the one observed, or lower."""


class Table(Value):
    """One outcome by the groups of one attribute, or of two together."""

    attribute: str
    outcome: str
    people: int
    unknown: int
    """Not in the table: their group is not known."""
    cells: tuple[Cell, ...]
    suppressed: int = 0
    null: Null | None = None
    note: str = ""


class Outcome(Value):
    """Who has it, among all for whom it is known."""

    name: str
    of: dict[str, bool]
    """By person."""


def above_median(name: str, scores: Mapping[str, float]) -> Outcome:
    """The outcome of a scoring rate: a score strictly above the median of all who have one."""
    middle = median(scores.values()) if scores else 0.0
    return Outcome(name=name, of={person: score > middle for person, score in scores.items()})


def table(
    outcome: Outcome,
    attribute: str,
    groups: Mapping[str, str],
    *,
    smallest: int = 1,
    draws: int = 0,
    seed: int = SEED,
) -> Table:
    """Rates and ratios of one outcome.

    Args:
        outcome: who has it.
        attribute: what the groups are called together.
        groups: by person; those who are missing have an unknown group.
        smallest: people that a group must have to be shown and to be compared with.
        draws: of the bootstrap and of the null; 0 leaves both out.
        seed: of the draws.
    """
    members: dict[str, list[bool]] = {}
    for person, hit in outcome.of.items():
        if person in groups:
            members.setdefault(groups[person], []).append(hit)
    counts = {group: (sum(hits), len(hits)) for group, hits in members.items()}
    return counted(
        outcome.name, attribute, counts, unknown=len(outcome.of) - sum(n for _, n in counts.values()),
        smallest=smallest, draws=draws, seed=seed,
    )  # fmt: skip


def counted(
    outcome: str,
    attribute: str,
    counts: Mapping[str, tuple[int, int]],
    *,
    unknown: int = 0,
    smallest: int = 1,
    draws: int = 0,
    seed: int = SEED,
) -> Table:
    """The same from counts: hits and people of each group."""
    shown = {group: c for group, c in sorted(counts.items()) if c[1] >= max(1, smallest)}
    hidden = sorted(set(counts) - set(shown))
    best = max(shown, key=lambda g: (shown[g][0] / shown[g][1], shown[g][1]), default=None)
    is_defined = best is not None and shown[best][0] > 0
    cells = [_cell(group, shown, best if is_defined else None, draws, seed) for group in shown]
    adjusted = holm([cell.p for cell in cells])
    told = [c.model_copy(update={"p": p}) for c, p in zip(cells, adjusted, strict=True)]
    return Table(
        attribute=attribute,
        outcome=outcome,
        people=sum(n for _, n in shown.values()),
        unknown=unknown,
        cells=(*told, *(Cell(group=group, people=None) for group in hidden)),
        suppressed=len(hidden),
        null=_null(shown, draws, seed) if is_defined and draws and len(shown) > 1 else None,
        note="" if is_defined else "No group has this outcome, so that ratios are not defined.",
    )


def _cell(
    group: str, shown: Mapping[str, tuple[int, int]], best: str | None, draws: int, seed: int
) -> Cell:
    hits, people = shown[group]
    rate = hits / people
    cell = Cell(group=group, people=people, hits=hits, rate=rate, rate_interval=clopper_pearson(hits, people))  # fmt: skip
    if best is None:
        return cell
    best_hits, of_best = shown[best]
    ratio = rate / (best_hits / of_best)
    update: dict[str, object] = {"ratio": ratio, "is_below": ratio < FOUR_FIFTHS}
    if group != best:
        update["p"] = fisher(hits, people, best_hits, of_best)
        if draws:
            # Text seeds give the same numbers in every process.
            random = Random(f"{seed} {group} {hits} {people}")  # noqa: S311
            update["ratio_interval"] = ratio_interval(hits, people, best_hits, of_best, draws=draws, random=random)  # fmt: skip
    return cell.model_copy(update=update)


def _null(shown: Mapping[str, tuple[int, int]], draws: int, seed: int) -> Null:
    sizes = [people for _, people in shown.values()]
    found = sorted(lowest_by_chance(sizes, sum(h for h, _ in shown.values()), draws, seed))
    rates = [hits / people for hits, people in shown.values()]
    observed = min(rates) / max(rates)
    return Null(
        draws=draws,
        median=median(found),
        fifth=found[len(found) // 20],
        below=sum(ratio < FOUR_FIFTHS for ratio in found) / draws,
        p=(1 + sum(ratio <= observed for ratio in found)) / (1 + draws),
    )


def lowest_by_chance(sizes: Sequence[int], hits: int, draws: int, seed: int) -> list[float]:
    """The lowest ratio among groups of these sizes when so many hits fall on anybody with the same chance."""
    random = Random(f"{seed} {sizes} {hits}")  # noqa: S311 - to be drawn again, not to be secret
    every = sum(sizes)
    # Each group is a run of bits; how many of them are chosen is one operation.
    masks, start = [], 0
    for size in sizes:
        masks.append(((1 << size) - 1) << start)
        start += size
    people = range(every)
    ones = [1 << place for place in people]
    few = min(hits, every - hits)
    full = (1 << every) - 1
    found = []
    for _ in range(draws):
        chosen = 0
        for place in random.sample(people, few):
            chosen |= ones[place]
        if few != hits:
            chosen ^= full
        rates = [(chosen & mask).bit_count() / size for mask, size in zip(masks, sizes, strict=True)]  # fmt: skip
        found.append(min(rates) / max(rates))
    return found
