"""PhysioNet/CinC Challenge 2011 (Silva et al. 2011): may a 12-lead ECG of a telephone be read, or not?

    python -m efficientecg.cinc2011 --data CINC2011 --features F.jsonl --model ../public/models/quality

cross-validates a linear head on features of the recorded signal, in mV (what a z-score hides), and writes the
one that was fitted on all records. The features have one implementation, `src/signal/quality-features.ts`;
`bench/quality-features.ts` runs it in Node. No patients are told; records of one may stand on two sides.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from efficientecg.documents import write_between
from efficientecg.heads import Output, read_features, result, write_head
from efficientecg.metrics import Estimate, Floats, auroc, bootstrap, sensitivity

FOLDS = 5
PENALTY = 1e-2
LIMIT = 5.0
# Of the acceptable ECGs so many are to stay accepted.
KEPT = 0.95
BEGIN = "<!-- cinc2011.py -->"
SET = "CinC 2011 set A, five-fold"
VERSION = "1.0.0"


def fit(x: Floats, y: Floats) -> Floats:
    """Logistic regression with an L2 penalty on all but the bias: weights [features + 1]."""
    given = np.column_stack([x, np.ones(len(x))])

    def loss(w: Floats) -> tuple[float, Floats]:
        z = given @ w
        shrunk = PENALTY * np.append(w[:-1], 0)
        value = np.mean(np.logaddexp(0, z) - y * z) + shrunk @ w / 2
        return float(value), given.T @ (expit(z) - y) / len(y) + shrunk

    found: Floats = minimize(
        loss, np.zeros(given.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 2000}
    ).x
    return found


def scaling(x: Floats) -> tuple[Floats, Floats]:
    """Mean and deviation of each feature."""
    return x.mean(0), x.std(0) + 1e-6


def cross_validate(x: Floats, y: Floats, fold: NDArray[np.intp]) -> Floats:
    """Scores [n], each by a head that was fitted and scaled without its fold."""
    score = np.zeros(len(y))
    for held in np.unique(fold):
        outer = fold != held
        mean, deviation = scaling(x[outer])
        scaled = np.clip((x - mean) / deviation, -LIMIT, LIMIT)
        weights = fit(scaled[outer], y[outer])
        score[~outer] = np.column_stack([scaled, np.ones(len(x))])[~outer] @ weights
    return score


def stratified(y: Floats) -> NDArray[np.intp]:
    """A fold for each record, either class dealt out evenly."""
    fold = np.zeros(len(y), np.intp)
    for present in (0.0, 1.0):
        rows = np.flatnonzero(y == present)
        fold[np.random.default_rng(0).permutation(rows)] = np.arange(len(rows)) % FOLDS
    return fold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--features", type=Path, required=True, help="JSON lines of bench/quality-features.ts"
    )
    parser.add_argument("--model", type=Path, required=True, help="folder to write")
    parser.add_argument("--document", type=Path, help="docs/training.md")
    args = parser.parse_args()
    with (args.data / "labels.csv").open(newline="", encoding="utf-8") as file:
        label = {row["record"]: row["quality"] for row in csv.DictReader(file)}
    names, keys, x = read_features(args.features)
    readable = np.array([float(label[name] == "acceptable") for name in names])
    score = cross_validate(x, readable, stratified(readable))
    cut = float(np.quantile(score[readable == 1], 1 - KEPT))
    record = np.array(names)
    found = {
        "AUROC": bootstrap(auroc, readable, score, record),
        "sensitivity": bootstrap(
            lambda y, s: sensitivity(y, (s >= cut).astype(float)), readable, score, record
        ),
        "specificity": bootstrap(
            lambda y, s: sensitivity(1 - y, (s < cut).astype(float)), readable, score, record
        ),
    }
    mean, deviation = scaling(x)
    weights = fit(np.clip((x - mean) / deviation, -LIMIT, LIMIT), readable)
    n, positives = len(names), int(readable.sum())
    write_head(
        args.model, "Quality of a 12-lead ECG", VERSION,
        {"kind": "dense", "limit": LIMIT, "hidden": []}, keys,
        [Output("acceptable", "The ECG may be read", threshold=round(float(expit(cut)), 4))],
        {
            "input.offset": mean.astype(np.float32), "input.scale": deviation.astype(np.float32),
            "layer0.kernel": weights[:-1, None].astype(np.float32),
            "layer0.bias": weights[-1:].astype(np.float32),
        },
        {
            "command": "python -m efficientecg.cinc2011",
            "data": [{"name": "PhysioNet/CinC Challenge 2011, set A", "records": n, "patients": None,
                      "licence": "ODC-By 1.0", "url": "https://physionet.org/content/challenge-2011/1.0.0/"}],
        },
        [result(SET, metric, "acceptable", n, positives, one) for metric, one in found.items()],
    )  # fmt: skip
    text = report(found, n, positives)
    print(text)
    if args.document:
        write_between(args.document, BEGIN, text)


def report(found: dict[str, Estimate], n: int, positives: int) -> str:
    shown = {metric: f"{one.value:.3f} ({one.low:.3f}–{one.high:.3f})" for metric, one in found.items()}
    return (
        f"{positives} acceptable and {n - positives} unacceptable ECGs: AUROC {shown['AUROC']}. The head's "
        f"threshold was chosen on these records to keep {100 * KEPT:.0f} % of the acceptable ones "
        f"({shown['sensitivity']}); it refuses {shown['specificity']} of the others."
    )


if __name__ == "__main__":
    main()
