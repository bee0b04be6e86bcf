"""Metrics against scikit-learn, calibration against known truths."""

import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.metrics import average_precision_score, f1_score, recall_score, roc_auc_score, roc_curve

from efficientecg import metrics
from efficientecg.calibrate import best_f1_threshold, calibrate_label, platt, screening_point, wilson


@pytest.fixture
def scores() -> tuple[np.ndarray, np.ndarray]:
    """300 records with ties among the scores."""
    generator = np.random.default_rng(0)
    y = (generator.random(300) < 0.2).astype(float)
    return y, np.round(expit(y + generator.standard_normal(300) - 1), 2)


def test_against_scikit_learn(scores: tuple[np.ndarray, np.ndarray]) -> None:
    y, score = scores
    assert metrics.auroc(y, score) == pytest.approx(roc_auc_score(y, score))
    assert metrics.auprc(y, score) == pytest.approx(average_precision_score(y, score))
    present = (score > 0.4).astype(float)
    assert metrics.f1(y, present) == pytest.approx(f1_score(y, present))
    assert metrics.sensitivity(y, present) == pytest.approx(recall_score(y, present))
    assert metrics.specificity(y, present) == pytest.approx(recall_score(1 - y, 1 - present))


def test_one_class_is_undefined() -> None:
    assert np.isnan(metrics.auroc(np.zeros(5), np.arange(5.0)))
    assert np.isnan(metrics.auprc(np.zeros(5), np.arange(5.0)))


def test_ece_by_hand() -> None:
    probability = np.array([0.1, 0.1, 0.9, 0.9])
    assert metrics.ece(np.array([0.0, 0, 1, 1]), probability) == pytest.approx(0.1)
    assert metrics.ece(np.array([1.0, 1, 0, 0]), probability) == pytest.approx(0.9)


def test_bootstrap_resamples_patients() -> None:
    """Ten records each of 30 patients are 30 draws, not 300: the interval of a mean tells them apart."""
    values = np.repeat(np.random.default_rng(1).standard_normal(30), 10)
    patients = np.repeat(np.arange(30).astype(str), 10)

    def mean(_: metrics.Floats, score: metrics.Floats) -> float:
        return float(score.mean())

    grouped = metrics.bootstrap(mean, values, values, patients, 400)
    alone = metrics.bootstrap(mean, values, values, np.arange(300).astype(str), 400)
    assert grouped.value == alone.value == pytest.approx(values.mean())
    assert 2.5 < (grouped.high - grouped.low) / (alone.high - alone.low) < 4
    expected = 2 * 1.96 * values.std() / np.sqrt(30)
    assert grouped.high - grouped.low == pytest.approx(expected, rel=0.15)


def test_platt_finds_the_truth() -> None:
    generator = np.random.default_rng(2)
    z = 2 * generator.standard_normal(20000)
    y = (generator.random(20000) < expit(0.7 * z - 1)).astype(float)
    slope, intercept = platt(y, z)
    assert slope == pytest.approx(0.7, abs=0.05)
    assert intercept == pytest.approx(-1, abs=0.05)


def test_platt_refuses_scores_that_run_backwards() -> None:
    y = np.array([0.0, 0, 1, 1, 0, 1])
    with pytest.raises(ValueError, match="against the labels"):
        platt(y, -3 * y + np.arange(6) * 0.1)


def test_threshold_is_the_best_of_all(scores: tuple[np.ndarray, np.ndarray]) -> None:
    y, score = scores
    threshold = best_f1_threshold(y, score)
    best = max(metrics.f1(y, (score >= t).astype(float)) for t in np.unique(score))
    assert metrics.f1(y, (score >= threshold).astype(float)) == pytest.approx(best)
    assert threshold not in score
    assert np.isfinite(logit(threshold))


def test_wilson_interval_of_a_textbook() -> None:
    """95 of 100 and 10 of 10, as R's prop.test without correction gives them."""
    assert wilson(95, 100) == pytest.approx((0.8882, 0.9785), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_screening_finds_95_percent_and_says_how_sure_that_is() -> None:
    generator = np.random.default_rng(0)
    y = np.repeat([1.0, 0.0], [300, 700])
    probability = np.clip(0.3 * y + 0.6 * generator.random(1000), 0, 1)
    point = screening_point(y, probability)
    fpr, tpr, thresholds = roc_curve(y, probability, drop_intermediate=False)
    first = int(np.argmax(tpr >= 0.95))
    assert point["threshold"] == pytest.approx(thresholds[first], abs=1e-4)
    assert point["sensitivity"] >= 0.95
    assert point["specificity"] == pytest.approx(1 - fpr[first], abs=5e-3)
    assert not point["exploratory"]
    assert screening_point(y[285:], probability[285:])["exploratory"]


def test_a_balanced_threshold_is_not_under_its_least() -> None:
    generator = np.random.default_rng(0)
    y = (generator.random(2000) < 0.03).astype(float)
    logit = y + generator.standard_normal(2000)
    assert calibrate_label(y, logit, "here")["threshold"] < 0.5
    assert calibrate_label(y, logit, "here", 0.5)["threshold"] == 0.5
    assert calibrate_label(y, logit, "here", 0.01) == calibrate_label(y, logit, "here")
