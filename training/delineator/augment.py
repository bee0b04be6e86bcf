"""A random view of training ECGs: cropped, warped in time, with noise, with fewer leads to see.

Noise is added in mV to the filtered ECG (see `data.py`); everything else acts on the z-scored signal.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from delineator.config import IGNORED
from delineator.data import Examples

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class View:
    """One step's rows: x [B, 12, N] z-scored, mask [B, 12] of the leads to see, classes [B, 12, N], those
    to learn from in `learn` [B, 12]."""

    x: Floats
    mask: Floats
    classes: NDArray[np.int8]
    learn: NDArray[np.bool_]


@dataclass(frozen=True)
class Settings:
    """How strong the augmentation is; probabilities and ranges."""

    samples: int = 1024
    leads: int = 5
    warp: float = 0.2
    noise: float = 0.5
    noise_db: tuple[float, float] = (0.0, 30.0)
    subset: float = 0.5
    gain: float = 0.15
    flip: float = 0.1


def cubic(signal: Floats, position: NDArray[np.floating]) -> Floats:
    """Catmull-Rom interpolation of [L, N] at `position` [M], in samples, 1 <= position < N - 2."""
    at = position.astype(int)
    f = (position - at).astype(np.float32)
    a, b, c, d = (signal[:, at + shift] for shift in (-1, 0, 1, 2))
    return b + f * ((c - a) / 2 + f * (a - 2.5 * b + 2 * c - d / 2 + f * (1.5 * (b - c) + (d - a) / 2)))


def noise_for(
    lead_sd: Floats, samples: int, bank: Floats, settings: Settings, draw: np.random.Generator
) -> Floats:
    """One kind of noise, mixed anew from its two channels for every lead, mV [L, N]."""
    kind = bank[draw.integers(len(bank))]
    starts = draw.integers(0, kind.shape[1] - samples, 2)
    channels = np.stack([kind[c, start : start + samples] for c, start in enumerate(starts)])
    angle = draw.uniform(0, 2 * np.pi, len(lead_sd))
    mixed = np.cos(angle)[:, None] * channels[0] + np.sin(angle)[:, None] * channels[1]
    decibel = draw.uniform(*settings.noise_db) + draw.normal(0, 3, len(lead_sd))
    return (mixed * (lead_sd * 10 ** (-decibel / 20))[:, None]).astype(np.float32)


def crop_start(classes: NDArray[np.int8], span: int, draw: np.random.Generator) -> int:
    """A start in 1 ... N - span - 3 such that most of the crop was marked where possible."""
    known = np.flatnonzero((classes != IGNORED).any(0))
    low = max(1, min(known[0] - 64, classes.shape[1] - span - 3))
    high = max(low, min(known[-1] + 64 - span, classes.shape[1] - span - 3))
    return int(draw.integers(low, high + 1))


def one(
    mv: Floats, classes: NDArray[np.int8], bank: Floats, settings: Settings, draw: np.random.Generator
) -> tuple[Floats, Floats, NDArray[np.int8], NDArray[np.bool_]]:
    """A view of one record, mv [12, N]: x, mask, classes, learn."""
    leads = len(mv)
    speed = np.exp(draw.uniform(-settings.warp, settings.warp)) if draw.random() < 0.6 else 1.0
    span = int(np.ceil(settings.samples * speed)) + 2
    start = crop_start(classes, span, draw)
    position = start + np.arange(settings.samples) * speed
    mean, deviation = mv.mean(1), np.maximum(mv.std(1), 1e-3)
    x = cubic(mv, position) if speed != 1 else mv[:, start : start + settings.samples].copy()
    labels = classes[:, np.floor(position + 0.5).astype(int)]
    if draw.random() < settings.noise:
        noise = noise_for(deviation, settings.samples, bank, settings, draw)
        x += noise
        deviation = np.sqrt(deviation**2 + noise.std(1) ** 2)
    gain = np.exp(draw.normal(0, settings.gain, leads)) * np.where(draw.random(leads) < settings.flip, -1, 1)
    x = (x - mean[:, None]) * (gain / deviation)[:, None]
    mask = np.ones(leads, np.float32)
    if draw.random() < settings.subset:
        mask[draw.permutation(leads)[draw.integers(1, leads + 1) :]] = 0
    seen = np.flatnonzero(mask)
    learn = np.zeros(leads, bool)
    learn[draw.permutation(seen)[: settings.leads]] = True
    return x.astype(np.float32), mask, labels, learn


def view(
    examples: Examples, rows: NDArray[np.integer], bank: Floats, settings: Settings, draw: np.random.Generator
) -> View:
    parts = [one(examples.mv[row], examples.classes[row], bank, settings, draw) for row in rows]
    return View(*(np.stack(part) for part in zip(*parts, strict=True)))
