"""Golden vectors: what the shipped delineator makes of the simulated golden inputs, for the page's tests.

    npx tsx src/simulator/golden.ts DIR            (in the repository's root: writes the inputs)
    python -m delineator.golden --inputs DIR --model ../public/models/delineator \\
        --out ../src/inference/golden-delineator

The inputs are those of `efficientecg.golden`. The output adds `expected`: context, logits and waves; arrays
are base64 of float32 little endian, time-major as in the page.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from delineator.config import CLASSES, LEADS, RATE_HZ
from delineator.model import context
from delineator.post import waves
from delineator.reference import ShippedDelineator, load
from efficientecg.frontend import network_input
from efficientecg.golden import encode, read_samples


def expected(case: dict[str, Any], model: dict[str, Any], network: ShippedDelineator) -> dict[str, Any]:
    """The numbers at every stage, for one case; waves are [class, onset s, offset s], logits those of the
    present leads [L, N, classes]."""
    leads, settings = read_samples(case), model["input"]
    x, mask = network_input(leads, case["samplingRateHz"], case["startS"], case["lengthS"], settings)
    signal, present = torch.from_numpy(x.T.copy()), torch.from_numpy(mask)
    logits = network.delineate(signal, present).numpy()
    found = waves(logits, mask)
    return {
        "modelVersion": model["version"],
        "weightsSha256": model["weights"]["sha256"],
        "mask": encode(mask),
        "context": encode(context(signal[None], present[None])[0].T.numpy()),
        "logitsShape": [int(mask.sum()), logits.shape[2], logits.shape[1]],
        "logits": encode(logits[mask > 0].transpose(0, 2, 1)),
        "waves": {
            lead: [
                [CLASSES[s.kind], round(float(s.onset) / RATE_HZ, 5), round(float(s.offset) / RATE_HZ, 5)]
                for s in segments
            ]
            for lead, segments in zip(LEADS, found, strict=True)
        },
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
        written = json.dumps(case | {"expected": expected(case, model, network)}) + "\n"
        (args.out / path.name).write_text(written)
        print(f"{path.name}: {len(written):,} bytes")


if __name__ == "__main__":
    main()
