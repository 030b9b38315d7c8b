"""Broken delimited text → rows: quotes that never close, stray quotes, too many and too few fields.

Each physical line ends up in a row; what is done to it is counted, what can't be understood is marked. Rules, in order:

1. A quoted field that closes cleanly (only doubled quotes inside) may span lines.
2. A field whose quote does not close cleanly ends at the first quote before a delimiter or a line's end: in its line,
   or in a later one where no row would be swallowed. A quote that nothing closes is dropped.
3. A row with too few fields is filled up; empty fields too many are dropped.
4. A row with too many fields is joined at its text when every other field then fits its column; otherwise it is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Fields = list[str]

STRAY, UNCLOSED, SHORT, LONG, JOINED = "stray_quotes", "unclosed_quote", "short_row", "empty_fields", "joined_fields"

_MOST_LINES = 200
_MOST_LETTERS = 40_000
_LINE_END = re.compile(r"\r\n|\n|\r")
_NEXT_QUOTE = re.compile(r'[^"]*(?:""[^"]*)*"')


@dataclass(frozen=True)
class Record:
    """One row as it was cut: its fields, the repair it took ('' for none), where the next one begins."""

    fields: Fields
    repair: str
    end: int


def records(text: str, delimiter: str, columns: int | None = None) -> Iterator[Record]:
    """Cut text into records. A blank line gives a record without fields.

    Parameters
    ----------
    text : decoded text, any line ends.
    delimiter : one character, or '' for one column.
    columns : number of fields that a row should have, where it is known.
    """
    at = 0
    while at < len(text):
        record = _record(text, at, delimiter, columns)
        yield record
        at = record.end


def _record(text: str, at: int, delimiter: str, columns: int | None) -> Record:
    stop, after = _line(text, at)
    line = text[at:stop]
    if '"' not in line:
        return Record(_split(line, delimiter), "", after)
    strict = _strict(text, at, delimiter)
    if strict and (columns is None or len(strict.fields) == columns or strict.end <= after):
        return strict
    fields, _ = _tolerant(text, at, stop, delimiter)
    flat = Record(fields, UNCLOSED if line.count('"') % 2 else STRAY, after)
    if columns is None or len(fields) == columns:
        return flat
    return _across(text, at, delimiter, columns) or strict or flat


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    lone = text.find("\r", at, end)
    if lone >= 0 and lone != end - 1:
        return lone, lone + 1
    return (end - 1 if lone >= 0 else end), min(end + 1, len(text)) if end < len(text) else len(text)


def _split(line: str, delimiter: str) -> Fields:
    if not line:
        return []
    return line.split(delimiter) if delimiter else [line]


def _strict(text: str, at: int, delimiter: str) -> Record | None:
    """The record that starts here by RFC 4180, or None."""
    fields: Fields = []
    while True:
        field, at = _quoted(text, at) if text.startswith('"', at) else _plain(text, at, delimiter)
        if at < 0 or ('"' in field and not field.startswith('"')):
            return None
        fields.append(field[1:-1].replace('""', '"') if field.startswith('"') else field)
        if delimiter and text.startswith(delimiter, at):
            at += 1
            continue
        end = _LINE_END.match(text, at)
        if end or at >= len(text):
            return Record(fields, "", end.end() if end else at)
        return None


def _quoted(text: str, at: int) -> tuple[str, int]:
    found = _NEXT_QUOTE.match(text, at + 1)
    return (text[at : found.end()], found.end()) if found else ("", -1)


def _plain(text: str, at: int, delimiter: str) -> tuple[str, int]:
    found = _until(delimiter).match(text, at)
    return (found.group(), found.end()) if found else ("", at)


@cache
def _until(delimiter: str) -> re.Pattern[str]:
    return re.compile(f"[^\\r\\n{re.escape(delimiter)}]*")


@cache
def _closing(delimiter: str) -> re.Pattern[str]:
    return re.compile(f'"(?=[{re.escape(delimiter)}\\r\\n]|$)')


@cache
def _opening_within(delimiter: str) -> re.Pattern[str]:
    """A quote that looks as if it opened a field: what precedes it has not been closed."""
    return re.compile(f'[{re.escape(delimiter)}\\r\\n]"(?![{re.escape(delimiter)}\\r\\n])')


def _tolerant(text: str, at: int, stop: int, delimiter: str) -> tuple[Fields, int]:
    """Fields of a row with broken quotes, up to `stop`: a field closes at a quote before a delimiter or a line end."""
    fields: Fields = []
    while True:
        quoted = text.startswith('"', at, stop)
        shut = _closing(delimiter).search(text, at + 1, stop) if quoted else None
        if shut:
            fields.append(text[at + 1 : shut.start()].replace('""', '"'))
            at = shut.end()
        else:
            found = _until(delimiter).match(text, at + quoted, stop)
            fields.append(found.group() if found else "")
            at = found.end() if found else stop
        if at >= stop or not delimiter or not text.startswith(delimiter, at):
            return fields, at
        at += 1


def _across(text: str, at: int, delimiter: str, columns: int) -> Record | None:
    """The row that starts here when a field of several lines holds stray quotes; None where it would swallow a row."""
    stop = min(len(text), at + _MOST_LETTERS)
    fields, end = _tolerant(text, at, stop, delimiter)
    swallowed = any(_opening_within(delimiter).search(field) for field in fields if "\n" in field or "\r" in field)
    if len(fields) != columns or swallowed or text.count("\n", at, end) > _MOST_LINES:
        return None
    after = _LINE_END.match(text, end)
    return Record(fields, STRAY, after.end() if after else end) if after or end >= len(text) else None


def mended(
    fields: Fields, columns: int, text_at: int, fits: Sequence[Callable[[str], bool]], delimiter: str
) -> tuple[Fields | None, str]:
    """Bring a row to `columns` fields: (fields, repair), or (None, '') where it can't be understood.

    Parameters
    ----------
    text_at : place of the text among the columns.
    fits : for each column, whether a field could belong to it.
    """
    more = len(fields) - columns
    if more == 0:
        return fields, ""
    if more < 0:
        return fields + [""] * -more, SHORT
    if not any(fields[columns:]):
        return fields[:columns], LONG
    joined = [*fields[:text_at], delimiter.join(fields[text_at : text_at + more + 1]), *fields[text_at + more + 1 :]]
    others = (fits[place](field) for place, field in enumerate(joined) if place != text_at)
    return (joined, JOINED) if all(others) else (None, "")
