"""What the delineator is and what it eats: the source of `model.json`'s `architecture`."""

from typing import Any

CLASSES = ("none", "P", "QRS", "T")
NONE, P, QRS, T = range(4)
WAVES = (P, QRS, T)
IGNORED = -1

RATE_HZ = 250
"""Sampling rate of the network's input and of its class map, Hz."""

LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")

ARCHITECTURE: dict[str, Any] = {
    "kind": "unet-1d",
    "classes": list(CLASSES),
    "channels": ["lead", "magnitude", "slope"],
    "stem": {"filters": 16, "kernel": 9},
    "levels": [
        {"filters": 16, "kernel": 9, "encoder": 0, "decoder": 1},
        {"filters": 24, "kernel": 9, "encoder": 1, "decoder": 1},
        {"filters": 32, "kernel": 9, "encoder": 1, "decoder": 1},
        {"filters": 48, "kernel": 9, "encoder": 1, "decoder": 1},
        {"filters": 64, "kernel": 9, "encoder": 1, "decoder": 1},
        {"filters": 64, "kernel": 9, "encoder": 2, "decoder": 0},
    ],
    "head": {"kernel": 1},
}
"""Levels from full rate downwards, each at half the rate of the one above. See `model.py`."""
