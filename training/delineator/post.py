"""From class maps to waves: plain loops over plain arrays, so that the page does the same line by line.

Rules, in this order. Times are in samples at 250 Hz (fractions count), those in `RULES` in ms. `mean` is the
mean over the present leads of a class's probability (softmax) at a sample.

1. `runs`: a class's margin at a sample is its logit less the greatest of the other classes' logits. A segment
   of a wave is a run of samples with a margin above 0; onset and offset are where the margin, linear between
   neighbouring samples, crosses 0 (at an edge of the signal: the edge).
2. `merge`: segments of one kind with a gap below `mergeMs` become one.
3. Segments shorter than `minimumMs` are dropped.
4. Segments in which `mean` of their class nowhere exceeds `support` are dropped: other leads must see it too.
5. Of two QRS in a lead closer than `refractoryMs`, onset to onset, the one with the smaller sum of
   probabilities (`weight`) is dropped.
6. Between the middles of two successive QRS of a lead (or before the first, or after the last) at most one T:
   the one with the greatest weight. No QRS in the lead: no T.
7. P waves are "absent", in all leads, in a stretch of `STRETCH_S` seconds (the last takes the rest) that
   shows no regular sign of them (fibrillation, flutter): over its beats on `mean` of QRS (runs above 0.5),
   take the greatest `mean` of P within
   `pEvidence.beforeMs` before the run's start; the median over the beats must reach `pEvidence.minimum`.
   Beats with less signal than that before them do not count; with fewer than `pEvidence.beats` of them the
   rule does not apply.
8. A wave's peak is the sample with the greatest distance from the chord between its onset and offset.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from delineator.config import CLASSES, QRS, RATE_HZ, WAVES, P, T

Floats = NDArray[np.floating]

RULES: dict[str, Any] = {
    "mergeMs": {"P": 40, "QRS": 40, "T": 60},
    "minimumMs": {"P": 30, "QRS": 24, "T": 50},
    "support": {"P": 0.5, "QRS": 0.3, "T": 0.3},
    "refractoryMs": 200,
    "pEvidence": {"beforeMs": 360, "minimum": 0.5, "beats": 3},
}
"""Chosen on the cross-validated predictions; shipped in `model.json` as `waveRules`."""


STRETCH_S = 20
"""Fibrillation comes and goes: P is judged anew after so many seconds."""


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
    return np.stack([logits[kind] - np.delete(logits, kind, 0).max(0) for kind in range(len(logits))])


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


def supported(segment: Segment, mean: Floats) -> bool:
    """Rule 4; mean [classes, N]."""
    first, last = max(0, math.ceil(segment.onset)), math.floor(segment.offset)
    inside = mean[segment.kind, first : last + 1]
    return bool(inside.size and inside.max() > RULES["support"][CLASSES[segment.kind]])


def refractory(beats: list[Segment]) -> list[Segment]:
    """Rule 5."""
    kept: list[Segment] = []
    for beat in beats:
        if kept and beat.onset - kept[-1].onset < samples(RULES["refractoryMs"]):
            if beat.weight > kept[-1].weight:
                kept[-1] = beat
        else:
            kept.append(beat)
    return kept


def middle(segment: Segment) -> float:
    return (segment.onset + segment.offset) / 2


def one_t_per_beat(ts: list[Segment], beats: list[Segment]) -> list[Segment]:
    """Rule 6."""
    best: dict[int, Segment] = {}
    for t in ts:
        beat = sum(1 for b in beats if middle(b) <= middle(t))
        if beat not in best or t.weight > best[beat].weight:
            best[beat] = t
    return list(best.values()) if beats else []


def p_absent(mean: Floats) -> list[bool]:
    """Rule 7 for each stretch; mean [classes, N]."""
    settings = RULES["pEvidence"]
    before = round(samples(settings["beforeMs"]))
    count = max(1, mean.shape[-1] // (STRETCH_S * RATE_HZ))
    found: list[list[float]] = [[] for _ in range(count)]
    for beat in runs(mean[QRS] - 0.5, mean[QRS], QRS):
        start = math.ceil(beat.onset)
        if start >= before:
            stretch = min(count - 1, start // (STRETCH_S * RATE_HZ))
            found[stretch].append(float(mean[P, start - before : start].max()))
    return [
        len(values) >= settings["beats"] and float(np.median(values)) < settings["minimum"]
        for values in found
    ]


def waves(logits: Floats, mask: Floats | None = None) -> list[list[Segment]]:
    """Logits [L, classes, N] (mask [L]) -> each lead's waves in time order; none for a masked lead."""
    present = np.ones(len(logits), bool) if mask is None else mask > 0
    if not present.any():
        return [[] for _ in logits]
    mean = softmax(logits[present]).mean(0)
    without_p = p_absent(mean)
    result: list[list[Segment]] = []
    for lead, there in zip(logits, present, strict=True):
        segments = [s for s in lead_segments(lead) if supported(s, mean)] if there else []
        beats = refractory([s for s in segments if s.kind == QRS])
        ts = one_t_per_beat([s for s in segments if s.kind == T], beats)
        ps = [
            s
            for s in segments
            if s.kind == P and not without_p[min(len(without_p) - 1, int(middle(s) // (STRETCH_S * RATE_HZ)))]
        ]
        result.append(sorted(ps + beats + ts, key=lambda s: s.onset))
    return result


def peak(segment: Segment, lead: Floats) -> int:
    """Rule 8: the sample of `lead` [N] (z-scored) farthest from the chord between onset and offset."""
    first, last = max(0, math.ceil(segment.onset)), min(len(lead) - 1, math.floor(segment.offset))
    chord = np.linspace(lead[first], lead[last], last - first + 1)
    return first + int(np.abs(lead[first : last + 1] - chord).argmax())
