"""JSON Lines, JSON arrays and an object that holds one array → rows.

A row number is the line of the file, or the place in the array, from 1. Numbers are read as they are written; a nested
value is written out again for the roles that may have one, and is never a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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

_BAD = object()
_LONE = "text"
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF, _PAIR = re.compile(_HIGH + b"|" + _LOW), re.compile(_HIGH + _LOW)
_BOM = b"\xef\xbb\xbf"


def open_lines(path: Path) -> Table:
    """Open a file of JSON Lines (NDJSON)."""
    decoded = decode(path)
    return _table(path, "jsonl", decoded, partial(_lines, path, decoded), _halves(path, decoded))


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
    return _table(path, "json", decoded, partial(enumerate, array, 1), _halves(path, decoded))


def _table(path: Path, kind: str, decoded: Decoded, values: Values, halves: int) -> Table:
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
        format=kind,
        encoding=decoded.encoding,
        delimiter="",
        columns=tuple(named),
        sample=pl.DataFrame(sample, schema=dict.fromkeys(named, pl.String), orient="row"),
        rows=partial(_rows, values, {**decoded.repaired, **broken}, kind == "jsonl" and decoded.data is None, named),
    )


def _rows(
    values: Values,
    repaired: Mapping[str, int],
    stream: bool,  # noqa: FBT001 - bound once, in `_table`
    named: Mapping[str, str],
    columns: Sequence[str],
    text: str,
) -> Rows:
    rows = Rows(partial(_batches, values, named, named[text]), tuple(columns), repaired)
    return rows if stream else hold(rows)


def _batches(values: Values, named: Mapping[str, str], text: str, columns: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    schema = {ROW: pl.UInt64, **dict.fromkeys(columns, pl.String), REASON: pl.String}
    keys = [named[column] for column in columns]
    stream = values()
    while some := list(islice(stream, BATCH_ROWS)):
        objects = [_object(value) for _, value in some]
        cells = [[_written(one.get(key)) for one in objects] for key in keys]
        reasons = [_reason(value, text) for _, value in some]
        yield pl.DataFrame([[number for number, _ in some], *cells, reasons], schema=schema, orient="col")


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
    with opened(path) if decoded.data is None else BytesIO(decoded.data) as file:
        yield from _numbered(file)


def _halves(path: Path, decoded: Decoded) -> int:
    """Halves of letters that stand alone as an escape: what they meant is lost."""
    with opened(path) if decoded.data is None else BytesIO(decoded.data) as file:
        escaped = (line for line in file if b"\\u" in line)
        return sum(len(_HALF.findall(line)) - 2 * len(_PAIR.findall(line)) for line in escaped)


def _numbered(file: BinaryIO) -> Iterator[Numbered]:
    for number, line in enumerate(file, start=1):
        bare = line.strip()
        if number == 1:
            bare = bare.removeprefix(_BOM)
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
