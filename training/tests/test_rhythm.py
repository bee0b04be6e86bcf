"""The rhythm head's windows are the page's, and its figures are counted as the Challenge counts them."""

import numpy as np

from efficientecg.rhythm import intervals
from efficientecg.rhythm_network import RATE, crop, windows


def test_windows_are_those_of_the_page() -> None:
    def found(seconds: float) -> tuple[int, ...]:
        signal = np.random.default_rng(0).standard_normal(round(seconds * RATE)).astype(np.float32)
        return windows(signal).shape

    assert found(30) == (1, 30 * RATE)
    assert found(9.1) == (3, 5 * RATE)
    assert found(60.9) == (4, 30 * RATE)
    assert abs(float(windows(np.arange(3750, dtype=np.float32)).std()) - 1) < 1e-3


def test_a_crop_is_as_long_as_asked_whatever_the_record() -> None:
    generator = np.random.default_rng(0)
    for seconds in (9, 30, 61):
        signal = generator.standard_normal(seconds * RATE).astype(np.float32)
        assert crop(signal, 20 * RATE, generator).shape == (20 * RATE,)


def test_intervals_hold_the_value() -> None:
    truth = np.arange(200) % 4
    called = np.where(np.arange(200) % 7 == 0, 0, truth)
    found = intervals(truth, called, resamples=200)
    assert len(found) == 5
    assert all(one.low <= one.value <= one.high for one in found)
    assert found[4].value == np.mean([one.value for one in found[:3]])
