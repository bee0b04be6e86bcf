"""Writes the shipped delineator: folded float16 weights and the `model.json` that says how to use them.

    python -m delineator.convert --run RUN --evaluation RUNS/evaluation.json \\
        --out ../public/models/delineator --version 0.1.0

RUN holds `last.pt` of the training on all records; the evaluation is `evaluate.py`'s, of the
cross-validation.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from delineator.fold import fold
from delineator.model import UNet
from delineator.post import RULES
from efficientecg.config import INPUT
from efficientecg.modelfile import write_json, write_weights

LUDB = {
    "name": "LUDB 1.0.1, the 159 open records", "records": 159, "patients": 159,
    "licence": "ODC-By 1.0", "url": "https://physionet.org/content/ludb/1.0.1/",
}  # fmt: skip
NSTDB = {
    "name": "MIT-BIH Noise Stress Test Database, first half of each record (noise only)", "records": 3,
    "patients": None, "licence": "ODC-By 1.0", "url": "https://physionet.org/content/nstdb/1.0.0/",
}  # fmt: skip
PTBXL = {
    "name": "PTB-XL 1.0.3 subset, folds 1–8: atrial fibrillation and flutter and others, pseudo-labels",
    "records": 324, "patients": 317, "licence": "CC-BY 4.0", "url": "https://physionet.org/content/ptb-xl/1.0.3/",
}  # fmt: skip
SIMULATED = {
    "name": "Simulated ECGs (src/simulator)", "records": 480, "patients": None,
    "licence": "Apache-2.0", "url": "https://doi.org/10.1109/TBME.2003.808805",
}  # fmt: skip


def multiply_accumulates(network: UNet, samples: int) -> int:
    """Multiplications of one lead's forward pass over `samples` (a multiple of 2^(levels - 1))."""
    total = 0

    def count(layer: torch.nn.Module, _: Any, output: torch.Tensor) -> None:
        nonlocal total
        assert isinstance(layer, torch.nn.Conv1d)
        total += output.shape[2] * layer.weight.numel()

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, torch.nn.Conv1d)]
    with torch.no_grad():
        network(torch.zeros(1, len(network.architecture["channels"]), samples))
    for hook in hooks:
        hook.remove()
    return total


def write_model(
    network: UNet, out: Path, version: str, training: dict[str, Any], results: list[dict[str, Any]]
) -> None:
    """Writes `weights.bin` and `model.json`; `macs10s` counts one lead of 2,560 samples."""
    out.mkdir(parents=True, exist_ok=True)
    weights = fold(network.eval())
    model = {
        "$schema": "../model.schema.json",
        "formatVersion": 1,
        "featuresVersion": 0,
        "id": "delineator",
        "version": version,
        "name": "Delineator: P, QRS and T in every lead",
        "architecture": network.architecture,
        "input": INPUT,
        "waveRules": RULES,
        "training": training
        | {
            "parameters": sum(w.size for w in weights.values()),
            "macs10s": multiply_accumulates(network, 2560),
        },
        "results": results,
        "weights": write_weights(weights, out / "weights.bin"),
    }
    write_json(out / "model.json", model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--evaluation", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True)
    args = parser.parse_args()
    state = torch.load(args.run / "last.pt", map_location="cpu", weights_only=False)
    network = UNet(state["architecture"])
    network.load_state_dict(state["ema"])
    data = [LUDB, NSTDB] + ([PTBXL, SIMULATED] if "--extra" in state["command"] else [])
    if state["records"] != LUDB["records"]:
        raise SystemExit(f"{args.run} was trained on {state['records']} records, not on {LUDB['records']}")
    training = {
        "date": datetime.now(UTC).date().isoformat(), "command": state["command"], "seed": state["seed"],
        "epochs": state["step"] // 25, "data": data,
    }  # fmt: skip
    results = json.loads(args.evaluation.read_text())["results"] if args.evaluation else []
    write_model(network, args.out, args.version, training, results)
    print(f"{args.out}: version {args.version}, {(args.out / 'weights.bin').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
