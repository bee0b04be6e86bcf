"""Networks that are trained already teach another: their averaged logits become a share of its targets.

Distillation after Hinton, Vinyals and Dean 2015, of an ensemble of two architectures. A teacher must have
been trained without the folds that its pupil leaves out, else what it knows of them would leak into the
pupil: `teachers` refuses any other. They are asked once, about whole records with all leads, age, sex and R/P
features, whatever the pupil is shown. They have seen these very records and are surer of them than of new
ones, but not by much (cross entropy 0.102 of them, 0.131 out of fold; the mean probability of a PVC that is
there 0.80 and 0.63), and no temperature from 0.8 to 3 makes their average better out of fold: there is none.
"""

from pathlib import Path

import numpy as np
import torch
from scipy.special import expit

from efficientecg.experiments import EXPERIMENTS, Recipe
from efficientecg.metrics import Floats
from efficientecg.networks import build
from efficientecg.ptbxl import Dataset
from efficientecg.split import parse_folds
from efficientecg.trainer import predict, tensors

TEACHERS = ("waves", "wang")


def teachers(runs: Path, holdout: str) -> dict[str, list[Path]]:
    """Architecture -> checkpoints of its finished trainings without `holdout`, all seeds that there are.

    Raises FileNotFoundError where an architecture has none, ValueError where one saw a fold of `holdout`.
    """
    end = f"without-{holdout}" if holdout else "final"
    found = {}
    for name in TEACHERS:
        states = sorted(runs.glob(f"{name}-s[0-9]*-{end}/last.pt"))
        found[name] = [path for path in states if finished(path, holdout)]
        if not found[name]:
            raise FileNotFoundError(f"no finished training {name}-s*-{end} in {runs}")
    return found


def finished(path: Path, holdout: str) -> bool:
    """Whether a training is over; raises ValueError where it was not without the folds of `holdout`."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    if not parse_folds(holdout) <= parse_folds(state["holdout"]):
        raise ValueError(
            f"{path} has seen some of the folds {holdout}: it left out {state['holdout'] or 'none'}"
        )
    over: bool = state["epoch"] == EXPERIMENTS[path.parent.name.partition("-s")[0]].recipe.epochs
    return over


def logits_of(checkpoint: Path, data: Dataset) -> Floats:
    """What one network says of whole records [n, its labels]."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network = build(state["architecture"], len(state["labels"]))
    network.load_state_dict(state["ema"])
    return predict(network, tensors(data), torch.device("cpu"))


def averaged(of: dict[str, list[Floats]]) -> Floats:
    """The mean over the architectures of the mean over each one's seeds: no architecture counts twice."""
    return np.mean([np.mean(seeds, axis=0) for seeds in of.values()], axis=0)


def taught(y: Floats, logits: Floats, recipe: Recipe) -> Floats:
    """Targets [n, labels]: a share `recipe.taught` of the teachers' probabilities, the rest the labels.

    Binary cross entropy is linear in its target: this is (1 - share) of the labels' loss and share of theirs.
    """
    share = recipe.taught
    return ((1 - share) * y + share * expit(logits)).astype(np.float32)


def lessons(data: Dataset, labels: int, recipe: Recipe, runs: Path, holdout: str) -> Floats:
    """Targets [n, labels] of the records of a training that leaves out `holdout`; teachers lie in `runs`."""
    said = {
        name: [logits_of(path, data)[:, :labels] for path in paths]
        for name, paths in teachers(runs, holdout).items()
    }
    print("taught by " + ", ".join(f"{len(seeds)} {name}" for name, seeds in said.items()), flush=True)
    return taught(data.y[:, :labels], averaged(said), recipe)
