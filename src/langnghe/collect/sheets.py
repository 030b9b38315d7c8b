"""XLSX: the first sheet with texts, after a look into the archive for what would burst the memory.

Cells are read as what they show, formulas as their last result. Row numbers are those of the sheet.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from langnghe.collect.delimited import has_names, too_wide
from langnghe.collect.faults import ANOTHER, SAVE_AGAIN, damaged, input_fault, unreadable
from langnghe.collect.table import MAX_COLUMNS, ROW, SAMPLE_ROWS, Rows, Table, tell_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAX_ENTRIES = 10_000
MAX_BYTES = 1 << 30
MAX_RATIO = 200
MAX_CELLS = 40_000_000

_SMALL = 32 << 20
_BLOCK = 1 << 20
_OVERLAP = 64
_CELL = re.compile(rb'<c\b[^>]{0,40}?\br="([A-Z]{1,3})(\d{1,7})"')
_HEADER_WITHIN = 10


@dataclass(frozen=True)
class Extent:
    """How far the cells of a sheet reach (row, column), how many they are, and how long strings are, in bytes."""

    first: tuple[int, int] = (1 << 30, 1 << 30)
    last: tuple[int, int] = (0, 0)
    cells: int = 0
    longest: int = 0
    open_string: int = 0

    def area(self) -> int:
        """Cells between the first and the last: what has to be held in memory."""
        return max(0, self.last[0] - self.first[0] + 1) * max(0, self.last[1] - self.first[1] + 1)


def open_sheet(path: Path, has_text: Callable[[Table], bool]) -> Table:
    """Open an XLSX file at its first sheet for which `has_text` holds, else at its first sheet that is not empty.

    Raises
    ------
    InputError
        The archive is damaged, too large when unpacked, or has no cells.
    """
    refuse_bomb(path)
    try:
        reader = fastexcel.read_excel(path)
        tables = (table for name in reader.sheet_names if (table := _table(path, reader, name)))
        first = next(tables, None)
        if first is None:
            raise input_fault(path.name, "Bảng tính trống.", "The workbook is empty.", ANOTHER)
        return first if has_text(first) else next((table for table in tables if has_text(table)), first)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as fault:
        raise damaged(path.name, "XLSX") from fault


def _table(path: Path, reader: fastexcel.ExcelReader, name: str) -> Table | None:
    frame = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    if not frame.height or not frame.width:
        return None
    numbered = frame.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.UInt64))
    full = numbered.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    if not full.height:
        return None
    if frame.width > MAX_COLUMNS:
        raise too_wide(path.name)
    return replace(_headed(path, full), sheet=name)


def _headed(path: Path, full: pl.DataFrame) -> Table:
    """A table from the rows that are not empty: titles above the header are passed over."""
    place = _header_place(full)
    cells = [cell or "" for cell in full.row(place)[1:]]
    headed = has_names(cells)
    names = tell_apart(cells if headed else [""] * len(cells))
    rows = full.slice(place + headed).rename(dict(zip(full.columns[1:], names, strict=True)))
    return Table(
        name=path.name,
        format="xlsx",
        encoding="",
        delimiter="",
        columns=names,
        sample=rows.head(SAMPLE_ROWS).drop(ROW),
        rows=partial(_rows, rows, {} if headed else {"no_header": 1}),
    )


def _header_place(full: pl.DataFrame) -> int:
    """The first row with more than one cell, if there is one near the top: a title stands alone in its row."""
    top = full.head(_HEADER_WITHIN).select(pl.sum_horizontal(pl.exclude(ROW).is_not_null()).alias("cells"))["cells"]
    return next((place for place, cells in enumerate(top) if cells > 1), 0)


def _rows(rows: pl.DataFrame, repaired: dict[str, int], columns: Sequence[str], text: str) -> Rows:
    del text
    return Rows(rows.select(ROW, *columns), tuple(columns), repaired)


def refuse_bomb(path: Path) -> None:
    """Refuse an archive that is no workbook, or that is out of proportion when it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_sizes(path.name, entries)
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise input_fault(
                    path.name,
                    "Đây là tệp nén, không phải bảng tính XLSX.",
                    "This is an archive, not an XLSX workbook.",
                    SAVE_AGAIN,
                )
            extents = [_unpack(path.name, archive, entry) for entry in entries]
            longest = max(max(extent.longest, extent.open_string) for extent in extents)
            if longest > _BLOCK and longest * sum(extent.cells for extent in extents) > MAX_BYTES:
                raise too_large(path.name)
    except OSError as fault:
        raise unreadable(path, fault) from fault
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zipfile.LargeZipFile, ValueError) as fault:
        raise damaged(path.name, "XLSX") from fault


def _refuse_sizes(name: str, entries: Sequence[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_BYTES or (total > _SMALL and total > MAX_RATIO * max(1, packed)):
        raise too_large(name)


def _unpack(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Extent:
    """Unpack one entry once, block by block: its size must be as the directory says."""
    extent, held = Extent(), b""
    read = {"xl/worksheets/": _with_cells, "xl/sharedStrings": _with_strings}
    look = next((add for start, add in read.items() if entry.filename.startswith(start)), None)
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            if look:
                data = held + block
                extent = look(extent, data)
                held = data[-_OVERLAP:]
    if extent.area() > MAX_CELLS or extent.cells > MAX_CELLS:
        raise too_large(name)
    return extent


def _with_cells(extent: Extent, data: bytes) -> Extent:
    cells = extent.cells + data.count(b"</c>")
    found = set(_CELL.findall(data))
    if not found:
        return replace(extent, cells=cells)
    rows = [int(row) for _, row in found]
    columns = [_column(letters) for letters in {letters for letters, _ in found}]
    return replace(
        extent,
        cells=cells,
        first=(min(extent.first[0], *rows), min(extent.first[1], *columns)),
        last=(max(extent.last[0], *rows), max(extent.last[1], *columns)),
    )


def _with_strings(extent: Extent, data: bytes) -> Extent:
    """The longest shared string, near enough: it may stand in every cell."""
    starts = [found.start() for found in re.finditer(rb"<si\b", data)]
    if not starts:
        return replace(extent, open_string=extent.open_string + len(data))
    gaps = [extent.open_string + starts[0], *(later - one for one, later in pairwise(starts)), len(data) - starts[-1]]
    return replace(extent, open_string=gaps[-1], longest=max(extent.longest, *gaps))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def too_large(name: str) -> Exception:
    """The error for a workbook that is out of proportion when unpacked."""
    return input_fault(
        name,
        "Bảng tính phình quá lớn khi giải nén.",
        "The workbook grows too large when it is unpacked.",
        ("Hãy chép phần dữ liệu sang tệp mới, hoặc lưu thành CSV.", "Copy the data to a new file, or save it as CSV."),
    )
