"""Trains one network; resumes from the run's last checkpoint; predicts the folds that were held out.

    python -m efficientecg.train --data PTBXL --run RUN --folds 1-8 [--holdout 7-8]

Without --holdout it trains on all of --folds (the network that ships). With it, those folds are left
out, and the finished run writes their logits to RUN/predictions.npz for `calibrate.py`.
AdamW (Loshchilov & Hutter 2019), one cycle (Smith 2018), weights averaged exponentially (EMA).
"""

import argparse
import copy
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from efficientecg.augment import Batch, augment
from efficientecg.config import ARCHITECTURE, INPUT, LEADS
from efficientecg.labels import CODES, SUPERCLASSES
from efficientecg.metrics import macro_auroc
from efficientecg.model import EfficientECG
from efficientecg.ptbxl import Dataset, load_dataset
from efficientecg.split import parse_folds, split_by_fold


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a training besides the data."""

    epochs: int = 30
    batch: int = 32
    rate: float = 2e-3
    decay: float = 0.02
    ema: float = 0.995
    seed: int = 0


def tensors(data: Dataset) -> Batch:
    return Batch(*(torch.from_numpy(a) for a in (data.x, data.mask, data.age, data.sex, data.y)))


def rows(batch: Batch, index: Tensor) -> Batch:
    return Batch(batch.ecg[index], batch.mask[index], batch.age[index], batch.sex[index], batch.y[index])


@torch.no_grad()
def update_ema(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Parameters and batch-norm statistics alike."""
    for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)


@torch.no_grad()
def predict(network: nn.Module, batch: Batch, device: torch.device, size: int = 64) -> np.ndarray:
    """Logits [n, labels] of unaugmented records."""
    network.eval()
    parts = []
    for index in torch.arange(len(batch.y)).split(size):
        part = rows(batch, index)
        inputs = (x.to(device) for x in (part.ecg, part.mask, part.age, part.sex))
        parts.append(network(*inputs).cpu())
    return torch.cat(parts).numpy()


class Trainer:
    """Holds network, average, optimiser and schedule, all of which a checkpoint restores."""

    def __init__(self, network: nn.Module, recipe: Recipe, records: int, device: torch.device) -> None:
        self.recipe, self.device = recipe, device
        self.network = network.to(device)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=recipe.rate, weight_decay=recipe.decay
        )
        self.steps_per_epoch = math.ceil(records / recipe.batch)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, recipe.rate, total_steps=recipe.epochs * self.steps_per_epoch
        )
        self.epoch, self.step = 0, 0

    def run_epoch(self, batch: Batch) -> float:
        """One pass in an order and with augmentation that follow from seed and epoch alone; mean loss."""
        generator = torch.Generator().manual_seed(1000 * self.recipe.seed + self.epoch)
        torch.manual_seed(1000 * self.recipe.seed + self.epoch)  # dropout, stochastic depth
        order = torch.randperm(len(batch.y), generator=generator)
        self.network.train()
        total = 0.0
        for index in order.chunk(self.steps_per_epoch):
            view = augment(rows(batch, index), INPUT["samplingRateHz"], generator)
            inputs = [x.to(self.device) for x in (view.ecg, view.mask, view.age, view.sex)]
            loss = F.binary_cross_entropy_with_logits(self.network(*inputs), view.y.to(self.device))
            self.optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimiser.step()
            self.schedule.step()
            self.step += 1
            update_ema(self.average, self.network, min(self.recipe.ema, self.step / (self.step + 9)))
            total += float(loss.detach()) * len(index)
        self.epoch += 1
        return total / len(batch.y)

    def state(self) -> dict[str, Any]:
        return {
            "network": self.network.state_dict(), "ema": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict(),
            "epoch": self.epoch, "step": self.step,
        }  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["ema"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.epoch, self.step = state["epoch"], state["step"]


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes beside and renames, so that a killed run never leaves half a checkpoint."""
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL, official layout or packed subset")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and predictions")
    parser.add_argument("--cache", type=Path, help="folder for the front end's output between runs")
    parser.add_argument("--folds", default="1-8")
    parser.add_argument("--holdout", default="")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    args = parser.parse_args()

    recipe = Recipe(epochs=args.epochs, seed=args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    holdout = parse_folds(args.holdout)
    data = load_dataset(args.data, args.cache)
    train, held = split_by_fold(data, parse_folds(args.folds) - holdout, holdout)
    torch.manual_seed(recipe.seed)
    network = EfficientECG(ARCHITECTURE, len(LEADS), len(CODES))
    trainer = Trainer(network, recipe, len(train.records), device)
    about = {
        "architecture": ARCHITECTURE, "labels": list(CODES), "folds": args.folds, "holdout": args.holdout,
        "seed": recipe.seed, "records": len(train.records), "patients": len(set(train.patients)),
        "command": "python -m efficientecg.train " + " ".join(sys.argv[1:]),
    }  # fmt: skip
    args.run.mkdir(parents=True, exist_ok=True)
    checkpoint = args.run / "last.pt"
    if checkpoint.exists():
        trainer.restore(torch.load(checkpoint, map_location=device, weights_only=True))
    batch, held_batch = tensors(train), tensors(held)
    while trainer.epoch < recipe.epochs:
        start = time.monotonic()
        loss = trainer.run_epoch(batch)
        line = f"epoch {trainer.epoch}/{recipe.epochs} loss {loss:.4f}"
        if len(held.records) and (trainer.epoch % 5 == 0 or trainer.epoch == recipe.epochs):
            logits = predict(trainer.average, held_batch, device)
            superclasses = macro_auroc(held.y, logits, SUPERCLASSES)
            line += f" held-out macro-AUROC {superclasses:.4f} all {macro_auroc(held.y, logits, CODES):.4f}"
        print(f"{line} {time.monotonic() - start:.0f} s", flush=True)
        save(checkpoint, trainer.state() | about)
    if len(held.records):
        ids = np.array([r.ecg_id for r in held.records])
        logits = predict(trainer.average, held_batch, device)
        np.savez(args.run / "predictions.npz", ecg_id=ids, logits=logits, holdout=args.holdout)


if __name__ == "__main__":
    main()
