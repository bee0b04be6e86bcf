"""Slope and intercept of probabilities: would another Platt scaling change them? (Cox 1958)

Slope 1 and intercept 0 are right; a slope under 1 says that the probabilities are too sure, an intercept over
0 that they are too low. Neither is there where the probabilities tell all positives from all others: any
greater slope would fit better still.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from efficientecg.metrics import Estimate, Floats, resampled_weights

SLOPE, INTERCEPT = "calibration slope", "calibration intercept"
# With fewer positives an interval says nothing, and too many resamples have none or separate them.
FEWEST = 10
STEPS = 50
LONGEST = 1.0  # of a step: Newton's own overshoots in small samples
CONVERGED = 1e-6


def recalibration(y: Floats, probability: Floats, weights: Floats) -> Floats:
    """Slope and intercept [rows, 2] of y on its probability's logit, by weights [rows, n]; Newton's steps.

    NaN where there is no maximum: positives that are separated from the others, or none.
    """
    score = logit(np.clip(probability, 1e-6, 1 - 1e-6))
    mean, deviation = score.mean(), score.std() + 1e-9  # standardised: a step is as long for any score
    x = np.stack([(score - mean) / deviation, np.ones(len(y))], 1)
    squares = (x[:, :, None] * x[:, None]).reshape(len(y), 4)
    found = np.zeros((len(weights), 2))
    total = weights.sum(1)
    for _ in range(STEPS):
        p = expit(found @ x.T)
        gradient = (weights * (y - p)) @ x / total[:, None]
        hessian = ((weights * p * (1 - p)) @ squares / total[:, None]).reshape(-1, 2, 2)
        step = np.linalg.solve(hessian + 1e-12 * np.eye(2), gradient[..., None])[..., 0]
        length = np.linalg.norm(step, axis=1, keepdims=True)
        found = found + step * np.minimum(1, LONGEST / np.maximum(length, 1e-12))
        if (length < CONVERGED).all():
            break
    found[~(length[:, 0] < CONVERGED)] = np.nan
    slope = found[:, 0] / deviation
    return np.stack([slope, found[:, 1] - slope * mean], 1)


def estimates(y: Floats, probability: Floats, patients: NDArray[np.str_]) -> dict[str, Estimate]:
    """Slope and intercept with 95 % intervals from resampling patients; none where those are not to be had.

    That is where they do not exist for the records themselves or for more than 2.5 % of the resamples.
    """
    point = recalibration(y, probability, np.ones((1, len(y))))[0]
    drawn = recalibration(y, probability, resampled_weights(patients))
    if np.isnan(point).any() or np.isnan(drawn[:, 0]).mean() > 0.025:
        return {}
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    return {
        name: Estimate(float(point[i]), float(low[i]), float(high[i]))
        for i, name in enumerate((SLOPE, INTERCEPT))
    }


def row(name: str, metric: str, label: str, n: int, positives: int | None, found: Estimate) -> dict[str, Any]:
    """A row of `model.json`'s results, of both kinds of signals together."""
    return {
        "set": name, "signals": "all", "metric": metric, "label": label, "n": n, "positives": positives,
        "value": round(found.value, 4), "low": round(found.low, 4), "high": round(found.high, 4),
    }  # fmt: skip


def calibration_rows(
    name: str, code: str, y: Floats, probability: Floats, patients: NDArray[np.str_]
) -> Iterator[dict[str, Any]]:
    """Both rows of one label, or none where there are too few positives."""
    positives = int(y.sum())
    if min(positives, len(y) - positives) < FEWEST:
        return
    for metric, found in estimates(y, probability, patients).items():
        yield row(name, metric, code, len(y), positives, found)
