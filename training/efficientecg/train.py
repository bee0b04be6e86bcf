"""Trains one network; resumes from the run's last checkpoint; predicts the folds that were held out.

    python -m efficientecg.train --data PTBXL --run RUN [--holdout 7-8] [--experiment waves --waves W.jsonl]

Without --holdout it trains on all of --folds (the network that ships). With it, those folds are left
out, and the finished run writes their logits to RUN/predictions.npz for `calibrate.py`.
AdamW (Loshchilov & Hutter 2019), one cycle (Smith 2018), weights averaged exponentially (EMA).
"""

import argparse
import copy
import math
import sys
import time
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from delineator.data import read_noise
from efficientecg.augment import Batch, add_noise, augment, mix
from efficientecg.beats import with_codes
from efficientecg.config import INPUT
from efficientecg.experiments import EXPERIMENTS, Experiment, Recipe
from efficientecg.labels import CODES, SUPERCLASSES
from efficientecg.metrics import macro_auroc
from efficientecg.networks import build
from efficientecg.ptbxl import Dataset, load_dataset
from efficientecg.split import parse_folds, split_by_fold


def tensors(data: Dataset, labels: tuple[str, ...] = CODES) -> Batch:
    """`labels` are the first ones of `CODES`."""
    y = data.y[:, : len(labels)]
    return Batch(*(torch.from_numpy(a) for a in (data.x, data.mask, data.age, data.sex, y, data.waves)))


def rows(batch: Batch, index: Tensor) -> Batch:
    return Batch(*(getattr(batch, field.name)[index] for field in fields(batch)))


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
        inputs = (x.to(device) for x in (part.ecg, part.mask, part.age, part.sex, part.waves))
        parts.append(network(*inputs).cpu())
    return torch.cat(parts).numpy()


class Trainer:
    """Holds network, average, optimiser and schedule, all of which a checkpoint restores."""

    def __init__(
        self,
        network: nn.Module,
        recipe: Recipe,
        records: int,
        device: torch.device,
        noise: Tensor | None = None,
    ) -> None:
        self.recipe, self.device, self.noise = recipe, device, noise
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
            part = mix(rows(batch, index), self.recipe.mixup, generator)
            if self.noise is not None:
                part = replace(part, ecg=add_noise(part.ecg, self.noise, self.recipe.noise, generator))
            view = augment(part, INPUT["samplingRateHz"], generator)
            inputs = [x.to(self.device) for x in (view.ecg, view.mask, view.age, view.sex, view.waves)]
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.recipe.half):
                logits = self.network(*inputs)
            loss = F.binary_cross_entropy_with_logits(logits.float(), view.y.to(self.device))
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


def noise_for(recipe: Recipe, folder: Path | None) -> Tensor | None:
    """The first halves of nstdb's records, where the recipe asks for noise."""
    if recipe.noise == 0:
        return None
    if folder is None:
        raise SystemExit("this recipe adds noise: --noise NSTDB")
    return torch.from_numpy(read_noise(folder))


def train(
    data: Dataset, experiment: Experiment, run: Path, folds: str, holdout: str, command: str,
    noise: Path | None = None, beats: list[Path] | None = None,
) -> None:  # fmt: skip
    """Trains on `folds` without `holdout`, or goes on from the run's checkpoint; writes the predictions."""
    recipe = experiment.recipe
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    left_out = parse_folds(holdout)
    kept, held = split_by_fold(data, parse_folds(folds) - left_out, left_out)
    run.mkdir(parents=True, exist_ok=True)
    if "code" in experiment.architecture.get("fusion", {}).get("tokens", []):
        kept, held = with_codes(kept, held, beats or [], recipe.seed, run / "autoencoder.pt")
    torch.manual_seed(recipe.seed)
    network = build(experiment.architecture, len(experiment.labels))
    trainer = Trainer(network, recipe, len(kept.records), device, noise_for(recipe, noise))
    about = {
        "architecture": experiment.architecture, "recipe": asdict(recipe), "labels": list(experiment.labels),
        "folds": folds, "holdout": holdout, "seed": recipe.seed,
        "records": len(kept.records), "patients": len(set(kept.patients)), "command": command,
    }  # fmt: skip
    checkpoint = run / "last.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        if asdict(Recipe()) | state.get("recipe", about["recipe"]) != about["recipe"]:
            raise SystemExit(f"{run} was begun with another recipe: {state['recipe']}")
        trainer.restore(state)
    batch, held_batch = tensors(kept, experiment.labels), tensors(held, experiment.labels)
    while trainer.epoch < recipe.epochs:
        start = time.monotonic()
        loss = trainer.run_epoch(batch)
        line = f"epoch {trainer.epoch}/{recipe.epochs} loss {loss:.4f}"
        if len(held.records) and (trainer.epoch % 5 == 0 or trainer.epoch == recipe.epochs):
            logits = predict(trainer.average, held_batch, device)
            superclasses = macro_auroc(held.y, logits, SUPERCLASSES)
            everything = macro_auroc(held.y, logits, experiment.labels)
            line += f" held-out macro-AUROC {superclasses:.4f} all {everything:.4f}"
        print(f"{line} {time.monotonic() - start:.0f} s", flush=True)
        save(checkpoint, trainer.state() | about)
    if len(held.records):
        ids = np.array([r.ecg_id for r in held.records])
        logits = predict(trainer.average, held_batch, device)
        np.savez(run / "predictions.npz", ecg_id=ids, logits=logits, holdout=holdout)


def data_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL, official layout or packed subset")
    parser.add_argument("--cache", type=Path, help="folder for the front end's output between runs")
    parser.add_argument("--waves", type=Path, nargs="*", default=[], help="JSON lines of bench/measure.ts")
    parser.add_argument("--beats", type=Path, nargs="*", default=[], help="the same, of its beats")
    parser.add_argument("--noise", type=Path, help="folder of nstdb, for recipes with noise")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    data_arguments(parser)
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and predictions")
    parser.add_argument("--folds", default="1-8")
    parser.add_argument("--holdout", default="")
    parser.add_argument("--experiment", default="base", choices=EXPERIMENTS)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    experiment = EXPERIMENTS[args.experiment].seeded(args.seed)
    if args.epochs is not None:
        experiment = replace(experiment, recipe=replace(experiment.recipe, epochs=args.epochs))
    data = load_dataset(args.data, args.cache, waves=args.waves)
    command = "python -m efficientecg.train " + " ".join(sys.argv[1:])
    train(data, experiment, args.run, args.folds, args.holdout, command, args.noise, args.beats)


if __name__ == "__main__":
    main()
