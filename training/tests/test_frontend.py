"""The front end against scipy, known sines, and its own rules for gaps and masks."""

import math

import numpy as np
import pytest
from scipy.signal import butter, sosfiltfilt

from efficientecg.frontend import (
    band_pass,
    cut_chunk,
    fill_gaps,
    nearest,
    network_demographics,
    network_input,
    resample,
)

RATES = [100, 128, 257, 360, 500, 1000]


def sine(rate_hz: float, hz: float, seconds: float = 10) -> np.ndarray:
    return np.sin(2 * math.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


@pytest.mark.parametrize("rate_hz", RATES)
def test_band_pass_is_scipys(rate_hz: float) -> None:
    mv = np.random.default_rng(0).standard_normal(int(rate_hz * 5))
    sos = butter(4, [0.5, 40], "bandpass", fs=rate_hz, output="sos")
    filtered = band_pass(mv, rate_hz)
    assert filtered is not None
    np.testing.assert_allclose(filtered, sosfiltfilt(sos, mv), atol=1e-12)


def test_too_short_for_the_padding_is_masked() -> None:
    assert band_pass(np.zeros(27), 500) is None
    assert band_pass(np.zeros(28), 500) is not None


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("hz", [1.0, 10.0, 40.0])
def test_resampler_reproduces_sines(rate_hz: float, hz: float) -> None:
    """In the middle, where all taps exist, a sine up to 40 Hz comes out as that sine at 250 Hz."""
    got = resample(sine(rate_hz, hz), rate_hz, 10)
    assert got.shape == (2500,)
    margin = math.ceil(16 * 250 / min(rate_hz, 250))
    inside = slice(margin, -margin)
    np.testing.assert_allclose(got[inside], sine(250, hz)[inside], atol=4e-3)


def test_resampler_stops_what_250_hz_cannot_hold() -> None:
    assert np.abs(resample(sine(1000, 200), 1000, 10)[50:-50]).max() < 2e-3


@pytest.mark.parametrize("rate_hz", RATES)
def test_resampler_keeps_constants_to_the_edges(rate_hz: float) -> None:
    constant = np.full(nearest(2.5 * rate_hz), 3.0)
    np.testing.assert_allclose(resample(constant, rate_hz, 2.5), 3, atol=1e-12)


def test_250_hz_passes_untouched() -> None:
    mv = np.random.default_rng(1).standard_normal(2500)
    np.testing.assert_array_equal(resample(mv, 250, 10), mv)


def test_fill_gaps() -> None:
    nan = np.nan
    got = fill_gaps(np.array([nan, 1, nan, nan, 4, nan]))
    np.testing.assert_allclose(got, [1, 1, 2, 3, 4, 4])


def test_z_scored_and_gaps_zero() -> None:
    mv = np.random.default_rng(2).standard_normal(2500)
    mv[1000:1200] = np.nan
    x, mask = network_input({"II": mv}, 250, 0, 10)
    assert mask.tolist() == [0, 1] + [0] * 10
    assert not x[:, 0].any()
    lead = x[:, 1]
    assert not lead[1000:1200].any()
    kept = np.delete(lead, np.arange(1000, 1200))
    assert abs(kept.mean()) < 1e-6
    assert abs(kept.std() - 1) < 1e-6


def test_flat_and_mostly_missing_leads_are_masked() -> None:
    noise = np.random.default_rng(3).standard_normal(5000)
    mostly, half = noise.copy(), noise.copy()
    mostly[:2501], half[:2500] = np.nan, np.nan
    whole = np.full(5000, np.nan)
    leads = {
        "I": np.full(5000, 0.7),
        "II": mostly,
        "III": half,
        "aVR": whole,
        "aVL": noise * 5e-4,
        "V1": noise,
    }
    x, mask = network_input(leads, 500, 0, 10)
    assert mask.tolist() == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert not x[:, mask == 0].any()
    assert np.isfinite(x).all()


def test_a_window_uses_its_context() -> None:
    """The filter sees up to 5 s on each side of the window, where it was recorded; the z-score does not."""
    mv = np.random.default_rng(4).standard_normal(30 * 250)
    sos = butter(4, [0.5, 40], "bandpass", fs=250, output="sos")
    for start_s, chunk, window in (
        (10, slice(1250, 6250), slice(1250, 3750)),
        (0, slice(0, 3750), slice(0, 2500)),
        (18, slice(3250, 7500), slice(1250, 3750)),
    ):
        assert cut_chunk(mv, 250, start_s, 10, 5)[1] == window
        cut = sosfiltfilt(sos, mv[chunk])[window]
        x, _ = network_input({"I": mv}, 250, start_s, 10)
        np.testing.assert_allclose(x[:, 0], (cut - cut.mean()) / cut.std(), atol=1e-6)


def test_too_slow_a_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="99 Hz"):
        network_input({"I": np.zeros(990)}, 99, 0, 10)


def test_rounding_is_half_up() -> None:
    assert [nearest(v) for v in (642.5, 641.5, 0.49)] == [643, 642, 0]


def test_demographics() -> None:
    age, sex = network_demographics(300, "male")
    np.testing.assert_allclose(age, [0.9, 1])
    assert sex.tolist() == [0, 1, 0]
    age, sex = network_demographics(None, "unknown")
    assert age.tolist() == [0, 0]
    assert sex.tolist() == [0, 0, 1]
