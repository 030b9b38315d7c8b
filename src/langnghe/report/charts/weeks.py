"""Counts over the weeks as small multiples: one small panel an issue, axes from zero."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - a field of a dataclass
from collections.abc import Iterator, Sequence  # noqa: TC003 - part of the signatures
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from langnghe.report.charts import svg
from langnghe.report.charts.rows import notes_below
from langnghe.report.charts.scale import Scale, scale
from langnghe.report.document import Chart, Lang
from langnghe.report.fonts import text_width, wrap
from langnghe.report.labels import label
from langnghe.report.numbers import month, number, short_day

PLOT = 78.0  # height of the plot of a panel
ABOVE = 20.0  # room for the figure of a burst
BELOW = 22.0  # room for dates
BETWEEN = 22.0
LONG = 300  # days after which dates are printed as months


@dataclass(frozen=True)
class Week:
    """One week of an issue.

    Attributes
    ----------
    start : first day.
    count : texts; None where the week is suppressed or has no data.
    kind : 'count', 'suppressed' (too few to print) or 'gap' (no data at all: a break, not a zero).
    burst : whether the week is flagged as a burst.
    """

    start: dt.date
    count: int | None
    kind: Literal["count", "suppressed", "gap"] = "count"
    burst: bool = False


@dataclass(frozen=True)
class Panel:
    """The weeks of one issue, in order, without holes (a week without data is of kind 'gap')."""

    label: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class _Place:
    """Where the plot of a panel lies: left, right, the height of its zero line; and its scale and the kind of dates."""

    left: float
    right: float
    zero: float
    ruler: Scale
    lang: Lang

    def x(self, index: int, count: int) -> float:
        inner = self.right - self.left - 12
        return self.left + 6 + (inner * index / (count - 1) if count > 1 else inner / 2)

    def y(self, value: float) -> float:
        return self.zero - PLOT * self.ruler.fraction(value)


def weekly(panels: Sequence[Panel], *, title: str, desc: str, lang: Lang, one_scale: bool = True) -> Chart:
    """Draw weekly counts as small multiples: three panels a row, two in the narrow drawing.

    Parameters
    ----------
    panels : in the order to print.
    title, desc : the finding, and the finding with its figures.
    one_scale : one scale for all panels, so that they can be compared; else each has its own, and a note says so.
    """
    return Chart(
        wide=_draw(panels, min(3, max(len(panels), 1)), svg.WIDE, lang, title, desc, one_scale=one_scale),
        narrow=_draw(panels, min(2, max(len(panels), 1)), svg.NARROW, lang, title, desc, one_scale=one_scale),
    )


def _draw(
    panels: Sequence[Panel], across: int, width: float, lang: Lang, title: str, desc: str, *, one_scale: bool
) -> str:
    side = (width - BETWEEN * (across - 1)) / across
    common = _ruler([week for panel in panels for week in panel.weeks])
    drawn, y = "", 0.0
    for first in range(0, len(panels), across):
        shelf = panels[first : first + across]
        words = [wrap(panel.label, side, svg.SIZE, semibold=True) for panel in shelf]
        tallest = max(map(len, words)) * svg.leading(svg.SIZE)
        zero = y + tallest + ABOVE + PLOT
        for number_, panel in enumerate(shelf):
            left = number_ * (side + BETWEEN)
            ruler = common if one_scale else _ruler(panel.weeks)
            drawn += svg.lines(left, y + 14, words[number_], semibold=True)
            drawn += _panel(panel.weeks, _Place(left, left + side, zero, ruler, lang))
        y = zero + BELOW + 18
    notes, height = notes_below(_notes(panels, lang, one_scale=one_scale), width, y - 18)
    return svg.drawing(width, height, drawn + notes, title=title, desc=desc)


def _ruler(weeks: Sequence[Week]) -> Scale:
    return scale(float(max([1, *(week.count or 0 for week in weeks)])), 3, whole=True)


def _notes(panels: Sequence[Panel], lang: Lang, *, one_scale: bool) -> list[str]:
    weeks = [week for panel in panels for week in panel.weeks]
    kinds = {week.kind for week in weeks}
    said = {
        "burst": any(week.burst for week in weeks),
        "hidden week": "suppressed" in kinds,
        "gap": "gap" in kinds,
        "own scale": not one_scale,
    }
    text = "; ".join(label(name, lang) for name, holds in said.items() if holds)
    return [f"{text}."] if text else []


def _panel(weeks: Sequence[Week], place: _Place) -> str:
    """Draw one panel: grid, area and line, marks, dates."""
    return _axis(place) + _lines(weeks, place) + _marks(weeks, place) + _dates(weeks, place)


def _axis(place: _Place) -> str:
    drawn = ""
    for tick in place.ruler.ticks():
        y = place.y(tick)
        drawn += svg.stroke(place.left, y, place.right, y, colour=svg.MID if tick == 0 else svg.GRID)
    top = number(place.ruler.top, place.lang)
    return drawn + svg.text(place.left, place.y(place.ruler.top) - 4, top, size=svg.SMALL, fill=svg.SOFT)


def _stretches(weeks: Sequence[Week]) -> Iterator[list[tuple[int, int]]]:
    """Give the stretches of weeks that have counts, as pairs of index and count: a line never runs over a gap."""
    for shown, stretch in groupby(enumerate(weeks), key=lambda pair: pair[1].count is not None):
        if shown:
            yield [(index, week.count) for index, week in stretch if week.count is not None]


def _lines(weeks: Sequence[Week], place: _Place) -> str:
    drawn = ""
    for stretch in _stretches(weeks):
        points = [(place.x(index, len(weeks)), place.y(count)) for index, count in stretch]
        steps = "L".join(f"{svg.length(x)} {svg.length(y)}" for x, y in points)
        floor = f"V{svg.length(place.zero)}H{svg.length(points[0][0])}z"
        if len(points) == 1:
            drawn += svg.disc(*points[0], 2.4)
        else:
            drawn += svg.path(f"M{steps}{floor}", fill=svg.TINT) + svg.path(f"M{steps}", colour=svg.ACCENT)
    return drawn


def _marks(weeks: Sequence[Week], place: _Place) -> str:
    """Draw bursts as ▲, the highest with its count, and suppressed weeks as × on the zero line."""
    drawn = ""
    bursts = [(week.count or 0, -index) for index, week in enumerate(weeks) if week.burst and week.count is not None]
    for index, week in enumerate(weeks):
        x = place.x(index, len(weeks))
        if week.kind == "suppressed":
            drawn += svg.cross(x, place.zero - 6, 3)
        elif week.burst and week.count is not None:
            drawn += svg.upward(x, place.y(week.count) - 4)
    if bursts:
        count, index = max(bursts)
        drawn += _burst_count(place.x(-index, len(weeks)), count, place)
    return drawn


def _burst_count(x: float, count: int, place: _Place) -> str:
    """Print the count of the highest burst beside its ▲: at the right where there is room, else at the left."""
    words, y = number(count, place.lang), max(place.y(count) + 3, place.zero - PLOT + 10)  # clear of the scale's label
    width = text_width(words, svg.SMALL, semibold=True) + 8
    left = x + 8 if x + width <= place.right else x - width
    plate = svg.box(left - 2, y - 10, width - 4, 13, fill=svg.PAPER)  # where the line would run through the figures
    return plate + svg.text(left, y, words, size=svg.SMALL, fill=svg.ACCENT, semibold=True)


def _dates(weeks: Sequence[Week], place: _Place) -> str:
    """Print the first and the last date where both have room."""
    if not weeks:
        return ""
    first, last = weeks[0].start, weeks[-1].start
    name = month if (last - first).days > LONG else short_day
    ends = [name(date, place.lang) for date in (first, last)]
    y = place.zero + 16
    drawn = svg.text(place.left, y, ends[0], size=svg.SMALL, fill=svg.SOFT)
    fits = sum(text_width(words, svg.SMALL) for words in ends) + 10 < place.right - place.left
    if fits and len(weeks) > 1:
        drawn += svg.text(place.right, y, ends[1], size=svg.SMALL, fill=svg.SOFT, anchor="end")
    return drawn
