"""From an architecture's description to its network: ours, or the rival that it is compared with."""

from typing import Any

from efficientecg import wang
from efficientecg.config import LEADS
from efficientecg.model import EfficientECG
from efficientecg.wang import WangResNet


def build(architecture: dict[str, Any], labels: int) -> EfficientECG | WangResNet:
    kind = WangResNet if architecture["kind"] == wang.KIND else EfficientECG
    return kind(architecture, len(LEADS), labels)
