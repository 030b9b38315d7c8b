"""Gaps in collection, told from drops in talk: a week in which a source brought nothing, or far less than it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.measure.counts import lower_tail
from langnghe.measure.holidays import is_tet, step_days
from langnghe.nouns import MERGED, SILENT

if TYPE_CHECKING:
    import datetime as dt

    from langnghe.nouns import Rule

LEAST_USUAL = 10
MOST_LEFT = 0.2
DISPERSION = 0.3
BY_CHANCE = 0.01
"""Texts a week that a source must usually bring; share of them up to which a week is a gap; how much weeks of a source vary; how often such
a week may come by chance."""

GAPS = pl.Schema({"source": pl.String(), "week": pl.Date(), "texts": pl.Int64(), "usual": pl.Float64()})
"""One row per source and week with a gap: what it brought, and the median of its weeks."""


def find_gaps(counts: pl.DataFrame, least: int = 0) -> pl.DataFrame:
    """Find gaps in collection.

    Parameters
    ----------
    counts : source, week (first day), texts; source-weeks without any text may be missing.
    least : counts below it are taken for it. With k − 1 a gap that is told says no more of a hidden cell than that it is a small one.

    Returns
    -------
    DataFrame of schema `GAPS`, sorted by source and week. Weeks around Tết are none: fewer texts are to be expected there.

    Notes
    -----
    One source that falls silent while the others go on is a fault of collection more often than of people; that all sources fall together
    is a drop in talk, which the week's total shows. Where there is one source alone the two can't be told apart, and a gap is assumed.
    """
    weeks = counts["week"].unique().drop_nulls().sort()
    grid = counts.select("source").unique().join(weeks.to_frame(), how="cross")
    filled = grid.join(counts.select("source", "week", "texts"), on=["source", "week"], how="left")
    usual = filled.with_columns(pl.col("texts").fill_null(0).cast(pl.Int64)).with_columns(
        usual=pl.col("texts").cast(pl.Float64).median().over("source")
    )
    taken = usual["texts"].to_numpy().astype(float).clip(least)
    likely = lower_tail(taken, usual["usual"].to_numpy().clip(1e-9), DISPERSION)
    step = step_days(weeks.to_list())
    ordinary = pl.Series([not is_tet(day, step) for day in usual["week"]], dtype=pl.Boolean)
    few = (pl.col("usual") >= LEAST_USUAL) & pl.Series(taken <= MOST_LEFT * usual["usual"].to_numpy())
    return usual.filter(few & pl.Series(likely < BY_CHANCE) & ordinary).sort("source", "week").select(GAPS.names())


def weeks_with_gaps(gaps: pl.DataFrame, counts: pl.DataFrame, share: float = 0.2) -> list[dt.date]:
    """Weeks in which the sources with gaps usually bring at least this share of all texts: such weeks are not judged.

    Parameters
    ----------
    gaps, counts : see `find_gaps`.
    share : of the texts of a usual week.
    """
    whole = counts.group_by("source").agg(pl.col("texts").median().alias("usual"))["usual"].sum()
    missing = gaps.group_by("week").agg(pl.col("usual").sum())
    return missing.filter(pl.col("usual") >= share * max(float(whole), 1.0))["week"].sort().to_list()


def silent_weeks(texts: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """The gaps that may be told, and whether their weeks are judged (schema `nouns.SILENT`).

    Parameters
    ----------
    texts : one row per text: source, week.
    rule : least count: of a source that usually brings so little that k − 1 texts would be no gap, none is told.
    """
    known = texts.filter(pl.col("week").is_not_null() & (pl.col("source") != MERGED))
    counts = known.group_by("source", "week").agg(pl.len().cast(pl.Int64).alias("texts"))
    gaps = find_gaps(counts, rule.k - 1)
    withheld = weeks_with_gaps(gaps, counts)
    told = gaps.select("source", "week", judged=~pl.col("week").is_in(withheld))
    return told.cast(SILENT)


def withheld_weeks(silent: pl.DataFrame) -> list[dt.date]:
    """The weeks that are neither judged nor learnt from, of the gaps that `silent_weeks` gives."""
    return silent.filter(~pl.col("judged"))["week"].unique().sort().to_list()
