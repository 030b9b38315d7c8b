"""Files → texts: the verb `read`. Each file is gone through twice: to count and to learn, and to give the texts.

Between the two readings a few bytes for each row are held: whether it is kept, its day and its voice. Names of authors
become keys of accounts batch by batch and go no further than `read`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect import files, names
from langnghe.collect.census import Census, take_census
from langnghe.collect.columns import ROLES, Roles, Wishes, has_text, recognise
from langnghe.collect.dates import Dates, read_dates
from langnghe.collect.delimited import open_delimited
from langnghe.collect.faults import ANOTHER, column_fault, input_fault
from langnghe.collect.groups import MAX_GROUPS, MAX_LETTERS, even, refusal
from langnghe.collect.objects import open_json, open_lines
from langnghe.collect.parquet import open_parquet
from langnghe.collect.sheets import open_sheet
from langnghe.collect.voice import share_voice
from langnghe.nouns import GROUP_PREFIX, TEXTS, FileReading, Progress, Texts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from langnghe.collect.table import Rows, Table


@dataclass(frozen=True)
class Source:
    """One file that was gone through: how to read it again, and what is known of its rows."""

    path: Path
    stamp: tuple[int, int]
    rows: Rows
    roles: Roles
    census: Census
    days: pl.Series | None
    reading: FileReading


@dataclass(frozen=True)
class Shelf:
    """What is held of one file to give its texts: no author and no account is in it."""

    path: Path
    stamp: tuple[int, int]
    rows: Rows
    roles: Roles
    kept: pl.Series
    days: pl.Series | None
    voice: pl.Series | None
    labels: tuple[str, ...]


def read(  # noqa: PLR0913 - the roles of columns are what a user sets
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    text: str | None = None,
    date: str | None = None,
    author: str | None = None,
    source: str | None = None,
    groups: Sequence[str] = (),
    as_of: dt.date | None = None,
    k: int = 10,
    progress: Progress | None = None,
) -> Texts:
    """Read files of comments.

    Parameters
    ----------
    paths : a file, a folder, or several of them. A folder stands for its readable files, sorted by name.
    text, date, author, source : names of columns, in each file. None: recognise it; '': use none.
    groups : names of columns of groups; they replace those that are recognised. ('',): use none.
    as_of : the day on which the files were exported: 'hôm qua' is counted from it, and later dates are dropped.
    k : the least number of accounts that may share a value of voice.
    progress : called as progress('collect', rows so far, 0).

    Returns
    -------
    Texts
        How each file was read; the texts as batches of at most 131,072 rows (schema `langnghe.nouns.TEXTS` and a column
        for each group), in the order of the files and their rows.

    Raises
    ------
    InputError
        A file can't be read, or no text is left.
    ColumnError
        No column or more than one fits a role, a column that was named is missing or shows persons.
    """
    given = (paths,) if isinstance(paths, str | PathLike) else tuple(paths)
    wishes = Wishes(text, date, author, source, (groups,) if isinstance(groups, str) else tuple(groups))
    _refuse_many(wishes.groups)
    sources = _go_through_all(files.list_files(given), wishes, as_of, progress)
    _refuse_nothing(sources)
    shares = _voices(sources, k)
    labels = _labels(sources)
    shelves = [
        Shelf(one.path, one.stamp, one.rows, one.roles, one.census.kept, one.days, voice, named)
        for one, voice, named in zip(sources, shares, labels, strict=True)
    ]
    every = tuple(dict.fromkeys(label for named in labels for label in named))
    return Texts(
        files=tuple(one.reading for one in sources),
        left_out=pl.concat([one.census.left_out for one in sources]),
        groups=every,
        has_authors=all(voice is not None for voice in shares),
        batches=partial(_batches, tuple(shelves), every),
        inputs=tuple(str(path) for path in given),
        asked={role: name for role in ROLES if (name := getattr(wishes, role)) is not None},
        asked_groups=wishes.groups,
        as_of=as_of,
        k=k,
    )


def open_table(path: Path) -> Table:
    """Open a file by what it holds."""
    kind = files.kind(path)
    if kind == "xlsx":
        return open_sheet(path, has_text)
    readers = {"csv": open_delimited, "jsonl": open_lines, "json": open_json, "parquet": open_parquet}
    return readers[kind](path)


def _go_through_all(
    paths: Sequence[Path], wishes: Wishes, as_of: dt.date | None, progress: Progress | None
) -> list[Source]:
    seed = secrets.randbits(63)
    sources: list[Source] = []
    for path in paths:
        before = sum(one.reading.rows for one in sources)
        sources.append(_go_through(path, wishes, as_of, seed, partial(_tell, progress, before)))
    return sources


def _tell(progress: Progress | None, before: int, rows: int) -> None:
    if progress:
        progress("collect", before + rows, 0)


def _go_through(path: Path, wishes: Wishes, as_of: dt.date | None, seed: int, told: Callable[[int], None]) -> Source:
    stamp = files.stamp(path)
    table = open_table(path)
    wanted = recognise(table, wishes)
    rows = table.rows(wanted.named(), wanted.text)
    census = take_census(rows, wanted, table.name, seed, told)
    roles = _without_refused(table.name, wanted, census)
    dates = None if census.dates is None else read_dates(census.dates, as_of=as_of, written=files.written(path))
    return Source(
        path=path,
        stamp=stamp,
        rows=rows.only(_told(roles)),
        roles=roles,
        census=replace(census, dates=None),
        days=dates.days if dates else None,
        reading=_reading(path, table, rows, roles, census, dates),
    )


def _told(roles: Roles) -> tuple[str, ...]:
    """The columns whose values are given on: never the author's."""
    return tuple(dict.fromkeys(column for column in (roles.text, roles.source, *roles.groups) if column))


