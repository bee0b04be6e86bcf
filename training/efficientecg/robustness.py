"""Where it fails, out of fold: by patient, by lead, rate and length, by noise, with electrodes exchanged.

    python -m efficientecg.robustness --data PTBXL --noise NSTDB --runs RUNS \
        --waves W.jsonl ... DEGRADED.jsonl --model ../public/models/efficientecg

DEGRADED.jsonl is what `bench/measure.ts` measured on the records of `degrade.py`, so that the wave features
suffer as the signal does. The networks are those of the cross-validation (RUNS/EXPERIMENT-s0-without-*),
rounded as they ship. Writes `results` of `model.json` whose set begins with "Out of fold, ".
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from efficientecg.degrade import Condition, conditions, degraded, raw_training_records, read_noise, read_raw
from efficientecg.evaluate import RHYTHM, macro_rows
from efficientecg.experiments import SHIPPED
from efficientecg.frontend import network_input
from efficientecg.labels import SUPERCLASSES
from efficientecg.metrics import Floats
from efficientecg.modelfile import write_json
from efficientecg.out_of_fold import CrossValidation
from efficientecg.ptbxl import Dataset, Record, load_dataset
from efficientecg.waves import read_waves

SET = "Out of fold, "
EVERYTHING = {"macro-superclass": SUPERCLASSES, "macro-rhythm": RHYTHM}
AGES = ((18, 40), (40, 50), (50, 60), (60, 70), (70, 80), (80, 200))


def groups(data: Dataset) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Rows of each group of patients, in words."""
    age = np.array([np.nan if r.age_years is None else r.age_years for r in data.records])
    sex = np.array([r.sex for r in data.records])
    for low, high in AGES:
        words = f"{low} to under {high} years" if high < 200 else f"{low} years and over"
        yield words, np.flatnonzero((age >= low) & (age < high))
    for which in ("female", "male"):
        yield {"female": "women", "male": "men"}[which], np.flatnonzero(sex == which)


def patient_rows(data: Dataset, logits: Floats) -> Iterator[dict[str, Any] | None]:
    """How well in each group of patients, all signals as recorded."""
    for words, rows in groups(data):
        yield from macro_rows(f"{SET}{words}", "all", EVERYTHING, data.take(rows), logits[rows])


def as_seen(base: Dataset, name: str, condition: Condition, waves: dict[str, NDArray[np.float32]]) -> Dataset:
    """The records of `base` under a condition, through the front end, with what the page measured of them."""
    inputs = []
    for record in base.records:
        seen = degraded(record, name, condition)
        inputs.append(network_input(seen.leads, seen.rate_hz, 0, condition.length_s))
    measured = np.stack([waves[f"{record.path.name}-{name}"] for record in base.records])
    return replace(
        base,
        x=np.stack([x.T for x, _ in inputs]),
        mask=np.stack([mask for _, mask in inputs]),
        waves=measured,
    )


def rows_of(records: list[Record], wanted: list[Record]) -> NDArray[np.intp]:
    place = {record.ecg_id: i for i, record in enumerate(records)}
    return np.array([place[record.ecg_id] for record in wanted])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--noise", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--experiment", default=SHIPPED)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--waves", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()

    everything = load_dataset(args.data, args.cache, waves=args.waves)
    data = everything.take(np.flatnonzero(everything.folds <= 8))
    networks, waves = CrossValidation(args.runs, args.experiment), read_waves(args.waves)
    rows = list(patient_rows(data, networks.score(data).logits))
    raw = data.take(rows_of(data.records, raw_training_records(args.data)))
    noise = read_noise(args.noise, round(read_raw(raw.records[0]).rate_hz))
    for name, condition in conditions(noise).items():
        seen = as_seen(raw, name, condition, waves)
        macros = EVERYTHING if condition.all_leads else {"macro-rhythm": RHYTHM}
        found = list(macro_rows(f"{SET}{condition.words}", "raw", macros, seen, networks.score(seen).logits))
        print(condition.words, *(f"{r['label']} {r['value']:.3f}" for r in found if r), flush=True)
        rows += found
    path = args.model / "model.json"
    model = json.loads(path.read_text(encoding="utf-8"))
    kept = [row for row in model["results"] if not row["set"].startswith(SET)]
    model["results"] = [*kept, *(row for row in rows if row)]
    write_json(path, model)


if __name__ == "__main__":
    main()
