"""Learning without labels: what is hidden is hidden, is what is scored, and teaches the encoder."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY

from efficientecg.config import LEADS
from efficientecg.experiments import Experiment, Recipe
from efficientecg.labels import CODES
from efficientecg.model import EfficientECG
from efficientecg.pretrain import Restorer, encoder_step, hide, loss_of, pretrain, pretrained
from efficientecg.ptbxl import load_dataset
from efficientecg.train import train

STEP = 16  # of TINY


def network() -> EfficientECG:
    torch.manual_seed(0)
    return EfficientECG(TINY, len(LEADS), 5)


def signals(count: int = 24) -> tuple[torch.Tensor, torch.Tensor]:
    """The same slow wave in all leads, of a phase of its own in each record."""
    phase = torch.rand(count, 1, 1, generator=torch.Generator().manual_seed(0))
    wave = torch.sin(2 * math.pi * (torch.arange(1250) / 250 + phase)) * 2**0.5
    return wave.repeat(1, 12, 1), torch.ones(count, len(LEADS))


def test_hidden_parts_are_not_shown_and_shown_ones_not_scored() -> None:
    ecg, mask = torch.ones(8, 12, 20 * STEP), torch.ones(8, 12)
    mask[:, 11] = 0
    holed, kept, hidden = hide(ecg * mask[:, :, None], mask, STEP, torch.Generator().manual_seed(0))
    torch.testing.assert_close(holed + hidden, ecg * mask[:, :, None])
    assert kept[:, 11].sum() == 0 and (kept.sum(1) > 0).all()
    by_step = hidden[:, :11].unflatten(2, (20, STEP))
    assert (by_step == by_step[..., :1]).all(), "whole steps"
    share = float(hidden[kept[:, :11].bool().nonzero(as_tuple=True)].mean())
    assert 0.3 < share < 0.7


def test_only_what_was_hidden_is_scored() -> None:
    ecg, hidden = torch.zeros(1, 2, 4), torch.tensor([[[1.0, 0, 0, 0], [0, 0, 0, 0]]])
    drawn = torch.full((1, 2, 4), 3.0)
    assert float(loss_of(drawn, ecg, hidden)) == 9.0
    drawn[0, 0, 0] = 0
    assert float(loss_of(drawn, ecg, hidden)) == 0.0


def test_it_draws_each_step_where_it_belongs() -> None:
    """With one feature's weight alone, a lead's first sample of each step is that feature of the step."""
    restorer = Restorer(network(), 12).eval()
    assert restorer.step == encoder_step(TINY) == STEP
    torch.nn.init.zeros_(restorer.draw.weight)
    torch.nn.init.zeros_(restorer.draw.bias)
    with torch.no_grad():
        restorer.draw.weight[2 * STEP, 5] = 1  # lead III, first sample
        ecg, mask = torch.randn(1, 12, 10 * STEP), torch.ones(1, 12)
        drawn, features = restorer(ecg, mask), restorer.network.encode(ecg, mask)
    assert drawn.shape == ecg.shape
    torch.testing.assert_close(drawn[0, 2, ::STEP], features[0, 5])
    assert drawn.abs().sum() == drawn[0, 2, ::STEP].abs().sum()


def test_the_encoder_learns_to_restore() -> None:
    losses = list(pretrain(network(), *signals(), 40, 0))
    assert losses[-1] < 0.5 * losses[0]


def test_it_is_done_once_and_before_the_labels(packed: Path, tmp_path: Path) -> None:
    data = load_dataset(packed)
    labels, stored = CODES[:5], tmp_path / "run" / "pretrained.pt"
    experiment = Experiment(
        "tiny", recipe=Recipe(epochs=1, batch=2, pretrain=1), architecture=TINY, labels=labels
    )
    with pytest.raises(SystemExit, match="--cinc2011"):
        train(data, experiment, tmp_path / "run", "1-8", "1", "test")
    train(data, experiment, tmp_path / "run", "1-8", "1", "test", others=data.take(np.array([0])))
    first = torch.load(stored, weights_only=True)
    assert not torch.equal(first["stem.conv.weight"], network().stem.conv.weight)
    other = network()
    pretrained(other, data, None, 1, 0, stored)
    torch.testing.assert_close(other.state_dict(), first)
    alone = replace(experiment, recipe=replace(experiment.recipe, pretrain=0))
    train(data, alone, tmp_path / "alone", "1-8", "1", "test")
    ends = [torch.load(tmp_path / n / "last.pt", weights_only=True)["network"]["stem.conv.weight"]
            for n in ("run", "alone")]  # fmt: skip
    assert not torch.equal(*ends)
