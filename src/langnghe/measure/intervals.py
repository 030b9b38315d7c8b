"""Intervals for a share that was found in a random sample, on arrays of any shape: one code for one share and for a million.

The sample may be divided into strata (of a classifier's score) whose shares in the whole are known, and its texts may bear
unequal weights. With one stratum and equal weights the score interval here is Wilson's (1927).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import betaincinv, ndtri

from langnghe.wilson import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_CODED = 3
FEW_POSITIVES = 5
ORDINARY = 2.0
"""Coded texts below which a stratum is joined with its neighbour; positives below which only an upper bound is told; texts of
ordinary weight that are added to either side before a design effect is estimated."""

_STEPS = 60
_MOST = 1e6


class Tally(NamedTuple):
    """What the coded texts of each stratum add up to; every array has the shape (…, strata).

    Attributes
    ----------
    texts : number of coded texts.
    positives : number of positive ones.
    yes, yes2 : sum of the weights, and of their squares, over positive texts.
    no, no2 : the same over the others.
    """

    texts: Floats
    positives: Floats
    yes: Floats
    yes2: Floats
    no: Floats
    no2: Floats


class Estimate(NamedTuple):
    """Shares with their intervals; every array has the shape (…), that of sizes, rates and shares is (…, strata).

    Attributes
    ----------
    share, low, high : in [0, 1].
    is_bound : whether only the upper bound is told (low is then 0).
    design_effect : variance over that of a sample of as many texts of equal weight; what strata gain is not in it.
    rates, sizes, shares : rate and effective number of coded texts of each stratum, and its share in the whole: enough to
        make the interval of any level (`score_interval`).
    """

    share: Floats
    low: Floats
    high: Floats
    is_bound: NDArray[np.bool_]
    design_effect: Floats
    rates: Floats
    sizes: Floats
    shares: Floats


def tally(positive: NDArray[np.bool_], weight: Floats, stratum: NDArray[np.int64], strata: int) -> Tally:
    """Add up coded texts by stratum.

    Parameters
    ----------
    positive, weight, stratum : shape (…, texts); weights are ≥ 0 on any scale, strata 0 … strata − 1.
    strata : how many there are.
    """
    shape = (*positive.shape[:-1], strata)
    cells = int(np.prod(shape, dtype=np.int64))
    place = (np.arange(cells // strata)[:, None] * strata + stratum.reshape(cells // strata, -1)).ravel()
    yes, w = positive.ravel().astype(float), np.broadcast_to(weight, positive.shape).ravel()

    def added(values: Floats) -> Floats:
        return np.bincount(place, values, minlength=cells).reshape(shape)

    no = 1 - yes
    return Tally(added(yes + no), added(yes), added(w * yes), added(w**2 * yes), added(w * no), added(w**2 * no))


def estimate(counted: Tally, shares: Floats, population: Floats | float, level: float = 0.95) -> Estimate:
    """Shares and their intervals.

    Parameters
    ----------
    counted : what was coded.
    shares : share of each stratum in the whole, in the weights of the estimand, shape (…, strata).
    population : texts that the sample was drawn from, without replacement; inf for a whole without end.
    level : of the interval, two-sided.

    Notes
    -----
    Below `FEW_POSITIVES` positives (after the design effect) the strata are left aside, and the upper limit is that of the exact
    two-sided interval. The one-sided bound of the same level would be narrower, but held over all that is reported it
    misses more often than it says: what is above it has to share the 5 % with what an interval of five positives misses.
    """
    counted, shares = join_small(counted, shares)
    room = _room(counted, shares, population)
    rates, effects = _rates(counted)
    sizes = np.maximum(counted.texts, 1e-9) / effects * room[..., None]
    together = Tally(*(part.sum(axis=-1, keepdims=True) for part in counted))
    (rate, effect), coded = _rates(together), together.texts
    few = together.positives / np.maximum(effect, 1) < FEW_POSITIVES
    whole = coded / effect * room[..., None]
    rates, sizes = np.where(few, rate, rates), np.where(few, np.maximum(whole * shares, 1e-9), sizes)
    share = (shares * rates).sum(axis=-1)
    low, high = score_interval(rates, sizes, shares, float(ndtri(0.5 + level / 2)))
    known, few = coded[..., 0] >= population, few[..., 0]
    low = np.where(known, share, np.where(few, 0.0, low))
    high = np.where(known, share, np.where(few, upper_bound(share, whole[..., 0], 0.5 + level / 2), high))
    return Estimate(share, low, high, few & ~known, effect[..., 0], rates, sizes, shares)


def _room(counted: Tally, shares: Floats, population: Floats | float) -> Floats:
    """What effective numbers of texts are multiplied by: each stratum costs a degree of freedom, few texts left make sure."""
    coded = counted.texts.sum(axis=-1)
    freedom = np.maximum(coded - (shares > 0).sum(axis=-1), 1) / np.maximum(coded - 1, 1)
    return np.asarray(np.minimum(freedom, 1.0) * finite_population(coded, population))


def finite_population(coded: Floats, population: Floats | float) -> Floats:
    """The finite-population correction of an effective number of texts: only those not drawn are unknown, (N − 1) / (N − n)."""
    whole = np.minimum(np.asarray(population, dtype=float), 1e15)
    return np.asarray(np.clip((whole - 1) / np.maximum(whole - coded, whole / _MOST), 1.0, _MOST))


def join_small(counted: Tally, shares: Floats) -> tuple[Tally, Floats]:
    """Join each stratum of fewer than `LEAST_CODED` coded texts with the next lower one, and the lowest with the next higher.

    The place of a joined stratum stays, with nothing in it. Which are joined depends on the sample's size alone, never on
    what people said.
    """
    parts = np.stack([*counted, np.broadcast_to(shares, counted.texts.shape)])
    last = parts.shape[-1] - 1
    for here, there in [(h, h - 1) for h in range(last, 0, -1)] + [(h, h + 1) for h in range(last)]:
        moved = np.where(parts[0, ..., here] < LEAST_CODED, parts[..., here], 0.0)
        parts[..., there] += moved
        parts[..., here] -= moved
    return Tally(*parts[:-1]), parts[-1]


def _rates(counted: Tally) -> tuple[Floats, Floats]:
    """The rate of each stratum (weighted), and the design effect of its weights.

    The effect is that of the linearised variance of a weighted mean (Särndal, Swensson and Wretman 1992, 5.6): weights that
    go with what was said count, unlike in Kish's formula. A few texts of ordinary weight on either side steady it where there
    are few positives.
    """
    texts = np.maximum(counted.texts.sum(axis=-1, keepdims=True), 1)
    mean = np.maximum((counted.yes + counted.no).sum(axis=-1, keepdims=True) / texts, 1e-300)
    square = (counted.yes2 + counted.no2).sum(axis=-1, keepdims=True) / texts
    yes, no = counted.yes + ORDINARY * mean, counted.no + ORDINARY * mean
    rate = yes / (yes + no)
    spread = (1 - rate) ** 2 * (counted.yes2 + ORDINARY * square) + rate**2 * (counted.no2 + ORDINARY * square)
    effect = (counted.texts + 2 * ORDINARY) * spread / ((yes + no) ** 2 * rate * (1 - rate))
    weighed = counted.yes + counted.no
    return np.where(weighed > 0, counted.yes / np.where(weighed > 0, weighed, 1), 0.0), np.asarray(effect)


def score_interval(rates: Floats, sizes: Floats, shares: Floats, z: Floats | float) -> tuple[Floats, Floats]:
    """The score interval of a share that is put together from strata.

    A value p is in it when the estimate is at most z standard errors from p, the standard error being that of the rates
    which are most likely if p were true. With one stratum this is Wilson's interval, in closed form.

    Parameters
    ----------
    rates, sizes, shares : shape (…, strata); sizes > 0 need not be whole.
    z : normal quantile, shape (…).

    Returns
    -------
    low, high : shape (…).
    """
    if rates.shape[-1] == 1:
        return wilson(rates[..., 0], sizes[..., 0], z)
    z = np.asarray(z, dtype=float)
    high = _upper(rates, sizes, shares, z)
    return 1 - _upper(1 - rates, sizes, shares, z), high


def _upper(rates: Floats, sizes: Floats, shares: Floats, z: Floats) -> Floats:
    """The upper limit, by bisection over the multiplier that pulls the strata's rates up together."""
    share = (shares * rates).sum(axis=-1)
    whole = sizes.sum(axis=-1)
    low, high = np.full(share.shape, -15.0), np.full(share.shape, 30.0)  # logarithms of the pull per text
    for _ in range(_STEPS):
        middle = (low + high) / 2
        p, error = _pulled(rates, sizes, shares, np.exp(middle) * whole)
        beyond = p - share > z * error + 1e-15
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    limit = _pulled(rates, sizes, shares, np.exp(high) * whole)[0]
    return np.asarray(np.clip(np.maximum(limit, share), 0, 1))


def _pulled(rates: Floats, sizes: Floats, shares: Floats, pull: Floats) -> tuple[Floats, Floats]:
    """The share, and its standard error, at the most likely rates under an upward pull (a Lagrange multiplier).

    In each stratum the rate solves n (rate − p) = −pull · share · p (1 − p).
    """
    drawn = pull[..., None] * shares
    b = sizes - drawn
    root = np.sqrt(b**2 + 4 * drawn * sizes * rates)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(b >= 0, 2 * sizes * rates / (b + root), (root - b) / (2 * drawn))
    p = np.clip(np.nan_to_num(p), 0, 1)
    variance = (shares**2 * p * (1 - p) / sizes).sum(axis=-1)
    return (shares * p).sum(axis=-1), np.sqrt(variance)


def upper_bound(rate: Floats, size: Floats, level: float) -> Floats:
    """The exact upper bound (Clopper and Pearson 1934); with no positives 3 / n at a level of 0.95, the rule of three."""
    positives = np.minimum(rate * size, size - 1e-9)
    return np.asarray(np.maximum(betaincinv(positives + 1, size - positives, level), rate))
