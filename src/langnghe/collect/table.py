"""A file that was opened: the names of its columns, a sample, and how to read its rows as often as needed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

ROW = "#row"
"""Column of row numbers as a spreadsheet shows them (UInt64). User's columns can't be called so: see `tell_apart`."""

REASON = "#reason"
"""Optional column (String): why the reader leaves this row out; null where it is good."""

BATCH_ROWS = 131_072
SAMPLE_ROWS = 2_000
MAX_COLUMNS = 2_000


Read = Callable[[tuple[str, ...]], Iterator[pl.DataFrame]]
"""Reads the named columns: frames of at most `BATCH_ROWS` rows with `ROW`, the columns as String, perhaps `REASON`."""


@dataclass(frozen=True)
class Rows:
    """The rows of a table, for the columns that were asked for.

    Attributes
    ----------
    source : how to read columns again, or the frame that holds them where a file had to be read as a whole.
    columns : the columns.
    repaired : repairs by kind that making these rows took.
    """

    source: Read | pl.DataFrame
    columns: tuple[str, ...]
    repaired: Mapping[str, int] = field(default_factory=dict)

    def batches(self) -> Iterator[pl.DataFrame]:
        """Read the rows from the start, as frames of at most `BATCH_ROWS` rows."""
        if isinstance(self.source, pl.DataFrame):
            yield from self.source.iter_slices(BATCH_ROWS)
        else:
            yield from self.source(self.columns)

    def only(self, columns: Sequence[str]) -> Rows:
        """The same rows with fewer columns: nothing holds the others afterwards."""
        if not isinstance(self.source, pl.DataFrame):
            return replace(self, columns=tuple(columns))
        reason = [REASON] if REASON in self.source.columns else []
        return replace(self, columns=tuple(columns), source=self.source.select(ROW, *columns, *reason))


def hold(rows: Rows) -> Rows:
    """The same rows in memory, where what they are read from must not stay."""
    empty = pl.DataFrame(schema={ROW: pl.UInt64, **dict.fromkeys(rows.columns, pl.String)})
    frames = list(rows.batches())
    return replace(rows, source=pl.concat(frames) if frames else empty)


@dataclass(frozen=True)
class Table:
    """One file, opened.

    Attributes
    ----------
    name : file name, for messages.
    columns : names of the columns, each once.
    sample : the first rows, all columns as String.
    rows : rows(columns, text) gives the `Rows` of those columns; `text` is the column that holds the texts.
    sheet : name of the sheet of a workbook, else ''.
    """

    name: str
    format: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    sample: pl.DataFrame
    rows: Callable[[Sequence[str], str], Rows]
    sheet: str = ""


def tell_apart(names: Iterable[str]) -> tuple[str, ...]:
    """Names of columns, each once: blanks become 'column_3', doubles 'text', 'text_2'."""
    given = [_tidy(name) or f"column_{place}" for place, name in enumerate(names, start=1)]
    seen: dict[str, int] = {}
    taken = set(given)
    told: list[str] = []
    for name in given:
        seen[name] = seen.get(name, 0) + 1
        new = name
        while seen[name] > 1 and (new := f"{name}_{seen[name]}") in taken:
            seen[name] += 1
        taken.add(new)
        told.append(new)
    return tuple(told)


def _tidy(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.replace("\0", "").replace("\ufeff", ""))
    return " ".join(plain.split()).lstrip("#").strip()
