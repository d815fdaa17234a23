"""How much of each dimension a resume shows as a whole: a level from 0 to 4, by counts and mass over all its statements.

One statement misread among forty moves a sum a little, and a maximum all the way. So the level of a dimension is judged
of the resume, and no statement is then told as more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...models.vocabulary import AXIS_OF, Axis, Context, Dimension
from .lexicon import Strength
from .probability import ONE, probability, steps
from .signs import Statement

DONE = frozenset({Context.WORK, Context.PROJECT})
LEVELS = (1, 2, 3, 4)
_AMOUNTS = ("applied", "owned with a result", "owned with a figure", "owned", "named")
_APPLIED, _OWNED, _NAMED = 2, 3, 4
"""Levels, and places among the amounts."""
_OF_A_LEVEL = _AMOUNTS[:_OWNED]
_OF_RESUME = (
    "rest of its axis", "other axis", "done", "terms", "statements", "ml systems", "published", "papers", "ml beside papers",
    "share done",
)  # fmt: skip
_SIZE = 16

INPUTS = (
    *(f"root of {name}" for name in _AMOUNTS),
    *_OF_A_LEVEL,
    *(f"root of the most {name}" for name in _OF_A_LEVEL),
    *_OF_RESUME,
    *Dimension,
    *(f"root of applied {dimension}" for dimension in Dimension),
)
"""Names of what a level is judged by."""

Likely = Mapping[str, int]
"""By head: how likely it is, out of :data:`.probability.ONE`."""
Levels = Mapping[Dimension, int]


@dataclass(frozen=True, slots=True)
class WeighedStatement:
    """A statement with its context, None where nothing in it is the candidate's own, and what is likely of it."""

    statement: Statement
    context: Context | None
    likely: Likely

    @property
    def is_done(self) -> bool:
        return self.context in DONE

    def amounts(self, dimension: Dimension) -> tuple[int, ...]:
        """How likely it shows a dimension in each way of :data:`_AMOUNTS`, out of :data:`.probability.ONE`."""
        likely = self.likely
        named = likely[f"names {dimension}"] if self.context is not None else 0
        if not self.is_done:
            return 0, 0, 0, 0, named
        applied = likely[dimension]
        owned = applied * likely["owned"] // ONE
        return (
            applied,
            owned * likely["result"] // ONE,
            owned * likely["quantified"] // ONE,
            owned,
            named,
        )


class Shown:
    """All statements of one resume that hold a term of the trade, and how much of each dimension they show.

    Args:
        told: all of them.
    """

    def __init__(self, told: Sequence[WeighedStatement]) -> None:
        self._places = [number for number, one in enumerate(told) if one.statement.is_heard]
        self.told = [told[number] for number in self._places]
        self._amounts = {
            d: tuple(zip(*(one.amounts(d) for one in self.told), strict=True))
            or ((),) * len(_AMOUNTS)
            for d in Dimension
        }

    def leaders(self, levels: Levels, least: int = 0) -> dict[Dimension, int]:
        """By dimension that the resume shows, the number of the statement that shows its level best.

        Args:
            levels: what the resume shows.
            least: how likely it must be that the candidate did it, unless that is likely of none.
        """
        is_done = [one.likely["done"] >= least for one in self.told]
        found = {}
        for dimension, level in levels.items():
            amounts = self._amounts[dimension]
            of_level = amounts[max(0, level - _APPLIED)]
            if level == 1:
                of_level = tuple(map(max, of_level, amounts[_NAMED]))
            else:
                sure = tuple(a if done else 0 for a, done in zip(of_level, is_done, strict=True))
                of_level = sure if any(sure) else of_level
            if level and any(of_level):
                found[dimension] = self._places[of_level.index(max(of_level))]
        return found

    def inputs(self) -> dict[Dimension, list[float]]:
        """By dimension what its level is judged by, in the order of :data:`INPUTS`."""
        sums = {d: [sum(values) for values in amounts] for d, amounts in self._amounts.items()}
        axes = {axis: sum(s[0] for d, s in sums.items() if AXIS_OF[d] is axis) for axis in Axis}
        done = [one for one in self.told if one.is_done]
        all_done = sum(one.likely["done"] for one in done)
        of_ml = _root(sum(one.likely["done"] * one.likely["ml"] // ONE for one in done))
        of_theory, terms = self._of_theory(axes[Axis.ML]), _terms(self.told)
        found = {}
        for dimension, sizes in sums.items():
            axis = AXIS_OF[dimension]
            is_ops, root = axis is Axis.OPS, _root(sizes[0])
            most = (max(values, default=0) for values in self._amounts[dimension][:_OWNED])
            found[dimension] = [
                *map(_root, sizes),
                *(size / ONE for size in sizes[:_OWNED]),
                *map(_root, most),
                _root(axes[axis] - sizes[0]),
                _root(axes[Axis.ML if is_ops else Axis.OPS]),
                _root(all_done),
                math.sqrt(terms[dimension]),
                math.sqrt(len(self.told) / _SIZE),
                of_ml if is_ops else 0.0,
                *(of_theory if dimension is Dimension.THEORY else (0.0, 0.0, 0.0)),
                all_done / ONE / max(1, len(self.told)),
                *(float(other is dimension) for other in Dimension),
                *(root if other is dimension else 0.0 for other in Dimension),
            ]
        return found

    def _of_theory(self, of_ml: int) -> tuple[float, float, float]:
        papers = [o for o in self.told if o.statement.passage.context is Context.PUBLICATION]
        numbers = {one.statement.passage.number for one in papers}
        return _root(sum(o.likely["done"] for o in papers)), math.sqrt(len(numbers)), _root(of_ml)


def _root(amount: int) -> float:
    return math.sqrt(amount / ONE)


def _terms(told: Sequence[WeighedStatement]) -> dict[Dimension, int]:
    found = dict.fromkeys(Dimension, 0)
    for one in told:
        if one.context is not None:
            for hit in one.statement.own_hits():
                found[hit.dimension] += hit.strength >= Strength.NAME
    return found


@dataclass(frozen=True)
class Step:
    """The linear step from inputs to levels: by input a weight for each level, and what is there without any."""

    weights: Sequence[Sequence[float]]
    biases: Sequence[float]

    def levels(self, shown: Shown, least: Sequence[int]) -> dict[Dimension, int]:
        """The highest level of each dimension up to which each is likely enough.

        Args:
            shown: all statements of one resume.
            least: how likely each of :data:`LEVELS` must be.
        """
        return {d: self._level(inputs, least) for d, inputs in shown.inputs().items()}

    def likely(self, inputs: Sequence[float]) -> Iterator[int]:
        """How likely each of :data:`LEVELS` is, out of :data:`.probability.ONE`, from the lowest."""
        used = [(row, value) for row, value in zip(self.weights, inputs, strict=True) if value]
        for level, bias in zip(LEVELS, self.biases, strict=True):
            yield probability(steps(bias + math.fsum(row[level - 1] * value for row, value in used)))  # fmt: skip

    def _level(self, inputs: Sequence[float], least: Sequence[int]) -> int:
        chances = zip(LEVELS, self.likely(inputs), least, strict=True)
        missed = next((level for level, likely, enough in chances if likely < enough), None)
        return LEVELS[-1] if missed is None else missed - 1


def step(manifest: Mapping[str, Any]) -> Step:
    """Made from the manifest of the weights."""
    return Step(manifest["levels"]["weights"], manifest["levels"]["biases"])
