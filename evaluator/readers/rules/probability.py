"""Log odds and probabilities as whole numbers, the same on every machine."""

from __future__ import annotations

import math
from collections.abc import Iterable

ONE = 10_000
"""A probability of 1."""
STEPS = 64
"""Steps of log odds in 1."""
_MOST = 8 * STEPS
_STEP_OF_INPUT = 8

_TABLE = tuple(round(ONE / (1 + math.exp(-z / STEPS))) for z in range(-_MOST, _MOST + 1))


def steps(log_odds: float) -> int:
    """Log odds in whole steps; beyond 8 there is nothing to tell apart."""
    return max(-_MOST, min(_MOST, math.floor(log_odds * STEPS + 0.5)))


def all_steps(log_odds: Iterable[float]) -> list[int]:
    """:func:`steps` of many."""
    floor = math.floor
    whole = [floor(odds * STEPS + 0.5) for odds in log_odds]
    if max(whole) <= _MOST and min(whole) >= -_MOST:
        return whole
    return [max(-_MOST, min(_MOST, step)) for step in whole]


def probability(score: int) -> int:
    """The probability that log odds in steps mean."""
    return _TABLE[score + _MOST]


def probabilities(scores: Iterable[int]) -> list[int]:
    """:func:`probability` of many."""
    return [_TABLE[score + _MOST] for score in scores]


def log_odds_step(score: int) -> int:
    """Log odds as an input from 0, in eighths."""
    return (score + _MOST) // _STEP_OF_INPUT
