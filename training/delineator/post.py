"""From class maps to waves: plain loops over plain arrays, so that the page does the same line by line.

Rules, in this order. Times are in samples at 250 Hz (fractions count), durations in `RULES` in ms.

1. `margins`: a class's margin at a sample is its logit less the greatest of the other classes' logits. A
   segment of a wave is a run of samples with a margin above 0; onset and offset are where the margin, linear
   between neighbouring samples, crosses 0.
2. `merge`: segments of one kind with a gap below `merge` become one.
3. `drop`: segments shorter than `minimum` are dropped.
4. `beats`: a QRS is real when, over the present leads, the mean probability of QRS exceeds `support` somewhere
   inside it; of two QRS in a lead closer than `refractory` (onset to onset) the one with the smaller sum of
   probabilities is dropped.
5. `one T`: between two QRS of a lead at most one T: the one with the largest sum of probabilities.
6. `one P`: between two QRS at most one P that ends less than `pWindow` before the next QRS: the one with the
   largest sum. Other P (as in AV block) stay when their sum is at least `pAlone` of the window's P, or stand alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from delineator.config import CLASSES, QRS, RATE_HZ, WAVES, P, T

Floats = NDArray[np.floating]

RULES: dict[str, Any] = {
    "mergeMs": {"P": 40, "QRS": 40, "T": 60},
    "minimumMs": {"P": 30, "QRS": 24, "T": 50},
    "support": 0.3,
    "refractoryMs": 200,
}


@dataclass(frozen=True)
class Segment:
    """A wave of one lead: onset and offset in samples, `weight` the sum of its class's probability."""

    kind: int
    onset: float
    offset: float
    weight: float


def softmax(logits: Floats) -> Floats:
    """Over axis -2: [..., classes, N]."""
    e = np.exp(logits - logits.max(-2, keepdims=True))
    return e / e.sum(-2, keepdims=True)


def margins(logits: Floats) -> Floats:
    """[classes, N] -> each class's lead over the best of the others, [classes, N]."""
    out = np.empty_like(logits)
    for kind in range(len(logits)):
        out[kind] = logits[kind] - np.delete(logits, kind, 0).max(0)
    return out


def runs(margin: Floats, probability: Floats, kind: int) -> list[Segment]:
    """Runs with a positive margin [N]; boundaries between samples where the margin crosses 0."""
    found, start = [], -1
    for n in range(len(margin) + 1):
        inside = n < len(margin) and margin[n] > 0
        if inside and start < 0:
            start = n
        elif not inside and start >= 0:
            onset, offset = float(start), float(n - 1)
            if start > 0:
                onset -= margin[start] / (margin[start] - margin[start - 1])
            if n < len(margin):
                offset += margin[n - 1] / (margin[n - 1] - margin[n])
            found.append(Segment(kind, onset, offset, float(probability[start:n].sum())))
            start = -1
    return found


def merge(segments: list[Segment], gap: float) -> list[Segment]:
    merged: list[Segment] = []
    for s in segments:
        if merged and s.onset - merged[-1].offset < gap:
            last = merged[-1]
            merged[-1] = Segment(s.kind, last.onset, s.offset, last.weight + s.weight)
        else:
            merged.append(s)
    return merged


def samples(ms: float) -> float:
    return ms * RATE_HZ / 1000


def lead_segments(logits: Floats) -> list[Segment]:
    """Rules 1 to 3 for one lead, [classes, N] -> segments in time order."""
    probability, margin = softmax(logits), margins(logits)
    out = []
    for kind in WAVES:
        found = merge(runs(margin[kind], probability[kind], kind), samples(RULES["mergeMs"][CLASSES[kind]]))
        out += [s for s in found if s.offset - s.onset >= samples(RULES["minimumMs"][CLASSES[kind]])]
    return sorted(out, key=lambda s: s.onset)


def supported(segment: Segment, support: Floats) -> bool:
    inside = support[max(0, int(np.ceil(segment.onset))) : int(np.floor(segment.offset)) + 1]
    return bool(inside.size and inside.max() > RULES["support"])


def strongest(segments: list[Segment]) -> Segment:
    return max(segments, key=lambda s: s.weight)


def beats_of(segments: list[Segment], support: Floats) -> list[Segment]:
    """Rule 4."""
    kept: list[Segment] = []
    for s in segments:
        if s.kind != QRS or not supported(s, support):
            continue
        if kept and s.onset - kept[-1].onset < samples(RULES["refractoryMs"]):
            if s.weight > kept[-1].weight:
                kept[-1] = s
        else:
            kept.append(s)
    return kept


def between(segments: list[Segment], kind: int, start: float, end: float) -> list[Segment]:
    """Segments of a kind whose middle lies in [start, end)."""
    return [s for s in segments if s.kind == kind and start <= (s.onset + s.offset) / 2 < end]


def waves(logits: Floats, mask: Floats | None = None) -> list[list[Segment]]:
    """Logits [L, classes, N] (mask [L]) -> each lead's waves in time order; none for a masked lead."""
    present = np.ones(len(logits), bool) if mask is None else mask > 0
    support = softmax(logits[present])[:, QRS].mean(0)
    result: list[list[Segment]] = []
    for lead, there in zip(logits, present, strict=True):
        if not there:
            result.append([])
            continue
        segments = lead_segments(lead)
        beats = beats_of(segments, support)
        kept = list(beats)
        edges = [-np.inf, *[(b.onset + b.offset) / 2 for b in beats], np.inf]
        for start, end in zip(edges[:-1], edges[1:], strict=True):
            ts = between(segments, T, start, end)
            if ts:
                kept.append(strongest(ts))
            kept += between(segments, P, start, end)
        result.append(sorted(kept, key=lambda s: s.onset))
    return result
