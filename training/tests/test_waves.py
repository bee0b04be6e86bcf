"""Wave features: scaling, what is unknown, and the network that takes them as a third query token."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import torch
from conftest import SCHEMA, TINY, beats

from efficientecg.augment import Batch, mix, vary_waves
from efficientecg.config import with_waves
from efficientecg.convert import write_model
from efficientecg.experiments import Recipe
from efficientecg.fold import fold
from efficientecg.labels import CODES
from efficientecg.model import EfficientECG
from efficientecg.queue import Job, parse_job, parse_run
from efficientecg.reference import ShippedNetwork
from efficientecg.trainer import Trainer, predict
from efficientecg.waves import (
    COUNT,
    FEATURES,
    LIMIT,
    VERSION,
    read_waves,
    wave_settings,
    wave_vector,
)

NAMES = [feature.name for feature in FEATURES]


MEASURED: dict[str, float | None] = dict.fromkeys(NAMES) | {"heartRateBpm": 60, "prMs": 2000}


def test_unknown_is_zero_and_flagged_and_nothing_is_beyond_the_limit() -> None:
    vector = wave_vector(MEASURED)
    values, known = vector[:COUNT], vector[COUNT:]
    assert values[NAMES.index("prMs")] == LIMIT
    assert values[NAMES.index("heartRateBpm")] == pytest.approx((60 - 75) / 25)
    assert known[NAMES.index("qtMs")] == 0
    assert not values[known == 0].any()


def test_reads_lines_by_record(tmp_path: Path) -> None:
    path = tmp_path / "w.jsonl"
    path.write_text(json.dumps({"name": "a", "features": MEASURED}) + "\n")
    np.testing.assert_array_equal(read_waves([path])["a"], wave_vector(MEASURED))


def test_variation_never_invents_a_known_feature() -> None:
    given = torch.cat([torch.ones(400, COUNT), torch.zeros(400, COUNT)], 1)
    assert not vary_waves(given, torch.Generator().manual_seed(0)).any()
    given = torch.ones(400, 2 * COUNT)
    values, known = vary_waves(given, torch.Generator().manual_seed(0)).chunk(2, 1)
    assert not values[known == 0].any()
    assert float(known.mean()) == pytest.approx(0.75 * 0.9, abs=0.03)
    assert float((known.sum(1) == 0).float().mean()) == pytest.approx(0.25, abs=0.06)


def toy(records: int = 48) -> Batch:
    """Only the first wave feature tells the label AFIB; ECG, age and sex tell nothing."""
    ecg = np.stack([beats(250, 70, i).T for i in range(records)])
    ecg = (ecg - ecg.mean(-1, keepdims=True)) / ecg.std(-1, keepdims=True)
    y = torch.zeros(records, len(CODES))
    y[:, CODES.index("AFIB")] = (torch.arange(records) % 2).float()
    waves = torch.zeros(records, 2 * COUNT)
    waves[:, 0] = 2 * y[:, CODES.index("AFIB")] - 1
    waves[:, COUNT] = 1
    age, sex = torch.tensor([[0.6, 1.0]]).repeat(records, 1), torch.eye(3)[:1].repeat(records, 1)
    return Batch(torch.from_numpy(ecg).float(), torch.ones(records, 12), age, sex, y, waves)


def test_the_token_learns_and_ships() -> None:
    torch.manual_seed(0)
    architecture = with_waves(TINY, COUNT, hidden=8)
    trainer = Trainer(EfficientECG(architecture, 12, len(CODES)), Recipe(epochs=14, batch=8, rate=5e-3), 48,
                      torch.device("cpu"))  # fmt: skip
    batch = toy()
    for _ in range(14):
        trainer.run_epoch(batch)
    logits = predict(trainer.average, batch, torch.device("cpu"))
    column = CODES.index("AFIB")
    present = batch.y[:, column].numpy() > 0.5
    assert logits[present, column].min() > logits[~present, column].max()
    network = trainer.average
    assert isinstance(network, EfficientECG)
    inputs = (batch.mask, batch.age, batch.sex, batch.waves)
    with torch.no_grad():
        expected = network(batch.ecg, *inputs)
    shipped = ShippedNetwork(architecture, fold(network)).forward(batch.ecg.mT, *inputs).logits
    torch.testing.assert_close(shipped, expected, rtol=1e-4, atol=1e-4)


def test_the_card_says_what_the_token_takes(tmp_path: Path) -> None:
    """The page scales by `input.waves`; a network without the token has none, and says version 0."""
    about = {"date": "2026-01-01", "command": "test", "seed": 0, "epochs": 0, "data": []}
    for architecture, version in ((with_waves(TINY, COUNT, hidden=8), VERSION), (TINY, 0)):
        write_model(EfficientECG(architecture, 12, len(CODES)), tmp_path, "0.0.1-test", {}, about)
        model = json.loads((tmp_path / "model.json").read_text())
        jsonschema.validate(model, json.loads(SCHEMA.read_text()))
        assert model["featuresVersion"] == version
        assert ("waves" in model["input"]) == (version > 0)
    assert wave_settings()["features"][0] == {"name": "heartRateBpm", "offset": 75, "scale": 25}


def test_mixup_keeps_deviation_and_blends_labels() -> None:
    batch = toy(16)
    mixed = mix(batch, 0.4, torch.Generator().manual_seed(1))
    torch.testing.assert_close(mixed.ecg.std(-1, correction=0), torch.ones(16, 12), atol=1e-3, rtol=0)
    column = CODES.index("AFIB")
    assert float(mixed.y[:, column].mean()) == pytest.approx(0.5, abs=1e-6)
    assert ((mixed.y[:, column] > 0) & (mixed.y[:, column] < 1)).any()
    assert mix(batch, 0, torch.Generator()) is batch


def test_jobs_of_the_queue() -> None:
    assert parse_job("waves:7-8:1") == Job("waves", "7-8", 1)
    assert parse_job("waves:7-8:1").name == "waves-s1-without-7-8"
    assert parse_job("base").name == "base-s0-final"
    assert parse_run("waves-mixup-s1-without-7-8") == Job("waves-mixup", "7-8", 1)
    assert parse_run("waves-s0-final") is None
    with pytest.raises(ValueError, match="no experiment"):
        parse_job("nothing:7-8")
