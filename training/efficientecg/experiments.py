"""The trainings that are compared: each is the base with one thing changed, under a name of its own.

What each gave, out of fold, stands in `docs/training.md` (written by `compare.py`).
"""

from dataclasses import dataclass, field, replace
from typing import Any

from efficientecg.config import ARCHITECTURE, with_waves
from efficientecg.waves import COUNT


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a training besides data and architecture. `mixup` 0: none."""

    epochs: int = 30
    batch: int = 32
    rate: float = 2e-3
    decay: float = 0.02
    ema: float = 0.995
    seed: int = 0
    mixup: float = 0.0


@dataclass(frozen=True)
class Experiment:
    """An architecture and a recipe; `story` says in a few words what is changed."""

    story: str
    recipe: Recipe = Recipe()
    architecture: dict[str, Any] = field(default_factory=lambda: ARCHITECTURE)

    def seeded(self, seed: int) -> "Experiment":
        return replace(self, recipe=replace(self.recipe, seed=seed))


WAVES = with_waves(ARCHITECTURE, COUNT)
WIDE = ARCHITECTURE | {"width": 1.0}
EXPERIMENTS = {
    "base": Experiment("width 0.5, age and sex, 30 epochs"),
    "waves": Experiment("+ R/P features as a third token", architecture=WAVES),
    "waves-mixup": Experiment("+ R/P features, + mixup 0.2", Recipe(mixup=0.2), WAVES),
    "waves-long": Experiment("+ R/P features, 60 epochs", Recipe(epochs=60), WAVES),
    "waves-decay": Experiment("+ R/P features, weight decay 0.1", Recipe(decay=0.1), WAVES),
    "waves-wide": Experiment("+ R/P features, width 1.0", architecture=with_waves(WIDE, COUNT)),
    "mixup": Experiment("+ mixup 0.2", Recipe(mixup=0.2)),
    "long": Experiment("60 epochs", Recipe(epochs=60)),
}
