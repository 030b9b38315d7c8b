"""Differences between two shares, with an interval of their own, held together over a whole report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri

from langnghe.measure.intervals import score_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.measure.shares import Share

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """How much larger a share is than another.

    Attributes
    ----------
    estimate, low, high : second share − first share, in [−1, 1], and its own interval.
    p : probability of a difference at least as large if there were none, taken alone.
    adjusted : the same held over all differences of the report (Holm 1979).
    """

    estimate: float
    low: float
    high: float
    p: float
    adjusted: float

    def is_clear(self, level: float = 0.95) -> bool:
        """Whether the report may say that there is a difference."""
        return self.adjusted <= 1 - level


def find_differences(pairs: Sequence[tuple[Share, Share]], level: float = 0.95) -> list[Difference]:
    """Compare all pairs of shares that one report compares.

    Parameters
    ----------
    pairs : first and second share, of two periods or two groups whose samples have no text in common.
    level : of each interval; that no difference at all is wrongly called clear has this level too.

    Returns
    -------
    One difference per pair, in order.

    Notes
    -----
    Intervals are put together from the limits of both shares (method of variance estimates recovery: Newcombe 1998, Zou and
    Donner 2008), so that they are as good at small counts as these. p is where the interval would touch zero. An upper
    bound is compared by its two-sided interval.
    """
    if not pairs:
        return []
    first, second = (_stacked([pair[side] for pair in pairs]) for side in (0, 1))
    low, high = _limits(first, second, np.full(len(pairs), ndtri(0.5 + level / 2)))
    p = _p(first, second)
    estimates = second[3] - first[3]
    return [Difference(*map(float, row)) for row in zip(estimates, low, high, p, holm(p), strict=True)]


_Stacked = tuple["Floats", "Floats", "Floats", "Floats"]


def _stacked(shares: Sequence[Share]) -> _Stacked:
    """Rates, sizes and shares of strata (padded with strata that weigh nothing), and the estimates."""
    most = max(len(share.rates) for share in shares)
    rates, sizes, parts = (
        np.array([(*getattr(share, name), *[fill] * (most - len(share.rates))) for share in shares])
        for name, fill in (("rates", 0.0), ("sizes", 1.0), ("shares", 0.0))
    )
    return rates, sizes, parts, np.array([share.estimate for share in shares])


def _limits(first: _Stacked, second: _Stacked, z: Floats) -> tuple[Floats, Floats]:
    (l1, u1), (l2, u2) = (score_interval(*one[:3], z) for one in (first, second))
    d = second[3] - first[3]
    below = np.hypot(second[3] - l2, u1 - first[3])
    above = np.hypot(u2 - second[3], first[3] - l1)
    return d - below, d + above


def _p(first: _Stacked, second: _Stacked) -> Floats:
    """Two-sided, by bisection over z until the interval touches zero."""
    low, high = np.zeros(len(first[3])), np.full(len(first[3]), 12.0)
    rises = second[3] > first[3]
    for _ in range(40):
        z = (low + high) / 2
        limits = _limits(first, second, z)
        apart = np.where(rises, limits[0] > 0, limits[1] < 0)
        low, high = np.where(apart, z, low), np.where(apart, high, z)
    return np.where(second[3] == first[3], 1.0, 2 * ndtr(-low))


def holm(p: Floats) -> Floats:
    """Probabilities held over a family, for the chance of any wrong one (Holm 1979).

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    result = np.empty(len(p))
    result[order] = np.minimum(stepped, 1)
    return result


def benjamini_hochberg(p: Floats) -> Floats:
    """Probabilities held over a family, for the rate of false ones among those that are named (Benjamini and Hochberg 1995).

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(6).tolist()
    [0.03, 0.04, 0.04]
    """
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")[::-1]
    stepped = np.minimum.accumulate(flat[order] * len(flat) / np.arange(len(flat), 0, -1))
    result = np.empty(len(flat))
    result[order] = np.minimum(stepped, 1)
    return result.reshape(p.shape)
