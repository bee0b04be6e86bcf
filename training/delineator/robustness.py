"""How the networks of the cross-validation do with one lead alone, and with noise that they have not heard.

    python -m delineator.robustness --data DATA --cache CACHE --runs RUNS/c? --out FILE

Noise is the second half of each nstdb record, mixed anew for every lead, at a ratio of the powers between
0.5 and 40 Hz; stretches of `em` without noise are not counted out. Each record is seen by the network that
was not trained on it.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from delineator import score
from delineator.config import CLASSES, LEADS, WAVES
from delineator.data import NOISES, Examples, folds, load, read_noise
from delineator.evaluate import to_waves
from delineator.ludb import LeadMarks, Wave, read_marks
from delineator.model import UNet, delineate, multiple
from delineator.post import waves
from delineator.train import z_scored

DECIBELS = (24, 12, 6)
Find = Callable[[UNet, NDArray[np.float32]], dict[str, list[Wave]]]


@torch.no_grad()
def all_leads(network: UNet, mv: NDArray[np.float32]) -> dict[str, list[Wave]]:
    logits = delineate(network, z_scored(mv), torch.ones(len(mv)), multiple(network.architecture))
    return to_waves(waves(logits.numpy()))


def each_alone(network: UNet, mv: NDArray[np.float32]) -> dict[str, list[Wave]]:
    """Every lead delineated as if it were the only one recorded."""
    found = {}
    for index, lead in enumerate(LEADS):
        with torch.no_grad():
            x = z_scored(mv[index : index + 1])
            logits = delineate(network, x, torch.ones(1), multiple(network.architecture)).numpy()
        rest = np.zeros((len(LEADS), *logits.shape[1:]), np.float32)
        rest[index] = logits[0]
        found[lead] = to_waves(waves(rest, np.arange(len(LEADS)) == index))[lead]
    return found


def with_noise(noise: NDArray[np.float32], decibel: float, draw: np.random.Generator) -> Find:
    """Noise of one kind [2, N] added to every lead, then all leads."""

    def find(network: UNet, mv: NDArray[np.float32]) -> dict[str, list[Wave]]:
        samples = mv.shape[1]
        starts = draw.integers(0, noise.shape[1] - samples, 2)
        channels = np.stack([noise[c, start : start + samples] for c, start in enumerate(starts)])
        angle = draw.uniform(0, 2 * np.pi, len(mv))
        mixed = np.stack([np.cos(angle), np.sin(angle)], 1) @ channels
        scale = mv.std(1) / mixed.std(1) * 10 ** (-decibel / 20)
        return all_leads(network, (mv + scale[:, None] * mixed).astype(np.float32))

    return find


def measure(
    networks: dict[int, UNet], examples: Examples, marks: dict[str, dict[str, LeadMarks]], find: Find
) -> dict[str, float]:
    """F1 of each wave's boundaries (LUDB convention), six-boundary F1, number of records."""
    of = folds(examples.names)
    ludb, strict = [], []
    for name, mv in zip(examples.names, examples.mv, strict=True):
        if of[name] not in networks:
            continue
        found = find(networks[of[name]], mv)
        ludb.append(score.score_record(marks[name], found, score.ludb_tolerance))
        strict.append(score.score_record(marks[name], found, score.strict_tolerance))
    total = score.add_up(ludb)
    out = {
        CLASSES[kind]: float(np.mean([total[kind, which].f1 for which in score.BOUNDARIES])) for kind in WAVES
    }
    six = float(np.mean([tally.f1 for tally in score.add_up(strict).values()]))
    return out | {"six-boundary": six, "records": len(ludb)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds ludb/ and nstdb/")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    examples, _ = load(args.cache)
    networks = {}
    for run in args.runs:
        state = torch.load(run / "last.pt", map_location="cpu", weights_only=False)
        network = UNet(state["architecture"]).eval()
        network.load_state_dict(state["ema"])
        networks[state["holdout"]] = network
    of = folds(examples.names)
    marks = {name: read_marks(args.data / "ludb", name) for name in examples.names if of[name] in networks}
    bank = read_noise(args.data / "nstdb", 1)
    draw = np.random.default_rng(0)
    conditions: dict[str, Find] = {"12 leads, as recorded": all_leads, "each lead alone": each_alone}
    for kind, noise in zip(NOISES, bank, strict=True):
        for decibel in DECIBELS:
            conditions[f"{kind} noise at {decibel} dB"] = with_noise(noise, decibel, draw)
    rows = []
    for name, find in conditions.items():
        rows.append({"condition": name, **measure(networks, examples, marks, find)})
        print(rows[-1], flush=True)
    args.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
