"""Numbers and dates in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from langnghe.report.numbers import day, month, number, percent, short_day, span


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567, 0, "1.234.567", "1,234,567"),
        (0.5, 1, "0,5", "0.5"),
        (-1234.5, 1, "−1.234,5", "−1,234.5"),
        (-0.01, 1, "0,0", "0.0"),
    ],
)
def test_numbers(value: float, decimals: int, vi: str, en: str) -> None:
    assert (number(value, "vi", decimals), number(value, "en", decimals)) == (vi, en)


def test_per_cents_do_not_break_from_their_sign() -> None:
    assert (percent(0.125, "vi"), percent(0.125, "en"), percent(1, "vi", 0)) == ("12,5\u00a0%", "12.5%", "100\u00a0%")


def test_an_interval() -> None:
    assert (span(0.11, 0.141, "vi"), span(0.11, 0.141, "en")) == ("11,0–14,1", "11.0–14.1")


def test_dates() -> None:
    date = dt.date(2026, 7, 6)
    assert (day(date, "vi"), short_day(date, "vi"), month(date, "vi")) == ("06/7/2026", "06/7", "7/2026")
    assert (day(date, "en"), short_day(date, "en"), month(date, "en")) == ("6 Jul 2026", "6 Jul", "Jul 2026")
