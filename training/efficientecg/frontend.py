"""The network's private copy of an ECG: filtered, z-scored, 250 Hz, missing leads masked.

The same steps as the page's `src/inference/`, equal to 1e-5 (golden vectors). Nothing here is ever shown
or measured on: a 0.5-40 Hz filter narrows the QRS and moves J points.

float64 throughout, cast to float32 at the very end. Missing samples are NaN, signals are in mV.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from efficientecg.config import INPUT

Signal = NDArray[np.float64]


def nearest(value: float) -> int:
    """Rounds half up, as JavaScript's Math.round does (Python's round goes to even)."""
    return math.floor(value + 0.5)


def fill_gaps(lead: Signal) -> Signal:
    """NaN runs interpolated linearly between neighbours; at an edge the nearest value is held."""
    present = np.flatnonzero(~np.isnan(lead))
    if len(present) in (0, len(lead)):
        return np.nan_to_num(lead)
    return np.interp(np.arange(len(lead)), present, lead[present])


def band_pass(lead: Signal, rate_hz: float, settings: dict[str, Any] = INPUT["filter"]) -> Signal | None:
    """Butterworth, forward and backward, with scipy's odd padding; None when too short for it."""
    band = [settings["lowHz"], settings["highHz"]]
    sos = butter(settings["order"], band, "bandpass", fs=rate_hz, output="sos")
    padding = 3 * (2 * len(sos) + 1)
    if len(lead) <= padding:
        return None
    filtered: Signal = sosfiltfilt(sos, lead, padtype="odd", padlen=padding)
    return filtered


@lru_cache(maxsize=8)
def interpolation(
    rate_hz: float, samples: int, target_hz: float, count: int, half_width: float, beta: float
) -> tuple[NDArray[np.intp], Signal]:
    """Taps and their weights for every output sample, both [count, taps]; each row of weights sums to 1."""
    cutoff = min(1.0, target_hz / rate_hz)
    half = half_width / cutoff
    position = np.arange(count) * rate_hz / target_hz
    taps = np.floor(position).astype(int)[:, None] + np.arange(-int(half) - 1, int(half) + 2)
    distance = position[:, None] - taps
    exists = (np.abs(distance) < half) & (taps >= 0) & (taps < samples)
    window = np.i0(beta * np.sqrt(np.maximum(0, 1 - (distance / half) ** 2)))
    weight = np.where(exists, np.sinc(cutoff * distance) * window, 0)
    return np.clip(taps, 0, samples - 1), weight / weight.sum(1, keepdims=True)


def resample(window: Signal, rate_hz: float, length_s: float, settings: dict[str, Any] = INPUT) -> Signal:
    """Kaiser-windowed sinc interpolation on the grid n / 250 s, evaluated directly, [N].

    Normalised by the weights of the taps that exist, so that edges and DC are exact
    (Smith, "Digital audio resampling", CCRMA; window after Kaiser 1974).
    """
    target_hz, kernel = settings["samplingRateHz"], settings["resampler"]
    if rate_hz == target_hz:
        return window.copy()
    count = nearest(length_s * target_hz)
    taps, weight = interpolation(rate_hz, len(window), target_hz, count, kernel["halfWidth"], kernel["beta"])
    values: Signal = (weight * window[taps]).sum(1)
    return values


def network_lead(
    chunk: Signal, rate_hz: float, window: slice, length_s: float, settings: dict[str, Any] = INPUT
) -> Signal | None:
    """One lead's window as the network sees it, [N at 250 Hz]; None: the lead is masked.

    `chunk` is the window plus up to `contextS` of recorded signal on each side.
    """
    limits = settings["normalisation"]
    finite = ~np.isnan(chunk[window])
    if np.mean(~finite) > limits["maxMissingFraction"]:
        return None
    filtered = band_pass(fill_gaps(chunk), rate_hz, settings["filter"])
    if filtered is None:
        return None
    cut = filtered[window]
    mean, deviation = cut[finite].mean(), cut[finite].std()
    if not deviation >= limits["minStandardDeviation"]:
        return None
    scored = np.where(finite, (cut - mean) / deviation, 0)
    return resample(scored, rate_hz, length_s, settings)


def cut_chunk(
    lead: Signal, rate_hz: float, start_s: float, length_s: float, context_s: float
) -> tuple[Signal, slice]:
    """A window with its context, where it was recorded, and where in that chunk the window lies."""
    first, samples = nearest(start_s * rate_hz), nearest(length_s * rate_hz)
    begin = max(0, first - nearest(context_s * rate_hz))
    chunk = lead[begin : first + samples + nearest(context_s * rate_hz)]
    return chunk, slice(first - begin, first - begin + samples)


def network_input(
    leads: dict[str, Signal],
    rate_hz: float,
    start_s: float,
    length_s: float,
    settings: dict[str, Any] = INPUT,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A recording's window -> x float32 [N, 12] at 250 Hz and mask float32 [12] (1 = present).

    `leads` maps a name to the whole recorded lead [S] in mV at `rate_hz`; absent leads are masked.
    """
    if rate_hz < settings["minSamplingRateHz"]:
        raise ValueError(f"sampling rate {rate_hz} Hz is under {settings['minSamplingRateHz']} Hz")
    names = settings["leads"]
    x = np.zeros((nearest(length_s * settings["samplingRateHz"]), len(names)), np.float32)
    mask = np.zeros(len(names), np.float32)
    for index, name in enumerate(names):
        if name not in leads:
            continue
        chunk, window = cut_chunk(leads[name], rate_hz, start_s, length_s, settings["contextS"])
        lead = network_lead(chunk, rate_hz, window, length_s, settings)
        if lead is not None:
            x[:, index], mask[index] = lead, 1
    return x, mask


def network_demographics(
    age_years: float | None, sex: str, settings: dict[str, Any] = INPUT
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """age [2] = (years / 100, known), sex one-hot [3] in the order female, male, unknown."""
    age = np.zeros(2, np.float32)
    if age_years is not None:
        limits = settings["age"]
        age[:] = min(max(age_years, 0), limits["maxYears"]) / limits["scaleYears"], 1
    one_hot = np.zeros(3, np.float32)
    one_hot[{"female": 0, "male": 1}.get(sex, 2)] = 1
    return age, one_hot
