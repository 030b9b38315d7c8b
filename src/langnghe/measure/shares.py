"""Shares from a random sample that people coded, each with its interval and with what it is a share of.

The sample is drawn without replacement from all texts of a period, proportional over sources, before any machine guess is
looked at. Wilson's interval always works; where a classifier's scores promise a narrower one *before* anybody codes, the
sample is divided by score afterwards (post-stratified; Holt and Smith 1979).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from langnghe.measure.intervals import Estimate, estimate, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.measure.strata import Strata

    Floats = NDArray[np.float64]

Basis = Literal["texts", "messages", "voices", "weighted"]
"""What a share is a share of: texts; distinct messages (a group of copies counts once); voices (an account counts once); texts that bear
population weights."""

Estimator = Literal["wilson", "stratified", "upper bound"]


@dataclass(frozen=True)
class Share:
    """A share as the report prints it.

    Attributes
    ----------
    estimate, low, high : in [0, 1]. Of an upper bound low is 0, and only high is to be told ("at most 3 %").
    coded, positives : coded texts, and those of which people said yes: plain counts.
    population : texts of the period that the sample was drawn from.
    basis : what it is a share of.
    estimator : how it was made.
    design_effect : variance over that of a sample of as many texts that weigh the same: what copies and unequal voices cost.
    level : of the interval.
    rates, sizes, shares : of the strata, effective; what differences are made from.
    """

    estimate: float
    low: float
    high: float
    coded: int
    positives: int
    population: int
    basis: Basis
    estimator: Estimator
    design_effect: float
    level: float = 0.95
    rates: tuple[float, ...] = field(default=(), repr=False)
    sizes: tuple[float, ...] = field(default=(), repr=False)
    shares: tuple[float, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Division:
    """How a sample is divided by scores that were there before anybody coded.

    Attributes
    ----------
    of : stratum of each coded text.
    whole : share of each stratum in the period, in the weights of the estimand.
    """

    of: NDArray[np.int64]
    whole: Floats


def divide(strata: Strata, coded: NDArray[np.int64], weights: Floats) -> Division:
    """The division of a sample by the strata of its period.

    Parameters
    ----------
    strata : of all texts of the period.
    coded : positions of the coded texts among them.
    weights : what each text of the period weighs (`weights_of`).
    """
    whole = np.bincount(strata.of, weights, minlength=strata.number) / max(weights.sum(), 1e-300)
    return Division(strata.of[coded], whole)


def weights_of(basis: Basis, copies: NDArray[np.int64], voice: Floats) -> Floats:
    """What each text of a period weighs in a share.

    Parameters
    ----------
    copies : number of each text's group of copies (`copy_of`).
    voice : its account's voice.

    Returns
    -------
    1 for texts; 1 / size of the group of copies in the period for distinct messages; voice for voices.
    """
    if basis == "texts":
        return np.ones(len(copies))
    if basis == "voices":
        return voice.astype(float)
    _, group, size = np.unique(copies, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / size[group])


def estimate_share(
    coded: NDArray[np.int64],
    positive: NDArray[np.bool_],
    weights: Floats,
    *,
    basis: Basis = "texts",
    drawn: Floats | None = None,
    divided: Division | None = None,
    level: float = 0.95,
) -> Share:
    """Estimate a share of all texts of a period from those that were coded.

    Parameters
    ----------
    coded : positions of the coded texts among those of the period, each once.
    positive : what people said of each coded text.
    weights : what each text of the period weighs (`weights_of`).
    basis : what the weights make it a share of; only told.
    drawn : how many texts of the period each coded text stands for, where the sample was not drawn evenly.
    divided : where the stratified estimator was chosen before coding (`choose_estimator`).

    Examples
    --------
    >>> share = estimate_share(np.arange(100), np.arange(100) < 20, np.ones(5000))
    >>> round(share.low, 3), share.estimate, round(share.high, 3)
    (0.134, 0.2, 0.288)
    """
    found = estimate_shares(coded, positive[None], weights, basis=basis, drawn=drawn, divided=[divided], level=level)
    return found[0]


def estimate_shares(
    coded: NDArray[np.int64],
    positive: NDArray[np.bool_],
    weights: Floats,
    *,
    basis: Basis = "texts",
    drawn: Floats | None = None,
    divided: Sequence[Division | None],
    level: float = 0.95,
) -> list[Share]:
    """Estimate many shares of one sample, each as `estimate_share` does.

    Parameters
    ----------
    coded, weights, basis, drawn : see `estimate_share`.
    positive : what people said of each coded text, shape (shares, coded).
    divided : for each share how the sample is divided, or None.
    """
    weight = weights[coded] * (1.0 if drawn is None else drawn)
    plain = Division(np.zeros(len(coded), dtype=np.int64), np.ones(1))
    found: dict[int, Share] = {}
    for stratified in (False, True):
        rows = [row for row, one in enumerate(divided) if (one is not None) == stratified]
        if not rows:
            continue
        chosen = [divided[row] or plain for row in rows]
        strata = max(len(one.whole) for one in chosen)
        of = np.stack([one.of for one in chosen])
        whole = np.stack([np.pad(one.whole, (0, strata - len(one.whole))) for one in chosen])
        estimated = estimate(tally(positive[rows], weight[None], of, strata), whole, len(weights), level)
        for number, row in enumerate(rows):
            counts = len(coded), int(positive[row].sum()), len(weights)
            found[row] = _share(estimated, number, counts, basis, "stratified" if stratified else "wilson", level)
    return [found[row] for row in range(len(divided))]


def _share(
    found: Estimate, number: int, counts: tuple[int, int, int], basis: Basis, chosen: Estimator, level: float
) -> Share:
    parts = [tuple(map(float, part[number])) for part in (found.rates, found.sizes, found.shares)]
    return Share(
        float(found.share[number]),
        float(found.low[number]),
        float(found.high[number]),
        *counts,
        basis,
        "upper bound" if found.is_bound[number] else chosen,
        float(found.design_effect[number]),
        level,
        *parts,
    )
