"""Columns of groups and sources: values made even, and columns refused that show persons.

A column is refused where its name or its values look like ids, names, e-mails, phones or profiles, where it holds free
text, or where it is nearly unique: more distinct values than 50 and than 20 % of the rows, or than half of 20 rows or
more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect import names
from langnghe.collect.shapes import is_contact, is_id, is_person, share
from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_GROUPS = 12
MAX_LETTERS = 80

_MOST_VALUES = 50
_MOST_SHARE = 0.2
_UNIQUE_SHARE = 0.5
_ENOUGH_ROWS = 20
_SOME = 0.1
_HALF = 0.5
_LOOKED_AT = 2_000

_NAMED = Say(
    vi="tên cột cho thấy đây là mã, tên người, địa chỉ hoặc liên hệ",
    en="its name says that it holds ids, names, addresses or contacts",
)
_CONTACTS = Say(vi="có e-mail, số điện thoại hoặc đường dẫn", en="it holds e-mails, phones or links")
_IDS = Say(vi="giống cột mã số", en="it looks like ids")
_PERSONS = Say(vi="giống tên người", en="it looks like names of persons")
_PROSE = Say(vi="là văn bản tự do, không phải nhóm", en="it is free text, not a group")
_NESTED = Say(vi="chứa dữ liệu lồng nhau", en="it holds nested data")


def even(values: pl.Series) -> pl.Series:
    """Values of groups made even: NFC, blanks trimmed and single, at most 80 letters, null where blank."""
    distinct = values.unique().drop_nulls().to_frame("value")
    neat = (
        pl.col("value")
        .str.normalize("NFC")
        .str.replace_all(r"[\s\p{Cc}\p{Cf}]+", " ")
        .str.strip_chars()
        .str.slice(0, MAX_LETTERS)
        .str.strip_chars_end()
    )
    table = distinct.with_columns(neat=pl.when(neat != "").then(neat))
    return (
        values.to_frame("value").join(table, on="value", how="left", maintain_order="left")["neat"].alias(values.name)
    )


def refusal(column: str, counted: pl.DataFrame) -> Say | None:
    """Why a column may not be a group or a source; None where it may.

    Parameters
    ----------
    column : the name of the column.
    counted : its distinct values that are not blank (columns value, count), made even.
    """
    if names.is_private(names.fold(column)):
        return _NAMED
    rows, distinct = int(counted["count"].sum()), counted.height
    return _shown(counted.sort("count", "value", descending=[True, False])) or _unique(rows, distinct)


def _shown(counted: pl.DataFrame) -> Say | None:
    """Why the values themselves forbid it."""
    values: list[str] = counted["value"].head(_LOOKED_AT).to_list()
    rules: tuple[tuple[Callable[[str], bool], float, Say], ...] = (
        (_is_nested, _SOME, _NESTED),
        (is_contact, _SOME, _CONTACTS),
        (is_id, _HALF, _IDS),
        (is_person, _HALF, _PERSONS),
        (_is_prose, _HALF, _PROSE),
    )
    return next((said for fits, limit, said in rules if share(values, fits) > limit), None)


def _unique(rows: int, distinct: int) -> Say | None:
    many = distinct > max(_MOST_VALUES, _MOST_SHARE * rows)
    if not many and not (rows >= _ENOUGH_ROWS and distinct > _UNIQUE_SHARE * rows):
        return None
    return Say(
        vi=f"gần như mỗi dòng một giá trị ({distinct} giá trị trong {rows} dòng)",
        en=f"it is nearly unique ({distinct} values in {rows} rows)",
    )


def _is_nested(value: str) -> bool:
    return value.startswith(("{", "["))


def _is_prose(value: str) -> bool:
    return len(value) >= MAX_LETTERS
