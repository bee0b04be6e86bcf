"""The page against PyTorch on real records: the same files through `npm run read`, probabilities compared.

    python -m efficientecg.page_parity prepare --data PTBXL --out DIR
    (cd .. && npm run -s read -- --backend wasm --demographics DIR/people.csv DIR/records > DIR/page.jsonl)
    python -m efficientecg.page_parity compare --data PTBXL --out DIR --waves W.jsonl ... \
        --model ../public/models/efficientecg

The records are 50 raw ones, evenly spread over folds 1-8. On PyTorch's side the front end is Python's and
the wave features are those that training had.
"""

import argparse
import csv
import json
import shutil
from pathlib import Path

import numpy as np

from efficientecg.config import INPUT
from efficientecg.degrade import raw_training_records
from efficientecg.evaluate import calibrated
from efficientecg.out_of_fold import score
from efficientecg.ptbxl import Record, load_dataset
from efficientecg.reference import load

COUNT = 50
TOLERANCE = 1e-3


def chosen(data: Path) -> list[Record]:
    records = raw_training_records(data)
    return [records[i] for i in np.linspace(0, len(records) - 1, COUNT).round().astype(int)]


def prepare(data: Path, out: Path) -> None:
    """Copies the records and writes the table of ages and sexes that the page joins by file name."""
    (out / "records").mkdir(parents=True, exist_ok=True)
    with (out / "people.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["file", "age", "sex"])
        for record in chosen(data):
            for ending in (".hea", ".dat"):
                shutil.copy(record.path.with_suffix(ending), out / "records")
            age = min(record.age_years, INPUT["age"]["maxYears"]) if record.age_years is not None else ""
            table.writerow([f"{record.path.name}.hea", age, record.sex])


def compare(data: Path, out: Path, folder: Path, waves: list[Path]) -> float:
    """Prints and returns the greatest difference of a probability."""
    with (out / "page.jsonl").open(encoding="utf-8") as lines:
        analyses = [json.loads(line) for line in lines]
    page = {Path(analysis["source"]["name"]).stem: analysis["findings"] for analysis in analyses}
    model, network = load(folder)
    dataset = load_dataset(data, records=chosen(data), waves=waves)
    wanted = calibrated(score(network, dataset).logits, model)
    differences = []
    for record, probabilities in zip(dataset.records, wanted, strict=True):
        for finding, expected in zip(page[record.path.name], probabilities, strict=True):
            if finding["probability"] is not None:
                differences.append(abs(finding["probability"] - expected))
    worst = float(max(differences))
    print(
        f"{len(dataset.records)} records, {len(differences)} probabilities: greatest difference {worst:.1e}"
    )
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("step", choices=("prepare", "compare"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--waves", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    if args.step == "prepare":
        prepare(args.data, args.out)
    elif compare(args.data, args.out, args.model, args.waves) > TOLERANCE:
        raise SystemExit(f"more than {TOLERANCE}")


if __name__ == "__main__":
    main()
