"""Trains a list of experiments one after another; killed and started again, it goes on where it stopped.

    python -m efficientecg.queue --data PTBXL --cache CACHE --waves W.jsonl ... --runs RUNS waves:7-8 waves::1

A job is EXPERIMENT:HOLDOUT[:SEED]; its run is RUNS/EXPERIMENT-sSEED-without-HOLDOUT. An empty holdout trains
on folds 1-8: RUNS/EXPERIMENT-sSEED-final. A finished job is passed over, a begun one goes on from its
last epoch.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from efficientecg.experiments import EXPERIMENTS
from efficientecg.pretrain import read_others
from efficientecg.ptbxl import load_dataset
from efficientecg.train import data_arguments, train

FOLDS = "1-8"


@dataclass(frozen=True)
class Job:
    """One training of the queue."""

    experiment: str
    holdout: str
    seed: int

    @property
    def name(self) -> str:
        return f"{self.experiment}-s{self.seed}-" + (f"without-{self.holdout}" if self.holdout else "final")


def parse_job(text: str) -> Job:
    """ "waves:7-8:1" -> Job("waves", "7-8", 1); raises ValueError for an unknown experiment or fold 9."""
    experiment, _, rest = text.partition(":")
    holdout, _, seed = rest.partition(":")
    if experiment not in EXPERIMENTS:
        raise ValueError(f"{text}: no experiment {experiment}, only {', '.join(EXPERIMENTS)}")
    return Job(experiment, holdout, int(seed or 0))


def parse_run(folder: str) -> Job | None:
    """The job of a run's folder that predicted held-out folds; None for any other folder."""
    name, _, holdout = folder.partition("-without-")
    experiment, _, seed = name.rpartition("-s")
    return Job(experiment, holdout, int(seed)) if holdout and seed.isdigit() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    data_arguments(parser)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("jobs", type=parse_job, nargs="+")
    args = parser.parse_args()
    data = load_dataset(args.data, args.cache, waves=args.waves)
    others = read_others(args.data, args.cinc2011, args.cache)
    for job in args.jobs:
        run = args.runs / job.name
        if (run / "predictions.npz").exists():
            continue
        print(job.name, flush=True)
        experiment = EXPERIMENTS[job.experiment].seeded(job.seed)
        command = f"python -m efficientecg.queue {job.experiment}:{job.holdout}:{job.seed}"
        train(data, experiment, run, FOLDS, job.holdout, command, args.noise, args.beats, others)


if __name__ == "__main__":
    main()
