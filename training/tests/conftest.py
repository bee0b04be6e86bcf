"""Shared by the tests: a made-up PTB-XL in miniature, and a network small enough to train in seconds."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wfdb

from efficientecg.config import LEADS, stage

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "public" / "models" / "efficientecg"
SCHEMA = REPOSITORY / "public" / "models" / "model.schema.json"
GOLDEN = REPOSITORY / "src" / "inference" / "golden"

TINY: dict[str, Any] = {
    "kind": "efficientnet-1d-cross-attention",
    "width": 0.5,
    "depth": 1.2,
    "divisor": 8,
    "stem": {"filters": 16, "kernel": 7, "stride": 4},
    "stages": [stage(1, 16, 1, 2, 3), stage(3, 24, 2, 2, 5), stage(3, 40, 1, 1, 3)],
    "squeezeRatio": 0.25,
    "head": {"filters": 32},
    "pool": ["mean", "max"],
    "fusion": {"tokens": ["age", "sex"], "width": 16, "heads": 4, "ageHidden": 8},
}

STATEMENTS = """,description,diagnostic,form,rhythm,diagnostic_class
NORM,normal ECG,1.0,,,NORM
IMI,inferior myocardial infarction,1.0,,,MI
ISC_,non-specific ischemic,1.0,,,STTC
CLBBB,complete left bundle branch block,1.0,,,CD
LVH,left ventricular hypertrophy,1.0,,,HYP
AFIB,atrial fibrillation,,,1.0,
SR,sinus rhythm,,,1.0,
"""


def beats(rate_hz: float, bpm: float, seed: int, leads: int = 12) -> np.ndarray:
    """A crude ECG in mV, [10 s, leads]: a narrow bump a beat, of its own height in each lead, and noise."""
    generator = np.random.default_rng(seed)
    time = np.arange(int(10 * rate_hz)) / rate_hz
    phase = (time * bpm / 60 + generator.random()) % 1
    bump = np.exp(-(((phase - 0.5) * 60 / bpm / 0.02) ** 2))
    heights = 0.5 + 0.1 * np.arange(leads)
    return bump[:, None] * heights + 0.02 * generator.standard_normal((len(time), leads))


def write_raw(path: Path, mv: np.ndarray, leads: tuple[str, ...] = LEADS) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    count = len(leads)
    wfdb.wrsamp(
        path.name, 500, ["mV"] * count, list(leads), mv, fmt=["16"] * count,
        adc_gain=[1000.0] * count, baseline=[0] * count, write_dir=str(path.parent),
    )  # fmt: skip


def write_stored(path: Path, z: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    wfdb.wrsamp(
        path.name, 250, ["NU"] * 12, list(LEADS), d_signal=np.round(200 * z).astype(np.int64),
        fmt=["16"] * 12, adc_gain=[200.0] * 12, baseline=[0] * 12, write_dir=str(path.parent),
    )  # fmt: skip


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Four records in the packed subset's layout: two raw, two z250; patient 8 has two of them."""
    rows = [
        (1, 7, "63.0", "female", 1, "{'NORM': 100.0, 'SR': 0.0}", "raw500"),
        (2, 8, "300.0", "male", 2, "{'IMI': 35.0, 'AFIB': 0.0}", "z250"),
        (3, 8, "89.0", "male", 2, "{'CLBBB': 100.0, 'LVH': 50.0}", "raw500"),
        (4, 9, "", "", 9, "{'ISC_': 80.0}", "z250"),
    ]
    with (tmp_path / "ptbxl_database.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["ecg_id", "patient_id", "age", "sex", "strat_fold", "scp_codes", "signal", "filename"]
        )
        for row in rows:
            folder, suffix = ("records500", "hr") if row[6] == "raw500" else ("recordsz250", "z")
            name = f"{folder}/00000/{row[0]:05}_{suffix}"
            table.writerow([*row, name])
            if row[6] == "raw500":
                write_raw(tmp_path / name, beats(500, 60 + row[0], row[0]))
            else:
                z = beats(250, 60 + row[0], row[0])
                write_stored(tmp_path / name, (z - z.mean(0)) / z.std(0))
    (tmp_path / "scp_statements.csv").write_text(STATEMENTS)
    return tmp_path
