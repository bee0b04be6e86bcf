"""Reads LUDB, the Lobachevsky University database: 12 leads, 10 s, P, QRS and T marked in every lead.

Kalyakulina et al. 2020, "LUDB: a new open-access validation tool for electrocardiogram delineation
algorithms", IEEE Access 8; ODC-By. Every lead has a gain of its own (wfdb applies it) and an annotation file
named after it. Marks do not cover the whole 10 s: only what lies between a lead's first and last mark is
known.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import wfdb
from numpy.typing import NDArray

from delineator.config import IGNORED, LEADS, NONE, QRS, RATE_HZ, P, T

SYMBOLS = {"p": P, "N": QRS, "t": T}
UNKNOWN_BOUNDARY_S = 0.1
"""How far from the peak a boundary that was not marked may lie: not trained on."""


@dataclass(frozen=True)
class Wave:
    """One wave of one lead; seconds from the recording's start, NaN where a boundary was not marked."""

    kind: int
    onset: float
    peak: float
    offset: float


@dataclass(frozen=True)
class LeadMarks:
    """One lead's waves in time order and the stretch that was marked, seconds."""

    waves: tuple[Wave, ...]
    first: float
    last: float


def read_waves(samples: NDArray[np.integer], symbols: list[str], rate_hz: float) -> LeadMarks:
    """Marks as WFDB writes them -- "(" onset, p N t peak, ")" offset -- to waves.

    Of equal symbols in a row (some T waves are marked six times over) the first "(", the last ")" and the
    middle peak count.
    """
    runs: list[tuple[str, list[float]]] = []
    for sample, symbol in zip(samples, symbols, strict=True):
        if runs and runs[-1][0] == symbol:
            runs[-1][1].append(sample / rate_hz)
        else:
            runs.append((symbol, [sample / rate_hz]))
    waves = []
    for index, (symbol, times) in enumerate(runs):
        if symbol not in SYMBOLS:
            continue
        before = runs[index - 1] if index else ("", [])
        after = runs[index + 1] if index + 1 < len(runs) else ("", [])
        onset = before[1][0] if before[0] == "(" else float("nan")
        offset = after[1][-1] if after[0] == ")" else float("nan")
        waves.append(Wave(SYMBOLS[symbol], onset, times[len(times) // 2], offset))
    return LeadMarks(tuple(waves), runs[0][1][0], runs[-1][1][-1])


def record_names(folder: Path) -> list[str]:
    """Names of the records under `folder`/data, in numerical order."""
    return sorted((path.stem for path in (folder / "data").glob("*.hea")), key=int)


def read_signal(folder: Path, name: str) -> tuple[NDArray[np.float64], float]:
    """mV [12, S] in the order of LEADS, and the sampling rate in Hz."""
    record = wfdb.rdrecord(str(folder / "data" / name))
    order = [[lead.lower() for lead in record.sig_name].index(lead.lower()) for lead in LEADS]
    return np.ascontiguousarray(record.p_signal.T[order]), float(record.fs)


def read_marks(folder: Path, name: str) -> dict[str, LeadMarks]:
    """Lead -> its marks."""
    marks = {}
    for lead in LEADS:
        found = wfdb.rdann(str(folder / "data" / name), lead.lower())
        rate_hz = found.fs or wfdb.rdheader(str(folder / "data" / name)).fs
        marks[lead] = read_waves(found.sample, found.symbol, rate_hz)
    return marks


def class_map(marks: LeadMarks, samples: int, rate_hz: float = RATE_HZ) -> NDArray[np.int8]:
    """Class of every sample [samples] at `rate_hz`; IGNORED outside the marked stretch and where unsure.

    Sample n has a wave's class when onset <= n / rate <= offset.
    """
    time = np.arange(samples) / rate_hz
    classes = np.full(samples, NONE, np.int8)
    for wave in marks.waves:
        onset, offset = wave.onset, wave.offset
        if np.isnan(onset):
            onset = wave.peak
            classes[(time >= onset - UNKNOWN_BOUNDARY_S) & (time < onset)] = IGNORED
        if np.isnan(offset):
            offset = wave.peak
            classes[(time > offset) & (time <= offset + UNKNOWN_BOUNDARY_S)] = IGNORED
        classes[(time >= onset) & (time <= offset)] = wave.kind
    classes[(time < marks.first) | (time > marks.last)] = IGNORED
    return classes
