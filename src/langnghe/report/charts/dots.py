"""Shares as dots: the dot plot with intervals, and the dumbbell plot with and without copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence  # noqa: TC003 - part of the signatures
from dataclasses import dataclass

from langnghe.report.charts import svg
from langnghe.report.charts.rows import FigureColumn, Mark, Plot, Rows
from langnghe.report.charts.scale import Scale, scale, thinned
from langnghe.report.document import Chart, Lang  # noqa: TC001 - part of the signatures
from langnghe.report.labels import SUPPRESSED, label
from langnghe.report.numbers import percent, span

LANE = 5.6  # the two marks of a row lie this far above and below its middle


@dataclass(frozen=True)
class ShareRow:
    """Shares of one issue, 0 to 1; None where suppressed.

    Attributes
    ----------
    texts, messages : share of the texts, and of the distinct messages, that speak of the issue.
    interval : low and high end of the interval of `texts`.
    """

    label: str
    texts: float | None
    messages: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class CopyRow:
    """Shares of one issue, 0 to 1, counted with and without copies; None where suppressed."""

    label: str
    with_copies: float | None
    without_copies: float | None


def dot_plot(
    rows: Sequence[ShareRow],
    *,
    title: str,
    desc: str,
    lang: Lang,
    draft: bool = False,
    names: tuple[str, str] | None = None,
) -> Chart:
    """Draw shares, one row an issue: ● of texts with their interval, ○ of distinct messages, figures at the right.

    Parameters
    ----------
    rows : in the order to print; the second column is left out when no row has `messages`.
    title, desc : the finding, and the finding with its figures (for readers who can't see the chart).
    draft : grey marks without intervals, and a note that says why.
    names : what ● and ○ count, in the place of 'texts' and 'distinct messages'.
    """
    first, second = names or (label("texts", lang), label("messages", lang))
    both = any(row.messages is not None for row in rows)
    ruler = scale(max([0.0, *(value for row in rows for value in _values(row, draft=draft))]), 5)
    colour = svg.SOFT if draft else svg.ACCENT
    ranged = not draft and any(row.interval for row in rows)
    details = tuple(_range(row, lang) for row in rows) if ranged else ()
    columns = [FigureColumn(first, tuple(_figure(row.texts, lang) for row in rows), _full(colour), details)]
    if both:
        columns.append(FigureColumn(second, tuple(_figure(row.messages, lang) for row in rows), ring))

    def marks(plot: Plot, number: int, y: float) -> str:
        row = rows[number]
        lift = LANE if both else 0.0
        bar = "" if draft or row.interval is None else _interval(plot, ruler, row.interval, y - lift)
        lower = _mark(plot, ruler, row.messages, y + lift, ring) if both else ""
        return bar + _mark(plot, ruler, row.texts, y - lift, _full(colour)) + lower

    hidden = any(row.texts is None or (both and row.messages is None) for row in rows)
    said = {"draft counts": draft, "interval": ranged, "suppressed": hidden}
    notes = [label(name, lang) for name, holds in said.items() if holds]
    return Rows(
        [row.label for row in rows],
        columns,
        marks,
        _grid(ruler),
        _axis(ruler, lang),
        25,
        notes=notes,
        title=title,
        desc=desc,
    ).chart()


def dumbbell(
    rows: Sequence[CopyRow], *, title: str, desc: str, lang: Lang, names: tuple[str, str] | None = None
) -> Chart:
    """Draw how each share moves when copies are taken out: ○ with copies, a line, ● without.

    Parameters
    ----------
    rows : in the order to print.
    title, desc : the finding, and the finding with its figures.
    names : what ○ and ● count, in the place of 'with copies' and 'without copies'.
    """
    first, second = names or (label("with copies", lang), label("without copies", lang))
    ruler = scale(
        max([0.0, *(side for row in rows for side in (row.with_copies, row.without_copies) if side is not None)]), 5
    )
    columns = (
        FigureColumn(first, tuple(_figure(row.with_copies, lang) for row in rows), ring),
        FigureColumn(second, tuple(_figure(row.without_copies, lang) for row in rows), _full(svg.ACCENT)),
    )

    def marks(plot: Plot, number: int, y: float) -> str:
        row = rows[number]
        ends = [side for side in (row.with_copies, row.without_copies) if side is not None]
        xs = sorted(plot.at(ruler.fraction(side)) for side in ends)
        bar = svg.stroke(xs[0], y, xs[1], y, colour=svg.MID, width=2) if len(xs) == 2 else ""
        full = _mark(plot, ruler, row.without_copies, y, _full(svg.ACCENT))
        return bar + _mark(plot, ruler, row.with_copies, y, big_ring) + full

    hidden = any(row.with_copies is None or row.without_copies is None for row in rows)
    notes = [label("suppressed", lang)] * hidden
    labels = [row.label for row in rows]
    return Rows(labels, columns, marks, _grid(ruler), _axis(ruler, lang), notes=notes, title=title, desc=desc).chart()


def ring(x: float, y: float) -> str:
    """Draw ○."""
    return svg.disc(x, y, 3.8, fill=svg.PAPER, rim=svg.INK, width=1.5)


def big_ring(x: float, y: float) -> str:
    """Draw a ○ that still shows around a ● on the same place."""
    return svg.disc(x, y, 6.4, fill=svg.PAPER, rim=svg.INK, width=1.5)


def _full(colour: str) -> Mark:
    return lambda x, y: svg.disc(x, y, 4.4, fill=colour)


def _values(row: ShareRow, *, draft: bool) -> list[float]:
    ends = () if draft or row.interval is None else row.interval
    return [value for value in (row.texts, row.messages, *ends) if value is not None]


def _figure(share: float | None, lang: Lang) -> str:
    return SUPPRESSED if share is None else percent(share, lang)


def _range(row: ShareRow, lang: Lang) -> str:
    return "" if row.texts is None or row.interval is None else span(*row.interval, lang)


def _mark(plot: Plot, ruler: Scale, share: float | None, y: float, mark: Mark) -> str:
    return svg.cross(plot.start, y) if share is None else mark(plot.at(ruler.fraction(share)), y)


def _interval(plot: Plot, ruler: Scale, ends: tuple[float, float], y: float) -> str:
    low, high = (plot.at(ruler.fraction(end)) for end in ends)
    caps = "".join(svg.stroke(x, y - 3.5, x, y + 3.5, colour=svg.ACCENT, width=1.2) for x in (low, high))
    return svg.stroke(low, y, high, y, colour=svg.ACCENT, width=1.8) + caps


def _grid(ruler: Scale) -> Callable[[Plot, float, float], str]:
    fractions = [ruler.fraction(tick) for tick in ruler.ticks()]

    def grid(plot: Plot, top: float, bottom: float) -> str:
        xs = [plot.at(fraction) for fraction in fractions]
        return "".join(
            svg.stroke(x, top, x, bottom, colour=svg.GRID if number else svg.MID) for number, x in enumerate(xs)
        )

    return grid


def _axis(ruler: Scale, lang: Lang) -> Callable[[Plot, float], str]:
    decimals = 0 if ruler.step >= 0.01 - 1e-9 else 1
    ticks = [(ruler.fraction(tick), percent(tick, lang, decimals if tick else 0)) for tick in ruler.ticks()]

    def axis(plot: Plot, y: float) -> str:
        xs = [plot.at(fraction) for fraction, _ in ticks]
        every = thinned(xs, [words for _, words in ticks])
        shown = list(zip(xs, ticks, strict=True))[::every]
        return "".join(svg.text(x, y, words, size=svg.SMALL, fill=svg.SOFT, anchor="middle") for x, (_, words) in shown)

    return axis
