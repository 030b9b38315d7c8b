"""Weekly counts and bursts.

A week is a burst when its count is far above what the other weeks of the same issue make likely, under a negative binomial whose
dispersion is shared by all issues (so that ordinary ups and downs do not count), with the false discovery rate over issues ×
weeks held at 5 % (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.special import betainc

if TYPE_CHECKING:
    from numpy.typing import NDArray

FALSE_DISCOVERY = 0.05
LEAST_RATIO = 1.8
LEAST_WEEKS = 5
"""Rate of false bursts among those named; how many times the expected count; weeks of data that are needed."""


def find_bursts(weeks: pl.DataFrame) -> pl.DataFrame:
    """Find bursts.

    Parameters
    ----------
    weeks : one row per issue and week of the whole window, columns issue, week (Date, Monday), messages (distinct messages), total
        (distinct messages of all texts in that week); weeks without any text left out.

    Returns
    -------
    DataFrame issue, week, expected (Float64), ratio (Float64): the bursts, sorted by issue and week.
    """
    schema = {"issue": weeks.schema["issue"], "week": pl.Date(), "expected": pl.Float64(), "ratio": pl.Float64()}
    if weeks.is_empty() or weeks["week"].n_unique() < LEAST_WEEKS:
        return pl.DataFrame(schema=schema)
    ordered = weeks.sort("issue", "week")
    issues = ordered["issue"].unique(maintain_order=True)
    counts = ordered["messages"].to_numpy().reshape(len(issues), -1).astype(float)
    totals = ordered["total"].to_numpy().reshape(len(issues), -1).astype(float)
    expected = _expected(counts, totals)
    p = _upper_tail(counts, expected, _dispersion(counts, expected))
    ratio = counts / np.maximum(expected, 0.5)
    burst = _discoveries(p) & (ratio >= LEAST_RATIO)
    found = ordered.select("issue", "week").with_columns(
        pl.Series("expected", expected.ravel()), pl.Series("ratio", ratio.ravel())
    )
    return found.filter(pl.Series(burst.ravel())).cast(schema)  # type: ignore[arg-type]


def _expected(counts: NDArray[np.float64], totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the other weeks make likely: the median share of the issue, robust to the burst itself, times the week's total."""
    share = np.median(counts / np.maximum(totals, 1), axis=1, keepdims=True)
    mean = counts.sum(axis=1, keepdims=True) / np.maximum(totals.sum(axis=1, keepdims=True), 1)
    return np.maximum(np.where(share > 0, share, 0.5 * mean) * totals, 0.5)


def _dispersion(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much more counts vary than by chance: variance = mean + dispersion × mean².

    By moments, the highest twentieth of all cells cut to what is next; each issue's own is drawn halfway to that of all issues
    together and is never below it, nor below 0.02. What the expected count itself is unsure of (a median of n weeks) is added.
    """
    excess = np.where(expected >= 1, ((counts - expected) ** 2 - expected) / expected**2, np.nan)
    if not np.isfinite(excess).any():
        return np.full((len(counts), 1), 1.0)
    cut = np.minimum(excess, np.nanquantile(excess, 0.95))
    together = float(np.nanmean(cut))
    known = np.isfinite(cut)
    own = np.where(known, cut, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    shrunk = np.maximum(np.maximum(together, (own + together) / 2), 0.02)[:, None]
    unsure = 1 + np.pi / 2 / counts.shape[1]
    return np.asarray(((expected + shrunk * expected**2) * unsure - expected) / expected**2)


def _upper_tail(
    counts: NDArray[np.float64], expected: NDArray[np.float64], dispersion: NDArray[np.float64]
) -> NDArray[np.float64]:
    size = 1 / dispersion
    success = size / (size + expected)
    return np.asarray(np.where(counts > 0, betainc(np.maximum(counts, 1), size, 1 - success), 1.0))


def _discoveries(p: NDArray[np.float64]) -> NDArray[np.bool_]:
    flat = np.sort(p.ravel())
    limit = FALSE_DISCOVERY * np.arange(1, len(flat) + 1) / len(flat)
    passed = np.flatnonzero(flat <= limit)
    return p <= (flat[passed[-1]] if len(passed) else -1.0)
