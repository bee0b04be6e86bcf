"""The small network of the single-lead rhythm head: EfficientECG of one lead, on CinC 2017 from scratch.

    python -m efficientecg.rhythm_network --data CINC2017 --run RUN

trains one network for each of the five folds of `cinc2017.py`, which predicts that fold, and one on all
records. Resumes from whole networks. 0.5-40 Hz, 125 Hz, z-scored in windows of up to 30 s, as the page's.
"""

import argparse
import math
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import torch
import wfdb
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from efficientecg.cinc2017 import CLASSES, FOLDS, assign_folds, read_reference
from efficientecg.config import ARCHITECTURE, INPUT, stage
from efficientecg.frontend import band_pass, fill_gaps, resample
from efficientecg.metrics import Floats
from efficientecg.model import EfficientECG

RHYTHM_INPUT: dict[str, Any] = INPUT | {
    "samplingRateHz": 125,
    "lengths": [5, 10, 15, 20, 30],
    "trainedLengthS": 30,
    "leads": ["I"],
}
# A tenth of the large network's work on the same lead: 30 s are 3,750 samples.
RHYTHM_ARCHITECTURE: dict[str, Any] = ARCHITECTURE | {
    "width": 1,
    "stem": {"filters": 16, "kernel": 11, "stride": 2},
    "stages": [
        stage(1, 16, 1, 2, 7),
        stage(3, 24, 1, 2, 7),
        stage(4, 32, 2, 2, 7),
        stage(4, 48, 2, 2, 7),
        stage(4, 80, 1, 1, 7),
    ],
    "head": {"filters": 128},
    "fusion": {"tokens": ["age", "sex"], "width": 32, "heads": 4, "ageHidden": 8},
}
RATE = int(RHYTHM_INPUT["samplingRateHz"])
CROPS_S = (10, 15, 20)
CROP_ODDS = (0.3, 0.4, 0.3)
BATCH = 64
RATE_MAX = 4e-3
EMA = 0.995

Floats32 = NDArray[np.float32]


def read_signals(root: Path, names: list[str]) -> list[Floats32]:
    """Each record filtered and brought to 125 Hz, not yet z-scored."""
    found = []
    for name in names:
        file = wfdb.rdrecord(str(root / name))
        lead = fill_gaps(file.p_signal[:, 0])
        filtered = band_pass(lead, file.fs, RHYTHM_INPUT["filter"])
        if filtered is None:
            raise ValueError(f"{name} is too short")
        length_s = int(len(lead) / file.fs * RATE) / RATE
        found.append(resample(filtered, file.fs, length_s, RHYTHM_INPUT).astype(np.float32))
    return found


def scored(window: Floats32) -> Floats32:
    return ((window - window.mean()) / max(float(window.std()), 1e-3)).astype(np.float32)


def windows(signal: Floats32) -> Floats32:
    """As `src/inference/windows.ts` plans them: one pass, or the longest that fits [n, T]."""
    seconds = len(signal) / RATE
    lengths = RHYTHM_INPUT["lengths"]
    exact = [s for s in lengths if abs(s - seconds) <= 1 / RATE + 1e-9]
    length = (
        exact[0] if exact else max(s for s in lengths if s <= min(seconds, RHYTHM_INPUT["trainedLengthS"]))
    )
    count = min(len(signal), length * RATE)
    last = seconds - length
    hops = 0 if exact else math.ceil(last / (length / 2) - 1e-9)
    starts = [min(round(i * length / 2 * RATE), len(signal) - count) for i in range(hops + 1)]
    return np.stack([scored(signal[s : s + count]) for s in starts])


