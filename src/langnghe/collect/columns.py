"""Which column plays which role, from its name and from what it holds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect import names
from langnghe.collect.date_words import looks_like_date, read_words
from langnghe.collect.dates import read_numbers
from langnghe.collect.faults import column_fault, listed
from langnghe.collect.shapes import filled, is_link, is_number, is_sentence, share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from langnghe.collect.table import Table

_OPTIONS = {"text": "--text", "date": "--date", "author": "--author", "source": "--source", "group": "--group"}
ROLES = ("text", "date", "author", "source")
_SOME = 0.3
_HALF = 0.5
_MOST = 0.8
_CLEARLY = 3.0
_FREE_WORDS = 3.0


@dataclass(frozen=True)
class Wishes:
    """What the user says about columns: a name; '' for none of them; None to have it recognised."""

    text: str | None = None
    date: str | None = None
    author: str | None = None
    source: str | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roles:
    """The column of each role, '' where there is none.

    Attributes
    ----------
    chosen : roles and groups that the user set; the others were recognised and may be dropped.
    """

    text: str
    date: str
    author: str
    source: str
    groups: tuple[str, ...]
    chosen: frozenset[str]

    def named(self) -> tuple[str, ...]:
        """All columns that play a role, each once."""
        given = (self.text, self.date, self.author, self.source, *self.groups)
        return tuple(dict.fromkeys(column for column in given if column))


def recognise(table: Table, wishes: Wishes) -> Roles:
    """Find the column of each role.

    Raises
    ------
    ColumnError
        A column that the user named is not there or named twice; no column or more than one holds texts.
    """
    told = {role: find(table, name, role) for role in ROLES if (name := getattr(wishes, role))}
    groups = tuple(dict.fromkeys(find(table, name, "group") for name in wishes.groups if name))
    _refuse_twice(table, [*told.values(), *groups])
    free = [column for column in table.columns if column not in {*told.values(), *groups}]
    found = _recognised(table, free, wishes, told)
    return Roles(
        text=found["text"],
        date=found["date"],
        author=found["author"],
        source=found["source"],
        groups=groups if wishes.groups else _groups(free, set(found.values())),
        chosen=frozenset([*told.values(), *groups]),
    )


def find(table: Table, name: str, role: str) -> str:
    """The column that the user means: the same name, else the only one that differs in case and diacritics alone.

    Raises
    ------
    ColumnError
        No column has that name; the message lists those that exist.
    """
    wanted = unicodedata.normalize("NFC", " ".join(name.split()))
    if wanted in table.columns:
        return wanted
    alike = [column for column in table.columns if names.fold(wanted) and names.fold(column) == names.fold(wanted)]
    if len(alike) == 1:
        return alike[0]
    raise column_fault(
        table.name,
        f"Không có cột '{wanted[:40]}'. Các cột đang có: {listed(table.columns)}.",
        f"There is no column '{wanted[:40]}'. Its columns are: {listed(table.columns)}.",
        (f"Hãy đặt lại {_OPTIONS[role]}.", f"Set {_OPTIONS[role]} again."),
    )


def has_text(table: Table) -> bool:
    """Whether a column of texts can be recognised, or more than one."""
    return bool(_texts(table, table.columns))


def _refuse_twice(table: Table, columns: Sequence[str]) -> None:
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise column_fault(
            table.name,
            f"Cột {listed(twice)} được đặt cho hai vai trò.",
            f"Column {listed(twice)} is set for two roles.",
            ("Mỗi cột chỉ có một vai trò.", "Give each column one role."),
        )


def _recognised(table: Table, free: list[str], wishes: Wishes, told: dict[str, str]) -> dict[str, str]:
    found = dict(told)
    if "text" not in found:
        found["text"] = _one_text(table, free)
    for role, search in (("author", _author), ("date", _date), ("source", _source)):
        taken = set(found.values())
        rest = [column for column in free if column not in taken]
        if role not in found:
            found[role] = search(table, rest) if getattr(wishes, role) is None else ""
    return found


def _one_text(table: Table, columns: Sequence[str]) -> str:
    candidates = _texts(table, columns)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        said = (
            f"Có {len(candidates)} cột đều có thể là nội dung: {listed(candidates)}.",
            f"{len(candidates)} columns could hold the texts: {listed(candidates)}.",
        )
    else:
        said = (
            f"Không thấy cột nội dung nào. Các cột đang có: {listed(table.columns)}.",
            f"No column holds texts. Its columns are: {listed(table.columns)}.",
        )
    raise column_fault(table.name, *said, ("Hãy chọn bằng --text TÊN_CỘT.", "Choose one with --text NAME."))


def _texts(table: Table, columns: Sequence[str]) -> list[str]:
    """The columns that could hold the texts, by the surest sign that any of them shows."""
    signs: tuple[Callable[[str], bool], ...] = (
        lambda column: names.is_text_name(names.fold(column)) and _may_be_text(table, column),
        lambda column: names.is_text_within(names.fold(column)) and _is_free_text(table, column),
        lambda column: names.fold(column) in names.TEXT_WEAK and _is_free_text(table, column),
        lambda column: not names.is_private(names.fold(column)) and _is_free_text(table, column),
    )
    for sign in signs:
        if found := [column for column in columns if sign(column)]:
            return _clearest(table, found)
    return [column for column in columns if names.is_text_name(names.fold(column)) and not _values(table, column)]


def _clearest(table: Table, columns: list[str]) -> list[str]:
    """The one column whose texts are clearly the longest, else all of them."""
    lengths = {column: _mean_length(table, column) for column in columns}
    first, *others = sorted(columns, key=lambda column: -lengths[column])
    clear = others and lengths[first] >= _CLEARLY * lengths[others[0]] and lengths[first] > 0
    return [first] if clear else columns


def _values(table: Table, column: str) -> list[str]:
    return filled(table.sample[column].to_list())


def _mean_length(table: Table, column: str) -> float:
    values = _values(table, column)
    return sum(map(len, values)) / max(1, table.sample.height)


def _may_be_text(table: Table, column: str) -> bool:
    """Whether a column called after texts may hold them: letters, and neither dates nor links alone."""
    values = _values(table, column)
    lettered = share(values, lambda value: not is_number(value) and not looks_like_date(value))
    return lettered >= _HALF and share(values, is_link) < _MOST


def _is_free_text(table: Table, column: str) -> bool:
    values = _values(table, column)
    if not values or share(values, is_link) >= _HALF or share(values, looks_like_date) >= _HALF:
        return False
    words = sum(len(value.split()) for value in values) / len(values)
    varied = len(set(values)) > min(_HALF * len(values), 100) or len(values) == 1
    return words >= _FREE_WORDS and share(values, is_sentence) >= _HALF and varied


def _author(table: Table, columns: Sequence[str]) -> str:
    del table
    return _by_name(columns, names.AUTHOR)


def _source(table: Table, columns: Sequence[str]) -> str:
    named = [column for column in columns if not _values(table, column) or _short(_values(table, column))]
    return _by_name(named, names.SOURCE)


def _short(values: list[str]) -> bool:
    return sum(map(len, values)) / len(values) <= _FREE_WORDS * 10 and share(values, is_number) < _HALF


def _date(table: Table, columns: Sequence[str]) -> str:
    """By name where its values do not speak against it, else the only column full of dates."""
    named = [column for column in columns if names.fold(column) in names.DATE]
    kept = [column for column in named if not _values(table, column) or _dated(table, column) >= _SOME]
    if kept:
        return _by_name(kept, names.DATE)
    full = [
        column
        for column in columns
        if not names.is_private(names.fold(column)) and share(_values(table, column), looks_like_date) >= _MOST
    ]
    return full[0] if len(full) == 1 else ""


def _dated(table: Table, column: str) -> float:
    """Share of values that read as dates, plain numbers among them."""
    values = pl.Series(_values(table, column), dtype=pl.String).str.strip_chars()
    numbers = read_numbers(values).filter(pl.col("day").is_not_null()).height
    return max(numbers / len(values), share(values.to_list(), _is_any_date))


def _is_any_date(value: str) -> bool:
    return looks_like_date(value) or read_words(value) is not None


def _by_name(columns: Sequence[str], known: Sequence[str]) -> str:
    """The column with the first of the known names."""
    ranked = [(known.index(folded), column) for column in columns if (folded := names.fold(column)) in known]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else ""


def _groups(free: Sequence[str], taken: set[str]) -> tuple[str, ...]:
    return tuple(column for column in free if column not in taken and names.fold(column) in names.GROUP)
