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
from numpy.typing import NDArray
from scipy.special import expit

from efficientecg import metrics
from efficientecg.labels import CODES, LABELS, SUPERCLASSES
from efficientecg.metrics import Floats, Metric, bootstrap
from efficientecg.modelfile import write_json
from efficientecg.ptbxl import Dataset, labels_of, load_dataset
from efficientecg.recalibration import calibration_rows
from efficientecg.reference import ShippedNetwork, load
from efficientecg.results import OUT_OF_FOLD
from efficientecg.views import VIEWS, View
from efficientecg.waves import wave_settings

RHYTHM = tuple(label.code for label in LABELS if label.group == "rhythm")
MACROS = {"macro-superclass": SUPERCLASSES, "macro-all": CODES}


def shipped_logits(network: ShippedNetwork, data: Dataset, view: View) -> Floats:
    """Logits [n, labels] of the shipped network."""
    parts = []
    for rows in np.array_split(np.arange(len(data.records)), max(1, len(data.records) // 32)):
        batch = view(data.take(rows))
        inputs = (batch.x.transpose(0, 2, 1), batch.mask, batch.age, batch.sex, batch.waves)
        parts.append(network.forward(*map(torch.from_numpy, inputs)).logits.numpy())
    return np.concatenate(parts)


def calibrated(logits: Floats, model: dict[str, Any]) -> Floats:
    slope = np.array([label["calibration"]["slope"] for label in model["labels"]])
    intercept = np.array([label["calibration"]["intercept"] for label in model["labels"]])
    probabilities: Floats = expit(slope * logits + intercept)
    return probabilities


def kinds(data: Dataset) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Rows of all records, and of those with raw signals."""
    yield "all", np.arange(len(data.records))
    yield "raw", np.flatnonzero(data.raw)


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


def ranking_rows(name: str, signals: str, data: Dataset, logits: Floats) -> Iterator[dict[str, Any] | None]:
    """AUROC and AUPRC of all labels: what no threshold or calibration touches."""
    for i, code in enumerate(CODES):
        y, score = data.y[:, i], logits[:, i]
        if y.any():
            yield result(name, signals, "AUROC", code, metrics.auroc, y, score, data)
            yield result(name, signals, "AUPRC", code, metrics.auprc, y, score, data)


def decision_rows(
    name: str, signals: str, data: Dataset, logits: Floats, model: dict[str, Any]
) -> Iterator[dict[str, Any] | None]:
    """How good the calibrated probabilities and the calls at the threshold are."""
    probabilities = calibrated(logits, model)
    for i, label in enumerate(model["labels"]):
        code, y, probability = label["code"], data.y[:, i], probabilities[:, i]
        present = (probability >= label["threshold"]).astype(float)
        if y.any():
            yield result(name, signals, "F1", code, metrics.f1, y, present, data)
            yield result(name, signals, "sensitivity", code, metrics.sensitivity, y, present, data)
            yield result(name, signals, "specificity", code, metrics.specificity, y, present, data)
            yield result(name, signals, "ECE", code, metrics.ece, y, probability, data)


def release_rows(
    name: str, data: Dataset, model: dict[str, Any], network: ShippedNetwork, root: Path
) -> Iterator[dict[str, Any] | None]:
    """The held-out fold: all metrics, on raw signals too, calibration, by likelihood, with less to see."""
    logits = shipped_logits(network, data, VIEWS["as recorded"])
    for signals, rows in kinds(data):
        part = data.take(rows)
        yield from macro_rows(name, signals, MACROS, part, logits[rows])
        yield from ranking_rows(name, signals, part, logits[rows])
        yield from decision_rows(name, signals, part, logits[rows], model)
    probabilities = calibrated(logits, model)
    for i, code in enumerate(CODES):
        yield from calibration_rows(
            name, code, data.y[:, i].astype(float), probabilities[:, i], data.patients
        )
    stated = labels_of(data.records, root, at_least=50)
    for code in SUPERCLASSES[1:]:
        y, score = stated[:, CODES.index(code)], logits[:, CODES.index(code)]
        yield result(f"{name}, likelihood ≥ 50 %", "all", "AUROC", code, metrics.auroc, y, score, data)
    for view_name, view in VIEWS.items():
        if view_name != "as recorded":
            macros = {"macro-rhythm": RHYTHM} if view.drops_leads else MACROS
            seen = shipped_logits(network, data, view)
            yield from macro_rows(f"{name}, {view_name}", "all", macros, data, seen)


def out_of_fold_rows(data: Dataset, logits: Floats) -> Iterator[dict[str, Any] | None]:
    """The networks of the cross-validation, each on what it had not seen: many more records."""
    for signals, rows in kinds(data):
        yield from macro_rows(OUT_OF_FOLD, signals, MACROS, data.take(rows), logits[rows])
        yield from ranking_rows(OUT_OF_FOLD, signals, data.take(rows), logits[rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out-of-fold", type=Path, required=True, help="folder that calibrate.py wrote to")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--waves", type=Path, nargs="*", default=[], help="JSON lines of bench/measure.ts")
    parser.add_argument("--fold", type=int, default=9)
    args = parser.parse_args()

    model, network = load(args.model)
    if model["input"].get("waves", wave_settings()) != wave_settings() or (
        model["featuresVersion"] > 0 and not args.waves
    ):
        raise SystemExit("this network takes wave features: --waves, as this training scales them")
    everything = load_dataset(args.data, args.cache, waves=args.waves)
    with np.load(args.out_of_fold / "out_of_fold.npz") as arrays:
        ids, oof_logits = arrays["ecg_id"], arrays["logits"]
    position = {record.ecg_id: i for i, record in enumerate(everything.records)}
    out_of_fold = everything.take(np.array([position[i] for i in ids]))
    data = everything.take(np.flatnonzero(everything.folds == args.fold))
    if set(out_of_fold.patients) & set(data.patients):
        raise SystemExit("a patient is on both sides")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # resamples without a positive record
        release = release_rows(f"PTB-XL fold {args.fold}", data, model, network, args.data)
        rows = [*release, *out_of_fold_rows(out_of_fold, oof_logits)]
    model["results"] = [row for row in rows if row]
    write_json(args.model / "model.json", model)
    for row in model["results"]:
        if row["label"].startswith("macro"):
            print(f"{row['set']} ({row['signals']}) {row['label']} n {row['n']}: "
                  f"{row['value']:.3f} ({row['low']:.3f}–{row['high']:.3f})")  # fmt: skip


if __name__ == "__main__":
    main()
