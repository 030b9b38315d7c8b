"""Sizes as people write them ('10k', '1M') and where the generated files lie."""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = Path(os.environ.get("LANGNGHE_BENCH", ROOT / "out" / "bench"))
"""Where generated files are written: git ignores it."""

_FACTOR = {"": 1, "k": 1_000, "m": 1_000_000}


def size(written: str) -> int:
    """The number of rows that a size stands for.

    Raises
    ------
    ValueError
        It is no number followed by k, M or nothing.

    Examples
    --------
    >>> size("10k"), size("1M"), size("2000")
    (10000, 1000000, 2000)
    """
    match = re.fullmatch(r"([1-9]\d{0,8})([kKmM]?)", written)
    if not match:
        message = f"{written}: write a size as 2000, 10k or 1M"
        raise ValueError(message)
    return int(match[1]) * _FACTOR[match[2].lower()]


def label(rows: int) -> str:
    """The shortest way to write a number of rows: 10000 → '10k'."""
    for letter, factor in (("M", 1_000_000), ("k", 1_000)):
        if rows and rows % factor == 0:
            return f"{rows // factor}{letter}"
    return str(rows)


def comments(rows: int, out: Path = OUT) -> Path:
    """The generated file of a size."""
    return out / f"comments-{label(rows)}.csv"


def truth(rows: int, out: Path = OUT) -> Path:
    """What was planted in the generated file of a size."""
    return out / f"comments-{label(rows)}.truth.parquet"
