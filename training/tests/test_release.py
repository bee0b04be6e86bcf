"""From out-of-fold logits to `model.json`'s results and the card, on made-up predictions."""

import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import SCHEMA, TINY
from jsonschema import Draft202012Validator

from efficientecg import calibrate, card, evaluate, metrics
from efficientecg.convert import write_model
from efficientecg.labels import CODES
from efficientecg.model import EfficientECG
from efficientecg.ptbxl import Dataset, Record
from efficientecg.views import VIEWS
from efficientecg.waves import COUNT as FEATURES

COUNT = 60


@pytest.fixture
def data() -> Dataset:
    """Records of folds 1 and 9, one a patient, every other one raw, with every label present and absent."""
    generator = np.random.default_rng(0)
    records = [
        Record(i, str(i), 60, "male", 1 if i < COUNT // 2 else 9, {}, ("raw500", "z250")[i % 2], Path())
        for i in range(COUNT)
    ]
    y = (generator.random((COUNT, len(CODES))) < 0.4).astype(np.float32)
    x = generator.standard_normal((COUNT, 12, 2500)).astype(np.float32)
    age = np.tile(np.array([0.6, 1], np.float32), (COUNT, 1))
    sex = np.tile(np.array([0, 1, 0], np.float32), (COUNT, 1))
    waves = np.zeros((COUNT, 2 * FEATURES), np.float32)
    return Dataset(records, x, np.ones((COUNT, 12), np.float32), age, sex, y, waves)


def test_views(data: Dataset) -> None:
    lead = VIEWS["lead I alone"](data)
    assert lead.mask.sum(1).tolist() == [1] * COUNT
    assert not lead.x[:, 1:].any()
    np.testing.assert_array_equal(lead.x[:, 0], data.x[:, 0])
    assert VIEWS["middle 2.5 s"](data).x.shape == (COUNT, 12, 625)
    unknown = VIEWS["age and sex unknown"](data)
    assert not unknown.age.any()
    assert unknown.sex[:, 2].all()


def test_calibrate_refuses_fold_9(data: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez(tmp_path / "p.npz", ecg_id=np.arange(COUNT), logits=np.zeros(data.y.shape))
    monkeypatch.setattr(calibrate, "read_records", lambda _: data.records)
    arguments = ["--data", ".", "--predictions", str(tmp_path / "p.npz"), "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["calibrate", *arguments])
    with pytest.raises(SystemExit, match="folds 1 to 8"):
        calibrate.main()


def test_from_predictions_to_card(data: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    training = data.take(np.flatnonzero(data.folds == 1))
    logits = 3 * training.y - 1 + np.random.default_rng(1).standard_normal(training.y.shape)
    np.savez(tmp_path / "p.npz", ecg_id=[r.ecg_id for r in training.records], logits=logits)
    monkeypatch.setattr(calibrate, "read_records", lambda _: data.records)
    monkeypatch.setattr(calibrate, "labels_of", lambda records, _: data.y[[r.ecg_id for r in records]])
    arguments = ["--data", ".", "--predictions", str(tmp_path / "p.npz"), "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["calibrate", *arguments])
    calibrate.main()
    calibration = json.loads((tmp_path / "calibration.json").read_text())

    torch.manual_seed(0)
    about = {"date": "2026-01-01", "command": "test", "seed": 0, "epochs": 1}
    source = {"name": "made up", "records": 30, "patients": 30, "licence": "none", "url": "none"}
    network = EfficientECG(TINY, 12, len(CODES))
    write_model(network, tmp_path / "m", "0.0.1-test", calibration, about | {"data": [source]})

    monkeypatch.setattr(evaluate, "bootstrap", partial(metrics.bootstrap, resamples=20))
    monkeypatch.setattr(evaluate, "load_dataset", lambda *_, **__: data)
    monkeypatch.setattr(evaluate, "labels_of", lambda records, *_, **__: data.y[[r.ecg_id for r in records]])
    arguments = ["--data", ".", "--model", str(tmp_path / "m"), "--out-of-fold", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["evaluate", *arguments])
    evaluate.main()

    model = json.loads((tmp_path / "m" / "model.json").read_text())
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(model)
    found = {(r["set"], r["signals"], r["metric"], r["label"]): r for r in model["results"]}
    assert found[("PTB-XL fold 9", "all", "AUROC", "macro-all")]["n"] == 30
    assert found[("PTB-XL fold 9", "raw", "F1", "AFIB")]["n"] == 15
    slope = found[("PTB-XL fold 9", "all", "calibration slope", "AFIB")]
    assert slope["n"] == 30 and slope["positives"] == int(data.y[data.folds == 9, CODES.index("AFIB")].sum())
    held = np.mean([metrics.auroc(training.y[:, i], logits[:, i]) for i in range(len(CODES))])
    out_of_fold = found[("PTB-XL folds 1–8, out of fold", "all", "AUROC", "macro-all")]
    assert out_of_fold["value"] == pytest.approx(held, abs=1e-4)
    assert all(r["low"] <= r["value"] + 0.1 and r["high"] >= r["value"] - 0.1 for r in found.values())

    assert "slope, fold 9" not in card.card(model)
    model["results"].append(slope | {"set": "PTB-XL folds 1–8, out of fold"})
    text = card.card(model)
    cell = f"{slope['value']:.3f} ({slope['low']:.3f} to {slope['high']:.3f})"
    assert "slope, fold 9" in text and text.count(cell) == 2
    assert "30 of PTB-XL's 21,799 records" in text
    assert f"{out_of_fold['value']:.3f}" in text
    assert "{" not in text
