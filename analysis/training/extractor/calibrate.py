"""How far to trust the network: curves from its scores to the share that is right, on articles it has not seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

STEPS, L2 = 400, 1e-3


def logistic(features: Sequence[Sequence[float]], right: Sequence[bool]) -> list[float]:
    """Weights, the intercept last, of a logistic regression by Newton's method; the same data give the same weights."""
    x = np.column_stack([np.asarray(features, float), np.ones(len(features))])
    y = np.asarray(right, float)
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + L2 * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + L2 * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return [round(float(w), 6) for w in weights]


def reliability(
    probabilities: Sequence[float], right: Sequence[bool], bins: int = 10
) -> list[tuple[float, float, int]]:
    """For each bin of stated confidence that holds any: mean confidence, share right, how many."""
    p, y = np.asarray(probabilities), np.asarray(right, float)
    places = np.minimum((p * bins).astype(int), bins - 1)
    return [
        (float(p[places == k].mean()), float(y[places == k].mean()), int((places == k).sum()))
        for k in range(bins)
        if (places == k).any()
    ]
