"""Logistic regression with many heads over one table of features, by L-BFGS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

Table = NDArray[np.float32]
_CORRECTIONS = 6
_FURTHEST = 30
_RAREST = 1e-4


@dataclass(frozen=True)
class Fit:
    """Weights by feature and head, and what each head says without any feature."""

    weights: Table
    biases: Table

    def log_odds(self, features: sparse.csr_matrix) -> Table:
        found: Table = features @ self.weights + self.biases
        return found


def fit(
    features: sparse.csr_matrix, answers: Table, weights: Table, *, loss: float, rounds: int
) -> Fit:
    """The weights that answer best while they stay small.

    Args:
        features: by example and feature.
        answers: by example and head, from 0 to 1.
        weights: how much each answer counts; 0 for not at all.
        loss: how much a wrong answer costs beside the size of the weights.
        rounds: of the search at most.
    """
    width, heads = features.shape[1], answers.shape[1]
    turned = features.T.tocsr()
    costs = weights * loss

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        at = flat.reshape(width + 1, heads).astype(np.float32)
        odds = features @ at[:-1] + at[-1]
        lost = np.logaddexp(0, odds) - answers * odds
        likely = 1 / (1 + np.exp(-np.clip(odds, -_FURTHEST, _FURTHEST)))
        slope = (likely - answers) * costs
        down = np.vstack([turned @ slope + at[:-1], slope.sum(0)])
        return float((lost * costs).sum() + 0.5 * (at[:-1] ** 2).sum()), down.ravel().astype(float)

    start = np.zeros((width + 1, heads))
    share = (answers * weights).sum(0) / np.maximum(weights.sum(0), 1)
    share = np.clip(share, _RAREST, 1 - _RAREST)
    start[-1] = np.log(share / (1 - share))
    found = minimize(
        cost, start.ravel(), jac=True, method="L-BFGS-B",
        options={"maxiter": rounds, "maxcor": _CORRECTIONS},
    )  # fmt: skip
    at = found.x.reshape(width + 1, heads).astype(np.float32)
    return Fit(at[:-1], at[-1])
