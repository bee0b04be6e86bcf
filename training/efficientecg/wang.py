"""resnet1d_wang, the small rival: the network of Wang et al. 2017 as Strodthoff et al. 2021 had it on PTB-XL.

Written anew. Convolutions of 128 channels over all leads at once, three residual blocks (kernels 5 and 3),
batch norm, mean and maximum over time, one linear layer after dropout of a half. It was published at 100 Hz;
`to_100hz` brings our 250 Hz there. It sees the ECG alone: absent leads are zero, age and sex are not asked.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from efficientecg.model import conv, pool

KIND = "resnet1d-wang"
TAPS = 16


def decimator(taps: int = TAPS) -> Tensor:
    """Two filters [2, 1, taps + 1] that a stride of 5 samples turns into 250 Hz -> 100 Hz.

    Every 5 samples hold two outputs: the sample itself and the moment 2.5 samples later, there by a sinc
    under a Kaiser window. The front end's 40 Hz lie below both Nyquist frequencies: nothing to filter.
    """
    middle = taps // 2 - 1
    distance = np.arange(taps + 1) - middle - 2.5
    window = np.interp(distance, np.arange(taps + 1) - taps / 2, np.kaiser(taps + 1, 8), left=0, right=0)
    between = np.sinc(distance) * window
    here = (np.arange(taps + 1) == middle).astype(float)
    return torch.tensor(np.stack([here, between / between.sum()])[:, None], dtype=torch.float32)


def to_100hz(ecg: Tensor, filters: Tensor) -> Tensor:
    """[B, L, T] at 250 Hz -> [B, L, 2 ceil(T / 5)] at 100 Hz."""
    batch, leads, samples = ecg.shape
    before = filters.shape[-1] // 2 - 1
    padded = F.pad(ecg, (before, filters.shape[-1] + 5))
    pairs = F.conv1d(padded.flatten(0, 1)[:, None], filters, stride=5)[..., : -(-samples // 5)]
    return pairs.mT.reshape(batch, leads, -1)


class Residual(nn.Module):
    """Two convolutions and what they are added to, which a 1 x 1 convolution brings to the same length."""

    def __init__(self, filters: int, kernels: tuple[int, int], stride: int) -> None:
        super().__init__()
        self.first = conv(filters, filters, kernels[0], stride)
        self.second = conv(filters, filters, kernels[1])
        self.first_norm, self.second_norm = nn.BatchNorm1d(filters), nn.BatchNorm1d(filters)
        self.shortcut = (
            nn.Sequential(conv(filters, filters, 1, stride), nn.BatchNorm1d(filters))
            if stride > 1
            else nn.Identity()
        )

    def forward(self, x: Tensor) -> Tensor:
        """[B, C, T] -> [B, C, ceil(T / stride)]."""
        y = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(y)) + self.shortcut(x))


class WangResNet(nn.Module):
    """The whole rival; `forward` takes what `EfficientECG.forward` takes and returns logits [B, labels]."""

    def __init__(self, architecture: dict[str, Any], leads: int, labels: int, dropout: float = 0.5) -> None:
        super().__init__()
        self.architecture = architecture
        filters, kernels = architecture["filters"], tuple(architecture["kernels"])
        self.register_buffer("filters", decimator(), persistent=False)
        self.stem = nn.Sequential(
            conv(leads, filters, architecture["stem"]), nn.BatchNorm1d(filters), nn.ReLU()
        )
        self.blocks = nn.Sequential(
            *(Residual(filters, kernels, stride) for stride in architecture["strides"])
        )
        self.last = nn.Sequential(
            nn.BatchNorm1d(2 * filters), nn.Dropout(dropout), nn.Linear(2 * filters, labels)
        )

    def pooled(self, ecg: Tensor, mask: Tensor) -> Tensor:
        """[B, L, T] at 250 Hz -> features' mean and maximum over time [B, 2C]; absent leads are zero."""
        x = self.blocks(self.stem(to_100hz(ecg, self.get_buffer("filters"))))
        return pool(x)

    def forward(self, ecg: Tensor, mask: Tensor, age: Tensor, sex: Tensor, waves: Tensor) -> Tensor:
        logits: Tensor = self.last(self.pooled(ecg, mask))
        return logits
