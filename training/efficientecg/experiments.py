"""The trainings that are compared: each is the base with one thing changed, under a name of its own.

What each gave, out of fold, stands in `docs/training.md` (written by `compare.py`).
"""

from dataclasses import dataclass, field, replace
from typing import Any

from efficientecg import wang
from efficientecg.beats import CODE
from efficientecg.config import ARCHITECTURE, beside, with_code, with_waves
from efficientecg.labels import FIRST_CODES, MORE_CODES
from efficientecg.waves import COUNT


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a training besides data and architecture.

    `mixup` 0: none. `noise` is the share of records that get real noise (nstdb) in training. `half`: products
    in bfloat16 while it trains (weights and predictions stay float32), twice as fast for dense convolutions.
    `taught` is the share of the targets that comes from networks trained before (`distil.py`).
    `warp` is by how much a record may be slowed down or quickened (`warp.py`), `drop_path` the odds that the
    last block is left out (stochastic depth; the others less). `pretrain`: epochs over signals
    without labels before all others (`pretrain.py`).
    """

    epochs: int = 30
    batch: int = 32
    rate: float = 2e-3
    decay: float = 0.02
    ema: float = 0.995
    seed: int = 0
    mixup: float = 0.0
    noise: float = 0.0
    half: bool = False
    taught: float = 0.0
    warp: float = 0.0
    drop_path: float = 0.1
    pretrain: int = 0


@dataclass(frozen=True)
class Experiment:
    """An architecture, a recipe, labels; `story` says what is changed, `rival` what it is compared with."""

    story: str
    rival: str | None = None
    recipe: Recipe = Recipe()
    architecture: dict[str, Any] = field(default_factory=lambda: ARCHITECTURE)
    labels: tuple[str, ...] = FIRST_CODES

    def seeded(self, seed: int) -> "Experiment":
        return replace(self, recipe=replace(self.recipe, seed=seed))


WAVES = with_waves(ARCHITECTURE, COUNT)
WIDE = ARCHITECTURE | {"width": 1.0}
RIVAL = {"kind": wang.KIND, "stem": 7, "filters": 128, "kernels": [5, 3], "strides": [1, 2, 2]}
SHIPPED = "extended"  # "waves" with the heads of `extend.py`
EXPERIMENTS = {
    "ecg": Experiment("the ECG alone (width 0.5, 30 epochs)", architecture=beside(ARCHITECTURE)),
    "beside": Experiment(
        "age and sex beside the pooled features", "ecg", architecture=beside(ARCHITECTURE, "age", "sex")
    ),
    "base": Experiment("age and sex as tokens of cross-attention instead", "beside"),
    "long": Experiment("60 epochs", "base", Recipe(epochs=60)),
    "mixup": Experiment("mixup 0.2", "base", Recipe(mixup=0.2)),
    "waves": Experiment("R/P features as a third token", "base", architecture=WAVES),
    "waves-last": Experiment(
        "R/P features, the last weights instead of their average (EMA)", "waves", architecture=WAVES
    ),
    "waves-noise": Experiment(
        "R/P features, nstdb noise in half of the records", "waves", Recipe(noise=0.5), WAVES
    ),
    "more": Experiment("R/P features, eight more statements", "waves", architecture=WAVES, labels=MORE_CODES),
    "more-noise": Experiment(
        "R/P features, eight more statements, nstdb noise in half of the records",
        "more",
        Recipe(noise=0.5),
        WAVES,
        MORE_CODES,
    ),
    "waves-mixup": Experiment("R/P features, mixup 0.2", "waves", Recipe(mixup=0.2), WAVES),
    "waves-long": Experiment("R/P features, 60 epochs", "waves", Recipe(epochs=60), WAVES),
    "waves-decay": Experiment("R/P features, weight decay 0.1", "waves", Recipe(decay=0.1), WAVES),
    "waves-pretrained": Experiment(
        "R/P features, the encoder first restored hidden parts of signals, 15 epochs",
        "waves",
        Recipe(pretrain=15),
        WAVES,
    ),
    "waves-warp": Experiment(
        "R/P features, every other batch up to 10 % slower or quicker", "waves", Recipe(warp=0.1), WAVES
    ),
    "waves-still": Experiment("R/P features, no stochastic depth", "waves", Recipe(drop_path=0.0), WAVES),
    "lstm": Experiment(
        "the code of an LSTM autoencoder over the aligned beats as a fourth token",
        "waves",
        architecture=with_code(WAVES, CODE),
    ),
    "waves-wide": Experiment(
        "R/P features, width 1.0, trained in bfloat16", "waves", Recipe(half=True), with_waves(WIDE, COUNT)
    ),
    "waves-short": Experiment(
        "R/P features, 12 epochs, trained in bfloat16", "waves", Recipe(epochs=12, half=True), WAVES
    ),
    "waves-wide-short": Experiment(
        "R/P features, width 1.0, 12 epochs, trained in bfloat16",
        "waves-short",
        Recipe(epochs=12, half=True),
        with_waves(WIDE, COUNT),
    ),
    "distil": Experiment(
        "waves, half of its targets by trained networks (waves and wang)", "waves", Recipe(taught=0.5), WAVES
    ),
    "distil-more": Experiment(
        "waves, 0.8 of its targets by trained networks (waves and wang)", "waves", Recipe(taught=0.8), WAVES
    ),
    "wang": Experiment("resnet1d_wang, the ECG alone, trained in bfloat16", "ecg", Recipe(half=True), RIVAL),
}
