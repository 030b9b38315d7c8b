"""What is decided before anybody codes: how many texts, and by which estimator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import ndtri

from langnghe.measure.intervals import FEW_POSITIVES, finite_population, score_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_GAIN = 0.85
LEAST_POSITIVES = 2 * FEW_POSITIVES
SCORES_COUNT = 5.0
"""The stratified interval is chosen where it may be expected to be this much narrower, and this many positive texts may be
expected; texts per stratum that scores count for beside what people coded earlier."""


@dataclass(frozen=True)
class Choice:
    """Which estimator was chosen before coding, and why.

    Attributes
    ----------
    estimator : 'wilson' or 'stratified'.
    width, wilson_width : the expected widths of the stratified interval and of Wilson's.
    """

    estimator: Literal["wilson", "stratified"]
    width: float
    wilson_width: float


def choose_estimator(shares: Floats, rates: Floats, coded: int, population: float = np.inf) -> Choice:
    """Choose an estimator before anybody codes, from the widths that may be expected.

    Parameters
    ----------
    shares : share of each stratum in the period, shape (strata,).
    rates : how often texts of each stratum may be expected to be positive (`expected_rates`).
    coded : texts that will be coded.
    population : texts of the period.

    Notes
    -----
    A wrong expectation costs width, never coverage: neither interval trusts the scores.
    """
    return choose_estimators([shares], [rates], coded, population)[0]


def choose_estimators(
    shares: Sequence[Floats], rates: Sequence[Floats], coded: int, population: float = np.inf
) -> list[Choice]:
    """Choose the estimators of many shares of one sample, each as `choose_estimator` does."""
    most = max(map(len, shares), default=1)
    parts, often = (np.stack([np.pad(one, (0, most - len(one))) for one in each]) for each in (shares, rates))
    stratified, plain = expected_widths(parts, often, coded, population)
    chosen = promises(stratified, plain, coded * (parts * often).sum(axis=-1))
    told = zip(chosen.tolist(), stratified.tolist(), plain.tolist(), strict=True)
    return [Choice("stratified" if yes else "wilson", width, wilson) for yes, width, wilson in told]


def expected_widths(shares: Floats, rates: Floats, coded: int, population: float = np.inf) -> tuple[Floats, Floats]:
    """The expected widths of the stratified interval and of Wilson's; shares and rates have the shape (…, strata)."""
    whole = (shares * rates).sum(axis=-1, keepdims=True)
    plain = expected_width(whole, np.ones_like(whole), coded, population=population)
    return expected_width(rates, shares, coded, population=population), plain


def promises(stratified: Floats, plain: Floats, positives: Floats) -> NDArray[np.bool_]:
    """Whether the stratified interval is the one to choose, given both expected widths and the expected positives."""
    return np.asarray((stratified <= LEAST_GAIN * plain) & (positives >= LEAST_POSITIVES))


def expected_rates(mean_scores: Floats, texts: Floats | None = None, positives: Floats | None = None) -> Floats:
    """How often texts of each stratum may be expected to be positive.

    Parameters
    ----------
    mean_scores : of each stratum, as probabilities, shape (…, strata).
    texts, positives : texts coded in an earlier period, by stratum, and the positive ones; left out at the first time.

    Returns
    -------
    What people said earlier, drawn to the scores as if these were `SCORES_COUNT` coded texts per stratum.
    """
    scores = np.clip(mean_scores, 0, 1)
    if texts is None or positives is None:
        return scores
    return np.asarray((positives + SCORES_COUNT * scores) / (texts + SCORES_COUNT))


def expected_width(
    rates: Floats,
    shares: Floats,
    coded: float,
    *,
    design_effect: float = 1.0,
    population: float = np.inf,
    level: float = 0.95,
) -> Floats:
    """The width of the interval (upper limit − lower limit) if each stratum were found to have these rates."""
    room = float(finite_population(np.asarray(float(coded)), population)) / design_effect
    sizes = np.maximum(coded * shares * room, 1e-9)
    low, high = score_interval(rates, sizes, shares, float(ndtri(0.5 + level / 2)))
    return np.asarray(high - low)


def plan_sample(
    width: float, *, share: float = 0.5, design_effect: float = 1.0, population: float = np.inf, level: float = 0.95
) -> int:
    """How many texts have to be coded for an interval of a wished width.

    Parameters
    ----------
    width : from the lower to the upper limit: 0.1 for ± 5 points.
    share : that may be expected; 0.5 asks for the most texts.
    design_effect : that may be expected, of copies and unequal voices.
    population : texts of the period.
    level : of the interval.

    Returns
    -------
    The least number of texts; all where even that does not do.

    Examples
    --------
    >>> plan_sample(0.1), plan_sample(0.1, population=500)
    (381, 217)
    """
    rates, whole = np.array([share]), np.ones(1)
    low, high = 1, int(min(population, 1e9))
    while low < high:
        middle = (low + high) // 2
        found = expected_width(rates, whole, middle, design_effect=design_effect, population=population, level=level)
        low, high = (middle + 1, high) if float(found) > width else (low, middle)
    return low