def _without_refused(name: str, roles: Roles, census: Census) -> Roles:
    """Drop columns of groups and sources that show persons; those that the user chose are an error."""
    refused = {column: why for column, counted in census.values.items() if (why := refusal(column, counted))}
    for column, why in refused.items():
        if column in roles.chosen:
            raise column_fault(
                name,
                f"Không dùng cột '{column[:40]}' làm nhóm hoặc nguồn được: {why['vi']}.",
                f"Column '{column[:40]}' can't be a group or a source: {why['en']}.",
                (
                    "Hãy chọn một cột có ít giá trị, như tỉnh hoặc ngành.",
                    "Choose a column of few values, such as a province.",
                ),
            )
    return replace(
        roles,
        source="" if roles.source in refused else roles.source,
        groups=tuple(column for column in roles.groups if column not in refused),
    )


def _reading(path: Path, table: Table, rows: Rows, roles: Roles, census: Census, dates: Dates | None) -> FileReading:
    named = {"text": roles.text, "date": roles.date, "author": roles.author, "source": roles.source}
    kept = int(census.kept.sum())
    counted = {
        "nul_bytes": census.nul,
        "date_unreadable": dates.unreadable if dates else 0,
        "date_out_of_range": dates.out_of_range if dates else 0,
    }
    left_out = census.left_out["reason"].value_counts(name="rows")
    return FileReading(
        name=table.name,
        sha256=files.digest(path),
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        rows=len(census.kept),
        kept=kept,
        columns={role: column for role, column in named.items() if column},
        groups=roles.groups,
        ignored=len(table.columns) - len(roles.named()),
        dates=dates.reading if dates else "",
        ambiguous_dates=dates.ambiguous if dates else 0,
        undated=dates.days.null_count() if dates else kept,
        as_of=dates.as_of if dates else None,
        repaired={**rows.repaired, **{kind: count for kind, count in counted.items() if count}},
        left_out=dict(sorted(left_out.iter_rows())),
    )


def _voices(sources: Sequence[Source], k: int) -> tuple[pl.Series | None, ...]:
    """The voice of each kept text of each file; None for a file without authors."""
    keys = [one.census.accounts for one in sources]
    voices = iter(share_voice([accounts for accounts in keys if accounts is not None], k))
    return tuple(None if accounts is None else next(voices) for accounts in keys)


