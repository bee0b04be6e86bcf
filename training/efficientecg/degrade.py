"""Raw ECGs as a poorer recording would hold them, written as WFDB for the page's own measurements.

    python -m efficientecg.degrade --data PTBXL --noise NSTDB --out RUNS/degraded

writes OUT/CONDITION/RECORD-CONDITION for every raw record of folds 1-8 and every condition. Noise is the
second half of each nstdb record (Moody et al. 1984), drawn anew for I, II and V1-V6; the other limb leads
get the noise that follows from I and II. Its ratio is that of the variances of lead and noise, raw.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import wfdb
from numpy.typing import NDArray
from scipy.signal import resample_poly

from efficientecg.config import LEADS
from efficientecg.frontend import Signal
from efficientecg.ptbxl import SIGNAL_S, Record, read_records

KINDS = {"bw": "baseline wander", "em": "electrode motion", "ma": "muscle artefact"}
DECIBELS = (24, 12, 6, 0)
INDEPENDENT = ("I", "II", *LEADS[6:])
MICROVOLTS_PER_MILLIVOLT = 1000


@dataclass(frozen=True)
class Recording:
    """Leads [S] in mV and their rate."""

    leads: dict[str, Signal]
    rate_hz: float


Change = Callable[[Recording, np.random.Generator], Recording]


@dataclass(frozen=True)
class Condition:
    """What is done to a recording, in words for a table. Superclasses need all 12 leads."""

    words: str
    change: Change
    length_s: float = SIGNAL_S
    all_leads: bool = True


def limb_leads(i: Signal, ii: Signal) -> dict[str, Signal]:
    """The six limb leads that follow from I and II."""
    return {"I": i, "II": ii, "III": ii - i, "aVR": -(i + ii) / 2, "aVL": i - ii / 2, "aVF": ii - i / 2}


def at_rate(rate_hz: int) -> Change:
    def change(recording: Recording, _: np.random.Generator) -> Recording:
        ratio = Fraction(rate_hz, round(recording.rate_hz))
        up, down = ratio.numerator, ratio.denominator
        leads = {name: resample_poly(x, up, down, padtype="line") for name, x in recording.leads.items()}
        return Recording(leads, rate_hz)

    return change


def keep(*names: str) -> Change:
    return lambda recording, _: Recording({n: recording.leads[n] for n in names}, recording.rate_hz)


def middle(seconds: float) -> Change:
    def change(recording: Recording, _: np.random.Generator) -> Recording:
        rate = recording.rate_hz
        first = round((SIGNAL_S - seconds) / 2 * rate)
        cut = slice(first, first + round(seconds * rate))
        return Recording({name: x[cut] for name, x in recording.leads.items()}, rate)

    return change


def arms_swapped(recording: Recording, _: np.random.Generator) -> Recording:
    """Right and left arm: I is turned over, II and III change places, aVR and aVL too."""
    i, ii = recording.leads["I"], recording.leads["II"]
    return Recording(recording.leads | limb_leads(-i, ii - i), recording.rate_hz)


def left_arm_and_leg_swapped(recording: Recording, _: np.random.Generator) -> Recording:
    """I and II change places, III is turned over."""
    i, ii = recording.leads["I"], recording.leads["II"]
    return Recording(recording.leads | limb_leads(ii, i), recording.rate_hz)


def noisy(bank: dict[str, Signal], kind: str, decibel: float) -> Change:
    """`bank` holds two channels [2, N] of each kind at the recordings' rate."""

    def change(recording: Recording, draw: np.random.Generator) -> Recording:
        noise, samples = bank[kind], len(recording.leads["I"])
        added = {}
        for name in INDEPENDENT:
            lead, (first, second) = recording.leads[name], draw.integers(0, noise.shape[1] - samples, 2)
            angle = draw.uniform(0, 2 * np.pi)
            mixed = np.cos(angle) * noise[0, first : first + samples]
            mixed = mixed + np.sin(angle) * noise[1, second : second + samples]
            mixed -= mixed.mean()
            added[name] = mixed * (lead.std() / mixed.std() * 10 ** (-decibel / 20))
        added |= limb_leads(added["I"], added["II"])
        return Recording({n: x + added[n] for n, x in recording.leads.items()}, recording.rate_hz)

    return change


