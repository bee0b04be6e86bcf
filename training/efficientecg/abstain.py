"""When should the network say nothing? Scores of doubt, out of fold: do they foresee errors, strange input?

    python -m efficientecg.abstain --data PTBXL --runs RUNS --cinc2011 CINC2011 --out ../docs/training.md \
        --waves W.jsonl ... CINC2011.jsonl

Risk: the share of the five superclasses that the balanced threshold calls wrongly, over the records that are
kept when the most doubtful are left out (El-Yaniv & Wiener 2010). Strange: CinC 2011's ECGs that
cardiologists found unacceptable, against PTB-XL's records (AUROC). Calibration: RUNS/EXPERIMENT-s0-final.
"""

import argparse
import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from efficientecg.calibrate import entropy
from efficientecg.documents import write_between
from efficientecg.experiments import SHIPPED
from efficientecg.labels import CODES, SUPERCLASSES
from efficientecg.metrics import Estimate, Floats, auroc, bootstrap
from efficientecg.out_of_fold import CrossValidation, score
from efficientecg.ptbxl import Dataset, Record, load_dataset

BEGIN = "<!-- abstain.py -->"
COVERAGES = (1.0, 0.95, 0.9, 0.8, 0.5)
SHRINKAGE = 0.1
COLUMNS = [CODES.index(code) for code in SUPERCLASSES]


@dataclass(frozen=True)
class Doubt:
    """A score for each record that was not seen, and for each strange one: higher is more doubtful."""

    known: Floats
    strange: Floats


def energy(logits: Floats) -> Floats:
    """Joint energy of a multi-label network (Wang et al. 2021), turned so that higher is stranger."""
    total: Floats = -np.logaddexp(0, logits).sum(1)
    return total


def mahalanobis(train: Floats) -> Callable[[Floats], Floats]:
    """Distance from the training's pooled features (Lee et al. 2018), with a covariance that is shrunk."""
    mean = train.mean(0)
    covariance = np.cov(train.T)
    target = np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    precision = np.linalg.inv((1 - SHRINKAGE) * covariance + SHRINKAGE * target)

    def distance(pooled: Floats) -> Floats:
        off = pooled - mean
        found: Floats = np.sqrt(np.einsum("ij,jk,ik->i", off, precision, off))
        return found

    return distance


def doubts(
    networks: CrossValidation, data: Dataset, strange: Dataset, calibration: tuple[Floats, Floats]
) -> dict[str, Doubt]:
    """Known records are scored by the network that had not seen them, strange ones by all, averaged."""
    slope, intercept = calibration
    known: dict[str, Floats] = {}
    odd: dict[str, list[Floats]] = {}
    for held_out, network in networks.networks.items():
        held = np.isin(data.folds, sorted(held_out))
        fitted = mahalanobis(score(network, data.take(np.flatnonzero(~held))).pooled)
        for rows, part, keep in (
            (np.flatnonzero(held), data.take(np.flatnonzero(held)), True),
            (np.arange(len(strange.records)), strange, False),
        ):
            found = score(network, part)
            values = {
                "entropy of the probabilities": entropy(expit(slope * found.logits + intercept)),
                "joint energy": energy(found.logits),
                "Mahalanobis distance of the features": fitted(found.pooled),
            }
            for name, value in values.items():
                if keep:
                    known.setdefault(name, np.zeros(len(data.records)))[rows] = value
                else:
                    odd.setdefault(name, []).append(value)
    return {name: Doubt(value, np.mean(odd[name], axis=0)) for name, value in known.items()}


def risk_at(coverage: float) -> Callable[[Floats, Floats], float]:
    """Mean of the wrong shares over the least doubtful part of the records."""

    def risk(wrong: Floats, doubt: Floats) -> float:
        kept = np.argsort(doubt, kind="stable")[: max(1, round(coverage * len(doubt)))]
        return float(wrong[kept].mean())

    return risk


def table(data: Dataset, found: dict[str, Doubt], wrong: Floats) -> str:
    head = "| score | " + " | ".join(f"risk at {c:.0%}" for c in COVERAGES) + " | strange, AUROC |"
    lines = [head, "| --- |" + " --- |" * (len(COVERAGES) + 1)]

    def cell(estimate: Estimate) -> str:
        return f"{estimate.value:.3f} ({estimate.low:.3f}–{estimate.high:.3f})"

    for name, doubt in found.items():
        cells = [cell(bootstrap(risk_at(c), wrong, doubt.known, data.patients)) for c in COVERAGES]
        y = np.repeat([0.0, 1.0], [len(doubt.known), len(doubt.strange)])
        cells.append(f"{auroc(y, np.concatenate([doubt.known, doubt.strange])):.3f}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def read_cinc2011(root: Path, quality: str) -> list[Record]:
    with (root / "labels.csv").open(newline="", encoding="utf-8") as file:
        names = [row["record"] for row in csv.DictReader(file) if row["quality"] == quality]
    return [Record(int(name), name, None, "unknown", 0, {}, "raw500", root / name) for name in sorted(names)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cinc2011", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--experiment", default=SHIPPED)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--waves", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    networks = CrossValidation(args.runs, args.experiment)
    everything = load_dataset(args.data, args.cache, waves=args.waves)
    data = everything.take(np.flatnonzero(everything.folds <= 8))
    unacceptable = read_cinc2011(args.cinc2011, "unacceptable")
    strange = load_dataset(args.data, args.cache, unacceptable, args.waves)
    final = args.runs / f"{args.experiment}-s0-final" / "calibration.json"
    labels = list(json.loads(final.read_text()).values())  # in the order of CODES; older networks say fewer
    slope, intercept, threshold = (
        np.array([label[key] for label in labels]) for key in ("slope", "intercept", "threshold")
    )
    probability = expit(slope * networks.score(data).logits + intercept)
    called = (probability >= threshold) != (data.y[:, : len(labels)] > 0.5)
    wrong: NDArray[np.floating] = called[:, COLUMNS].mean(1)
    found = doubts(networks, data, strange, (slope, intercept))
    text = table(data, found, wrong)
    about = f"{len(data.records)} records out of fold, {len(strange.records)} strange ones."
    write_between(args.out, BEGIN, f"{about}\n\n{text}")
    print(about, text, sep="\n")


if __name__ == "__main__":
    main()
