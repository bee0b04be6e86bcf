"""The shipped network in a screen of PyTorch: `model.json` and `weights.bin` in, logits out.

Written over the named arrays of `fold.py`, apart from the training network in `model.py`, so that the
two check each other. This is what the TypeScript is compared with. Time-major, [B, T, C], float32.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from efficientecg.fold import Weights
from efficientecg.model import block_specs


@dataclass(frozen=True)
class Output:
    """pooled [B, 2F], what the last layer is given [B, 2F + tokens * D], and logits [B, labels]."""

    pooled: Tensor
    last: Tensor
    logits: Tensor


class ShippedNetwork:
    """Walks the operations of the specification's encoder and fusion, in order."""

    def __init__(self, architecture: dict[str, Any], weights: Weights) -> None:
        self.architecture = architecture
        self.w = {name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in weights.items()}

    def dense(self, name: str, x: Tensor) -> Tensor:
        kernel = self.w[f"{name}.kernel"]
        return x @ kernel.reshape(kernel.shape[-2:]) + self.w[f"{name}.bias"]

    def conv(self, name: str, x: Tensor, stride: int) -> Tensor:
        """Kernel [k, in, out], or [k, C] for a depthwise one; symmetric same padding."""
        kernel, bias = self.w[f"{name}.kernel"], self.w[f"{name}.bias"]
        padding = (len(kernel) - 1) // 2
        if kernel.ndim == 2:
            k, groups = kernel.T[:, None], kernel.shape[1]
        else:
            k, groups = kernel.permute(2, 1, 0), 1
        return F.conv1d(x.mT, k, bias, stride, padding, groups=groups).mT

    def encode(self, ecg: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """ecg [B, T, L], mask [B, L] -> features [B, T', F], pooled [B, 2F]."""
        missing = (1 - mask) @ self.w["stem.mask"]
        x = F.silu(self.conv("stem", ecg, self.architecture["stem"]["stride"]) + missing[:, None])
        for i, spec in enumerate(block_specs(self.architecture)):
            y = F.silu(self.dense(f"b{i}.expand", x)) if spec.middle != spec.inputs else x
            y = F.silu(self.conv(f"b{i}.depthwise", y, spec.stride))
            squeezed = F.silu(self.dense(f"b{i}.squeeze", y.mean(1)))
            y = y * torch.sigmoid(self.dense(f"b{i}.excite", squeezed))[:, None]
            y = self.dense(f"b{i}.project", y)
            x = x + y if spec.residual else y
        features = F.silu(self.dense("head", x))
        return features, torch.cat([features.mean(1), features.amax(1)], 1)

    def fuse(self, features: Tensor, pooled: Tensor, age: Tensor, sex: Tensor, waves: Tensor) -> Tensor:
        """age [B, 2] (scaled, known), sex one-hot [B, 3], waves [B, 2W] -> [B, 2F + tokens * D]."""
        known, heads = age[:, 1:], self.architecture["fusion"]["heads"]
        hidden = F.silu(self.dense("age.hidden", age[:, :1]))
        age_token = known * self.dense("age.out", hidden) + (1 - known) * self.w["age.unknown"]
        asking = {"age": age_token, "sex": sex @ self.w["sex.table"]}
        if "waves" in self.architecture["fusion"]["tokens"]:
            asking["waves"] = self.dense("waves.out", F.silu(self.dense("waves.hidden", waves)))
        tokens = torch.stack([asking[name] for name in self.architecture["fusion"]["tokens"]], 1)
        query, keys, values = (
            x.unflatten(-1, (heads, -1)).transpose(1, 2)
            for x in (
                self.dense("query", tokens),
                self.dense("keys", features),
                self.dense("values", features),
            )
        )
        attention = torch.softmax(query @ keys.mT / keys.shape[-1] ** 0.5, -1)
        attended = self.dense("attend", (attention @ values).transpose(1, 2).flatten(2))
        scale, offset = self.w["norm.scale"], self.w["norm.offset"]
        fused = F.layer_norm(tokens + attended, scale.shape, scale, offset, 1e-5)
        return torch.cat([pooled, fused.flatten(1)], 1)

    @torch.no_grad()
    def forward(self, ecg: Tensor, mask: Tensor, age: Tensor, sex: Tensor, waves: Tensor) -> Output:
        features, pooled = self.encode(ecg, mask)
        last = self.fuse(features, pooled, age, sex, waves)
        return Output(pooled, last, self.dense("logits", last))


def load(folder: Path) -> tuple[dict[str, Any], ShippedNetwork]:
    """Reads `model.json` and its weights; refuses weights whose SHA-256 is not the manifest's."""
    model = json.loads((folder / "model.json").read_text())
    weights: Weights = {}
    for group in model["weights"]["manifest"]:
        blob = b"".join((folder / path).read_bytes() for path in group["paths"])
        for path in group["paths"]:
            found = hashlib.sha256((folder / path).read_bytes()).hexdigest()
            expected = model["weights"]["sha256"][path]
            if found != expected:
                raise ValueError(f"{path}: SHA-256 is {found}, model.json says {expected}")
        for entry in group["weights"]:
            count = int(np.prod(entry["shape"]))
            flat = np.frombuffer(blob, "<f2", count, entry["offset"])
            weights[entry["name"]] = flat.astype(np.float32).reshape(entry["shape"])
    return model, ShippedNetwork(model["architecture"], weights)
