"""Views of texts as points, and groups of points: the starts of discovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.linalg import eigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.distinct import Features

    Points = NDArray[np.float32]

_WORD_RANK, _CONTEXTS = 100, 1000
"""Dimensions of word vectors; words that they are counted beside."""

_POWERS, _BESIDE = 4, 8
"""Rounds of subspace iteration, and vectors more than are asked for."""

SAMPLED = 4000
"""Texts that groups of points, and what groupings have in common, are learnt from."""

_ROUNDS = 8
"""How often k-means goes through its points at most."""


def views(found: Features, rows: NDArray[np.int64], count: int, generator: np.random.Generator) -> list[Points]:
    """Points of some texts, each view float32 (texts × dimensions) with rows of length one.

    Means of word vectors from a decomposition of positive pointwise mutual information (Levy and Goldberg 2014): of syllables by
    smooth inverse frequency (Arora et al. 2017), of syllables and of syllables and pairs by inverse document frequency, each
    without what all texts have in common; a spectral embedding of the cosines of TF-IDF (Ng et al. 2001); and latent semantic
    analysis of TF-IDF beside the second.
    """
    matrix = found.matrix[rows].tocsr()
    single = matrix[:, found.single].tocsr()
    weighted = _tf_idf(matrix)
    semantic = unit(weighted @ _right(weighted, 2 * count + 8, generator)[0])
    vectors = _word_vectors(single)
    share = np.asarray(single.sum(axis=0)).ravel() / single.shape[0]
    smooth = unit(single @ (vectors * (0.01 / (0.01 + share))[:, None].astype(np.float32)))
    inverse = unit(_tf_idf(single) @ vectors)
    pairs = unit(weighted @ _word_vectors(matrix))
    apart = [_apart(points) for points in (smooth, inverse, pairs)]
    return [*apart, _spectral(weighted, count, generator), unit(np.hstack([semantic, inverse]))]


def unit(points: Points) -> Points:
    """Rows of length one."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.maximum(lengths, 1e-9), dtype=np.float32)


def group(points: Points, count: int, generator: np.random.Generator, tries: int = 1) -> Points:
    """Spherical k-means (Dhillon and Modha 2001): how much each point belongs to each of `count` groups, rows sum to 1.

    It learns from `SAMPLED` points drawn at random.
    """
    few = points
    if len(points) > SAMPLED:
        few = points[np.sort(generator.choice(len(points), SAMPLED, replace=False))]
    runs = [_k_means(few, few[_spread(few, count, generator)], _ROUNDS) for _ in range(tries)]
    best = max(runs, key=lambda centres: float((few @ centres.T).max(axis=1).sum()))
    return soft(12 * (points @ best.T))


def soft(score: Points) -> Points:
    """Scores (texts × groups) as probabilities."""
    risen = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(risen / risen.sum(axis=1, keepdims=True), dtype=np.float32)


def _k_means(points: Points, centres: Points, rounds: int) -> Points:
    """Centres when no point changes its group any more, or after some rounds."""
    before = np.full(len(points), -1)
    ones = np.eye(len(centres), dtype=np.float32)
    for _ in range(rounds):
        nearest = (points @ centres.T).argmax(axis=1)
        if np.array_equal(nearest, before):
            break
        centres = unit(ones[nearest].T @ points)
        before = nearest
    return centres


def _spread(points: Points, count: int, generator: np.random.Generator) -> list[int]:
    chosen = [int(generator.integers(len(points)))]
    distance = 1 - points @ points[chosen[0]]
    while len(chosen) < count:
        weight = np.maximum(distance, 0).astype(np.float64) + 1e-12
        chosen.append(int(generator.choice(len(points), p=weight / weight.sum())))
        distance = np.minimum(distance, 1 - points @ points[chosen[-1]])
    return chosen


def _tf_idf(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    present = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weight = np.log(matrix.shape[0] / np.maximum(present, 1))
    weighted = sparse.csr_matrix(matrix @ sparse.diags(weight.astype(np.float32)))
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags((1 / np.maximum(lengths, 1e-9)).astype(np.float32)) @ weighted)


def _right(matrix: sparse.csr_matrix, rank: int, generator: np.random.Generator) -> tuple[Points, NDArray[np.float32]]:
    """The first right singular vectors (columns) and values, by subspace iteration from a random start (Halko et al. 2011)."""
    rank = min(rank, min(matrix.shape) - 1)
    wide = min(rank + _BESIDE, *matrix.shape)
    basis = generator.standard_normal((matrix.shape[1], wide)).astype(np.float32)
    for _ in range(_POWERS):
        basis = np.linalg.qr(matrix.T @ (matrix @ basis))[0]
    seen = matrix @ basis
    values, turn = largest(seen.T @ seen, rank)
    return basis @ turn, np.sqrt(values)


def largest(square: NDArray[np.float32], rank: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The largest eigenvalues of a symmetric matrix, falling, and their vectors (columns)."""
    size = len(square)
    values, vectors = eigh(square, subset_by_index=(size - rank, size - 1))
    return np.maximum(values[::-1], 1e-12).astype(np.float32), vectors[:, ::-1].astype(np.float32)


def _spectral(weighted: sparse.csr_matrix, rank: int, generator: np.random.Generator) -> Points:
    degree = weighted @ np.asarray(weighted.sum(axis=0)).ravel()
    scale = sparse.diags((1 / np.sqrt(np.maximum(degree, 1e-9))).astype(np.float32))
    balanced = sparse.csr_matrix(scale @ weighted)
    right, values = _right(balanced, rank + 1, generator)
    return unit(balanced @ (right / values)[:, 1:])


def _word_vectors(matrix: sparse.csr_matrix) -> Points:
    """Vectors of features by their positive pointwise mutual information with the most frequent ones."""
    texts = np.asarray(matrix.sum(axis=0)).ravel()
    near = np.sort(np.argsort(-texts, kind="stable")[:_CONTEXTS])
    together = (matrix.T @ matrix[:, near]).toarray()
    together[near, np.arange(len(near))] = 0
    total = max(float(together.sum()), 1)
    share = together.sum(axis=1, keepdims=True) / total
    context = (together.sum(axis=0) / total) ** 0.75
    context /= max(float(context.sum()), 1e-12)
    expected = np.maximum(total * share * context, 1e-12)
    positive = np.log(np.maximum(together / expected, 1), dtype=np.float32)
    values, vectors = largest(positive.T @ positive, min(_WORD_RANK, len(near) - 1))
    return np.asarray(positive @ (vectors / values**0.25))


def _apart(points: Points) -> Points:
    """Points without the direction that all have in common."""
    common = np.linalg.svd(points.T @ points)[0][:, :1]
    return unit(points - points @ common @ common.T)
