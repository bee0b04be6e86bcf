"""The shipped delineator in PyTorch: what the page computes, from `model.json` and its weights alone."""

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from delineator.model import delineate, multiple
from efficientecg import reference as efficientecg
from efficientecg.fold import Weights


class ShippedDelineator(torch.nn.Module):
    """[B, 3, T] -> logits [B, classes, T], T a multiple of 2^(levels - 1); float32, batch norm folded."""

    def __init__(self, architecture: dict[str, Any], weights: Weights) -> None:
        super().__init__()
        self.architecture = architecture
        self.w = {name: torch.from_numpy(values.copy()) for name, values in weights.items()}

    def convolution(self, name: str, x: Tensor) -> Tensor:
        kernel = self.w[f"{name}.kernel"].permute(2, 1, 0)
        return F.conv1d(x, kernel, self.w[f"{name}.bias"], padding=kernel.shape[2] // 2)

    def separable(self, name: str, x: Tensor, stride: int = 1) -> Tensor:
        kernel = self.w[f"{name}.depthwise.kernel"].T[:, None]
        bias = self.w[f"{name}.depthwise.bias"]
        y = F.conv1d(x, kernel, bias, stride, kernel.shape[2] // 2, groups=len(kernel))
        y = F.silu(self.convolution(f"{name}.pointwise", y))
        return x + y if stride == 1 else y

    @torch.no_grad()
    def forward(self, x: Tensor) -> Tensor:
        levels = self.architecture["levels"]
        x = F.silu(self.convolution("stem", x))
        skips = []
        for level, settings in enumerate(levels):
            if level:
                x = self.separable(f"down{level}", x, 2)
            for index in range(settings["encoder"]):
                x = self.separable(f"encode{level}.{index}", x)
            skips.append(x)
        for level in range(len(levels) - 2, -1, -1):
            x = self.convolution(f"up{level}", x).repeat_interleave(2, 2) + skips[level]
            for index in range(levels[level]["decoder"]):
                x = self.separable(f"decode{level}.{index}", x)
        return self.convolution("logits", x)

    def delineate(self, x: Tensor, mask: Tensor) -> Tensor:
        """Logits [L, classes, N] of one recording: x [L, N] z-scored at 250 Hz, mask [L]."""
        return delineate(self, x, mask, multiple(self.architecture))


def load(folder: Path) -> tuple[dict[str, Any], ShippedDelineator]:
    """Reads `model.json` and its weights; refuses weights whose SHA-256 is not the manifest's."""
    model, shipped = efficientecg.load(folder)
    weights = {name: tensor.numpy() for name, tensor in shipped.w.items()}
    return model, ShippedDelineator(model["architecture"], weights)
