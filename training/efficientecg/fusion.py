"""What is known of the patient and of the beats, and how it asks the features of the ECG.

Multi-head attention after Vaswani et al. 2017. Shapes: features [B, T', F], a token a row of width D.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def from_known(count: int, hidden: int, width: int) -> nn.Sequential:
    """A token [B, D] of `count` values, 0 where unknown, and as many flags of what is known, [B, 2 count]."""
    return nn.Sequential(nn.Linear(2 * count, hidden), nn.SiLU(), nn.Linear(hidden, width))


class Fusion(nn.Module):
    """Age, sex and, where the architecture names them, wave features and the code of the beats ask the ECG.

    A query token each, multi-head attention, residual, layer norm.
    """

    def __init__(self, features: int, settings: dict[str, Any]) -> None:
        super().__init__()
        width, self.heads = settings["width"], settings["heads"]
        self.age_hidden = nn.Linear(1, settings["ageHidden"])
        self.age_out = nn.Linear(settings["ageHidden"], width)
        self.count = settings.get("waves", 0)
        self.waves: nn.Sequential | None = None
        if "waves" in settings["tokens"]:
            self.waves = from_known(self.count, settings["wavesHidden"], width)
        self.code: nn.Sequential | None = None
        if "code" in settings["tokens"]:
            self.code = from_known(settings["code"], settings["codeHidden"], width)
        self.age_unknown = nn.Parameter(torch.randn(width) * 0.02)
        self.sex_table = nn.Parameter(torch.randn(3, width) * 0.02)
        self.keys, self.values = nn.Linear(features, width), nn.Linear(features, width)
        self.query, self.attend = nn.Linear(width, width), nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.outputs = len(settings["tokens"]) * width

    def forward(self, features: Tensor, age: Tensor, sex: Tensor, waves: Tensor) -> Tensor:
        """features [B, T', F], age [B, 2] (scaled, known), sex [B, 3], waves [B, 2W] -> [B, tokens * D].

        With a code of C numbers, waves is [B, 2 (W + C)]: W + C values, then the flags of what is known.
        """
        known = age[:, 1:]
        age_token = self.age_out(F.silu(self.age_hidden(age[:, :1])))
        age_token = known * age_token + (1 - known) * self.age_unknown
        asking = [age_token, sex @ self.sex_table]
        if self.code is not None and self.waves is not None:
            both = waves.unflatten(1, (2, -1))
            asking.append(self.waves(both[:, :, : self.count].flatten(1)))
            asking.append(self.code(both[:, :, self.count :].flatten(1)))
        elif self.waves is not None:
            asking.append(self.waves(waves))
        tokens = torch.stack(asking, 1)
        query, keys, values = (
            x.unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for x in (self.query(tokens), self.keys(features), self.values(features))
        )
        weights = torch.softmax(query @ keys.mT / keys.shape[-1] ** 0.5, -1)
        attended = self.attend((weights @ values).transpose(1, 2).flatten(2))
        return self.norm(tokens + attended).flatten(1)


class Beside(nn.Module):
    """What a fusion is compared with: nothing of the patient, or age and sex beside the pooled features."""

    def __init__(self, given: list[str]) -> None:
        super().__init__()
        self.given = given
        self.outputs = sum({"age": 2, "sex": 3}[name] for name in given)

    def forward(self, features: Tensor, age: Tensor, sex: Tensor, waves: Tensor) -> Tensor:
        """As `Fusion.forward` -> [B, outputs]."""
        parts = {"age": age, "sex": sex}
        return torch.cat([features.new_zeros(len(features), 0), *(parts[name] for name in self.given)], 1)


def build_fusion(features: int, settings: dict[str, Any]) -> Fusion | Beside:
    return Beside(settings["beside"]) if "beside" in settings else Fusion(features, settings)
