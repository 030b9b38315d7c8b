"""The frame that most charts share: one row a label, a plot beside it, and columns of figures at the right.

On paper and wide screens the label stands left of the plot; in the narrow drawing it stands above it. All labels
wrap; the figures stand in columns of their own, so that nothing can run into anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langnghe.report.charts import svg
from langnghe.report.document import Chart
from langnghe.report.fonts import text_width, wrap

Mark = Callable[[float, float], str]
"""Draws a mark of a chart with its centre at (x, y)."""

GAP = 12.0
EDGE = 1.5  # letters may reach a little over their width


@dataclass(frozen=True)
class FigureColumn:
    """A column of figures at the right of the plot.

    Attributes
    ----------
    header : what the figures are.
    cells : one a row.
    mark : the mark of the plot that the header explains.
    details : one a row, such as an interval: beside the figure, or under it in the narrow drawing.
    """

    header: str
    cells: tuple[str, ...]
    mark: Mark | None = None
    details: tuple[str, ...] = ()

    def widths(self, *, narrow: bool) -> tuple[float, float]:
        """Give the width that the column needs, its header wrapped, and how much of it is for details beside."""
        header = wrap(self.header, 64.0 if narrow else 84.0, svg.SMALL)
        figure = max([text_width(cell, svg.SIZE, semibold=True) for cell in self.cells], default=0)
        detail = max([text_width(detail, svg.SMALL) for detail in self.details], default=0)
        beside = 0.0 if narrow or not self.details else detail + 8
        return max([text_width(line, svg.SMALL) for line in header] + [figure + beside, detail, 20.0]), beside


@dataclass(frozen=True)
class Plot:
    """Where the plot of one drawing lies: from x = `start` to `end`; `narrow` for the narrow drawing."""

    start: float
    end: float
    narrow: bool

    def at(self, fraction: float) -> float:
        """Give the x of a fraction (0 to 1) of the plot's width."""
        return self.start + (self.end - self.start) * fraction


@dataclass(frozen=True)
class Rows:
    """What a chart of rows shows.

    Attributes
    ----------
    labels : one a row.
    columns : figures at the right.
    marks : draws the marks of row number i, centred on y.
    grid : draws what lies behind the plot of one row, between two heights.
    axis : draws the labels of the scale on a baseline, once, above the first row.
    height : least height of the plot of a row.
    label_width : most width of the labels in the wide drawing.
    head : draws a line above the columns' header, such as a key, and gives back its height.
    notes : explanations, printed once below.
    """

    labels: Sequence[str]
    columns: Sequence[FigureColumn]
    marks: Callable[[Plot, int, float], str]
    grid: Callable[[Plot, float, float], str]
    axis: Callable[[Plot, float], str]
    height: float = 30.0
    head: Callable[[float], tuple[str, float]] | None = None
    notes: Sequence[str] = ()
    title: str = ""
    desc: str = ""
    label_width: float = 270.0

    def chart(self) -> Chart:
        """Draw both drawings."""
        return Chart(wide=_draw(self, narrow=False), narrow=_draw(self, narrow=True))


def _draw(rows: Rows, *, narrow: bool) -> str:
    width = svg.NARROW if narrow else svg.WIDE
    label_width = (
        float(width)
        if narrow
        else min(rows.label_width, max((text_width(name, svg.SIZE) for name in rows.labels), default=0))
    )
    widths = [column.widths(narrow=narrow)[0] for column in rows.columns]
    start = 14.0 if narrow else label_width + 24.0
    plot = Plot(start, width - sum(widths) - GAP * len(widths) - 12.0 - EDGE, narrow)
    key, top = rows.head(width) if rows.head else ("", 0.0)
    header, top = _header(rows.columns, widths, width, top)
    body, bottom = _rows(rows, plot, label_width, top)
    notes, height = notes_below(rows.notes, width, bottom)
    return svg.drawing(width, height, key + header + body + notes, title=rows.title, desc=rows.desc)


def _header(columns: Sequence[FigureColumn], widths: Sequence[float], width: float, top: float) -> tuple[str, float]:
    """Draw the headers of the columns, marks on one line and words below; give back the height where the rows start."""
    wrapped = [wrap(column.header, side + 0.1, svg.SMALL) for column, side in zip(columns, widths, strict=True)]
    marked = 14.0 if any(column.mark for column in columns) else 0.0
    drawn, right = "", width - EDGE
    for column, words, side in reversed(list(zip(columns, wrapped, widths, strict=True))):
        drawn += svg.lines(right, top + marked + 14, words, size=svg.SMALL, fill=svg.SOFT, anchor="end")
        drawn += column.mark(right - 6, top + 8) if column.mark else ""
        right -= side + GAP
    tallest = max(map(len, wrapped), default=1) * svg.leading(svg.SMALL)
    return drawn, top + marked + tallest + 8


def _rows(rows: Rows, plot: Plot, label_width: float, top: float) -> tuple[str, float]:
    drawn, y = rows.axis(plot, top - 8), top
    width = svg.NARROW if plot.narrow else svg.WIDE
    for number, name in enumerate(rows.labels):
        words = wrap(name, label_width + 0.1, svg.SIZE)
        block = len(words) * svg.leading(svg.SIZE)
        inner = max(rows.height, 40.0 if plot.narrow and any(column.details for column in rows.columns) else 0.0)
        above = block + 5 if plot.narrow else 0.0
        height = above + inner if plot.narrow else max(inner, block + 7)
        middle = y + above + (height - above) / 2
        first = y + 16 if plot.narrow else middle - block / 2 + svg.SIZE * 0.93
        drawn += svg.stroke(0, y, width, y, colour=svg.RULE) + rows.grid(plot, y + above, y + height)
        drawn += svg.lines(0, first, words) + rows.marks(plot, number, middle)
        drawn += _figures(rows.columns, number, middle, plot)
        y += height
    return drawn + svg.stroke(0, y, width, y, colour=svg.RULE), y


def _figures(columns: Sequence[FigureColumn], number: int, middle: float, plot: Plot) -> str:
    """Print the figures of one row, columns from the right to the left."""
    drawn, right = "", (svg.NARROW if plot.narrow else svg.WIDE) - EDGE
    for column in reversed(columns):
        side, beside = column.widths(narrow=plot.narrow)
        detail = column.details[number] if column.details else ""
        lift = 3.5 if plot.narrow and detail else -4.6
        drawn += svg.text(right - beside, middle - lift, column.cells[number], anchor="end", semibold=True)
        if detail:
            low = middle + (12.5 if plot.narrow else 4.6)
            drawn += svg.text(right, low, detail, size=svg.SMALL, fill=svg.SOFT, anchor="end")
        right -= side + GAP
    return drawn


def no_grid(_plot: Plot, _top: float, _bottom: float) -> str:
    """Draw nothing behind a row."""
    return ""


def no_axis(_plot: Plot, _y: float) -> str:
    """Draw no scale."""
    return ""


def notes_below(notes: Sequence[str], width: float, top: float) -> tuple[str, float]:
    """Print notes under a chart; give back the drawing and the height of the whole chart."""
    words = [words for note in notes for words in wrap(note, width, svg.SMALL, balanced=False)]
    if not words:
        return "", top + 4
    drawn = svg.lines(0, top + 20, words, size=svg.SMALL, fill=svg.SOFT)
    return drawn, top + 10 + len(words) * svg.leading(svg.SMALL) + 4
