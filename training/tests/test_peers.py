"""The network in other runtimes' formats gives the logits of the shipped one."""

from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import SHIPPED
from numpy.typing import NDArray

from efficientecg.reference import load

Inputs = dict[str, NDArray[np.float32]]


def made_up(steps: int, seed: int) -> Inputs:
    """A noise ECG [1, T, 12] with two leads missing, and a patient whose age is unknown every other time."""
    draw = np.random.default_rng(seed)
    mask = np.ones((1, 12), np.float32)
    mask[0, [2, 7]] = 0
    ecg = draw.standard_normal((1, steps, 12)).astype(np.float32) * mask[:, None]
    age = np.array([[0.63, 1] if seed % 2 else [0, 0]], np.float32)
    waves = load(SHIPPED)[0]["architecture"]["fusion"].get("waves", 0)
    measured = draw.standard_normal((1, 2 * waves)).astype(np.float32)
    sex = np.eye(3, dtype=np.float32)[[seed % 3]]
    return {"ecg": ecg, "mask": mask, "age": age, "sex": sex, **({"waves": measured} if waves else {})}


def wanted(inputs: Inputs) -> NDArray[np.float32]:
    _, network = load(SHIPPED)
    given = inputs | {"waves": inputs.get("waves", np.zeros((1, 0), np.float32))}
    return network.forward(*(torch.from_numpy(value) for value in given.values())).logits.numpy()


@pytest.mark.parametrize("dimensions", [1, 2])
@pytest.mark.parametrize("steps", [625, 1000])
def test_onnx(steps: int, dimensions: int) -> None:
    runtime = pytest.importorskip("onnxruntime")
    from peers.to_onnx import to_onnx

    session = runtime.InferenceSession(to_onnx(SHIPPED, steps, dimensions).SerializeToString())
    for seed in (1, 2):
        inputs = made_up(steps, seed)
        given = inputs | {"ecg": inputs["ecg"].transpose(0, 2, 1)}
        np.testing.assert_allclose(session.run(None, given)[0], wanted(inputs), atol=1e-4)


@pytest.mark.parametrize("steps", [625, 1000])
def test_tflite(steps: int, tmp_path: Path) -> None:
    interpreters = pytest.importorskip("ai_edge_litert.interpreter")
    from peers.to_tflite import to_tflite

    path = tmp_path / "network.tflite"
    path.write_bytes(to_tflite(SHIPPED, steps))
    interpreter = interpreters.Interpreter(str(path))
    interpreter.allocate_tensors()
    for seed in (1, 2):
        inputs = made_up(steps, seed)
        for detail in interpreter.get_input_details():
            interpreter.set_tensor(detail["index"], inputs[detail["name"]])
        interpreter.invoke()
        [output] = interpreter.get_output_details()
        np.testing.assert_allclose(interpreter.get_tensor(output["index"]), wanted(inputs), atol=1e-4)
