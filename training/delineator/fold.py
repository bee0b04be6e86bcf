"""From a trained U-Net to the arrays that ship: batch norm folded, time-major, named, in op order."""

from torch import nn

from delineator.model import Separable, UNet
from efficientecg.fold import Weights, array, convolution


def plain(name: str, layer: nn.Module) -> Weights:
    """A convolution without batch norm: kernel [k, in, out] (depthwise: [k, C]) and bias [out]."""
    assert isinstance(layer, nn.Conv1d)
    kernel = layer.weight[:, 0].T if layer.groups > 1 else layer.weight.permute(2, 1, 0)
    assert layer.bias is not None
    return {f"{name}.kernel": array(kernel), f"{name}.bias": array(layer.bias)}


def separable(name: str, block: nn.Module) -> Weights:
    assert isinstance(block, Separable)
    return plain(f"{name}.depthwise", block.depthwise) | convolution(
        f"{name}.pointwise", block.pointwise, block.norm
    )


def fold(network: UNet) -> Weights:
    """Every array that `reference.forward` needs, in the order in which the operations use them."""
    weights = convolution("stem", network.stem, network.stem_norm)
    for level, blocks in enumerate(network.encoder):
        if level:
            weights |= separable(f"down{level}", network.down[level - 1])
        assert isinstance(blocks, nn.Sequential)
        for index, block in enumerate(blocks):
            weights |= separable(f"encode{level}.{index}", block)
    for place, blocks in enumerate(network.decoder):
        level = len(network.decoder) - 1 - place
        weights |= plain(f"up{level}", network.up[place])
        assert isinstance(blocks, nn.Sequential)
        for index, block in enumerate(blocks):
            weights |= separable(f"decode{level}.{index}", block)
    return weights | plain("logits", network.head)
