"""The shipped network as ONNX, weights in float16 as they ship and cast when the model is loaded.

Two forms, as runtimes differ in what they are made for: convolutions over [1, C, T] or over [1, C, 1, T].
`ecg` is [1, L, T] in both.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from efficientecg.fold import Array
from efficientecg.reference import load
from peers.network import write_network


class OnnxWriter:
    """A graph under construction; `dimensions` of its convolutions: 1 or 2."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def numbers(self, values: NDArray[Any]) -> str:
        name = f"constant{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def constant(self, value: Array) -> str:
        """float16 where that loses nothing: shipped weights were rounded to it."""
        half = value.astype(np.float16)
        if value.size < 64 or not np.array_equal(half.astype(np.float32), value):
            return self.numbers(value.astype(np.float32))
        return self.node("Cast", self.numbers(half), to=TensorProto.FLOAT)

    def integers(self, *values: int) -> str:
        return self.numbers(np.array(values, np.int64))

    def input(self, name: str, shape: tuple[int, ...]) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def sequence(self, steps: int, leads: int) -> str:
        return self.step_axis(self.input("ecg", (1, leads, steps)))

    def step_axis(self, x: str) -> str:
        return x if self.dimensions == 1 else self.node("Unsqueeze", x, self.integers(2))

    def convolution(self, x: str, kernel: Array, bias: Array, stride: int) -> str:
        side, one = (len(kernel) - 1) // 2, [1] * (self.dimensions - 1)
        by_channel = kernel.ndim == 2
        filters = kernel.T[:, None] if by_channel else kernel.transpose(2, 1, 0)
        return self.node(
            "Conv", x, self.constant(filters.reshape(*filters.shape[:2], *one, -1)), self.constant(bias),
            group=len(bias) if by_channel else 1, kernel_shape=[*one, len(kernel)], strides=[*one, stride],
            pads=[*([0] * len(one)), side] * 2,
        )  # fmt: skip

    def swish(self, x: str) -> str:
        return self.multiply(x, self.sigmoid(x))

    def sigmoid(self, x: str) -> str:
        return self.node("Sigmoid", x)

    def add(self, a: str, b: str) -> str:
        return self.node("Add", a, b)

    def multiply(self, a: str, b: str) -> str:
        return self.node("Mul", a, b)

    def over_time(self, x: str, reduction: str) -> str:
        return self.node({"mean": "GlobalAveragePool", "max": "GlobalMaxPool"}[reduction], x)

    def step(self, vector: str) -> str:
        return self.node("Unsqueeze", vector, self.integers(*range(2, 2 + self.dimensions)))

    def vector(self, x: str) -> str:
        return self.node("Flatten", x)

    def rows(self, x: str) -> str:
        flat = self.node("Squeeze", x, self.integers(0, *range(2, 1 + self.dimensions)))
        return self.node("Transpose", flat, perm=[1, 0])

    def dense(self, x: str, kernel: Array, bias: Array) -> str:
        return self.node("Gemm", x, self.constant(kernel), self.constant(bias))

    def concat(self, parts: list[str], axis: int) -> str:
        return self.node("Concat", *parts, axis=axis)

    def attention(self, query: str, keys: str, values: str, heads: int) -> str:
        def split(x: str, perm: list[int]) -> str:
            return self.node("Transpose", self.node("Reshape", x, self.integers(0, heads, -1)), perm=perm)

        scores = self.node("MatMul", split(query, [1, 0, 2]), split(keys, [1, 2, 0]))
        read = self.node("MatMul", self.node("Softmax", scores, axis=-1), split(values, [1, 0, 2]))
        return self.node("Reshape", self.node("Transpose", read, perm=[1, 0, 2]), self.integers(0, -1))

    def layer_norm(self, x: str, scale: Array, offset: Array, epsilon: float) -> str:
        return self.node(
            "LayerNormalization", x, self.constant(scale), self.constant(offset), axis=-1, epsilon=epsilon
        )

    def flat(self, rows: str) -> str:
        return self.node("Reshape", rows, self.integers(1, -1))

    def output(self, x: str, name: str) -> None:
        self.nodes.append(helper.make_node("Identity", [x], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, None]))

    def model(self) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, "efficientecg", self.inputs, self.outputs, self.initializers)
        opset = [helper.make_opsetid("", 17)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=8, producer_name="efficientecg")
        onnx.checker.check_model(model, full_check=True)
        return model


def to_onnx(folder: Path, steps: int, dimensions: int) -> onnx.ModelProto:
    card, network = load(folder)
    weights = {name: tensor.numpy() for name, tensor in network.w.items()}
    writer = OnnxWriter(dimensions)
    write_network(card["architecture"], weights, len(card["input"]["leads"]), steps, writer)
    return writer.model()
