"""Adds statements to a trained network: a linear head for each on its features, which stay as they are.

    python -m efficientecg.extend --data PTBXL --cache CACHE --waves W.jsonl ... --runs RUNS

reads RUNS/waves-s0-* and writes RUNS/extended-s0-*, with the checkpoints and predictions of a training. What
the network said before, it says unchanged; trained together, the new statements were no better and the old
ones a little worse (docs/training.md). Each head is a logistic regression on its network's training folds.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.optimize import minimize
from scipy.special import expit

from efficientecg.experiments import SHIPPED
from efficientecg.labels import CODES
from efficientecg.metrics import Floats
from efficientecg.out_of_fold import read_network, score
from efficientecg.ptbxl import Dataset, load_dataset
from efficientecg.split import parse_folds, split_by_fold
from efficientecg.train import data_arguments
from efficientecg.trainer import save

TRUNK = "waves"
PENALTY = 0.1  # out of fold no worse than 0.01, 0.3 and 1 on any of the eight by more than 0.008


@dataclass(frozen=True)
class Head:
    """Weights [labels, features] and biases [labels]."""

    weight: Floats
    bias: Floats


def fit_label(x: Floats, y: Floats, penalty: float = PENALTY) -> Floats:
    """Logistic regression on x [n, features + 1], whose last column is 1; L2 penalty on all but that."""

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        shrunk = penalty * np.append(w[:-1], 0)
        value = np.mean(np.logaddexp(0, z) - y * z) + shrunk @ w / 2
        return float(value), x.T @ (expit(z) - y) / len(y) + shrunk

    found: Floats = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    ).x
    return found


def fit_head(features: Floats, y: Floats) -> Head:
    """Heads for y [n, labels], fitted on standardised features and given for those as they are."""
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    x = np.column_stack([(features - mean) / deviation, np.ones(len(features))])
    fitted = np.stack([fit_label(x, column) for column in y.T])
    weight = fitted[:, :-1] / deviation
    return Head(weight, fitted[:, -1] - weight @ mean)


def extended(state: dict[str, Any], head: Head) -> dict[str, Any]:
    """A checkpoint that says the statements of `head` after its own."""
    average = dict(state["ema"])
    for name, more in (("logits.weight", head.weight), ("logits.bias", head.bias)):
        average[name] = torch.cat([average[name], torch.from_numpy(more).float()])
    kept = {key: state[key] for key in ("architecture", "recipe", "folds", "holdout", "seed", "epoch")}
    counts = {key: state[key] for key in ("records", "patients")}
    command = f"{state['command']}; python -m efficientecg.extend"
    return kept | counts | {"labels": list(CODES), "ema": average, "command": command}


def extend(run: Path, out: Path, data: Dataset) -> None:
    state = torch.load(run / "last.pt", map_location="cpu", weights_only=True)
    left_out, said = parse_folds(state["holdout"]), len(state["labels"])
    kept, held = split_by_fold(data, parse_folds(state["folds"]) - left_out, left_out)
    head = fit_head(score(read_network(run), kept).last, kept.y[:, said:])
    out.mkdir(parents=True, exist_ok=True)
    save(out / "last.pt", extended(state, head))
    if len(held.records):
        ids = np.array([record.ecg_id for record in held.records])
        logits = score(read_network(out), held).logits
        np.savez(out / "predictions.npz", ecg_id=ids, logits=logits, holdout=state["holdout"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    data_arguments(parser)
    parser.add_argument("--runs", type=Path, required=True)
    args = parser.parse_args()
    data = load_dataset(args.data, args.cache, waves=args.waves)
    for run in sorted(args.runs.glob(f"{TRUNK}-s0-*")):
        out = run.with_name(run.name.replace(TRUNK, SHIPPED, 1))
        extend(run, out, data)
        print(out.name, flush=True)


if __name__ == "__main__":
    main()
