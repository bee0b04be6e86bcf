"""Counts by age and sex against counting by hand."""

from pathlib import Path

import numpy as np

from efficientecg.labels import CODES
from efficientecg.prevalence import BANDS, Person, prevalence, read_people

HEADER = "ecg_id,patient_id,age,sex,strat_fold,scp_codes\n"


def person(age: float, sex: str, fold: int, *codes: str) -> Person:
    return Person(age, sex, fold, np.array([code in codes for code in CODES], np.float32))


def test_counts_by_band_and_sex() -> None:
    people = [
        person(18, "female", 1, "NORM"),
        person(39.9, "female", 8, "AFIB"),
        person(40, "female", 2, "NORM"),
        person(300, "male", 3, "AFIB", "MI"),
        person(17.9, "female", 1, "NORM"),  # a child
        person(50, "male", 9, "NORM"),  # what a release is tested on
        person(50, "male", 10, "NORM"),
    ]
    found = prevalence(people)
    assert BANDS[:2] == (18, 40)
    assert found["records"] == {"female": [2, 1, 0, 0, 0, 0], "male": [0, 0, 0, 0, 0, 1]}
    assert found["positives"]["NORM"] == {"female": [1, 1, 0, 0, 0, 0], "male": [0] * 6}
    assert found["positives"]["AFIB"] == {"female": [1, 0, 0, 0, 0, 0], "male": [0, 0, 0, 0, 0, 1]}
    assert found["countedOn"] == "PTB-XL 1.0.3, folds 1–8, 4 ECGs of adults"


def test_reads_the_labels_of_all_and_the_signals_otherwise(packed: Path) -> None:
    assert len(read_people(packed)) == 3  # of four records one has no age
    rows = "1,7,63,female,1,\"{'IMI': 15.0}\"\n2,8,,male,1,\"{'SR': 0.0}\"\n"
    (packed / "labels_without_signals.csv").write_text(HEADER + rows)
    (only,) = read_people(packed)
    assert [code for code, present in zip(CODES, only.labels, strict=True) if present] == ["MI", "IMI"]
