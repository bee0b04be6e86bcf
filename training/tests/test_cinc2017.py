"""CinC 2017: its F1, folds that keep duplicates together, a head that is tuned without its test records."""

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from efficientecg.cinc2017 import (
    CLASSES,
    assign_folds,
    choose_offsets,
    class_f1,
    cross_validate,
    fit_linear,
    read_reference,
    scores,
)


def test_f1_is_scikit_learns() -> None:
    generator = np.random.default_rng(0)
    truth, called = generator.integers(4, size=300), generator.integers(4, size=300)
    np.testing.assert_allclose(class_f1(truth, called), f1_score(truth, called, average=None))


def test_reference_and_folds(tmp_path: Path) -> None:
    names = [f"A{i:05}" for i in range(300)] + ["A00227", "A01176", "A02656", "A03123"]
    rows = [f"{name},{CLASSES[i % 4]}" for i, name in enumerate(dict.fromkeys(names))]
    (tmp_path / "REFERENCE-v3.csv").write_text("\n".join(rows) + "\n")
    reference = read_reference(tmp_path)
    folds = assign_folds(reference)
    assert folds.keys() == reference.keys()
    assert folds["A00227"] == folds["A01176"]
    assert folds["A02656"] == folds["A03123"]
    for index in range(4):
        counts = np.bincount([folds[n] for n in folds if reference[n] == index], minlength=5)
        assert counts.max() - counts.min() <= 2


def toy(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(1)
    y = generator.choice(4, size=n, p=[0.6, 0.1, 0.25, 0.05])
    return np.eye(4)[y] + 0.6 * generator.standard_normal((n, 4)), y


def test_linear_head_is_scikit_learns() -> None:
    x, y = toy()
    penalty = 0.01
    theirs = LogisticRegression(C=1 / (penalty * len(x)), max_iter=5000, tol=1e-9).fit(x, y)
    ours = scores(fit_linear(x, y, penalty), x)
    expected = theirs.predict_log_proba(x)
    ours = ours - np.log(np.exp(ours).sum(1, keepdims=True))
    np.testing.assert_allclose(ours, expected, atol=5e-3)


def test_offsets_never_lower_f1_where_they_are_chosen() -> None:
    x, y = toy()
    score = scores(fit_linear(x, y), x)
    before = class_f1(y, score.argmax(1))[:3].mean()
    assert class_f1(y, (score + choose_offsets(y, score)).argmax(1))[:3].mean() >= before


def test_labels_without_signal_are_not_learned_from_the_test_fold() -> None:
    """Pure noise scores as chance does: a leak would call it right."""
    generator = np.random.default_rng(2)
    x, y = generator.standard_normal((500, 30)), generator.integers(4, size=500)
    called = cross_validate(x, y, np.arange(500) % 5)
    assert np.mean(called == y) < 0.33
