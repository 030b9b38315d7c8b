"""Parquet → rows, all values as text; a time with a zone becomes the time in Viet Nam.

Row numbers start at 2, as if the names of the columns were row 1 of a spreadsheet.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect.delimited import too_wide
from langnghe.collect.faults import damaged
from langnghe.collect.table import BATCH_ROWS, MAX_COLUMNS, ROW, SAMPLE_ROWS, Rows, Table, tell_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_FAULTS = (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException)


def open_parquet(path: Path) -> Table:
    """Open a Parquet file.

    Raises
    ------
    InputError
        The file is damaged, or has too many columns.
    """
    try:
        schema = pl.scan_parquet(path, glob=False).collect_schema()
        if len(schema) > MAX_COLUMNS:
            raise too_wide(path.name)
        named = dict(zip(tell_apart(schema), schema.items(), strict=True))
        sample = pl.scan_parquet(path, glob=False).head(SAMPLE_ROWS).select(_as_text(named, tuple(named))).collect()
    except _FAULTS as fault:
        raise damaged(path.name, "Parquet") from fault
    return Table(
        name=path.name,
        format="parquet",
        encoding="",
        delimiter="",
        columns=tuple(named),
        sample=sample,
        rows=partial(_rows, path, named),
    )


def _rows(path: Path, named: Mapping[str, tuple[str, pl.DataType]], columns: Sequence[str], text: str) -> Rows:
    del text
    return Rows(partial(_batches, path, named), tuple(columns))


def _batches(
    path: Path, named: Mapping[str, tuple[str, pl.DataType]], columns: tuple[str, ...]
) -> Iterator[pl.DataFrame]:
    try:
        scan = pl.scan_parquet(path, row_index_name=ROW, row_index_offset=2, glob=False)
        wanted = scan.select(pl.col(ROW).cast(pl.UInt64), *_as_text(named, columns))
        for batch in wanted.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
            yield from batch.iter_slices(BATCH_ROWS)
    except _FAULTS as fault:
        raise damaged(path.name, "Parquet") from fault


def _as_text(named: Mapping[str, tuple[str, pl.DataType]], columns: Sequence[str]) -> list[pl.Expr]:
    return [_text(*named[column]).alias(column) for column in columns]


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Datetime):
        local = column.dt.convert_time_zone("Asia/Ho_Chi_Minh") if kind.time_zone else column
        return local.dt.strftime("%Y-%m-%d %H:%M:%S")
    if kind.is_nested() or kind == pl.Object:
        return pl.lit(None, pl.String)
    return column.cast(pl.String, strict=False)
