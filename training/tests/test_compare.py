"""The comparison of experiments: seeds averaged, records in common, paired differences with their sign."""

from pathlib import Path

import numpy as np
import pytest

from efficientecg.compare import costs_table, ensemble_table, table
from efficientecg.experiments import EXPERIMENTS
from efficientecg.labels import CODES, SUPERCLASSES
from efficientecg.metrics import auroc, bootstrap, macro_auroc, resampled_weights, weighted_aurocs
from efficientecg.paired import difference, mean_auroc, pair, read_predictions
from efficientecg.ptbxl import labels_of, read_records


def write_run(runs: Path, name: str, ids: list[int], logits: np.ndarray) -> None:
    (runs / name).mkdir(parents=True)
    np.savez(runs / name / "predictions.npz", ecg_id=np.array(ids), logits=logits)


def test_pairs_hold_the_records_with_most_seeds_and_leave_other_folders_out(tmp_path: Path) -> None:
    for seed in (0, 1):
        write_run(tmp_path, f"base-s{seed}-without-7-8", [1, 2], np.full((2, len(CODES)), 2.0 * seed))
    write_run(tmp_path, "base-s0-without-5-6", [3], np.zeros((1, len(CODES))))
    write_run(tmp_path, "elsewhere", [4], np.zeros((1, len(CODES))))
    base = read_predictions(tmp_path)["base"]
    assert sorted(base) == [1, 2, 3]
    itself = pair(base, base)
    assert itself is not None
    assert (itself.records, itself.seeds) == ([1, 2], [0, 1])
    assert itself.ours[:, 0, 0].tolist() == [0, 2]
    assert itself.averaged().ours[:, 0, 0].tolist() == [1, 1]
    once = pair(base, {1: {0: np.zeros(len(CODES))}, 9: {0: np.zeros(len(CODES))}})
    assert once is not None
    assert (once.records, once.seeds) == ([1], [0])
    assert pair(base, {1: {7: np.zeros(len(CODES))}}) is None


def test_a_difference_is_the_mean_over_seeds_in_the_draws_of_the_bootstrap() -> None:
    generator = np.random.default_rng(0)
    y = (generator.random((200, len(CODES))) < 0.4).astype(float)
    noise = generator.standard_normal((2, *y.shape))
    patients = np.arange(200).astype(str)
    d = difference(SUPERCLASSES, y, 2 * y + noise, 0.5 * y + noise, patients)
    assert 0 < d.low < d.value < d.high
    assert difference(SUPERCLASSES, y, noise, noise, patients).value == 0
    each = [macro_auroc(y, scores, SUPERCLASSES) for scores in noise]
    assert mean_auroc(SUPERCLASSES, y, noise) == pytest.approx(np.mean(each))
    one, other = np.zeros((1, *y.shape)), y[None] + noise[:1]
    slow = bootstrap(lambda y, score: macro_auroc(y, score, SUPERCLASSES) - 0.5, y, other[0], patients, 200)
    weights = resampled_weights(patients, 200)
    fast = np.mean([weighted_aurocs(y[:, c], other[0][:, c], weights) for c in range(5)], axis=0) - 0.5
    assert np.percentile(fast, [2.5, 97.5]) == pytest.approx([slow.low, slow.high])
    assert difference(SUPERCLASSES, y, other, one, patients).value == pytest.approx(slow.value)


def test_weights_count_records_and_ties_count_half() -> None:
    y, score = np.array([0.0, 1, 0, 1, 1]), np.array([1.0, 1, 2, 2, 3])
    weights = np.array([[1, 1, 1, 1, 1], [2, 0, 1, 3, 1], [1, 0, 1, 0, 0]], float)
    found = weighted_aurocs(y, score, weights)
    assert found[0] == auroc(y, score)
    repeated = np.repeat(np.arange(5), weights[1].astype(int))
    assert found[1] == pytest.approx(auroc(y[repeated], score[repeated]))
    assert np.isnan(found[2])


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
    assert rows[3].endswith("| +0.000 |")
    assert len(list(ensemble_table(packed, read_predictions(runs), ["waves"]))) == 2
    write_run(runs, "waves-s1-without-1-2", ids, -y)
    averaged = list(ensemble_table(packed, read_predictions(runs), ["waves"]))
    assert averaged[2].startswith("| seeds of waves | 2 | 0.500 (+0.000, ")
    write_run(runs, "wang-s1-without-1-2", ids, 3 * y)
    *_, mixed = ensemble_table(packed, read_predictions(runs), [])
    assert mixed.startswith("| waves and wang, against waves, 3 records | 1 | 1.000 (+1.000, ")
    write_run(runs, "wang-s0-without-1-2", ids, y)
    *_, every, first = ensemble_table(packed, read_predictions(runs), [])
    assert every.startswith("| waves and wang, against waves, 3 records | 2 | 1.000 (+0.500, ")
    assert first.startswith("| waves and wang, against waves, 3 records | 1 | 1.000 (+0.000, ")


def test_costs_are_those_of_the_card_and_of_each_architecture_once() -> None:
    found = {name: {1: {0: np.zeros(1)}} for name in ("base", "waves", "waves-noise", "wang", "lstm")}
    _, _, base, waves, lstm, wang = costs_table(found)
    assert base.startswith("| base | 708,361 | 32 |")
    assert wang.startswith("| wang | 443,921 |")
    parameters = [int(row.split(" | ")[1].replace(",", "")) for row in (base, waves, lstm)]
    assert parameters == sorted(parameters)
