"""Each record is scored by the network that had not seen it; doubt and risk on made-up numbers."""

from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY

from efficientecg.abstain import energy, mahalanobis, risk_at
from efficientecg.calibrate import entropy, limit_of_doubt
from efficientecg.config import LEADS
from efficientecg.documents import write_between
from efficientecg.extend import Head, extended, fit_head
from efficientecg.labels import CODES
from efficientecg.metrics import auroc
from efficientecg.model import EfficientECG
from efficientecg.out_of_fold import CrossValidation, read_network, score
from efficientecg.ptbxl import load_dataset


def save_run(runs: Path, holdout: str, seed: int) -> Path:
    torch.manual_seed(seed)
    run = runs / f"tiny-s0-without-{holdout}"
    run.mkdir(parents=True)
    network = EfficientECG(TINY, 12, len(CODES))
    torch.save({"architecture": TINY, "labels": CODES, "ema": network.state_dict()}, run / "last.pt")
    np.savez(run / "predictions.npz")
    return run


def test_scores_by_the_network_that_left_the_fold_out(packed: Path, tmp_path: Path) -> None:
    runs = {1: save_run(tmp_path / "runs", "1", 1), 2: save_run(tmp_path / "runs", "2-8", 2)}
    everything = load_dataset(packed)
    data = everything.take(np.flatnonzero(everything.folds <= 8)[::-1])
    found = CrossValidation(tmp_path / "runs", "tiny").score(data)
    for i, fold in enumerate(data.folds):
        alone = score(read_network(runs[fold]), data.take(np.array([i])))
        np.testing.assert_allclose(found.logits[i], alone.logits[0], atol=1e-4)
        np.testing.assert_allclose(found.pooled[i], alone.pooled[0], atol=1e-4)
    with pytest.raises(ValueError, match="no network left out folds"):
        CrossValidation(tmp_path / "runs", "tiny").score(everything)


def test_heads_on_standardised_features_are_given_for_those_as_they_are() -> None:
    generator = np.random.default_rng(0)
    features = generator.standard_normal((400, 4)) * [1, 20, 0.1, 3] + [0, 5, 1, -2]
    y = (features[:, 1] > 5).astype(float)[:, None]
    head = fit_head(features, y)
    logits = features @ head.weight.T + head.bias
    assert auroc(y[:, 0], logits[:, 0]) > 0.99
    assert abs(logits.mean()) < 0.5


def test_an_extended_network_says_the_old_unchanged_and_the_new_besides(tmp_path: Path) -> None:
    torch.manual_seed(0)
    old = EfficientECG(TINY, len(LEADS), 17)
    about = dict.fromkeys(("recipe", "folds", "holdout", "seed", "epoch", "records", "patients"), 0)
    state = {
        "architecture": TINY,
        "labels": list(CODES[:17]),
        "ema": old.state_dict(),
        "command": "x",
        **about,
    }
    count = len(CODES) - 17
    head = Head(np.zeros((count, state["ema"]["logits.weight"].shape[1])), np.arange(count, dtype=float))
    torch.save(extended(state, head), tmp_path / "last.pt")
    network = read_network(tmp_path)
    inputs = (
        torch.randn(2, 500, 12),
        torch.ones(2, 12),
        torch.zeros(2, 2),
        torch.eye(3)[:2],
        torch.zeros(2, 0),
    )
    found = network.forward(*inputs).logits
    expected = old.eval()(inputs[0].transpose(1, 2), *inputs[1:])
    torch.testing.assert_close(found[:, :17], expected, atol=1e-2, rtol=1e-2)
    torch.testing.assert_close(found[:, 17:], torch.arange(float(count)).expand(2, count))


def test_doubt() -> None:
    assert entropy(np.array([[0.5, 0.5], [1.0, 0.0]])) == pytest.approx([1, 0], abs=1e-4)
    assert energy(np.array([[-20.0]]))[0] > energy(np.array([[5.0]]))[0]
    generator = np.random.default_rng(0)
    train = generator.standard_normal((500, 3)) * [1, 5, 1]
    near, far = mahalanobis(train)(np.array([[0.0, 5, 0], [5.0, 0, 0]]))
    assert near < 1.5 < 3 < far


def test_limit_of_doubt() -> None:
    probability = np.full((100, len(CODES)), 0.01)
    probability[:2] = 0.4
    y = np.zeros_like(probability)
    y[:2] = 1
    found = limit_of_doubt(y, probability, np.full(len(CODES), 0.5), "here")
    assert entropy(probability)[5] < found["above"] < entropy(probability)[0]
    assert (found["wrongBelow"], found["wrongAbove"]) == (0, 1)


def test_risk_over_the_least_doubtful() -> None:
    wrong, doubt = np.array([1.0, 0, 0, 0]), np.array([9.0, 1, 2, 3])
    assert risk_at(1.0)(wrong, doubt) == 0.25
    assert risk_at(0.75)(wrong, doubt) == 0


def test_writes_between_marks(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- a -->\nold\n<!-- end -->\nafter <!-- b -->\nkept\n<!-- end -->\n")
    write_between(path, "<!-- a -->", "new")
    text = path.read_text()
    assert "old" not in text
    assert "new" in text
    assert text.endswith("after <!-- b -->\nkept\n<!-- end -->\n")
    with pytest.raises(ValueError, match="lacks"):
        write_between(path, "<!-- c -->", "x")
