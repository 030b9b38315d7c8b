"""When things are said: 13 weeks with mild ups and downs, and three stories that are planted in time.

Texts that name a day or a season keep to it: texts/days.csv says from when to when each may be said.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING

from making.nouns import BURST, FEEDBACK_LINE, GREETINGS, ISSUES, MESSAGE, Said, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from making.chance import Dice

FIRST = dt.date(2026, 6, 29)
WEEKS = 13
HOLIDAY = 9
"""The week of National Day, 31 August to 6 September."""
MESSAGE_WEEKS = {3: 16, 4: 34, 5: 38, 6: 27, 7: 15}
BURST_WEEKS = {10: 55, 11: 20}
CLAIM_WEEKS: Mapping[str, Mapping[int, int]] = {
    "bhxh_mot_lan": {0: 3, 1: 4, 2: 4, 3: 1, 4: 1, 6: 1},
    "thuong_5_trieu": {7: 5, 8: 7, 9: 2},
    "viec_nhe_luong_cao": {week: 2 if week == 6 else 1 for week in range(WEEKS)},
}
"""Rows by week, counted from 0."""
BURST_ISSUES = ("meals", "health", "bonus")
"""What the burst speaks of most: spoilt meals, who fell ill, and the cut of the meal allowance."""

STEADY = 2.0
LEAST = 10
"""A week of an issue with at least `LEAST` rows and more than `STEADY` times its median would stand out by accident."""

Window = tuple[dt.date, dt.date]

_WHOLE = (FIRST, FIRST + dt.timedelta(days=7 * WEEKS - 1))
_DAYS = (1.0, 0.95, 1.0, 0.95, 0.9, 1.1, 1.35)
_OFFICE_DAYS = (1.2, 1.1, 1.0, 1.0, 0.9, 0.35, 0.15)
_HOURS = (2, 1, 0.5, 0.3, 0.8, 2, 3, 2.5, 2, 2, 2.5, 5, 6, 3, 2, 2, 2.5, 4, 5, 7, 9, 9, 7, 4)
_OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 0.5, 2, 6, 8, 7, 4, 2, 4, 6, 6, 5, 3, 2, 2, 2, 1.5, 0.5, 0)


def read_windows(path: Path) -> dict[tuple[str, int], Window]:
    """Read from when to when texts that name a day may be said, by file and line."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["file"], int(row["line"])): (dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]))
            for row in csv.DictReader(file)
        }


def plan(said: Sequence[Said], windows: Mapping[tuple[str, int], Window], dice: Dice) -> list[int]:
    """Choose a week for each row, so that what is not planted stays even."""
    weeks: dict[int, int] = {}
    open_to = [_weeks_of(each.written, windows) for each in said]
    for rows, quota in _planted(said):
        weeks |= _by_quota(rows, quota, open_to, dice)
    free = [at for at in range(len(said)) if at not in weeks]
    weeks |= _evenly(free, said, open_to, _counted(said, weeks), dice)
    return [weeks[at] for at in range(len(said))]


