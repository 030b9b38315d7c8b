"""Disclosure control: the one door through which counts leave.

A cell is shown only when it stands for at least k accounts (2 k distinct messages where the input has no authors). A hidden
cell must not be found by subtraction either: within each partition of one total at least two cells are hidden, and together
they stand for at least k.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.errors import Say, SettingError
from langnghe.nouns import LEAST_K, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence


def rule_for(k: int, *, has_authors: bool) -> Rule:
    """The rule for a corpus: k accounts, or 2 k distinct messages where nothing shows accounts.

    Raises
    ------
    SettingError
        k is below `LEAST_K`.
    """
    if k < LEAST_K:
        raise SettingError(
            "k",
            Say(f"k = {k} quá nhỏ.", f"k = {k} is too small."),
            Say(f"Hãy đặt từ {LEAST_K} trở lên; mặc định là 10.", f"Set {LEAST_K} or more; the default is 10."),
        )
    return Rule(k, "accounts") if has_authors else Rule(2 * k, "messages")


def protect(cells: pl.DataFrame, rule: Rule, *, within: Sequence[str], hide: Sequence[str]) -> pl.DataFrame:
    """Hide the cells that must not leave.

    Parameters
    ----------
    cells : as `count_cells` gives them, whose cells within one value of `within` add up to a total that is published.
    rule : least count.
    within : columns of the partitions ([] for one partition of all rows).
    hide : columns of figures that are emptied (null) in a hidden cell.

    Returns
    -------
    The same rows and order, `hide` emptied where hidden, without shown_by, with a column hidden (Boolean).
    """
    keys = list(within)
    order = cells.with_row_index("_row")
    small = order.with_columns(_hidden=pl.col("shown_by") < rule.k)
    ranked = small.sort([*keys, "shown_by", "_row"], nulls_last=True)
    part: list[str] | pl.Expr = keys or pl.lit(0)
    primary = pl.col("_hidden").sum().over(part)
    mass = pl.col("shown_by").cum_sum().over(part)
    rank = pl.int_range(pl.len()).over(part)
    before = mass - pl.col("shown_by")
    needed = (primary > 0) & ((rank < 2) | (before < rule.k) | (rank < primary))
    protected = ranked.with_columns(_hidden=pl.col("_hidden") | needed).sort("_row")
    emptied = [pl.when("_hidden").then(None).otherwise(pl.col(c)).alias(c) for c in hide]
    return protected.with_columns(emptied).drop("_row", "shown_by").rename({"_hidden": "hidden"})


def only_shown(cells: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """Keep the rows that stand for at least k; for lists that add up to nothing (phrases, shared messages)."""
    return cells.filter(pl.col("shown_by") >= rule.k).drop("shown_by")
