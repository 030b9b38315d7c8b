"""Counts that vary more than chance: the negative binomial, with variance mean + dispersion × mean²."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DISPERSIONS = np.geomspace(0.04, 2.0, 15)
BORROWED = 2.0
"""Dispersions that are weighed against each other, even on a logarithmic scale (talk is never taken to vary by less than a fifth
beyond chance); how many issues' counts an issue borrows from the others, on top of its own."""


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
    The likelihood of an issue's own counts, adjusted for the fitted mean (Cox and Reid 1987), times that of an average other issue to
    the power of `BORROWED`: an issue alone is 13 numbers (weighted likelihood; Robinson and Smyth 2007). A test averaged over
    these weights knows how unsure the dispersion is.
    """
    y, mu, size = counts[None], np.maximum(expected, 1e-9)[None], 1 / DISPERSIONS[:, None, None]
    cell = gammaln(y + size) - gammaln(size) + size * np.log(size / (size + mu)) + y * np.log(mu / (size + mu))
    likelihood = np.where(kept[None], cell, 0).sum(axis=-1)
    information = np.where(kept[None], mu / (1 + mu / size), 0).sum(axis=-1)
    own = likelihood - 0.5 * np.log(np.maximum(information, 1e-9))
    others = own.sum(axis=1, keepdims=True) - own
    weight = own + BORROWED * others / max(own.shape[1] - 1, 1)
    weight = np.exp(weight - weight.max(axis=0, keepdims=True))
    return np.asarray(weight / weight.sum(axis=0, keepdims=True))
