"""What was asked of the network before it was trained, and what was reached out of fold."""

from dataclasses import dataclass

from efficientecg.results import OUT_OF_FOLD, Results, interval, table


@dataclass(frozen=True)
class Target:
    """An AUROC to reach, with the lower end of its interval over `low`; none ships under `floor`."""

    words: str
    label: str
    value: float
    low: float
    floor: float


TARGETS = (
    Target("5 superclasses ≥ 0.92, interval over 0.90", "macro-superclass", 0.92, 0.90, 0.905),
    Target("AFIB ≥ 0.98", "AFIB", 0.98, 0.0, 0.95),
)


def targets(results: Results) -> str:
    """What was asked for before the training, and what was reached."""
    rows = []
    for target in TARGETS:
        row = results.row(OUT_OF_FOLD, "all", "AUROC", target.label)
        if row:
            met = row["value"] >= target.value and row["low"] >= target.low
            floor = "held" if row["value"] >= target.floor else "missed"
            rows.append(
                [target.words, interval(row), "met" if met else "missed", f"{target.floor:g}: {floor}"]
            )
    return table(["target, out of fold", "found", "target", "floor"], rows)
