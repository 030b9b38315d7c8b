"""Weeks that a calendar says are unlike others: Tết, and weeks with a public holiday.

A quarter can't teach what a year does. Weeks around Tết are therefore not judged at all, and weeks with another holiday are judged
more mildly.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE_TET, AFTER_TET = 10, 10
LONGEST = 31
"""Days around Tết in which factories close and people travel; days of the longest step of time that the calendar is asked about."""


@cache
def _calendar() -> tuple[tuple[dt.date, ...], frozenset[dt.date], tuple[str, ...]]:
    read = tomllib.loads(files("langnghe.vi").joinpath("holidays.toml").read_text(encoding="utf-8"))
    return tuple(read["tet"]), frozenset(read["hung_kings"]), tuple(read["fixed"])


def is_tet(first: dt.date, days: int = 7) -> bool:
    """Whether a step of time (`days` from `first` on) touches the days around Tết; never for steps longer than a month.

    Examples
    --------
    >>> is_tet(dt.date(2026, 2, 16)), is_tet(dt.date(2026, 3, 2))
    (True, False)
    """
    last = first + dt.timedelta(days=days - 1)
    before, after = dt.timedelta(days=BEFORE_TET), dt.timedelta(days=AFTER_TET)
    return days <= LONGEST and any(first <= tet + after and last >= tet - before for tet in _calendar()[0])


def has_holiday(first: dt.date, days: int = 7) -> bool:
    """Whether a week holds a public holiday other than Tết; never for longer steps.

    Examples
    --------
    >>> has_holiday(dt.date(2026, 8, 31)), has_holiday(dt.date(2026, 9, 7))
    (True, False)
    """
    _, moving, fixed = _calendar()
    every = [first + dt.timedelta(days=day) for day in range(days)]
    return days <= 7 and any(day in moving or f"{day:%m-%d}" in fixed for day in every)


def is_known(year: int) -> bool:
    """Whether the calendar holds a year; outside it Tết is not known and no week is withheld for it."""
    return any(tet.year == year for tet in _calendar()[0])


def step_days(steps: Sequence[dt.date]) -> int:
    """Days of a step of time, from the first days of all steps: 7, or about 30 or 91; 7 where there is but one."""
    ordered = sorted(set(steps))
    return min(((b - a).days for a, b in pairwise(ordered)), default=7)
