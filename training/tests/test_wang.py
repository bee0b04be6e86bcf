"""The rival: its size, its way to 100 Hz, and that it sees nothing but the ECG."""

import numpy as np
import pytest
import torch
from test_network import CPU, tiny, toy

from efficientecg.config import ARCHITECTURE
from efficientecg.experiments import RIVAL, Recipe
from efficientecg.model import EfficientECG
from efficientecg.networks import build
from efficientecg.trainer import Trainer
from efficientecg.wang import WangResNet, decimator, to_100hz


def test_architecture_decides_the_network() -> None:
    rival = build(RIVAL, 17)
    assert isinstance(rival, WangResNet)
    assert isinstance(build(ARCHITECTURE, 17), EfficientECG)
    # 12 x 128 x 7 + 3 x 128 x 128 x (5 + 3) + 2 x 128 x 128, batch norms, 256 x 17 + 17.
    convolutions = 10_752 + 393_216 + 32_768
    norms = 2 * 128 * (1 + 6 + 2) + 2 * 256
    assert sum(p.numel() for p in rival.parameters()) == convolutions + norms + 256 * 17 + 17


@pytest.mark.parametrize("hz", [1, 10, 30, 40])
def test_the_front_ends_band_survives_the_way_to_100_hz(hz: float) -> None:
    fine, coarse = (np.sin(2 * np.pi * hz * np.arange(10 * rate) / rate + 0.3) for rate in (250, 100))
    found = to_100hz(torch.tensor(fine, dtype=torch.float32)[None, None], decimator())[0, 0].numpy()
    assert found.shape == coarse.shape
    assert np.abs(found - coarse)[10:-10].max() < 2e-3


@pytest.mark.parametrize("samples", [625, 1250, 2500])
def test_every_length_runs_on_the_ecg_alone(samples: int) -> None:
    network = build(RIVAL, 3).eval()
    ecg, mask = torch.randn(2, 12, samples), torch.ones(2, 12)
    first = network(ecg, mask, torch.zeros(2, 2), torch.eye(3)[:2], torch.zeros(2, 32))
    other = network(ecg, mask, torch.ones(2, 2), torch.eye(3)[1:], torch.ones(2, 32))
    assert first.shape == (2, 3)
    assert torch.equal(first, other)
    assert not torch.equal(
        first, network(-ecg, mask, torch.zeros(2, 2), torch.eye(3)[:2], torch.zeros(2, 32))
    )


def test_half_precision_trains_float32_weights() -> None:
    batch = toy(16)
    trainers = [Trainer(tiny(), Recipe(epochs=2, batch=8, half=half), 16, CPU) for half in (False, True)]
    whole, half = ([trainer.run_epoch(batch) for _ in range(2)] for trainer in trainers)
    assert half == pytest.approx(whole, rel=0.02)
    assert half != whole
    assert {p.dtype for p in trainers[1].average.parameters()} == {torch.float32}
