"""The levels of each dimension of a resume, learned from labels of whole resumes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from evaluator.models.vocabulary import Dimension
from evaluator.readers.rules.finding import told_of
from evaluator.readers.rules.levels import INPUTS, LEVELS, Likely, Shown, Step

from .fitting import Fit, Table, fit
from .resumes import FOLDS, OTHER_TRADES, VIGNETTES, WRITTEN, Part, Person, lexicon_of
from .targets import OF_BARE

_HOW = {"loss": 0.1, "rounds": 300}
_WEIGHTS = {OTHER_TRADES: 0.3, VIGNETTES: 0.1}
"""Of resumes that are shorter or surer than those which the levels are for."""
_LEAST_SPREAD = 1e-3


def learn_levels(
    people: Sequence[Person], likely: Sequence[Sequence[Likely]]
) -> tuple[Fit, list[Fit]]:
    """What is to be shipped, and for each fold what has not learned from it.

    Args:
        people: with labels of levels, or known to show nothing.
        likely: by person what is likely of each statement, by who has not learned from that person.
    """
    chosen = [
        number
        for number, person in enumerate(people)
        if person.part is Part.TRAINING
        and person.group != WRITTEN
        and (person.label.get("levels") or person.label["track"] == "unrelated")
    ]
    inputs = np.concatenate([np.array(inputs_of(people[n], likely[n]), np.float32) for n in chosen])
    answers = np.concatenate([_answers(people[n]) for n in chosen])
    sizes = np.repeat([_size(people[n]) for n in chosen], len(Dimension))
    folds = np.repeat([people[n].fold for n in chosen], len(Dimension))
    fits = [
        _fitted(inputs[folds != fold], answers[folds != fold], sizes[folds != fold])
        for fold in FOLDS
    ]
    return _fitted(inputs, answers, sizes), fits


def step_of(found: Fit) -> Step:
    """As the reader uses it."""
    return Step(
        [[float(f"{weight:.6g}") for weight in row] for row in found.weights],
        [float(f"{bias:.6g}") for bias in found.biases],
    )


def inputs_of(person: Person, likely: Sequence[Likely]) -> list[list[float]]:
    """By dimension what its level is judged by.

    Args:
        person: whose statements they are.
        likely: of each statement.
    """
    statements = [marked.statement for marked in person.statements]
    assert person.candidate is not None
    found = Shown(told_of(statements, likely, lexicon_of(person.candidate))).inputs()
    return [found[dimension] for dimension in Dimension]


def _size(person: Person) -> float:
    return _WEIGHTS.get(person.group, 1.0) * (OF_BARE if person.is_bare else 1.0)


def _answers(person: Person) -> Table:
    levels = person.label.get("levels") or {}
    return np.array(
        [[levels.get(d, 0) >= level for level in LEVELS] for d in Dimension], np.float32
    )


def _fitted(inputs: Table, answers: Table, sizes: Table) -> Fit:
    """Learned of inputs brought to one spread, and told for the inputs as they are."""
    assert inputs.shape[1] == len(INPUTS)
    middle = np.average(inputs, axis=0, weights=sizes)
    spread = np.sqrt(np.average((inputs - middle) ** 2, axis=0, weights=sizes))
    spread = np.maximum(spread, _LEAST_SPREAD)
    scaled = sparse.csr_matrix(((inputs - middle) / spread).astype(np.float32))
    weights = np.repeat(sizes[:, None], len(LEVELS), axis=1).astype(np.float32)
    found = fit(scaled, answers, weights, loss=_HOW["loss"], rounds=int(_HOW["rounds"]))
    rows = found.weights / spread[:, None]
    return Fit(rows.astype(np.float32), (found.biases - middle @ rows).astype(np.float32))
