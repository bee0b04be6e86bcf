"""Simulated ECGs of known truth, written by `simulate.ts`, as training examples.

The simulator's waves begin and end where a Gaussian falls under a share of its height; cardiologists mark a
QRS about 10 ms earlier and later. So the network learns from simulations which wave is there, not where it
begins: samples within UNSURE_S of a boundary are not trained on.

    npx tsx training/delineator/simulate.ts DIR 320          (in the repository's root)
    python -m delineator.simulated --inputs DIR --out CACHE/simulated.npz
"""

import argparse
import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from delineator.config import IGNORED, LEADS, QRS, RATE_HZ, P, T
from delineator.data import filtered
from delineator.ludb import LeadMarks, Wave, class_map

KINDS = {"p": P, "qrs": QRS, "t": T}
UNSURE_S = 0.028


def without_boundaries(
    classes: NDArray[np.int8], waves: tuple[Wave, ...], rate_hz: float
) -> NDArray[np.int8]:
    """IGNORED within UNSURE_S of every onset and offset."""
    time = np.arange(len(classes)) / rate_hz
    out = classes.copy()
    for wave in waves:
        for boundary in (wave.onset, wave.offset):
            out[np.abs(time - boundary) <= UNSURE_S] = IGNORED
    return out


def lead_marks(waves: dict[str, list[dict[str, float]]], duration_s: float) -> LeadMarks:
    """The simulator's truth for a lead; all of the recording counts as marked."""
    every = [
        Wave(kind, wave["onset"], wave["peak"], wave["offset"])
        for name, kind in KINDS.items() for wave in waves[name]
    ]  # fmt: skip
    return LeadMarks(tuple(sorted(every, key=lambda w: w.onset)), 0.0, duration_s)


def read_case(case: dict[str, Any]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Filtered mV at 250 Hz [12, N] and classes [12, N]."""
    rate_hz = case["samplingRateHz"]
    signal = [np.frombuffer(base64.b64decode(case["leads"][lead]), "<i2") / 1000 for lead in LEADS]
    mv = np.stack([filtered(lead, rate_hz) for lead in signal]).astype(np.float32)
    duration_s = len(signal[0]) / rate_hz
    classes = []
    for lead in LEADS:
        marks = lead_marks(case["waves"][lead], duration_s)
        classes.append(without_boundaries(class_map(marks, mv.shape[1]), marks.waves, RATE_HZ))
    return mv, np.stack(classes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    cases = [json.loads(path.read_text()) for path in sorted(args.inputs.glob("*.json"))]
    read = [read_case(case) for case in cases]
    mv, classes = (np.stack(part) for part in zip(*read, strict=True))
    np.savez(args.out, names=[case["name"] for case in cases], mv=mv, classes=classes)
    print(f"{len(cases)} simulated ECGs")


if __name__ == "__main__":
    main()
