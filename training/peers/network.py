"""The shipped network as a list of calls that every format's writer understands.

Sequences are in the writer's own layout, vectors are [1, C], rows [n, C]. What can be folded into weights is:
the missing leads, the unknown age and the scale of the attention are each one dense layer, as a person who
exports for speed would write it.
"""

from typing import Any, Protocol, TypeVar

import numpy as np

from efficientecg.fold import Array, Weights
from efficientecg.model import block_specs

V = TypeVar("V")


class Writer(Protocol[V]):
    """What a format must be able to say; `V` is how it names a value."""

    def input(self, name: str, shape: tuple[int, ...]) -> V: ...
    def sequence(self, steps: int, leads: int) -> V:
        """The input `ecg`, in the layout that suits the format."""

    def convolution(self, x: V, kernel: Array, bias: Array, stride: int) -> V:
        """Kernel [k, in, out], or [k, C] channel by channel; (k − 1) / 2 zeros at both ends."""

    def swish(self, x: V) -> V: ...
    def sigmoid(self, x: V) -> V: ...
    def add(self, a: V, b: V) -> V: ...
    def multiply(self, a: V, b: V) -> V: ...
    def over_time(self, x: V, reduction: str) -> V:
        """`mean` or `max`, as a sequence of one step."""

    def step(self, vector: V) -> V:
        """A vector as a sequence of one step."""

    def vector(self, x: V) -> V:
        """A sequence of one step as a vector."""

    def rows(self, x: V) -> V:
        """A sequence as rows [T, C]."""

    def dense(self, x: V, kernel: Array, bias: Array) -> V:
        """Rows [n, in] · kernel [in, out] + bias [out]."""

    def constant(self, value: Array) -> V: ...
    def concat(self, parts: list[V], axis: int) -> V: ...
    def attention(self, query: V, keys: V, values: V, heads: int) -> V:
        """Rows of queries (already scaled) asking rows of keys and values."""

    def layer_norm(self, x: V, scale: Array, offset: Array, epsilon: float) -> V: ...
    def flat(self, rows: V) -> V:
        """Rows [n, C] as a vector [1, n · C]."""

    def output(self, x: V, name: str) -> None: ...


def write_network(
    architecture: dict[str, Any], weights: Weights, leads: int, steps: int, w: Writer[V]
) -> None:
    """Inputs `ecg`, `mask` [1, L], `age` [1, 2], `sex` [1, 3] (and `waves`), output `logits` [1, labels]."""

    def dense(name: str, x: V) -> V:
        kernel = weights[f"{name}.kernel"]
        return w.dense(x, kernel.reshape(kernel.shape[-2:]), weights[f"{name}.bias"])

    def conv(name: str, x: V, stride: int = 1) -> V:
        return w.convolution(x, weights[f"{name}.kernel"], weights[f"{name}.bias"], stride)

    def pointwise(name: str, x: V) -> V:
        kernel = weights[f"{name}.kernel"]
        return w.convolution(x, kernel.reshape(1, *kernel.shape[-2:]), weights[f"{name}.bias"], 1)

    ecg = w.sequence(steps, leads)
    constants = weights["stem.mask"]
    missing = w.dense(w.input("mask", (1, leads)), -constants, constants.sum(0))
    x = w.swish(w.add(conv("stem", ecg, architecture["stem"]["stride"]), w.step(missing)))
    for i, spec in enumerate(block_specs(architecture)):
        y = w.swish(pointwise(f"b{i}.expand", x)) if spec.middle != spec.inputs else x
        y = w.swish(conv(f"b{i}.depthwise", y, spec.stride))
        squeezed = w.swish(pointwise(f"b{i}.squeeze", w.over_time(y, "mean")))
        y = pointwise(f"b{i}.project", w.multiply(y, w.sigmoid(pointwise(f"b{i}.excite", squeezed))))
        x = w.add(y, x) if spec.residual else y
    features = w.swish(pointwise("head", x))
    pooled = [w.vector(w.over_time(features, reduction)) for reduction in architecture["pool"]]
    keys, values = (w.rows(pointwise(name, features)) for name in ("keys", "values"))

    fusion = architecture["fusion"]
    tokens = w.concat([token(name, fusion, weights, w) for name in fusion["tokens"]], 0)
    scale = np.float32((fusion["width"] / fusion["heads"]) ** -0.5)
    query = w.dense(tokens, weights["query.kernel"] * scale, weights["query.bias"] * scale)
    attended = dense("attend", w.attention(query, keys, values, fusion["heads"]))
    normal = w.layer_norm(w.add(tokens, attended), weights["norm.scale"], weights["norm.offset"], 1e-5)
    w.output(dense("logits", w.concat([*pooled, w.flat(normal)], 1)), "logits")


def token(name: str, fusion: dict[str, Any], weights: Weights, w: Writer[V]) -> V:
    """What is known of the patient as a row [1, D]."""
    if name == "sex":
        table = weights["sex.table"]
        return w.dense(w.input("sex", (1, 3)), table, np.zeros(table.shape[1], np.float32))
    if name == "waves":
        waves = w.input("waves", (1, 2 * fusion["waves"]))
        hidden = w.swish(w.dense(waves, weights["waves.hidden.kernel"], weights["waves.hidden.bias"]))
        return w.dense(hidden, weights["waves.out.kernel"], weights["waves.out.bias"])
    age, unknown = w.input("age", (1, 2)), weights["age.unknown"]
    years = np.concatenate([weights["age.hidden.kernel"], np.zeros_like(weights["age.hidden.kernel"])])
    hidden = w.swish(w.dense(age, years, weights["age.hidden.bias"]))
    beyond = w.dense(hidden, weights["age.out.kernel"], weights["age.out.bias"] - unknown)
    one = np.stack([np.zeros_like(unknown), np.ones_like(unknown)])
    known = w.dense(age, one, np.zeros_like(unknown))
    return w.add(w.multiply(known, beyond), w.constant(unknown[None]))
