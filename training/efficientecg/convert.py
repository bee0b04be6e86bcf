"""Writes the shipped model: folded, shortened float16 weights and the `model.json` that says how to use them.

    python -m efficientecg.convert --run RUN --out ../public/models/efficientecg --version 0.1.0

RUN holds `last.pt` of the final training and, once calibrated, `calibration.json`.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from efficientecg.config import ARCHITECTURE, INPUT, LEADS
from efficientecg.fold import fold
from efficientecg.labels import CODES, LABELS
from efficientecg.model import EfficientECG, block_specs
from efficientecg.modelfile import MANTISSA_BITS, write_json, write_weights
from efficientecg.waves import VERSION, wave_settings

PTBXL_URL = "https://physionet.org/content/ptb-xl/1.0.3/"
UNCALIBRATED = {"slope": 1.0, "intercept": 0.0, "threshold": 0.5, "positives": 0, "setOn": "not calibrated"}


def multiply_accumulates(architecture: dict[str, Any], labels: int, samples: int) -> int:
    """Multiplications of one forward pass over `samples` at 250 Hz (activations not counted)."""
    specs, stem, fusion = block_specs(architecture), architecture["stem"], architecture["fusion"]
    steps: int = -(-samples // stem["stride"])
    total: int = steps * stem["kernel"] * len(LEADS) * specs[0].inputs
    for spec in specs:
        if spec.middle != spec.inputs:
            total += steps * spec.inputs * spec.middle
        steps = -(-steps // spec.stride)
        total += steps * spec.middle * (spec.kernel + 1 + spec.outputs)
        total += 2 * spec.middle * spec.squeezed
    features, width = architecture["head"]["filters"], fusion["width"]
    total += steps * features * (specs[-1].outputs + 2 * width)
    tokens = len(fusion["tokens"])
    total += tokens * (2 * width * width + 2 * steps * width) + width * fusion["ageHidden"]
    if "waves" in fusion["tokens"]:
        total += (2 * fusion["waves"] + width) * fusion["wavesHidden"]
    total += (2 * features + tokens * width) * labels
    return total


def describe_labels(calibration: dict[str, Any]) -> list[dict[str, Any]]:
    """`model.json`'s `labels`; `calibration` maps a code to what `calibrate.py` found."""
    described = []
    for label in LABELS:
        found = calibration.get(label.code, UNCALIBRATED)
        described.append({
            "code": label.code, "system": label.system, "snomed": label.snomed,
            "label": label.wording, "group": label.group, "requiredLeads": list(label.required),
            "calibration": {"slope": found["slope"], "intercept": found["intercept"]},
            "threshold": found["threshold"], "operatingPoint": "balanced",
            "setOn": found["setOn"], "positives": found["positives"],
        } | ({"screening": found["screening"]} if "screening" in found else {}))  # fmt: skip
    return described


def write_model(
    network: EfficientECG, out: Path, version: str, calibration: dict[str, Any], training: dict[str, Any],
    doubt: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Writes `weights.bin` and `model.json` (without results: `evaluate.py` adds them)."""
    out.mkdir(parents=True, exist_ok=True)
    weights = fold(network.eval())
    takes_waves = "waves" in network.architecture["fusion"]["tokens"]
    model = {
        "$schema": "../model.schema.json",
        "formatVersion": 1,
        "featuresVersion": VERSION if takes_waves else 0,
        "id": "efficientecg",
        "version": version,
        "name": "EfficientECG, 12 leads with age and sex",
        "architecture": network.architecture,
        "input": INPUT | ({"waves": wave_settings()} if takes_waves else {}),
        "labels": describe_labels(calibration),
        **({"doubt": doubt} if doubt else {}),
        "training": training
        | {
            "parameters": sum(w.size for w in weights.values()),
            "macs10s": multiply_accumulates(network.architecture, len(LABELS), 2500),
        },
        "results": [],
        "weights": write_weights(weights, out / "weights.bin", MANTISSA_BITS),
    }
    write_json(out / "model.json", model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, help="folder of the final training; none: random weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True)
    args = parser.parse_args()

    training: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "command": "none: random weights", "seed": 0, "epochs": 0, "data": [],
    }  # fmt: skip
    calibration: dict[str, Any] = {}
    doubt = None
    if args.run is None:
        torch.manual_seed(0)
        network = EfficientECG(ARCHITECTURE, len(LEADS), len(LABELS))
    else:
        state = torch.load(args.run / "last.pt", map_location="cpu", weights_only=True)
        if tuple(state["labels"]) != CODES:
            raise SystemExit(f"{args.run} was trained on other labels: {state['labels']}")
        network = EfficientECG(state["architecture"], len(LEADS), len(LABELS))
        network.load_state_dict(state["ema"])
        training |= {
            "command": state["command"], "seed": state["seed"], "epochs": state["epoch"],
            "data": [{
                "name": f"PTB-XL 1.0.3, folds {state['folds'].replace('-', '–')}",
                "records": state["records"], "patients": state["patients"],
                "licence": "CC-BY 4.0", "url": PTBXL_URL,
            }],
        }  # fmt: skip
        if (args.run / "calibration.json").exists():
            calibration = json.loads((args.run / "calibration.json").read_text())
            doubt = json.loads((args.run / "doubt.json").read_text())
    write_model(network, args.out, args.version, calibration, training, doubt)
    print(f"{args.out}: version {args.version}, {(args.out / 'weights.bin').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
