"""Impact as a profile: each part with its unit, nothing below k."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.measure.impact import momentum, profile
from langnghe.nouns import Rule

WEEKS = [dt.date(2026, 7, 6) + dt.timedelta(weeks=n) for n in range(12)]
COMPLAINT, OTHER = 0, 5


def corpus(*rows: tuple[int, int, str, int, int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of (texts, week, source, reaction, issue), each text of its own account and with its own words."""
    texts: list[dict[str, Any]] = []
    for count, week, source, reaction, issue in rows:
        texts += [{"week": WEEKS[week], "source": source, "reaction": reaction, "issue": issue} for _ in range(count)]
    frame = (
        pl.DataFrame(texts)
        .with_row_index("text_id")
        .with_columns(copy_of=pl.col("text_id"), voice=pl.lit(1.0), batch=pl.lit(0, dtype=pl.UInt16))
    )
    return frame.drop("issue"), frame.select("text_id", pl.col("issue").cast(pl.UInt8))


def of(issue: int, *rows: tuple[int, int, str, int, int]) -> dict[str, Any]:
    texts, assigned = corpus(*rows)
    found = profile(texts, assigned, Rule(10, "accounts"), [COMPLAINT]).filter(pl.col("issue") == issue)
    return found.row(0, named=True) if len(found) else {}


def test_sources_and_weeks_count_where_they_stand_for_k() -> None:
    row = of(0, (20, 0, "facebook", COMPLAINT, 0), (12, 1, "zalo", OTHER, 0), (5, 2, "hotline", OTHER, 0))
    assert (row["messages"], row["voices"], row["sources"], row["weeks"]) == (37, 37, 2, 2)


def test_an_issue_below_k_has_no_profile() -> None:
    assert of(1, (20, 0, "facebook", OTHER, 0), (6, 0, "facebook", OTHER, 1)) == {}


def test_intensity_is_the_share_that_complains_or_asks() -> None:
    row = of(0, (30, 0, "facebook", COMPLAINT, 0), (10, 0, "facebook", OTHER, 0))
    assert row["intensity"] == pytest.approx(0.75)
    assert 0.58 < row["intensity_low"] < 0.75 < row["intensity_high"] < 0.87


def test_an_issue_that_grows_has_momentum_and_one_that_stays_has_not() -> None:
    steady = [(10, week, "facebook", OTHER, 0) for week in range(12)]
    grows = [(30 if week >= 9 else 10, week, "facebook", OTHER, 1) for week in range(12)]
    rest = [(100, week, "facebook", OTHER, 2) for week in range(12)]
    up, flat = of(1, *steady, *grows, *rest), of(0, *steady, *grows, *rest)
    assert up["momentum_low"] > 1.5
    assert flat["momentum_low"] < 1 < flat["momentum_high"]


def test_few_weeks_or_few_messages_have_no_momentum() -> None:
    assert of(0, *[(20, week, "facebook", OTHER, 0) for week in range(5)])["momentum"] is None
    late = [(50, week, "facebook", OTHER, 1) for week in range(12)]
    assert of(0, (30, 0, "facebook", OTHER, 0), *late)["momentum"] is None


@given(st.lists(st.integers(0, 40), min_size=8, max_size=30))
def test_the_interval_holds_the_ratio(counts: list[int]) -> None:
    found = momentum(np.array(counts, dtype=float), np.full(len(counts), 100.0), 10)
    if found is not None:
        ratio, low, high = found
        assert 0 < low <= ratio <= high