def _weeks_of(text: Written, windows: Mapping[tuple[str, int], Window]) -> range:
    first, last = windows.get((text.file, text.line), _WHOLE)
    return range((first - FIRST).days // 7, (last - FIRST).days // 7 + 1)


def _planted(said: Sequence[Said]) -> Iterable[tuple[list[int], Mapping[int, int]]]:
    def rows(**wanted: str) -> list[int]:
        return [
            at
            for at, each in enumerate(said)
            if all(getattr(each.written, name) == value for name, value in wanted.items())
        ]

    yield rows(file=MESSAGE), MESSAGE_WEEKS
    yield rows(file=BURST), BURST_WEEKS
    for claim, quota in CLAIM_WEEKS.items():
        yield rows(claim=claim), quota


def _by_quota(rows: Sequence[int], quota: Mapping[int, int], open_to: Sequence[range], dice: Dice) -> dict[int, int]:
    """Fill weeks to their quota, those first that may only be said early, those last that may only be said late."""
    places = [week for week, count in sorted(quota.items()) for _ in range(count)]
    ordered = sorted(dice.shuffled(rows), key=lambda at: (min(open_to[at].stop, places[-1] + 1), open_to[at].start))
    chosen = dict(zip(ordered, places, strict=True))
    wrong = [at for at, week in chosen.items() if week not in open_to[at]]
    if wrong:
        message = f"no week for rows {wrong}"
        raise ValueError(message)
    return chosen


Counts = dict[int, Counter[str]]


def _counted(said: Sequence[Said], weeks: Mapping[int, int]) -> Counts:
    """Rows by week and issue, of claims only: what else is planted stands on top of an even base."""
    counts: Counts = defaultdict(Counter)
    for at, week in weeks.items():
        if said[at].written.file not in {MESSAGE, BURST}:
            counts[week].update([*said[at].written.issues, "all"])
    return counts


def _evenly(
    rows: Sequence[int], said: Sequence[Said], open_to: Sequence[range], counts: Counts, dice: Dice
) -> dict[int, int]:
    total = len(rows) + sum(count["all"] for count in counts.values())
    goals = _goals(total, dice)
    most = _most(said)
    weeks: dict[int, int] = {}
    for at in sorted(dice.shuffled(rows), key=lambda at: len(open_to[at])):
        issues = said[at].written.issues
        weeks[at] = _choice(open_to[at], (goals, counts, most), issues, dice)
        counts[weeks[at]].update([*issues, "all"])
    return weeks


def _goals(total: int, dice: Dice) -> list[float]:
    """Rows of each week: within 14 % of even, the holiday's week a quarter below."""
    shares = [0.75 if week == HOLIDAY else 0.88 + 0.26 * dice.share() for week in range(WEEKS)]
    return [total * share / sum(shares) for share in shares]


def _most(said: Sequence[Said]) -> dict[str, float]:
    base = Counter(issue for each in said if each.written.file not in {MESSAGE, BURST} for issue in each.written.issues)
    return {issue: max(6.0, 1.6 * base[issue] / WEEKS) for issue in ISSUES}


def _choice(
    weeks: range, state: tuple[list[float], Counts, dict[str, float]], issues: Sequence[str], dice: Dice
) -> int:
    goals, counts, most = state
    left = [max(goals[week] - counts[week]["all"], 0.01) for week in weeks]
    crowded = [any(counts[week][issue] + 1 > most[issue] for issue in issues) for week in weeks]
    return dice.weigh(list(weeks), [room * (0.02 if full else 1) for room, full in zip(left, crowded, strict=True)])


def unsteady(said: Sequence[Said], weeks: Sequence[int]) -> list[tuple[str, int, int]]:
    """Issue, week and rows where an issue that nobody planted stands out.

    Left out are the shared message and, of the burst, the issues that it is meant to raise; the claims are not.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for each, week in zip(said, weeks, strict=True):
        raised = {MESSAGE: ISSUES, BURST: BURST_ISSUES}.get(each.written.file, ())
        counts.update((issue, week) for issue in each.written.issues if issue not in raised)
    middle = {issue: median(counts[issue, week] for week in range(WEEKS)) for issue in ISSUES}
    return [(*key, rows) for key, rows in sorted(counts.items()) if rows >= LEAST and rows > STEADY * middle[key[0]]]


def moments(
    said: Sequence[Said], weeks: Sequence[int], windows: Mapping[tuple[str, int], Window], dice: Dice
) -> list[dt.datetime]:
    """Choose day, hour and minute of each row within its week."""
    return [
        _moment(each, week, windows.get((each.written.file, each.written.line), _WHOLE), dice)
        for each, week in zip(said, weeks, strict=True)
    ]


def _moment(said: Said, week: int, window: Window, dice: Dice) -> dt.datetime:
    monday = FIRST + dt.timedelta(days=7 * week)
    days = [monday + dt.timedelta(days=day) for day in range(7)]
    weights = _OFFICE_DAYS if said.source == FEEDBACK_LINE else _DAYS
    allowed = [weights[day.weekday()] if _may(said, day, window) else 0.0 for day in days]
    hours = _OFFICE_HOURS if said.source == FEEDBACK_LINE else _HOURS
    hour = dice.weigh(range(24), hours)
    return dt.datetime.combine(dice.weigh(days, allowed), dt.time(hour, dice.below(60)))


def _may(said: Said, day: dt.date, window: Window) -> bool:
    weekend_wish = said.written.file == GREETINGS and "cuối tuần" in said.written.text
    return window[0] <= day <= window[1] and (not weekend_wish or day.weekday() in {4, 5})
