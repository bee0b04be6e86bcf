"""Tables that a script writes into a hand-written document, between two marks."""

from pathlib import Path

END = "<!-- end -->"


def write_between(path: Path, begin: str, text: str) -> None:
    """Replaces what stands between `begin` and the next `END`; raises ValueError where they are not."""
    old = path.read_text(encoding="utf-8")
    before, _, rest = old.partition(begin)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{path} lacks {begin} and {END}")
    path.write_text(f"{before}{begin}\n\n{text}\n\n{END}{after}", encoding="utf-8")
