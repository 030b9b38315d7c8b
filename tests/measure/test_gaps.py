"""What a calendar and the sources tell of a week: Tết, holidays, gaps in collection."""

from __future__ import annotations

import datetime as dt

import polars as pl

from langnghe.measure.gaps import find_gaps, silent_weeks, weeks_with_gaps, withheld_weeks
from langnghe.measure.holidays import has_holiday, is_known, is_tet
from langnghe.nouns import Rule

FIRST = dt.date(2026, 7, 6)


def counts(rows: dict[str, list[int]], first: dt.date = FIRST) -> pl.DataFrame:
    cells = [(s, first + dt.timedelta(weeks=w), n) for s, row in rows.items() for w, n in enumerate(row) if n]
    return pl.DataFrame(cells, schema={"source": pl.String, "week": pl.Date, "texts": pl.Int64}, orient="row")


def test_a_source_that_falls_silent_for_a_week_has_a_gap() -> None:
    table = counts({"page": [40, 35, 0, 45, 38], "line": [20, 25, 22, 18, 21]})
    gaps = find_gaps(table)
    assert gaps.select("source", "week", "texts").rows() == [("page", FIRST + dt.timedelta(weeks=2), 0)]
    assert weeks_with_gaps(gaps, table) == [FIRST + dt.timedelta(weeks=2)]


def test_ups_and_downs_and_small_sources_have_none() -> None:
    assert find_gaps(counts({"page": [40, 25, 60, 45, 38], "small": [3, 0, 0, 2, 4]})).is_empty()


def test_a_gap_of_a_small_source_does_not_withhold_a_week() -> None:
    table = counts({"page": [400, 380, 420, 390, 410], "line": [20, 25, 0, 18, 21]})
    assert len(find_gaps(table)) == 1
    assert weeks_with_gaps(find_gaps(table), table) == []


def texts(rows: dict[str, list[int]]) -> pl.DataFrame:
    table = counts(rows)
    return table.select(pl.col("source", "week").repeat_by("texts").explode())


def test_a_gap_of_a_large_source_is_told_and_its_week_is_not_judged() -> None:
    silent = silent_weeks(texts({"page": [140, 135, 3, 145, 138], "line": [60, 55, 62, 58, 61]}), Rule(10, "accounts"))
    assert silent.rows() == [("page", FIRST + dt.timedelta(weeks=2), False)]
    assert withheld_weeks(silent) == [FIRST + dt.timedelta(weeks=2)]


def test_a_gap_says_no_more_of_a_hidden_cell_than_that_it_is_small() -> None:
    told = [silent_weeks(texts({"page": [140, 135, n, 145, 138]}), Rule(10, "accounts")) for n in range(1, 10)]
    assert all(one.equals(told[0]) and len(one) == 1 for one in told)
    assert silent_weeks(texts({"page": [30, 35, 1, 33, 38]}), Rule(10, "accounts")).is_empty(), "9 would be no gap"


def test_tet_is_no_gap() -> None:
    table = counts({"page": [40, 35, 38, 0, 2, 36, 41]}, first=dt.date(2026, 1, 26))
    assert find_gaps(table).is_empty()


def test_weeks_around_tet_and_holidays_are_known() -> None:
    mondays = [dt.date(2026, 1, 26) + dt.timedelta(weeks=n) for n in range(6)]
    assert [is_tet(day) for day in mondays] == [False, True, True, True, True, False]
    assert has_holiday(dt.date(2026, 4, 27))
    assert has_holiday(dt.date(2026, 4, 20))  # the Hùng Kings' day, 26 April
    assert not has_holiday(dt.date(2026, 5, 4))
    assert is_known(2035)
    assert not is_known(2036)


def test_years_and_quarters_are_not_asked_of_the_calendar() -> None:
    assert not is_tet(dt.date(2026, 1, 1), days=90)
    assert is_tet(dt.date(2026, 2, 1), days=28)
