"""The delineator's network: lengths, context, folded weights against the trained network, `model.json`."""

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from conftest import SCHEMA, SHIPPED
from jsonschema import Draft202012Validator, ValidationError

from delineator.config import ARCHITECTURE
from delineator.convert import multiply_accumulates, write_model
from delineator.fold import fold
from delineator.model import UNet, context, delineate, multiple
from delineator.reference import ShippedDelineator, load

DELINEATOR = SHIPPED.parent / "delineator"
TINY: dict[str, Any] = ARCHITECTURE | {
    "stem": {"filters": 8, "kernel": 5},
    "levels": [
        {"filters": 8, "kernel": 5, "encoder": 0, "decoder": 1},
        {"filters": 12, "kernel": 5, "encoder": 1, "decoder": 1},
        {"filters": 16, "kernel": 5, "encoder": 2, "decoder": 0},
    ],
}
TRAINING = {"date": "2026-11-23", "command": "none", "seed": 0, "epochs": 0, "data": []}


@pytest.fixture
def network() -> UNet:
    """A tiny network whose batch norms have seen something."""
    torch.manual_seed(0)
    made = UNet(TINY)
    for _ in range(5):
        made(2 * torch.randn(4, 3, 128) + 0.3)
    return made.eval()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text()))


def test_context_is_of_the_present_leads() -> None:
    x = torch.tensor([[[3.0, 3.0, 3.0], [4.0, 6.0, 8.0], [100.0, 0.0, 100.0]]])
    magnitude, slope = context(x, torch.tensor([[1.0, 1.0, 0.0]]))[0]
    assert magnitude[0] == pytest.approx(np.sqrt((9 + 16) / 2))
    assert slope.tolist() == [0, 1, 0]


@pytest.mark.parametrize("samples", [2, 64, 2500])
def test_any_length(network: UNet, samples: int) -> None:
    mask = torch.tensor([1.0, 0.0])
    logits = delineate(network, torch.randn(2, samples), mask, multiple(TINY))
    assert logits.shape == (2, 4, samples)
    assert (logits[1] == 0).all(), "a masked lead says nothing"


def test_folded_weights_say_the_same(network: UNet) -> None:
    x = torch.randn(3, 3, 64)
    shipped = ShippedDelineator(TINY, fold(network))
    with torch.no_grad():
        torch.testing.assert_close(shipped(x), network(x), atol=1e-5, rtol=1e-5)


def test_written_model_has_the_form_and_loads(
    network: UNet, tmp_path: Path, validator: Draft202012Validator
) -> None:
    write_model(network, tmp_path, "0.1.0", TRAINING, [])
    model, shipped = load(tmp_path)
    validator.validate(model)
    x = torch.randn(2, 500)
    with torch.no_grad():
        expected = delineate(network, x, torch.ones(2), multiple(TINY))
    torch.testing.assert_close(shipped.delineate(x, torch.ones(2)), expected, atol=0.02, rtol=0.02)
    assert model["training"]["parameters"] == 2 * len((tmp_path / "weights.bin").read_bytes()) // 4
    for path, value in (
        (("waveRules",), None), (("labels",), []), (("architecture", "levels", 0, "kernel"), 4),
        (("waveRules", "surprise"), 1), (("architecture", "classes"), ["none"]),
    ):  # fmt: skip
        broken = copy.deepcopy(model)
        part = broken
        for key in path[:-1]:
            part = part[key]
        if value is None:
            del part[path[-1]]
        else:
            part[path[-1]] = value
        with pytest.raises(ValidationError):
            validator.validate(broken)


def test_classifiers_still_validate(validator: Draft202012Validator) -> None:
    model = json.loads((SHIPPED / "model.json").read_text())
    validator.validate(model)
    del model["labels"]
    with pytest.raises(ValidationError):
        validator.validate(model)


def test_budget() -> None:
    network = UNet(ARCHITECTURE).eval()
    assert multiply_accumulates(network, 2560) <= 15.4e6, "15 million for a lead of 2,500 samples"
    assert sum(w.size for w in fold(network).values()) * 2 <= 1e6


@pytest.mark.skipif(not (DELINEATOR / "model.json").exists(), reason="no delineator shipped")
def test_the_shipped_delineator(validator: Draft202012Validator) -> None:
    model, network = load(DELINEATOR)
    validator.validate(model)
    assert model["architecture"] == ARCHITECTURE
    time = torch.arange(2500) / 250
    bumps = torch.exp(-((((time % 0.8) - 0.4) / 0.012) ** 2))
    lead = (bumps - bumps.mean()) / bumps.std()
    classes = network.delineate(lead.expand(12, -1), torch.ones(12)).argmax(1)
    assert (classes[:, bumps > 0.9] == 2).float().mean() > 0.95, "sharp bumps are QRS complexes"
