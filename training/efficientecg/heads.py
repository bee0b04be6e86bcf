"""Small models over features that the page itself measures: their files, and the same numbers in Python.

A head is a perceptron or boosted trees over named features, in a folder of its own beside the networks
(`public/models/head.schema.json`). `src/inference/head.ts` computes the same in the page.

    python -m efficientecg.heads --models ../public/models --out ../src/inference/golden-heads

writes what the page's tests compare with: random features, and each head's probabilities of them; and the
logits of the rhythm head's network for the simulated ECGs of `golden.py`.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit, softmax

from efficientecg.frontend import network_demographics, network_input
from efficientecg.golden import read_samples
from efficientecg.metrics import Estimate, Floats
from efficientecg.modelfile import write_json
from efficientecg.reference import load

HEADS = ("quality", "rhythm")
# Thresholds beyond it tell the unknown from all others.
GREATEST = 1e30
Array = NDArray[np.float32]
Weights = dict[str, Array]


@dataclass(frozen=True)
class Output:
    """One number that a head gives; `offset` and `threshold` as the schema says."""

    code: str
    label: str
    snomed: str | None = None
    offset: float = 0.0
    threshold: float | None = None


@dataclass(frozen=True)
class Head:
    """What `model.json` says, and the weights."""

    card: dict[str, Any]
    weights: Weights

    def probabilities(self, x: Floats) -> Floats:
        """[n, features], NaN where unknown -> [n, outputs]."""
        trees = self.card["architecture"]["kind"] == "trees"
        raw = tree_scores(self.weights, x) if trees else dense_scores(self.card, self.weights, x)
        found: Floats = expit(raw) if raw.shape[1] == 1 else softmax(raw, 1)
        return found


def dense_scores(card: dict[str, Any], weights: Weights, x: Floats) -> Floats:
    """Scaled, cut off, unknown 0; then the layers, with ReLU between them."""
    limit, layers = card["architecture"]["limit"], len(card["architecture"]["hidden"]) + 1
    scaled = (x - weights["input.offset"]) / weights["input.scale"]
    layer = np.nan_to_num(np.clip(scaled, -limit, limit), nan=0.0)
    for i in range(layers):
        layer = layer @ weights[f"layer{i}.kernel"].astype(float) + weights[f"layer{i}.bias"]
        layer = layer if i == layers - 1 else np.maximum(layer, 0)
    return layer


def tree_scores(weights: Weights, x: Floats) -> Floats:
    """Every record walks down every tree; features are compared as float32."""
    given = x.astype(np.float32)
    outputs = len(weights["base"])
    raw = np.tile(weights["base"].astype(float), (len(x), 1))
    for tree, root in enumerate(weights["start"].astype(int)):
        node = np.full(len(x), root)
        while True:
            feature = weights["feature"][node].astype(int)
            inner = feature >= 0
            if not inner.any():
                break
            value = given[np.arange(len(x)), np.maximum(feature, 0)]
            on = np.where(np.isnan(value), weights["unknown"][node] == 1, value <= weights["value"][node])
            node = np.where(inner, np.where(on, node + 1, weights["right"][node].astype(int)), node)
        raw[:, tree % outputs] += weights["value"][node]
    return raw


def write_head(
    out: Path, name: str, version: str, architecture: dict[str, Any], features: list[str],
    outputs: list[Output], weights: Weights, training: dict[str, Any], results: list[dict[str, Any]],
) -> Head:  # fmt: skip
    """Writes `model.json` and `weights.bin` (float32) into the folder `out`, whose name is the head's id."""
    out.mkdir(parents=True, exist_ok=True)
    entries, blob = [], bytearray()
    for key, values in weights.items():
        shape = list(values.shape)
        entries.append({"name": key, "shape": shape, "dtype": "float32", "offset": len(blob)})
        blob += np.ascontiguousarray(values, "<f4").tobytes()
    (out / "weights.bin").write_bytes(blob)
    card = {
        "$schema": "../head.schema.json", "formatVersion": 1,
        "id": out.name, "version": version, "name": name,
        "architecture": architecture, "features": features,
        "outputs": [vars(output) for output in outputs],
        "training": {"date": datetime.now(UTC).date().isoformat()} | training,
        "results": results,
        "weights": {
            "manifest": [{"paths": ["weights.bin"], "weights": entries}],
            "sha256": {"weights.bin": hashlib.sha256(blob).hexdigest()}, "bytes": len(blob),
        },
    }  # fmt: skip
    write_json(out / "model.json", card)
    return Head(card, weights)


