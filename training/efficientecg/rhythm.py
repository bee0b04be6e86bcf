"""The single-lead rhythm head that ships: trees over what was measured and what the small network sees.

    python -m efficientecg.rhythm --data CINC2017 --features F.jsonl ... --run RUN --models ../public/models \
        --document ../docs/training.md

RUN holds the networks of `rhythm_network.py`. The trees are scored by five-fold cross-validation of their
own, over scores that each network gave to records that it had not seen (those of the folds whose network
is in RUN); then they are fitted once more on all of these. `--network` names the fold whose network
ships, 5 the one of all records. F1 as the Challenge counts it, with intervals over 2,000 resamples of
records: no patients are told, so that records of one patient may stand on two sides.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch

from efficientecg.cinc2017 import CLASSES, assign_folds, class_f1, read_reference
from efficientecg.documents import write_between
from efficientecg.fold import fold
from efficientecg.heads import Output, result, write_head
from efficientecg.metrics import Estimate, Floats
from efficientecg.model import EfficientECG, block_specs
from efficientecg.modelfile import write_json, write_weights
from efficientecg.rhythm_network import RATE, RHYTHM_ARCHITECTURE, RHYTHM_INPUT
from efficientecg.trees import fit_trees, flatten

ALL = 5
VERSION = "1.1.0"
BEGIN = "<!-- rhythm.py -->"
SET = "CinC 2017, five-fold"
LABELS = (
    ("N", "One lead: normal sinus rhythm", "426783006"),
    ("A", "One lead: atrial fibrillation", "164889003"),
    ("O", "One lead: another rhythm", None),
    ("~", "One lead: too noisy to tell the rhythm", None),
)
DATA = {
    "name": "PhysioNet/CinC Challenge 2017, training set, hand-held AliveCor recordings",
    "patients": None, "licence": "ODC-By 1.0", "url": "https://physionet.org/content/challenge-2017/1.0.0/",
}  # fmt: skip
ROUNDS, LEARNING_RATE, LEAVES = 120, 0.05, 8

Indices = np.typing.NDArray[np.intp]


def read_measured(files: list[Path]) -> tuple[list[str], dict[str, Floats]]:
    """Feature names, and each record's features by its name; NaN where unknown."""
    keys: list[str] = []
    found: dict[str, Floats] = {}
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            keys = keys or list(row["features"])
            found[row["name"]] = np.array([row["features"][key] for key in keys], dtype=float)
    return keys, found


def read_network(run: Path) -> dict[str, Floats]:
    """Each record's class logarithms by the network that had not seen it."""
    found: dict[str, Floats] = {}
    for path in sorted(run.glob("fold?.npz")):
        held = np.load(path)
        found |= {str(name): row for name, row in zip(held["names"], held["score"], strict=True)}
    return found


def cross_validate(x: Floats, y: Indices, fold: Indices) -> Floats:
    """Logarithms of the classes' probabilities, [n, 4], by trees that had not seen the record's fold."""
    score = np.zeros((len(y), len(CLASSES)))
    for held in np.unique(fold):
        outer = fold != held
        score[~outer] = np.log(
            fit_trees(x[outer], y[outer], ROUNDS, LEARNING_RATE, LEAVES).predict_proba(x[~outer]) + 1e-9
        )
    return score


def intervals(y: Indices, called: Indices, resamples: int = 2000) -> list[Estimate]:
    """F1 of each class, then the mean of N, A and O, each with its 95 % interval."""
    generator = np.random.default_rng(0)

    def figures(rows: Indices) -> Floats:
        each = class_f1(y[rows], called[rows])
        return np.append(each, each[:3].mean())

    whole = figures(np.arange(len(y)))
    drawn = np.stack([figures(generator.integers(len(y), size=len(y))) for _ in range(resamples)])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return [Estimate(float(v), float(a), float(b)) for v, a, b in zip(whole, low, high, strict=True)]


