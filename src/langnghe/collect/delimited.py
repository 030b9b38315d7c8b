"""CSV, TSV and TXT: find delimiter and header, read well-formed files by Polars' scan, mend the others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect import names
from langnghe.collect.encoding import WHOLE_LIMIT, Decoded, decode
from langnghe.collect.faults import input_fault
from langnghe.collect.files import head, opened, whole
from langnghe.collect.mending import mended, records
from langnghe.collect.shapes import could_belong, is_datum
from langnghe.collect.structure import Structure, check
from langnghe.collect.table import BATCH_ROWS, MAX_COLUMNS, REASON, ROW, SAMPLE_ROWS, Rows, Table, hold, tell_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE_BYTES = 1 << 20
_MOST_SAMPLE_BYTES = 1 << 26
_ENOUGH_ROWS = 20
_BLOCK = 1 << 22
_BOM = b"\xef\xbb\xbf"
_CONSISTENT = 0.5
_ALWAYS = 1.0
_SEP_LINE = re.compile(r'"?sep=(.)"?$')


@dataclass(frozen=True)
class Layout:
    """How a delimited file is laid out: its delimiter, its columns, and the number of records before the first row."""

    delimiter: str
    columns: tuple[str, ...]
    before: int
    has_header: bool


def open_delimited(path: Path) -> Table:
    """Open a CSV, TSV or TXT file.

    Raises
    ------
    InputError
        The file is binary, or has too many columns.
    """
    decoded = decode(path)
    text = _sample_text(path, decoded)
    _refuse_wide(path.name, text)
    layout = find_layout(text, single=path.suffix.lower() == ".txt")
    sample = _sample(text, layout)
    return Table(
        name=path.name,
        format="tsv" if layout.delimiter == "\t" else "csv",
        encoding=decoded.encoding,
        delimiter=layout.delimiter,
        columns=layout.columns,
        sample=sample,
        rows=partial(_rows, path, decoded, layout, sample),
    )


def find_layout(text: str, *, single: bool = False) -> Layout:
    """Find the delimiter and the header in the first part of a file.

    Parameters
    ----------
    text : the first part of the file, decoded.
    single : whether the file is one where a lone column without a header is usual (TXT).
    """
    first = text.lstrip("\r\n").split("\n", 1)[0].strip("\r")
    told = _SEP_LINE.match(first)
    delimiter = told.group(1) if told else _delimiter(text, first)
    cut = list(islice(records(text, delimiter), 0, 50))
    before = next((place for place, record in enumerate(cut) if record.fields), 0) + bool(told)
    header = cut[before].fields if before < len(cut) else [""]
    if has_names(header, single=single and not delimiter):
        return Layout(delimiter, tell_apart(header), before + 1, has_header=True)
    return Layout(delimiter, tuple(f"column_{place + 1}" for place in range(len(header))), before, has_header=False)


def has_names(header: Sequence[str], *, single: bool = False) -> bool:
    """Whether a first row holds names of columns, not data."""
    folded = [names.fold(cell) for cell in header]
    if any(names.is_known(name) for name in folded):
        return True
    return not single and not any(is_datum(cell) for cell in header)


def _delimiter(text: str, first: str) -> str:
    scored = [(*_score(text, sign), sign) for sign in DELIMITERS]
    good = [score for score in scored if score[2] > 1 and _plausible(score[0], score[1], prose=f"{score[3]} " in first)]
    return max(good, key=lambda score: score[:3])[3] if good else ""


def _plausible(known: int, share: float, *, prose: bool) -> bool:
    """Whether a sign may be the delimiter: in prose it stands before a space, and rows differ in how often."""
    if known:
        return not prose or share >= _CONSISTENT
    return share >= (_ALWAYS if prose else _CONSISTENT)


def _score(text: str, sign: str) -> tuple[int, float, int]:
    """How well a delimiter explains the sample: known names in the header, share of rows as wide as it, its width."""
    cut = [record.fields for record in islice(records(text, sign), 0, 500) if record.fields]
    if not cut:
        return 0, 0.0, 0
    widths = Counter(len(fields) for fields in cut)
    known = sum(names.is_known(names.fold(cell)) for cell in cut[0])
    return known, round(widths[len(cut[0])] / len(cut), 1), len(cut[0])


def _sample_text(path: Path, decoded: Decoded) -> str:
    """The first part of the file: whole records, at least a few of them."""
    size = _SAMPLE_BYTES
    while True:
        raw = decoded.data[:size] if decoded.data is not None else head(path, size)
        text = raw.removeprefix(_BOM).decode("utf-8", errors="ignore")
        if len(raw) < size:
            return text
        if text.count("\n") > _ENOUGH_ROWS or size >= _MOST_SAMPLE_BYTES:
            return text[: text.rfind("\n") + 1] or text
        _refuse_wide(path.name, text)
        size *= 4


def _refuse_wide(name: str, text: str) -> None:
    first = text[: text.find("\n")] if "\n" in text else text
    if max(first.count(sign) for sign in DELIMITERS) > MAX_COLUMNS:
        raise too_wide(name)


def too_wide(name: str) -> Exception:
    """The error for a table with more columns than `MAX_COLUMNS`."""
    return input_fault(
        name,
        f"Tệp có hơn {MAX_COLUMNS} cột.",
        f"The file has more than {MAX_COLUMNS} columns.",
        ("Hãy chỉ giữ các cột cần dùng.", "Keep only the columns that are needed."),
    )


def _sample(text: str, layout: Layout) -> pl.DataFrame:
    """The first rows with the right number of fields."""
    width = len(layout.columns)
    found = islice(records(text, layout.delimiter, width), layout.before, layout.before + SAMPLE_ROWS)
    rows = [record.fields for record in found if len(record.fields) == width]
    return pl.DataFrame(rows, schema=dict.fromkeys(layout.columns, pl.String), orient="row")


def _rows(
    path: Path, decoded: Decoded, layout: Layout, sample: pl.DataFrame, columns: Sequence[str], text: str
) -> Rows:
    note = {} if layout.has_header else {"no_header": 1}
    seen = _structure(path, decoded, layout)
    if seen.good and layout.before == layout.has_header:
        blank = {"blank_lines": len(seen.blank)} if seen.blank else {}
        repaired = {**decoded.repaired, **note, **blank}
        source = path if decoded.data is None else decoded.data
        rows = Rows(partial(_scan, source, path.name, layout, seen), tuple(columns), repaired)
        return rows if decoded.data is None else hold(rows)
    data = decoded.data if decoded.data is not None else whole(path, WHOLE_LIMIT).removeprefix(_BOM)
    frame, repairs = _mend(data.decode("utf-8"), layout, sample, columns, text)
    return Rows(frame, tuple(columns), {**decoded.repaired, **note, **repairs})


def _structure(path: Path, decoded: Decoded, layout: Layout) -> Structure:
    return check(_blocks(path, decoded), layout.delimiter, len(layout.columns))


def _blocks(path: Path, decoded: Decoded) -> Iterator[bytes]:
    if decoded.data is not None:
        yield from (decoded.data[at : at + _BLOCK] for at in range(0, len(decoded.data), _BLOCK))
        return
    with opened(path) as file:
        first = file.read(_BLOCK).removeprefix(_BOM)
        while first:
            yield first
            first = file.read(_BLOCK)


def _scan(
    source: Path | bytes, name: str, layout: Layout, seen: Structure, columns: tuple[str, ...]
) -> Iterator[pl.DataFrame]:
    """Read a well-formed file by Polars' streaming scan."""
    places = {column: f"c{place}" for place, column in enumerate(layout.columns)}
    scan = pl.scan_csv(
        source,
        has_header=False,
        separator=layout.delimiter or "\x1f",
        schema=dict.fromkeys(places.values(), pl.String),
        row_index_name=ROW,
        glob=False,
    )
    wanted = scan.select(pl.col(ROW), *(pl.col(places[column]).alias(column) for column in columns))
    count = 0
    for batch in wanted.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
        count += batch.height
        yield from _without_blank(batch, layout.before, seen.blank).iter_slices(BATCH_ROWS)
    if count != seen.records:
        raise input_fault(
            name,
            f"Đọc được {count} dòng trong khi tệp có {seen.records} dòng.",
            f"{count} rows were read while the file has {seen.records}.",
            ("Hãy lưu lại thành XLSX rồi thử lại.", "Save it as XLSX and try again."),
        )


