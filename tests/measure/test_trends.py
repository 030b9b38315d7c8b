"""Bursts stand out of ordinary ups and downs, and quiet series stay quiet."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from langnghe.measure.trends import find_bursts

MONDAY = dt.date(2026, 6, 29)


def weeks(counts: np.ndarray) -> pl.DataFrame:
    totals = counts.sum(axis=0)
    rows = [
        (issue, MONDAY + dt.timedelta(weeks=week), int(count), int(totals[week]))
        for issue, row in enumerate(counts)
        for week, count in enumerate(row)
    ]
    schema = {"issue": pl.UInt8, "week": pl.Date, "messages": pl.Int64, "total": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def noise(seed: int, mean: float = 15, dispersion: float = 0.1) -> np.ndarray:
    size = 1 / dispersion
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean), (12, 13))


def test_a_planted_burst_is_found() -> None:
    counts = noise(1)
    counts[4, 7] = 90
    assert find_bursts(weeks(counts)).select("issue", "week").rows() == [(4, MONDAY + dt.timedelta(weeks=7))]


def test_ordinary_ups_and_downs_are_seldom_called_bursts() -> None:
    alarms = sum(find_bursts(weeks(noise(seed))).height > 0 for seed in range(30))
    assert alarms <= 4


def test_a_short_series_has_no_bursts() -> None:
    assert find_bursts(weeks(noise(1)[:, :4])).is_empty()


def test_two_weeks_of_one_issue_do_not_hide_each_other() -> None:
    counts = noise(2)
    counts[4, 7:9] = 90
    found = find_bursts(weeks(counts)).filter(pl.col("issue") == 4)
    assert found["week"].to_list() == [MONDAY + dt.timedelta(weeks=week) for week in (7, 8)]


def test_a_week_in_which_everybody_wrote_more_is_no_burst() -> None:
    counts = noise(4)
    counts[:, 6] *= 4
    assert find_bursts(weeks(counts)).is_empty()


def test_weeks_that_are_withheld_are_neither_judged_nor_learnt_from() -> None:
    counts = noise(1)
    counts[4, 7] = 90
    assert find_bursts(weeks(counts), withheld={MONDAY + dt.timedelta(weeks=7)}).is_empty()


def test_weeks_around_tet_are_not_judged() -> None:
    counts = noise(1)
    counts[4, 7] = 90
    table = weeks(counts)
    tet = table.with_columns(pl.col("week") + (dt.date(2026, 2, 16) - MONDAY - dt.timedelta(weeks=7)))
    assert len(find_bursts(table)) == 1
    assert find_bursts(tet).is_empty()


def test_week_by_week_more_is_named_than_over_a_report() -> None:
    found = [
        find_bursts(weeks(noise(seed)), within=within).height for seed in range(6) for within in ("week", "report")
    ]
    assert sum(found[::2]) >= sum(found[1::2])
