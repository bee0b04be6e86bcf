"""Readers, folds, class maps, augmentation and the masked loss of the delineator, on made-up records."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import torch
import wfdb
from conftest import beats

from delineator.augment import Settings, cubic, view
from delineator.config import IGNORED, LEADS, NONE, QRS, P, T
from delineator.data import folds, read_ludb, read_noise
from delineator.ludb import LeadMarks, Wave, class_map, read_marks, read_waves, record_names
from delineator.simulated import UNSURE_S, read_case
from delineator.train import masked_loss, rows_of

BEATS_S = (1.5, 2.5, 3.5)
CYCLE = ((-0.2, "("), (-0.15, "p"), (-0.1, ")"), (-0.04, "("), (0.0, "N"), (0.05, ")"),
         (0.2, "("), (0.3, "t"), (0.4, ")"))  # fmt: skip


@pytest.fixture
def ludb(tmp_path: Path) -> Path:
    """Two records of 5 s with three beats marked; record 1's lead II lacks its first onset."""
    folder = tmp_path / "ludb" / "data"
    folder.mkdir(parents=True)
    for name in ("1", "12"):
        wfdb.wrsamp(
            name, 500, ["mV"] * 12, [lead.lower() for lead in LEADS], beats(500, 60, 1)[:2500], fmt=["16"] *
            12, adc_gain=[1000.0 + 10 * i for i in range(12)], baseline=[0] * 12, write_dir=str(folder),
        )  # fmt: skip
        marks = [(round(500 * (beat + at)), symbol) for beat in BEATS_S for at, symbol in CYCLE]
        for lead in LEADS:
            kept = marks[1:] if (name, lead) == ("1", "II") else marks
            samples, symbols = np.array([s for s, _ in kept]), [symbol for _, symbol in kept]
            wfdb.wrann(name, "atr", samples, symbols, fs=500, write_dir=str(folder))
            # wfdb reads extensions with digits but does not write them.
            (folder / f"{name}.atr").rename(folder / f"{name}.{lead.lower()}")
    return tmp_path / "ludb"


def test_marks_are_read(ludb: Path) -> None:
    assert record_names(ludb) == ["1", "12"]
    marks = read_marks(ludb, "12")["V3"]
    assert [w.kind for w in marks.waves] == [P, QRS, T] * 3
    assert marks.waves[1] == Wave(QRS, 1.46, 1.5, 1.55)
    assert (marks.first, marks.last) == (1.3, 3.9)
    without = read_marks(ludb, "1")["II"].waves[0]
    assert np.isnan(without.onset) and without.peak == 1.35


def test_waves_marked_many_times_over_count_once() -> None:
    symbols = ["(", "(", "t", "t", "t", ")", ")", "N", ")"]
    marks = read_waves(np.array([100, 101, 150, 151, 152, 200, 201, 300, 320]), symbols, 500)
    assert [w.kind for w in marks.waves] == [T, QRS]
    assert marks.waves[0] == Wave(T, 0.2, 151 / 500, 201 / 500)
    assert np.isnan(marks.waves[1].onset)


def test_class_map_ends_where_the_marks_end() -> None:
    waves = (Wave(QRS, 0.1, 0.14, 0.2), Wave(T, float("nan"), 0.5, 0.6))
    classes = class_map(LeadMarks(waves, 0.1, 0.6), 250)
    assert (classes[:25] == IGNORED).all() and (classes[151:] == IGNORED).all()
    assert (classes[25:51] == QRS).all() and classes[51] == NONE
    assert (classes[100:125] == IGNORED).all(), "a boundary that was not marked is not learnt"
    assert (classes[125:151] == T).all()


def test_folds_split_by_record() -> None:
    names = [str(n) for n in range(159)]
    of = folds(names)
    assert set(of) == set(names) and set(of.values()) == set(range(5))
    assert max(np.bincount(list(of.values()))) == 32
    assert of == folds(names)


def test_examples_and_noise(ludb: Path, tmp_path: Path) -> None:
    examples = read_ludb(ludb)
    assert examples.mv.shape == examples.classes.shape == (2, 12, 1250)
    assert set(np.unique(examples.classes)) == {IGNORED, NONE, P, QRS, T}
    noise = np.random.default_rng(0).standard_normal((360 * 130, 2))
    for kind in ("bw", "em", "ma"):
        wfdb.wrsamp(
            kind, 360, ["mV"] * 2, ["noise1", "noise2"], noise, fmt=["16"] * 2, write_dir=str(tmp_path)
        )
    bank = read_noise(tmp_path)
    assert bank.shape == (3, 2, 250 * 60), "the first half, in whole minutes"
    np.testing.assert_allclose(bank.std(2), 1, rtol=1e-4)
    settings = Settings(samples=512, noise=1.0, subset=1.0)
    seen = view(examples, np.array([0, 1, 0]), bank, settings, np.random.default_rng(1))
    assert seen.x.shape == seen.classes.shape == (3, 12, 512) and np.isfinite(seen.x).all()
    assert (seen.learn.sum(1) <= settings.leads).all() and seen.learn.any(1).all()
    assert not (seen.learn & (seen.mask == 0)).any(), "only leads that are seen are learnt from"
    x, classes = rows_of(seen)
    assert x.shape == (int(seen.learn.sum()), 3, 512) and classes.shape == (len(x), 512)


def test_cubic_is_exact_on_samples_and_close_between() -> None:
    time = np.arange(300)
    signal = np.sin(2 * np.pi * time / 25)[None].astype(np.float32)
    position = 2 + 0.75 * np.arange(300)
    np.testing.assert_allclose(cubic(signal, position)[0], np.sin(2 * np.pi * position / 25), atol=3e-3)
    np.testing.assert_allclose(cubic(signal, np.arange(1.0, 200.0))[0], signal[0, 1:200], atol=1e-6)


def test_simulated_boundaries_are_not_learnt() -> None:
    samples = base64.b64encode((1000 * beats(500, 60, 1)[:, 0]).astype("<i2").tobytes()).decode()
    waves = {"p": [], "qrs": [{"onset": 1.0, "peak": 1.05, "offset": 1.1}], "t": []}
    case = {
        "samplingRateHz": 500,
        "leads": dict.fromkeys(LEADS, samples),
        "waves": dict.fromkeys(LEADS, waves),
    }
    mv, classes = read_case(json.loads(json.dumps(case)))
    assert mv.shape == classes.shape == (12, 2500)
    assert classes[0, 250 + round(0.05 * 250)] == QRS and classes[0, 0] == NONE
    unsure = np.flatnonzero(classes[0] == IGNORED) / 250
    assert len(unsure) and all(min(abs(t - 1.0), abs(t - 1.1)) <= UNSURE_S for t in unsure)


def test_loss_sees_marked_samples_only() -> None:
    logits = torch.zeros(1, 4, 6, requires_grad=True)
    classes = torch.tensor([[IGNORED, IGNORED, 2, 2, 0, IGNORED]], dtype=torch.int8)
    loss = masked_loss(logits, classes)
    assert loss.item() == pytest.approx(np.log(4))
    loss.backward()
    assert logits.grad is not None
    moved = logits.grad.abs().sum(1)[0] > 0
    assert moved.tolist() == [False, False, True, True, True, False]