def crop(signal: Floats32, count: int, generator: np.random.Generator) -> Floats32:
    """A random stretch, stretched in time by up to 8 %, upside down now and then, with noise and wander."""
    pace = generator.uniform(0.92, 1.08)
    wanted = min(len(signal), int(count * pace))
    start = int(generator.integers(0, len(signal) - wanted + 1))
    part = signal[start : start + wanted]
    part = np.interp(np.arange(0, wanted - 1, pace), np.arange(wanted), part)[:count].astype(np.float32)
    part = scored(part) * (1 if generator.random() < 0.7 else -1)
    part = part + generator.uniform(0, 0.1) * generator.standard_normal(len(part)).astype(np.float32)
    return np.pad(part, (0, count - len(part))).astype(np.float32)


def asked(count: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Mask, age, sex and waves of people of whom nothing is known."""
    sex = torch.tensor([[0.0, 0.0, 1.0]]).repeat(count, 1)
    return torch.ones(count, 1), torch.zeros(count, 2), sex, torch.zeros(count, 0)


@torch.no_grad()
def predict(network: EfficientECG, signals: list[Floats32]) -> Floats:
    """Mean log-odds-free class probabilities [n, 4] over each record's windows, as logarithms."""
    network.eval()
    rows = []
    for signal in signals:
        x = torch.from_numpy(windows(signal))[:, None]
        rows.append(torch.softmax(network(x, *asked(len(x))), 1).mean(0).clamp_min(1e-7).log().numpy())
    return np.stack(rows)


def train(signals: list[Floats32], y: NDArray[np.intp], epochs: int, seed: int) -> EfficientECG:
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    network = EfficientECG(RHYTHM_ARCHITECTURE, 1, len(CLASSES), drop_path=0.05, dropout=0.2)
    smooth = deepcopy(network).eval()
    frequency = np.bincount(y, minlength=len(CLASSES)) / len(y)
    weight = torch.tensor(frequency**-0.5 / np.sum(frequency**0.5), dtype=torch.float32)
    steps = epochs * (len(y) // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE_MAX, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE_MAX, total_steps=steps, pct_start=0.2)
    done = 0
    for _ in range(epochs):
        network.train()
        order = generator.permutation(len(y))
        for first in range(0, len(y) - BATCH + 1, BATCH):
            rows = order[first : first + BATCH]
            count = int(generator.choice(CROPS_S, p=CROP_ODDS)) * RATE
            x = torch.from_numpy(np.stack([crop(signals[i], count, generator) for i in rows]))[:, None]
            logits = network(x, *asked(len(rows)))
            loss = F.cross_entropy(logits, torch.from_numpy(y[rows]), weight, label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            keep = min(EMA, done / (done + 10))
            with torch.no_grad():
                for own, new in zip(smooth.state_dict().values(), network.state_dict().values(), strict=True):
                    if own.dtype.is_floating_point:
                        own.lerp_(new, 1 - keep)
                    else:
                        own.copy_(new)
    return smooth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder for networks and predictions")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--only", type=int, nargs="*", help="folds, 5: all records")
    args = parser.parse_args()
    args.run.mkdir(parents=True, exist_ok=True)
    reference = read_reference(args.data)
    folds, names = assign_folds(reference), sorted(reference)
    y, fold = np.array([reference[n] for n in names]), np.array([folds[n] for n in names])
    signals = read_signals(args.data, names)
    for held in args.only if args.only is not None else range(FOLDS + 1):
        path = args.run / f"fold{held}.pt"
        if path.exists():
            continue
        rows = np.flatnonzero(fold != held)
        network = train([signals[i] for i in rows], y[rows], args.epochs, seed=held)
        torch.save({"state": network.state_dict(), "epochs": args.epochs, "records": len(rows)}, path)
        out = np.flatnonzero(fold == held)
        if len(out):
            found = predict(network, [signals[i] for i in out])
            np.savez(args.run / f"fold{held}.npz", names=np.array(names)[out], y=y[out], score=found)
            hits = np.array([np.sum((y[out] == c) & (found.argmax(1) == c)) for c in range(4)])
            total = np.bincount(y[out], minlength=4) + np.bincount(found.argmax(1), minlength=4)
            print(held, (2 * hits / total).round(3), (2 * hits / total)[:3].mean().round(3), flush=True)


if __name__ == "__main__":
    main()
