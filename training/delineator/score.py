"""How well waves match cardiologists' marks: the LUDB convention, stricter tolerances, global intervals.

A lead is scored between its first and its last mark. Boundaries of one kind are matched one to one, closest
pairs first, within a tolerance; a predicted boundary without a partner counts as false only inside the marked
stretch; one within `TOLERANCE_S` of a wave whose boundary was not marked is not counted at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from delineator.config import CLASSES, QRS, WAVES, P, T
from delineator.ludb import LeadMarks, Wave

TOLERANCE_S = 0.15
"""Association window of the LUDB literature (Kalyakulina 2020, Moskalenko 2019), after ANSI/AAMI EC57."""

STRICT_S = {(P, "onset"): 0.05, (P, "offset"): 0.05, (QRS, "onset"): 0.04, (QRS, "offset"): 0.04,
            (T, "onset"): 0.05, (T, "offset"): 0.1}  # fmt: skip
BOUNDARIES = ("onset", "offset")
LEADS_IN_SUPPORT = 3
CLUSTER_S = 0.12
LONGEST_PR_S = 0.45


@dataclass
class Tally:
    """Counts of one kind of boundary and the errors (found - marked, s) of the pairs."""

    right: int = 0
    missed: int = 0
    false: int = 0
    errors: list[float] = field(default_factory=list)

    def __iadd__(self, other: "Tally") -> "Tally":
        self.right += other.right
        self.missed += other.missed
        self.false += other.false
        self.errors += other.errors
        return self

    @property
    def sensitivity(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.false)


def pairs(marked: list[float], found: list[float], tolerance: float) -> list[tuple[int, int]]:
    """Indices (marked, found) of the pairs, closest first, each used once."""
    near = [
        (abs(f - m), i, j)
        for i, m in enumerate(marked)
        for j, f in enumerate(found)
        if abs(f - m) <= tolerance
    ]
    used_marked: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for _, i, j in sorted(near):
        if i not in used_marked and j not in used_found:
            used_marked.add(i)
            used_found.add(j)
            matched.append((i, j))
    return matched


def score_boundary(reference: LeadMarks, found: list[Wave], kind: int, which: str, tolerance: float) -> Tally:
    """One lead, one kind of wave, `which` of onset, peak, offset."""
    of_kind = [w for w in reference.waves if w.kind == kind]
    marked = [getattr(w, which) for w in of_kind if not np.isnan(getattr(w, which))]
    unsure = [w.peak for w in of_kind if np.isnan(getattr(w, which))]
    times = [getattr(w, which) for w in found if w.kind == kind]
    matched = pairs(marked, times, tolerance)
    taken = {j for _, j in matched}
    false = sum(
        1 for j, t in enumerate(times)
        if j not in taken
        and reference.first <= t <= reference.last
        and all(abs(t - u) > TOLERANCE_S for u in unsure)
    )  # fmt: skip
    errors = [times[j] - marked[i] for i, j in matched]
    return Tally(len(matched), len(marked) - len(matched), false, errors)


Scores = dict[tuple[int, str], Tally]


def score_record(
    reference: dict[str, LeadMarks], found: dict[str, list[Wave]], tolerance: Callable[[int, str], float]
) -> Scores:
    """All leads of one record added up."""
    scores: Scores = {(kind, which): Tally() for kind in WAVES for which in BOUNDARIES}
    for lead, marks in reference.items():
        for kind, which in scores:
            scores[kind, which] += score_boundary(marks, found[lead], kind, which, tolerance(kind, which))
    return scores


def ludb_tolerance(kind: int, which: str) -> float:
    return TOLERANCE_S


def strict_tolerance(kind: int, which: str) -> float:
    return STRICT_S[kind, which]


def add_up(scores: list[Scores]) -> Scores:
    total: Scores = {(kind, which): Tally() for kind in WAVES for which in BOUNDARIES}
    for record in scores:
        for key in total:
            total[key] += record[key]
    return total


def label(kind: int, which: str) -> str:
    return f"{CLASSES[kind]} {which}"


def global_waves(leads: list[list[Wave]], kind: int) -> list[Wave]:
    """Multi-lead waves: earliest onset and latest offset that at least three leads support.

    Waves of all leads are taken in the order of their middles; a step of more than CLUSTER_S begins the next
    cluster. Of a cluster with at least three leads, the onset is the third earliest, the offset the third
    latest.
    """
    every = sorted(
        ((w.onset + w.offset) / 2, w.onset, w.offset) for lead in leads for w in lead
        if w.kind == kind and not np.isnan(w.onset + w.offset)
    )  # fmt: skip
    clusters: list[list[tuple[float, float, float]]] = []
    for item in every:
        if clusters and item[0] - clusters[-1][-1][0] <= CLUSTER_S:
            clusters[-1].append(item)
        else:
            clusters.append([item])
    need = min(LEADS_IN_SUPPORT, sum(1 for lead in leads if lead))
    out = []
    for cluster in clusters:
        if len(cluster) < need:
            continue
        onset = sorted(item[1] for item in cluster)[need - 1]
        offset = sorted(item[2] for item in cluster)[-need]
        out.append(Wave(kind, onset, (onset + offset) / 2, offset))
    return out


def intervals(leads: list[list[Wave]], start: float, end: float) -> dict[str, float]:
    """Medians over the beats whose QRS onset lies in [start, end], s; NaN where there is none.

    PR: from the last P onset at most LONGEST_PR_S before the QRS onset; QT: to the end of the first T after
    the QRS and before the next one.
    """
    p, qrs, t = (global_waves(leads, kind) for kind in (P, QRS, T))
    found: dict[str, list[float]] = {"PR": [], "QRS": [], "QT": []}
    for index, beat in enumerate(qrs):
        if not start <= beat.onset <= end:
            continue
        following = qrs[index + 1].onset if index + 1 < len(qrs) else np.inf
        found["QRS"].append(beat.offset - beat.onset)
        before = [w.onset for w in p if 0 < beat.onset - w.onset <= LONGEST_PR_S]
        if before:
            found["PR"].append(beat.onset - before[-1])
        after = [w.offset for w in t if w.peak > beat.peak and w.peak < following]
        if after:
            found["QT"].append(after[0] - beat.onset)
    return {name: float(np.median(values)) if values else float("nan") for name, values in found.items()}


def mean_sd(values: list[float] | NDArray[np.floating]) -> tuple[float, float]:
    """Mean and sample SD."""
    array = np.asarray(values)
    return float(array.mean()), float(array.std(ddof=1)) if len(array) > 1 else 0.0
