"""Counting texts, distinct messages and voices in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTED = ("texts", "messages", "voices", "voice", "shown_by")
"""What `count_cells` gives per cell: texts; distinct messages (groups of copies count once); voices (sum, rounded down); that sum
before it is rounded; and the number of accounts, or of distinct messages, that the cell shows for certain, which is held
against k."""


def count_cells(texts: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Count the cells of a table.

    Parameters
    ----------
    texts : one row per text and cell, with the columns copy_of, voice (null where the input has no authors), batch and `by`.
    by : columns that make the cells; empty for one cell of all texts.

    Returns
    -------
    DataFrame with the columns `by` and `COUNTED`, sorted by `by`.

    Notes
    -----
    For k a group of copies counts 1 at most, and over several batches (input files) the largest sum counts, never the total:
    one person may stand in two files. Without authors every distinct message counts 1.
    """
    keys = list(by)
    messages = texts.group_by([*keys, "batch", "copy_of"]).agg(
        pl.len().alias("texts"),
        pl.col("voice").fill_null(0.0).sum(),
        pl.col("voice").is_null().any().alias("authorless"),
    )
    safe = pl.when("authorless").then(1.0).otherwise(pl.col("voice").clip(upper_bound=1.0))
    batches = messages.group_by([*keys, "batch"]).agg(
        pl.col("texts").sum(), pl.col("voice").sum(), safe.sum().alias("safe")
    )
    distinct = messages.group_by(keys or [pl.lit(0)]).agg(pl.col("copy_of").n_unique().alias("messages"))
    cells = batches.group_by(keys or [pl.lit(0)]).agg(
        pl.col("texts").sum(),
        (pl.col("voice").sum() + 1e-9).floor().alias("voices"),
        pl.col("voice").sum().cast(pl.Float64),
        pl.col("safe").max(),
    )
    joined = cells.join(distinct, on=keys or "literal", nulls_equal=True)
    shown_by = (pl.col("safe") + 1e-9).floor().cast(pl.Int64).alias("shown_by")
    whole = [pl.col(c).cast(pl.Int64) for c in ("texts", "messages", "voices")]
    counted = joined.select(*keys, *whole, "voice", shown_by)
    return counted.sort(keys, nulls_last=True) if keys else counted
