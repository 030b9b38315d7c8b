"""Dates as people and platforms write them."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.collect.date_words import looks_like_date, read_words
from langnghe.collect.dates import Dates, read_dates

WRITTEN = dt.date(2026, 11, 1)
SEPT = dt.date(2026, 9, 12)


def read(*values: str | None, as_of: dt.date | None = None, written: dt.date = WRITTEN) -> Dates:
    return read_dates(pl.Series(values, dtype=pl.String), as_of=as_of, written=written)


@pytest.mark.parametrize(
    "value",
    [
        "2026-09-12",
        "2026/9/12",
        "2026-09-12 14:05",
        "2026-09-12T14:05:59.123",
        "2026-09-11T20:00:00Z",
        "2026-09-11T17:00:00.000+0000",
        "2026-09-12T23:30:00+07:00",
        "2026-09-11T23:30:00-05:30",
        "12/09/2026",
        "12/9/26",
        "12-09-2026",
        "12.09.2026",
        "14:05 12/09/2026",
        "12/09/2026 lúc 14:05",
        "Thứ bảy, 12/9/2026, 14:05 (GMT+7)",
        "1789200000",
        "1789200000000",
        "1789200000.0",
        "46277",
        "46277.6",
        "20260912",
        "12 tháng 9, 2026",
        "ngày 12 tháng 9 năm 2026 lúc 14:05",
        "12 thg 9",
        "12 Sep 2026",
        "September 12, 2026 at 2:05 PM",
        "Fri Sep 11 20:00:00 +0000 2026",
        "Fri, 11 Sep 2026 20:00:00 GMT",
        "hôm qua",
        "Hôm qua lúc 14:05",
        "yesterday",
        "1 ngày trước",
        "1 day ago",
    ],
)
def test_the_twelfth_of_september_2026(value: str) -> None:
    assert read(value, as_of=dt.date(2026, 9, 13)).days.to_list() == [SEPT]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("vừa xong", 0),
        ("hôm nay", 0),
        ("5 phút trước", 0),
        ("2 giờ trước", 0),
        ("30 giờ trước", 1),
        ("3 ngày trước", 3),
        ("3d", 3),
        ("2 tuần trước (đã chỉnh sửa)", 14),
        ("2 weeks ago", 14),
        ("một tuần trước", 7),
        ("tháng trước", 31),
        ("1 tháng trước", 31),
        ("1 năm trước", 365),
    ],
)
def test_relative_dates_are_counted_from_the_day_of_export(value: str, days: int) -> None:
    got = read(value, as_of=SEPT)
    assert got.days.to_list() == [SEPT - dt.timedelta(days=days)]
    assert (got.reading, got.as_of) == ("relative", SEPT)


def test_without_a_day_of_export_relative_dates_are_counted_from_the_latest_date_else_the_file() -> None:
    assert read("10/09/2026", SEPT.isoformat(), "hôm qua").days[2] == dt.date(2026, 9, 11)
    assert read("hôm qua").days[0] == WRITTEN - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "reading", "third_of_april", "ambiguous"),
    [
        (["03/04/2026"], "dmy", True, 1),
        (["03/04/2026", "13/04/2026"], "dmy", True, 1),
        (["03/04/2026", "04/13/2026"], "mdy", False, 1),
        (["03/04/2026", "13/04/2026", "04/13/2026"], "dmy+mdy", True, 1),
        (["03/03/2026"], "dmy", False, 0),
        (["03/04/2026", "03/04/2026"], "dmy", True, 2),
    ],
)
def test_ambiguous_dates(values: list[str], reading: str, third_of_april: bool, ambiguous: int) -> None:  # noqa: FBT001
    got = read(*values)
    assert (got.reading, got.ambiguous) == (reading, ambiguous)
    assert (got.days[0] == dt.date(2026, 4, 3)) is third_of_april


def test_what_is_no_date_is_counted_and_left_empty() -> None:
    got = read("rác", "31/02/2026", None, " ", "12/09/1999", "12/09/2099", "12/09/2026")
    assert got.days.to_list() == [None] * 6 + [SEPT]
    assert (got.unreadable, got.out_of_range) == (2, 2)


def test_dates_after_the_day_of_export_are_dropped() -> None:
    got = read("12/09/2026", "14/09/2026", "15/09/2026", as_of=dt.date(2026, 9, 13))
    assert got.days.to_list() == [SEPT, dt.date(2026, 9, 14), None]


def test_a_file_with_an_impossible_date_of_its_own_keeps_its_dates() -> None:
    got = read("12/09/2026", "13/09/2026", written=dt.date(1980, 1, 1))
    assert (got.days.null_count(), got.out_of_range) == (0, 0)


def test_a_file_of_the_year_2099_has_no_dates() -> None:
    assert read("01/01/2099").out_of_range == 1


@settings(max_examples=20)
@given(st.dates(dt.date(2004, 1, 1), dt.date(2026, 10, 31)))
def test_every_day_is_read_in_every_form(day: dt.date) -> None:
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y} 08:30",
        f"{day.day} tháng {day.month}, {day.year}",
        f"{day:%Y%m%d}",
        f"{day:%Y-%m-%d}T00:30:00+07:00",
    ]
    for form in forms:
        got = read(form, "13/01/2026")
        assert got.days[0] == day, form


@settings(max_examples=50)
@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(value: str) -> None:
    looks_like_date(value)
    word = read_words(value)
    assert word is None or word.on(SEPT) is None or isinstance(word.on(SEPT), dt.date)
    assert len(read(value).days) == 1


def test_a_duration_is_not_taken_for_a_date() -> None:
    assert not looks_like_date("5 năm")
    assert looks_like_date("5 năm trước")
