"""Time made longer or shorter in training: each record at a pace of its own, by up to a tenth.

The pace is one for a whole record. One that came and went within 10 s would turn regular rhythms into sinus
arrhythmia, which is a label. At one pace the R/P features are known again without measuring: times lengthen
as the record does, the rate falls, QTc moves as QT / RR^(1/3), shares and ratios of times stay. A record
keeps its pace where a statement would change: where a known rate, PR or QRS would cross a limit by which
readers call it (60 and 100 /min, 200 ms, 110 and 120 ms).
"""

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional as F

from efficientecg.augment import Batch
from efficientecg.waves import COUNT, FEATURES, LIMIT

# Feature -> the power of the stretch that it follows.
POWERS = {"heartRateBpm": -1.0, "pMs": 1.0, "prMs": 1.0, "qrsMs": 1.0, "qtMs": 1.0, "qtcFridericiaMs": 2 / 3}
STATED_BY = {"heartRateBpm": (60.0, 100.0), "prMs": (200.0,), "qrsMs": (110.0, 120.0)}


def stretched_features(waves: Tensor, stretch: Tensor) -> Tensor:
    """R/P features [B, 2W] of records that are `stretch` [B] times as long; unknown ones stay unknown."""
    values, known = (part.clone() for part in waves.chunk(2, 1))
    for i, feature in enumerate(FEATURES):
        power = POWERS.get(feature.name, 0.0)
        moved = (values[:, i] * feature.scale + feature.offset) * stretch**power
        values[:, i] = ((moved - feature.offset) / feature.scale).clamp(-LIMIT, LIMIT) * known[:, i]
    return torch.cat([values, known], 1)


def crosses(waves: Tensor, stretch: Tensor) -> Tensor:
    """Whether a stretch [B] takes a known feature over a limit that a statement goes by, [B]."""
    after = stretched_features(waves, stretch)
    found = torch.zeros(len(waves), dtype=torch.bool)
    for i, feature in enumerate(FEATURES):
        for limit in STATED_BY.get(feature.name, ()):
            scaled = (limit - feature.offset) / feature.scale
            other_side = (waves[:, i] > scaled) != (after[:, i] > scaled)
            found |= other_side & (waves[:, COUNT + i] > 0)
    return found


def stretch_time(ecg: Tensor, stretch: Tensor, start: Tensor, length: int) -> Tensor:
    """`length` samples of each record [B, L, T] at `stretch` [B] times its duration, z-scored anew.

    They begin at sample `start` [B] of the record; cubic between samples (what is there ends at 40 Hz).
    """
    positions = start[:, None] + torch.arange(length) / stretch[:, None]
    grid = torch.stack([2 * positions / (ecg.shape[-1] - 1) - 1, torch.zeros_like(positions)], -1)
    view = F.grid_sample(
        ecg[:, :, None], grid[:, None], mode="bicubic", padding_mode="border", align_corners=True
    )
    window = view[:, :, 0]
    centred = window - window.mean(-1, keepdim=True)
    return centred / centred.std(-1, keepdim=True, correction=0).clamp_min(1e-3)


def warp(batch: Batch, most: float, generator: torch.Generator) -> Batch:
    """In every other batch, each record at a pace between 1 - `most` and 1 + `most` of its own; 0: as given.

    A quickened record ends sooner, so that the batch is cut to what the quickest has, from a random start.
    """
    if most == 0 or torch.rand(1, generator=generator) < 0.5:
        return batch
    samples = batch.ecg.shape[-1]
    length = int((1 - most) * samples)
    stretch = 1 + most * (2 * torch.rand(len(batch.y), generator=generator) - 1)
    stretch = torch.where(crosses(batch.waves, stretch), torch.ones_like(stretch), stretch)
    room = samples - 1 - (length - 1) / stretch
    start = room * torch.rand(len(batch.y), generator=generator)
    return replace(
        batch,
        ecg=stretch_time(batch.ecg, stretch, start, length),
        waves=stretched_features(batch.waves, stretch),
    )
