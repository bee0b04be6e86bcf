"""Rows of `model.json`'s results, looked up and shown in tables."""

from typing import Any

FOLD, OUT_OF_FOLD = "PTB-XL fold 9", "PTB-XL folds 1–8, out of fold"


def interval(row: dict[str, Any]) -> str:
    return f"{row['value']:.3f} ({row['low']:.3f}–{row['high']:.3f})"


class Results:
    """Looks up rows of `results`."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = {(r["set"], r["signals"], r["metric"], r["label"]): r for r in rows}

    def row(self, name: str, signals: str, metric: str, label: str) -> dict[str, Any] | None:
        return self.rows.get((name, signals, metric, label))

    def cell(self, name: str, signals: str, metric: str, label: str) -> str:
        row = self.row(name, signals, metric, label)
        return interval(row) if row else "–"


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
