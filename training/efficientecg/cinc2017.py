"""PhysioNet/CinC Challenge 2017 (Clifford et al. 2017): one lead, 9-61 s, four rhythms.

    python -m efficientecg.cinc2017 --data CINC2017 --waves cinc2017.jsonl [--model MODEL --cache CACHE]

cross-validates a linear head on the wave features alone, and beside those of the shipped network's trunk,
which stays as PTB-XL made it and sees the first 30 s as lead I.
No patients are told, so that records of one patient may stand on two sides and intervals are optimistic; the
two pairs that are known to be the same recording are kept together.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import wfdb
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from efficientecg.config import LEADS
from efficientecg.frontend import network_input
from efficientecg.metrics import Floats
from efficientecg.reference import load
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


def trunk_features(root: Path, names: list[str], model: Path, longest_s: int = 30) -> Floats:
    """Pooled features [n, 2F] of the trunk and what its labels make of them [labels], for each record."""
    card, network = load(model)
    mask = torch.tensor([[float(lead == "I") for lead in LEADS]])
    age, sex = torch.zeros(1, 2), torch.tensor([[0.0, 0.0, 1.0]])
    waves = torch.zeros(1, 2 * len(card["input"]["waves"]["features"]))
    found = []
    for name in names:
        file = wfdb.rdrecord(str(root / name))
        length_s = min(longest_s, int(file.sig_len / file.fs))
        x, _ = network_input({"I": file.p_signal[:, 0]}, file.fs, 0, length_s, card["input"])
        output = network.forward(torch.from_numpy(x[None]), mask, age, sex, waves)
        found.append(np.concatenate([output.pooled.numpy()[0], output.logits.numpy()[0]]))
    return np.stack(found)


def standardised(x: Floats) -> Floats:
    """Each column at mean 0 and deviation 1, cut off at five (over all records: no label is used)."""
    return np.clip((x - x.mean(0)) / (x.std(0) + 1e-6), -5, 5)


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
    parser.add_argument("--model", type=Path, help="folder of the shipped network, for its trunk")
    parser.add_argument("--cache", type=Path, help="folder that holds the trunk's features between runs")
    args = parser.parse_args()
    reference, waves = read_reference(args.data), read_waves(args.waves)
    folds = assign_folds(reference)
    names = sorted(reference)
    measured = np.stack([waves[name] for name in names]).astype(float)
    y, fold = np.array([reference[n] for n in names]), np.array([folds[n] for n in names])
    report("R/P features", y, cross_validate(measured, y, fold))
    if args.model:
        trunk = standardised(cached(args.cache, lambda: trunk_features(args.data, names, args.model)))
        report("R/P features and trunk", y, cross_validate(np.concatenate([measured, trunk], 1), y, fold))


def cached(folder: Path | None, compute: Callable[[], Floats]) -> Floats:
    path = folder / "cinc2017-trunk.npy" if folder else None
    if path and path.exists():
        return np.load(path)
    found = compute()
    if path:
        np.save(path, found)
    return found


def report(what: str, y: Indices, called: Indices) -> None:
    found = class_f1(y, called)
    each = " ".join(f"{c} {v:.3f}" for c, v in zip(CLASSES, found, strict=True))
    print(f"{what}: {len(y)} records, F1 {each}, mean of N, A, O {found[:3].mean():.3f}", flush=True)


if __name__ == "__main__":
    main()
