"""What people coded, as the sections of a report read it: the period that counts, its shares, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.report.numbers import percent, span

if TYPE_CHECKING:
    from langnghe.nouns import Figures
    from langnghe.report.document import Lang

LEAST_CODED = 100
RELIABLE = 0.667
LEAST_USED = 5
"""Coded texts that findings need; Krippendorff's alpha below which nothing is concluded (Krippendorff 2004); texts coded twice of
which at least one coder gave a code, for its alpha to be told."""


@dataclass(frozen=True)
class CodedShare:
    """A share of an issue or a reaction, with Wilson's interval beside; estimate and low are None where only the upper limit is told."""

    estimate: float | None
    low: float | None
    high: float
    estimator: str
    wilson_low: float | None
    wilson_high: float

    def wilson(self, lang: Lang) -> str:
        """Wilson's interval of the same answers: '19,1–30,0'; with its upper limit alone '≤ 1,3 %'."""
        if self.wilson_low is None:
            return f"≤ {percent(self.wilson_high, lang)}"
        return span(self.wilson_low, self.wilson_high, lang)

    def printed(self, lang: Lang) -> str:
        """The share with its interval: '24,2 % (19,6–29,4)', or 'nhiều nhất 1,3 %'."""
        if self.estimate is None or self.low is None:
            return ("nhiều nhất " if lang == "vi" else "at most ") + percent(self.high, lang)
        return f"{percent(self.estimate, lang)} ({span(self.low, self.high, lang)})"


@dataclass(frozen=True)
class Change:
    """How much an issue's share rose since the period before, and whether the report may say that it changed."""

    before: str
    estimate: float
    low: float
    high: float
    clear: bool


@dataclass(frozen=True)
class CodedPeriod:
    """The last period whose sample was drawn.

    Attributes
    ----------
    name : of the period.
    texts, drawn, coded : its texts, those of its random sample, and those of them that were coded.
    """

    name: str
    texts: int
    drawn: int
    coded: int

    @property
    def whole(self) -> bool:
        """Whether findings may rest on it: the whole sample was coded, and it is not too small."""
        return self.coded == self.drawn and self.coded >= min(LEAST_CODED, self.texts)


def last_period(figures: Figures) -> CodedPeriod | None:
    """The last period, or None where no sample was drawn."""
    rows = figures.coded.tail(1)
    return CodedPeriod(*rows.row(0)) if len(rows) else None


_SHARE = ("estimate", "low", "high", "estimator", "wilson_low", "wilson_high")


def share_of(figures: Figures, kind: str, one: str, basis: str = "texts") -> CodedShare | None:
    """The share of an issue ('issue', its id) or a reaction in the last period; None where it was not measured."""
    period = last_period(figures)
    if period is None:
        return None
    wanted = {"period": period.name, "kind": kind, "id": one, "basis": basis}
    rows = figures.shares.filter(*(pl.col(name) == value for name, value in wanted.items()))
    return CodedShare(*rows.select(_SHARE).row(0)) if len(rows) else None


def change_of(figures: Figures, issue: str, basis: str = "texts") -> Change | None:
    """How an issue's share changed since the period before; None where there is none."""
    rows = figures.changes.filter((pl.col("id") == issue) & (pl.col("basis") == basis))
    return Change(*rows.select("before", "estimate", "low", "high", "clear").row(0)) if len(rows) else None


def told_agreement(figures: Figures) -> pl.DataFrame:
    """The rows of the agreement of two coders that rest on enough texts to be told."""
    return figures.agreement.filter((pl.col("used") >= LEAST_USED) & pl.col("alpha").is_not_null())


def unreliable(figures: Figures, what: str) -> bool:
    """Whether two coders agree too little for a finding about an issue, or about the 'reaction'."""
    rows = told_agreement(figures).filter(pl.col("what") == what)
    return bool(len(rows) and rows["alpha"].item() < RELIABLE)
