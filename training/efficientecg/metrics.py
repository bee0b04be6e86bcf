"""How well scores tell patients apart, with 95 % intervals from resampling patients."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from efficientecg.labels import CODES

Floats = NDArray[np.floating]
Metric = Callable[[Floats, Floats], float]


def auroc(y: Floats, score: Floats) -> float:
    """Area under the ROC curve as the Mann-Whitney statistic (ties count half); NaN with one class."""
    positives = y > 0.5
    n, m = int(positives.sum()), int((~positives).sum())
    if n == 0 or m == 0:
        return float("nan")
    return float((rankdata(score)[positives].sum() - n * (n + 1) / 2) / (n * m))


def auprc(y: Floats, score: Floats) -> float:
    """Average precision: precision at each distinct score, weighted by the recall it adds."""
    order = np.argsort(-score, kind="stable")
    hits, sorted_score = y[order] > 0.5, score[order]
    if not hits.any():
        return float("nan")
    last_of_ties = np.append(np.flatnonzero(np.diff(sorted_score)), len(y) - 1)
    found = np.cumsum(hits)[last_of_ties]
    precision = found / (last_of_ties + 1)
    return float(np.sum(np.diff(found, prepend=0) * precision) / hits.sum())


def f1(y: Floats, present: Floats) -> float:
    """Harmonic mean of precision and sensitivity of 0/1 calls; 0 when nothing is right."""
    right = float(np.sum((y > 0.5) & (present > 0.5)))
    return 2 * right / max(1.0, float(np.sum(y > 0.5) + np.sum(present > 0.5)))


def sensitivity(y: Floats, present: Floats) -> float:
    positives = y > 0.5
    return float(np.mean(present[positives] > 0.5)) if positives.any() else float("nan")


def specificity(y: Floats, present: Floats) -> float:
    return sensitivity(1 - y, 1 - present)


def ece(y: Floats, probability: Floats, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Naeini et al. 2015)."""
    index = np.minimum((probability * bins).astype(int), bins - 1)
    gap = np.bincount(index, y, bins) - np.bincount(index, probability, bins)
    return float(np.abs(gap).sum() / len(y))


def macro_auroc(y: Floats, score: Floats, codes: Sequence[str]) -> float:
    """Mean AUROC over the labels that have both classes; y and score are [n, all labels]."""
    columns = [CODES.index(code) for code in codes]
    return float(np.nanmean([auroc(y[:, c], score[:, c]) for c in columns]))


@dataclass(frozen=True)
class Estimate:
    """A value and its 95 % percentile interval."""

    value: float
    low: float
    high: float


def bootstrap(
    metric: Metric, y: Floats, score: Floats, patients: NDArray[np.str_], resamples: int = 2000, seed: int = 0
) -> Estimate:
    """Resamples patients with all of their records (Efron & Tibshirani 1993); undefined draws left out."""
    generator = np.random.default_rng(seed)
    _, owner = np.unique(patients, return_inverse=True)
    order = np.argsort(owner, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(owner))[:-1])
    values = []
    for _ in range(resamples):
        drawn = np.concatenate([members[i] for i in generator.integers(len(members), size=len(members))])
        values.append(metric(y[drawn], score[drawn]))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Estimate(metric(y, score), float(low), float(high))


def resampled_weights(patients: NDArray[np.str_], resamples: int = 2000, seed: int = 0) -> Floats:
    """How often each record is drawn where patients are, [resamples, n]: the draws of `bootstrap`."""
    generator = np.random.default_rng(seed)
    names, owner = np.unique(patients, return_inverse=True)
    count = len(names)
    draws = (generator.integers(count, size=count) for _ in range(resamples))
    return np.stack([np.bincount(drawn, minlength=count)[owner] for drawn in draws]).astype(float)


def weighted_aurocs(y: Floats, score: Floats, weights: Floats) -> Floats:
    """`auroc` of y [n] and score [n] for each row of weights [rows, n]; NaN for a row with one class."""
    order = np.argsort(score, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(score[order]) > 0))
    positive, negative = (
        np.add.reduceat(weights[:, order] * side[order], starts, axis=1) for side in (y > 0.5, y <= 0.5)
    )
    below = np.cumsum(negative, axis=1) - negative / 2
    with np.errstate(invalid="ignore"):
        return (positive * below).sum(1) / (positive.sum(1) * negative.sum(1))
