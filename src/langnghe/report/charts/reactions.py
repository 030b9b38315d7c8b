"""The mix of reactions as stacked bars, in one order and with patterns that print in black and white."""

from __future__ import annotations

from collections.abc import Callable, Sequence  # noqa: TC003 - part of the signatures
from dataclasses import dataclass

from langnghe.report.charts import svg
from langnghe.report.charts.rows import FigureColumn, Plot, Rows, no_axis, no_grid
from langnghe.report.document import Chart, Lang  # noqa: TC001 - part of the signatures
from langnghe.report.fonts import text_width
from langnghe.report.labels import REACTIONS, SUPPRESSED, label
from langnghe.report.numbers import number

BAR = 22.0
SWATCH = 16.0


@dataclass(frozen=True)
class MixRow:
    """The mix of one issue: shares in the order of `REACTIONS`, or None where suppressed; and their base."""

    label: str
    shares: tuple[float, ...] | None
    base: int | None


def reaction_mix(
    rows: Sequence[MixRow], *, title: str, desc: str, lang: Lang, names: tuple[str, ...] = (), unit: str = ""
) -> Chart:
    """Draw one stacked bar an issue, with whole per cents in the parts that have room and the base at the right.

    Parameters
    ----------
    rows : in the order to print.
    title, desc : the finding, and the finding with its figures.
    names : names of the parts (at most six), in the place of the reactions.
    unit : what the base counts, in the place of 'texts'.
    """
    parts = names or tuple(say[lang] for say in REACTIONS.values())
    bases = tuple(SUPPRESSED if row.base is None else number(row.base, lang) for row in rows)

    def marks(plot: Plot, index: int, y: float) -> str:
        shares = rows[index].shares
        return svg.cross(plot.start + 5, y) if shares is None else _bar(plot, y, shares, lang)

    hidden = any(row.shares is None or row.base is None for row in rows)
    notes = [label("suppressed", lang)] * hidden
    columns = [FigureColumn(unit or label("texts", lang), bases)]
    labels = [row.label for row in rows]
    head = _key(parts, lang)
    return Rows(labels, columns, marks, no_grid, no_axis, 32, head=head, notes=notes, title=title, desc=desc).chart()


def _patterns() -> str:
    """Define the two patterns: stripes of the accent, and dots."""
    stripes = svg.box(0, 0, 5, 5, fill=svg.PAPER) + svg.box(0, 0, 2.2, 5, fill=svg.ACCENT)
    dots = svg.box(0, 0, 5, 5, fill=svg.PAPER) + svg.disc(2.5, 2.5, 1.1, fill=svg.SOFT)
    same: dict[str, str | float] = {"width": 5.0, "height": 5.0, "patternUnits": "userSpaceOnUse"}
    striped = svg.element("pattern", stripes, id=f"{svg.ID}-stripes", patternTransform="rotate(45)", **same)
    return svg.element("defs", striped + svg.element("pattern", dots, id=f"{svg.ID}-dots", **same))


def _fill(part: int) -> str:
    fills = (svg.ACCENT, f"url(#{svg.ID}-stripes)", "#6b6b6b", f"url(#{svg.ID}-dots)", "#cfcfcf", svg.PAPER)
    return fills[part % len(fills)]


def _part(x: float, y: float, width: float, part: int, height: float = BAR) -> str:
    """Draw one part of a bar; each has a rim, so that white parts show too."""
    return svg.box(x, y - height / 2, width, height, fill=_fill(part), rim=svg.SOFT)


def _bar(plot: Plot, y: float, shares: Sequence[float], lang: Lang) -> str:
    drawn, done = "", 0.0
    for part, share in enumerate(shares):
        left, right = plot.at(done), plot.at(min(done + share, 1.0))
        done += share
        if right - left > 0.05:
            drawn += _part(left, y, right - left, part) + _per_cent(
                (left + right) / 2, y, right - left, share, part, lang
            )
    return drawn


def _per_cent(x: float, y: float, room: float, share: float, part: int, lang: Lang) -> str:
    """Print the per cent in a part that has room for it, on white where the part has a pattern."""
    words = number(share * 100, lang)
    width = text_width(words, svg.SMALL, semibold=True) + 6
    if room < width + 2:
        return ""
    plate = svg.box(x - width / 2, y - 8, width, 16, fill=svg.PAPER) if part in {1, 3} else ""
    ink = svg.PAPER if part in {0, 2} else svg.INK
    return plate + svg.text(x, y + 4.2, words, size=svg.SMALL, fill=ink, anchor="middle", semibold=True)


def _key(parts: Sequence[str], lang: Lang) -> Callable[[float], tuple[str, float]]:
    """Give a function that draws the key above the bars, in the order of the parts, wrapped to the width."""

    def head(width: float) -> tuple[str, float]:
        drawn = _patterns() + svg.text(0, 14, label("per row", lang), size=svg.SMALL, fill=svg.SOFT)
        x, y = text_width(label("per row", lang), svg.SMALL) + 12, 14.0
        for part, name in enumerate(parts):
            step = SWATCH + 6 + text_width(name, svg.SMALL) + 16
            if x + step - 16 > width:
                x, y = 0.0, y + 22
            drawn += _part(x + 0.5, y - 4, SWATCH, part, 12) + svg.text(x + SWATCH + 6, y, name, size=svg.SMALL)
            x += step
        return drawn, y + 10

    return head
