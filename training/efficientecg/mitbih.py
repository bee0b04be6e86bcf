"""MIT-BIH: is a classifier of beats better than the rules? After ANSI/AAMI EC57, grouped by record.

    python -m efficientecg.mitbih --beats BEATS.jsonl [--document ../docs/training.md]

BEATS are the lines of `bench/beat-numbers.ts`: each reference beat with what the rules called it and its
numbers, without paced records, the first five minutes and ventricular flutter. Boosted trees are fitted
on four of five groups of records and call the fifth. Intervals over 2,000 resamples of records.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from efficientecg.documents import write_between
from efficientecg.metrics import Floats
from efficientecg.trees import fit_trees

BEGIN = "<!-- mitbih.py -->"
FOLDS = 5
TRAINED = ("N", "S", "V")
JUDGED = ("V", "S")
ROUNDS, LEARNING_RATE, LEAVES = 80, 0.06, 6

Names = NDArray[np.str_]


def read_beats(path: Path) -> tuple[Names, Names, Names, Floats]:
    """Record, truth and the rules' call of each beat, and its numbers [n, features] (NaN where unknown)."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    keys = list(next(row["numbers"] for row in rows if row["numbers"]))
    numbers = [[(row["numbers"] or {}).get(key) for key in keys] for row in rows]
    record, truth, rule = (np.array([row[key] for row in rows]) for key in ("record", "truth", "rule"))
    return record, truth, rule, np.array(numbers, dtype=float)


def cross_validate(record: Names, truth: Names, rule: Names, x: Floats) -> Names:
    """What trees call each beat that had not seen its record; a beat that was missed or is paced stays so."""
    called = rule.copy()
    names = np.unique(record)
    fold = dict(zip(np.random.default_rng(0).permutation(names), np.arange(len(names)) % FOLDS, strict=True))
    group = np.array([fold[name] for name in record])
    found = ~np.isin(rule, ["-", "paced"])
    for held in range(FOLDS):
        train = (group != held) & found & np.isin(truth, TRAINED)
        model = fit_trees(x[train], np.searchsorted(TRAINED, truth[train]), ROUNDS, LEARNING_RATE, LEAVES)
        test = (group == held) & found
        called[test] = np.array(TRAINED)[model.predict(x[test].astype(np.float32))]
    return called


def counts(truth: Names, called: Names, own: str) -> Floats:
    """Beats of the class, those called so rightly, and all calls that count."""
    wanted, said = truth == own, (called == own) & ~np.isin(truth, ["F", "Q"])
    return np.array([wanted.sum(), (wanted & said).sum(), said.sum()], dtype=float)


def figures(each: Floats) -> Floats:
    """[records, 3] -> gross sensitivity and +P, then their averages over the records that have such beats."""
    gross = each.sum(0)
    having = each[each[:, 0] > 0]
    average = [np.mean(having[:, 1] / having[:, 0]), np.mean(having[:, 1] / np.maximum(1, having[:, 2]))]
    return np.array([gross[1] / max(1, gross[0]), gross[1] / max(1, gross[2]), *average])


def intervals(record: Names, truth: Names, called: Names, own: str, resamples: int = 2000) -> list[str]:
    names = np.unique(record)
    each = np.stack([counts(truth[record == name], called[record == name], own) for name in names])
    generator = np.random.default_rng(0)
    drawn = np.stack([figures(each[generator.integers(len(each), size=len(each))]) for _ in range(resamples)])
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    return [f"{v:.3f} ({a:.3f}–{b:.3f})" for v, a, b in zip(figures(each), low, high, strict=True)]


def report(record: Names, truth: Names, calls: dict[str, Names]) -> str:
    lines = [
        "| class | by | beats (records) | gross Se | gross +P | average Se | average +P |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for own in JUDGED:
        having = len(np.unique(record[truth == own]))
        for what, called in calls.items():
            cells = " | ".join(intervals(record, truth, called, own))
            lines.append(f"| {own} | {what} | {int(np.sum(truth == own))} ({having}) | {cells} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--beats", type=Path, required=True)
    parser.add_argument("--document", type=Path)
    args = parser.parse_args()
    record, truth, rule, x = read_beats(args.beats)
    text = report(record, truth, {"rules": rule, "trees": cross_validate(record, truth, rule, x)})
    print(text)
    if args.document:
        write_between(args.document, BEGIN, text)


if __name__ == "__main__":
    main()
