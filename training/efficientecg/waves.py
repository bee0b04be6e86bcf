"""R-peak and P-wave features: what the page's `src/waves/` measures on a record, as the network takes it.

There is one implementation, `src/waves/network-features.ts`. `bench/measure.ts` runs it in Node and writes
JSON lines; this file only scales. A feature that is not measurable is unknown, never a number: the vector
holds (value - offset) / scale, or 0 where unknown, and then the flags of what is known.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Feature:
    """`offset` and `scale` bring common values to about -2 ... 2; further ones are clipped at `LIMIT`."""

    name: str
    offset: float
    scale: float


LIMIT = 4.0
FEATURES = (
    Feature("heartRateBpm", 75, 25),
    Feature("sdnnShare", 0.05, 0.1),  # SDNN / mean RR
    Feature("rmssdShare", 0.05, 0.1),  # RMSSD / mean RR
    Feature("shortestRrShare", 0.9, 0.2),  # shortest RR / median RR
    Feature("longestRrShare", 1.1, 0.2),  # longest RR / median RR
    Feature("jumpShare", 0.1, 0.3),  # steps from RR to RR over 12 % of the median, of all steps
    Feature("irregular", 0.5, 0.5),
    Feature("pShare", 0.7, 0.4),  # QRS with a P before them, of all in lead II or another lead
    Feature("pMs", 105, 25),
    Feature("prMs", 165, 35),
    Feature("qrsMs", 100, 20),
    Feature("qtMs", 390, 45),
    Feature("qtcFridericiaMs", 410, 30),
    Feature("atrialPerBeat", 1, 0.5),  # atrial rate / heart rate
    Feature("blockedP", 0, 1),
    Feature("agreement", 0.95, 0.1),  # of delineator and detector
)
COUNT = len(FEATURES)
VERSION = 1


def wave_settings() -> dict[str, Any]:
    """`input.waves` of a `model.json`: what `src/inference/wave-inputs.ts` does the same scaling with."""
    return {"limit": LIMIT, "features": [asdict(feature) for feature in FEATURES]}


def wave_vector(features: Mapping[str, float | None]) -> NDArray[np.float32]:
    """[2 * COUNT]: scaled values, 0 where unknown; then 1 where known."""
    values, known = np.zeros(COUNT, np.float32), np.zeros(COUNT, np.float32)
    for i, feature in enumerate(FEATURES):
        value = features.get(feature.name)
        if value is not None and math.isfinite(value):
            values[i] = np.clip((value - feature.offset) / feature.scale, -LIMIT, LIMIT)
            known[i] = 1
    return np.concatenate([values, known])


def read_waves(files: list[Path]) -> dict[str, NDArray[np.float32]]:
    """Record name -> vector, from the JSON lines of `bench/measure.ts`."""
    found = {}
    for path in files:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                measured = json.loads(line)
                found[measured["name"]] = wave_vector(measured["features"])
    return found
