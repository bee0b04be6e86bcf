"""The same records as a poorer device or an unknown patient would give them, for evaluation."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from efficientecg.config import INPUT, LEADS
from efficientecg.ptbxl import Dataset


@dataclass(frozen=True)
class View:
    """A change of inputs; labels stay."""

    change: Callable[[Dataset], Dataset]
    drops_leads: bool = False

    def __call__(self, data: Dataset) -> Dataset:
        return self.change(data)


def keep_leads(*names: str) -> View:
    kept = np.array([lead in names for lead in LEADS], np.float32)

    def change(data: Dataset) -> Dataset:
        return replace(data, x=data.x * kept[:, None], mask=data.mask * kept)

    return View(change, drops_leads=True)


def middle(seconds: float) -> View:
    """The middle of each record, z-scored anew."""

    def change(data: Dataset) -> Dataset:
        length = round(seconds * INPUT["samplingRateHz"])
        start = (data.x.shape[-1] - length) // 2
        window = data.x[:, :, start : start + length]
        centred = window - window.mean(-1, keepdims=True)
        deviation = np.maximum(window.std(-1, keepdims=True), 1e-3)
        return replace(data, x=(centred / deviation).astype(np.float32))

    return View(change)


def unknown_patient(data: Dataset) -> Dataset:
    sex = np.tile(np.array([0, 0, 1], np.float32), (len(data.sex), 1))
    return replace(data, age=np.zeros_like(data.age), sex=sex)


VIEWS = {
    "as recorded": View(lambda data: data),
    "age and sex unknown": View(unknown_patient),
    "middle 5 s": middle(5),
    "middle 2.5 s": middle(2.5),
    "lead I alone": keep_leads("I"),
    "lead II alone": keep_leads("II"),
    "limb leads alone": keep_leads(*LEADS[:6]),
    "I, II, V1–V6": keep_leads("I", "II", *LEADS[6:]),
}
