"""Texts of a period divided by a classifier's score, so that a sample of them tells more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_STRATA = 4
LEAST_EXPECTED = 8
_PLACES = np.unique(np.concatenate([np.linspace(0, 0.98, 50)[1:], np.linspace(0.9, 0.995, 20)]))
"""Strata at most; coded texts that each may expect; quantiles at which cuts are tried."""


@dataclass(frozen=True)
class Strata:
    """The texts of a period, divided by a classifier's score.

    Attributes
    ----------
    of : stratum of each text of the period, 0 the lowest scores.
    number : how many strata there are.
    """

    of: NDArray[np.int64]
    number: int


def divide_by_score(scores: Floats, coded: int) -> Strata:
    """Divide the texts of a period by score, so that scores within a stratum are as alike as can be.

    Parameters
    ----------
    scores : of each text of the period, higher where the classifier is surer. Where it learnt from the coded texts, each
        score has to come from a fold that the text is not in: *all* texts of the period are given a fold, coded or not, so
        that coded texts are scored like the others.
    coded : texts that will be coded.

    Examples
    --------
    >>> divide_by_score(np.array([0.1, 0.1, 0.9, 0.1, 0.8, 0.1]), coded=60).of
    array([0, 0, 2, 0, 1, 0])
    """
    cuts = cut_points(scores, coded)
    return Strata(np.searchsorted(cuts, scores, side="right").astype(np.int64), len(cuts) + 1)


def cut_points(scores: Floats, coded: int) -> Floats:
    """The scores at which strata begin, but for the lowest; none where scores tell nothing apart.

    The cuts leave the least sum of squares within strata (Fisher 1958), of those that let each stratum expect
    `LEAST_EXPECTED` coded texts.
    """
    ordered = np.sort(scores)
    edges = np.unique(np.searchsorted(ordered, np.unique(ordered[(_PLACES * len(ordered)).astype(np.int64)])))
    edges = edges[edges > 0]
    return ordered[edges[_best(ordered, edges, LEAST_EXPECTED * len(ordered) / max(coded, 1))]]


def _best(ordered: Floats, edges: NDArray[np.int64], least: float) -> list[int]:
    """Which edges to cut at, by dynamic programming over the number of strata."""
    at = np.concatenate([[0], edges, [len(ordered)]])
    sums = np.concatenate([[0.0], np.cumsum(ordered - ordered.mean())])[at]
    size = (at[None, :] - at[:, None]).astype(float)
    between = np.where(size >= max(least, 1.0), (sums[None, :] - sums[:, None]) ** 2 / np.maximum(size, 1), -np.inf)
    best, steps, chosen, gained = between[0], [], [], 1e-12
    for _ in range(1, MOST_STRATA):
        joined = best[:, None] + between
        steps.append(joined.argmax(axis=0))
        best = joined.max(axis=0)
        if best[-1] > gained:
            chosen, gained = _walk(steps), float(best[-1]) * (1 + 1e-9)
    return chosen


def _walk(steps: list[NDArray[np.intp]]) -> list[int]:
    place, cuts = -1, []
    for step in reversed(steps):
        place = int(step[place])
        cuts.append(place - 1)
    return cuts[::-1]
