"""A head is scored on folds that it has not seen."""

import numpy as np

from efficientecg.cinc2011 import cross_validate, fit, stratified
from efficientecg.metrics import auroc


def test_cross_validation_finds_a_rule_and_no_noise() -> None:
    generator = np.random.default_rng(0)
    x = generator.standard_normal((300, 5))
    y = (x[:, 0] + 0.3 * generator.standard_normal(300) > 0).astype(float)
    fold = np.arange(300) % 5
    assert auroc(y, cross_validate(x, y, fold)) > 0.9
    chance = auroc(generator.permutation(y), cross_validate(x[:, 1:], y, fold))
    assert 0.4 < chance < 0.6
    assert abs(fit(x, y)[0]) > abs(fit(x, y)[1])


def test_folds_deal_out_either_class_evenly() -> None:
    y = np.repeat([0.0, 1.0], [100, 20])
    counts = np.array([np.bincount(stratified(y)[y == present], minlength=5) for present in (0, 1)])
    assert (counts == [[20], [4]]).all()
