"""A whole training in miniature: the held-out folds are predicted, and a second start changes nothing."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY

from efficientecg.beats import CODE, MOMENTS
from efficientecg.config import with_code, with_waves
from efficientecg.experiments import EXPERIMENTS, Experiment, Recipe
from efficientecg.labels import CODES
from efficientecg.ptbxl import load_dataset
from efficientecg.train import train
from efficientecg.waves import COUNT

SHORT = Recipe(epochs=2, batch=2)
TINY_LSTM = with_code(with_waves(TINY, COUNT), CODE)


@pytest.mark.parametrize("architecture", [TINY, TINY_LSTM, EXPERIMENTS["wang"].architecture])
def test_held_out_folds_are_predicted_and_resuming_changes_nothing(
    architecture: dict, packed: Path, tmp_path: Path
) -> None:
    data = load_dataset(packed)
    beats = tmp_path / "beats.jsonl"
    shape = np.random.default_rng(0).standard_normal((MOMENTS, 12)).tolist()
    lines = [json.dumps({"name": record.path.name, "beats": shape}) for record in data.records]
    beats.write_text("\n".join(lines) + "\n")
    experiment = Experiment("tiny", recipe=SHORT, architecture=architecture, labels=CODES[:5])
    run = tmp_path / "run"
    train(data, experiment, run, "1-8", "1", "test", beats=[beats])
    with np.load(run / "predictions.npz") as found:
        assert found["ecg_id"].tolist() == [1]
        assert found["logits"].shape == (1, 5)
        logits = found["logits"]
    state = torch.load(run / "last.pt", weights_only=True)
    assert (state["epoch"], state["records"], state["patients"]) == (2, 2, 1)
    train(data, experiment, run, "1-8", "1", "test", beats=[beats])
    with np.load(run / "predictions.npz") as again:
        np.testing.assert_array_equal(again["logits"], logits)
    other = replace(experiment, recipe=replace(SHORT, rate=1.0))
    with pytest.raises(SystemExit, match="another recipe"):
        train(data, other, run, "1-8", "1", "test", beats=[beats])
