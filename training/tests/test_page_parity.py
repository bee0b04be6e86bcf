"""A probability that differs is found; one that the page withheld is not compared."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY

from efficientecg import page_parity
from efficientecg.convert import write_model
from efficientecg.evaluate import calibrated
from efficientecg.labels import CODES
from efficientecg.model import EfficientECG
from efficientecg.out_of_fold import score
from efficientecg.ptbxl import load_dataset
from efficientecg.reference import load


def test_prepare_and_compare(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_parity, "COUNT", 2)
    out, model_folder = tmp_path / "out", tmp_path / "model"
    page_parity.prepare(packed, out)
    table = (out / "people.csv").read_text().splitlines()
    assert table == ["file,age,sex", "00001_hr.hea,63.0,female", "00003_hr.hea,89.0,male"]
    torch.manual_seed(0)
    about = {"date": "2026-01-01", "command": "test", "seed": 0, "epochs": 1, "data": []}
    write_model(EfficientECG(TINY, 12, len(CODES)), model_folder, "0.0.1-test", {}, about)
    model, network = load(model_folder)
    data = load_dataset(packed, records=page_parity.chosen(packed))
    probabilities = calibrated(score(network, data).logits, model)
    probabilities[1, 3] += 0.01
    with (out / "page.jsonl").open("w") as file:
        for record, row in zip(data.records, probabilities, strict=True):
            findings = [{"probability": None if i == 0 else float(p)} for i, p in enumerate(row)]
            file.write(
                json.dumps({"source": {"name": f"{record.path.name}.hea"}, "findings": findings}) + "\n"
            )
    assert page_parity.compare(packed, out, model_folder, []) == pytest.approx(0.01, abs=1e-4)
    assert np.isfinite(probabilities).all()
