"""Trains one network; resumes from the run's last checkpoint; predicts the folds that were held out.

    python -m efficientecg.train --data PTBXL --run RUN [--holdout 7-8] [--experiment waves --waves W.jsonl]

Without --holdout it trains on all of --folds (the network that ships). With it, those folds are left
out, and the finished run writes their logits to RUN/predictions.npz for `calibrate.py`.
How a network learns stands in `trainer.py`.
"""

import argparse
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from delineator.data import read_noise
from efficientecg.beats import with_codes
from efficientecg.distil import lessons
from efficientecg.experiments import EXPERIMENTS, Experiment, Recipe
from efficientecg.labels import SUPERCLASSES
from efficientecg.metrics import macro_auroc
from efficientecg.model import EfficientECG
from efficientecg.networks import build
from efficientecg.pretrain import pretrained, read_others
from efficientecg.ptbxl import Dataset, load_dataset
from efficientecg.split import parse_folds, split_by_fold
from efficientecg.trainer import Trainer, predict, save, tensors


def noise_for(recipe: Recipe, folder: Path | None) -> Tensor | None:
    """The first halves of nstdb's records, where the recipe asks for noise."""
    if recipe.noise == 0:
        return None
    if folder is None:
        raise SystemExit("this recipe adds noise: --noise NSTDB")
    return torch.from_numpy(read_noise(folder))


def train(
    data: Dataset, experiment: Experiment, run: Path, folds: str, holdout: str, command: str,
    noise: Path | None = None, beats: list[Path] | None = None, others: Dataset | None = None,
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
    network = build(experiment.architecture, len(experiment.labels), recipe.drop_path)
    if recipe.pretrain and isinstance(network, EfficientECG):
        pretrained(network, kept, others, recipe.pretrain, recipe.seed, run / "pretrained.pt")
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
    if recipe.taught and trainer.epoch < recipe.epochs:
        targets = lessons(kept, len(experiment.labels), recipe, run.parent, holdout)
        batch = replace(batch, y=torch.from_numpy(targets))
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
    parser.add_argument("--cinc2011", type=Path, help="folder of CinC 2011, for recipes that pre-train")


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
    others = read_others(args.data, args.cinc2011, args.cache)
    train(data, experiment, args.run, args.folds, args.holdout, command, args.noise, args.beats, others)


if __name__ == "__main__":
    main()
