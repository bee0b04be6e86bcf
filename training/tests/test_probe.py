"""A linear probe must not tell PTB-XL's raw records from its z250 ones (the data README's trap).

Needs the data: ECG_PTBXL names an unpacked `ptbxl/`, or ECG_SHARED (default ../shared beside the repository)
holds `data/unpack.py` and its packs, which are unpacked into .cache/ once. Skips where neither is there.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import REPOSITORY
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from efficientecg.augment import Batch, augment
from efficientecg.frontend import band_pass
from efficientecg.metrics import auroc
from efficientecg.ptbxl import Dataset, load_dataset, read_records

CACHE = REPOSITORY / "training" / ".cache"


@pytest.fixture(scope="module")
def data() -> Dataset:
    named = os.environ.get("ECG_PTBXL")
    root = Path(named) if named else CACHE / "data" / "ptbxl"
    if not root.exists():
        shared = Path(os.environ.get("ECG_SHARED", REPOSITORY.parent / "shared"))
        unpack = shared / "data" / "unpack.py"
        if not unpack.exists():
            pytest.skip("no PTB-XL here: set ECG_PTBXL or ECG_SHARED")
        subprocess.run([sys.executable, str(unpack), str(CACHE / "data"), "ptbxl"], check=True)
    records = [record for record in read_records(root) if record.fold <= 8]
    raw = [record for record in records if record.signal == "raw500"]
    stored = [record for record in records if record.signal == "z250"]
    if not stored:
        pytest.skip("the official PTB-XL has one kind of signal only")
    return load_dataset(root, CACHE, raw + stored[::4])


def probe(x: np.ndarray, data: Dataset, highest_hz: float) -> float:
    """AUROC of logistic regression on log power per Hz, averaged over leads, patients kept together."""
    power = np.abs(np.fft.rfft(x, axis=-1)) ** 2
    hz = np.fft.rfftfreq(x.shape[-1], 1 / 250)
    bands = [power[..., (hz >= f) & (hz < f + 1)].mean((1, 2)) for f in np.arange(0, highest_hz)]
    features = np.log(np.stack(bands, 1) + 1e-9)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    kind = data.raw.astype(int)
    scores = cross_val_predict(
        model, features, kind, cv=GroupKFold(5), groups=data.patients, method="predict_proba"
    )
    return auroc(kind, scores[:, 1])


def test_the_two_kinds_look_alike_in_band(data: Dataset) -> None:
    assert probe(data.x, data, 60) <= 0.6


def test_training_noise_hides_the_rounding_above_the_band(data: Dataset) -> None:
    """Without noise the rounding of z250 shows above 60 Hz (AUROC about 0.8): a network could cheat there."""
    batch = Batch(*(torch.from_numpy(a) for a in (data.x, data.mask, data.age, data.sex, data.y, data.waves)))
    generator = torch.Generator().manual_seed(0)
    view = augment(batch, 250, generator)
    while view.ecg.shape[-1] != 2500:
        view = augment(batch, 250, generator)
    assert probe(view.ecg.numpy(), data, 125) <= 0.6


def test_the_probe_sees_the_trap(data: Dataset) -> None:
    """Filtering the z250 records again gives the kinds away; a probe that misses that proves nothing."""
    again = data.x[~data.raw].astype(np.float64)
    x = data.x.copy()
    x[~data.raw] = np.apply_along_axis(lambda lead: band_pass(lead, 250), -1, again)
    assert probe(x, data, 60) >= 0.95
