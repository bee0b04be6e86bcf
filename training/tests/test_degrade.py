"""Degraded recordings keep what physics keeps; out of fold means out of fold."""

from pathlib import Path

import numpy as np
import pytest
import wfdb
from conftest import beats, write_raw

from efficientecg.config import LEADS
from efficientecg.degrade import INDEPENDENT, Recording, conditions, degraded, limb_leads, write_condition
from efficientecg.ptbxl import Record

NOISE = {
    kind: np.random.default_rng(i).standard_normal((2, 20_000)) for i, kind in enumerate(("bw", "em", "ma"))
}


@pytest.fixture
def recording() -> Recording:
    """Twelve leads of 10 s at 500 Hz whose limb leads follow from I and II."""
    mv = beats(500, 70, 1)
    leads = {name: mv[:, i] for i, name in enumerate(LEADS)}
    return Recording(leads | limb_leads(leads["I"], leads["II"]), 500)


def changed(recording: Recording, name: str) -> Recording:
    return conditions(NOISE)[name].change(recording, np.random.default_rng(0))


@pytest.mark.parametrize("name", ["arms", "left", "em0", "rate100", "middle5"])
def test_limb_leads_still_follow_from_two(recording: Recording, name: str) -> None:
    leads = changed(recording, name).leads
    for lead, expected in limb_leads(leads["I"], leads["II"]).items():
        np.testing.assert_allclose(leads[lead], expected, atol=1e-9)


def test_exchanged_arms(recording: Recording) -> None:
    old, new = recording.leads, changed(recording, "arms").leads
    np.testing.assert_allclose(new["I"], -old["I"])
    np.testing.assert_allclose(new["II"], old["III"])
    np.testing.assert_allclose(new["aVR"], old["aVL"], atol=1e-12)
    np.testing.assert_array_equal(new["V1"], old["V1"])


@pytest.mark.parametrize("decibel", [24, 0])
def test_noise_has_its_ratio(recording: Recording, decibel: int) -> None:
    noisy = changed(recording, f"ma{decibel}").leads
    for lead in INDEPENDENT:
        ratio = recording.leads[lead].var() / (noisy[lead] - recording.leads[lead]).var()
        assert 10 * np.log10(ratio) == pytest.approx(decibel, abs=0.01)


def test_lengths_and_leads(recording: Recording) -> None:
    assert {len(x) for x in changed(recording, "rate100").leads.values()} == {1000}
    assert {len(x) for x in changed(recording, "rate1000").leads.values()} == {10_000}
    assert {len(x) for x in changed(recording, "middle5").leads.values()} == {2500}
    assert list(changed(recording, "leads2").leads) == ["I", "II"]


def test_the_file_holds_what_the_network_is_given(recording: Recording, tmp_path: Path) -> None:
    write_raw(tmp_path / "00001_hr", np.stack([recording.leads[lead] for lead in LEADS], 1))
    record = Record(1, "1", 60, "male", 1, {}, "raw500", tmp_path / "00001_hr")
    condition = conditions(NOISE)["bw6"]
    write_condition([record], tmp_path, "bw6", condition)
    written = wfdb.rdrecord(str(tmp_path / "bw6" / "00001_hr-bw6"))
    given = degraded(record, "bw6", condition)
    for i, name in enumerate(written.sig_name):
        np.testing.assert_allclose(written.p_signal[:, i], given.leads[name], atol=1e-9)
