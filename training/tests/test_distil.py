"""Teachers: which are asked, what becomes of what they say, and that none saw what its pupil is scored on."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY
from torch.nn import functional as F

from efficientecg.distil import averaged, lessons, taught, teachers
from efficientecg.experiments import Experiment, Recipe
from efficientecg.labels import CODES
from efficientecg.networks import build
from efficientecg.ptbxl import load_dataset
from efficientecg.train import train

HALF = Recipe(epochs=1, batch=2, taught=0.5)


def write_teacher(runs: Path, name: str, holdout: str, bias: float = 0.0, epoch: int = 30) -> None:
    """A finished training that says `bias` of every statement and record."""
    network = build(TINY, 5)
    torch.nn.init.zeros_(network.logits.weight)
    torch.nn.init.constant_(network.logits.bias, bias)
    (runs / name).mkdir(parents=True)
    state = {"architecture": TINY, "labels": list(CODES[:5]), "holdout": holdout, "epoch": epoch}
    torch.save(state | {"ema": network.state_dict()}, runs / name / "last.pt")


def test_teachers_are_the_finished_seeds_of_both_architectures(tmp_path: Path) -> None:
    for name in ("waves-s0-without-1", "waves-s1-without-1", "wang-s0-without-1"):
        write_teacher(tmp_path, name, "1")
    write_teacher(tmp_path, "waves-s2-without-1", "1", epoch=7)
    write_teacher(tmp_path, "waves-s0-without-2", "2")
    write_teacher(tmp_path, "waves-last-s0-without-1", "1")
    names = {name: [path.parent.name for path in paths] for name, paths in teachers(tmp_path, "1").items()}
    assert names == {"waves": ["waves-s0-without-1", "waves-s1-without-1"], "wang": ["wang-s0-without-1"]}
    with pytest.raises(FileNotFoundError, match="wang-s\\*-without-2"):
        teachers(tmp_path, "2")
    with pytest.raises(FileNotFoundError, match="waves-s\\*-final"):
        teachers(tmp_path, "")


def test_a_teacher_that_saw_the_held_out_folds_is_refused(tmp_path: Path) -> None:
    """A folder's name may lie, its checkpoint does not."""
    write_teacher(tmp_path, "waves-s0-without-7-8", "7")
    write_teacher(tmp_path, "wang-s0-without-7-8", "7-8")
    with pytest.raises(ValueError, match="has seen"):
        teachers(tmp_path, "7-8")


def test_no_architecture_counts_twice() -> None:
    said = {"waves": [np.full((1, 2), v) for v in (0.0, 2.0, 4.0)], "wang": [np.full((1, 2), 4.0)]}
    np.testing.assert_allclose(averaged(said), [[3.0, 3.0]])


def test_targets_give_the_weighted_sum_of_both_losses() -> None:
    generator = np.random.default_rng(0)
    y = (generator.random((6, 3)) < 0.4).astype(np.float32)
    logits = generator.standard_normal((6, 3)).astype(np.float32)
    pupil = torch.from_numpy(generator.standard_normal((6, 3)).astype(np.float32))

    def loss(target: np.ndarray) -> float:
        return float(F.binary_cross_entropy_with_logits(pupil, torch.from_numpy(target)))

    theirs = loss(1 / (1 + np.exp(-logits)))
    mixed = loss(taught(y, logits, replace(HALF, taught=0.3)))
    assert mixed == pytest.approx(0.7 * loss(y) + 0.3 * theirs, abs=1e-6)


def test_a_pupil_trains_on_what_its_teachers_say(packed: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    write_teacher(runs, "waves-s0-without-1", "1", bias=20)
    write_teacher(runs, "wang-s0-without-1", "1", bias=20)
    data = load_dataset(packed).take(np.array([1, 2]))
    targets = lessons(data, 5, HALF, runs, "1")
    np.testing.assert_allclose(targets, 0.5 * data.y[:, :5] + 0.5, atol=1e-6)

    everything = load_dataset(packed)
    labels = CODES[:5]
    pupil, alone = (Experiment("tiny", recipe=recipe, architecture=TINY, labels=labels)
                    for recipe in (HALF, replace(HALF, taught=0.0)))  # fmt: skip
    for name, experiment in (("pupil", pupil), ("alone", alone)):
        train(everything, experiment, runs / name, "1-8", "1", "test")
    found = [np.load(runs / name / "predictions.npz")["logits"] for name in ("pupil", "alone")]
    assert (found[0] > found[1]).all(), "teachers that say yes to all must raise every logit"
