"""How common each statement is in PTB-XL, by age and sex: `model.json`'s `prevalence`.

    python -m efficientecg.prevalence --data PTBXL --model ../public/models/efficientecg

Counted over all ECGs of folds 1-8, those without a signal in the packed subset too (its file
`labels_without_signals.csv`; the official `ptbxl_database.csv` otherwise): ten times the records that the
network saw. Patients under 18 are left out, as the page leaves them out.
"""

import argparse
import ast
import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from efficientecg.config import INPUT
from efficientecg.labels import CODES
from efficientecg.modelfile import write_json
from efficientecg.ptbxl import label_vector, parse_age, parse_sex, read_superclasses

# The youngest of each band; the last one is open (PTB-XL writes 300 for "over 89").
BANDS = (int(INPUT["age"]["minYears"]), 40, 50, 60, 70, 80)
SEXES = ("female", "male")


@dataclass(frozen=True)
class Person:
    """One ECG without its signal."""

    age_years: float
    sex: str
    fold: int
    labels: NDArray[np.float32]


def read_people(root: Path) -> list[Person]:
    """Every ECG whose age and sex are told."""
    path = root / "labels_without_signals.csv"
    if not path.exists():
        path = root / "ptbxl_database.csv"
    superclass = read_superclasses(root)
    people = []
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            age, sex = parse_age(row["age"]), parse_sex(row["sex"])
            if age is None or sex not in SEXES:
                continue
            labels = label_vector(ast.literal_eval(row["scp_codes"]), superclass)
            people.append(Person(age, sex, int(float(row["strat_fold"])), labels))
    return people


def prevalence(people: list[Person]) -> dict[str, Any]:
    """Counts by sex and age band, of folds 1-8: ECGs in all, and those with each statement."""
    kept = [p for p in people if p.fold <= 8 and p.age_years >= BANDS[0]]
    records = {sex: [0] * len(BANDS) for sex in SEXES}
    positives = {code: {sex: [0] * len(BANDS) for sex in SEXES} for code in CODES}
    for person in kept:
        band = int(np.searchsorted(BANDS, person.age_years, side="right")) - 1
        records[person.sex][band] += 1
        for code, present in zip(CODES, person.labels, strict=True):
            positives[code][person.sex][band] += int(present)
    return {
        "countedOn": f"PTB-XL 1.0.3, folds 1–8, {len(kept):,} ECGs of adults",
        "ageFromYears": list(BANDS),
        "records": records,
        "positives": positives,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    path = args.model / "model.json"
    model = json.loads(path.read_text(encoding="utf-8"))
    found = prevalence(read_people(args.data))
    model["prevalence"] = found
    write_json(path, model)
    print(found["countedOn"])


if __name__ == "__main__":
    main()
