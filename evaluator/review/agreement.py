"""How far reviewers agree who decided about the same candidates, each without having seen the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from ..models.base import Value
from .decision_entries import Choice, Decided, Noted


class Agreement(Value):
    """Two reviewers on the candidates that both decided about."""

    reviewers: tuple[str, str]
    candidates: int
    same: int
    kappa: float | None
    """Cohen's kappa (1960); None where chance alone would agree fully, as when both said one and the same of all."""


def agreements(history: Iterable[Noted]) -> list[Agreement]:
    """Every two reviewers with a candidate in common, by name.

    The first decision of each counts: later ones were made with the other's in sight.
    """
    first: dict[str, dict[str, Choice]] = {}
    for noted in history:
        if isinstance(noted.said, Decided):
            first.setdefault(noted.said.by, {}).setdefault(noted.id, noted.said.choice)
    found = []
    for one, other in combinations(sorted(first), 2):
        common = sorted(first[one].keys() & first[other].keys())
        pairs = [(first[one][id_], first[other][id_]) for id_ in common]
        if pairs:
            same = sum(a is b for a, b in pairs)
            found.append(Agreement(
                reviewers=(one, other), candidates=len(pairs), same=same, kappa=cohens_kappa(pairs)
            ))  # fmt: skip
    return found


def cohens_kappa(pairs: Sequence[tuple[Choice, Choice]]) -> float | None:
    """Agreement beyond chance of two who put the same things into the same classes; None where it is not defined."""
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(left[c] * right[c] for c in Choice)
    if not n or by_chance == n * n:
        return None
    observed = sum(a is b for a, b in pairs)
    return (observed * n - by_chance) / (n * n - by_chance)
