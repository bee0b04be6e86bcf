"""A 1-D U-Net of separable convolutions, built from `model.json`'s `architecture`.

Every convolution has an odd kernel k and (k - 1) / 2 zeros on both sides, so that T samples at stride s give
ceil(T / s). A separable convolution is a depthwise one (linear) followed by a pointwise one with batch norm
and swish. Levels go down by a depthwise stride of 2; up by a pointwise convolution to the width of the level
above, repeating each sample twice and adding the encoder's output of that level (a U-Net after Ronneberger et
al. 2015 whose skips are added, as in Lin et al. 2017, rather than concatenated: a fifth fewer MACs).

Shapes are [B, C, T]; one row of the batch is one lead. T must be a multiple of 2^(levels - 1).
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate, silu

CHANNELS = ("lead", "magnitude", "slope")


def context(x: Tensor, mask: Tensor) -> Tensor:
    """What a lead is given of the others: [B, L, T] z-scored, mask [B, L] -> magnitude and slope [B, 2, T].

    Magnitude: root mean square over the present leads. Slope: mean over them of |x[n + 1] - x[n - 1]| / 2
    (0 at both ends). Both include the lead itself, so that they are computed once for all leads.
    """
    weight = mask / mask.sum(1, keepdim=True).clamp(min=1)
    magnitude = torch.einsum("blt,bl->bt", x * x, weight).sqrt()
    change = (x[..., 2:] - x[..., :-2]).abs() / 2
    slope = nn.functional.pad(torch.einsum("blt,bl->bt", change, weight), (1, 1))
    return torch.stack([magnitude, slope], 1)


class Separable(nn.Module):
    """Depthwise (stride, linear), pointwise, batch norm, swish; plus its input where shapes allow."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(inputs, inputs, kernel, stride, kernel // 2, groups=inputs)
        self.pointwise = nn.Conv1d(inputs, outputs, 1, bias=False)
        self.norm = nn.BatchNorm1d(outputs)
        self.residual = inputs == outputs and stride == 1

    def forward(self, x: Tensor) -> Tensor:
        y = silu(self.norm(self.pointwise(self.depthwise(x))))
        return x + y if self.residual else y


class UNet(nn.Module):
    """[B, 3, T] -> logits [B, classes, T]."""

    def __init__(self, architecture: dict[str, Any]) -> None:
        super().__init__()
        self.architecture = architecture
        stem, levels = architecture["stem"], architecture["levels"]
        kernel, width = stem["kernel"], stem["filters"]
        self.stem = nn.Conv1d(len(architecture["channels"]), width, kernel, padding=kernel // 2, bias=False)
        self.stem_norm = nn.BatchNorm1d(width)
        self.down, self.encoder = nn.ModuleList(), nn.ModuleList()
        self.up, self.decoder = nn.ModuleList(), nn.ModuleList()
        for index, level in enumerate(levels):
            filters, kernel = level["filters"], level["kernel"]
            if index:
                self.down.append(Separable(width, filters, kernel, 2))
                width = filters
            blocks = [Separable(filters, filters, kernel) for _ in range(level["encoder"])]
            self.encoder.append(nn.Sequential(*blocks))
        for level in levels[-2::-1]:
            filters, kernel = level["filters"], level["kernel"]
            self.up.append(nn.Conv1d(width, filters, 1))
            blocks = [Separable(filters, filters, kernel) for _ in range(level["decoder"])]
            self.decoder.append(nn.Sequential(*blocks))
            width = filters
        kernel = architecture["head"]["kernel"]
        self.head = nn.Conv1d(width, len(architecture["classes"]), kernel, padding=kernel // 2)

    def forward(self, x: Tensor) -> Tensor:
        x = silu(self.stem_norm(self.stem(x)))
        skips: list[Tensor] = []
        for index, encoder in enumerate(self.encoder):
            x = encoder(self.down[index - 1](x) if index else x)
            skips.append(x)
        for up, decoder, skip in zip(self.up, self.decoder, skips[-2::-1], strict=True):
            x = decoder(interpolate(up(x), scale_factor=2.0, mode="nearest") + skip)
        return self.head(x)


def multiple(architecture: dict[str, Any]) -> int:
    """The network's input length is a multiple of this; shorter signals are padded right with zeros."""
    return 2 ** (len(architecture["levels"]) - 1)


def delineate(network: nn.Module, x: Tensor, mask: Tensor, block: int) -> Tensor:
    """Logits [L, classes, T] of one recording x [L, T] (z-scored, 250 Hz), mask [L]; zeros where masked."""
    leads, samples = x.shape
    shared = context(x[None], mask[None])[0].expand(leads, -1, -1)
    rows = torch.cat([x[:, None], shared], 1)
    rows = nn.functional.pad(rows, (0, -samples % block))
    return network(rows)[..., :samples] * mask[:, None, None]
