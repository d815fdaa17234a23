"""What step 2 of the classifier sees: step 1 of the statement, its signs, and what its job and its resume hold.

Of the rest of the job and of the resume it sees the mean, the sum and the best of the *others*: counts and mass, so that no
single misread line opens the door to forty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.vocabulary import AXIS_OF, Axis, Dimension, Outcome
from .lexicon import Strength, is_ml
from .probability import ONE, log_odds_step, probabilities, probability, steps
from .signs import SIGNS, Place, Statement

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
_JOB, _RESUME = (
    tuple(tuple(_INPUT[f"{group} {kind} {mass}"] for kind in _OF_OTHERS) for mass in _MASSES)
    for group in ("job", "resume")
)
_SIZE_OF = {_JOB: _INPUT["job size 0"], _RESUME: _INPUT["resume size 0"]}
_BEFORE, _AFTER = (
    tuple(_INPUT[f"{side} {what}"] for what in (*_OF_NEIGHBOUR, "outcome", "effect", "doing"))
    for side in ("before", "after")
)
_SUBJECTS = slice(HEAD["done"] + 1, HEAD["owned"])
_HEADS_OF = {axis: [HEAD[d] for d in Dimension if AXIS_OF[d] is axis] for axis in Axis}
_LEAST_SCORE = steps(-2.2)
"""About 10 %: what is less likely to tell of any dimension is silent unless it holds a term."""
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
        highest = [*sorted(values, reverse=True)[:2], 0, 0]
        return cls(len(values), sum(values), highest[0], highest[1])

    def others(self, value: int) -> tuple[int, int, int]:
        """Mean, sum and best of the others than one with this value."""
        best = self.second if value >= self.best else self.best
        return _told(self.total - value, self.count - 1, best)

    def all_of_it(self) -> tuple[int, int, int]:
        """Mean, sum and best for one that is not among them."""
        return _told(self.total, self.count, self.best)


def _told(total: int, count: int, best: int) -> tuple[int, int, int]:
    mean, half = total // max(1, count), ONE // 2
    return (
        (mean * _SCALE + half) // ONE,
        (min(total, _MOST * ONE) * _SCALE + half) // ONE,
        (best * _SCALE + half) // ONE,
    )


def inputs_of(statements: Sequence[Statement], firsts: Sequence[Scores]) -> list[dict[int, int]]:
    """Inputs of step 2 that are not 0, by number, for each statement of one resume; none of what is silent.

    A statement without a term of the trade gives nothing to those of the others. It is silent where its words are not
    likely to tell of the trade without one.

    Args:
        statements: all of the resume, in reading order.
        firsts: what step 1 says of each.
    """
    held = [_held(s, f) if s.is_heard else None for s, f in zip(statements, firsts, strict=True)]
    speaks = [own is not None or _speaks(f) for own, f in zip(held, firsts, strict=True)]
    jobs: dict[Place, list[tuple[int, ...]]] = {}
    for statement, own in zip(statements, held, strict=True):
        jobs.setdefault(statement.place, []).extend([own] if own else [])
    masses = {place: _masses(job) for place, job in jobs.items()}
    resume = _masses([own for own in held if own])
    before, after = _preceding(statements), following(statements, speaks)
    found: list[dict[int, int]] = []
    for number, statement in enumerate(statements):
        inputs: dict[int, int] = {}
        if speaks[number]:
            inputs = _of_itself(statement, firsts[number])
            _add_mass(inputs, _JOB, masses[statement.place], held[number])
            _add_mass(inputs, _RESUME, resume, held[number])
            for side, beside in ((_BEFORE, before[number]), (_AFTER, after[number])):
                if beside is not None:
                    _add_neighbour(inputs, side, statements[beside], firsts[beside])
        found.append({name: value for name, value in inputs.items() if value})
    return found


def _preceding(statements: Sequence[Statement]) -> list[int | None]:
    """For each statement the number of the last one in its job that holds a term."""
    found: list[int | None] = []
    last: dict[Place, int] = {}
    for number, statement in enumerate(statements):
        found.append(last.get(statement.place))
        if statement.is_heard:
            last[statement.place] = number
    return found


def following(statements: Sequence[Statement], wanted: Sequence[bool]) -> list[int | None]:
    """For each wanted statement the number of the next in its job that holds a term, or tells only a result."""
    found: list[int | None] = [None] * len(statements)
    waiting: dict[Place, list[int]] = {}
    for number, statement in enumerate(statements):
        of_job = waiting.setdefault(statement.place, [])
        if of_job and (statement.is_heard or statement.tells_only_a_result):
            for earlier in of_job:
                found[earlier] = number
            of_job.clear()
        if wanted[number]:
            of_job.append(number)
    return found


def _speaks(first: Scores) -> bool:
    return any(score >= _LEAST_SCORE for score in first[_SUBJECTS])


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
    for likely in probabilities(first[number] for number in _HEADS_OF[axis]):
        none = none * (ONE - likely) // ONE
    return ONE - none


def _masses(held: Sequence[tuple[int, ...]]) -> Sequence[_Mass]:
    return [_Mass.of(values) for values in zip(*held, strict=True)] or [_Mass.of(())] * len(_MASSES)


def _add_mass(
    inputs: dict[int, int],
    group: tuple[tuple[int, ...], ...],
    masses: Sequence[_Mass],
    own: tuple[int, ...] | None,
) -> None:
    for number, (mass, places) in enumerate(zip(masses, group, strict=True)):
        values = mass.all_of_it() if own is None else mass.others(own[number])
        inputs.update(zip(places, values, strict=True))
    size = masses[0].count + (own is None)
    inputs[_SIZE_OF[group] + min(_MOST_STEPS, size.bit_length()) - 1] = 1


def _add_neighbour(
    inputs: dict[int, int], side: tuple[int, ...], statement: Statement, first: Scores
) -> None:
    told = (probability(first[HEAD[head]]) * _SCALE // ONE for head in _OF_NEIGHBOUR)
    outcome, agency = statement.outcome, statement.agency
    signs = outcome is not Outcome.NONE, outcome is Outcome.QUANTIFIED, agency is not None
    inputs.update(zip(side, (*told, *signs), strict=True))
