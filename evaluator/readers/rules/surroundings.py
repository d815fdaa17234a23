"""What step 2 of the classifier sees: step 1 of the statement, its signs, and what its job and its resume hold.

Of the rest of the job and of the resume it sees the mean, the sum and the best of the *others*: counts and mass, so that no
single misread line opens the door to forty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...models.vocabulary import Axis, Dimension, Outcome
from .lexicon import Strength, is_ml
from .probability import ONE, log_odds_step, probability
from .signs import SIGNS, Statement

HEADS = (
    "done",
    *(dimension.value for dimension in Dimension),
    *(f"names {dimension.value}" for dimension in Dimension),
    "owned",
    "result",
    "quantified",
    "scope",
    "ml",
    "office",
    "quality",
    "security",
)
"""What the classifier is asked of a statement. ``names`` is a mention: in a list, a course, beside the work."""
HEAD = {name: number for number, name in enumerate(HEADS)}

_MASSES = ("done", "ml", "ops", "ml names", "ops names")
_OF_OTHERS = ("mean", "sum", "best")
_OF_NEIGHBOUR = ("done", "result", "quantified")
_SCALE = 64
_MOST = 6
_MOST_WORDS, _MOST_STEPS = 40, 8

INPUTS = (
    *(f"step 1 {head}" for head in HEADS),
    *SIGNS,
    *(f"{group} {kind} {mass}" for group in ("job", "resume") for mass in _MASSES for kind in _OF_OTHERS),
    *(f"{side} {head}" for side in ("before", "after") for head in _OF_NEIGHBOUR),
    *(f"{side} {sign}" for side in ("before", "after") for sign in ("outcome", "effect", "doing")),
    "words",
    *(f"{group} size {step}" for group in ("job", "resume") for step in range(_MOST_STEPS)),
)  # fmt: skip
"""Names of all inputs of step 2; each is a whole number from 0."""
_INPUT = {name: number for number, name in enumerate(INPUTS)}
_FIRST_SIGN = len(HEADS)

Scores = Sequence[int]
"""Log odds of each head, in steps of :mod:`.probability`."""


@dataclass(frozen=True, slots=True)
class _Mass:
    """What some statements hold of one thing, in probabilities."""

    count: int
    total: int
    best: int
    second: int

    @classmethod
    def of(cls, values: Sequence[int]) -> _Mass:
        highest = sorted(values, reverse=True)[:2]
        return cls(len(values), sum(values), highest[0], highest[1] if len(highest) > 1 else 0)

    def others(self, value: int) -> tuple[int, int, int]:
        """Mean, sum and best of the others than one with this value."""
        rest = self.total - value
        best = self.second if value >= self.best else self.best
        mean = rest // max(1, self.count - 1)
        return tuple(  # type: ignore[return-value]
            (part * _SCALE + ONE // 2) // ONE for part in (mean, min(rest, _MOST * ONE), best)
        )


def inputs_of(statements: Sequence[Statement], firsts: Sequence[Scores]) -> list[dict[int, int]]:
    """Inputs of step 2 that are not 0, by number, for each statement of one resume.

    Args:
        statements: all of the resume, in reading order.
        firsts: what step 1 says of each.
    """
    held = [_held(s, first) for s, first in zip(statements, firsts, strict=True)]
    every = list(range(len(statements)))
    jobs: dict[tuple[str, str], list[int]] = {}
    for number in every:
        jobs.setdefault(statements[number].place, []).append(number)
    found: list[dict[int, int]] = []
    resume = _masses(held, every)
    masses = {place: _masses(held, job) for place, job in jobs.items()}
    for number, statement in enumerate(statements):
        inputs = _of_itself(statement, firsts[number])
        job = jobs[statement.place]
        for group, mass, members in (("job", masses[statement.place], job), ("resume", resume, every)):  # fmt: skip
            _add_mass(inputs, group, mass, held[number])
            inputs[_INPUT[f"{group} size {min(_MOST_STEPS, len(members).bit_length()) - 1}"]] = 1
        at = number - 1
        if at >= 0 and statements[at].place == statement.place:
            _add_neighbour(inputs, "before", statements[at], firsts[at])
        at = number + 1
        if at < len(statements) and statements[at].place == statement.place:
            _add_neighbour(inputs, "after", statements[at], firsts[at])
        found.append({name: value for name, value in inputs.items() if value})
    return found


def _of_itself(statement: Statement, first: Scores) -> dict[int, int]:
    inputs = {number: log_odds_step(score) for number, score in enumerate(first)}
    inputs.update((_FIRST_SIGN + sign, 1) for sign in statement.signs)
    inputs[_INPUT["words"]] = min(_MOST_WORDS, len(statement.text.split()))
    return inputs


def _held(statement: Statement, first: Scores) -> tuple[int, ...]:
    """What a statement gives to the mass of its job: probabilities and plain names, by :data:`_MASSES`."""
    named = {hit.dimension for hit in statement.own_hits() if hit.strength >= Strength.NAME}
    of_axis = {
        axis: any(is_ml(dimension) is (axis is Axis.ML) for dimension in named) for axis in Axis
    }
    return (
        probability(first[HEAD["done"]]),
        _any_of(first, Axis.ML),
        _any_of(first, Axis.OPS),
        ONE * of_axis[Axis.ML],
        ONE * of_axis[Axis.OPS],
    )


def _any_of(first: Scores, axis: Axis) -> int:
    """How likely it is about at least one dimension of an axis."""
    none = ONE
    for dimension in Dimension:
        if is_ml(dimension) is (axis is Axis.ML):
            none = none * (ONE - probability(first[HEAD[dimension.value]])) // ONE
    return ONE - none


def _masses(held: Sequence[Sequence[int]], members: Sequence[int]) -> Mapping[str, _Mass]:
    return {
        mass: _Mass.of([held[member][number] for member in members])
        for number, mass in enumerate(_MASSES)
    }


def _add_mass(
    inputs: dict[int, int], group: str, masses: Mapping[str, _Mass], own: Sequence[int]
) -> None:
    for number, mass in enumerate(_MASSES):
        for kind, value in zip(_OF_OTHERS, masses[mass].others(own[number]), strict=True):
            inputs[_INPUT[f"{group} {kind} {mass}"]] = value


def _add_neighbour(inputs: dict[int, int], side: str, statement: Statement, first: Scores) -> None:
    for head in _OF_NEIGHBOUR:
        inputs[_INPUT[f"{side} {head}"]] = probability(first[HEAD[head]]) * _SCALE // ONE
    inputs[_INPUT[f"{side} outcome"]] = statement.outcome is not Outcome.NONE
    inputs[_INPUT[f"{side} effect"]] = statement.outcome is Outcome.QUANTIFIED
    inputs[_INPUT[f"{side} doing"]] = statement.agency is not None
