"""Small units first: groups and sources below k become one 'other', which loses less than hiding them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.measure.cells import count_cells
from langnghe.nouns import MERGED

if TYPE_CHECKING:
    from langnghe.nouns import Rule


def merge_small(texts: pl.DataFrame, column: str, rule: Rule) -> pl.DataFrame:
    """Call the values of a column that fewer than k stand for `nouns.MERGED`, and the next smallest too until they are k.

    Parameters
    ----------
    texts : as `count_cells` takes them.
    column : a column of strings; null is a value like others.
    rule : least count.

    Returns
    -------
    The same rows. Names of small units are not kept: that a unit is listed at all says that somebody wrote there.
    """
    cells = count_cells(texts, [column]).sort(["shown_by", "texts", column], nulls_last=True)
    small = cells.filter(pl.col("shown_by") < rule.k).height
    merged = texts
    while 0 < small <= len(cells):
        among = pl.col(column).is_in(cells[column].head(small).drop_nulls().implode())
        if cells[column].head(small).null_count():
            among = among.fill_null(value=True)
        merged = texts.with_columns(pl.when(among).then(pl.lit(MERGED)).otherwise(pl.col(column)).alias(column))
        if count_cells(merged.filter(pl.col(column) == MERGED), [])["shown_by"][0] >= rule.k:
            break
        small += 1
    return merged
