"""How common codes are in a study: from the probabilities of its texts, without a label (Saerens, Latinne and Decaestecker 2002).

A classifier takes it that codes are as common as among the texts that it has learnt from. In a study other things are: most of
all there are more texts that speak of nothing. Its probabilities tell by how much, and are then raised or lowered by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEARNT = 100.0
"""Texts of the study that what was learnt about how common codes are counts for."""

_ROUNDS = 30
_LEAST = 0.02  # of a text's probability is left for another code


def how_common(apart: NDArray[np.float64], learnt: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times as common things are in a study as among the texts learnt from.

    Parameters
    ----------
    apart : probabilities (texts × codes × things) that add up to 1 over the last axis.
    learnt : shares (codes × things) among the texts learnt from.
    """
    now = learnt
    for _ in range(_ROUNDS):
        now = (adapted(apart, now / learnt).sum(axis=0) + LEARNT * learnt) / (len(apart) + LEARNT)
    return np.asarray(now / learnt)


def adapted(apart: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities where things are so many times as common."""
    raised = apart * times
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def beside(codes: NDArray[np.float64], nothing: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each text and code the probabilities of the code, of no code at all, and of other codes alone.

    Parameters
    ----------
    codes : texts × codes.
    nothing : texts: probability that a text has no code.

    Returns
    -------
    float64 array (texts × codes × 3), adding up to 1 over the last axis.
    """
    code = np.clip(codes, 1e-6, 1 - 1e-6)
    none = np.broadcast_to(np.clip(nothing, 1e-6, 1 - 1e-6)[:, None], code.shape)
    found = np.stack([code, none, np.maximum(1 - code - none, _LEAST * (1 - code))], axis=-1)
    return np.asarray(found / found.sum(axis=-1, keepdims=True))
