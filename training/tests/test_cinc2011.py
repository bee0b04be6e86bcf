"""Quality features see what a z-score hides; a head is scored on folds that it has not seen."""

import numpy as np

from efficientecg.cinc2011 import cross_validate, fit, lead_features
from efficientecg.metrics import auroc


def test_features_are_finite_and_see_voltage_and_hum() -> None:
    time = np.arange(5000) / 500
    ecg = 0.1 * np.random.default_rng(0).standard_normal(5000)
    plain, loud = lead_features(ecg, 500), lead_features(10 * ecg, 500)
    assert loud[0] - plain[0] > 0.9
    hum = lead_features(ecg + np.sin(2 * np.pi * 50 * time), 500)
    assert hum[8] - plain[8] > 1
    flat = lead_features(np.zeros(5000), 500)
    assert np.isfinite(flat).all()
    assert flat[2] == 1


def test_cross_validation_finds_a_rule_and_no_noise() -> None:
    generator = np.random.default_rng(0)
    x = generator.standard_normal((300, 5))
    y = (x[:, 0] + 0.3 * generator.standard_normal(300) > 0).astype(float)
    fold = np.arange(300) % 5
    assert auroc(y, cross_validate(x, y, fold)) > 0.9
    chance = auroc(generator.permutation(y), cross_validate(x[:, 1:], y, fold))
    assert 0.4 < chance < 0.6
    assert abs(fit(x, y)[0]) > abs(fit(x, y)[1])
