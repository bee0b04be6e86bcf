"""The comparison of experiments: seeds averaged, records in common, paired differences with their sign."""

from pathlib import Path

import numpy as np
import pytest

from efficientecg.compare import difference, pair, read_predictions, table
from efficientecg.experiments import EXPERIMENTS
from efficientecg.labels import CODES, SUPERCLASSES
from efficientecg.ptbxl import labels_of, read_records


def write_run(runs: Path, name: str, ids: list[int], logits: np.ndarray) -> None:
    (runs / name).mkdir(parents=True)
    np.savez(runs / name / "predictions.npz", ecg_id=np.array(ids), logits=logits)


def test_seeds_are_averaged_and_other_folders_left_out(tmp_path: Path) -> None:
    for seed in (0, 1):
        write_run(tmp_path, f"base-s{seed}-without-7-8", [1, 2], np.full((2, len(CODES)), 2.0 * seed))
    write_run(tmp_path, "base-s0-without-5-6", [3], np.zeros((1, len(CODES))))
    write_run(tmp_path, "elsewhere", [4], np.zeros((1, len(CODES))))
    base = read_predictions(tmp_path)["base"]
    assert sorted(base) == [1, 2, 3]
    itself = pair(base, base)
    assert itself is not None
    assert itself.ours[0][0] == pytest.approx(1.0)
    assert itself.seeds == 1
    once = pair(base, {1: {0: np.zeros(len(CODES))}, 9: {0: np.zeros(len(CODES))}})
    assert once is not None
    assert (once.records, once.ours[0][0]) == ([1], 0)
    assert pair(base, {1: {7: np.zeros(len(CODES))}}) is None


def test_a_better_experiment_has_a_positive_difference() -> None:
    generator = np.random.default_rng(0)
    y = (generator.random((200, len(CODES))) < 0.4).astype(float)
    noise = generator.standard_normal(y.shape)
    patients = np.arange(200).astype(str)
    d = difference(SUPERCLASSES, y, 2 * y + noise, 0.5 * y + noise, patients)
    assert 0 < d.low < d.value < d.high
    assert difference(SUPERCLASSES, y, noise, noise, patients).value == 0


def test_table_has_a_row_for_each_experiment_with_records(packed: Path, tmp_path: Path) -> None:
    records = [record for record in read_records(packed) if record.fold <= 8]
    ids, y = [record.ecg_id for record in records], labels_of(records, packed)
    runs = tmp_path / "runs"
    write_run(runs, "base-s0-without-1-2", ids, y)
    write_run(runs, "waves-s0-without-1-2", ids, y)
    rows = list(table(packed, read_predictions(runs)))
    assert len(rows) == 2 + 2
    assert rows[2].startswith(f"| base: {EXPERIMENTS['base'].story} | – | 3 | 1 | 1.000 |")
    assert "1.000 (+0.000, +0.000 to +0.000)" in rows[3]
