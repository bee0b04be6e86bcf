"""The ablation on CinC 2017: a linear head on each experiment's trunk, which stays as PTB-XL made it.

    python -m efficientecg.cinc_trunks --data CINC2017 --runs RUNS --out ../docs/training.md ecg base wang

Of each record the middle 10 s as lead I; age, sex, R/P features and code are unknown, so that what differs is
what the ECG's trunk learned beside them. Pooled features, one multinomial head without further tuning, the
five folds of `cinc2017.py`, seed 0 without folds 7-8. The difference from the first experiment is paired.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import wfdb
from numpy.typing import NDArray
from torch import Tensor

from efficientecg.cinc2017 import (
    CLASSES,
    Indices,
    assign_folds,
    class_f1,
    fit_linear,
    read_reference,
    scores,
    standardised,
)
from efficientecg.config import LEADS
from efficientecg.documents import write_between
from efficientecg.frontend import network_input
from efficientecg.metrics import Estimate, Floats
from efficientecg.networks import build

BEGIN = "<!-- cinc_trunks.py -->"
LENGTH_S = 10


def middles(root: Path, names: list[str], cache: Path) -> NDArray[np.float32]:
    """The middle 10 s of each record through the front end, zeros after a shorter one: [n, 2500]."""
    if cache.exists():
        found: NDArray[np.float32] = np.load(cache)
        return found
    rows = []
    for name in names:
        file = wfdb.rdrecord(str(root / name))
        start = max(0.0, (file.sig_len / file.fs - LENGTH_S) / 2)
        length = min(LENGTH_S, int(file.sig_len / file.fs))
        x, _ = network_input({"I": file.p_signal[:, 0]}, file.fs, start, length)
        rows.append(np.pad(x[:, 0], (0, LENGTH_S * 250 - len(x))).astype(np.float32))
    np.save(cache, np.stack(rows))
    return np.stack(rows)


@torch.no_grad()
def pooled(run: Path, ecg: NDArray[np.float32], size: int = 64) -> Floats:
    """Mean and maximum over time of the trunk's features, [n, 2F]."""
    state = torch.load(run / "last.pt", map_location="cpu", weights_only=True)
    network = build(state["architecture"], len(state["labels"]))
    network.load_state_dict(state["ema"])
    network.eval()
    found: list[Tensor] = []
    for part in torch.from_numpy(ecg).split(size):
        leads = torch.zeros(len(part), len(LEADS), part.shape[1])
        leads[:, 0] = part
        mask = torch.zeros(len(part), len(LEADS))
        mask[:, 0] = 1
        found.append(network.pooled(leads, mask))
    return torch.cat(found).numpy().astype(float)


def calls(x: Floats, y: Indices, fold: Indices) -> Indices:
    """The class [n] that a head calls which was fitted without the record's fold."""
    called = np.zeros(len(y), np.intp)
    for held in np.unique(fold):
        rest = fold != held
        called[~rest] = scores(fit_linear(x[rest], y[rest], 1e-2), x[~rest]).argmax(1)
    return called


def mean_f1(y: Indices, called: Indices) -> float:
    return float(class_f1(y, called)[:3].mean())


def difference(y: Indices, ours: Indices, theirs: Indices, resamples: int = 2000) -> Estimate:
    """Mean F1 of N, A and O, ours less theirs; the interval resamples records (no patients are told)."""
    generator = np.random.default_rng(0)
    drawn = []
    for _ in range(resamples):
        rows = generator.integers(len(y), size=len(y))
        drawn.append(mean_f1(y[rows], ours[rows]) - mean_f1(y[rows], theirs[rows]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(mean_f1(y, ours) - mean_f1(y, theirs), float(low), float(high))


def table(called: dict[str, Indices], y: Indices) -> Iterator[str]:
    """A row an experiment: F1 of each class; the mean of N, A and O and its difference from the first."""
    first = next(iter(called))
    yield f"| trunk of | {' | '.join(CLASSES)} | mean of N, A, O |"
    yield "| --- |" + " --- |" * (len(CLASSES) + 1)
    for name, found in called.items():
        each = " | ".join(f"{value:.3f}" for value in class_f1(y, found))
        cell = f"{mean_f1(y, found):.3f}"
        if name != first:
            d = difference(y, found, called[first])
            cell += f" ({d.value:+.3f}, {d.low:+.3f} to {d.high:+.3f})"
        yield f"| {name} | {each} | {cell} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="a file with the two marks of this table")
    parser.add_argument("experiments", nargs="+")
    args = parser.parse_args()
    reference = read_reference(args.data)
    folds, names = assign_folds(reference), sorted(reference)
    y, fold = np.array([reference[n] for n in names]), np.array([folds[n] for n in names])
    cache: Path = args.runs / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    ecg = middles(args.data, names, cache / "cinc2017-middles.npy")
    called = {}
    for name in args.experiments:
        stored = cache / f"cinc2017-calls-{name}.npy"
        if not stored.exists():
            np.save(stored, calls(standardised(pooled(args.runs / f"{name}-s0-without-7-8", ecg)), y, fold))
        called[name] = np.load(stored)
        print(name, f"{mean_f1(y, called[name]):.3f}", flush=True)
    written = "\n".join([f"{len(y)} records.", "", *table(called, y)])
    write_between(args.out, BEGIN, written)
    print(written)


if __name__ == "__main__":
    main()
