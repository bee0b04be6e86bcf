"""An LSTM autoencoder over aligned beats, whose code the network may be given as a query token.

The sequence is the page's own median beat (`bench/aligned-beats.ts`): 70 moments of 12 leads, 10 ms apart,
each lead at mean 0 and deviation 1. An LSTM (Hochreiter & Schmidhuber 1997) reads it, its last state becomes
`CODE` numbers, and a second LSTM, told nothing else, draws the beat from them (Srivastava et al. 2015). It
learns without labels, on the records of the training alone.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from efficientecg.config import LEADS
from efficientecg.ptbxl import Dataset, Record

CODE = 24
HIDDEN = 64
MOMENTS = 70
LIMIT = 4.0


class Autoencoder(nn.Module):
    """Beats [B, 70, 12] -> code [B, CODE] -> the beats as drawn from it."""

    def __init__(self, leads: int = len(LEADS), hidden: int = HIDDEN, code: int = CODE) -> None:
        super().__init__()
        self.reader = nn.LSTM(leads, hidden, batch_first=True)
        self.code = nn.Linear(hidden, code)
        self.drawer = nn.LSTM(code, hidden, batch_first=True)
        self.leads = nn.Linear(hidden, leads)
        for lstm in (self.reader, self.drawer):
            # A forget gate that begins open remembers over 70 moments (Jozefowicz et al. 2015).
            with torch.no_grad():
                lstm.get_parameter("bias_ih_l0")[hidden : 2 * hidden] = 2

    def encode(self, beats: Tensor) -> Tensor:
        _, (last, _) = self.reader(beats)
        return self.code(last[-1])

    def forward(self, beats: Tensor) -> Tensor:
        code = self.encode(beats)
        drawn, _ = self.drawer(code[:, None].expand(-1, beats.shape[1], -1))
        return self.leads(drawn)


def fit(beats: Tensor, seed: int = 0, epochs: int = 100, batch: int = 32, rate: float = 4e-3) -> Autoencoder:
    """Learns to draw `beats` [n, 70, 12] again; AdamW, one cycle, mean squared error."""
    torch.manual_seed(seed)
    network = Autoencoder(beats.shape[-1])
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    steps = -(-len(beats) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * steps)
    for _ in range(epochs):
        for index in torch.randperm(len(beats)).chunk(steps):
            loss = F.mse_loss(network(beats[index]), beats[index])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return network.eval()


@torch.no_grad()
def drawn_share(network: Autoencoder, beats: Tensor) -> float:
    """The share of the beats' variance about the mean beat that the drawn ones have, at most 1."""
    spread = (beats - beats.mean(0)).square().sum()
    return 1 - float((network(beats) - beats).square().sum() / spread)


def read_beats(files: list[Path]) -> dict[str, NDArray[np.float32] | None]:
    """Record name -> beat [70, 12], None where it has none, from the JSON lines of `bench/measure.ts`."""
    found: dict[str, NDArray[np.float32] | None] = {}
    for path in files:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                measured = json.loads(line)
                beats = measured["beats"]
                found[measured["name"]] = None if beats is None else np.array(beats, np.float32)
    return found


def beats_of(records: list[Record], found: dict[str, NDArray[np.float32] | None]) -> tuple[Tensor, Tensor]:
    """Beats [n, 70, 12], 0 where there is none, and which there are [n]; KeyError: not measured."""
    each = [found[record.path.name] for record in records]
    known = torch.tensor([beat is not None for beat in each])
    empty = np.zeros((MOMENTS, len(LEADS)), np.float32)
    beats = np.stack([empty if beat is None else beat for beat in each]) if each else empty[None][:0]
    return torch.from_numpy(beats), known


@torch.no_grad()
def codes(network: Autoencoder, beats: Tensor, known: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    """Codes brought to mean 0 and deviation 1, cut off at `LIMIT`, and what is known: two of [n, CODE]."""
    scaled = ((network.encode(beats) - mean) / deviation).clamp(-LIMIT, LIMIT)
    flags = known[:, None].float().expand_as(scaled)
    return torch.stack([scaled * flags, flags], 1)


def with_codes(
    kept: Dataset, held: Dataset, files: list[Path], seed: int, stored: Path
) -> tuple[Dataset, Dataset]:
    """Both with the codes behind the wave features, waves [n, 2 (W + CODE)]; `kept` alone teaches.

    The autoencoder is stored, so that a resumed training goes on with the same codes.
    """
    found = read_beats(files)
    taught, known = beats_of(kept.records, found)
    if stored.exists():
        network = Autoencoder()
        network.load_state_dict(torch.load(stored, weights_only=True))
        network.eval()
    else:
        network = fit(taught[known], seed)
        torch.save(network.state_dict(), stored)
    with torch.no_grad():
        learned = network.encode(taught[known])
    mean, deviation = learned.mean(0), learned.std(0) + 1e-6

    def extended(data: Dataset) -> Dataset:
        beats, has = beats_of(data.records, found)
        print(f"autoencoder: {int(has.sum())} beats, {drawn_share(network, beats[has]):.3f} of variance")
        code = codes(network, beats, has, mean, deviation)
        both = torch.from_numpy(data.waves).unflatten(1, (2, -1))
        return replace(data, waves=torch.cat([both, code], 2).flatten(1).numpy())

    return extended(kept), extended(held)
