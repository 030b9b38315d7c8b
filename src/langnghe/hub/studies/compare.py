"""The last period against the one before, as the last run measured it: nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.issues.codebook import read_codebook
from langnghe.measure.saved import load_figures
from langnghe.report.coded import CodedPeriod, CodedShare, change_of, share_of
from langnghe.report.numbers import number

if TYPE_CHECKING:
    from langnghe.errors import Say
    from langnghe.nouns import Figures
    from langnghe.report.coded import Change
    from langnghe.report.document import Lang
    from langnghe.study import Study


@dataclass(frozen=True)
class Line:
    """One issue in two periods, printed: shares with their intervals, the change in points, and whether it is clear."""

    name: Say
    before: str
    after: str
    change: str
    is_clear: bool


@dataclass(frozen=True)
class Comparison:
    """The periods that people coded, and the issues of the last two side by side.

    There are no lines where there is nothing to compare yet, or where the last run was one of an older version.
    """

    periods: tuple[CodedPeriod, ...] = ()
    lines: tuple[Line, ...] = ()
    is_old: bool = False


def compare(study: Study, lang: Lang) -> Comparison:
    """Put the last two coded periods of a study side by side, clear changes first, then by how much they changed."""
    try:
        figures = load_figures(study.product("measure"))
    except (FileNotFoundError, pl.exceptions.PolarsError):
        return Comparison(is_old=True)
    periods = tuple(CodedPeriod(*row) for row in figures.coded.iter_rows())
    changed = ((one, change_of(figures, one.id)) for one in read_codebook(study.codebook_path).issues)
    told = [(one.name, one.id, change) for one, change in changed if change is not None]
    told.sort(key=lambda row: (not row[2].clear, -abs(row[2].estimate)))
    return Comparison(periods, tuple(_line(figures, *row, lang) for row in told))


def _line(figures: Figures, name: Say, issue: str, change: Change, lang: Lang) -> Line:
    before, after = share_in(figures, issue, change.before), share_of(figures, "issue", issue)
    points = tuple(number(100 * value, lang, 1) for value in (change.estimate, change.low, change.high))
    said = f"{points[0]} ({points[1]} … {points[2]})"
    printed = [one.printed(lang) if one else "–" for one in (before, after)]
    return Line(name, printed[0], printed[1], said, change.clear)


def share_in(figures: Figures, issue: str, period: str) -> CodedShare | None:
    """The share of an issue in the texts of one period."""
    wanted = {"period": period, "kind": "issue", "id": issue, "basis": "texts"}
    rows = figures.shares.filter(*(pl.col(name) == value for name, value in wanted.items()))
    columns = ("estimate", "low", "high", "estimator", "wilson_low", "wilson_high")
    return CodedShare(*rows.select(columns).row(0)) if len(rows) else None
