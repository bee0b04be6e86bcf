"""PhysioNet/CinC Challenge 2017 (Clifford et al. 2017): one lead, 9-61 s, four rhythms.

    python -m efficientecg.cinc2017 --data CINC2017 --waves cinc2017.jsonl

cross-validates a linear head on the wave features alone: what the rhythm head of the network has to beat.
No patients are told, so that records of one patient may stand on two sides and intervals are optimistic; the
two pairs that are known to be the same recording are kept together.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from efficientecg.metrics import Floats
from efficientecg.waves import read_waves

CLASSES = ("N", "A", "O", "~")
DUPLICATES = {"A01176": "A00227", "A03123": "A02656"}
FOLDS = 5

Indices = NDArray[np.intp]


def read_reference(root: Path) -> dict[str, int]:
    """Record -> index into `CLASSES`, from `REFERENCE-v3.csv`."""
    with (root / "REFERENCE-v3.csv").open(newline="", encoding="utf-8") as file:
        return {row[0]: CLASSES.index(row[1]) for row in csv.reader(file) if row}


def assign_folds(reference: dict[str, int], folds: int = FOLDS, seed: int = 0) -> dict[str, int]:
    """Record -> fold, each class dealt out evenly; a duplicate goes where its original is."""
    generator = np.random.default_rng(seed)
    assigned: dict[str, int] = {}
    for index in range(len(CLASSES)):
        names = sorted(n for n, found in reference.items() if found == index and n not in DUPLICATES)
        for place, name in enumerate(generator.permutation(names)):
            assigned[str(name)] = place % folds
    for copy, original in DUPLICATES.items():
        if copy in reference:
            assigned[copy] = assigned.get(original, 0)
    return assigned


def class_f1(truth: Indices, called: Indices) -> Floats:
    """The Challenge's F1 of each class, [4]: 2 hits / (records of the class + records called so)."""
    hits = np.array([np.sum((truth == c) & (called == c)) for c in range(len(CLASSES))])
    total = np.bincount(truth, minlength=len(CLASSES)) + np.bincount(called, minlength=len(CLASSES))
    return 2 * hits / np.maximum(total, 1)


def fit_linear(x: Floats, y: Indices, penalty: float = 1e-3) -> Floats:
    """Multinomial logistic regression with an L2 penalty on all but the bias: weights [features + 1, 4]."""
    given = np.column_stack([x, np.ones(len(x))])
    wanted = np.eye(len(CLASSES))[y]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(given.shape[1], len(CLASSES))
        z = given @ weights
        shrunk = weights * np.append(np.ones(x.shape[1]), 0)[:, None]
        value = -np.mean(np.sum(wanted * log_softmax(z, 1), 1)) + penalty / 2 * np.sum(shrunk**2)
        return float(value), (given.T @ (softmax(z, 1) - wanted) / len(x) + penalty * shrunk).ravel()

    start = np.zeros(given.shape[1] * len(CLASSES))
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found.reshape(given.shape[1], len(CLASSES))


def scores(weights: Floats, x: Floats) -> Floats:
    return np.column_stack([x, np.ones(len(x))]) @ weights


def choose_offsets(y: Indices, score: Floats, rounds: int = 2) -> Floats:
    """Additions to the classes' scores, [4], with the best mean F1 of N, A and O on these records."""
    offsets = np.zeros(len(CLASSES))
    for _ in range(rounds):
        for c in range(1, len(CLASSES)):
            candidates = np.arange(-1.5, 1.51, 0.1)
            trials = [offsets + d * (np.arange(len(CLASSES)) == c) for d in candidates]
            mean_f1 = [class_f1(y, (score + t).argmax(1))[:3].mean() for t in trials]
            offsets = trials[int(np.argmax(mean_f1))]
    return offsets


def cross_validate(x: Floats, y: Indices, fold: Indices) -> Indices:
    """Calls [n] for each record by a head that was fitted and tuned without its fold (nested)."""
    called = np.zeros(len(y), np.intp)
    for held in np.unique(fold):
        outer = fold != held
        inner = np.zeros((len(y), len(CLASSES)))
        for other in np.unique(fold[outer]):
            rows = outer & (fold == other)
            inner[rows] = scores(fit_linear(x[outer & ~rows], y[outer & ~rows]), x[rows])
        offsets = choose_offsets(y[outer], inner[outer])
        called[~outer] = (scores(fit_linear(x[outer], y[outer]), x[~outer]) + offsets).argmax(1)
    return called


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--waves", type=Path, nargs="+", required=True, help="JSON lines of bench/measure.ts")
    args = parser.parse_args()
    reference, waves = read_reference(args.data), read_waves(args.waves)
    folds = assign_folds(reference)
    names = sorted(reference)
    x = np.stack([waves[name] for name in names]).astype(float)
    y, fold = np.array([reference[n] for n in names]), np.array([folds[n] for n in names])
    found = class_f1(y, cross_validate(x, y, fold))
    print(f"{len(names)} records: " + " ".join(f"{c} {v:.3f}" for c, v in zip(CLASSES, found, strict=True)))
    print(f"mean F1 of N, A, O: {found[:3].mean():.3f}")


if __name__ == "__main__":
    main()
