"""Calibration out of fold: against scikit-learn, and never with the network's own records."""

import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from efficientecg.recalibration import calibration_rows, estimates, recalibration
from efficientecg.reliability import cross_fitted, error_of_right_ones


def drawn(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Labels and the logits that they were drawn from."""
    generator = np.random.default_rng(seed)
    logits = generator.normal(-1, 2, count)
    return (generator.random(count) < expit(logits)).astype(float), logits


def test_slope_and_intercept_are_scikit_learns() -> None:
    y, logits = drawn(400)
    probability = expit(2 * logits + 1)
    weights = np.random.default_rng(1).integers(0, 3, (2, 400)).astype(float)
    for found, weight in zip(recalibration(y, probability, weights), weights, strict=True):
        theirs = LogisticRegression(C=np.inf, tol=1e-8).fit(logit(probability)[:, None], y, weight)
        assert found == pytest.approx([theirs.coef_[0, 0], theirs.intercept_[0]], abs=1e-3)
    assert recalibration(y, probability, np.ones((1, 400)))[0, 0] == pytest.approx(0.5, abs=0.1)


def test_a_network_is_judged_by_its_sisters_calibration() -> None:
    """Two networks, one of which doubles its logits: each is put right for the other, not for itself."""
    y, logits = drawn(2000)
    network = np.repeat([0, 1], 1000)
    alike = estimates(y, cross_fitted(y, logits, network), np.arange(2000).astype(str))
    assert alike["calibration slope"].low < 1 < alike["calibration slope"].high
    assert alike["calibration intercept"].low < 0 < alike["calibration intercept"].high
    surer = np.where(network == 1, 2 * logits, logits)
    ones = np.ones((1, 1000))
    probability = cross_fitted(y, surer, network)
    slopes = [recalibration(y[network == n], probability[network == n], ones)[0, 0] for n in (0, 1)]
    assert slopes == pytest.approx([2, 0.5], rel=0.2)


def test_right_probabilities_err_by_chance_and_less_with_more_records() -> None:
    probability = expit(drawn(500)[1])
    few, many = (error_of_right_ones(probability, n, draws=200).value for n in (100, 1600))
    assert few == pytest.approx(4 * many, rel=0.25)


def test_separated_positives_have_no_slope() -> None:
    y = np.repeat([0.0, 1.0], [100, 20])
    apart = np.where(y > 0, 0.9, 0.1) + np.linspace(-0.05, 0.05, 120)
    patients = np.arange(120).astype(str)
    assert np.isnan(recalibration(y, apart, np.ones((1, 120)))).all()
    assert list(calibration_rows("fold", "AFIB", y, apart, patients)) == []
    none = np.zeros((1, 120))
    none[0, :100] = 1
    assert np.isnan(recalibration(y, apart, none)).all(), "a resample without a positive"


def test_a_label_with_ten_positives_has_both_rows_and_one_with_nine_none() -> None:
    _, logits = drawn(256)
    probability, patients = expit(logits), np.arange(256).astype(str)
    y = np.zeros(256)
    y[np.random.default_rng(3).permutation(256)[:9]] = 1
    assert list(calibration_rows("fold", "AFIB", y, probability, patients)) == []
    y[np.flatnonzero(y == 0)[0]] = 1
    rows = list(calibration_rows("fold", "AFIB", y, probability, patients))
    assert [row["metric"] for row in rows] == ["calibration slope", "calibration intercept"]
    assert all(row["positives"] == 10 and row["n"] == 256 for row in rows)
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
