"""Reads PTB-XL (Wagner et al. 2020): the official layout, or the packed subset with its two signal kinds.

Official: `ptbxl_database.csv` with `filename_hr`, sex 0 = male and 1 = female, `records500/`.
Packed: `filename`, sex in words, and `signal` = raw500 or z250. z250 records were filtered and z-scored
before they were stored: they are used as stored (a second filter would make the two kinds tell apart).
Ages of 300 mean "over 89".
"""

import ast
import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import wfdb
from numpy.typing import NDArray

from efficientecg.config import INPUT, LEADS
from efficientecg.frontend import network_demographics, network_input
from efficientecg.labels import CODES, SUPERCLASSES
from efficientecg.waves import COUNT, read_waves

Z250_UNITS_PER_DEVIATION = 200
SIGNAL_S = 10.0


@dataclass(frozen=True)
class Record:
    """One row of the database. `signal` is raw500 (mV, 500 Hz) or z250 (z-scores, 250 Hz)."""

    ecg_id: int
    patient: str
    age_years: float | None
    sex: str
    fold: int
    likelihoods: dict[str, float]
    signal: str
    path: Path


@dataclass(frozen=True)
class Dataset:
    """Row for row: x [n, 12, 2500], mask [n, 12], age [n, 2], sex [n, 3], y [n, labels], waves [n, 2W]."""

    records: list[Record]
    x: NDArray[np.float32]
    mask: NDArray[np.float32]
    age: NDArray[np.float32]
    sex: NDArray[np.float32]
    y: NDArray[np.float32]
    waves: NDArray[np.float32]

    def take(self, rows: NDArray[np.intp]) -> "Dataset":
        records = [self.records[i] for i in rows]
        arrays = (self.x, self.mask, self.age, self.sex, self.y, self.waves)
        return Dataset(records, *(array[rows] for array in arrays))

    @property
    def folds(self) -> NDArray[np.intp]:
        return np.array([r.fold for r in self.records])

    @property
    def patients(self) -> NDArray[np.str_]:
        return np.array([r.patient for r in self.records])

    @property
    def raw(self) -> NDArray[np.bool_]:
        return np.array([r.signal == "raw500" for r in self.records])


def parse_sex(text: str) -> str:
    return {"0": "male", "1": "female", "male": "male", "female": "female"}.get(text, "unknown")


def parse_age(text: str) -> float | None:
    return None if text in ("", "nan") else float(text)


def read_records(root: Path) -> list[Record]:
    """Every row of `ptbxl_database.csv` whose signal file is there."""
    records = []
    with (root / "ptbxl_database.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            path = root / (row.get("filename") or row["filename_hr"])
            if not path.with_suffix(".hea").exists():
                continue
            records.append(
                Record(
                    ecg_id=int(float(row["ecg_id"])),
                    patient=row["patient_id"],
                    age_years=parse_age(row["age"]),
                    sex=parse_sex(row["sex"]),
                    fold=int(float(row["strat_fold"])),
                    likelihoods=ast.literal_eval(row["scp_codes"]),
                    signal=row.get("signal") or "raw500",
                    path=path,
                )
            )
    return records


def read_superclasses(root: Path) -> dict[str, str]:
    """Diagnostic statement -> superclass, from `scp_statements.csv`."""
    with (root / "scp_statements.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("diagnostic_class")
    return {row[0]: row[column] for row in rows[1:] if row[column]}


def label_vector(
    likelihoods: dict[str, float], superclass: dict[str, str], at_least: float = 0
) -> NDArray[np.float32]:
    """1 for each statement present, [labels], in the order of `CODES`.

    Rhythm and form statements carry likelihood 0, which means "not stated", so presence is what counts.
    `at_least` (percent) holds for diagnostic statements only.
    """
    present = {code for code, percent in likelihoods.items() if code not in superclass or percent >= at_least}
    present |= {superclass[code] for code in present if code in superclass}
    return np.array([code in present for code in CODES], np.float32)


def labels_of(records: list[Record], root: Path, at_least: float = 0) -> NDArray[np.float32]:
    superclass = read_superclasses(root)
    assert set(superclass.values()) == set(SUPERCLASSES)
    return np.stack([label_vector(r.likelihoods, superclass, at_least) for r in records])


def read_input(record: Record) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One record's x [2500, 12] and mask [12] through the front end, or as stored when z250."""
    file = wfdb.rdrecord(str(record.path), physical=record.signal == "raw500")
    # Official headers write AVR, AVL, AVF.
    names = [name.replace("AV", "aV") for name in file.sig_name]
    if record.signal == "raw500":
        leads = {name: file.p_signal[:, i] for i, name in enumerate(names)}
        return network_input(leads, file.fs, 0, SIGNAL_S)
    order = [names.index(lead) for lead in LEADS]
    x = (file.d_signal[:, order] / Z250_UNITS_PER_DEVIATION).astype(np.float32)
    mask = (x.std(0) > 0).astype(np.float32)
    return x * mask, mask


def waves_of(records: list[Record], files: list[Path]) -> NDArray[np.float32]:
    """Wave features [n, 2W]; all unknown without files. Raises KeyError where a record is not in them."""
    if not files:
        return np.zeros((len(records), 2 * COUNT), np.float32)
    found = read_waves(files)
    return np.stack([found[record.path.name] for record in records])


def load_dataset(
    root: Path,
    cache: Path | None = None,
    records: list[Record] | None = None,
    waves: list[Path] | None = None,
) -> Dataset:
    """These or all records under `root` as network inputs; `cache` holds them between runs (npz).

    `waves` are files of `bench/measure.ts`; without them no wave feature is known.
    """
    records = read_records(root) if records is None else records
    identity = (INPUT, [(record.ecg_id, record.signal) for record in records])
    key = hashlib.sha256(repr(identity).encode()).hexdigest()[:16]
    stored = cache / f"ptbxl-inputs-{key}.npz" if cache else None
    if stored and stored.exists():
        with np.load(stored) as arrays:
            x, mask = arrays["x"], arrays["mask"]
    else:
        inputs = [read_input(record) for record in records]
        x = np.stack([x.T for x, _ in inputs])
        mask = np.stack([mask for _, mask in inputs])
        if stored:
            stored.parent.mkdir(parents=True, exist_ok=True)
            np.savez(stored, x=x, mask=mask)
    people = [network_demographics(r.age_years, r.sex) for r in records]
    age, sex = np.stack([a for a, _ in people]), np.stack([s for _, s in people])
    return Dataset(records, x, mask, age, sex, labels_of(records, root), waves_of(records, waves or []))
