"""Scores cross-validated predictions against the cardiologists' marks and writes docs/delineation.md.

    python -m delineator.evaluate --data LUDB --predictions RUNS/delineator-*/predictions.npz \\
        --out RUNS/evaluation.json --docs ../docs/delineation.md

Every record is predicted by the network of the fold that had not seen it. Intervals are 95 % percentiles of
resampled records (= patients).
"""

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from delineator import score
from delineator.config import CLASSES, LEADS, RATE_HZ, WAVES
from delineator.ludb import LeadMarks, Wave, read_marks
from delineator.post import Segment, waves

TEMPLATE = Path(__file__).with_name("delineation.md")
RESAMPLES = 1000
EDGE_S = 0.02
INTERVALS = ("PR", "QRS", "QT")
SET = "LUDB, 5-fold cross-validation"


def to_waves(segments: list[list[Segment]]) -> dict[str, list[Wave]]:
    """Segments in samples -> lead -> waves in seconds (peak: the middle)."""
    return {
        lead: [
            Wave(s.kind, s.onset / RATE_HZ, (s.onset + s.offset) / 2 / RATE_HZ, s.offset / RATE_HZ)
            for s in found
        ]
        for lead, found in zip(LEADS, segments, strict=True)
    }


def record_intervals(
    marks: dict[str, LeadMarks], found: dict[str, list[Wave]]
) -> dict[str, tuple[float, float]]:
    """PR, QRS, QT as (marked, found), s, over the stretch that was marked."""
    start = min(m.first for m in marks.values()) - EDGE_S
    end = max(m.last for m in marks.values()) + EDGE_S
    marked = score.intervals([list(marks[lead].waves) for lead in LEADS], start, end)
    measured = score.intervals([found[lead] for lead in LEADS], start, end)
    return {name: (marked[name], measured[name]) for name in INTERVALS}


class Evaluation:
    """Per-record scores, and metrics over any selection of records."""

    def __init__(
        self, logits: dict[str, NDArray[np.float32]], marks: dict[str, dict[str, LeadMarks]]
    ) -> None:
        self.names = sorted(logits, key=int)
        self.ludb, self.strict = [], []
        differences = []
        for name in self.names:
            found = to_waves(waves(logits[name]))
            self.ludb.append(score.score_record(marks[name], found, score.ludb_tolerance))
            self.strict.append(score.score_record(marks[name], found, score.strict_tolerance))
            both = record_intervals(marks[name], found)
            differences.append([1000 * (both[i][1] - both[i][0]) for i in INTERVALS])
        self.differences = np.array(differences)
        self.keys = [(kind, which) for kind in WAVES for which in score.BOUNDARIES]
        # [records, boundaries, (right, missed, false, sum of errors, sum of squares)] in ms.
        self.counts = np.array([[self.row(r[key]) for key in self.keys] for r in self.ludb])
        self.strict_counts = np.array([[self.row(r[key]) for key in self.keys] for r in self.strict])
        self.draws = np.random.default_rng(0).integers(0, len(self.names), (RESAMPLES, len(self.names)))

    @staticmethod
    def row(tally: score.Tally) -> list[float]:
        errors = 1000 * np.array(tally.errors)
        return [tally.right, tally.missed, tally.false, errors.sum(), (errors**2).sum()]

    def estimate(self, metric: Callable[[NDArray[np.integer]], float]) -> tuple[float, float, float]:
        """Value and 95 % interval of a metric of the chosen records' rows."""
        values = np.array([metric(rows) for rows in self.draws])
        low, high = np.nanpercentile(values, [2.5, 97.5])
        return metric(np.arange(len(self.names))), float(low), float(high)

    def boundary(self, rows: NDArray[np.integer], column: int, what: str) -> float:
        right, missed, false, total, squares = self.counts[rows, column].sum(0)
        if what == "sensitivity":
            return float(right / (right + missed))
        if what == "precision":
            return float(right / (right + false))
        if what == "F1":
            return float(2 * right / (2 * right + missed + false))
        mean = total / right
        return float(mean if what == "meanErrorMs" else np.sqrt(max(0, squares / right - mean**2)))

    def strict_f1(self, rows: NDArray[np.integer]) -> NDArray[np.floating]:
        right, missed, false = self.strict_counts[rows].sum(0)[:, :3].T
        return 2 * right / (2 * right + missed + false)

    def strict_boundary(self, rows: NDArray[np.integer], column: int) -> float:
        return float(self.strict_f1(rows)[column])

    def six_boundary(self, rows: NDArray[np.integer]) -> float:
        return float(self.strict_f1(rows).mean())

    def interval(self, rows: NDArray[np.integer], column: int, what: str) -> float:
        values = self.differences[rows, column]
        values = values[~np.isnan(values)]
        return float(values.mean() if what == "meanErrorMs" else values.std(ddof=1))


def result(metric: str, label: str, n: int, estimate: tuple[float, float, float]) -> dict[str, Any]:
    """One row of `model.json`'s results."""
    digits = 1 if metric.endswith("Ms") else 4
    value, low, high = (round(number, digits) for number in estimate)
    return {
        "set": SET, "signals": "raw", "metric": metric, "label": label, "n": n, "positives": None,
        "value": value, "low": low, "high": high,
    }  # fmt: skip


