"""PTB-XL records as further training examples, marked by a delineator that has not seen the held-out fold.

    python -m delineator.pseudo --data PTBXL --teacher RUN --out CACHE/pseudo-0.npz

Where the teacher is unsure nothing is learnt. What PTB-XL's labels add is that there is no P wave in atrial
fibrillation and flutter: there the teacher may not say P. LUDB has too few of them to teach that. PTB-XL's
folds 9 and 10 are left alone.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from delineator.config import IGNORED, P
from delineator.model import UNet, delineate, multiple
from efficientecg.ptbxl import Record, read_input, read_records

WITHOUT_P = {"AFIB", "AFLT"}
LEFT_OUT = {"PACE", "STACH", "SVTAC", "PSVT"}
LAST_FOLD = 8
OTHERS_PER_AF = 2.0
SURE = 0.75


def choose(records: list[Record], seed: int = 0) -> list[Record]:
    """All records without P and twice as many others, of folds 1 to 8."""
    known = [r for r in records if r.fold <= LAST_FOLD and not LEFT_OUT & set(r.likelihoods)]
    without = [r for r in known if WITHOUT_P & set(r.likelihoods)]
    others = [r for r in known if not WITHOUT_P & set(r.likelihoods)]
    count = min(len(others), int(OTHERS_PER_AF * len(without)))
    rows = np.random.default_rng(seed).choice(len(others), count, replace=False)
    return without + [others[row] for row in sorted(rows)]


def pseudo_classes(logits: torch.Tensor, without_p: bool) -> NDArray[np.int8]:
    """Logits [L, classes, N] -> classes [L, N], IGNORED where the teacher's probability is under SURE."""
    if without_p:
        logits = logits.clone()
        logits[:, P] = -torch.inf
    probability, classes = torch.softmax(logits, 1).max(1)
    return torch.where(probability < SURE, IGNORED, classes).numpy().astype(np.int8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    state = torch.load(args.teacher / "last.pt", map_location="cpu", weights_only=False)
    network = UNet(state["architecture"])
    network.load_state_dict(state["ema"])
    network.eval()
    names, signals, classes = [], [], []
    for record in choose(read_records(args.data)):
        x, mask = read_input(record)
        if not mask.all():
            continue
        with torch.no_grad():
            signal = torch.from_numpy(x.T.copy())
            logits = delineate(network, signal, torch.from_numpy(mask), multiple(network.architecture))
        names.append(str(record.ecg_id))
        signals.append(signal.numpy())
        classes.append(pseudo_classes(logits, bool(WITHOUT_P & set(record.likelihoods))))
    np.savez(args.out, names=names, mv=np.stack(signals), classes=np.stack(classes))
    print(f"{len(names)} records, {np.mean(np.stack(classes) == IGNORED):.3f} of the samples unsure")


if __name__ == "__main__":
    main()