def _labels(sources: Sequence[Source]) -> list[tuple[str, ...]]:
    """Labels of each file's groups: columns whose names differ in case or diacritics alone share the first spelling."""
    first: dict[str, str] = {}
    every = []
    for one in sources:
        labels: list[str] = []
        for column in one.roles.groups:
            label = first.setdefault(names.fold(column) or column, column)
            labels.append(column if label in labels else label)
        every.append(tuple(labels))
    return every


def _batches(shelves: Sequence[Shelf], labels: Sequence[str]) -> Iterator[pl.DataFrame]:
    schema = {**TEXTS, **{f"{GROUP_PREFIX}{label}": pl.String() for label in labels}}
    next_id = 0
    for number, shelf in enumerate(shelves):
        _refuse_changed(shelf)
        for batch in _kept(shelf):
            ids = pl.int_range(next_id, next_id + batch.height, dtype=pl.UInt32, eager=True).alias("text_id")
            missing = [
                pl.lit(None, pl.String).alias(name)
                for name in schema
                if name not in {*batch.columns, "text_id", "batch"}
            ]
            full = batch.with_columns(ids, pl.lit(number, pl.UInt16).alias("batch"), *missing)
            yield full.select(*schema)
            next_id += batch.height


def _kept(shelf: Shelf) -> Iterator[pl.DataFrame]:
    """The kept rows of one file with their days and voices."""
    row = text = 0
    for batch in shelf.rows.batches():
        kept = batch.filter(shelf.kept.slice(row, batch.height))
        row += batch.height
        if kept.height:
            yield _shaped(shelf, kept, text)
            text += kept.height


def _shaped(shelf: Shelf, kept: pl.DataFrame, start: int) -> pl.DataFrame:
    nothing = pl.Series([None], dtype=pl.Float64).new_from_index(0, kept.height)
    days = nothing.cast(pl.Date) if shelf.days is None else shelf.days.slice(start, kept.height)
    voice = nothing if shelf.voice is None else shelf.voice.slice(start, kept.height).cast(pl.Float64)
    stem = shelf.path.stem[:MAX_LETTERS]
    source = (
        even(kept[shelf.roles.source]).fill_null(stem)
        if shelf.roles.source
        else nothing.cast(pl.String).fill_null(stem)
    )
    groups = [even(kept[column]) for column in shelf.roles.groups]
    named = zip(shelf.labels, groups, strict=True)
    text = kept[shelf.roles.text]
    bare = text.str.replace_all("\0", "", literal=True) if text.str.contains("\0", literal=True).any() else text
    return pl.DataFrame(
        {
            "text": bare,
            "date": days,
            "source": source,
            "voice": voice,
            **{f"{GROUP_PREFIX}{label}": group for label, group in named},
        }
    )


def _refuse_changed(shelf: Shelf) -> None:
    if files.stamp(shelf.path) != shelf.stamp:
        raise input_fault(
            shelf.path.name,
            "Tệp đã bị sửa trong lúc đọc.",
            "The file was changed while it was read.",
            ("Hãy chạy lại.", "Run again."),
        )


def _refuse_many(groups: Sequence[str]) -> None:
    if len(groups) > MAX_GROUPS:
        raise column_fault(
            "--group",
            f"Có {len(groups)} cột nhóm, tối đa {MAX_GROUPS}.",
            f"There are {len(groups)} columns of groups, at most {MAX_GROUPS}.",
            ("Hãy bỏ bớt.", "Name fewer."),
        )


def _refuse_nothing(sources: Sequence[Source]) -> None:
    """Refuse input of which no text is left; the message says why rows were left out."""
    if any(one.reading.kept for one in sources):
        return
    reasons = sources[0].reading.left_out
    said = ", ".join(f"{reason}: {rows}" for reason, rows in reasons.items()) or "0"
    raise input_fault(
        sources[0].reading.name,
        f"Không còn ý kiến nào để đọc (số dòng bị bỏ: {said}).",
        f"No text is left to read (rows left out: {said}).",
        ANOTHER,
    )
