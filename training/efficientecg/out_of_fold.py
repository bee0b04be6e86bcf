"""The networks of the cross-validation, each asked only about records that it had not seen.

Their checkpoints are those of `queue.py`: RUNS/EXPERIMENT-sSEED-without-HOLDOUT/last.pt.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from efficientecg.config import LEADS
from efficientecg.fold import fold, round_to_float16
from efficientecg.metrics import Floats
from efficientecg.model import EfficientECG
from efficientecg.ptbxl import Dataset
from efficientecg.reference import ShippedNetwork
from efficientecg.split import parse_folds


@dataclass(frozen=True)
class Scores:
    """Logits [n, labels], pooled features [n, 2F] and those of the last layer, of n records."""

    logits: Floats
    pooled: Floats
    last: Floats

    @staticmethod
    def joined(parts: "list[Scores]") -> "Scores":
        return Scores(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Scores)))

    def take(self, rows: NDArray[np.intp]) -> "Scores":
        return Scores(*(getattr(self, f.name)[rows] for f in fields(Scores)))


def score(network: ShippedNetwork, data: Dataset, size: int = 32) -> Scores:
    parts = []
    for rows in np.array_split(np.arange(len(data.records)), max(1, len(data.records) // size)):
        part = data.take(rows)
        inputs = (part.x.transpose(0, 2, 1), part.mask, part.age, part.sex, part.waves)
        output = network.forward(*map(torch.from_numpy, inputs))
        parts.append(Scores(output.logits.numpy(), output.pooled.numpy(), output.last.numpy()))
    return Scores.joined(parts)


def read_network(run: Path) -> ShippedNetwork:
    """A checkpoint's averaged weights as they would ship: batch norm folded, float16."""
    state = torch.load(run / "last.pt", map_location="cpu", weights_only=True)
    network = EfficientECG(state["architecture"], len(LEADS), len(state["labels"]))
    network.load_state_dict(state["ema"])
    return ShippedNetwork(state["architecture"], round_to_float16(fold(network.eval())))


class CrossValidation:
    """Held-out folds -> the network that was trained without them."""

    def __init__(self, runs: Path, experiment: str, seed: int = 0) -> None:
        begin = f"{experiment}-s{seed}-without-"
        self.networks = {
            frozenset(parse_folds(run.name.removeprefix(begin))): read_network(run)
            for run in sorted(runs.glob(f"{begin}*"))
            if (run / "predictions.npz").exists()
        }

    @property
    def folds(self) -> set[int]:
        return set[int]().union(*self.networks)

    def score(self, data: Dataset) -> Scores:
        """Scores in the order of `data`; raises ValueError where no network left a fold out."""
        if not set(data.folds) <= self.folds:
            raise ValueError(f"no network left out folds {sorted(set(data.folds) - self.folds)}")
        parts = [
            (rows, score(network, data.take(rows)))
            for held_out, network in self.networks.items()
            if len(rows := np.flatnonzero(np.isin(data.folds, sorted(held_out))))
        ]
        order = np.argsort(np.concatenate([rows for rows, _ in parts]))
        return Scores.joined([found for _, found in parts]).take(order)
