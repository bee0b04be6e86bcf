"""The two files of a shipped model, written so that they stay small and easy to compare."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from efficientecg.fold import Weights

# Of float16's ten bits of mantissa the classifier's weights keep so many; the others are zero, which gzip
# then leaves out. What it costs out of fold `rounding.py` prints.
MANTISSA_BITS = 4


def shortened(values: NDArray[np.floating[Any]], bits: int = 10) -> NDArray[np.float16]:
    """float16, rounded to `bits` of mantissa, half to even; what rounds over the greatest one is infinite."""
    half = np.ascontiguousarray(values, "<f2")
    if bits == 10:
        return half
    cut = 10 - bits
    whole = half.view("<u2")
    kept = whole + (1 << (cut - 1)) - 1 + ((whole >> cut) & 1)
    return ((kept >> cut) << cut).astype("<u2").view("<f2")


def write_weights(weights: Weights, path: Path, bits: int = 10) -> dict[str, Any]:
    """float16 little endian of `bits`, one array after another; returns `model.json`'s `weights`."""
    entries: list[dict[str, Any]] = []
    blob = bytearray()
    for name, values in weights.items():
        half = shortened(values, bits)
        if not np.isfinite(half).all():
            raise ValueError(f"{name} does not fit float16")
        entries.append({
            "name": name, "shape": list(values.shape), "dtype": "float32",
            "quantization": {"dtype": "float16", "original_dtype": "float32"},
            "offset": len(blob),
        })  # fmt: skip
        blob += half.tobytes()
    path.write_bytes(blob)
    return {
        "manifest": [{"paths": [path.name], "weights": entries}],
        "sha256": {path.name: hashlib.sha256(blob).hexdigest()},
        "bytes": len(blob),
    }


def lines(value: Any, indent: str = "") -> str:
    """JSON, indented, with each stage, label, weight and result on a line of its own."""
    flat, inner = json.dumps(value, ensure_ascii=False), indent + " "
    if isinstance(value, dict) and len(flat) > 200:
        members = [f"{inner}{json.dumps(key)}: {lines(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = [lines(i, inner) if "paths" in i else json.dumps(i, ensure_ascii=False) for i in value]
        return "[\n" + ",\n".join(inner + row for row in rows) + f"\n{indent}]"
    return flat


def write_json(path: Path, model: dict[str, Any]) -> None:
    path.write_text(lines(model) + "\n", encoding="utf-8")
