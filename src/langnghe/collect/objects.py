"""JSON Lines, JSON arrays and an object that holds one array → rows.

A row number is the line of the file, or the place in the array, from 1. Numbers are read as they are written; a nested
value is written out again for the roles that may have one, and is never a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import polars as pl

from langnghe.collect.delimited import too_wide
from langnghe.collect.encoding import WHOLE_LIMIT, Decoded, decode
from langnghe.collect.faults import SAVE_AGAIN, damaged, input_fault
from langnghe.collect.files import opened, whole
from langnghe.collect.table import BATCH_ROWS, MAX_COLUMNS, REASON, ROW, SAMPLE_ROWS, Rows, Table, hold, tell_apart

if TYPE_CHECKING:
    from pathlib import Path

Numbered = tuple[int, object]
"""A row number, and the value that was read there; `_BAD` where nothing could be read."""

Values = Callable[[], Iterator[Numbered]]

Batches = Callable[[Mapping[str, str], str, tuple[str, ...]], Iterator[pl.DataFrame]]
"""Called as batches(key of each column, key of the text, columns)."""

_BAD = object()
_NO_REASON = pl.lit(None, pl.String).alias(REASON)
_LONE = "text"
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF, _PAIR = re.compile(_HIGH + b"|" + _LOW), re.compile(_HIGH + _LOW)
_BOM = b"\xef\xbb\xbf"


def open_lines(path: Path) -> Table:
    """Open a file of JSON Lines (NDJSON)."""
    decoded = decode(path)
    halves = _halves(path, decoded)
    return _table(
        path, decoded, partial(_lines, path, decoded), halves, partial(_line_batches, path, decoded, halves == 0)
    )


def open_json(path: Path) -> Table:
    """Open a JSON file: an array, an object that holds one array, or one object.

    Raises
    ------
    InputError
        It is no JSON, or no array can be told in it.
    """
    decoded = decode(path)
    data = decoded.data if decoded.data is not None else whole(path, WHOLE_LIMIT)
    parsed = _parsed(data.removeprefix(_BOM))
    if parsed is _BAD:
        return open_lines(path) if data.count(b"\n") else _raise(damaged(path.name, "JSON"))
    array = _array(parsed, path.name)
    return _table(path, decoded, partial(enumerate, array, 1), _halves(path, decoded))


def _table(path: Path, decoded: Decoded, values: Values, halves: int, lines: Batches | None = None) -> Table:
    first = [value for _, value in islice(values(), SAMPLE_ROWS)]
    objects = [_object(value) for value in first if isinstance(value, (dict, str))]
    if not objects:
        raise damaged(path.name, "JSON")
    keys = tuple(dict.fromkeys(key for one in objects for key in one))
    if len(keys) > MAX_COLUMNS:
        raise too_wide(path.name)
    broken = {"bad_bytes": decoded.repaired.get("bad_bytes", 0) + halves} if halves else {}
    named = dict(zip(tell_apart(keys), keys, strict=True))
    sample = [[_written(one.get(key)) for key in keys] for one in objects]
    return Table(
        name=path.name,
        format="jsonl" if lines else "json",
        encoding=decoded.encoding,
        delimiter="",
        columns=tuple(named),
        sample=pl.DataFrame(sample, schema=dict.fromkeys(named, pl.String), orient="row"),
        rows=partial(
            _rows,
            lines or partial(_batches, values),
            {**decoded.repaired, **broken},
            bool(lines) and decoded.data is None,
            named,
        ),
    )


def _rows(
    batches: Batches,
    repaired: Mapping[str, int],
    stream: bool,  # noqa: FBT001 - bound once, in `_table`
    named: Mapping[str, str],
    columns: Sequence[str],
    text: str,
) -> Rows:
    rows = Rows(partial(batches, named, named[text]), tuple(columns), repaired)
    return rows if stream else hold(rows)


def _batches(values: Values, named: Mapping[str, str], text: str, columns: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    stream = values()
    while some := list(islice(stream, BATCH_ROWS)):
        yield _framed(some, {column: named[column] for column in columns}, text)


def _line_batches(
    path: Path,
    decoded: Decoded,
    plain: bool,  # noqa: FBT001 - bound once, in `open_lines`
    named: Mapping[str, str],
    text: str,
    columns: tuple[str, ...],
) -> Iterator[pl.DataFrame]:
    """Read lines in blocks: by Polars where a block holds nothing but objects of plain values, else line by line."""
    keys = {column: named[column] for column in columns}
    start = 1
    with _stream(path, decoded) as file:
        while lines := list(islice(file, BATCH_ROWS)):
            if start == 1:
                lines[0] = lines[0].removeprefix(_BOM)
            quick = _quick(lines, start, keys, text) if plain else None
            yield _framed(list(_numbered(lines, start)), keys, text) if quick is None else quick
            start += len(lines)


def _quick(lines: list[bytes], start: int, keys: Mapping[str, str], text: str) -> pl.DataFrame | None:
    """A block of lines read by Polars; None where a line is no object, or a value may be nested or true or false."""
    try:
        frame = pl.read_ndjson(b"".join(lines), schema=dict.fromkeys(dict.fromkeys(keys.values()), pl.String))
    except pl.exceptions.PolarsError:
        return None
    nested = pl.any_horizontal(pl.all().str.contains(r"^[\[{]").fill_null(value=False))
    odd = frame.select((nested | pl.col(text).is_in(["true", "false"])).any()).item()
    if odd or frame.height != len(lines):
        return None
    numbers = pl.int_range(start, start + frame.height, dtype=pl.UInt64, eager=True).alias(ROW)
    return frame.select(numbers, *(pl.col(key).alias(column) for column, key in keys.items()), _NO_REASON)


def _framed(some: list[Numbered], keys: Mapping[str, str], text: str) -> pl.DataFrame:
    schema = {ROW: pl.UInt64, **dict.fromkeys(keys, pl.String), REASON: pl.String}
    objects = [_object(value) for _, value in some]
    cells = [[_written(one.get(key)) for one in objects] for key in keys.values()]
    reasons = [_reason(value, text) for _, value in some]
    return pl.DataFrame([[number for number, _ in some], *cells, reasons], schema=schema, orient="col")


def _reason(value: object, text: str) -> str | None:
    if isinstance(value, str):
        return None
    if not isinstance(value, dict):
        return "bad_row"
    return "not_a_text" if isinstance(value.get(text), dict | list | bool) else None


def _object(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    return {_LONE: value} if isinstance(value, str) else {}


def _written(value: object) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else _dumped(value)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _lines(path: Path, decoded: Decoded) -> Iterator[Numbered]:
    with _stream(path, decoded) as file:
        yield from _numbered(file, 1)


def _halves(path: Path, decoded: Decoded) -> int:
    """Halves of letters that stand alone as an escape: what they meant is lost."""
    with _stream(path, decoded) as file:
        escaped = (line for line in file if b"\\u" in line)
        return sum(len(_HALF.findall(line)) - 2 * len(_PAIR.findall(line)) for line in escaped)


def _stream(path: Path, decoded: Decoded) -> BinaryIO:
    return opened(path) if decoded.data is None else BytesIO(decoded.data)


def _numbered(lines: Iterable[bytes], start: int) -> Iterator[Numbered]:
    for number, line in enumerate(lines, start):
        bare = line.strip().removeprefix(_BOM)
        if bare:
            yield number, _parsed(bare)


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return _BAD


def _array(parsed: object, name: str) -> list[object]:
    if isinstance(parsed, list):
        return parsed
    if isinstance(parsed, dict):
        arrays = [value for value in parsed.values() if isinstance(value, list) and _holds_objects(value)]
        if len(arrays) == 1:
            return arrays[0]
        if not arrays:
            return [parsed]
    raise input_fault(
        name,
        "Không rõ danh sách ý kiến nằm ở đâu trong tệp JSON.",
        "It is not clear where the list of texts lies in the JSON file.",
        SAVE_AGAIN,
    )


def _holds_objects(value: list[object]) -> bool:
    return any(isinstance(one, dict) for one in value)


def _raise(fault: Exception) -> Table:
    raise fault
