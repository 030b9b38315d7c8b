"""Discovery: issues that nobody named beforehand, from the words of the texts alone.

A mixture of multinomials (Nigam et al. 2000) over folded syllables and adjacent pairs, started from spherical k-means on a
truncated SVD of TF-IDF, fitted on a sample of distinct messages and then used to place every text. Everything is computed in
one thread and in a fixed order, so that the same texts give the same issues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numba as nb
import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds
from threadpoolctl import threadpool_limits

from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNDECIDED = -1
"""Given instead of an issue to a text without a known word, or whose best issue is not more probable than the rest."""

_PAIR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Placed:
    """Where texts were placed.

    Attributes
    ----------
    issue : int16 array (texts): number of the issue or `UNDECIDED`.
    probability : float32 array (texts): posterior of the best issue under the model.
    """

    issue: NDArray[np.int16]
    probability: NDArray[np.float32]


class NothingInCommon(ValueError):
    """Raised by `IssueDiscovery.fit` when the texts share too few words to find any issue in them."""


class IssueDiscovery:
    """Find issues in a sample and place texts in them.

    Parameters
    ----------
    n_issues : how many issues to look for; None takes √(texts / 40), at least 4 and at most 12.
    random_state : seed of the starts.
    starts : starts of k-means; the one with the least spread is kept.

    Attributes
    ----------
    feature_hashes_ : uint64 array (features), sorted.
    log_words_ : float64 array (features × issues), log p(feature | issue).
    log_share_ : float64 array (issues), log p(issue).
    """

    def __init__(self, n_issues: int | None = None, *, random_state: int = 0, starts: int = 8) -> None:
        self.n_issues = n_issues
        self.random_state = random_state
        self.starts = starts

    def fit(self, words: Words, vocabulary: Vocabulary, points: NDArray[np.float32] | None = None) -> Self:
        """Learn the issues of a sample of distinct texts.

        Parameters
        ----------
        words, vocabulary : the sample.
        points : float32 array (texts × dimensions) from outside, rows of length one: one more view for the start.
        """
        texts = len(words.offsets) - 1
        self.feature_hashes_, matrix = _features(words, vocabulary)
        count = self.n_issues or int(np.clip(np.sqrt(texts / 40), 4, 12))
        if min(matrix.shape) <= 2 * count + 8:
            message = f"{matrix.shape[0]} texts share {matrix.shape[1]} words: too few for {count} issues"
            raise NothingInCommon(message)
        with threadpool_limits(1):
            start = self._start(matrix, count, points)
            self.log_words_, self.log_share_ = _mixture(matrix, start, count)
        return self

    def predict(self, words: Words, vocabulary: Vocabulary) -> Placed:
        """Place texts; equal texts are placed alike."""
        issue, probability = _place(
            words.keys,
            words.offsets,
            vocabulary.hashes,
            self.feature_hashes_,
            self.log_words_,
            self.log_share_,
        )
        return Placed(issue, probability)

    def _start(self, matrix: sparse.csr_matrix, count: int, outside: NDArray[np.float32] | None) -> NDArray[np.float64]:
        weighted = _unit_rows(_tf_idf(matrix))
        rank = 2 * count + 8
        generator = np.random.default_rng(self.random_state)
        _, _, right = svds(weighted, k=rank, v0=generator.standard_normal(min(weighted.shape)))
        points = weighted @ right.T
        points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-12)
        if outside is not None:  # both views weigh the same: the cosine of the whole is the mean of theirs
            points = np.concatenate([points, outside.astype(np.float64)], axis=1) / np.sqrt(2)
        runs = [_spherical_k_means(points, count, generator) for _ in range(self.starts)]
        centres = max(runs, key=lambda run: run[1])[0]
        sharp = np.exp(12 * (points @ centres.T))
        return np.asarray(sharp / sharp.sum(axis=1, keepdims=True))


def _tf_idf(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    present = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weight = np.log(matrix.shape[0] / np.maximum(present, 1))
    return sparse.csr_matrix(matrix @ sparse.diags(weight))


def _unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(norms, 1e-12)) @ matrix)


def _spherical_k_means(
    points: NDArray[np.float64], count: int, generator: np.random.Generator, rounds: int = 25
) -> tuple[NDArray[np.float64], float]:
    centres = points[_spread(points, count, generator)]
    for _ in range(rounds):
        nearest = (points @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, points)
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return centres, float((points @ centres.T).max(axis=1).sum())


def _spread(points: NDArray[np.float64], count: int, generator: np.random.Generator) -> list[int]:
    chosen = [int(generator.integers(len(points)))]
    distance = 1 - points @ points[chosen[0]]
    while len(chosen) < count:
        weight = np.maximum(distance, 0) ** 2 + 1e-12
        chosen.append(int(generator.choice(len(points), p=weight / weight.sum())))
        distance = np.minimum(distance, 1 - points @ points[chosen[-1]])
    return chosen


def _mixture(
    matrix: sparse.csr_matrix, start: NDArray[np.float64], count: int, rounds: int = 20
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    belongs = start
    background = np.asarray(matrix.sum(axis=0)).ravel() + 0.5
    background /= background.sum()
    strength = 0.02 * matrix.sum() / count  # pseudo-counts of the background in every issue
    log_words = np.zeros((matrix.shape[1], count))
    log_share = np.zeros(count)
    for _ in range(rounds):
        counts = np.asarray(matrix.T @ belongs) + strength * background[:, None]
        log_words = np.log(counts / counts.sum(axis=0))
        share = belongs.sum(axis=0) + 1
        log_share = np.log(share / share.sum())
        score = np.asarray(matrix @ log_words) + log_share
        score -= score.max(axis=1, keepdims=True)
        belongs = np.exp(score)
        belongs /= belongs.sum(axis=1, keepdims=True)
    order = np.argsort(-log_share, kind="stable")
    return log_words[:, order], log_share[order]


def _features(words: Words, vocabulary: Vocabulary) -> tuple[NDArray[np.uint64], sparse.csr_matrix]:
    """Which syllables and pairs count (in ≥ 4 texts and ≥ 0.05 %, in ≤ 25 %), and the texts × features matrix of 0 and 1."""
    hashes, texts = _feature_hashes(words.keys, words.offsets, vocabulary.hashes)
    n = len(words.offsets) - 1
    pairs = np.unique(np.stack([hashes, texts.astype(np.uint64)]), axis=1)
    values, counts = np.unique(pairs[0], return_counts=True)
    kept = values[(counts >= max(4, 0.0005 * n)) & (counts <= max(0.25 * n, 8))]
    if not len(kept):
        return kept, sparse.csr_matrix((n, 0))
    column = np.searchsorted(kept, pairs[0])
    inside = (column < len(kept)) & (kept[np.minimum(column, len(kept) - 1)] == pairs[0])
    row = pairs[1][inside].astype(np.int64)
    matrix = sparse.csr_matrix((np.ones(len(row)), (row, column[inside])), shape=(n, len(kept)))
    return kept, matrix


@nb.njit(cache=True, nogil=True)
def _feature_hashes(
    keys: NDArray[np.uint32], offsets: NDArray[np.int64], key_hashes: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    hashes = np.empty(2 * keys.shape[0], dtype=np.uint64)
    texts = np.empty(2 * keys.shape[0], dtype=np.uint32)
    filled = 0
    for text in range(offsets.shape[0] - 1):
        for position in range(offsets[text], offsets[text + 1]):
            if keys[position] == BREAK_KEY:
                continue
            value = key_hashes[keys[position]]
            hashes[filled] = value
            texts[filled] = text
            filled += 1
            if position + 1 < offsets[text + 1] and keys[position + 1] != BREAK_KEY:
                hashes[filled] = value * _PAIR + key_hashes[keys[position + 1]]
                texts[filled] = text
                filled += 1
    return hashes[:filled], texts[:filled]


@nb.njit(cache=True, nogil=True)
def _place(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    features: NDArray[np.uint64],
    log_words: NDArray[np.float64],
    log_share: NDArray[np.float64],
) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    n = offsets.shape[0] - 1
    count = log_share.shape[0]
    size = 16
    while size < 4 * features.shape[0]:
        size *= 2
    slots = np.full(size, -1, dtype=np.int64)
    for feature in range(features.shape[0]):
        slot = np.int64(features[feature] & np.uint64(size - 1))
        while slots[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        slots[slot] = feature
    issue = np.full(n, UNDECIDED, dtype=np.int16)
    probability = np.zeros(n, dtype=np.float32)
    score = np.empty(count, dtype=np.float64)
    seen = np.full(features.shape[0], -1, dtype=np.int64)
    for text in range(n):
        score[:] = log_share
        known = 0
        for position in range(offsets[text], offsets[text + 1]):
            if keys[position] == BREAK_KEY:
                continue
            value = key_hashes[keys[position]]
            pair = position + 1 < offsets[text + 1] and keys[position + 1] != BREAK_KEY
            for step in range(2 if pair else 1):
                if step == 1:
                    value = value * _PAIR + key_hashes[keys[position + 1]]
                slot = np.int64(value & np.uint64(size - 1))
                while slots[slot] >= 0:
                    feature = slots[slot]
                    if features[feature] == value:
                        if seen[feature] != text:
                            seen[feature] = text
                            known += 1
                            for k in range(count):
                                score[k] += log_words[feature, k]
                        break
                    slot = (slot + 1) & (size - 1)
        best = 0
        for k in range(1, count):
            if score[k] > score[best]:
                best = k
        total = 0.0
        for k in range(count):
            total += np.exp(score[k] - score[best])
        probability[text] = 1 / total
        if known > 0 and probability[text] > 0.5:
            issue[text] = best
    return issue, probability
