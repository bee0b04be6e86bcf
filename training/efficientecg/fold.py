"""From a trained network to the arrays that ship: batch norm folded, time-major, named, in op order."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from efficientecg.fusion import Fusion
from efficientecg.model import Block, EfficientECG, Stem

Array = NDArray[np.float32]
Weights = dict[str, Array]


def norm_scale(norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    """Batch norm at inference as y = scale * x + shift, per channel [C], in float64."""
    assert norm.running_mean is not None and norm.running_var is not None
    scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
    return scale, norm.bias.double() - norm.running_mean.double() * scale


def array(tensor: Tensor) -> Array:
    return np.ascontiguousarray(tensor.detach().double().cpu().numpy(), np.float32)


def convolution(name: str, layer: nn.Conv1d, norm: nn.BatchNorm1d) -> Weights:
    """[out, in, k] -> kernel [k, in, out] (depthwise: [k, C]) and bias [out]."""
    scale, shift = norm_scale(norm)
    folded = layer.weight.double() * scale[:, None, None]
    kernel = folded[:, 0].T if layer.groups > 1 else folded.permute(2, 1, 0)
    return {f"{name}.kernel": array(kernel), f"{name}.bias": array(shift)}


def dense(name: str, layer: nn.Linear) -> Weights:
    """[out, in] -> kernel [in, out] and bias [out]."""
    return {f"{name}.kernel": array(layer.weight.T), f"{name}.bias": array(layer.bias)}


def fold_stem(stem: Stem) -> Weights:
    scale, _ = norm_scale(stem.norm)
    missing = stem.missing.weight.double() * scale[:, None]
    return convolution("stem", stem.conv, stem.norm) | {"stem.mask": array(missing.T)}


def fold_block(name: str, block: Block) -> Weights:
    weights: Weights = {}
    if block.expand is not None and block.expand_norm is not None:
        weights |= convolution(f"{name}.expand", block.expand, block.expand_norm)
    weights |= convolution(f"{name}.depthwise", block.depthwise, block.depthwise_norm)
    weights |= dense(f"{name}.squeeze", block.squeeze)
    weights |= dense(f"{name}.excite", block.excite)
    return weights | convolution(f"{name}.project", block.project, block.project_norm)


def fold_waves(waves: nn.Sequential | None) -> Weights:
    if waves is None:
        return {}
    hidden, _, out = waves
    assert isinstance(hidden, nn.Linear) and isinstance(out, nn.Linear)
    return dense("waves.hidden", hidden) | dense("waves.out", out)


def fold_fusion(fusion: Fusion) -> Weights:
    return (
        dense("keys", fusion.keys)
        | dense("values", fusion.values)
        | dense("age.hidden", fusion.age_hidden)
        | dense("age.out", fusion.age_out)
        | {"age.unknown": array(fusion.age_unknown), "sex.table": array(fusion.sex_table)}
        | fold_waves(fusion.waves)
        | dense("query", fusion.query)
        | dense("attend", fusion.attend)
        | {"norm.scale": array(fusion.norm.weight), "norm.offset": array(fusion.norm.bias)}
    )


def fold(network: EfficientECG) -> Weights:
    """Every array that `reference.forward` needs, in the order in which the operations use them."""
    weights = fold_stem(network.stem)
    for index, block in enumerate(network.blocks):
        assert isinstance(block, Block)
        weights |= fold_block(f"b{index}", block)
    weights |= convolution("head", network.head, network.head_norm)
    assert isinstance(network.fusion, Fusion), "only networks with cross-attention ship"
    return weights | fold_fusion(network.fusion) | dense("logits", network.logits)


def round_to_float16(weights: Weights) -> Weights:
    """What the page gets: each number rounded to float16, held in float32."""
    return {name: w.astype(np.float16).astype(np.float32) for name, w in weights.items()}
