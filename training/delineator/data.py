"""Training data in memory: filtered ECGs with their class maps, filtered noise, folds.

The front end is linear up to its z-score, so filtered noise is added to the filtered ECG in mV and the sum is
z-scored: the same as adding noise to the recorded mV, without filtering again in every step.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import wfdb
from numpy.typing import NDArray

from delineator.config import LEADS, RATE_HZ
from delineator.ludb import class_map, read_marks, read_signal, record_names
from efficientecg.config import INPUT
from efficientecg.frontend import band_pass, fill_gaps, resample

NOISES = ("bw", "em", "ma")


@dataclass(frozen=True)
class Examples:
    """ECGs of one length: mv float32 [R, 12, N] filtered at 250 Hz, classes int8 [R, 12, N]."""

    names: list[str]
    mv: NDArray[np.float32]
    classes: NDArray[np.int8]

    def take(self, rows: NDArray[np.integer]) -> "Examples":
        return Examples([self.names[row] for row in rows], self.mv[rows], self.classes[rows])


def folds(names: list[str], count: int = 5, seed: int = 0) -> dict[str, int]:
    """Record -> fold. LUDB has one record per patient, so that a fold of records is a fold of patients."""
    order = np.random.default_rng(seed).permutation(len(names))
    return {names[row]: place % count for place, row in enumerate(order)}


def filtered(
    lead: NDArray[np.float64], rate_hz: float, settings: dict[str, Any] = INPUT
) -> NDArray[np.float64]:
    """The front end up to its z-score: mV [S] -> filtered mV at 250 Hz [N]."""
    passed = band_pass(fill_gaps(lead), rate_hz, settings["filter"])
    assert passed is not None, f"{len(lead)} samples are too few to filter"
    return resample(passed, rate_hz, len(lead) / rate_hz, settings)


def read_ludb(folder: Path) -> Examples:
    names, mv, classes = record_names(folder), [], []
    for name in names:
        signal, rate_hz = read_signal(folder, name)
        mv.append(np.stack([filtered(lead, rate_hz) for lead in signal]))
        marks = read_marks(folder, name)
        classes.append(np.stack([class_map(marks[lead], mv[-1].shape[1]) for lead in LEADS]))
    return Examples(names, np.stack(mv).astype(np.float32), np.stack(classes))


def read_noise(folder: Path, half: int = 0) -> NDArray[np.float32]:
    """One half of the noise records, filtered, 250 Hz, each channel at unit RMS: [kinds, 2, N].

    The first half (0) trains, the second (1) tests.
    """
    kinds = []
    for kind in NOISES:
        record = wfdb.rdrecord(str(folder / kind))
        middle = record.sig_len // 2
        signal = np.nan_to_num((record.p_signal[middle:] if half else record.p_signal[:middle]).T)
        # Pieces of a minute keep the resampler's table small; their seams are lost in the noise.
        step = 60 * round(record.fs)
        pieces = [signal[:, at : at + step] for at in range(0, signal.shape[1] - step + 1, step)]
        channels = np.concatenate([[filtered(c, record.fs) for c in piece] for piece in pieces], axis=1)
        kinds.append(channels / channels.std(1, keepdims=True))
    length = min(kind.shape[1] for kind in kinds)
    return np.stack([kind[:, :length] for kind in kinds]).astype(np.float32)


def load(cache: Path) -> tuple[Examples, NDArray[np.float32]]:
    """What `main` wrote: LUDB and the noise bank."""
    with np.load(cache / "ludb.npz") as file:
        examples = Examples(list(file["names"]), file["mv"], file["classes"])
    return examples, np.load(cache / "noise.npy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds ludb/ and nstdb/")
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    examples = read_ludb(args.data / "ludb")
    np.savez(args.cache / "ludb.npz", names=examples.names, mv=examples.mv, classes=examples.classes)
    np.save(args.cache / "noise.npy", read_noise(args.data / "nstdb"))
    print(f"{len(examples.names)} records, {RATE_HZ} Hz, {examples.mv.shape[2]} samples")


if __name__ == "__main__":
    main()
