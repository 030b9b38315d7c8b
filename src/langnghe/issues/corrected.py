"""Probabilities corrected by hand-coded texts: people of a study may draw the line of an issue elsewhere than the starter set does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, log_expit, logit

from langnghe.issues.classifier import FOLDS
from langnghe.issues.minimum import least
from langnghe.issues.stated import LEAST_CODED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PULL, _PULL_SLOPE = 2.0, 20.0  # strength with which shifts are pulled to 0 and the slope to 1
_LEAST = 1e-5


@dataclass(frozen=True)
class Correction:
    """Log-odds become slope · log-odds + shift, with a shift for each code."""

    slope: float
    shift: Floats

    def of(self, likely: Floats) -> Floats:
        """Corrected probabilities (texts × codes)."""
        return np.asarray(expit(self.slope * _log_odds(likely) + self.shift))


def correct(likely: Floats, true: NDArray[np.bool_]) -> Correction | None:
    """Fit a correction; None where fewer than `stated.LEAST_CODED` texts were coded.

    Parameters
    ----------
    likely : probabilities of texts that were drawn at random, by classifiers that did not see them (texts × codes).
    true : what people gave them.
    """
    if len(true) < LEAST_CODED:
        return None
    start = np.r_[1.0, np.zeros(true.shape[1])]
    found = least(_loss, start, (_log_odds(likely), true.astype(np.float64)))
    return Correction(float(found[0]), found[1:])


def cross_corrected(likely: Floats, true: NDArray[np.bool_], groups: NDArray[np.int64]) -> Floats:
    """The same texts, corrected by what was fitted on texts of other groups of copies."""
    found = likely.copy()
    for fold in range(FOLDS):
        inside = groups % FOLDS == fold
        correction = correct(likely[~inside], true[~inside])
        found[inside] = correction.of(likely[inside]) if correction else likely[inside]
    return found


def _log_odds(likely: Floats) -> Floats:
    return np.asarray(logit(np.clip(likely, _LEAST, 1 - _LEAST)))


def _loss(at: Floats, odds: Floats, true: Floats) -> tuple[float, Floats]:
    slope, shift = at[0], at[1:]
    raised = slope * odds + shift
    wrong = expit(raised) - true
    loss = -(true * log_expit(raised) + (1 - true) * log_expit(-raised)).sum()
    away = np.r_[_PULL_SLOPE * (slope - 1), _PULL * shift]
    return float(loss + away @ (at - np.r_[1.0, 0 * shift])), np.r_[(wrong * odds).sum(), wrong.sum(axis=0)] + 2 * away
