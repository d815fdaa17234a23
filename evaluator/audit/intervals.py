"""Intervals and tests for shares, without a library: exact ones from the beta distribution, the rest by drawing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import exp, isclose, lgamma, log, log1p
from random import Random

from ..models.base import Value

_STEPS = 300
_TINY = 1e-300
_EXACT = 1e-15
_NO_LIKELIER = 1 + 1e-7
"""Against the observed table, within what multiplying loses."""


class Interval(Value):
    """Limits of a confidence interval."""

    low: float
    high: float


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, for positive ``a`` and ``b`` and ``x`` from 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Its continued fraction, by Lentz's method."""
    c, d = 1.0, 1 / _apart_from_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _apart_from_zero(1 + term * d)
            c = _apart_from_zero(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < _EXACT:
            break
    return found


def _apart_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def clopper_pearson(hits: int, of: int, confidence: float = 0.95) -> Interval:
    """The exact interval of a share: ``hits`` of ``of``, at least 1."""
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _beta_at(tail, hits, of - hits + 1)
    high = 1.0 if hits == of else _beta_at(1 - tail, hits + 1, of - hits)
    return Interval(low=low, high=high)


def _beta_at(share: float, a: float, b: float) -> float:
    """Where the beta distribution has this share below it, by halving."""
    low, high = 0.0, 1.0
    while high - low > _EXACT * max(high, _EXACT):
        middle = (low + high) / 2
        if incomplete_beta(a, b, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def fisher(hits: int, of: int, other_hits: int, of_others: int) -> float:
    """Fisher's exact test, two-sided: the probability of shares at least as unlikely as these, if groups do not matter."""
    found = hits + other_hits
    fewest, most = max(0, found - of_others), min(of, found)
    # Ways relative to the observed table, each from its neighbour: whole numbers would have as many digits as people.
    ways = [1.0]
    for k in range(hits, most):
        ways.append(ways[-1] * (of - k) * (found - k) / ((k + 1) * (of_others - found + k + 1)))
    way = 1.0
    for k in range(hits, fewest, -1):
        way *= k * (of_others - found + k) / ((of - k + 1) * (found - k + 1))
        ways.append(way)
    return min(1.0, sum([way for way in ways if way <= _NO_LIKELIER]) / sum(ways))


def holm(values: Sequence[float | None]) -> list[float | None]:
    """P-values for several comparisons at once, by Holm's method; None stays None."""
    known = sorted((value, place) for place, value in enumerate(values) if value is not None)
    adjusted: list[float | None] = [None] * len(values)
    largest = 0.0
    for rank, (value, place) in enumerate(known):
        largest = max(largest, min(1.0, value * (len(known) - rank)))
        adjusted[place] = largest
    return adjusted


class Binomial:
    """Draws of how many of ``of`` are hits, each with the same chance."""

    def __init__(self, of: int, chance: float) -> None:
        self._shares = list(accumulate(_binomial(of, k, chance) for k in range(of + 1)))

    def draw(self, random: Random) -> int:
        """One draw."""
        return min(bisect_left(self._shares, random.random()), len(self._shares) - 1)


def _binomial(of: int, k: int, chance: float) -> float:
    if isclose(chance, 0) or isclose(chance, 1):
        return float(k == round(of * chance))
    ways = lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1)
    return exp(ways + k * log(chance) + (of - k) * log1p(-chance))


def ratio_interval(
    hits: int, of: int, best_hits: int, of_best: int, *, draws: int, random: Random
) -> Interval | None:
    """The percentile bootstrap interval of a ratio of two shares; None where it is hardly ever defined."""
    ours, best = Binomial(of, hits / of), Binomial(of_best, best_hits / of_best)
    found = []
    for _ in range(draws):
        above, below = ours.draw(random) / of, best.draw(random) / of_best
        if below:
            found.append(above / below)
    if 2 * len(found) < draws or not found:
        return None
    found.sort()
    last = len(found) - 1
    return Interval(low=found[round(0.025 * last)], high=found[round(0.975 * last)])
