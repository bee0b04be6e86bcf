"""The training of one network, step by step; everything that a checkpoint restores.

AdamW (Loshchilov & Hutter 2019), one cycle (Smith 2018), weights averaged exponentially (EMA).
"""

import copy
import math
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from efficientecg.augment import Batch, add_noise, augment, mix
from efficientecg.config import INPUT
from efficientecg.experiments import Recipe
from efficientecg.labels import CODES
from efficientecg.ptbxl import Dataset
from efficientecg.warp import warp


def tensors(data: Dataset, labels: tuple[str, ...] = CODES) -> Batch:
    """`labels` are the first ones of `CODES`."""
    y = data.y[:, : len(labels)]
    return Batch(*(torch.from_numpy(a) for a in (data.x, data.mask, data.age, data.sex, y, data.waves)))


def rows(batch: Batch, index: Tensor) -> Batch:
    return Batch(*(getattr(batch, field.name)[index] for field in fields(batch)))


@torch.no_grad()
def update_ema(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Parameters and batch-norm statistics alike."""
    for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)


@torch.no_grad()
def predict(network: nn.Module, batch: Batch, device: torch.device, size: int = 64) -> np.ndarray:
    """Logits [n, labels] of unaugmented records."""
    network.eval()
    parts = []
    for index in torch.arange(len(batch.y)).split(size):
        part = rows(batch, index)
        inputs = (x.to(device) for x in (part.ecg, part.mask, part.age, part.sex, part.waves))
        parts.append(network(*inputs).cpu())
    return torch.cat(parts).numpy()


class Trainer:
    """Holds network, average, optimiser and schedule, all of which a checkpoint restores."""

    def __init__(
        self,
        network: nn.Module,
        recipe: Recipe,
        records: int,
        device: torch.device,
        noise: Tensor | None = None,
    ) -> None:
        self.recipe, self.device, self.noise = recipe, device, noise
        self.network = network.to(device)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=recipe.rate, weight_decay=recipe.decay
        )
        self.steps_per_epoch = math.ceil(records / recipe.batch)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, recipe.rate, total_steps=recipe.epochs * self.steps_per_epoch
        )
        self.epoch, self.step = 0, 0

    def run_epoch(self, batch: Batch) -> float:
        """One pass in an order and with augmentation that follow from seed and epoch alone; mean loss."""
        generator = torch.Generator().manual_seed(1000 * self.recipe.seed + self.epoch)
        torch.manual_seed(1000 * self.recipe.seed + self.epoch)  # dropout, stochastic depth
        order = torch.randperm(len(batch.y), generator=generator)
        self.network.train()
        total = 0.0
        for index in order.chunk(self.steps_per_epoch):
            part = mix(rows(batch, index), self.recipe.mixup, generator)
            if self.noise is not None:
                part = replace(part, ecg=add_noise(part.ecg, self.noise, self.recipe.noise, generator))
            part = warp(part, self.recipe.warp, generator)
            view = augment(part, INPUT["samplingRateHz"], generator)
            inputs = [x.to(self.device) for x in (view.ecg, view.mask, view.age, view.sex, view.waves)]
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.recipe.half):
                logits = self.network(*inputs)
            loss = F.binary_cross_entropy_with_logits(logits.float(), view.y.to(self.device))
            self.optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimiser.step()
            self.schedule.step()
            self.step += 1
            update_ema(self.average, self.network, min(self.recipe.ema, self.step / (self.step + 9)))
            total += float(loss.detach()) * len(index)
        self.epoch += 1
        return total / len(batch.y)

    def state(self) -> dict[str, Any]:
        return {
            "network": self.network.state_dict(), "ema": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict(),
            "epoch": self.epoch, "step": self.step,
        }  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["ema"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.epoch, self.step = state["epoch"], state["step"]


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes beside and renames, so that a killed run never leaves half a checkpoint."""
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)
