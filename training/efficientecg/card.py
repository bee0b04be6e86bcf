"""Writes the model card from `model.json`: the words are in `card.md`, every figure is measured.

python -m efficientecg.card --model ../public/models/efficientecg --out ../docs/model-card.md
"""

import argparse
import json
from pathlib import Path
from typing import Any

from efficientecg.recalibration import INTERCEPT, SLOPE
from efficientecg.reliability import ERROR, FEW, REDRAWN
from efficientecg.results import FOLD, OUT_OF_FOLD, Results, interval, table
from efficientecg.targets import targets

TEMPLATE = Path(__file__).with_name("card.md")
DEGRADED = "Out of fold, "
# A statement with fewer to learn from is exploratory.
FEWEST_POSITIVES = 50


def summary(results: Results) -> str:
    rows = []
    for name in (FOLD, OUT_OF_FOLD):
        for signals in ("all", "raw"):
            row = results.row(name, signals, "AUROC", "macro-superclass")
            if row:
                cells = [results.cell(name, signals, "AUROC", m) for m in ("macro-superclass", "macro-all")]
                rows.append([name, signals, str(row["n"]), *cells])
    return table(["records", "signals", "n", "5 superclasses", "all labels"], rows)


def per_label(model: dict[str, Any], results: Results, signals: str) -> str:
    metrics = ("AUROC", "AUPRC", "F1", "sensitivity", "specificity", ERROR)
    rows = []
    for label in model["labels"]:
        code = label["code"]
        row = results.row(FOLD, signals, "AUROC", code)
        positives = str(row["positives"]) if row else "0"
        cells = [results.cell(FOLD, signals, metric, code) for metric in metrics]
        rows.append([code, positives, *cells, results.cell(OUT_OF_FOLD, signals, "AUROC", code)])
    return table(["label", "positives", *metrics, "AUROC, out of fold"], rows)


def views(results: Results) -> str:
    rows = [
        [row["set"].removeprefix(f"{FOLD}, "), row["label"], interval(row)]
        for (name, _, _, label), row in results.rows.items()
        if name.startswith(f"{FOLD}, ") and "likelihood" not in name and label != "macro-all"
    ]
    return table(["seen", "macro-AUROC over", "value"], rows)


def failures(results: Results) -> str:
    """Each condition and group of patients of `robustness.py`, in one row."""
    names = dict.fromkeys(name for name, *_ in results.rows if name.startswith(DEGRADED))
    rows = []
    for name in names:
        found = [row for (of, *_), row in results.rows.items() if of == name]
        signals, n = found[0]["signals"], found[0]["n"]
        cells = [
            results.cell(name, signals, "AUROC", macro) for macro in ("macro-superclass", "macro-rhythm")
        ]
        rows.append([name.removeprefix(DEGRADED), signals, str(n), *cells])
    if not rows:
        return "Not measured for this version yet."
    return table(["condition", "signals", "n", "5 superclasses", "rhythm"], rows)


def certain(results: Results) -> str:
    rows = [
        [row["label"], str(row["positives"]), interval(row)]
        for (name, *_), row in results.rows.items()
        if "likelihood" in name
    ]
    return table(["label", "positives", "AUROC"], rows)


def screening_cells(point: dict[str, Any]) -> list[str]:
    low, high = point["sensitivityLow"], point["sensitivityHigh"]
    found = f"{point['sensitivity']:.3f} ({low:.3f}–{high:.3f})"
    if point["exploratory"]:
        found += ", exploratory"
    return [f"{point['threshold']:.3f}", found, f"{point['specificity']:.3f}"]


OF_RELEASE = (
    "Fold 9: the network that ships, float16, under the calibration that ships. A dash: under ten positives\n"
    "there, or all of them apart from the others."
)


