"""The reader: both layouts, both kinds of signal, labels by presence, patients on one side."""

import csv
from pathlib import Path

import numpy as np
import pytest
from conftest import beats, write_raw

from efficientecg.config import LEADS
from efficientecg.frontend import network_input
from efficientecg.labels import CODES
from efficientecg.ptbxl import labels_of, load_dataset, read_input, read_records
from efficientecg.split import parse_folds, split_by_fold


def present(row: np.ndarray) -> set[str]:
    return {code for code, value in zip(CODES, row, strict=True) if value}


def test_labels_follow_presence(packed: Path) -> None:
    data = load_dataset(packed)
    assert [present(row) for row in data.y] == [
        {"NORM", "SR"},
        {"MI", "IMI", "AFIB"},
        {"CD", "HYP", "CLBBB", "LVH"},
        {"STTC", "ISC_"},
    ]


def test_likelihood_floor_holds_for_diagnoses_only(packed: Path) -> None:
    rows = labels_of(read_records(packed), packed, at_least=50)
    assert [present(row) for row in rows] == [
        {"NORM", "SR"},
        {"AFIB"},
        {"CD", "HYP", "CLBBB", "LVH"},
        {"STTC", "ISC_"},
    ]


def test_demographics(packed: Path) -> None:
    data = load_dataset(packed)
    np.testing.assert_allclose(data.age, [[0.63, 1], [0.9, 1], [0.89, 1], [0, 0]], rtol=1e-6)
    assert data.sex.tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]


def test_raw_goes_through_the_front_end_and_z250_is_used_as_stored(packed: Path) -> None:
    data = load_dataset(packed)
    mv = np.round(beats(500, 61, 1) * 1000) / 1000
    x, mask = network_input({lead: mv[:, i] for i, lead in enumerate(LEADS)}, 500, 0, 10)
    np.testing.assert_allclose(data.x[0], x.T, atol=1e-6)
    assert mask.all()
    z = beats(250, 62, 2)
    z = (z - z.mean(0)) / z.std(0)
    np.testing.assert_allclose(data.x[1], z.T, atol=0.5 / 200 + 1e-6)
    assert data.raw.tolist() == [True, False, True, False]


def test_cache_gives_the_same(packed: Path, tmp_path: Path) -> None:
    first = load_dataset(packed, tmp_path / "cache")
    for file in packed.glob("records*/*/*.dat"):
        file.unlink()
    np.testing.assert_array_equal(load_dataset(packed, tmp_path / "cache").x, first.x)


def test_official_layout(tmp_path: Path) -> None:
    """Sex 1 is female, headers write AVR, leads can come in any order, absent files are passed over."""
    order = tuple(lead.replace("aV", "AV") for lead in reversed(LEADS))
    mv = beats(500, 70, 5)
    write_raw(tmp_path / "records500" / "00000" / "00001_hr", mv[:, ::-1], order)
    with (tmp_path / "ptbxl_database.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["ecg_id", "patient_id", "age", "sex", "strat_fold", "scp_codes", "filename_hr"])
        table.writerow([1, 5.0, 50.0, 1, 3, "{}", "records500/00000/00001_hr"])
        table.writerow([2, 6.0, 50.0, 0, 3, "{}", "records500/00000/00002_hr"])
    (record,) = read_records(tmp_path)
    assert (record.sex, record.fold, record.signal) == ("female", 3, "raw500")
    x, _ = read_input(record)
    expected, _ = network_input({lead: mv[:, i] for i, lead in enumerate(LEADS)}, 500, 0, 10)
    np.testing.assert_allclose(x, expected, atol=0.05)


def test_no_patient_on_two_sides(packed: Path) -> None:
    data = load_dataset(packed)
    left, right = split_by_fold(data, {1, 2}, {9})
    assert [r.ecg_id for r in left.records] == [1, 2, 3]
    assert [r.ecg_id for r in right.records] == [4]
    with pytest.raises(ValueError, match="folds on both sides"):
        split_by_fold(data, {1, 2}, {2})
    moved = data.take(np.arange(4))
    moved.records[3] = moved.records[0].__class__(**{**vars(moved.records[3]), "patient": "8"})
    with pytest.raises(ValueError, match="patients on both sides"):
        split_by_fold(moved, {1, 2}, {9})


@pytest.mark.parametrize(
    ("text", "folds"), [("1-8", set(range(1, 9))), ("", set()), ("3", {3}), ("1-2,9", {1, 2, 9})]
)
def test_parse_folds(text: str, folds: set[int]) -> None:
    assert parse_folds(text) == folds
