"""Are the calibrated probabilities right? Slope, intercept and error, out of fold, without fold 9.

    python -m efficientecg.reliability --data PTBXL --model MODEL --predictions RUN/*/predictions.npz

Platt scaling is right by construction on the very predictions that it was fitted on. Here it is fitted on all
networks of the cross-validation but one and judged on that one's records, in turn: a network under its
sisters' calibration, as the one that ships is. What slope and intercept say: `recalibration.py`. The rows go
into `model.json`'s results.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from efficientecg.calibrate import platt
from efficientecg.evaluate import result
from efficientecg.labels import CODES
from efficientecg.metrics import Estimate, Floats, ece
from efficientecg.modelfile import write_json
from efficientecg.ptbxl import Dataset, labels_of, read_records
from efficientecg.recalibration import INTERCEPT, SLOPE, calibration_rows, row
from efficientecg.results import OUT_OF_FOLD as SET

ERROR = "ECE"
FEWEST_FOR_ERROR = 100
# As many records as fold 9 has: how much of its error is chance.
FEW = 256
REDRAWN = f"{SET}, {FEW} redrawn as calibrated"


def cross_fitted(y: Floats, logits: Floats, network: Floats) -> Floats:
    """Probabilities [n] of one label, each by a Platt scaling that saw nothing of its network."""
    found = np.zeros(len(y))
    for name in np.unique(network):
        own = network == name
        slope, intercept = platt(y[~own], logits[~own])
        found[own] = expit(slope * logits[own] + intercept)
    return found


def error_of_right_ones(probability: Floats, n: int, draws: int = 2000, seed: int = 0) -> Estimate:
    """The error that `n` records show although their probabilities are right: labels drawn from these."""
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        p = probability[generator.integers(len(probability), size=n)]
        found.append(ece((generator.random(n) < p).astype(float), p))
    low, high = np.percentile(found, [2.5, 97.5])
    return Estimate(float(np.mean(found)), float(low), float(high))


def rows(data: Dataset, logits: Floats, network: Floats) -> Iterator[dict[str, Any] | None]:
    """Rows of `results` of each label; the error where there are enough positives for ten bins."""
    for i, code in enumerate(CODES):
        y = data.y[:, i].astype(float)
        probability = cross_fitted(y, logits[:, i], network)
        if y.sum() >= FEWEST_FOR_ERROR:
            yield result(SET, "all", ERROR, code, ece, y, probability, data)
            yield row(REDRAWN, ERROR, code, FEW, None, error_of_right_ones(probability, FEW))
        yield from calibration_rows(SET, code, y, probability, data.patients)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    parts = [np.load(path) for path in args.predictions]
    ids = np.concatenate([part["ecg_id"] for part in parts])
    network = np.concatenate([np.full(len(part["ecg_id"]), n) for n, part in enumerate(parts)])
    by_id = {record.ecg_id: record for record in read_records(args.data) if record.fold <= 8}
    records = [by_id[i] for i in ids]
    nothing = np.zeros((len(records), 0), np.float32)
    data = Dataset(records, nothing, nothing, nothing, nothing, labels_of(records, args.data), nothing)
    found = [each for each in rows(data, np.concatenate([part["logits"] for part in parts]), network) if each]
    path = args.model / "model.json"
    model = json.loads(path.read_text(encoding="utf-8"))
    ours = {SLOPE, INTERCEPT, ERROR}
    model["results"] = [
        *(old for old in model["results"] if old["set"] not in (SET, REDRAWN) or old["metric"] not in ours),
        *found,
    ]
    write_json(path, model)
    for each in found:
        estimate = f"{each['value']:.3f} ({each['low']:.3f} to {each['high']:.3f})"
        print(f"{each['set']}: {each['label']} {each['metric']} {estimate}")


if __name__ == "__main__":
    main()
