"""What each experiment gave, out of fold, against the one that it changes: a table in `docs/training.md`.

    python -m efficientecg.compare --data PTBXL --runs RUNS --out ../docs/training.md

Takes all finished runs of the queue (`predictions.npz`). An experiment is scored on the records that it and
its rival (`Experiment.rival`) both predicted, logits averaged over the seeds that both have; the difference
is paired and its interval resamples patients. Nothing of fold 9 is read.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from efficientecg.documents import write_between
from efficientecg.experiments import EXPERIMENTS
from efficientecg.labels import CODES, FIRST_CODES, LABELS, SUPERCLASSES
from efficientecg.metrics import Estimate, Floats, bootstrap, macro_auroc
from efficientecg.ptbxl import labels_of, read_records
from efficientecg.queue import parse_run

BEGIN = "<!-- compare.py -->"
RHYTHM = tuple(label.code for label in LABELS if label.group == "rhythm")
GROUPS = {"5 superclasses": SUPERCLASSES, "rhythm": RHYTHM, "all 17": FIRST_CODES}


# Logits [labels] by record and seed.
Predictions = dict[int, dict[int, Floats]]


@dataclass(frozen=True)
class Pair:
    """Two experiments on the records and, in each, the seeds that both have; logits [n, labels] averaged."""

    records: list[int]
    ours: Floats
    theirs: Floats
    seeds: int


def all_labels(logits: Floats) -> Floats:
    """Logits [labels], NaN for those that the network does not say."""
    return np.append(logits, np.full(len(CODES) - len(logits), np.nan))


def read_predictions(runs: Path) -> dict[str, Predictions]:
    """Experiment -> predictions, from every finished run below `runs`."""
    found: dict[str, Predictions] = defaultdict(lambda: defaultdict(dict))
    for path in sorted(runs.glob("*/predictions.npz")):
        job = parse_run(path.parent.name)
        if job is None:
            continue
        with np.load(path) as part:
            for ecg_id, logits in zip(part["ecg_id"], part["logits"], strict=True):
                found[job.experiment][int(ecg_id)][job.seed] = all_labels(logits)
    return dict(found)


def pair(ours: Predictions, theirs: Predictions) -> Pair | None:
    """None where no record has a seed in common. `seeds` are the fewest that a record has."""
    shared = {i: sorted(ours[i].keys() & theirs[i].keys()) for i in sorted(ours.keys() & theirs.keys())}
    shared = {i: seeds for i, seeds in shared.items() if seeds}
    if not shared:
        return None
    mine, other = (
        np.stack([np.mean([of[i][seed] for seed in seeds], axis=0) for i, seeds in shared.items()])
        for of in (ours, theirs)
    )
    return Pair(list(shared), mine, other, min(map(len, shared.values())))


def difference(
    codes: tuple[str, ...], y: Floats, ours: Floats, theirs: Floats, patients: NDArray[np.str_]
) -> Estimate:
    """Macro-AUROC of ours less theirs, on the same records and the same resamples."""
    both = np.concatenate([ours, theirs], 1)
    labels = y.shape[1]

    def less(y: Floats, both: Floats) -> float:
        return macro_auroc(y, both[:, :labels], codes) - macro_auroc(y, both[:, labels:], codes)

    return bootstrap(less, y, both, patients)


def table(data: Path, found: dict[str, Predictions]) -> Iterator[str]:
    """One row an experiment, on the records that its rival, where that was trained, has in common."""
    records = {record.ecg_id: record for record in read_records(data) if record.fold <= 8}
    yield "| experiment | against | records | seeds | " + " | ".join(GROUPS) + " |"
    yield "| --- | --- | --- | --- |" + " --- |" * len(GROUPS)
    for name, experiment in EXPERIMENTS.items():
        against = experiment.rival if experiment.rival in found else None
        both = pair(found[name], found[against or name]) if name in found else None
        if both is None:
            continue
        rows = [records[i] for i in both.records]
        y, patients = labels_of(rows, data), np.array([row.patient for row in rows])
        cells = []
        for codes in GROUPS.values():
            cell = f"{macro_auroc(y, both.ours, codes):.3f}"
            if against:
                d = difference(codes, y, both.ours, both.theirs, patients)
                cell += f" ({d.value:+.3f}, {d.low:+.3f} to {d.high:+.3f})"
            cells.append(cell)
        row = [f"{name}: {experiment.story}", against or "–", str(len(rows)), str(both.seeds)]
        yield "| " + " | ".join([*row, *cells]) + " |"


def label_table(data: Path, found: dict[str, Predictions], name: str, rival: str) -> Iterator[str]:
    """AUROC of each label for two experiments on the records that both predicted."""
    both = pair(found[name], found[rival]) if name in found and rival in found else None
    if both is None:
        return
    shared, mine, other = both.records, both.ours, both.theirs
    records = {record.ecg_id: record for record in read_records(data) if record.fold <= 8}
    rows = [records[i] for i in shared]
    y, patients = labels_of(rows, data), np.array([row.patient for row in rows])
    yield f"| label | positives of {len(shared)} | {rival} | {name} | difference |"
    yield "| --- | --- | --- | --- | --- |"
    for i, code in enumerate(FIRST_CODES):
        d = difference((code,), y, mine, other, patients)
        before, after = macro_auroc(y, other, (code,)), macro_auroc(y, mine, (code,))
        yield (
            f"| {code} | {int(y[:, i].sum())} | {before:.3f} | {after:.3f} "
            f"| {d.value:+.3f} ({d.low:+.3f} to {d.high:+.3f}) |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="a file with the two marks of this table")
    args = parser.parse_args()
    found = read_predictions(args.runs)
    written = "\n".join([*table(args.data, found), "", *label_table(args.data, found, "waves", "base")])
    write_between(args.out, BEGIN, written)
    print(written)


if __name__ == "__main__":
    main()
