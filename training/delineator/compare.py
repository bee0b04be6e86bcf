"""What each step gave: trainings and rules side by side on the records that they share.

    python -m delineator.compare --data LUDB --out FILE "LUDB alone"=RUNS/a?/predictions.npz ...

A name that ends in "(plain rules)" is scored without the rules that look at all leads (4 and 7 of `post.py`).
"""

import argparse
import glob
import json
from pathlib import Path
from typing import Any

import numpy as np

from delineator import post
from delineator.config import CLASSES, WAVES
from delineator.evaluate import INTERVALS, Evaluation, read_predictions
from delineator.ludb import read_marks

PLAIN = "(plain rules)"
NO_RULES = {"support": {"P": 0, "QRS": 0, "T": 0}, "pEvidence": post.RULES["pEvidence"] | {"minimum": 0}}


def row(name: str, evaluation: Evaluation) -> dict[str, Any]:
    """F1 of each wave, six-boundary F1, SD of the intervals in ms."""
    rows = np.arange(len(evaluation.names))
    f1 = [evaluation.boundary(rows, column, "F1") for column in range(len(evaluation.keys))]
    columns = {CLASSES[kind]: [c for c, (k, _) in enumerate(evaluation.keys) if k == kind] for kind in WAVES}
    return {
        "step": name,
        "records": len(evaluation.names),
        **{wave: float(np.mean([f1[c] for c in columns[wave]])) for wave in columns},
        "six-boundary": evaluation.six_boundary(rows),
        **{f"{i} SD, ms": evaluation.interval(rows, c, "sdErrorMs") for c, i in enumerate(INTERVALS)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("sets", nargs="+", metavar="NAME=FILES")
    args = parser.parse_args()
    rows = []
    for item in args.sets:
        name, pattern = item.split("=")
        logits = read_predictions([Path(path) for path in sorted(glob.glob(pattern))])
        usual = dict(post.RULES)
        if name.endswith(PLAIN):
            post.RULES.update(NO_RULES)
        rows.append(row(name, Evaluation(logits, {n: read_marks(args.data, n) for n in logits})))
        post.RULES.update(usual)
        print(rows[-1], flush=True)
    args.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
