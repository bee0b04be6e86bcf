"""Golden vectors: what the front end and the shipped network make of simulated ECGs, for the page's tests.

    npx tsx src/simulator/golden.ts DIR            (in the repository's root: writes the inputs)
    python -m efficientecg.golden --inputs DIR --model ../public/models/efficientecg \\
        --out ../src/inference/golden

An input is {name, samplingRateHz, leads, startS, lengthS, ageYears | null, sex, samples}; samples are base64
of int16 little endian per lead, 1 µV a step, -32768 = missing. The output adds `expected`, whose arrays are
base64 of float32 little endian.
"""

import argparse
import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from efficientecg.frontend import (
    Signal,
    band_pass,
    cut_chunk,
    fill_gaps,
    network_demographics,
    network_input,
)
from efficientecg.reference import ShippedNetwork, load
from efficientecg.waves import FEATURES, wave_vector

MISSING = -32768
MICROVOLTS_PER_MILLIVOLT = 1000
FILTERED_EVERY = 4


def encode(values: NDArray[np.floating]) -> str:
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def decode(text: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(text), "<f4")


def read_samples(case: dict[str, Any]) -> dict[str, Signal]:
    """Lead -> mV [S], NaN where missing."""
    leads = {}
    for lead in case["leads"]:
        steps = np.frombuffer(base64.b64decode(case["samples"][lead]), "<i2")
        leads[lead] = np.where(steps == MISSING, np.nan, steps / MICROVOLTS_PER_MILLIVOLT)
    return leads


def made_up_measurements(name: str) -> dict[str, float | None]:
    """Wave features that differ from case to case, some of them unknown, some beyond the limit."""
    draw = np.random.default_rng(list(name.encode()))
    values = {f.name: round(f.offset + 2 * f.scale * float(draw.standard_normal()), 3) for f in FEATURES}
    return {name: None if draw.random() < 0.2 else value for name, value in values.items()}


def expected(case: dict[str, Any], model: dict[str, Any], network: ShippedNetwork) -> dict[str, Any]:
    """The numbers at every stage, for one case."""
    rate_hz, start_s, length_s = case["samplingRateHz"], case["startS"], case["lengthS"]
    leads, settings = read_samples(case), model["input"]
    filtered = {}
    for name, signal in leads.items():
        chunk, window = cut_chunk(signal, rate_hz, start_s, length_s, settings["contextS"])
        lead = band_pass(fill_gaps(chunk), rate_hz, settings["filter"])
        assert lead is not None, f"{case['name']}: lead {name} is too short for the filter"
        filtered[name] = encode(lead[window][::FILTERED_EVERY])
    x, mask = network_input(leads, rate_hz, start_s, length_s, settings)
    age, sex = network_demographics(case["ageYears"], case["sex"], settings)
    measured = made_up_measurements(case["name"]) if "waves" in settings else {}
    waves = wave_vector(measured)
    output = network.forward(*(torch.from_numpy(array[None]) for array in (x, mask, age, sex, waves)))
    return {
        "modelVersion": model["version"],
        "weightsSha256": model["weights"]["sha256"],
        "measured": measured,
        "filteredEvery": FILTERED_EVERY,
        "filtered": filtered,
        "inputShape": list(x.shape),
        "input": encode(x),
        "mask": encode(mask),
        "pooled": encode(output.pooled.numpy()),
        "logits": encode(output.logits.numpy()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model, network = load(args.model)
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(args.inputs.glob("*.json")):
        case = json.loads(path.read_text())
        case.pop("expected", None)
        written = json.dumps(case | {"expected": expected(case, model, network)}, indent=1) + "\n"
        (args.out / path.name).write_text(written)
        print(f"{path.name}: {len(written):,} bytes")


if __name__ == "__main__":
    main()
