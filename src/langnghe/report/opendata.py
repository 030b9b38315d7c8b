"""Open data: tables as CSV, as one Excel workbook, and a data package that describes them.

No cell can carry a formula into a spreadsheet: in CSV, a text that a spreadsheet could take for one gets an
apostrophe in front (`safe_cell`); in the workbook, texts are stored as texts. Numbers stay numbers. The same tables
give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Mapping  # noqa: TC003 - part of the signatures
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from langnghe.errors import Say  # noqa: TC001 - fields of dataclasses

NAME = re.compile(r"[a-z][a-z0-9-]*")
BOM = b"\xef\xbb\xbf"
LEADS = frozenset("=+-@\t\r\n|%＝＋－＠−")
"""First characters that some spreadsheet takes for the start of a formula, with their full-width forms."""
COVERS = frozenset("\"'“”‘’＂＇`´ \u00a0\u200b\u2060\ufeff\u3000")
"""Quotes and blanks that a spreadsheet may strip before it looks at the first character."""
ROWS, CELL, SHEET = (
    1_048_575,
    32_767,
    31,
)  # the limits of a workbook: rows under the header, letters of a cell, of a name
NAMESPACE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True)
class OpenTable:
    """A table to publish.

    Attributes
    ----------
    frame : columns of strings, whole numbers, decimals, booleans and dates.
    title, description : for people.
    columns : what each column holds, by name; with its unit.
    """

    frame: pl.DataFrame
    title: Say
    description: Say
    columns: Mapping[str, Say] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenMeta:
    """What is said of all tables together.

    Attributes
    ----------
    name : of the package: small letters, figures and hyphens.
    licence : name of the licence of the data, such as 'CC-BY-4.0', and where it can be read.
    date : of the report; the only date in the files.
    """

    name: str
    title: Say
    description: Say
    date: dt.date
    licence: tuple[str, str] = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
    version: str = "1.0.0"


def open_data(tables: Mapping[str, OpenTable], meta: OpenMeta) -> dict[str, bytes]:
    """Turn tables into files.

    Parameters
    ----------
    tables : by name (small letters, figures, hyphens; the file is NAME.csv), in the order to list.
    meta : what is said of all of them.

    Returns
    -------
    File name → bytes: a CSV a table, `datapackage.json`, and one workbook, `NAME-OF-THE-PACKAGE.xlsx`.

    Raises
    ------
    ValueError
        A name is not of that form.
    """
    wrong = [name for name in (*tables, meta.name) if not NAME.fullmatch(name)]
    if wrong:
        message = f"names of tables are small letters, figures and hyphens, not {wrong}"
        raise ValueError(message)
    files = {f"{name}.csv": csv(table.frame) for name, table in tables.items()}
    book = workbook({name: table.frame for name, table in tables.items()}, meta.date)
    package = _package(tables, meta, files)
    return {**files, f"{meta.name}.xlsx": book, "datapackage.json": package}


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could take for a formula; leave any other as it is.

    The rule: take off quotes and blanks at the front; if what is left starts with = + - @, tab, carriage return, their
    full-width forms or |, %, the text gets the apostrophe. Numbers are no texts here: negative numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell("lương")
    ("'=1+1", 'lương')
    """
    bare = text.lstrip("".join(COVERS))
    return f"'{text}" if bare[:1] in LEADS and bare else text


def csv(frame: pl.DataFrame) -> bytes:
    """Write a frame as CSV: UTF-8 with a byte order mark (for Excel), CRLF, quotes as in RFC 4180."""
    safe = frame.with_columns(
        pl.col(name).map_elements(safe_cell, return_dtype=pl.String)
        for name, kind in frame.schema.items()
        if kind == pl.String
    ).rename({name: safe_cell(name) for name in frame.columns})
    text = safe.write_csv(line_terminator="\r\n", quote_style="necessary", null_value="")
    return BOM + text.encode()


def workbook(frames: Mapping[str, pl.DataFrame], date: dt.date) -> bytes:
    """Write frames as one Excel workbook: a sheet each, header frozen, strings always strings.

    A frame that is longer than a sheet can be is cut there; its CSV has all rows.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded where a workbook is asked for

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {"created": dt.datetime(date.year, date.month, date.day, 12, tzinfo=dt.UTC), "author": "", "comments": ""}
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, frame in frames.items():
        _sheet(book.add_worksheet(_sheet_name(name, book)), frame, head, day)
    book.close()
    return buffer.getvalue()


def _sheet_name(name: str, book: Any) -> str:  # noqa: ANN401 - xlsxwriter's own object
    short = name[:SHEET]
    taken = {sheet.get_name() for sheet in book.worksheets()}
    return short if short not in taken else f"{short[: SHEET - 3]}-{len(taken):02d}"


def _sheet(sheet: Any, frame: pl.DataFrame, head: Any, day: Any) -> None:  # noqa: ANN401 - xlsxwriter's own objects
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, name[:CELL], head)
        longest = max([len(name), *(len(str(value)) for value in frame[name].head(200))])
        sheet.set_column(column, column, min(60, max(8, longest + 2)))
    for number, row in enumerate(frame.head(ROWS).iter_rows(), 1):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, day)


def _cell(sheet: Any, row: int, column: int, value: object, day: Any) -> None:  # noqa: ANN401 - likewise
    """Write one cell by its type: nothing is ever guessed from a string."""
    match value:
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            sheet.write_number(row, column, value)
        case dt.date():
            sheet.write_datetime(row, column, value, day)
        case str():
            sheet.write_string(row, column, value[:CELL])


def _package(tables: Mapping[str, OpenTable], meta: OpenMeta, files: Mapping[str, bytes]) -> bytes:
    """Write the descriptor (Data Package v2)."""
    licence, path = meta.licence
    package = {
        "$schema": NAMESPACE,
        "name": meta.name,
        "version": meta.version,
        "created": f"{meta.date.isoformat()}T12:00:00Z",
        **_said("title", meta.title),
        **_said("description", meta.description),
        "licenses": [{"name": licence, "path": path}],
        "resources": [_resource(name, table, files[f"{name}.csv"]) for name, table in tables.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _said(key: str, say: Say) -> dict[str, str]:
    """Say a sentence in both languages: 'title' in Vietnamese, and 'title_en'."""
    return {key: say.vi, f"{key}_en": say.en}


def _resource(name: str, table: OpenTable, data: bytes) -> dict[str, object]:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        **_said("title", table.title),
        **_said("description", table.description),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [_field(table, column, kind) for column, kind in table.frame.schema.items()],
            "missingValues": [""],
        },
    }


def _field(table: OpenTable, column: str, kind: pl.DataType) -> dict[str, object]:
    said = _said("description", table.columns[column]) if column in table.columns else {}
    return {"name": safe_cell(column), "type": _type(kind), **said}


def _type(kind: pl.DataType) -> str:
    """Name the type of a column as Table Schema does."""
    if kind.is_integer():
        return "integer"
    if kind.is_float() or kind.is_decimal():
        return "number"
    names: dict[Any, str] = {pl.Boolean: "boolean", pl.Date: "date", pl.String: "string"}
    return names.get(kind, "any")
