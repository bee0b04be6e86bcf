"""What each experiment gave, out of fold, against the one that it changes: tables in `docs/training.md`.

    python -m efficientecg.compare --data PTBXL --runs RUNS --out ../docs/training.md

Takes all finished runs of the queue (`predictions.npz`). An experiment is scored on the records and seeds
that it and its rival (`Experiment.rival`) both have: the mean over the seeds of one network's AUROC. A
difference is paired by record and seed; its interval resamples patients. Nothing of fold 9 is read.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from efficientecg.costs import costs
from efficientecg.documents import write_between
from efficientecg.experiments import EXPERIMENTS
from efficientecg.labels import FIRST_CODES, LABELS, SUPERCLASSES
from efficientecg.metrics import Estimate, Floats
from efficientecg.paired import (
    Pair,
    Predictions,
    difference,
    mean_auroc,
    of_seed,
    pair,
    read_predictions,
)
from efficientecg.ptbxl import labels_of, read_records

BEGIN = "<!-- compare.py -->"
RHYTHM = tuple(label.code for label in LABELS if label.group == "rhythm" and label.code in FIRST_CODES)
GROUPS = {"5 superclasses": SUPERCLASSES, "rhythm": RHYTHM, "all 17": FIRST_CODES}


@dataclass(frozen=True)
class Truth:
    """Labels [n, all] and patients of the records of a comparison."""

    y: Floats
    patients: NDArray[np.str_]

    @staticmethod
    def of(data: Path, records: list[int]) -> "Truth":
        known = {record.ecg_id: record for record in read_records(data) if record.fold <= 8}
        rows = [known[i] for i in records]
        return Truth(labels_of(rows, data), np.array([row.patient for row in rows]))


def shown(d: Estimate) -> str:
    return f"{d.value:+.3f}, {d.low:+.3f} to {d.high:+.3f}"


def cells(truth: Truth, both: Pair, against: bool) -> Iterator[str]:
    """A cell for each group of labels, and one for what each seed gave over all of them."""
    for codes in GROUPS.values():
        cell = f"{mean_auroc(codes, truth.y, both.ours):.3f}"
        if against:
            cell += f" ({shown(difference(codes, truth.y, both.ours, both.theirs, truth.patients))})"
        yield cell
    each = [mean_auroc(FIRST_CODES, truth.y, logits[None]) for logits in both.ours]
    if against:
        theirs = [mean_auroc(FIRST_CODES, truth.y, logits[None]) for logits in both.theirs]
        yield " ".join(f"{a - b:+.3f}" for a, b in zip(each, theirs, strict=True))
    else:
        yield " ".join(f"{value:.3f}" for value in each)


def table(data: Path, found: dict[str, Predictions]) -> Iterator[str]:
    """One row an experiment, on the records that its rival, where that was trained, has in common."""
    yield "| experiment | against | records | seeds | " + " | ".join([*GROUPS, "all 17, each seed"]) + " |"
    yield "| --- | --- | --- | --- |" + " --- |" * (len(GROUPS) + 1)
    for name, experiment in EXPERIMENTS.items():
        against = experiment.rival if experiment.rival in found else None
        both = pair(found[name], found[against or name]) if name in found else None
        if both is None:
            continue
        row = [f"{name}: {experiment.story}", against or "–", str(len(both.records)), str(len(both.seeds))]
        row += cells(Truth.of(data, both.records), both, against is not None)
        yield "| " + " | ".join(row) + " |"


def ensemble_table(data: Path, found: dict[str, Predictions], names: list[str]) -> Iterator[str]:
    """What the average of an experiment's seeds, and of two architectures, gives beyond one of them."""
    yield "| networks averaged | seeds | " + " | ".join(GROUPS) + " |"
    yield "| --- | --- |" + " --- |" * len(GROUPS)
    for name in names:
        both = pair(found[name], found[name]) if name in found else None
        if both is None or len(both.seeds) < 2:
            continue
        *groups, _ = cells(Truth.of(data, both.records), both.averaged(), True)
        yield f"| seeds of {name} | {len(both.seeds)} | " + " | ".join(groups) + " |"
    if "wang" not in found or "waves" not in found:
        return
    one = [of_seed(found[name], 0) for name in ("wang", "waves")]
    for both in (pair(found["wang"], found["waves"]), pair(*one)):
        if both is not None:
            *groups, _ = cells(Truth.of(data, both.records), both.together(), True)
            rows = f"waves and wang, against waves, {len(both.records)} records"
            yield f"| {rows} | {len(both.seeds)} | " + " | ".join(groups) + " |"


def costs_table(found: dict[str, Predictions]) -> Iterator[str]:
    """Parameters, multiplications and milliseconds of every architecture that was trained."""
    torch.set_num_threads(1)
    seen = []
    yield "| network | parameters | million multiplications | milliseconds |"
    yield "| --- | --- | --- | --- |"
    for name, experiment in EXPERIMENTS.items():
        if name not in found or experiment.architecture in seen:
            continue
        seen.append(experiment.architecture)
        cost = costs(experiment.architecture, len(experiment.labels))
        millions = cost.multiplications / 1e6
        yield f"| {name} | {cost.parameters:,} | {millions:.0f} | {cost.milliseconds:.0f} |"


def label_table(data: Path, found: dict[str, Predictions], name: str, rival: str) -> Iterator[str]:
    """AUROC of each label for two experiments on the records that both predicted."""
    both = pair(found[name], found[rival]) if name in found and rival in found else None
    if both is None:
        return
    truth = Truth.of(data, both.records)
    yield f"| label | positives of {len(both.records)} | {rival} | {name} | difference |"
    yield "| --- | --- | --- | --- | --- |"
    for i, code in enumerate(FIRST_CODES):
        d = difference((code,), truth.y, both.ours, both.theirs, truth.patients)
        before, after = (mean_auroc((code,), truth.y, logits) for logits in (both.theirs, both.ours))
        yield f"| {code} | {int(truth.y[:, i].sum())} | {before:.3f} | {after:.3f} | {shown(d)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="a file with the two marks of this table")
    args = parser.parse_args()
    found = read_predictions(args.runs)
    parts = (
        table(args.data, found),
        costs_table(found),
        ensemble_table(args.data, found, list(EXPERIMENTS)),
        label_table(args.data, found, "waves", "base"),
    )
    written = "\n\n".join("\n".join(part) for part in parts)
    write_between(args.out, BEGIN, written)
    print(written)


if __name__ == "__main__":
    main()
