"""The classifier of statements: two linear steps with one row of weights for each feature, in whole numbers.

Step 1 reads the words of a statement, step 2 what step 1 says of it and of its surroundings. ``weights.bin`` holds the
rows, ``weights.toml`` their scales and what they were trained on; both are written by ``python -m training``.
"""

from __future__ import annotations

import math
import struct
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any

from . import levels
from .features import ROWS, features
from .levels import Likely
from .probability import all_steps, probabilities
from .signs import Statement
from .surroundings import HEADS, Scores, inputs_of

NOTHING: Likely = dict.fromkeys(HEADS, 0)
"""Of a statement that is silent."""
WIDTHS = (1, 2)
"""Bytes of a weight in step 1 and in step 2."""
NORM = 5
"""Length that the features of a statement are brought to, whatever the statement's own length."""
_LANE = 4
"""Bytes that a head has in a sum; longer statements are added up in parts, so that none reaches the next head's."""


class Rows:
    """Rows of small weights, one for each head, added up for all heads at once.

    A row is one large number in which every head has a lane of its own; weights stand in it raised to be positive.

    Args:
        data: rows one after the other, weights little-endian.
        width: bytes of a weight.
        heads: weights of a row.
    """

    def __init__(self, data: bytes, width: int, heads: int) -> None:
        self._data, self._width, self._heads = data, width, heads
        self._raised = 1 << (8 * width - 1)
        self._lanes = _Lanes(self._lane)
        self._size = _LANE * heads
        self._unpacked = struct.Struct(f"<{heads}I").unpack

    def sums(self, found: Collection[tuple[int, int]]) -> list[int]:
        """For each head the weights of some rows, each as often as it says."""
        rows, values = zip(*found, strict=True) if found else ((), ())
        weight = sum(values)
        if 2 * self._raised * weight >> 8 * _LANE:
            pairs = [*found]
            halves = pairs[: len(pairs) // 2], pairs[len(pairs) // 2 :]
            return [sum(both) for both in zip(*map(self.sums, halves), strict=True)]
        total = sum(map(mul, map(self._lanes.__getitem__, rows), values))
        taken = self._raised * weight
        return [lane - taken for lane in self._unpacked(total.to_bytes(self._size, "little"))]

    def _lane(self, row: int) -> int:
        width, size = self._width, self._width * self._heads
        data = self._data[row * size : (row + 1) * size]
        spread = bytearray(_LANE * self._heads)
        for byte in range(width):
            spread[byte::_LANE] = data[byte::width]
        return int.from_bytes(spread, "little")


class _Lanes(dict[int, int]):
    """Rows as numbers, each made when first asked for."""

    def __init__(self, lane: Callable[[int], int]) -> None:
        self._of = lane

    def __missing__(self, row: int) -> int:
        lane = self[row] = self._of(row)
        return lane


@dataclass(frozen=True)
class Step:
    """One linear step: rows, and by head the size of a weight of 1 and what is there without any feature."""

    rows: Rows
    scales: Sequence[float]
    biases: Sequence[float]

    def scores(self, found: Collection[tuple[int, int]], norm: float = 1.0) -> Scores:
        """Log odds of each head, in steps."""
        sums = self.rows.sums(found)
        lines = zip(sums, self.scales, self.biases, strict=True)
        return all_steps([bias + total * scale * norm for total, scale, bias in lines])


@dataclass(frozen=True)
class Classifier:
    """Both steps."""

    first: Step
    second: Step

    def read(self, statements: Sequence[Statement]) -> list[Likely]:
        """What is likely of each statement of one resume.

        Args:
            statements: all of the resume, in reading order.
        """
        firsts = [self.of_words(statement) for statement in statements]
        inputs = inputs_of(statements, firsts)
        return [self._likely(found) if found else NOTHING for found in inputs]

    def _likely(self, found: Mapping[int, int]) -> Likely:
        return dict(zip(HEADS, probabilities(self.second.scores(found.items())), strict=True))

    def of_words(self, statement: Statement) -> Scores:
        """What step 1 says of a statement alone."""
        found = features(statement.text, statement.passage).values()
        return self.first.scores(found, norm_of(found))


def norm_of(found: Iterable[tuple[int, int]]) -> float:
    """What weights are multiplied by, so that long statements do not outweigh short ones."""
    values = [value for _, value in found]
    return NORM / math.sqrt(sum(map(mul, values, values)) or 1)


def classifier(data: bytes, manifest: Mapping[str, Any]) -> Classifier:
    """Made from the two files' contents."""
    size = ROWS * len(HEADS) * WIDTHS[0]
    parts = data[:size], data[size:]
    first, second = (
        Step(Rows(part, width, len(HEADS)), told["scales"], told["biases"])
        for part, width, told in zip(parts, WIDTHS, manifest["steps"], strict=True)
    )
    return Classifier(first, second)


@cache
def shipped() -> Classifier:
    """The one that comes with the package."""
    return classifier(files(__package__).joinpath("weights.bin").read_bytes(), _manifest())


@cache
def shipped_levels() -> levels.Step:
    """What judges levels by what the one that comes with the package says."""
    return levels.step(_manifest())


@cache
def _manifest() -> Mapping[str, Any]:
    text = files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
