"""Both steps of the classifier, learned; step 2 from what step 1 says of people whom it has not learned from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from evaluator.readers.rules.classifier import norm_of
from evaluator.readers.rules.features import ROWS, features
from evaluator.readers.rules.probability import steps
from evaluator.readers.rules.surroundings import INPUTS, inputs_of

from .fitting import Fit, Table, fit
from .resumes import FOLDS, Part, Person
from .targets import targets

_FIRST = {"loss": 0.6, "rounds": 40}
_SECOND = {"loss": 0.01, "rounds": 50}
SILENT = -np.inf
"""Log odds of each head of a statement that step 2 is not asked of."""
_LEAST_SPREAD = 0.05
"""Of an input that hardly ever differs; below, one odd resume would weigh too much."""


class Lesson:
    """Everything that is learned from, as tables; one row a statement.

    Args:
        people: with the statements.
    """

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self.answers, self.weights = targets(people)
        self.of = np.array([n for n, person in enumerate(people) for _ in person.statements])
        words = _words(people)
        self.used = np.flatnonzero(np.bincount(words.indices, minlength=ROWS) > 1)
        """Rows that more than one statement asks for; nothing is learned of the others."""
        self.words = words[:, self.used]
        self.is_known = self.weights.any(axis=1)
        is_test = self._by_person([person.part is Part.TEST for person in people])
        self.is_test = is_test.astype(bool)
        folds = [-1 if person.fold is None else person.fold for person in people]
        self.fold = self._by_person(folds)

    def _by_person(self, values: Sequence[int]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = np.array(values, np.int64)[self.of]
        return found

    def rows_of(self, number: int) -> NDArray[np.int64]:
        """The rows of one person."""
        return np.flatnonzero(self.of == number)

    def first(self, learned_from: NDArray[np.bool_]) -> Fit:
        return self._fit(self.words, learned_from, _FIRST)

    def with_all_rows(self, first: Fit) -> Fit:
        """Step 1 with a row for each place of the table."""
        weights = np.zeros((ROWS, first.weights.shape[1]), np.float32)
        weights[self.used] = first.weights
        return Fit(weights, first.biases)

    def inputs(self, odds: Table) -> sparse.csr_matrix:
        """Inputs of step 2 from the log odds of step 1."""
        found: list[dict[int, int]] = []
        start = 0
        for person in self.people:
            end = start + len(person.statements)
            firsts = [[steps(float(z)) for z in row] for row in odds[start:end]]
            found += inputs_of([marked.statement for marked in person.statements], firsts)
            start = end
        return _matrix([list(row.items()) for row in found], len(INPUTS))

    def second(self, inputs: sparse.csr_matrix, learned_from: NDArray[np.bool_]) -> Fit:
        """Learned of inputs brought to one spread, and told for the inputs as they are."""
        learned_from = learned_from & (self.fold >= 0) & speaks(inputs)
        dense = inputs[learned_from].toarray()
        middle, spread = dense.mean(0), np.maximum(dense.std(0), _LEAST_SPREAD)
        scaled = sparse.csr_matrix(((inputs.toarray() - middle) / spread).astype(np.float32))
        found = self._fit(scaled, learned_from, _SECOND)
        weights = found.weights / spread[:, None]
        return Fit(weights.astype(np.float32), (found.biases - middle @ weights).astype(np.float32))

    def _fit(
        self, table: sparse.csr_matrix, learned_from: NDArray[np.bool_], how: dict[str, float]
    ) -> Fit:
        chosen = learned_from & self.is_known
        return fit(
            table[chosen], self.answers[chosen], self.weights[chosen],
            loss=how["loss"], rounds=int(how["rounds"]),
        )  # fmt: skip


def learn(lesson: Lesson) -> tuple[Fit, Fit, Table]:
    """Both steps, and the log odds of step 2 for every statement: of validation and test by who has not seen it."""
    training = ~lesson.is_test
    odds = np.zeros_like(lesson.answers)
    for fold in FOLDS:
        others = lesson.first(training & (lesson.fold != fold))
        mine = training & (lesson.fold == fold)
        odds[mine] = others.log_odds(lesson.words[mine])
    first = lesson.first(training)
    rest = ~training | (lesson.fold < 0)
    odds[rest] = first.log_odds(lesson.words[rest])
    inputs = lesson.inputs(odds)
    second = lesson.second(inputs, training)
    said = second.log_odds(inputs)
    for fold in FOLDS:
        mine = training & (lesson.fold == fold)
        said[mine] = lesson.second(inputs, training & (lesson.fold != fold)).log_odds(inputs[mine])
    said[~speaks(inputs)] = SILENT
    return lesson.with_all_rows(first), second, said


def speaks(inputs: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Which statements step 2 is asked of."""
    found: NDArray[np.bool_] = np.diff(inputs.indptr) > 0
    return found


def _words(people: Sequence[Person]) -> sparse.csr_matrix:
    statements = (marked.statement for person in people for marked in person.statements)
    rows = (list(features(one.text, one.passage).values()) for one in statements)
    norms: list[float] = []

    def normed() -> Iterator[Sequence[tuple[int, int]]]:
        for row in rows:
            norms.append(norm_of(row))
            yield row

    table = _matrix(normed(), ROWS)
    return sparse.diags(np.array(norms, np.float32)) @ table


def _matrix(rows: Iterable[Sequence[tuple[int, int]]], width: int) -> sparse.csr_matrix:
    """A row each; kept as numbers at once, since there are a hundred million."""
    places, values, ends = array("i"), array("f"), [0]
    for row in rows:
        places.extend(place for place, _ in row)
        values.extend(value for _, value in row)
        ends.append(len(places))
    size = len(ends) - 1, width
    found = sparse.csr_matrix(
        (np.array(values, np.float32), np.array(places, np.int32), np.array(ends)), shape=size
    )
    found.sum_duplicates()
    return found
