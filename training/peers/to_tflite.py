"""The shipped network as a LiteRT flatbuffer, float32.

Written operation by operation with the schema that LiteRT's own package brings. Sequences are [1, 1, T, C],
as its convolutions want them; `ecg` is [1, T, L].
"""

from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

from efficientecg.fold import Array
from efficientecg.reference import load
from peers.network import write_network

TYPES = {"float32": schema.TensorType.FLOAT32, "int32": schema.TensorType.INT32}


class TfliteWriter:
    """A subgraph under construction; a value is a tensor's number."""

    def __init__(self) -> None:
        self.tensors: list[schema.TensorT] = []
        self.buffers = [schema.BufferT()]
        self.operators: list[schema.OperatorT] = []
        self.codes: list[int] = []
        self.inputs: list[int] = []
        self.outputs: list[int] = []

    def tensor(self, name: str, shape: tuple[int, ...], kind: str = "float32", buffer: int = 0) -> int:
        given = schema.TensorT(shape=list(shape), type=TYPES[kind], buffer=buffer, name=name, hasRank=True)
        self.tensors.append(given)
        return len(self.tensors) - 1

    def constant(self, value: NDArray[Any]) -> int:
        data = np.frombuffer(np.ascontiguousarray(value).tobytes(), np.uint8)
        self.buffers.append(schema.BufferT(data=data))
        return self.tensor(
            f"constant{len(self.buffers)}", value.shape, str(value.dtype), len(self.buffers) - 1
        )

    def integers(self, *values: int) -> int:
        return self.constant(np.array(values, np.int32))

    def shape(self, x: int) -> tuple[int, ...]:
        return tuple(self.tensors[x].shape)

    def operator(
        self, kind: str, inputs: list[int], shape: tuple[int, ...], options: str = "", **given: Any
    ) -> int:
        code = getattr(schema.BuiltinOperator, kind)
        if code not in self.codes:
            self.codes.append(code)
        out = self.tensor(f"{kind}{len(self.operators)}", shape)
        self.operators.append(
            schema.OperatorT(
                opcodeIndex=self.codes.index(code), inputs=inputs, outputs=[out],
                builtinOptionsType=getattr(schema.BuiltinOptions, options or "NONE"),
                builtinOptions=getattr(schema, f"{options}T")(**given) if options else None,
            )
        )  # fmt: skip
        return out

    def input(self, name: str, shape: tuple[int, ...]) -> int:
        self.inputs.append(self.tensor(name, shape))
        return self.inputs[-1]

    def sequence(self, steps: int, leads: int) -> int:
        return self.reshape(self.input("ecg", (1, steps, leads)), (1, 1, steps, leads))

    def reshape(self, x: int, shape: tuple[int, ...]) -> int:
        return self.operator(
            "RESHAPE", [x, self.integers(*shape)], shape, "ReshapeOptions", newShape=list(shape)
        )

    def convolution(self, x: int, kernel: Array, bias: Array, stride: int) -> int:
        # "Same" of an even length at stride 2 begins a step later than ours; a last tap of 0 brings it back.
        taps = np.concatenate([kernel, np.zeros_like(kernel[:1])]) if stride > 1 else kernel
        given = {"padding": schema.Padding.SAME, "strideW": stride, "strideH": stride}
        given |= {"dilationWFactor": 1, "dilationHFactor": 1}
        shape = (1, 1, -(-self.shape(x)[2] // stride), len(bias))
        if kernel.ndim == 2:
            inputs = [x, self.constant(taps[None, None]), self.constant(bias)]
            given |= {"depthMultiplier": 1}
            return self.operator("DEPTHWISE_CONV_2D", inputs, shape, "DepthwiseConv2DOptions", **given)
        inputs = [x, self.constant(taps.transpose(2, 0, 1)[:, None]), self.constant(bias)]
        return self.operator("CONV_2D", inputs, shape, "Conv2DOptions", **given)

    def swish(self, x: int) -> int:
        return self.multiply(x, self.sigmoid(x))

    def sigmoid(self, x: int) -> int:
        return self.operator("LOGISTIC", [x], self.shape(x))

    def add(self, a: int, b: int) -> int:
        return self.operator("ADD", [a, b], np.broadcast_shapes(self.shape(a), self.shape(b)), "AddOptions")

    def multiply(self, a: int, b: int) -> int:
        return self.operator("MUL", [a, b], np.broadcast_shapes(self.shape(a), self.shape(b)), "MulOptions")

    def over_time(self, x: int, reduction: str) -> int:
        *_, steps, channels = self.shape(x)
        if reduction == "mean":
            return self.mean(x, (1, 2), (1, 1, 1, channels))
        given = {"padding": schema.Padding.VALID, "strideW": 1, "strideH": 1}
        given |= {"filterWidth": steps, "filterHeight": 1}
        return self.operator("MAX_POOL_2D", [x], (1, 1, 1, channels), "Pool2DOptions", **given)

    def mean(self, x: int, axes: tuple[int, ...], shape: tuple[int, ...]) -> int:
        return self.operator("MEAN", [x, self.integers(*axes)], shape, "ReducerOptions", keepDims=True)

    def step(self, vector: int) -> int:
        return self.reshape(vector, (1, 1, *self.shape(vector)))

    def vector(self, x: int) -> int:
        return self.reshape(x, (1, self.shape(x)[3]))

    def rows(self, x: int) -> int:
        return self.reshape(x, self.shape(x)[2:])

    def dense(self, x: int, kernel: Array, bias: Array) -> int:
        inputs = [x, self.constant(kernel.T), self.constant(bias)]
        return self.operator(
            "FULLY_CONNECTED", inputs, (self.shape(x)[0], len(bias)), "FullyConnectedOptions"
        )

    def concat(self, parts: list[int], axis: int) -> int:
        shape = list(self.shape(parts[0]))
        shape[axis] = sum(self.shape(part)[axis] for part in parts)
        return self.operator("CONCATENATION", parts, tuple(shape), "ConcatenationOptions", axis=axis)

    def attention(self, query: int, keys: int, values: int, heads: int) -> int:
        (asking, width), steps = self.shape(query), self.shape(keys)[0]

        def transpose(x: int, perm: tuple[int, ...]) -> int:
            shape = self.shape(x)
            return self.operator(
                "TRANSPOSE", [x, self.integers(*perm)], tuple(shape[i] for i in perm), "TransposeOptions"
            )

        def split(x: int, perm: tuple[int, ...]) -> int:
            return transpose(self.reshape(x, (1, self.shape(x)[0], heads, width // heads)), perm)

        def product(a: int, b: int) -> int:
            shape = (*self.shape(a)[:3], self.shape(b)[3])
            return self.operator("BATCH_MATMUL", [a, b], shape, "BatchMatMulOptions")

        scores = product(split(query, (0, 2, 1, 3)), split(keys, (0, 2, 3, 1)))
        weights = self.operator("SOFTMAX", [scores], (1, heads, asking, steps), "SoftmaxOptions", beta=1.0)
        read = product(weights, split(values, (0, 2, 1, 3)))
        return self.reshape(transpose(read, (0, 2, 1, 3)), (asking, width))

    def layer_norm(self, x: int, scale: Array, offset: Array, epsilon: float) -> int:
        column = (self.shape(x)[0], 1)
        centred = self.operator("SUB", [x, self.mean(x, (1,), column)], self.shape(x), "SubOptions")
        variance = self.mean(self.multiply(centred, centred), (1,), column)
        shifted = self.add(variance, self.constant(np.full((1, 1), epsilon, np.float32)))
        inverse = self.operator("RSQRT", [shifted], column)
        normal = self.multiply(centred, inverse)
        return self.add(self.multiply(normal, self.constant(scale[None])), self.constant(offset[None]))

    def flat(self, rows: int) -> int:
        return self.reshape(rows, (1, int(np.prod(self.shape(rows)))))

    def output(self, x: int, name: str) -> None:
        self.tensors[x].name = name
        self.outputs.append(x)

    def model(self) -> bytes:
        graph = schema.SubGraphT(
            tensors=self.tensors,
            inputs=self.inputs,
            outputs=self.outputs,
            operators=self.operators,
            name="main",
        )
        # Readers older than the 32-bit code look at the 8-bit one.
        codes = [schema.OperatorCodeT(deprecatedBuiltinCode=min(c, 127), builtinCode=c) for c in self.codes]
        model = schema.ModelT(
            version=3,
            operatorCodes=codes,
            subgraphs=[graph],
            buffers=self.buffers,
            description="efficientecg",
        )
        builder = flatbuffers.Builder(1 << 22)
        builder.Finish(model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def to_tflite(folder: Path, steps: int) -> bytes:
    card, network = load(folder)
    weights = {name: tensor.numpy() for name, tensor in network.w.items()}
    writer = TfliteWriter()
    write_network(card["architecture"], weights, len(card["input"]["leads"]), steps, writer)
    return writer.model()