def _without_blank(batch: pl.DataFrame, before: int, blank: tuple[int, ...]) -> pl.DataFrame:
    rows = batch.filter(pl.col(ROW) >= before) if before and batch.height and batch[ROW][0] < before else batch
    if blank:
        rows = rows.filter(~pl.col(ROW).is_in(list(blank)))
    return rows.with_columns(pl.col(ROW).cast(pl.UInt64) + 1)


def _mend(
    text: str, layout: Layout, sample: pl.DataFrame, columns: Sequence[str], text_column: str
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Read a file that is not well-formed: all of its rows, mended where they can be, marked where not."""
    width = len(layout.columns)
    fits = [could_belong(sample[column].to_list()) for column in layout.columns]
    text_at = layout.columns.index(text_column)
    places = [layout.columns.index(column) for column in columns]
    repairs: Counter[str] = Counter()
    rows: list[tuple[int, list[str] | None]] = []
    frames: list[pl.DataFrame] = []
    for number, record in enumerate(records(text, layout.delimiter, width), start=1):
        if number <= layout.before:
            continue
        if not record.fields:
            repairs["blank_lines"] += 1
            continue
        fields, repair = mended(record.fields, width, text_at, fits, layout.delimiter)
        repairs.update(kind for kind in (record.repair, repair) if kind)
        rows.append((number, fields))
        if len(rows) == BATCH_ROWS:
            frames.append(_framed(rows, columns, places))
            rows = []
    frames.append(_framed(rows, columns, places))
    return pl.concat(frames), dict(sorted(repairs.items()))


def _framed(rows: list[tuple[int, list[str] | None]], columns: Sequence[str], places: Sequence[int]) -> pl.DataFrame:
    schema = {ROW: pl.UInt64, **dict.fromkeys(columns, pl.String), REASON: pl.String}
    cells = [[fields[place] if fields else None for _, fields in rows] for place in places]
    reasons = [None if fields else "bad_row" for _, fields in rows]
    return pl.DataFrame([[number for number, _ in rows], *cells, reasons], schema=schema, orient="col")
