"""PhysioNet/CinC Challenge 2011 (Silva et al. 2011): may a 12-lead ECG of a telephone be read, or not?

    python -m efficientecg.cinc2011 --data CINC2011 --waves cinc2011.jsonl

cross-validates a linear head on features of the recorded signal, in mV: what a z-score hides. No patients are
told; records of one patient may stand on two sides.
"""

import argparse
from pathlib import Path

import numpy as np
import wfdb
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.signal import welch
from scipy.special import expit

from efficientecg.abstain import read_cinc2011
from efficientecg.frontend import Signal
from efficientecg.metrics import Floats, auroc, bootstrap
from efficientecg.ptbxl import Record
from efficientecg.waves import read_waves

FOLDS = 5
PENALTY = 1e-2
# Hz: wander, ECG, mains of either half of the world, muscle.
BANDS = ((0, 0.7), (0.7, 40), (48, 62), (62, 120))
FLAT_STEP_MV = 1e-3


def lead_features(lead: Signal, rate_hz: float) -> Floats:
    """Of one lead [S] in mV: spread, extremes, flat and clipped shares, power by band, jumps, peakedness."""
    steps = np.abs(np.diff(lead))
    frequency, power = welch(lead - lead.mean(), rate_hz, nperseg=int(4 * rate_hz))
    shares = [power[(frequency >= low) & (frequency < high)].sum() for low, high in BANDS]
    centred = lead - np.median(lead)
    deviation = lead.std()
    peakedness = np.mean((centred / max(deviation, 1e-3)) ** 4)
    seconds = centred[: len(lead) // int(rate_hz) * int(rate_hz)].reshape(-1, int(rate_hz))
    return np.array([
        np.log10(deviation + 1e-3), np.log10(np.abs(centred).max() + 1e-3), np.mean(steps < FLAT_STEP_MV),
        np.mean(lead == lead.max()) + np.mean(lead == lead.min()), np.log10(steps.max() + 1e-3),
        np.log10(np.median(steps) + 1e-4), *np.log10(np.array(shares) + 1e-6), np.log10(peakedness + 1e-3),
        np.log10(np.ptp(seconds.mean(1)) + 1e-3), np.log10(np.ptp(seconds, 1).min() + 1e-3),
    ])  # fmt: skip


def correlation(leads: Signal) -> Floats:
    """Of leads [S, 12]: the least, middle and greatest of each lead's closest likeness to another lead."""
    changing = leads + 1e-6 * np.random.default_rng(0).standard_normal(leads.shape)
    likeness = np.abs(np.corrcoef(changing.T)) - np.eye(leads.shape[1])
    closest = likeness.max(1)
    return np.array([closest.min(), np.median(closest), closest.max()])


def record_features(record: Record) -> Floats:
    """Least, middle and greatest over the leads of each feature, and how alike the leads are."""
    file = wfdb.rdrecord(str(record.path))
    leads = np.nan_to_num(file.p_signal)
    each = np.stack([lead_features(lead, file.fs) for lead in leads.T])
    ordered = np.sort(each, 0)
    return np.concatenate(
        [ordered[0], ordered[2], np.median(each, 0), ordered[-3], ordered[-1], correlation(leads)]
    )


def fit(x: Floats, y: Floats) -> Floats:
    """Logistic regression with an L2 penalty on all but the bias: weights [features + 1]."""
    given = np.column_stack([x, np.ones(len(x))])

    def loss(w: Floats) -> tuple[float, Floats]:
        z = given @ w
        shrunk = PENALTY * np.append(w[:-1], 0)
        value = np.mean(np.logaddexp(0, z) - y * z) + shrunk @ w / 2
        return float(value), given.T @ (expit(z) - y) / len(y) + shrunk

    found: Floats = minimize(
        loss, np.zeros(given.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 2000}
    ).x
    return found


def cross_validate(x: Floats, y: Floats, fold: NDArray[np.intp]) -> Floats:
    """Scores [n], each by a head that was fitted and scaled without its fold."""
    score = np.zeros(len(y))
    for held in np.unique(fold):
        outer = fold != held
        mean, deviation = x[outer].mean(0), x[outer].std(0) + 1e-6
        scaled = np.clip((x - mean) / deviation, -5, 5)
        weights = fit(scaled[outer], y[outer])
        score[~outer] = np.column_stack([scaled, np.ones(len(x))])[~outer] @ weights
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--waves", type=Path, nargs="+", required=True, help="JSON lines of bench/measure.ts")
    args = parser.parse_args()
    good, bad = (read_cinc2011(args.data, quality) for quality in ("acceptable", "unacceptable"))
    records, waves = [*good, *bad], read_waves(args.waves)
    y = np.repeat([0.0, 1.0], [len(good), len(bad)])
    signal = np.stack([record_features(record) for record in records])
    measured = np.stack([waves[record.path.name] for record in records]).astype(float)
    names = np.array([record.path.name for record in records])
    fold = np.zeros(len(y), np.intp)
    for present in (0.0, 1.0):
        rows = np.flatnonzero(y == present)
        fold[np.random.default_rng(0).permutation(rows)] = np.arange(len(rows)) % FOLDS
    for what, x in (("signal", signal), ("signal and R/P features", np.concatenate([signal, measured], 1))):
        found = bootstrap(auroc, y, cross_validate(x, y, fold), names)
        print(f"{what}: AUROC {found.value:.3f} ({found.low:.3f}-{found.high:.3f}), "
              f"{len(good)} acceptable, {len(bad)} not")  # fmt: skip


if __name__ == "__main__":
    main()
