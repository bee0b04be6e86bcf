"""Opens a held-out fold for a release: scores the *shipped* weights and writes `model.json`'s results.

    python -m efficientecg.evaluate --data PTBXL --model ../public/models/efficientecg --out-of-fold FINAL_RUN

Every figure comes with a 95 % interval from resampling patients 2,000 times, over all records and over
those with raw signals alone (see the data's README on the two kinds). Nothing is chosen on what this prints.
"""

import argparse
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.special import expit

from efficientecg import metrics
from efficientecg.labels import CODES, LABELS, SUPERCLASSES
from efficientecg.metrics import Floats, Metric, bootstrap
from efficientecg.modelfile import write_json
from efficientecg.ptbxl import Dataset, labels_of, load_dataset
from efficientecg.reference import ShippedNetwork, load
from efficientecg.views import VIEWS, View

RHYTHM = tuple(label.code for label in LABELS if label.group == "rhythm")
MACROS = {"macro-superclass": SUPERCLASSES, "macro-all": CODES}


def shipped_logits(network: ShippedNetwork, data: Dataset, view: View) -> Floats:
    """Logits [n, labels] of the shipped network."""
    parts = []
    for rows in np.array_split(np.arange(len(data.records)), max(1, len(data.records) // 32)):
        batch = view(data.take(rows))
        inputs = (batch.x.transpose(0, 2, 1), batch.mask, batch.age, batch.sex)
        parts.append(network.forward(*map(torch.from_numpy, inputs)).logits.numpy())
    return np.concatenate(parts)


def calibrated(logits: Floats, model: dict[str, Any]) -> Floats:
    slope = np.array([label["calibration"]["slope"] for label in model["labels"]])
    intercept = np.array([label["calibration"]["intercept"] for label in model["labels"]])
    probabilities: Floats = expit(slope * logits + intercept)
    return probabilities


def result(
    name: str, signals: str, metric: str, label: str, function: Metric,
    y: Floats, score: Floats, data: Dataset,
) -> dict[str, Any] | None:  # fmt: skip
    """One row of `results`; None where the metric is undefined (no positive record, say)."""
    estimate = bootstrap(function, y, score, data.patients)
    if not np.isfinite([estimate.value, estimate.low, estimate.high]).all():
        return None
    return {
        "set": name, "signals": signals, "metric": metric, "label": label, "n": len(y),
        "positives": int(y.sum()) if y.ndim == 1 else None,
        "value": round(estimate.value, 4), "low": round(estimate.low, 4), "high": round(estimate.high, 4),
    }  # fmt: skip


def macro_rows(
    name: str, signals: str, macros: dict[str, tuple[str, ...]], data: Dataset, logits: Floats
) -> Iterator[dict[str, Any] | None]:
    for macro, codes in macros.items():

        def mean_auroc(y: Floats, score: Floats, codes: tuple[str, ...] = codes) -> float:
            return metrics.macro_auroc(y, score, codes)

        yield result(name, signals, "AUROC", macro, mean_auroc, data.y, logits, data)


def label_rows(
    name: str, signals: str, data: Dataset, logits: Floats, model: dict[str, Any]
) -> Iterator[dict[str, Any] | None]:
    """All metrics of all labels."""
    probabilities = calibrated(logits, model)
    for i, label in enumerate(model["labels"]):
        y, probability = data.y[:, i], probabilities[:, i]
        if not y.any():
            continue
        present = (probability >= label["threshold"]).astype(float)
        for metric, function, score in (
            ("AUROC", metrics.auroc, probability),
            ("AUPRC", metrics.auprc, probability),
            ("F1", metrics.f1, present),
            ("sensitivity", metrics.sensitivity, present),
            ("specificity", metrics.specificity, present),
            ("ECE", metrics.ece, probability),
        ):
            yield result(name, signals, metric, label["code"], function, y, score, data)


def all_rows(
    data: Dataset, out_of_fold: Dataset, oof_logits: Floats, model: dict[str, Any],
    network: ShippedNetwork, root: Path, fold: int,
) -> Iterator[dict[str, Any] | None]:  # fmt: skip
    name, oof_name = f"PTB-XL fold {fold}", "PTB-XL folds 1–8, out of fold"
    logits = shipped_logits(network, data, VIEWS["as recorded"])
    for signals, keep in (("all", np.ones(len(data.records), bool)), ("raw", data.raw)):
        rows = np.flatnonzero(keep)
        yield from macro_rows(name, signals, MACROS, data.take(rows), logits[rows])
        yield from label_rows(name, signals, data.take(rows), logits[rows], model)
        rows = np.flatnonzero(out_of_fold.raw if signals == "raw" else np.ones(len(oof_logits), bool))
        yield from macro_rows(oof_name, signals, MACROS, out_of_fold.take(rows), oof_logits[rows])
    stated = labels_of(data.records, root, at_least=50)
    for code in SUPERCLASSES[1:]:
        i = CODES.index(code)
        y, score = stated[:, i], logits[:, i]
        yield result(f"{name}, likelihood ≥ 50 %", "all", "AUROC", code, metrics.auroc, y, score, data)
    for view_name, view in VIEWS.items():
        if view_name == "as recorded":
            continue
        macros = {"macro-rhythm": RHYTHM} if view.drops_leads else MACROS
        seen = shipped_logits(network, data, view)
        yield from macro_rows(f"{name}, {view_name}", "all", macros, data, seen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out-of-fold", type=Path, required=True, help="folder that calibrate.py wrote to")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--fold", type=int, default=9)
    args = parser.parse_args()

    model, network = load(args.model)
    everything = load_dataset(args.data, args.cache)
    with np.load(args.out_of_fold / "out_of_fold.npz") as arrays:
        ids, oof_logits = arrays["ecg_id"], arrays["logits"]
    position = {record.ecg_id: i for i, record in enumerate(everything.records)}
    out_of_fold = everything.take(np.array([position[i] for i in ids]))
    data = everything.take(np.flatnonzero(everything.folds == args.fold))
    if set(out_of_fold.patients) & set(data.patients):
        raise SystemExit("a patient is on both sides")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # resamples without a positive record
        rows = all_rows(data, out_of_fold, oof_logits, model, network, args.data, args.fold)
        model["results"] = [row for row in rows if row]
    write_json(args.model / "model.json", model)
    for row in model["results"]:
        if row["label"].startswith("macro"):
            print(f"{row['set']} ({row['signals']}) {row['label']} n {row['n']}: "
                  f"{row['value']:.3f} ({row['low']:.3f}–{row['high']:.3f})")  # fmt: skip


if __name__ == "__main__":
    main()
