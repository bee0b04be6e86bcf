"""From hand-made class maps to waves, and waves against hand-made marks."""

import numpy as np
import pytest

from delineator import score
from delineator.config import LEADS, NONE, QRS, P, T
from delineator.evaluate import Evaluation, results_of, tables
from delineator.ludb import LeadMarks, Wave
from delineator.post import Segment, peak, runs, waves

SURE = 4.0


def class_logits(classes: np.ndarray) -> np.ndarray:
    """[N] -> logits [4, N] that are sure of each class."""
    return np.where(np.arange(4)[:, None] == classes, SURE, 0.0)


def beat_map(beats: int = 4, with_p: bool = True) -> np.ndarray:
    """A beat a second at 250 Hz: P 150-250 ms, QRS 300-392 ms, T 520-720 ms."""
    one = np.full(250, NONE)
    if with_p:
        one[38:63] = P
    one[75:99] = QRS
    one[130:181] = T
    return np.tile(one, beats)


def kinds(found: list[Segment]) -> list[int]:
    return [s.kind for s in found]


def test_boundaries_lie_between_samples() -> None:
    margin = np.array([-1.0, -3.0, 1.0, 2.0, -2.0])
    (found,) = runs(margin, np.ones(5), T)
    assert (found.onset, found.offset, found.weight) == (1.75, 3.5, 2.0)
    (edge,) = runs(np.ones(4), np.ones(4), T)
    assert (edge.onset, edge.offset) == (0, 3)


def test_beats_become_waves_in_order() -> None:
    found = waves(np.stack([class_logits(beat_map())] * 3))
    assert [kinds(lead) for lead in found] == [[P, QRS, T] * 4] * 3
    assert found[0][0] == Segment(P, 37.5, 62.5, pytest.approx(25 * 0.948, abs=0.1))


def test_short_waves_go_and_close_ones_merge() -> None:
    classes = beat_map(1)
    classes[85:88] = NONE
    classes[200:205] = P
    assert kinds(waves(class_logits(classes)[None])[0]) == [P, QRS, T]


def test_a_qrs_needs_other_leads() -> None:
    lone = beat_map()
    lone[200:220] = QRS
    found = waves(np.stack([class_logits(lone)] + [class_logits(beat_map())] * 5))
    assert kinds(found[0]) == [P, QRS, T] * 4
    assert QRS in kinds(waves(class_logits(lone)[None])[0][3:4]), "alone, a lead has nobody to ask"


def test_refractory_keeps_the_stronger() -> None:
    classes = np.full(250, NONE)
    classes[50:75], classes[90:98] = QRS, QRS
    classes[140:160], classes[175:220] = T, T
    found = waves(class_logits(classes)[None])[0]
    assert [(s.kind, round(s.onset)) for s in found] == [(QRS, 50), (T, 174)]


def test_no_t_without_a_qrs() -> None:
    classes = np.where(beat_map() == T, T, NONE)
    assert waves(class_logits(classes)[None]) == [[]]


def test_p_is_absent_when_few_beats_show_one() -> None:
    classes = np.concatenate([beat_map(1), beat_map(5, with_p=False)])
    found = waves(np.stack([class_logits(classes)] * 3))
    assert P not in kinds(found[0])
    assert kinds(waves(np.stack([class_logits(beat_map(6))] * 3))[0]).count(P) == 6


def test_a_masked_lead_has_no_waves_and_no_vote() -> None:
    logits = np.stack([class_logits(beat_map()), np.zeros((4, 1000))])
    found = waves(logits, np.array([1.0, 0.0]))
    assert kinds(found[0]) == [P, QRS, T] * 4 and found[1] == []
    assert waves(logits, np.zeros(2)) == [[], []]


def test_peak_is_farthest_from_the_chord() -> None:
    lead = np.linspace(0, 5, 50)
    lead[20] -= 3
    assert peak(Segment(QRS, 9.4, 30.2, 1), lead) == 20