def reliability(results: Results) -> str:
    """Slope, intercept and error of the probabilities: out of fold, and of what ships on fold 9."""
    codes = [label for of, _, metric, label in results.rows if of == OUT_OF_FOLD and metric == SLOPE]
    of_release = any(of == FOLD and metric == SLOPE for of, _, metric, _ in results.rows)
    shown = {metric: (OUT_OF_FOLD, metric) for metric in (SLOPE, INTERCEPT, ERROR)}
    if of_release:
        shown |= {f"{metric}, fold 9": (FOLD, metric) for metric in (SLOPE, INTERCEPT)}
    rows = []
    for code in codes:
        positives = results.rows[OUT_OF_FOLD, "all", SLOPE, code]["positives"]
        found = [results.row(of, "all", metric, code) for of, metric in shown.values()]
        cells = [
            f"{row['value']:.3f} ({row['low']:.3f} to {row['high']:.3f})" if row else "–" for row in found
        ]
        rows.append([code, str(positives), *cells])
    if not rows:
        return "Not measured for this version yet."
    found_table = table(["label", "positives", *(name.removeprefix("calibration ") for name in shown)], rows)
    return f"{found_table}\n\n{OF_RELEASE}" if of_release else found_table


def labels(model: dict[str, Any]) -> str:
    rows = []
    for label in model["labels"]:
        required = label["requiredLeads"]
        leads = "all 12" if len(required) == 12 else ", ".join(required) or "any one"
        code, wording, snomed = label["code"], label["label"], label["snomed"] or "–"
        screening = screening_cells(label["screening"]) if "screening" in label else ["–", "–", "–"]
        threshold = f"{label['threshold']:.3f}"
        positives = str(label["positives"])
        if label["positives"] < FEWEST_POSITIVES:
            positives += ", exploratory"
        rows.append([code, wording, snomed, leads, positives, threshold, *screening])
    header = [
        "code", "statement", "SNOMED CT", "leads needed", "positives, folds 1–8",
        "balanced threshold", "screening threshold", "its sensitivity", "its specificity",
    ]  # fmt: skip
    return table(header, rows)


def doubt(model: dict[str, Any]) -> str:
    found = model.get("doubt")
    if found is None:
        return "There is no limit of doubt: whatever passes the quality gate gets its numbers."
    silent, wrong, others = 1 - found["coverage"], found["wrongAbove"], found["wrongBelow"]
    return (
        f"Where all statements can be assessed and their mean entropy is over {found['above']:.3f} bits,\n"
        f"the page says nothing: {silent:.0%} of the records ({found['setOn']}). Of these, {wrong:.0%}\n"
        f"of the superclasses were called wrongly, of the others {others:.0%} (`docs/training.md`)."
    )


def card(model: dict[str, Any]) -> str:
    results, training = Results(model["results"]), model["training"]
    headline = results.row(FOLD, "all", "AUROC", "macro-superclass")
    raw = results.row(FOLD, "raw", "AUROC", "macro-superclass")
    if headline is None or raw is None:
        raise SystemExit("model.json has no results yet: run efficientecg.evaluate")
    sources = [
        [data["name"], str(data["records"]), str(data["patients"]), data["licence"], data["url"]]
        for data in training["data"]
    ]
    facts = {
        **model,
        **training,
        "minimum": model["input"]["age"]["minYears"],
        "records": sum(data["records"] for data in training["data"]),
        "patients": sum(data["patients"] for data in training["data"]),
        "megamacs": training["macs10s"] / 1e6,
        "megabytes": model["weights"]["bytes"] / 1e6,
        "n": headline["n"],
        "few": FEW,
        "norm_ece": results.cell(FOLD, "all", ERROR, "NORM"),
        "sr_ece": results.cell(FOLD, "all", ERROR, "SR"),
        "norm_chance": results.cell(REDRAWN, "all", ERROR, "NORM"),
        "sr_chance": results.cell(REDRAWN, "all", ERROR, "SR"),
        "afib": results.cell(FOLD, "all", "AUROC", "AFIB"),
        "afib_n": (results.row(FOLD, "all", "AUROC", "AFIB") or {"positives": 0})["positives"],
        "raw": raw["n"],
        "set_on": model["labels"][0]["setOn"],
        "data": table(["data", "records", "patients", "licence", "from"], sources),
        "summary": summary(results),
        "each_of_all": per_label(model, results, "all"),
        "each_of_raw": per_label(model, results, "raw"),
        "certain": certain(results),
        "views": views(results),
        "failures": failures(results),
        "targets": targets(results),
        "reliability": reliability(results),
        "doubt": doubt(model),
        "labels": labels(model),
    }
    return TEMPLATE.read_text(encoding="utf-8").format(**facts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = json.loads((args.model / "model.json").read_text(encoding="utf-8"))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(card(model), encoding="utf-8")


if __name__ == "__main__":
    main()
