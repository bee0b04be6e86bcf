"""What training does to a batch so that any lead subset, window length and unknown patient works."""

from dataclasses import dataclass

import torch
from torch import Tensor

from efficientecg.config import LEADS

LENGTHS_S = (10.0, 5.0, 2.5)
LENGTH_ODDS = (0.55, 0.27, 0.18)
KEEP_ALL_LEADS = 0.5
DROP_AGE = DROP_SEX = 0.25
SCALE_SD = 0.1
# z250 records carry a rounding floor that raw ones lack; noise of this size buries it in both.
NOISE_SD = (0.01, 0.06)


@dataclass(frozen=True)
class Batch:
    """ecg [B, 12, T], mask [B, 12], age [B, 2], sex [B, 3], y [B, labels]."""

    ecg: Tensor
    mask: Tensor
    age: Tensor
    sex: Tensor
    y: Tensor


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
    return Batch(ecg * mask[:, :, None], mask, batch.age * age_known, sex, batch.y)
