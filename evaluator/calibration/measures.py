"""Statistics of agreement. Pure functions over pairs (labelled, judged)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import sqrt

_Z = 1.959964
"""Two-sided 95 %."""


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of a share after Wilson (1927); (0, 1) when nothing was tried."""
    if not of:
        return 0.0, 1.0
    share, z2 = hits / of, _Z * _Z
    centre = share + z2 / (2 * of)
    reach = _Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return (
        max(0.0, (centre - reach) / (1 + z2 / of)),
        min(1.0, (centre + reach) / (1 + z2 / of)),
    )


def macro_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Mean F1 over the classes that occur in either column; None without pairs."""
    classes = {value for pair in pairs for value in pair}
    if not classes:
        return None
    scores = []
    for one in classes:
        right = sum(a == b == one for a, b in pairs)
        named = sum((a == one) + (b == one) for a, b in pairs)
        scores.append(2 * right / named)
    return sum(scores) / len(scores)


def weighted_kappa(pairs: Sequence[tuple[int, int]], categories: int = 5) -> float | None:
    """Cohen's kappa with quadratic weights (Cohen 1968) over 0 to ``categories`` - 1.

    None when chance alone would agree fully (both columns hold one and the same value) or without pairs.
    """
    n = len(pairs)
    observed = sum((a - b) ** 2 for a, b in pairs)
    left = [sum(a == k for a, _ in pairs) for k in range(categories)]
    right = [sum(b == k for _, b in pairs) for k in range(categories)]
    expected = sum(
        left[i] * right[j] * (i - j) ** 2 for i in range(categories) for j in range(categories)
    )
    return 1 - observed * n / expected if expected else None