def read_head(folder: Path) -> Head:
    """Raises ValueError where the weights are not those of the card."""
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    blob = (folder / "weights.bin").read_bytes()
    if hashlib.sha256(blob).hexdigest() != card["weights"]["sha256"]["weights.bin"]:
        raise ValueError(f"{folder}: the weights are not the card's")
    weights = {}
    for entry in card["weights"]["manifest"][0]["weights"]:
        count = int(np.prod(entry["shape"]))
        weights[entry["name"]] = np.frombuffer(blob, "<f4", count, entry["offset"]).reshape(entry["shape"])
    return Head(card, weights)


def result(
    data: str, metric: str, label: str, n: int, positives: int | None, found: Estimate
) -> dict[str, Any]:
    """One row of `results`."""
    return {
        "set": data, "signals": "all", "metric": metric, "label": label, "n": n, "positives": positives,
        "value": round(found.value, 4), "low": round(found.low, 4), "high": round(found.high, 4),
    }  # fmt: skip


def read_features(path: Path) -> tuple[list[str], list[str], Floats]:
    """Names, features and [n, features] (NaN where null) of JSON lines {name, features}."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    keys = list(rows[0]["features"])
    table = [[row["features"][key] for key in keys] for row in rows]
    return [row["name"] for row in rows], keys, np.array(table, dtype=float)


def golden(head: Head, count: int = 24, seed: int = 0) -> dict[str, Any]:
    """Random features, a tenth of them unknown, and what the head makes of them."""
    generator = np.random.default_rng(seed)
    names = head.card["features"]
    if "input.offset" in head.weights:
        offset, scale = head.weights["input.offset"], head.weights["input.scale"]
    else:
        value, feature = head.weights["value"], head.weights["feature"]
        cuts = [value[(feature == i) & (np.abs(value) < GREATEST)] for i in range(len(names))]
        offset = np.array([np.median(c) if len(c) else 0 for c in cuts])
        scale = np.array([np.std(c) + 1e-3 if len(c) else 1 for c in cuts])
    x = np.round(offset + scale * 1.5 * generator.standard_normal((count, len(names))), 6)
    x[generator.random(x.shape) < 0.1] = np.nan
    rows = [[None if np.isnan(v) else float(v) for v in row] for row in x]
    return {"sha256": head.card["weights"]["sha256"]["weights.bin"], "features": rows,
            "probabilities": head.probabilities(x).tolist()}  # fmt: skip


def golden_network(folder: Path, cases: Path) -> dict[str, Any]:
    """Logits of the network in `folder` for lead I of each golden vector of `golden.py`."""
    card, network = load(folder)
    logits = {}
    for path in sorted(cases.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        x, mask = network_input(
            read_samples(case), case["samplingRateHz"], case["startS"], case["lengthS"], card["input"]
        )
        age, sex = network_demographics(None, "unknown", card["input"])
        given = (torch.from_numpy(array[None]) for array in (x, mask, age, sex, np.zeros(0, np.float32)))
        logits[case["name"]] = network.forward(*given).logits[0].tolist()
    return {"sha256": card["weights"]["sha256"]["weights.bin"], "logits": logits}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    one_lead = golden_network(args.models / "rhythm-network", args.out.parent / "golden")
    (args.out / "rhythm-network.json").write_text(json.dumps(one_lead) + "\n", encoding="utf-8")
    for name in HEADS:
        if (args.models / name / "model.json").exists():
            found = golden(read_head(args.models / name))
            (args.out / f"{name}.json").write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
