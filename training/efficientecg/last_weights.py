"""What averaging the weights (EMA) gives: the predictions of the last weights, as an experiment of their own.

    python -m efficientecg.last_weights --data PTBXL --cache CACHE --waves W.jsonl ... --runs RUNS

reads the checkpoints of RUNS/waves-s*-without-*, which hold both, and writes RUNS/waves-last-s*-without-*.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from efficientecg.networks import build
from efficientecg.ptbxl import load_dataset
from efficientecg.queue import parse_run
from efficientecg.split import parse_folds
from efficientecg.train import data_arguments
from efficientecg.trainer import predict, tensors

AVERAGED, LAST = "waves", "waves-last"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    data_arguments(parser)
    parser.add_argument("--runs", type=Path, required=True)
    args = parser.parse_args()
    data = load_dataset(args.data, args.cache, waves=args.waves)
    for run in sorted(args.runs.glob(f"{AVERAGED}-s*-without-*")):
        job = parse_run(run.name)
        if job is None or job.experiment != AVERAGED or not (run / "predictions.npz").exists():
            continue
        state = torch.load(run / "last.pt", map_location="cpu", weights_only=True)
        network = build(state["architecture"], len(state["labels"]))
        network.load_state_dict(state["network"])
        held = data.take(np.flatnonzero(np.isin(data.folds, sorted(parse_folds(job.holdout)))))
        logits = predict(network, tensors(held, tuple(state["labels"])), torch.device("cpu"))
        out = args.runs / run.name.replace(AVERAGED, LAST, 1)
        out.mkdir(exist_ok=True)
        ids = np.array([record.ecg_id for record in held.records])
        np.savez(out / "predictions.npz", ecg_id=ids, logits=logits, holdout=job.holdout)


if __name__ == "__main__":
    main()
