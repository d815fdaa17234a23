"""Candidates by openings: how each fits every one of several roles."""

from __future__ import annotations

from ..models.base import Value
from .model import ReportFit


class MatrixRow(Value):
    """One candidate, seen by every role."""

    id: str
    source: str
    name: str
    fits: tuple[ReportFit, ...]
    """In the order of the roles."""
    best: tuple[str, ...]
    """The roles with the highest fit, several where they tie; none where nothing is met."""


class Matrix(Value):
    """Candidates by openings; the best fit of all first."""

    roles: tuple[str, ...]
    candidates: tuple[MatrixRow, ...]
    unasked: int = 0
    """Candidates whose reader was a model that did not see the requirements of some role."""
