"""Counts that vary more than chance: the negative binomial, with variance mean + dispersion × mean²."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DISPERSIONS = np.geomspace(0.01, 2.0, 20)
SPREADS = np.array([0.05, 0.3, 0.6, 1.0])
"""Dispersions that are weighed against each other, even on a logarithmic scale (talk is never taken to vary by less than a tenth
beyond chance); how far the issues' dispersions may lie apart, as the spread of their logarithm."""

_LEAST = 1e-300


def upper_tail(counts: Floats, expected: Floats, dispersion: Floats | float) -> Floats:
    """How likely a count is at least this large; all arguments broadcast."""
    size = 1 / np.asarray(dispersion)
    return np.asarray(np.where(counts > 0, betainc(np.maximum(counts, 1), size, expected / (size + expected)), 1.0))


def lower_tail(counts: Floats, expected: Floats, dispersion: Floats | float) -> Floats:
    """How likely a count is at most this small."""
    return np.asarray(1 - upper_tail(counts + 1, expected, dispersion))


def weigh_dispersions(counts: Floats, expected: Floats, kept: NDArray[np.bool_]) -> Floats:
    """How likely each of `DISPERSIONS` is for each issue.

    Parameters
    ----------
    counts, expected : shape (issues, weeks).
    kept : cells that may be learnt from.

    Returns
    -------
    Shape (dispersions, issues), columns sum to 1.

    Notes
    -----
    An issue alone is 13 numbers, so it borrows from the others as far as these are like each other, which the counts say themselves:
    the logarithms of the dispersions are normal around a centre with a spread, both weighed by the likelihood of all issues' counts
    (empirical Bayes over a grid; Efron and Morris 1975). Each issue's own likelihood is adjusted for its fitted mean (Cox and Reid
    1987). A test averaged over these weights knows how unsure the dispersion is.
    """
    y, mu, size = counts[None], np.maximum(expected, 1e-9)[None], 1 / DISPERSIONS[:, None, None]
    cell = gammaln(y + size) - gammaln(size) + size * np.log(size / (size + mu)) + y * np.log(mu / (size + mu))
    likelihood = np.where(kept[None], cell, 0).sum(axis=-1)
    information = np.where(kept[None], mu / (1 + mu / size), 0).sum(axis=-1)
    own = likelihood - 0.5 * np.log(np.maximum(information, 1e-9))
    own = np.exp(own - own.max(axis=0, keepdims=True))
    prior = _priors()
    by_prior = np.maximum(np.einsum("dcs,di->csi", prior, own), _LEAST)
    likely = np.log(by_prior).sum(axis=-1)
    likely = np.exp(likely - likely.max())
    weight = np.einsum("cs,dcs,csi->di", likely, prior, 1 / by_prior) * own
    return np.asarray(weight / weight.sum(axis=0, keepdims=True))


def _priors() -> Floats:
    """How likely each dispersion is given a centre and a spread, shape (dispersions, centres, spreads); the centres are `DISPERSIONS`."""
    logs = np.log(DISPERSIONS)
    off = (logs[:, None, None] - logs[None, :, None]) / SPREADS
    density = np.exp(-(off**2) / 2)
    return np.asarray(density / density.sum(axis=0))
