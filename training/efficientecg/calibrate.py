"""Calibration and thresholds from out-of-fold predictions; fold 9 is never read here.

    python -m efficientecg.calibrate --data PTBXL --predictions RUN/*/predictions.npz --out FINAL_RUN

Per label: Platt scaling (Platt 1999, with his smoothed targets) of the logit, and two thresholds on the
calibrated probability: balanced (best F1; for exploratory statements 0.5 at least) and screening (sensitivity
of at least 0.95). And a limit of doubt, over which the page says nothing: the mean entropy of all statements
that 2 % of the records exceed (why this score: `abstain.py`). Writes FINAL_RUN/calibration.json, doubt.json
and out_of_fold.npz.
"""

import argparse
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from efficientecg.labels import CODES, LABELS, SUPERCLASSES
from efficientecg.metrics import Floats, macro_auroc, sensitivity, specificity
from efficientecg.ptbxl import labels_of, read_records

SCREENING_SENSITIVITY = 0.95
SCREENING_LOWER_BOUND = 0.90
COVERAGE = 0.98
# What was learned from too few examples is stated only where it is likelier than not.
EXPLORATORY_THRESHOLD = 0.5


def platt(y: Floats, logit: Floats) -> tuple[float, float]:
    """Slope and intercept that maximise the likelihood of the smoothed targets."""
    positives = float(y.sum())
    target = np.where(y > 0.5, (positives + 1) / (positives + 2), 1 / (len(y) - positives + 2))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        z = parameters[0] * logit + parameters[1]
        error = expit(z) - target
        value = np.mean(np.logaddexp(0, z) - target * z)
        return float(value), np.array([np.mean(error * logit), np.mean(error)])

    slope, intercept = minimize(loss, [1.0, 0.0], jac=True, method="BFGS").x
    if slope <= 0:
        raise ValueError(f"slope {slope:.3f}: the scores run against the labels")
    return float(slope), float(intercept)


def best_f1_threshold(y: Floats, probability: Floats) -> float:
    """Halfway between the last score that is called present and the next one, where F1 is highest."""
    order = np.argsort(-probability, kind="stable")
    scores, right = probability[order], np.cumsum(y[order])
    scored = 2 * right / (np.arange(1, len(y) + 1) + y.sum())
    scored[:-1][np.diff(scores) == 0] = -1  # a threshold cannot lie between ties
    best = int(np.argmax(scored))
    below = scores[best + 1] if best + 1 < len(scores) else 0.0
    return float((scores[best] + below) / 2)


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % score interval of a proportion (Wilson 1927)."""
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def screening_point(y: Floats, probability: Floats) -> dict[str, Any]:
    """The highest threshold that finds 95 % of the positives, and what it does.

    `exploratory` where so few positives were there that its sensitivity may be under 0.90 (lower bound). The
    records that set the threshold also score it, so that a new set's sensitivity will be a little lower.
    """
    found = np.sort(probability[y > 0.5])[::-1]
    needed = math.ceil(SCREENING_SENSITIVITY * len(found))
    threshold = float(found[needed - 1])
    # Rounded down in the file: rounding up would lose the positive that set it.
    threshold = math.floor(threshold * 10_000) / 10_000
    present = (probability >= threshold).astype(float)
    right = int(np.sum((y > 0.5) & (present > 0.5)))
    low, high = wilson(right, len(found))
    return {
        "threshold": threshold,
        "sensitivity": round(sensitivity(y, present), 4),
        "sensitivityLow": round(low, 4),
        "sensitivityHigh": round(high, 4),
        "specificity": round(specificity(y, present), 4),
        "exploratory": low < SCREENING_LOWER_BOUND,
    }


def calibrate_label(y: Floats, logit: Floats, set_on: str, least: float = 0.0) -> dict[str, Any]:
    """Scaling and both points of one statement; its balanced threshold is not under `least`."""
    slope, intercept = platt(y, logit)
    probability = expit(slope * logit + intercept)
    return {
        "slope": round(slope, 4),
        "intercept": round(intercept, 4),
        "threshold": max(least, round(best_f1_threshold(y, probability), 4)),
        "positives": int(y.sum()),
        "setOn": set_on,
        "screening": screening_point(y, probability),
    }


def entropy(probability: Floats) -> Floats:
    """Mean entropy of the statements' probabilities, [n], bits."""
    p = np.clip(probability, 1e-6, 1 - 1e-6)
    bits: Floats = -(p * np.log2(p) + (1 - p) * np.log2(1 - p)).mean(1)
    return bits


def limit_of_doubt(y: Floats, probability: Floats, threshold: Floats, set_on: str) -> dict[str, Any]:
    """The entropy that `COVERAGE` of the records stay under, and how many superclasses are called wrongly."""
    doubt = entropy(probability)
    limit = round(float(np.quantile(doubt, COVERAGE)), 4)
    columns = [CODES.index(code) for code in SUPERCLASSES]
    wrong = ((probability >= threshold) != (y > 0.5))[:, columns].mean(1)
    return {
        "score": "mean-entropy-bits",
        "above": limit,
        "coverage": COVERAGE,
        "wrongBelow": round(float(wrong[doubt <= limit].mean()), 4),
        "wrongAbove": round(float(wrong[doubt > limit].mean()), 4),
        "setOn": set_on,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()

    parts = [np.load(path) for path in args.predictions]
    ids = np.concatenate([part["ecg_id"] for part in parts])
    logits = np.concatenate([part["logits"] for part in parts])
    if len(set(ids)) != len(ids):
        raise SystemExit("a record was predicted twice: the held-out folds overlap")
    by_id = {record.ecg_id: record for record in read_records(args.data)}
    records = [by_id[i] for i in ids]
    folds = sorted({record.fold for record in records})
    if folds != list(range(folds[0], folds[-1] + 1)) or folds[-1] > 8:
        raise SystemExit(f"calibration is for folds 1 to 8 without a gap, got {folds}")
    y = labels_of(records, args.data)
    set_on = f"PTB-XL folds {folds[0]}–{folds[-1]}, out of fold"
    found = {
        label.code: calibrate_label(
            y[:, i], logits[:, i], set_on, EXPLORATORY_THRESHOLD if label.exploratory else 0.0
        )
        for i, label in enumerate(LABELS)
    }
    (args.out / "calibration.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    slope, intercept, threshold = (
        np.array([label[key] for label in found.values()]) for key in ("slope", "intercept", "threshold")
    )
    doubt = limit_of_doubt(y, expit(slope * logits + intercept), threshold, set_on)
    (args.out / "doubt.json").write_text(json.dumps(doubt, ensure_ascii=False) + "\n")
    np.savez(args.out / "out_of_fold.npz", ecg_id=ids, logits=logits)
    superclasses, everything = macro_auroc(y, logits, SUPERCLASSES), macro_auroc(y, logits, CODES)
    print(f"{len(ids)} records out of fold: macro-AUROC superclass {superclasses:.4f}, all {everything:.4f}")


if __name__ == "__main__":
    main()