def results_of(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Everything measured, `n` being marks, or records for intervals."""
    rows = []
    for column, (kind, which) in enumerate(evaluation.keys):
        n = int(evaluation.counts[:, column, :2].sum())
        for what in ("sensitivity", "precision", "F1", "meanErrorMs", "sdErrorMs"):
            estimate = evaluation.estimate(partial(evaluation.boundary, column=column, what=what))
            rows.append(result(what, f"{CLASSES[kind]} {which}", n, estimate))
        strict = evaluation.estimate(partial(evaluation.strict_boundary, column=column))
        rows.append(result("F1", f"{CLASSES[kind]} {which}, strict", n, strict))
    total = int(evaluation.counts[:, :, :2].sum())
    six = evaluation.estimate(evaluation.six_boundary)
    rows.append(result("F1", "six-boundary", total, six))
    for column, name in enumerate(INTERVALS):
        n = int((~np.isnan(evaluation.differences[:, column])).sum())
        for what in ("meanErrorMs", "sdErrorMs"):
            estimate = evaluation.estimate(partial(evaluation.interval, column=column, what=what))
            rows.append(result(what, name, n, estimate))
    return rows


def tables(results: list[dict[str, Any]]) -> str:
    """The results as Markdown."""
    find = {(r["label"], r["metric"]): r for r in results}

    def number(label: str, metric: str, digits: int) -> str:
        r = find[label, metric]
        return f"{r['value']:.{digits}f} ({r['low']:.{digits}f} to {r['high']:.{digits}f})"

    lines = [
        "| boundary | marks | sensitivity | +P | F1 | mean error, ms | SD, ms | strict F1 |",
        "|---|" + "---|" * 7,
    ]
    for kind in WAVES:
        for which in score.BOUNDARIES:
            label = f"{CLASSES[kind]} {which}"
            lines.append(
                f"| {label} | {find[label, 'F1']['n']:,} | {number(label, 'sensitivity', 4)} "
                f"| {number(label, 'precision', 4)} | {number(label, 'F1', 4)} "
                f"| {number(label, 'meanErrorMs', 1)} | {number(label, 'sdErrorMs', 1)} "
                f"| {number(label + ', strict', 'F1', 4)} |"
            )
    lines += ["", f"Six-boundary F1, the mean of the strict column: {number('six-boundary', 'F1', 4)}.", ""]
    lines += ["| interval | records | mean difference, ms | SD, ms |", "|---|---|---|---|"]
    for name in INTERVALS:
        n = find[name, "meanErrorMs"]["n"]
        lines.append(f"| {name} | {n} | {number(name, 'meanErrorMs', 1)} | {number(name, 'sdErrorMs', 1)} |")
    return "\n".join(lines)


def simple_table(rows: list[dict[str, Any]]) -> str:
    """Rows of the same keys as Markdown; numbers of F1 with four digits, others as they are."""
    if not rows:
        return "Not measured."

    def cell(key: str, value: Any) -> str:
        return f"{value:.1f}" if "ms" in key else f"{value:.4f}" if isinstance(value, float) else str(value)

    lines = ["| " + " | ".join(rows[0]) + " |", "|---" * len(rows[0]) + "|"]
    return "\n".join(lines + ["| " + " | ".join(cell(*item) for item in row.items()) + " |" for row in rows])


def read_rows(path: Path | None) -> list[dict[str, Any]]:
    return json.loads(path.read_text()) if path else []


def read_predictions(paths: list[Path]) -> dict[str, NDArray[np.float32]]:
    """Record -> logits [12, classes, N]; a record that comes twice is an error."""
    logits: dict[str, NDArray[np.float32]] = {}
    for path in paths:
        with np.load(path) as file:
            for name, values in zip(file["names"], file["logits"], strict=True):
                if str(name) in logits:
                    raise SystemExit(f"record {name} is in two files")
                logits[str(name)] = values.astype(np.float32)
    return logits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of LUDB")
    parser.add_argument("--predictions", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--robustness", type=Path, help="written by delineator.robustness")
    parser.add_argument("--tried", type=Path, help="written by delineator.compare")
    parser.add_argument("--docs", type=Path)
    args = parser.parse_args()
    logits = read_predictions(args.predictions)
    evaluation = Evaluation(logits, {name: read_marks(args.data, name) for name in logits})
    results = results_of(evaluation)
    args.out.write_text(json.dumps({"records": evaluation.names, "results": results}, indent=1) + "\n")
    if args.docs:
        text = TEMPLATE.read_text(encoding="utf-8")
        parts = {
            "records": str(len(logits)),
            "tables": tables(results),
            "robustness": simple_table(read_rows(args.robustness)),
            "tried": simple_table(read_rows(args.tried)),
        }
        for name, part in parts.items():
            text = text.replace(f"{{{{{name}}}}}", part)
        args.docs.write_text(text, encoding="utf-8")
    print(tables(results))


if __name__ == "__main__":
    main()
