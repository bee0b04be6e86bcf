"""The encoder learns from signals without labels first: it restores what was hidden of them.

Masked reconstruction after He et al. 2022 (images) and Zhang et al. 2023 (ECG, MaeFE): in half of the records
some leads are left out, in all of them half of the time, in steps of the encoder; a linear layer draws all
leads from each step's features, and what was hidden alone is scored (mean squared error). Only records that
the run trains on are shown, and those of CinC 2011, whose people are not PTB-XL's. The linear layer is thrown
away.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from efficientecg.abstain import read_cinc2011
from efficientecg.augment import random_leads
from efficientecg.model import EfficientECG
from efficientecg.ptbxl import Dataset, load_dataset

BATCH = 32
RATE = 2e-3
HIDDEN = 0.5


def encoder_step(architecture: dict[str, Any]) -> int:
    """Samples of the ECG to one step of the features."""
    return int(architecture["stem"]["stride"] * np.prod([row["stride"] for row in architecture["stages"]]))


class Restorer(nn.Module):
    """Encoder and linear layer: an ECG with holes [B, L, T] -> the whole one [B, L, T], T in whole steps."""

    def __init__(self, network: EfficientECG, leads: int) -> None:
        super().__init__()
        self.network, self.leads = network, leads
        self.step = encoder_step(network.architecture)
        self.draw = nn.Conv1d(network.head.out_channels, leads * self.step, 1)

    def forward(self, ecg: Tensor, mask: Tensor) -> Tensor:
        drawn = self.draw(self.network.encode(ecg, mask))
        return drawn.unflatten(1, (self.leads, self.step)).mT.flatten(2)


def hide(ecg: Tensor, mask: Tensor, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """ecg [B, L, T] and mask [B, L] with less in them, and what is hidden of what was there [B, L, T]."""
    kept = mask * random_leads(len(ecg), generator)
    kept = torch.where(kept.sum(1, keepdim=True) > 0, kept, mask)
    shown = torch.rand(len(ecg), 1, ecg.shape[-1] // step, generator=generator) >= HIDDEN
    seen = shown.repeat_interleave(step, 2) * kept[:, :, None]
    return ecg * seen, kept, mask[:, :, None] * (1 - seen)


def loss_of(drawn: Tensor, ecg: Tensor, hidden: Tensor) -> Tensor:
    """Mean squared error of what was hidden; the z-scored ECG's own variance is about 1."""
    return ((drawn - ecg).square() * hidden).sum() / hidden.sum().clamp_min(1)


def whole_steps(ecg: Tensor, step: int, generator: torch.Generator) -> Tensor:
    """As many whole steps as fit, from a random start for the batch."""
    length = ecg.shape[-1] // step * step
    start = int(torch.randint(ecg.shape[-1] - length + 1, (1,), generator=generator))
    return ecg[..., start : start + length]


def pretrain(network: EfficientECG, ecg: Tensor, mask: Tensor, epochs: int, seed: int) -> Iterator[float]:
    """Teaches the encoder in place, from ecg [n, L, T] and mask [n, L]; the mean loss of each epoch."""
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    restorer = Restorer(network, ecg.shape[1]).train()
    steps = max(1, -(-len(ecg) // BATCH))
    optimiser = torch.optim.AdamW(restorer.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * steps)
    for _ in range(epochs):
        total = 0.0
        for index in torch.randperm(len(ecg), generator=generator).chunk(steps):
            whole = whole_steps(ecg[index], restorer.step, generator)
            holed, kept, hidden = hide(whole, mask[index], restorer.step, generator)
            loss = loss_of(restorer(holed, kept), whole, hidden)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(restorer.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(index)
        yield total / len(ecg)


def read_others(data: Path, cinc2011: Path | None, cache: Path | None) -> Dataset | None:
    """CinC 2011's signals, readable or not; None without its folder. `data` is PTB-XL's."""
    if cinc2011 is None:
        return None
    records = [*read_cinc2011(cinc2011, "acceptable"), *read_cinc2011(cinc2011, "unacceptable")]
    return load_dataset(data, cache, records)


def pretrained(
    network: EfficientECG, kept: Dataset, others: Dataset | None, epochs: int, seed: int, stored: Path
) -> None:
    """Schools the encoder on `kept` and `others`; stored, so that a run that goes on does not repeat it."""
    if stored.exists():
        network.load_state_dict(torch.load(stored, weights_only=True))
        return
    if others is None:
        raise SystemExit("this recipe pre-trains on CinC 2011, too: --cinc2011 CINC2011")
    ecg, mask = (np.concatenate([getattr(part, name) for part in (kept, others)]) for name in ("x", "mask"))
    some = mask.any(1)
    shown = torch.from_numpy(ecg[some]), torch.from_numpy(mask[some])
    for epoch, loss in enumerate(pretrain(network, *shown, epochs, seed), 1):
        print(f"pre-training {epoch}/{epochs}: {loss:.4f} of the variance of what was hidden", flush=True)
    torch.save(network.state_dict(), stored)
