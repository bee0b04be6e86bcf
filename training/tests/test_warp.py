"""Stretched records: their beats where they belong, their R/P features as if measured again."""

import math

import numpy as np
import torch

from efficientecg.augment import Batch
from efficientecg.warp import crosses, stretch_time, stretched_features, warp
from efficientecg.waves import COUNT, FEATURES, wave_vector

NAMES = [feature.name for feature in FEATURES]
MEASURED: dict[str, float | None] = {
    "heartRateBpm": 75, "rmssdShare": 0.2, "pMs": 100, "prMs": 150, "qrsMs": 90, "qtMs": 400,
    "qtcFridericiaMs": 431, "irregular": 1,
}  # fmt: skip


def vectors(*measured: dict[str, float | None]) -> torch.Tensor:
    return torch.from_numpy(np.stack([wave_vector(each) for each in measured]))


def test_features_move_as_a_second_measurement_would() -> None:
    longer = MEASURED | {
        "heartRateBpm": 75 / 1.1, "pMs": 110, "prMs": 165, "qrsMs": 99, "qtMs": 440,
        "qtcFridericiaMs": 440 / (60 / (75 / 1.1)) ** (1 / 3) / (400 / 0.8 ** (1 / 3)) * 431,
    }  # fmt: skip
    found = stretched_features(vectors(MEASURED), torch.tensor([1.1]))
    torch.testing.assert_close(found, vectors(longer), atol=1e-5, rtol=1e-5)


def test_unknown_features_stay_unknown() -> None:
    found = stretched_features(vectors(MEASURED | {"prMs": None}), torch.tensor([1.1]))
    i = NAMES.index("prMs")
    assert found[0, i] == 0 and found[0, COUNT + i] == 0


def test_no_statement_is_stretched_away() -> None:
    """105 /min is a tachycardia, 105 / 1.1 is none; a PR of 190 ms would become a first-degree block."""
    given = vectors(
        MEASURED, MEASURED | {"heartRateBpm": 105}, MEASURED | {"prMs": 190}, MEASURED | {"prMs": None}
    )
    assert crosses(given, torch.full((4,), 1.1)).tolist() == [False, True, True, False]
    assert crosses(given, torch.full((4,), 0.99)).tolist() == [False] * 4


def test_a_wave_is_slower_by_the_stretch_and_z_scored() -> None:
    time = torch.arange(2500) / 250
    ecg = torch.sin(2 * math.pi * 2 * time).repeat(2, 12, 1)
    stretch, start = torch.tensor([1.1, 1.0]), torch.tensor([100.0, 100.0])
    found = stretch_time(ecg, stretch, start, 2250)
    for row, pace in enumerate(stretch.tolist()):
        positions = 100 / 250 + torch.arange(2250) / 250 / pace
        expected = torch.sin(2 * math.pi * 2 * positions)
        expected = (expected - expected.mean()) / expected.std(correction=0)
        torch.testing.assert_close(found[row, 3], expected, atol=5e-3, rtol=0)


def batch(count: int) -> Batch:
    generator = torch.Generator().manual_seed(0)
    ecg = torch.randn(count, 12, 2500, generator=generator)
    near = vectors(*[MEASURED | {"heartRateBpm": 100.001}] * count)
    zeros = [torch.zeros(count, n) for n in (2, 3, 5)]
    return Batch(ecg, torch.ones(count, 12), *zeros, near)


def test_none_without_a_stretch_and_every_other_batch_with_one() -> None:
    given = batch(4)
    assert warp(given, 0, torch.Generator().manual_seed(0)) is given
    generator = torch.Generator().manual_seed(0)
    lengths = [warp(given, 0.1, generator).ecg.shape[-1] for _ in range(40)]
    assert set(lengths) == {2250, 2500} and 8 < lengths.count(2250) < 32


def test_near_a_limit_the_pace_stays() -> None:
    """Of records just over 100 /min the quickened ones alone may change."""
    given = batch(64)
    generator = torch.Generator().manual_seed(1)
    found = next(w for w in (warp(given, 0.1, generator) for _ in range(20)) if w is not given)
    moved = found.waves[:, 0] - given.waves[:, 0]
    assert (moved > -1e-3).all() and (moved > 0.01).any() and (moved.abs() < 1e-5).any()
