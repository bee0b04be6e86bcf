"""The autoencoder of aligned beats: it learns to draw them; its code goes where the network looks for it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY

from efficientecg.augment import withhold_code
from efficientecg.beats import CODE, MOMENTS, beats_of, drawn_share, fit, read_beats, with_codes
from efficientecg.config import with_code, with_waves
from efficientecg.model import EfficientECG
from efficientecg.ptbxl import load_dataset
from efficientecg.waves import COUNT


def bumps(count: int, seed: int = 0) -> torch.Tensor:
    """Beats [count, 70, 12] of two bumps, whose heights differ."""
    generator = torch.Generator().manual_seed(seed)
    heights = torch.randn(count, 2, 1, 1, generator=generator)
    first, second = (torch.exp(-(((torch.arange(MOMENTS) - at) / 8) ** 2))[None, :, None] for at in (25, 50))
    return (heights[:, 0] * first + heights[:, 1] * second) * torch.linspace(0.5, 2, 12)


def test_a_beat_is_drawn_from_its_code() -> None:
    network = fit(bumps(64), epochs=30, batch=8)
    unseen = bumps(32, seed=1)
    assert network.encode(unseen).shape == (32, CODE)
    assert drawn_share(network, unseen) > 0.6


def test_codes_stand_behind_the_wave_features(packed: Path, tmp_path: Path) -> None:
    data = load_dataset(packed)
    shapes = np.random.default_rng(0).standard_normal((4, MOMENTS, 12)).round(3).tolist()
    file = tmp_path / "beats.jsonl"
    lines = [
        {"name": record.path.name, "beats": None if i == 1 else shapes[i]}
        for i, record in enumerate(data.records)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    beats, known = beats_of(data.records, read_beats([file]))
    assert known.tolist() == [True, False, True, True]
    assert not beats[1].any()
    marked = replace(data, waves=np.arange(2 * COUNT, dtype=np.float32)[None].repeat(4, 0))
    kept, held = marked.take(np.arange(3)), marked.take(np.arange(3, 4))
    stored = tmp_path / "autoencoder.pt"
    first, other = with_codes(kept, held, [file], 0, stored)
    assert first.waves.shape == (3, 2 * (COUNT + CODE))
    values, flags = first.waves[:, : COUNT + CODE], first.waves[:, COUNT + CODE :]
    np.testing.assert_array_equal(values[0, :COUNT], np.arange(COUNT))
    np.testing.assert_array_equal(flags[0, :COUNT], np.arange(COUNT, 2 * COUNT))
    np.testing.assert_array_equal(flags[:, COUNT:].min(1), [1, 0, 1])
    assert not values[1, COUNT:].any()
    again, _ = with_codes(kept, held, [file], 0, stored)
    np.testing.assert_array_equal(first.waves, again.waves)
    assert other.waves.shape == (1, 2 * (COUNT + CODE))
    with pytest.raises(KeyError):
        beats_of(data.records, {})


def test_the_network_hears_the_code_and_only_of_whole_recordings() -> None:
    architecture = with_code(with_waves(TINY, COUNT), CODE)
    network = EfficientECG(architecture, 12, 3).eval()
    ecg, mask, age, sex = torch.randn(2, 12, 500), torch.ones(2, 12), torch.rand(2, 2), torch.eye(3)[:2]
    waves = torch.randn(2, 2 * (COUNT + CODE))
    known = network(ecg, mask, age, sex, waves)
    withheld = withhold_code(waves, torch.tensor([True, False]))
    both = withheld.unflatten(1, (2, -1))
    assert not both[1, :, COUNT:].any()
    assert torch.equal(both[:, :, :COUNT], waves.unflatten(1, (2, -1))[:, :, :COUNT])
    found = network(ecg, mask, age, sex, withheld)
    assert torch.equal(found[0], known[0])
    assert not torch.equal(found[1], known[1])
    without = torch.randn(2, 2 * COUNT)
    assert torch.equal(withhold_code(without, torch.tensor([False, False])), without)
