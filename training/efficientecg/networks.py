"""From an architecture's description to its network: ours, or the rival that it is compared with."""

from typing import Any

from efficientecg import wang
from efficientecg.config import LEADS
from efficientecg.model import EfficientECG
from efficientecg.wang import WangResNet


def build(architecture: dict[str, Any], labels: int, drop_path: float = 0.1) -> EfficientECG | WangResNet:
    """`drop_path` is for training alone, and the rival has none."""
    if architecture["kind"] == wang.KIND:
        return WangResNet(architecture, len(LEADS), labels)
    return EfficientECG(architecture, len(LEADS), labels, drop_path)
