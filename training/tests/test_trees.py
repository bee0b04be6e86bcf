"""Flattened trees give what scikit-learn gives, unknown features included."""

import numpy as np
import pytest

from efficientecg.heads import Head
from efficientecg.trees import fit_trees, flatten


@pytest.mark.parametrize("classes", [2, 4])
def test_flat_trees_are_scikit_learns(classes: int) -> None:
    generator = np.random.default_rng(0)
    x = np.round(generator.standard_normal((400, 6)), 3)
    x[generator.random(x.shape) < 0.2] = np.nan
    y = np.clip(np.nan_to_num(np.round(x[:, 0] + x[:, 1])), 0, classes - 1).astype(int)
    model = fit_trees(x, y, rounds=20, rate=0.1, leaves=6)
    architecture, weights = flatten(model)
    assert architecture["trees"] == 20 * (1 if classes == 2 else classes)
    found = Head({"architecture": architecture}, weights).probabilities(x)
    wanted = model.predict_proba(x.astype(np.float32))
    assert found == pytest.approx(wanted[:, 1:] if classes == 2 else wanted, abs=1e-5)


def test_every_number_of_a_tree_can_be_shipped() -> None:
    x = np.where(np.arange(200) % 2 == 0, np.nan, 1.0)[:, None]
    _, weights = flatten(fit_trees(x, np.arange(200) % 2, rounds=3, rate=0.1, leaves=4))
    assert all(np.isfinite(values).all() for values in weights.values())
