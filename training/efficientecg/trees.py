"""Boosted trees for a head (Friedman 2001): scikit-learn's, as flat arrays that the page walks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from efficientecg.heads import Weights
from efficientecg.metrics import Floats


def fit_trees(
    x: Floats, y: NDArray[np.intp], rounds: int, rate: float, leaves: int, seed: int = 0
) -> HistGradientBoostingClassifier:
    """Trees of `leaves` leaves, one a class in each round; features as float32, as the page compares them."""
    model = HistGradientBoostingClassifier(
        max_iter=rounds, learning_rate=rate, max_leaf_nodes=leaves, min_samples_leaf=25,
        l2_regularization=2.0, max_features=0.4, early_stopping=False, random_state=seed,
    )  # fmt: skip
    return model.fit(x.astype(np.float32), y)


def flatten(model: HistGradientBoostingClassifier) -> tuple[dict[str, Any], Weights]:
    """The head's architecture and weights: each tree's nodes in the order they are met in, left first."""
    feature: list[float] = []
    value: list[float] = []
    right: list[float] = []
    unknown: list[float] = []
    start = []

    def add(nodes: NDArray[Any], place: int) -> None:
        node, own = nodes[place], len(feature)
        leaf = bool(node["is_leaf"])
        feature.append(-1 if leaf else node["feature_idx"])
        value.append(node["value"] if leaf else node["num_threshold"])
        right.append(0)
        unknown.append(float(node["missing_go_to_left"]))
        if not leaf:
            add(nodes, node["left"])
            right[own] = len(feature)
            add(nodes, node["right"])

    for of_round in model._predictors:
        for tree in of_round:
            start.append(len(feature))
            add(tree.nodes, 0)
    arrays: dict[str, Any] = {
        "base": np.ravel(model._baseline_prediction), "start": start, "feature": feature,
        "value": value, "right": right, "unknown": unknown,
    }  # fmt: skip
    # A node that tells the unknown from all others has no threshold: infinity is no number to ship.
    most = np.finfo(np.float32).max
    weights = {name: np.clip(values, -most, most).astype(np.float32) for name, values in arrays.items()}
    return {"kind": "trees", "trees": len(start), "nodes": len(feature)}, weights
