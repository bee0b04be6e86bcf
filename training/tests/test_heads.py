"""Heads in Python: written and read back, trees walked, the shipped ones as their schema asks."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from efficientecg.heads import HEADS, Output, read_head, write_head

MODELS = Path(__file__).parents[2] / "public" / "models"
TRAINING = {"command": "a test", "data": []}


def test_a_head_is_read_as_it_was_written_and_no_other(tmp_path: Path) -> None:
    weights = {
        "input.offset": np.array([1, 2], np.float32), "input.scale": np.array([1, 2], np.float32),
        "layer0.kernel": np.array([[1], [-1]], np.float32), "layer0.bias": np.array([0.5], np.float32),
    }  # fmt: skip
    architecture = {"kind": "dense", "limit": 5.0, "hidden": []}
    write_head(
        tmp_path / "t", "T", "1.0.0", architecture, ["a", "b"], [Output("c", "C")], weights, TRAINING, []
    )
    head = read_head(tmp_path / "t")
    found = head.probabilities(np.array([[2.0, 2.0], [np.nan, 100.0]]))
    assert found.ravel() == pytest.approx(1 / (1 + np.exp([-1.5, 4.5])))
    (tmp_path / "t" / "weights.bin").write_bytes(b"0" * 24)
    with pytest.raises(ValueError, match="not the card's"):
        read_head(tmp_path / "t")


def test_trees_send_the_unknown_where_they_say(tmp_path: Path) -> None:
    weights = {
        "base": np.array([0.25], np.float32), "start": np.array([0], np.float32),
        "feature": np.array([0, -1, -1], np.float32), "value": np.array([3, 1, -1], np.float32),
        "right": np.array([2, 0, 0], np.float32), "unknown": np.array([0, 0, 0], np.float32),
    }  # fmt: skip
    architecture = {"kind": "trees", "trees": 1, "nodes": 3}
    head = write_head(
        tmp_path / "t", "T", "1.0.0", architecture, ["a"], [Output("c", "C")], weights, TRAINING, []
    )
    found = head.probabilities(np.array([[3.0], [3.1], [np.nan]]))
    assert found.ravel() == pytest.approx(1 / (1 + np.exp([-1.25, 0.75, 0.75])))


@pytest.mark.parametrize("name", [name for name in HEADS if (MODELS / name).exists()])
def test_shipped_heads_are_what_the_schema_asks(name: str) -> None:
    schema = json.loads((MODELS / "head.schema.json").read_text())
    head = read_head(MODELS / name)
    jsonschema.validate(head.card, schema)
    assert all(row["low"] <= row["value"] <= row["high"] for row in head.card["results"])
