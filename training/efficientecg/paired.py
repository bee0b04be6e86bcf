"""What networks said out of fold, and one experiment against another: paired by record and seed."""

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from efficientecg.labels import CODES
from efficientecg.metrics import Estimate, Floats, auroc, resampled_weights, weighted_aurocs
from efficientecg.queue import parse_run

# Logits [labels] by record and seed.
Predictions = dict[int, dict[int, Floats]]


@dataclass(frozen=True)
class Pair:
    """Two experiments on the records and the seeds that both have; logits [seeds, n, labels]."""

    records: list[int]
    seeds: list[int]
    ours: Floats
    theirs: Floats

    def averaged(self) -> "Pair":
        """Our networks as one, their logits averaged, against one of theirs at a time."""
        return replace(self, ours=self.ours.mean(0, keepdims=True).repeat(len(self.seeds), 0))

    def together(self) -> "Pair":
        """One of ours and one of theirs as one, seed by seed, against theirs alone."""
        return replace(self, ours=(self.ours + self.theirs) / 2)


def all_labels(logits: Floats) -> Floats:
    """Logits [labels], NaN for those that the network does not say."""
    return np.append(logits, np.full(len(CODES) - len(logits), np.nan))


def read_predictions(runs: Path) -> dict[str, Predictions]:
    """Experiment -> predictions, from every finished run below `runs`."""
    found: dict[str, Predictions] = defaultdict(lambda: defaultdict(dict))
    for path in sorted(runs.glob("*/predictions.npz")):
        job = parse_run(path.parent.name)
        if job is None:
            continue
        with np.load(path) as part:
            for ecg_id, logits in zip(part["ecg_id"], part["logits"], strict=True):
                found[job.experiment][int(ecg_id)][job.seed] = all_labels(logits)
    return dict(found)


def of_seed(predictions: Predictions, seed: int) -> Predictions:
    """What one seed's networks said, whichever records the other seeds' left out."""
    return {i: {seed: found[seed]} for i, found in predictions.items() if seed in found}


def pair(ours: Predictions, theirs: Predictions) -> Pair | None:
    """On the records with most seeds in common; None where there is none."""
    common = {i: sorted(ours[i].keys() & theirs[i].keys()) for i in sorted(ours.keys() & theirs.keys())}
    seeds = max(common.values(), key=len, default=[])
    if not seeds:
        return None
    shared = [i for i, found in common.items() if found == seeds]
    mine, other = (np.stack([[of[i][seed] for i in shared] for seed in seeds]) for of in (ours, theirs))
    return Pair(shared, seeds, mine, other)


def mean_auroc(codes: tuple[str, ...], y: Floats, logits: Floats) -> float:
    """Of logits [seeds, n, labels]: the mean over seeds and over the labels that have both classes."""
    columns = [CODES.index(code) for code in codes]
    return float(np.nanmean([auroc(y[:, c], each[:, c]) for each in logits for c in columns]))


def difference(
    codes: tuple[str, ...], y: Floats, ours: Floats, theirs: Floats, patients: NDArray[np.str_]
) -> Estimate:
    """`mean_auroc` of ours less theirs, on the same records, seeds and resamples of patients."""
    weights = resampled_weights(patients)
    drawn = [
        weighted_aurocs(y[:, c], mine[:, c], weights) - weighted_aurocs(y[:, c], other[:, c], weights)
        for mine, other in zip(ours, theirs, strict=True)
        for c in (CODES.index(code) for code in codes)
        if 0 < y[:, c].sum() < len(y)
    ]
    low, high = np.nanpercentile(np.nanmean(drawn, axis=0), [2.5, 97.5])
    return Estimate(mean_auroc(codes, y, ours) - mean_auroc(codes, y, theirs), float(low), float(high))
