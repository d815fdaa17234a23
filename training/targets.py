"""What the classifier is to say of each statement, and how much each answer weighs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluator.models.evidence import Finding
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, System
from evaluator.readers.rules.surroundings import HEAD, HEADS

from .resumes import VIGNETTES, WRITTEN, Marked, Person

Table = NDArray[np.float32]
_DONE = frozenset({Context.WORK, Context.PROJECT, Context.PUBLICATION})
_FIRST_OF_DONE = HEAD["owned"]
"""From here on the heads are asked only of what was done."""
_SUBJECTS = slice(HEAD["done"], 1 + len(Dimension))
_ATTRIBUTES = slice(_FIRST_OF_DONE, len(HEADS))
_OF_WRITTEN, _OF_STYLES, _OF_ANNOTATED, _OF_VIGNETTE = 0.5, 0.5, 3.0, 0.5
OF_BARE = 1.0
"""Of a resume that is learned from as it is, too."""
_DONE_OF_WRITTEN = 0.2
"""Alone on its line nobody can tell of many of them whether they are told of a job."""


def targets(people: Sequence[Person]) -> tuple[Table, Table]:
    """By statement and head: the answer from 0 to 1, and its weight; 0 where nobody knows."""
    rows = [row for person in people for row in _of_person(person)]
    return np.stack([y for y, _ in rows]), np.stack([w for _, w in rows])


def _of_person(person: Person) -> list[tuple[Table, Table]]:
    found = []
    for number, marked in enumerate(person.statements):
        answers, weights = np.zeros((2, len(HEADS)), np.float32)
        if person.group == WRITTEN and marked.readings:
            _of_readings(marked, answers, weights)
            weights *= _OF_STYLES
        elif person.group == WRITTEN:
            weights[_SUBJECTS] = _OF_WRITTEN
            weights[HEAD["done"]] = _DONE_OF_WRITTEN
            for name in person.dimensions[number]:
                answers[HEAD["done"]] = answers[HEAD[name]] = 1
        elif person.group == VIGNETTES:
            _of_vignette(person, marked, answers, weights)
        elif person.read:
            _of_readings(marked, answers, weights)
        elif person.label["track"] == "unrelated":
            weights[:_FIRST_OF_DONE] = 1
        if person.is_bare:
            weights *= OF_BARE
        found.append((answers, weights))
    return found


def _of_readings(marked: Marked, answers: Table, weights: Table) -> None:
    weights[:_FIRST_OF_DONE] = 1
    for reading in marked.readings:
        _add(reading, answers, 1 / len(marked.readings))
    done = HEAD["done"]
    if marked.is_key and not answers[:_FIRST_OF_DONE].any():
        if marked.statement.passage.context in _DONE:
            answers[done] = answers[HEAD[marked.is_key]] = 1
            weights[_SUBJECTS] = 1
        else:
            answers[HEAD[f"names {marked.is_key}"]] = 1
        weights[done] = 1
    elif marked.is_key and answers[done]:
        weights[done] = _OF_ANNOTATED
    elif marked.is_trap:
        answers[_SUBJECTS] = answers[_ATTRIBUTES] = 0
        weights[done] = _OF_ANNOTATED
    weights[_ATTRIBUTES] = answers[done]
    np.divide(answers[_ATTRIBUTES], max(answers[done], 1e-6), out=answers[_ATTRIBUTES])
    np.clip(answers, 0, 1, out=answers)


def _add(reading: Sequence[Finding], answers: Table, share: float) -> None:
    """What one reader says."""
    said = set()
    for shows in (finding.shows for finding in reading):
        if shows.context not in _DONE or shows.agency is Agency.EXPOSED:
            said.add(f"names {shows.dimension.value}")
            continue
        said |= {"done", shows.dimension.value}
        if shows.agency is Agency.OWNED:
            said.add("owned")
        if shows.outcome is not Outcome.NONE:
            said.add("scope" if shows.outcome is Outcome.SCOPE else "result")
        if shows.outcome is Outcome.QUANTIFIED:
            said.add("quantified")
        system = shows.system or (System.ML if shows.ml_specific else System.SOFTWARE)
        if system is not System.SOFTWARE:
            said.add(system.value)
    for name in said:
        answers[HEAD[name]] += share


def _of_vignette(person: Person, marked: Marked, answers: Table, weights: Table) -> None:
    """What its label says of a statement: that it counts, or not; the lexicon says for what."""
    statement, done = marked.statement, HEAD["done"]
    if statement.passage.context not in _DONE:
        return
    levels: dict[str, int] = person.label["levels"] or {}
    if marked.is_trap or person.label["track"] == "unrelated":
        weights[_SUBJECTS] = _OF_VIGNETTE
    elif marked.is_key is not None:
        named = {hit.dimension.value for hit in statement.own_hits()}
        answers[done] = weights[done] = 1
        weights[_SUBJECTS] = _OF_VIGNETTE
        for dimension in Dimension:
            if levels.get(dimension.value, 0) > 1:
                # Named there and labelled for the resume; which of the others it shows nobody said.
                answers[HEAD[dimension.value]] = dimension.value in named
                if dimension.value not in named:
                    weights[HEAD[dimension.value]] = 0
