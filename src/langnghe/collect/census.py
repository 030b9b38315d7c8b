"""The first reading of a file: which rows are kept, and of the kept ones the dates, the accounts and the groups.

A row is left out for one reason: `bad_row` (can't be understood), `not_a_text` (a nested value), `empty_text` (nothing
to read in it) or `too_long` (more than 20,000 characters).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect.groups import even
from langnghe.collect.table import REASON, ROW, Rows
from langnghe.collect.voice import account_keys
from langnghe.nouns import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from langnghe.collect.columns import Roles

MAX_LETTERS = 20_000
REASONS = ("bad_row", "not_a_text", "empty_text", "too_long")
NOTHING = ("nan", "NaN", "null", "NULL", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!")
"""What exports and spreadsheets write where there is no text."""

_VISIBLE = r"[^\s\p{Cc}\p{Cf}\x{115f}\x{1160}\x{3164}]"


@dataclass(frozen=True)
class Census:
    """What the first reading of a file tells.

    Attributes
    ----------
    kept : for each row, in order, whether it is kept (Boolean).
    left_out : frame of schema `LEFT_OUT`.
    dates : dates of the kept rows as they were written (String); None without a column of dates.
    accounts : keys of the accounts of the kept rows (UInt64); None without a column of authors.
    values : distinct values of the source and the groups, by column: frames of value and count.
    nul : texts with NUL characters, which are dropped.
    """

    kept: pl.Series
    left_out: pl.DataFrame
    dates: pl.Series | None
    accounts: pl.Series | None
    values: Mapping[str, pl.DataFrame]
    nul: int


@dataclass(frozen=True)
class _Part:
    """The census of one batch."""

    kept: pl.Series
    left_out: pl.DataFrame
    dates: pl.Series
    accounts: pl.Series
    values: dict[str, pl.DataFrame]
    nul: int


def take_census(rows: Rows, roles: Roles, name: str, seed: int, told: Callable[[int], None]) -> Census:
    """Go through the rows of a file once.

    Parameters
    ----------
    name : file name, for the rows left out.
    seed : key of the hash of accounts.
    told : is told the number of rows so far.
    """
    parts = list(_parts(rows, roles, name, seed, told))
    grouped = tuple(column for column in (roles.source, *roles.groups) if column)
    return Census(
        kept=_joined([part.kept for part in parts], pl.Boolean()),
        left_out=pl.concat([LEFT_OUT.to_frame(), *(part.left_out for part in parts)]),
        dates=_joined([part.dates for part in parts], pl.String()) if roles.date else None,
        accounts=_joined([part.accounts for part in parts], pl.UInt64()) if roles.author else None,
        values={column: _summed([part.values[column] for part in parts]) for column in grouped},
        nul=sum(part.nul for part in parts),
    )


def _parts(rows: Rows, roles: Roles, name: str, seed: int, told: Callable[[int], None]) -> Iterator[_Part]:
    done = 0
    for batch in rows.batches():
        yield _part(batch, roles, name, seed)
        done += batch.height
        told(done)


def _part(batch: pl.DataFrame, roles: Roles, name: str, seed: int) -> _Part:
    judged = batch.with_columns(_reason(roles.text, given=REASON in batch.columns))
    kept = judged[REASON].is_null()
    good = judged.filter(kept)
    grouped = [column for column in (roles.source, *roles.groups) if column]
    return _Part(
        kept=kept,
        left_out=judged.filter(~kept).select(file=pl.lit(name), row=ROW, reason=REASON).cast(LEFT_OUT),
        dates=good[roles.date] if roles.date else pl.Series(dtype=pl.String),
        accounts=account_keys(good[roles.author], seed) if roles.author else pl.Series(dtype=pl.UInt64),
        values={column: _counted(good[column]) for column in grouped},
        nul=int(good[roles.text].str.contains("\0", literal=True).sum()),
    )


def _reason(text: str, *, given: bool) -> pl.Expr:
    said = pl.col(text)
    empty = ~said.str.contains(_VISIBLE) | said.str.strip_chars().is_in(NOTHING)
    long = (said.str.len_bytes() > MAX_LETTERS) & (said.str.len_chars() > MAX_LETTERS)
    found = pl.when(said.is_null() | empty).then(pl.lit("empty_text")).when(long).then(pl.lit("too_long"))
    reason = found.otherwise(pl.lit(None, pl.String))
    return (pl.coalesce(REASON, reason) if given else reason).alias(REASON)


def _counted(values: pl.Series) -> pl.DataFrame:
    """How often each value occurs: counted as typed, for few values are made even in less time than many; `_summed` puts equal ones together."""
    counted = values.drop_nulls().alias("value").value_counts(name="count")
    return counted.with_columns(even(counted["value"])).drop_nulls("value")


def _summed(frames: list[pl.DataFrame]) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"value": pl.String, "count": pl.UInt32})
    return (
        pl.concat([empty, *frames], how="vertical_relaxed").group_by("value").agg(pl.col("count").sum()).sort("value")
    )


def _joined(parts: list[pl.Series], kind: pl.DataType) -> pl.Series:
    named = [part.alias("") for part in parts]
    return pl.concat(named) if named else pl.Series(dtype=kind)
