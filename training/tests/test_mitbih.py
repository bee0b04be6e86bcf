"""Beats are counted as EC57 counts them, and no record stands on two sides."""

import numpy as np

from efficientecg.mitbih import counts, cross_validate, figures


def test_fusion_called_ventricular_counts_neither_way_and_a_missed_beat_does() -> None:
    truth = np.array(["V", "V", "F", "N", "-", "V"])
    called = np.array(["V", "-", "V", "V", "V", "N"])
    assert counts(truth, called, "V").tolist() == [3, 1, 3]


def test_gross_is_over_beats_and_average_over_records() -> None:
    found = figures(np.array([[10.0, 10, 10], [90, 0, 0], [0, 0, 5]]))
    assert np.allclose(found, [0.1, 10 / 15, 0.5, 0.5])


def test_a_rule_that_every_record_shares_is_found_and_missed_beats_stay_missed() -> None:
    generator = np.random.default_rng(0)
    record = np.repeat([f"r{i}" for i in range(10)], 60)
    x = generator.standard_normal((600, 3))
    truth = np.where(x[:, 0] > 1, "V", np.where(x[:, 0] < -1, "S", "N"))
    rule = np.where(np.arange(600) % 50 == 0, "-", "N")
    called = cross_validate(record, truth, rule, x)
    assert (called[rule == "-"] == "-").all()
    assert np.mean(called[rule != "-"] == truth[rule != "-"]) > 0.9
