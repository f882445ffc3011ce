"""Logistic regression with a penalty on the squares of the weights: what the fitted weights of claims and of verdicts come from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_FREE = 1e-3  # penalty of the bias, which says nothing of any trait
_MOST = 30.0  # logarithm of the odds, beyond which nothing is surer


def probabilities(table: Array, weights: Array) -> Array:
    """One for each row of the table, in [0, 1]."""
    found: Array = 1 / (1 + np.exp(-np.clip(table @ weights, -_MOST, _MOST)))
    return found


def fitted(table: Array, right: Array, penalty: float, counts: Array | None = None) -> Array:
    """The weights of the table's columns, the first of which is the bias and all ones; by Newton's method. `counts`: how often a row counts."""
    times = np.ones(len(table)) if counts is None else counts
    penalties = np.full(table.shape[1], penalty)
    penalties[0] = _FREE
    weights: Array = np.zeros(table.shape[1])
    for _ in range(50):
        odds = probabilities(table, weights)
        slope = table.T @ (times * (odds - right)) + penalties * weights
        curve = table.T @ (table * (times * odds * (1 - odds))[:, None]) + np.diag(penalties)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights
