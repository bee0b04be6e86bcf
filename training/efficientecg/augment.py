"""What training does to a batch so that any lead subset, window length and unknown patient works."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from efficientecg.config import LEADS
from efficientecg.waves import COUNT

LENGTHS_S = (10.0, 5.0, 2.5)
LENGTH_ODDS = (0.55, 0.27, 0.18)
KEEP_ALL_LEADS = 0.5
DROP_AGE = DROP_SEX = DROP_WAVES = 0.25
# Of the wave features, each by itself; and what a delineator errs, in scaled units.
DROP_WAVE = 0.1
WAVE_SD = 0.1
SCALE_SD = 0.1
# z250 records carry a rounding floor that raw ones lack; noise of this size buries it in both.
NOISE_SD = (0.01, 0.06)
NOISE_DECIBEL = (0.0, 24.0)


@dataclass(frozen=True)
class Batch:
    """ecg [B, 12, T], mask [B, 12], age [B, 2], sex [B, 3], y [B, labels], waves [B, 2W]."""

    ecg: Tensor
    mask: Tensor
    age: Tensor
    sex: Tensor
    y: Tensor
    waves: Tensor


def lead_rows(*names: str) -> Tensor:
    return torch.tensor([lead in names for lead in LEADS], dtype=torch.float32)


# What devices record: limb leads only, the eight independent leads, I and II.
DEVICE_SUBSETS = torch.stack([lead_rows(*LEADS[:6]), lead_rows("I", "II", *LEADS[6:]), lead_rows("I", "II")])


def random_leads(count: int, generator: torch.Generator) -> Tensor:
    """Leads to keep, [count, 12] of 0 and 1, at least one each: all, one, a device's, or any subset."""
    kept = torch.ones(count, len(LEADS))
    drop = torch.rand(count, generator=generator) >= KEEP_ALL_LEADS
    for row in torch.nonzero(drop).flatten().tolist():
        kind = int(torch.randint(5, (1,), generator=generator))
        if kind < len(DEVICE_SUBSETS):
            kept[row] = DEVICE_SUBSETS[kind]
            continue
        odds = 0.0 if kind == 3 else 0.5
        kept[row] = (torch.rand(len(LEADS), generator=generator) < odds).float()
        kept[row, torch.randint(len(LEADS), (1,), generator=generator)] = 1
    return kept


def crop(ecg: Tensor, length: int, generator: torch.Generator) -> Tensor:
    """The same length for the batch, a start of its own for each record; z-scored anew, as the page does."""
    if length >= ecg.shape[-1]:
        return ecg
    starts = torch.randint(ecg.shape[-1] - length + 1, (len(ecg),), generator=generator)
    window = torch.stack([x[:, s : s + length] for x, s in zip(ecg, starts.tolist(), strict=True)])
    centred = window - window.mean(-1, keepdim=True)
    return centred / centred.std(-1, keepdim=True, correction=0).clamp_min(1e-3)


def vary_waves(waves: Tensor, generator: torch.Generator) -> Tensor:
    """Wave features [B, 2W] measured less well: values moved a little, some or all of them unknown."""
    values, known = waves.chunk(2, 1)
    all_kept = torch.rand(len(values), 1, generator=generator) >= DROP_WAVES
    kept = known * all_kept * (torch.rand(values.shape, generator=generator) >= DROP_WAVE)
    moved = values + WAVE_SD * torch.randn(values.shape, generator=generator)
    return torch.cat([moved * kept, kept], 1)


def withhold_code(waves: Tensor, whole: Tensor) -> Tensor:
    """The code of the beats, which follows the wave features, is unknown where a lead is left out.

    waves [B, 2 (W + C)], whole [B] -> the same shape. The code is of all the leads that were recorded.
    """
    both = waves.unflatten(1, (2, -1)).clone()
    both[~whole, :, COUNT:] = 0
    return both.flatten(1)


def mix(batch: Batch, alpha: float, generator: torch.Generator) -> Batch:
    """Mixup (Zhang et al. 2018): each record with another of the batch, all that is told of them alike.

    One share for the batch, from Beta(alpha, alpha); each lead is brought back to a deviation of 1.
    Alpha 0: as given.
    """
    if alpha == 0:
        return batch
    # torch's Beta takes no generator: the seed of a draw from it comes from ours.
    seed = int(torch.randint(2**31, (1,), generator=generator))
    share = float(np.random.default_rng(seed).beta(alpha, alpha))
    other = torch.randperm(len(batch.y), generator=generator)

    def blend(x: Tensor) -> Tensor:
        return share * x + (1 - share) * x[other]

    ecg = blend(batch.ecg)
    ecg = ecg / ecg.std(-1, keepdim=True, correction=0).clamp_min(1e-3)
    mask = batch.mask * batch.mask[other]
    return Batch(
        ecg * mask[:, :, None], mask, blend(batch.age), blend(batch.sex), blend(batch.y), blend(batch.waves)
    )


def add_noise(ecg: Tensor, bank: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Real noise [kinds, 2, N] in a `share` of the records, each lead a stretch of its own; z-scored anew.

    One kind a record, ratio of variances between 0 and 24 dB. `bank`: unit RMS, the network's rate and band.
    """
    count, leads, samples = ecg.shape
    kind = torch.randint(len(bank), (count,), generator=generator)
    channel = torch.randint(bank.shape[1], (count, leads), generator=generator)
    start = torch.randint(bank.shape[2] - samples, (count, leads), generator=generator)
    index = start[..., None] + torch.arange(samples)
    stretch = bank[kind[:, None, None], channel[..., None], index]
    decibel = NOISE_DECIBEL[0] + (NOISE_DECIBEL[1] - NOISE_DECIBEL[0]) * torch.rand(
        count, 1, 1, generator=generator
    )
    chosen = (torch.rand(count, 1, 1, generator=generator) < share).float()
    noisy = ecg + chosen * 10 ** (-decibel / 20) * stretch
    return noisy / noisy.std(-1, keepdim=True, correction=0).clamp_min(1e-3)


def augment(batch: Batch, rate_hz: float, generator: torch.Generator) -> Batch:
    """A random view of a batch; labels stay. (A 2.5 s crop may miss the one PVC: accepted label noise.)"""
    count = len(batch.y)
    choice = int(torch.multinomial(torch.tensor(LENGTH_ODDS), 1, generator=generator))
    ecg = crop(batch.ecg, round(LENGTHS_S[choice] * rate_hz), generator)
    mask = batch.mask * random_leads(count, generator)
    # A record whose only present leads were dropped keeps what it had.
    mask = torch.where(mask.sum(1, keepdim=True) > 0, mask, batch.mask)
    scale = torch.exp(SCALE_SD * torch.randn(count, len(LEADS), 1, generator=generator))
    low, high = NOISE_SD
    noise_sd = low + (high - low) * torch.rand(count, len(LEADS), 1, generator=generator)
    ecg = ecg * scale + noise_sd * torch.randn(ecg.shape, generator=generator)
    age_known = (torch.rand(count, 1, generator=generator) >= DROP_AGE).float()
    sex_unknown = torch.rand(count, 1, generator=generator) < DROP_SEX
    sex = torch.where(sex_unknown, torch.tensor([0.0, 0.0, 1.0]), batch.sex)
    waves = withhold_code(vary_waves(batch.waves, generator), (mask == batch.mask).all(1))
    return Batch(ecg * mask[:, :, None], mask, batch.age * age_known, sex, batch.y, waves)
