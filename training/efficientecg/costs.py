"""What a network costs: parameters, multiplications, and time on this machine."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from efficientecg.beats import CODE, HIDDEN, MOMENTS
from efficientecg.config import LEADS
from efficientecg.networks import build
from efficientecg.waves import COUNT

SAMPLES = 2500


@dataclass(frozen=True)
class Costs:
    """Of 10 s of 12 leads; `milliseconds` in PyTorch, one thread, one recording at a time."""

    parameters: int
    multiplications: int
    milliseconds: float


def costs(architecture: dict[str, Any], labels: int, runs: int = 9) -> Costs:
    """Products as torch counts them (convolutions and matrices); an autoencoder's reader comes on top."""
    network = build(architecture, labels).eval()
    has_code = "code" in architecture.get("fusion", {}).get("tokens", [])
    inputs = (
        torch.randn(1, len(LEADS), SAMPLES), torch.ones(1, len(LEADS)), torch.zeros(1, 2), torch.eye(3)[:1],
        torch.zeros(1, 2 * (COUNT + CODE * has_code)),
    )  # fmt: skip
    with torch.no_grad():
        with FlopCounterMode(display=False) as counter:
            network(*inputs)
        took = []
        for _ in range(runs):
            start = time.perf_counter()
            network(*inputs)
            took.append(time.perf_counter() - start)
    parameters = sum(p.numel() for p in network.parameters())
    gates = 4 * HIDDEN * (len(LEADS) + HIDDEN)
    reader = gates + 8 * HIDDEN + HIDDEN * CODE + CODE
    return Costs(
        parameters + has_code * reader,
        counter.get_total_flops() // 2 + has_code * (MOMENTS * gates + HIDDEN * CODE),
        1000 * float(np.median(took)),
    )