def multiply_accumulates(samples: int) -> int:
    """Of one pass of the small network."""
    stem, fusion = RHYTHM_ARCHITECTURE["stem"], RHYTHM_ARCHITECTURE["fusion"]
    specs = block_specs(RHYTHM_ARCHITECTURE)
    steps = -(-samples // stem["stride"])
    total = steps * stem["kernel"] * specs[0].inputs
    for spec in specs:
        if spec.middle != spec.inputs:
            total += steps * spec.inputs * spec.middle
        steps = -(-steps // spec.stride)
        total += steps * spec.middle * (spec.kernel + 1 + spec.outputs) + 2 * spec.middle * spec.squeezed
    total += steps * RHYTHM_ARCHITECTURE["head"]["filters"] * (specs[-1].outputs + 2 * fusion["width"])
    return int(total)


def write_network(state: dict[str, Any], out: Path, records: int, counts: Indices) -> None:
    """`model.json` and weights of the small network, in the large one's form; its labels are the classes."""
    network = EfficientECG(RHYTHM_ARCHITECTURE, 1, len(CLASSES))
    network.load_state_dict(state["state"])
    weights = fold(network.eval())
    out.mkdir(parents=True, exist_ok=True)
    labels: list[dict[str, Any]] = [
        {
            "code": code, "system": "cinc2017", "snomed": snomed, "label": label, "group": "rhythm",
            "requiredLeads": [], "calibration": {"slope": 1, "intercept": 0}, "threshold": 0.5,
            "operatingPoint": "balanced", "setOn": "not set: the head beside it decides", "positives": int(n),
        }
        for (code, label, snomed), n in zip(LABELS, counts, strict=True)
    ]  # fmt: skip
    card = {
        "$schema": "../model.schema.json", "formatVersion": 1, "featuresVersion": 0,
        "id": out.name, "version": VERSION, "name": "Rhythm of one lead, network",
        "architecture": RHYTHM_ARCHITECTURE, "input": RHYTHM_INPUT, "labels": labels,
        "training": {
            "date": datetime.now(UTC).date().isoformat(), "command": "python -m efficientecg.rhythm_network",
            "seed": ALL, "epochs": state["epochs"], "data": [DATA | {"records": records, "patients": 0}],
            "parameters": sum(w.size for w in weights.values()), "macs10s": multiply_accumulates(10 * RATE),
        },
        "results": [], "weights": write_weights(weights, out / "weights.bin"),
    }  # fmt: skip
    write_json(out / "model.json", card)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--features", type=Path, nargs="+", required=True, help="of bench/rhythm-features.ts")
    parser.add_argument("--run", type=Path, required=True, help="folder of rhythm_network.py")
    parser.add_argument("--models", type=Path, required=True, help="public/models")
    parser.add_argument("--document", type=Path, help="docs/training.md")
    parser.add_argument("--network", type=int, default=ALL, help="which network ships")
    args = parser.parse_args()
    reference = read_reference(args.data)
    dealt, seen = assign_folds(reference, seed=1), read_network(args.run)
    keys, measured = read_measured(args.features)
    names = sorted(name for name in measured if name in seen)
    y, fold_of = (np.array([of[name] for name in names]) for of in (reference, dealt))
    network = np.stack([seen[name] for name in names])
    table = np.stack([measured[name] for name in names])
    both = np.hstack([table, network])
    score = cross_validate(both, y, fold_of)
    found = {
        "network alone": intervals(y, network.argmax(1)),
        "measured features alone": intervals(y, cross_validate(table, y, fold_of).argmax(1)),
        "both, as it ships": intervals(y, score.argmax(1)),
    }
    text = report(found, y, len(list(args.run.glob("fold?.npz"))))
    print(text)
    architecture, weights = flatten(fit_trees(both, y, ROUNDS, LEARNING_RATE, LEAVES))
    counts = np.bincount(y, minlength=len(CLASSES))
    shipped = found["both, as it ships"]
    write_head(
        args.models / "rhythm", "Rhythm of one lead", VERSION, architecture,
        [*keys, *(f"network.{code}" for code in CLASSES)],
        [Output(code, label, snomed) for code, label, snomed in LABELS], weights,
        {"command": "python -m efficientecg.rhythm", "data": [DATA | {"records": len(names)}]},
        [result(SET, "F1", code, len(y), int(n), one)
         for code, n, one in zip([*CLASSES, "mean of N, A and O"], [*counts, len(y)], shipped, strict=True)],
    )  # fmt: skip
    state = torch.load(args.run / f"fold{args.network}.pt", weights_only=True)
    everyone = np.bincount(list(reference.values()), minlength=len(CLASSES))
    write_network(state, args.models / "rhythm-network", state["records"], everyone)
    if args.document:
        write_between(args.document, BEGIN, text)


def report(found: dict[str, list[Estimate]], y: Indices, folds: int) -> str:
    head = f"| {len(y)} records of {folds} of 5 folds | N | A | O | noise | mean of N, A, O |"
    rows = [
        f"| {what} | " + " | ".join(f"{one.value:.3f} ({one.low:.3f}–{one.high:.3f})" for one in each) + " |"
        for what, each in found.items()
    ]
    counts = " | ".join(str(int(n)) for n in np.bincount(y, minlength=len(CLASSES)))
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- |", f"| n | {counts} | |", *rows])


if __name__ == "__main__":
    main()
