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

ALONE = "alone"
"""Whether a text has no copy in the corpus; such a text stands in a cell once."""


def count_cells(texts: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Count the cells of a table.

    Parameters
    ----------
    texts : one row per text and cell, with the columns copy_of, voice (null where the input has no authors), batch and `by`;
        where it has the column `ALONE` (see `with_alone`), counting is faster.
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
    alone = pl.col(ALONE) if ALONE in texts.columns else pl.lit(value=False)
    known = texts.lazy().with_columns(pl.col("voice").fill_null(0.0), authorless=pl.col("voice").is_null())
    parts = [_single(known.filter(alone), keys), *_copied(known.filter(~alone), keys)]
    batches = pl.concat(parts[:2]).group_by([*keys, "batch"]).agg(pl.col("texts", "voice", "safe", "messages").sum())
    cells = batches.group_by(keys or [pl.lit(0)]).agg(
        pl.col("texts").sum(),
        (pl.col("voice").sum() + 1e-9).floor().alias("voices"),
        pl.col("voice").sum().cast(pl.Float64),
        pl.col("safe").max(),
        pl.col("messages").sum(),
    )
    distinct = parts[2].group_by(keys or [pl.lit(0)]).agg(pl.col("copy_of").n_unique().alias("copied"))
    joined = cells.join(distinct, on=keys or "literal", how="left", nulls_equal=True)
    messages = pl.col("messages") + pl.col("copied").fill_null(0)
    shown_by = (pl.col("safe") + 1e-9).floor().cast(pl.Int64).alias("shown_by")
    whole = [pl.col(c).cast(pl.Int64) for c in ("texts", "messages", "voices")]
    counted = joined.with_columns(messages).select(*keys, *whole, "voice", shown_by).collect()
    return counted.sort(keys, nulls_last=True) if keys else counted


def with_alone(texts: pl.DataFrame) -> pl.DataFrame:
    """Texts with the column `ALONE`: most have no copy, and cells of them are counted several times as fast."""
    if ALONE in texts.columns:
        return texts
    return texts.with_columns((pl.len().over("copy_of") == 1).alias(ALONE))


def _single(texts: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """Texts without a copy: each is a message."""
    safe = pl.when("authorless").then(1.0).otherwise(pl.col("voice").clip(upper_bound=1.0))
    return texts.group_by([*keys, "batch"]).agg(
        pl.len().alias("texts"), pl.col("voice").sum(), safe.sum().alias("safe"), pl.len().alias("messages")
    )


def _copied(texts: pl.LazyFrame, keys: list[str]) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Texts with copies: the same columns, messages not counted yet as one may stand in two batches; and the messages."""
    messages = texts.group_by([*keys, "batch", "copy_of"]).agg(
        pl.len().alias("texts"), pl.col("voice").sum(), pl.col("authorless").any()
    )
    safe = pl.when("authorless").then(1.0).otherwise(pl.col("voice").clip(upper_bound=1.0))
    batches = messages.group_by([*keys, "batch"]).agg(
        pl.col("texts").sum(), pl.col("voice").sum(), safe.sum().alias("safe"), pl.lit(0, pl.UInt32).alias("messages")
    )
    return batches, messages
