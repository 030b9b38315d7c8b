"""Copies on a generated file: B-cubed over all texts, and per kind of edit the share that came to their root."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.grouping import METHODS, installed
from evals.datasets import planted
from evals.metrics import b_cubed, singletons
from evals.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ROWS = 20_000
DATA = "planted, 20k"
LENGTHS = {"8–13 words": (0, 14), "14–29 words": (14, 30), "30 words and more": (30, 10_000)}
"""Length of the message that was copied."""


def results() -> Iterator[Result]:
    """Ours beside the peers that are installed."""
    with tempfile.TemporaryDirectory() as folder:
        texts, truth = planted(ROWS, Path(folder))
    true = singletons(truth["group"])
    for method, group in METHODS.items():
        if not installed(method):
            print(f"copies: {method} skipped, it is not installed (requirements/evals.txt)")
            continue
        found = group(texts)
        for metric, value in _figures(found.group, true, truth, texts).items():
            yield Result("copies", DATA, method, metric, value, found.cpu_s)


def _figures(
    found: NDArray[np.int64], true: NDArray[np.int64], truth: pl.DataFrame, texts: pl.Series
) -> dict[str, float]:
    copied = truth["group"].is_not_null().to_numpy()
    precision, recall = b_cubed(found, true)
    size = np.bincount(np.unique(found, return_inverse=True)[1])[np.unique(found, return_inverse=True)[1]]
    figures = {
        "B³ precision": precision,
        "B³ recall": recall,
        "B³ recall of planted rows": b_cubed(found, true, copied)[1],
        "share of organic rows grouped": float((size[~copied] > 1).mean()),
    }
    joined = _joined(found, truth)
    for (kind,), part in joined.group_by("edit", maintain_order=True):
        figures[f"joined, {kind}"] = float(part["joined"].mean())  # type: ignore[arg-type] # a share of booleans
    words = joined["row"].to_numpy()
    lengths = texts.gather(words).str.split(" ").list.len().to_numpy()
    for name, (least, below) in LENGTHS.items():
        rows = (lengths >= least) & (lengths < below)
        figures[f"joined, {name}"] = float(joined["joined"].to_numpy()[rows].mean())
    return figures


def _joined(found: NDArray[np.int64], truth: pl.DataFrame) -> pl.DataFrame:
    """Every planted copy (not the roots), and whether it is in the group of its root; by kind of edit."""
    rows = truth.with_columns(found=pl.Series(found)).filter(pl.col("group").is_not_null())
    roots = rows.filter(pl.col("edit") == "root").select("group", root="found")
    copies = rows.filter(pl.col("edit") != "root").join(roots, on="group")
    return copies.with_columns(joined=pl.col("found") == pl.col("root")).sort("edit", "row")
