"""Weekly counts and bursts.

A week is a burst when its count is far above what the *other* weeks of the same issue make likely, under a negative binomial whose
dispersion is partly borrowed from the other issues (so that ordinary ups and downs do not count), with the false discovery rate held
over issues × weeks (Benjamini and Hochberg 1995). Weeks around Tết and weeks whose collection has gaps are not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from langnghe.measure.counts import DISPERSIONS, upper_tail, weigh_dispersions
from langnghe.measure.differences import benjamini_hochberg
from langnghe.measure.holidays import has_holiday, is_tet, step_days

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from numpy.typing import NDArray

    from langnghe.nouns import Rule

    Floats = NDArray[np.float64]
    Yes = NDArray[np.bool_]

FALSE_DISCOVERY = 0.05
LEAST_RATIO = 1.8
LEAST_WEEKS = 5
LEAST_EXPECTED = 0.5
HOLIDAY = 0.1
"""Rate of false bursts among those named; how many times the expected count; weeks that are needed; the least expected count; dispersion
added in a week with a public holiday."""

_ROUNDS = 3
_APART = 0.005
_NOISE = 6.0

Within = Literal["report", "week"]
"""Over what the false discovery rate is held: over all issues × weeks of a report that is read once, or over the issues of each week, for
somebody who looks at one week after the other and would rather be called in vain than miss something."""


@dataclass(frozen=True)
class Judged:
    """What is known of each cell of issues × weeks.

    Attributes
    ----------
    expected : what the other weeks of the issue make likely.
    p : how likely a count at least as large is, if nothing happened.
    dispersion : most likely dispersion of each issue.
    """

    expected: Floats
    p: Floats
    dispersion: Floats


def find_bursts(
    weeks: pl.DataFrame, withheld: Collection[dt.date] = frozenset(), within: Within = "report"
) -> pl.DataFrame:
    """Find bursts.

    Parameters
    ----------
    weeks : one row per issue and week of the whole window, columns issue, week (Date, Monday), messages (distinct messages), total
        (distinct messages of all texts in that week); weeks without any text left out.
    withheld : weeks that are neither judged nor learnt from, because texts are missing (`gaps.weeks_with_gaps`).
    within : over what false discoveries are counted.

    Returns
    -------
    DataFrame issue, week, expected (Float64), ratio (Float64): the bursts, sorted by issue and week.
    """
    schema = {"issue": weeks.schema["issue"], "week": pl.Date(), "expected": pl.Float64(), "ratio": pl.Float64()}
    ordered = weeks.sort("issue", "week")
    days = ordered["week"].unique().sort().to_list()
    step = step_days(days)
    judged_weeks = np.array([day not in withheld and not is_tet(day, step) for day in days], dtype=np.bool_)
    if judged_weeks.sum() < LEAST_WEEKS:
        return pl.DataFrame(schema=schema)
    shape = (-1, len(days))
    counts = ordered["messages"].to_numpy().reshape(shape).astype(float)
    totals = ordered["total"].to_numpy().reshape(shape).astype(float)
    milder = np.array([HOLIDAY * has_holiday(day, step) for day in days])
    judged = judge(counts, totals, judged_weeks, milder)
    burst = is_burst(counts, judged, judged_weeks, within)
    ratio = counts / judged.expected
    found = ordered.select("issue", "week").with_columns(
        pl.Series("expected", judged.expected.ravel()), pl.Series("ratio", ratio.ravel())
    )
    return found.filter(pl.Series(burst.ravel())).cast(schema)  # type: ignore[arg-type]


def is_burst(counts: Floats, judged: Judged, judged_weeks: Yes, within: Within = "report") -> Yes:
    """Which cells (issues × weeks) are bursts."""
    p = judged.p[:, judged_weeks]
    families = [p] if within == "report" else np.split(p, p.shape[1], axis=1)
    held = np.hstack([benjamini_hochberg(family) for family in families])
    burst = np.zeros(counts.shape, dtype=np.bool_)
    burst[:, judged_weeks] = held <= FALSE_DISCOVERY
    return burst & (counts >= LEAST_RATIO * judged.expected)


def public_bursts(bursts: pl.DataFrame, weeks: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """The bursts that may leave, with figures that say nothing of hidden weeks.

    Parameters
    ----------
    bursts : as `find_bursts` gives them.
    weeks : issue (null for all texts), week, messages, hidden; after disclosure control.
    rule : least count.

    Returns
    -------
    DataFrame issue, week, expected, ratio: only weeks that are shown. The usual level is the median of what is shown, hidden
    weeks taken for k (of an issue) or left out (of all texts): anybody could calculate it, and it is rather too high. A burst that the
    printed figures do not bear out by `LEAST_RATIO` is not told.
    """
    whole = weeks.filter(pl.col("issue").is_null() & ~pl.col("hidden")).select("week", total="messages")
    known = weeks.filter(pl.col("issue").is_not_null()).join(whole, on="week", maintain_order="left")
    level = (pl.col("messages").fill_null(rule.k) / pl.col("total").clip(lower_bound=1)).median().over("issue")
    usual = known.with_columns(expected=level * pl.col("total")).filter(~pl.col("hidden"))
    shown = bursts.select("issue", "week").join(usual, on=["issue", "week"], maintain_order="left")
    ratio = (pl.col("messages") / pl.col("expected")).alias("ratio")
    return shown.select("issue", "week", "expected", ratio).filter(pl.col("ratio") >= LEAST_RATIO)


def judge(counts: Floats, totals: Floats, judged_weeks: Yes, milder: Floats | float = 0.0) -> Judged:
    """Hold each count against the other weeks of its issue.

    Parameters
    ----------
    counts, totals : shape (issues, weeks): messages of the issue, and of all texts of the week.
    judged_weeks : shape (weeks,): those that are judged and learnt from.
    milder : dispersion added to each week.

    Notes
    -----
    In each round cells that stand apart are left out of what is learnt, so that a burst does not hide its neighbour, or itself.
    """
    every = np.broadcast_to(judged_weeks, counts.shape)
    kept, dispersion = every, np.full((len(counts), 1), 0.2)
    for _ in range(_ROUNDS):
        exposure = _exposure(counts, totals, kept, dispersion)
        rate, unsure = _of_other_weeks(counts, exposure, kept)
        expected = np.maximum(rate * exposure, LEAST_EXPECTED)
        weights = weigh_dispersions(counts, _fitted(counts, exposure, kept), kept)
        dispersion = np.exp((weights * np.log(DISPERSIONS)[:, None]).sum(axis=0))[:, None]
        p = _averaged(counts, expected, unsure, weights, milder)
        kept = every & (p >= _APART)
        kept = np.where(kept.sum(axis=1, keepdims=True) >= LEAST_WEEKS, kept, every)
    return Judged(expected, p, dispersion[:, 0])


def _exposure(counts: Floats, totals: Floats, kept: Yes, dispersion: Floats) -> Floats:
    """How much was said in a week, of all other issues, over the mean; drawn to 1 as far as chance alone makes it vary.

    Totals are sums of counts that vary by themselves. What they vary beyond that is the week's (positive-part shrinkage; James and Stein
    1961); a week far off stands as it is.
    """
    others = np.maximum(totals - counts, 0)
    number = np.maximum(kept.sum(axis=1, keepdims=True), 1)
    mean = np.maximum(np.where(kept, others, 0).sum(axis=1, keepdims=True) / number, 1)
    off = others / mean - 1
    share = np.where(kept, counts, 0).sum(axis=1, keepdims=True) / number / mean
    chance = 1 / mean + (dispersion * share**2).sum()
    spread = np.where(kept, off**2, 0).sum(axis=1, keepdims=True) / np.maximum(number - 1, 1)
    real = 1 - (number - 3) / np.maximum(number - 1, 1) * chance / np.maximum(spread, 1e-9)
    far = 1 - _NOISE * chance / np.maximum(off**2, 1e-9)
    return np.asarray(np.maximum(1 + np.clip(np.maximum(real, far), 0, 1) * off, 1e-3))


def _fitted(counts: Floats, exposure: Floats, kept: Yes) -> Floats:
    said, room = np.where(kept, counts, 0).sum(axis=1), np.where(kept, exposure, 0).sum(axis=1)
    return np.asarray((np.maximum(said, 0.5) / np.maximum(room, 1e-9))[:, None] * exposure)


def _of_other_weeks(counts: Floats, exposure: Floats, kept: Yes) -> tuple[Floats, tuple[Floats, Floats]]:
    """The rate of each cell's issue in the other weeks, and how unsure it is: relative variance by chance, and per dispersion."""
    said, room, square = (_without(np.where(kept, values, 0.0)) for values in (counts, exposure, exposure**2))
    rate = said / np.maximum(room, 1e-9)
    return rate, (1 / np.maximum(said, 0.5), square / np.maximum(room, 1e-9) ** 2)


def _without(values: Floats) -> Floats:
    """For each cell the sum of its row without it."""
    return np.asarray(values.sum(axis=1, keepdims=True) - values)


def _averaged(
    counts: Floats, expected: Floats, unsure: tuple[Floats, Floats], weights: Floats, milder: Floats | float
) -> Floats:
    p = np.zeros(counts.shape)
    for dispersion, weight in zip(DISPERSIONS, weights, strict=True):
        own = dispersion + milder
        mean = unsure[0] + dispersion * unsure[1]  # relative variance of the rate that was learnt
        p += weight[:, None] * upper_tail(counts, expected, own + mean * (1 + own))
    return p