def test_pairs_are_closest_first() -> None:
    assert sorted(score.pairs([1.0, 1.1], [1.09, 1.3], 0.15)) == [(1, 0)]
    assert sorted(score.pairs([1.0, 1.1], [1.0, 1.2], 0.15)) == [(0, 0), (1, 1)]


def marks(*found: Wave, first: float = 1.0, last: float = 3.0) -> LeadMarks:
    return LeadMarks(found, first, last)


def test_scored_between_the_marks_only() -> None:
    reference = marks(Wave(QRS, 1.0, 1.04, 1.1), Wave(QRS, 2.0, 2.04, 2.1))
    found = [Wave(QRS, t, t + 0.05, t + 0.1) for t in (0.2, 0.99, 1.5, 2.2)]
    tally = score.score_boundary(reference, found, QRS, "onset", 0.15)
    assert (tally.right, tally.missed, tally.false) == (1, 1, 2)
    assert tally.errors == [pytest.approx(-0.01)]
    assert (tally.sensitivity, tally.precision) == (0.5, pytest.approx(1 / 3)) and tally.f1 == 0.4


def test_a_boundary_that_was_not_marked_is_not_counted() -> None:
    reference = marks(Wave(QRS, float("nan"), 2.0, 2.05))
    tally = score.score_boundary(reference, [Wave(QRS, 1.95, 2.0, 2.05)], QRS, "onset", 0.15)
    assert (tally.right, tally.missed, tally.false) == (0, 0, 0)


def test_global_waves_take_the_third_lead() -> None:
    leads = [[Wave(QRS, 1 + 0.01 * i, 1.05, 1.1 + 0.01 * i)] for i in range(5)] + [
        [Wave(QRS, 2.0, 2.05, 2.1)]
    ]
    (beat,) = score.global_waves(leads, QRS)
    assert (beat.onset, beat.offset) == (pytest.approx(1.02), pytest.approx(1.12))


def record(shift: float = 0.0, stretch: float = 0.0) -> dict[str, LeadMarks]:
    cycle = [
        wave for s in (1.0, 2.0, 3.0) for wave in (
            Wave(P, s - 0.2, s - 0.15, s - 0.1), Wave(QRS, s + shift, s + 0.05, s + 0.1 + stretch),
            Wave(T, s + 0.25, s + 0.3, s + 0.4),
        )
    ]  # fmt: skip
    return {lead: LeadMarks(tuple(cycle), 0.8, 3.4) for lead in ("I", "II", "III", "V1")}


def test_intervals() -> None:
    leads = [list(lead.waves) for lead in record().values()]
    found = score.intervals(leads, 0.8, 3.4)
    assert found == {"PR": pytest.approx(0.2), "QRS": pytest.approx(0.1), "QT": pytest.approx(0.4)}
    assert np.isnan(score.intervals([[], [], []], 0, 1)["QT"])


def test_evaluation_of_perfect_maps() -> None:
    classes = beat_map(6)
    cycle = [
        Wave(kind, n + a / 250, n + (a + b) / 500, n + b / 250)
        for n in range(1, 5) for kind, a, b in ((P, 38, 62), (QRS, 75, 98), (T, 130, 180))
    ]  # fmt: skip
    reference = {lead: LeadMarks(tuple(cycle), cycle[0].onset, cycle[-1].offset) for lead in LEADS}
    logits = {name: np.stack([class_logits(classes)] * 12) for name in ("1", "2")}
    results = results_of(Evaluation(logits, dict.fromkeys(("1", "2"), reference)))
    values = {(r["label"], r["metric"]): r["value"] for r in results}
    assert values["six-boundary", "F1"] == 1 and values["P onset", "F1"] == 1
    assert values["QRS onset", "meanErrorMs"] == -2 and values["QRS offset", "meanErrorMs"] == 2
    assert values["QRS", "meanErrorMs"] == 4 and values["PR", "sdErrorMs"] == 0
    assert "| QT | 2 |" in tables(results)
