"""Whether what is said to be so likely comes true so often: probabilities and confidence against labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mean

from evaluator import CandidateReport
from evaluator.models.vocabulary import Dimension
from evaluator.readers.rules.levels import LEVELS, Step
from evaluator.readers.rules.probability import ONE

from .resumes import Person

_BORDERS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
Pair = tuple[float, bool]
"""How likely something was said to be, and whether it was so."""


def of_levels(person: Person, step: Step, inputs: Sequence[Sequence[float]]) -> Iterator[Pair]:
    """That a person shows a dimension at each level, beside the label.

    Args:
        person: whose label tells levels.
        step: what has not learned from that person.
        inputs: by dimension what levels are judged by.
    """
    labels = person.label.get("levels") or {}
    for dimension, values in zip(Dimension, inputs, strict=True):
        for level, likely in zip(LEVELS, step.likely(values), strict=True):
            yield likely / ONE, labels.get(dimension.value, 0) >= level


def of_tracks(told: Iterable[tuple[Person, CandidateReport]]) -> list[Pair]:
    """The confidence of reports, beside whether their track is defensible."""
    return [
        (report.confidence, report.track.value in person.label["acceptable_tracks"])
        for person, report in told
    ]


def table(title: str, pairs: Iterable[Pair]) -> str:
    """By tenths: how many, how likely they were said to be on average, and how many were so."""
    every = list(pairs)
    lines = [f"{title:40}{'n':>7}{'said':>8}{'true':>8}"]
    for low, high in pairwise(_BORDERS):
        within = [p for p in every if low <= p[0] < high or (high == p[0] == _BORDERS[-1])]
        if within:
            said, true = mean(said for said, _ in within), mean(true for _, true in within)
            lines.append(f"  {f'{low:.0%} to {high:.0%}':38}{len(within):7}{said:8.1%}{true:8.1%}")
    return "\n".join(lines)
