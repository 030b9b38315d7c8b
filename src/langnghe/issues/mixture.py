"""A mixture of multinomials over weighted features, and the consensus of several of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.issues.views import SAMPLED, largest, soft, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Points = NDArray[np.float32]

_BACKGROUND = 0.02
"""Pseudo-counts of the background in all groups together, as a share of all counts."""

_LEAST = 1e-9
"""Added to every count, so that a word that tells nothing apart still has a logarithm."""

_SURE = 0.9
"""Texts that belong to known issues with at least this probability stay there."""


@dataclass(frozen=True)
class Mixture:
    """A fitted mixture: what texts belong to (texts × groups), weights × log p(feature | group), log p(group)."""

    belongs: Points
    log_words: NDArray[np.float64]
    log_share: NDArray[np.float64]


def mixture(matrix: sparse.csr_matrix, start: Points, rounds: int, passes: int, known: Points | None = None) -> Mixture:
    """Expectation maximisation (Nigam et al. 2000) over features that weigh as much as they tell groups apart.

    Parameters
    ----------
    matrix : texts × features.
    start : how much texts belong to groups, the known ones first.
    rounds : of expectation maximisation in each pass; the weights are computed anew before each.
    passes : how many.
    known : how much texts belong to known issues (texts × issues), or None.
    """
    everywhere = np.asarray(matrix.sum(axis=0)).ravel()
    belongs, weight, strength = start, np.ones(1, np.float32), 0.0
    background = log_words = log_share = np.zeros(0)
    for turn in range(passes * rounds):
        counts = matrix.T @ belongs
        if turn % rounds == 0:
            weight = _telling(counts, belongs)
            background = (weight * everywhere + 0.5)[:, None]
            strength = _BACKGROUND * float(weight @ everywhere) / belongs.shape[1] / background.sum()
        smooth = weight[:, None] * counts + strength * background + _LEAST
        log_words = weight[:, None] * np.log(smooth / smooth.sum(axis=0)).astype(np.float32)
        share = belongs.sum(axis=0) + 1
        log_share = np.log(share / share.sum())
        belongs = _held(soft(matrix @ log_words + log_share.astype(np.float32)), known)
    return Mixture(belongs, log_words.astype(np.float64), log_share.astype(np.float64))


def _held(belongs: Points, known: Points | None) -> Points:
    if known is None:
        return belongs
    sure = known.sum(axis=1) >= _SURE
    belongs[sure] = 0
    belongs[sure, : known.shape[1]] = known[sure] / known[sure].sum(axis=1, keepdims=True)
    return belongs


def _telling(counts: Points, belongs: Points, prior: float = 5.0) -> Points:
    """Divergence of p(group | feature) from p(group), over its median: what says nothing of groups weighs nothing.

    `counts` says how often features stand in groups (features × groups).
    """
    share = belongs.sum(axis=0) / belongs.sum()
    smooth = counts + prior * share
    given = smooth / smooth.sum(axis=1, keepdims=True)
    told = (given * np.log(np.maximum(given, 1e-12) / np.maximum(share, 1e-12))).sum(axis=1)
    told = np.maximum(told, 0)  # a divergence is never negative, its rounding may be
    return np.asarray(told / max(float(np.median(told)), 1e-9), dtype=np.float32)


def consensus(runs: list[Points], weights: NDArray[np.float64], rank: int) -> Points:
    """Points of texts from several groupings, each texts × groups, that count by their weights.

    A spectral embedding of how often two texts share a group (Strehl and Ghosh 2002; Fern and Brodley 2004).
    """
    scaled = [
        np.float32(np.sqrt(w)) * run / np.sqrt(run.sum(axis=0) + 1e-9) for run, w in zip(runs, weights, strict=True)
    ]
    joined = np.hstack(scaled)
    few = joined[:SAMPLED]
    return unit(joined @ largest(few.T @ few, rank)[1])


def agreement(runs: list[Points], kin: list[int]) -> NDArray[np.float64]:
    """How well each grouping agrees with those that are not of its kin: mean normalised mutual information, the best one 1."""
    nearest = [run[:SAMPLED].argmax(axis=1) for run in runs]
    strange = np.array(kin)[:, None] != kin
    told = np.zeros(strange.shape)
    for one, other in zip(*np.nonzero(strange), strict=True):
        told[one, other] = _told(nearest[one], nearest[other])
    mean = told.sum(axis=1) / np.maximum(strange.sum(axis=1), 1)
    return np.asarray(mean / max(float(mean.max()), 1e-9))


def _told(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """Mutual information of two groupings over the mean of their entropies."""
    wide = int(right.max()) + 1
    joint = np.bincount(left * wide + right, minlength=(int(left.max()) + 1) * wide).reshape(-1, wide) / len(left)
    apart = _entropy(joint.sum(axis=0)) + _entropy(joint.sum(axis=1))
    return 1.0 if apart == 0 else 2 * (apart - _entropy(joint)) / apart


def _entropy(share: NDArray[np.float64]) -> float:
    some = share[share > 0]
    return float(-(some * np.log(some)).sum())
