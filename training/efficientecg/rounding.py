"""What the shorter weights of a release cost, paired, out of fold: some bits of the mantissa against all.

    python -m efficientecg.rounding --data PTBXL --cache CACHE --waves W.jsonl ... --runs RUNS

Each checkpoint RUNS/EXPERIMENT-s*-without-* is folded and shortened as `modelfile.py` does it, and reads the
folds that it was not trained on; its own `predictions.npz` are those of the weights as trained.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from efficientecg.config import LEADS
from efficientecg.fold import fold
from efficientecg.metrics import macro_auroc
from efficientecg.model import EfficientECG
from efficientecg.modelfile import MANTISSA_BITS, shortened
from efficientecg.ptbxl import Dataset, load_dataset
from efficientecg.queue import parse_run
from efficientecg.reference import ShippedNetwork
from efficientecg.split import parse_folds
from efficientecg.train import data_arguments

BATCH = 64


def logits_of(network: ShippedNetwork, data: Dataset) -> NDArray[np.float32]:
    """[n, labels]"""
    arrays = (data.x.transpose(0, 2, 1), data.mask, data.age, data.sex, data.waves)
    given = [torch.from_numpy(np.ascontiguousarray(a)) for a in arrays]
    parts = [network.forward(*(a[i : i + BATCH] for a in given)).logits for i in range(0, len(data.y), BATCH)]
    return torch.cat(parts).numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    data_arguments(parser)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--experiment", default="extended")
    parser.add_argument("--bits", type=int, default=MANTISSA_BITS)
    args = parser.parse_args()
    data = load_dataset(args.data, args.cache, waves=args.waves)
    found, trained, rows = [], [], []
    for run in sorted(args.runs.glob(f"{args.experiment}-s*-without-*")):
        job = parse_run(run.name)
        if job is None or job.experiment != args.experiment or not (run / "predictions.npz").exists():
            continue
        state = torch.load(run / "last.pt", map_location="cpu", weights_only=True)
        labels = tuple(state["labels"])
        network = EfficientECG(state["architecture"], len(LEADS), len(labels))
        network.load_state_dict(state["ema"])
        weights = {n: shortened(w, args.bits).astype(np.float32) for n, w in fold(network.eval()).items()}
        held = np.flatnonzero(np.isin(data.folds, sorted(parse_folds(job.holdout))))
        part = data.take(held)
        with np.load(run / "predictions.npz") as saved:
            before = dict(zip(saved["ecg_id"].tolist(), saved["logits"], strict=True))
        ours = logits_of(ShippedNetwork(state["architecture"], weights), part)
        theirs = np.stack([before[record.ecg_id] for record in part.records])
        y = part.y[:, : len(labels)]
        moved = np.abs(1 / (1 + np.exp(-ours)) - 1 / (1 + np.exp(-theirs)))
        a, b = macro_auroc(y, ours, labels), macro_auroc(y, theirs, labels)
        print(f"{run.name}: macro-AUROC {a:.5f} against {b:.5f}; "
              f"probabilities move by {moved.mean():.5f}, at most {moved.max():.3f}", flush=True)  # fmt: skip
        found.append(ours)
        trained.append(theirs)
        rows.append(y)
    y, ours, theirs = np.concatenate(rows), np.concatenate(found), np.concatenate(trained)
    a, b = macro_auroc(y, ours, labels), macro_auroc(y, theirs, labels)
    print(f"{args.bits} bits, {len(y)} records: macro-AUROC {a:.5f} against {b:.5f}, difference {a - b:+.5f}")


if __name__ == "__main__":
    main()