def read_noise(folder: Path, rate_hz: int) -> dict[str, Signal]:
    """The second half of each noise record [2, N] at `rate_hz`."""
    bank = {}
    for kind in KINDS:
        record = wfdb.rdrecord(str(folder / kind))
        ratio = Fraction(rate_hz, round(record.fs))
        late = np.nan_to_num(record.p_signal[record.sig_len // 2 :].T)
        bank[kind] = resample_poly(late, ratio.numerator, ratio.denominator, axis=1, padtype="line")
    return bank


def conditions(bank: dict[str, Signal]) -> dict[str, Condition]:
    """Short name -> condition, in the order of the table."""
    rates = {f"rate{hz}": Condition(f"sampled at {hz:,} Hz", at_rate(hz)) for hz in (100, 250, 1000)}
    subsets = {
        "leads8": ("I, II, V1–V6 alone", INDEPENDENT),
        "leads6": ("limb leads alone", LEADS[:6]),
        "leads2": ("I and II alone", LEADS[:2]),
        "lead-I": ("I alone", ("I",)),
        "lead-II": ("II alone", ("II",)),
    }
    noises = {
        f"{kind}{decibel}": Condition(f"{words}, {decibel} dB", noisy(bank, kind, decibel))
        for kind, words in KINDS.items()
        for decibel in DECIBELS
    }
    return {
        "as-recorded": Condition("as recorded", lambda recording, _: recording),
        "middle5": Condition("middle 5 s", middle(5), length_s=5),
        **{name: Condition(words, keep(*kept), all_leads=False) for name, (words, kept) in subsets.items()},
        **rates,
        "arms": Condition("arm electrodes exchanged", arms_swapped),
        "left": Condition("left arm and leg electrodes exchanged", left_arm_and_leg_swapped),
        **noises,
    }


def read_raw(record: Record) -> Recording:
    file = wfdb.rdrecord(str(record.path))
    names = [name.replace("AV", "aV") for name in file.sig_name]
    return Recording({name: file.p_signal[:, i] for i, name in enumerate(names)}, file.fs)


def degraded(record: Record, name: str, condition: Condition) -> Recording:
    """The same draw of noise for the same record and condition, always; steps of 1 µV as in the file."""
    seed = [record.ecg_id, *name.encode()]
    changed = condition.change(read_raw(record), np.random.default_rng(seed))
    return Recording({n: np.round(x, 3) for n, x in changed.leads.items()}, changed.rate_hz)


def raw_training_records(root: Path) -> list[Record]:
    return [r for r in read_records(root) if r.signal == "raw500" and r.fold <= 8]


def write(recording: Recording, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    leads: NDArray[np.float64] = np.stack(list(recording.leads.values()), 1)
    count = leads.shape[1]
    wfdb.wrsamp(
        name, recording.rate_hz, ["mV"] * count, list(recording.leads), leads, fmt=["16"] * count,
        adc_gain=[MICROVOLTS_PER_MILLIVOLT] * count, baseline=[0] * count, write_dir=str(folder),
    )  # fmt: skip


def write_condition(records: list[Record], out: Path, name: str, condition: Condition) -> None:
    for record in records:
        write(degraded(record, name, condition), out / name, f"{record.path.name}-{name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--noise", type=Path, required=True, help="folder of nstdb")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    records = raw_training_records(args.data)
    for name, condition in conditions(read_noise(args.noise, round(read_raw(records[0]).rate_hz))).items():
        write_condition(records, args.out, name, condition)
        print(f"{name}: {len(records)} records", flush=True)


if __name__ == "__main__":
    main()
