"""Trains the delineator, on all of LUDB or without one fold, and predicts that fold.

    python -m delineator.train --cache CACHE --run RUN --holdout 0 --steps 400

A killed training goes on from its last checkpoint. RUN gets `last.pt`, `log.jsonl` and, with --holdout,
`predictions.npz`: logits float16 [R, 12, classes, N] of the held-out records.
"""

import argparse
import copy
import json
import shlex
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from delineator.augment import Settings, View, view
from delineator.config import ARCHITECTURE, IGNORED
from delineator.data import Examples, folds, load
from delineator.model import UNet, context, delineate, multiple

STEPS_PER_EPOCH = 25


def masked_loss(logits: Tensor, classes: Tensor) -> Tensor:
    """Cross-entropy over the samples that were marked: logits [B, C, T], classes [B, T], IGNORED left out."""
    return cross_entropy(logits, classes.long(), ignore_index=IGNORED)


def rows_of(batch: View) -> tuple[Tensor, Tensor]:
    """The rows to learn from: x [R, 3, T] and classes [R, T]."""
    x, mask = torch.from_numpy(batch.x), torch.from_numpy(batch.mask)
    shared = context(x, mask)[:, None].expand(-1, x.shape[1], -1, -1)
    learn = torch.from_numpy(batch.learn)
    return torch.cat([x[:, :, None], shared], 2)[learn], torch.from_numpy(batch.classes)[learn]


def update_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Exponential moving average of weights and batch norm's statistics."""
    with torch.no_grad():
        for old, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if old.dtype.is_floating_point:
                old.lerp_(new, 1 - decay)
            else:
                old.copy_(new)


def z_scored(mv: NDArray[np.float32]) -> Tensor:
    """[L, N] in mV after the filter -> as the network sees it."""
    return torch.from_numpy((mv - mv.mean(1, keepdims=True)) / np.maximum(mv.std(1, keepdims=True), 1e-3))


@torch.no_grad()
def predict(network: UNet, examples: Examples) -> NDArray[np.float16]:
    """Logits [R, 12, classes, N]."""
    network.eval()
    block = multiple(network.architecture)
    everything = [delineate(network, z_scored(mv), torch.ones(len(mv)), block) for mv in examples.mv]
    return torch.stack(everything).numpy().astype(np.float16)


def accuracy(logits: NDArray[np.float16], examples: Examples) -> dict[str, float]:
    """Loss and the share of marked samples whose class is right."""
    rows = torch.from_numpy(logits.astype(np.float32)).flatten(0, 1)
    classes = torch.from_numpy(examples.classes).flatten(0, 1)
    known = classes != IGNORED
    right = (rows.argmax(1) == classes)[known].float().mean()
    return {"loss": float(masked_loss(rows, classes)), "accuracy": float(right)}


def train(args: argparse.Namespace) -> None:
    examples, bank = load(args.cache)
    of = folds(examples.names)
    held = np.array([of[name] == args.holdout for name in examples.names])
    training, validation = examples.take(np.flatnonzero(~held)), examples.take(np.flatnonzero(held))
    extra = [load_simulated(path) for path in args.extra]
    torch.manual_seed(args.seed)
    draw = np.random.default_rng(args.seed)
    architecture = json.loads(args.architecture.read_text()) if args.architecture else ARCHITECTURE
    network = UNet(architecture)
    if args.start:
        start = torch.load(args.start / "last.pt", map_location="cpu", weights_only=False)
        if start["holdout"] != args.holdout:
            raise SystemExit(f"{args.start} held out fold {start['holdout']}, not {args.holdout}")
        network.load_state_dict(start["ema"])
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), lr=args.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.rate, args.steps, pct_start=0.2)
    args.run.mkdir(parents=True, exist_ok=True)
    checkpoint, step = args.run / "last.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location="cpu", weights_only=False)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["ema"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        draw.bit_generator.state = state["draw"]
        step = state["step"]
    settings = Settings()
    began, losses = time.time(), []
    while step < args.steps:
        network.train()
        source = extra[draw.integers(len(extra))] if extra and draw.random() < args.share else training
        rows = draw.integers(0, len(source.names), args.records)
        x, classes = rows_of(view(source, rows, bank, settings, draw))
        loss = masked_loss(network(x), classes)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        step += 1
        update_average(average, network, min(0.995, (1 + step) / (10 + step)))
        losses.append(loss.item())
        if step % STEPS_PER_EPOCH == 0 or step == args.steps:
            entry: dict[str, Any] = {"step": step, "train": float(np.mean(losses)), "s": time.time() - began}
            if len(validation.names) and (step % (8 * STEPS_PER_EPOCH) == 0 or step == args.steps):
                entry |= accuracy(predict(average, validation), validation)
            losses = []
            with (args.run / "log.jsonl").open("a") as log:
                log.write(json.dumps(entry) + "\n")
            print(json.dumps(entry), flush=True)
            state = {
                "network": network.state_dict(), "ema": average.state_dict(),
                "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
                "draw": draw.bit_generator.state, "step": step, "architecture": architecture,
                "records": len(training.names), "seed": args.seed, "holdout": args.holdout,
                "command": "python -m delineator.train " + shlex.join(sys.argv[1:]),
            }  # fmt: skip
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
    if len(validation.names):
        np.savez(args.run / "predictions.npz", names=validation.names, logits=predict(average, validation))


def load_simulated(path: Path) -> Examples:
    """What `simulated.py` wrote."""
    with np.load(path) as file:
        return Examples(list(file["names"]), file["mv"], file["classes"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, help="written by delineator.data")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--holdout", type=int, default=-1, help="fold left out; -1: none")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--records", type=int, default=13, help="records a step; up to 5 leads of each")
    parser.add_argument("--rate", type=float, default=6e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--architecture", type=Path, help="JSON instead of config.py's")
    parser.add_argument("--start", type=Path, help="run to begin from, of the same holdout")
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="simulated examples")
    parser.add_argument("--share", type=float, default=0.15, help="of the steps that take --extra")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
