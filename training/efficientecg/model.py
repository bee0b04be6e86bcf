"""EfficientECG for training: MBConv encoder, query tokens that attend to it, sigmoid heads.

Shapes are PyTorch's, [B, C, T]; the shipped network (`reference.py`, TypeScript) is time-major,
[B, T, C]. Blocks after Tan & Le 2019 (EfficientNet), Hu et al. 2018 (squeeze-excite) and
Huang et al. 2016 (stochastic depth). "Symmetric same" padding: (k - 1) / 2 zeros on both sides.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from efficientecg.fusion import build_fusion


def round_filters(filters: int, width: float, divisor: int) -> int:
    """EfficientNet's rounding: to the nearest multiple of `divisor`, never under 90 %."""
    scaled = filters * width
    rounded = max(divisor, int(scaled + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * scaled else rounded


@dataclass(frozen=True)
class BlockSpec:
    """One MBConv block after width and depth multipliers."""

    inputs: int
    middle: int
    outputs: int
    stride: int
    kernel: int
    squeezed: int

    @property
    def residual(self) -> bool:
        return self.stride == 1 and self.inputs == self.outputs


def block_specs(architecture: dict[str, Any]) -> list[BlockSpec]:
    """The stage table, unrolled; the first block of a stage carries its stride."""
    width, divisor = architecture["width"], architecture["divisor"]
    inputs = round_filters(architecture["stem"]["filters"], width, divisor)
    specs = []
    for row in architecture["stages"]:
        outputs = round_filters(row["filters"], width, divisor)
        repeats = -int(-architecture["depth"] * row["repeats"] // 1)
        for repeat in range(repeats):
            squeezed = max(1, int(inputs * architecture["squeezeRatio"]))
            stride = row["stride"] if repeat == 0 else 1
            middle = inputs * row["expand"]
            specs.append(BlockSpec(inputs, middle, outputs, stride, row["kernel"], squeezed))
            inputs = outputs
    return specs


def conv(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Conv1d:
    padding = (kernel - 1) // 2
    return nn.Conv1d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)


class Stem(nn.Module):
    """Convolution over the leads plus a learned constant for each missing lead."""

    def __init__(self, leads: int, filters: int, kernel: int, stride: int) -> None:
        super().__init__()
        self.conv = conv(leads, filters, kernel, stride)
        self.missing = nn.Linear(leads, filters, bias=False)
        self.norm = nn.BatchNorm1d(filters)
        nn.init.zeros_(self.missing.weight)

    def forward(self, ecg: Tensor, mask: Tensor) -> Tensor:
        """ecg [B, L, T], mask [B, L] with 1 = present -> [B, C, ceil(T / stride)]."""
        mixed: Tensor = self.conv(ecg) + self.missing(1 - mask)[:, :, None]
        return F.silu(self.norm(mixed))


class Block(nn.Module):
    """MBConv: expand, depthwise, squeeze-excite, project, add."""

    def __init__(self, spec: BlockSpec, drop: float) -> None:
        super().__init__()
        self.spec, self.drop = spec, drop
        self.expand = conv(spec.inputs, spec.middle) if spec.middle != spec.inputs else None
        self.expand_norm = nn.BatchNorm1d(spec.middle) if self.expand is not None else None
        self.depthwise = conv(spec.middle, spec.middle, spec.kernel, spec.stride, spec.middle)
        self.depthwise_norm = nn.BatchNorm1d(spec.middle)
        self.squeeze = nn.Linear(spec.middle, spec.squeezed)
        self.excite = nn.Linear(spec.squeezed, spec.middle)
        self.project = conv(spec.middle, spec.outputs)
        self.project_norm = nn.BatchNorm1d(spec.outputs)

    def forward(self, x: Tensor) -> Tensor:
        y = x
        if self.expand is not None and self.expand_norm is not None:
            y = F.silu(self.expand_norm(self.expand(y)))
        y = F.silu(self.depthwise_norm(self.depthwise(y)))
        gate = torch.sigmoid(self.excite(F.silu(self.squeeze(y.mean(-1)))))
        y = self.project_norm(self.project(y * gate[:, :, None]))
        if not self.spec.residual:
            return y
        if self.training and self.drop > 0:
            keep = torch.rand(len(y), 1, 1, device=y.device) >= self.drop
            y = y * keep / (1 - self.drop)
        return x + y


def pool(features: Tensor) -> Tensor:
    """Mean and maximum over time: [B, F, T'] -> [B, 2F]."""
    return torch.cat([features.mean(-1), features.amax(-1)], 1)


class EfficientECG(nn.Module):
    """The whole network; `forward` returns logits [B, labels]."""

    def __init__(
        self, architecture: dict[str, Any], leads: int, labels: int,
        drop_path: float = 0.1, dropout: float = 0.2,
    ) -> None:  # fmt: skip
        super().__init__()
        self.architecture = architecture
        specs, head = block_specs(architecture), architecture["head"]["filters"]
        stem, fusion = architecture["stem"], architecture["fusion"]
        self.stem = Stem(leads, specs[0].inputs, stem["kernel"], stem["stride"])
        rates = [drop_path * i / max(1, len(specs) - 1) for i in range(len(specs))]
        self.blocks = nn.ModuleList(Block(s, d) for s, d in zip(specs, rates, strict=True))
        self.head = conv(specs[-1].outputs, head)
        self.head_norm = nn.BatchNorm1d(head)
        self.fusion = build_fusion(head, fusion)
        self.dropout = nn.Dropout(dropout)
        self.logits = nn.Linear(2 * head + self.fusion.outputs, labels)

    def encode(self, ecg: Tensor, mask: Tensor) -> Tensor:
        """ecg [B, L, T] z-scored at 250 Hz, mask [B, L] -> features [B, F, T']."""
        x = self.stem(ecg, mask)
        for block in self.blocks:
            x = block(x)
        return F.silu(self.head_norm(self.head(x)))

    def pooled(self, ecg: Tensor, mask: Tensor) -> Tensor:
        """The features' mean and maximum over time, [B, 2F]."""
        return pool(self.encode(ecg, mask))

    def forward(self, ecg: Tensor, mask: Tensor, age: Tensor, sex: Tensor, waves: Tensor) -> Tensor:
        """As `encode`, with age [B, 2], sex [B, 3], waves [B, 2W]."""
        x = self.encode(ecg, mask)
        fused = self.fusion(x.transpose(1, 2), age, sex, waves)
        return self.logits(self.dropout(torch.cat([pool(x), fused], 1)))
