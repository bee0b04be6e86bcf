"""Folds and patients: PTB-XL's own stratified folds, checked to keep each patient on one side."""

import numpy as np

from efficientecg.ptbxl import Dataset


def parse_folds(text: str) -> set[int]:
    """ "1-6,8" -> {1, ..., 6, 8}; an empty text is no fold."""
    folds: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        folds |= set(range(int(first), int(last or first) + 1))
    return folds


def split_by_fold(data: Dataset, train: set[int], held: set[int]) -> tuple[Dataset, Dataset]:
    """Two datasets; raises ValueError when folds overlap or a patient is on both sides."""
    if train & held:
        raise ValueError(f"folds on both sides: {sorted(train & held)}")
    left = data.take(np.flatnonzero(np.isin(data.folds, sorted(train))))
    right = data.take(np.flatnonzero(np.isin(data.folds, sorted(held))))
    shared = set(left.patients) & set(right.patients)
    if shared:
        raise ValueError(f"patients on both sides: {sorted(shared)}")
    return left, right
