"""The ablation on CinC 2017: one lead in, pooled features out, a head that never saw the record it calls."""

from pathlib import Path

import numpy as np
import torch
from conftest import TINY, beats

from efficientecg.cinc_trunks import calls, difference, mean_f1, middles, pooled, table
from efficientecg.experiments import RIVAL
from efficientecg.networks import build


def test_both_kinds_of_trunk_give_pooled_features(tmp_path: Path) -> None:
    ecg = np.stack([beats(250, 70, i, leads=1)[:, 0] for i in range(3)]).astype(np.float32)
    for name, architecture, width in (("ours", TINY, 2 * 32), ("rival", RIVAL, 2 * 128)):
        network = build(architecture, 4)
        state = {"architecture": architecture, "labels": list("abcd"), "ema": network.state_dict()}
        (tmp_path / name).mkdir()
        torch.save(state, tmp_path / name / "last.pt")
        found = pooled(tmp_path / name, ecg, size=2)
        assert found.shape == (3, width)
        assert np.abs(found[0] - found[1]).max() > 0


def test_middles_are_kept_between_runs(tmp_path: Path) -> None:
    import wfdb

    for name, seconds in (("A1", 9), ("A2", 30)):
        signal = np.tile(beats(300, 70, 1, leads=1), (3, 1))[: seconds * 300]
        wfdb.wrsamp(name, 300, ["mV"], ["ECG"], signal, fmt=["16"], write_dir=str(tmp_path))
    found = middles(tmp_path, ["A1", "A2"], tmp_path / "cache.npy")
    assert found.shape == (2, 2500)
    assert not found[0, 9 * 250 :].any()
    assert found[1, 9 * 250 :].any()
    np.testing.assert_array_equal(middles(tmp_path, [], tmp_path / "cache.npy"), found)


def test_a_trunk_that_tells_the_classes_apart_has_the_better_head() -> None:
    generator = np.random.default_rng(0)
    y, fold = np.tile(np.arange(4), 60), np.repeat(np.arange(5), 48)
    noise = generator.standard_normal((240, 4))
    blind, seeing = calls(noise, y, fold), calls(noise + 4 * np.eye(4)[y], y, fold)
    assert mean_f1(y, seeing) > 0.9
    assert mean_f1(y, blind) < 0.5
    assert difference(y, seeing, blind, resamples=200).low > 0
    _, _, first, other = table({"ecg": blind, "wang": seeing}, y)
    assert "(" not in first
    assert other.startswith("| wang | ") and "(+0." in other
