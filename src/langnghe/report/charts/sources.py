"""Sources and weeks as a strip of cells: when was anything heard, and from where."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - part of the signatures
from collections.abc import Callable, Sequence  # noqa: TC003 - likewise
from dataclasses import dataclass

from langnghe.report.charts import svg
from langnghe.report.charts.rows import FigureColumn, Plot, Rows, no_grid
from langnghe.report.charts.scale import thinned
from langnghe.report.charts.weeks import LONG
from langnghe.report.document import Chart, Lang  # noqa: TC001 - part of the signatures
from langnghe.report.fonts import text_width
from langnghe.report.labels import SUPPRESSED, label
from langnghe.report.numbers import month, number, short_day

GREYS = ("#f3f3f3", "#dcdcdc", "#bdbdbd", "#8a8a8a", "#4d4d4d")
CELL = 26.0
LEAST = 10.0  # width under which a cell shows its count as a bar, and no longer as a square


@dataclass(frozen=True)
class SourceRow:
    """One source: texts a week.

    Attributes
    ----------
    counts : one a week: a count, None for no data, or '×' for a suppressed week.
    total : texts over the whole period; None where suppressed.
    """

    label: str
    counts: tuple[int | str | None, ...]
    total: int | None


def coverage(
    rows: Sequence[SourceRow], weeks: Sequence[dt.date], *, title: str, desc: str, lang: Lang, unit: str = ""
) -> Chart:
    """Draw sources × weeks: a cell a week, darker where more was heard, with its figure where there is room.

    Where there is none the cell holds a square whose area is the count; where it is very narrow, a bar.

    Parameters
    ----------
    rows : sources in the order to print.
    weeks : first days, as many as each row has counts.
    title, desc : the finding, and the finding with its figures.
    unit : what is counted, in the place of 'texts'.
    """
    top = max([1, *(count for row in rows for count in row.counts if isinstance(count, int))])
    figures = [number(count, lang) for row in rows for count in row.counts if isinstance(count, int)]
    widest = max([text_width(words, svg.SMALL) for words in figures], default=0) + 4
    totals = tuple(SUPPRESSED if row.total is None else number(row.total, lang) for row in rows)
    header = f"{label('total', lang)}, {unit or label('texts', lang)}"

    def marks(plot: Plot, index: int, y: float) -> str:
        side = (plot.end - plot.start) / max(len(weeks), 1)
        cells = zip(_lefts(plot, len(weeks)), rows[index].counts, strict=True)
        return "".join(_cell(left, y, side, count, top, lang, figures=widest <= side) for left, count in cells)

    hidden = any(row.total is None or SUPPRESSED in row.counts for row in rows)
    notes = [_note(lang, hidden=hidden, empty=any(None in row.counts for row in rows))]
    labels = [row.label for row in rows]
    columns = [FigureColumn(header, totals)]
    axis = _week_labels(weeks, lang)
    return Rows(
        labels, columns, marks, no_grid, axis, CELL + 6, notes=notes, title=title, desc=desc, label_width=190.0
    ).chart()


def _lefts(plot: Plot, count: int) -> list[float]:
    return [plot.at(index / max(count, 1)) for index in range(count)]


def _note(lang: Lang, *, hidden: bool, empty: bool) -> str:
    """Explain the cells."""
    said = ["ô càng đậm hoặc càng to thì càng nhiều" if lang == "vi" else "darker or larger is more"]
    said += ["ô trống: không có dữ liệu" if lang == "vi" else "no cell: no data"] * empty
    said += [label("hidden week", lang)] * hidden
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _cell(left: float, y: float, side: float, count: int | str | None, top: int, lang: Lang, *, figures: bool) -> str:
    """Draw one cell: its figure on grey, a square by area, × or nothing."""
    middle = left + side / 2
    if count is None:
        return ""
    if isinstance(count, str):
        return svg.cross(middle, y, min(3.5, side / 3))
    if not figures and side < LEAST:
        high = max(CELL * count / top, 1.0)
        return svg.box(left, y + CELL / 2 - high, side, high, fill=GREYS[3])
    if not figures:
        return _square(middle, y, min(side - 1, CELL), count, top)
    level = 0 if count == 0 else min(4, int(count / top * 4.999))
    ink = svg.PAPER if level == 4 else svg.INK
    cell = svg.box(left + 0.5, y - CELL / 2, side - 1, CELL, fill=GREYS[level])
    return cell + svg.text(middle, y + 4.2, number(count, lang), size=svg.SMALL, fill=ink, anchor="middle")


def _square(x: float, y: float, side: float, count: int, top: int) -> str:
    """Draw a grey square whose area is the count, the largest filling the cell; a thin line for zero."""
    reach = max(side * (count / top) ** 0.5, 2.0) if count else 0
    if not count:
        return svg.stroke(x - side / 4, y, x + side / 4, y, colour=svg.MID)
    fill = GREYS[4] if 2 * count > top else GREYS[3]
    return svg.box(x - reach / 2, y - reach / 2, reach, reach, fill=fill)


def _week_labels(weeks: Sequence[dt.date], lang: Lang) -> Callable[[Plot, float], str]:
    long = bool(weeks) and (weeks[-1] - weeks[0]).days > LONG
    names = [(month if long else short_day)(week, lang) for week in weeks]

    def axis(plot: Plot, y: float) -> str:
        if not weeks:
            return ""
        xs = _lefts(plot, len(weeks))
        every = thinned(xs, names)
        return "".join(
            svg.text(x, y, name, size=svg.SMALL, fill=svg.SOFT)
            for x, name in list(zip(xs, names, strict=True))[::every]
            if x + text_width(name, svg.SMALL) <= plot.end + 4
        )

    return axis
