"""Views of texts as points, and groups of points: the starts of discovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.distinct import Features

    Points = NDArray[np.float32]

_WORD_RANK = 100


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
    semantic = unit(weighted @ _right(weighted, 2 * count + 8, generator).T)
    vectors = _word_vectors(single, generator)
    share = np.asarray(single.sum(axis=0)).ravel() / single.shape[0]
    smooth = unit(single @ (vectors * (0.01 / (0.01 + share))[:, None].astype(np.float32)))
    inverse = unit(_tf_idf(single) @ vectors)
    pairs = unit(weighted @ _word_vectors(matrix, generator))
    apart = [_apart(points) for points in (smooth, inverse, pairs)]
    return [*apart, _spectral(weighted, count, generator), unit(np.hstack([semantic, inverse]))]


def unit(points: Points) -> Points:
    """Rows of length one."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.maximum(lengths, 1e-9), dtype=np.float32)


def group(points: Points, count: int, generator: np.random.Generator, tries: int = 1) -> Points:
    """Spherical k-means (Dhillon and Modha 2001): how much each point belongs to each of `count` groups, rows sum to 1."""
    runs = [_k_means(points, count, generator) for _ in range(tries)]
    centres = max(runs, key=lambda run: run[1])[0]
    return soft(12 * (points @ centres.T))


def soft(score: Points) -> Points:
    """Scores (texts × groups) as probabilities."""
    risen = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(risen / risen.sum(axis=1, keepdims=True), dtype=np.float32)


def _k_means(points: Points, count: int, generator: np.random.Generator, rounds: int = 25) -> tuple[Points, float]:
    centres = points[_spread(points, count, generator)]
    for _ in range(rounds):
        nearest = (points @ centres.T).argmax(axis=1)
        ones = np.ones(len(nearest), dtype=np.float32)
        member = sparse.csr_matrix((ones, (nearest, np.arange(len(nearest)))), shape=(count, len(nearest)))
        centres = unit(member @ points)
    return centres, float((points @ centres.T).max(axis=1).sum())


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


def _decomposed(
    matrix: sparse.csr_matrix, rank: int, generator: np.random.Generator
) -> tuple[Points, NDArray[np.float32], Points]:
    rank = min(rank, min(matrix.shape) - 1)
    left, values, right = svds(matrix, k=rank, v0=generator.standard_normal(min(matrix.shape)).astype(np.float32))
    order = np.argsort(-values)
    return left[:, order], values[order], right[order]


def _right(matrix: sparse.csr_matrix, rank: int, generator: np.random.Generator) -> Points:
    return _decomposed(matrix, rank, generator)[2]


def _spectral(weighted: sparse.csr_matrix, rank: int, generator: np.random.Generator) -> Points:
    degree = weighted @ np.asarray(weighted.sum(axis=0)).ravel()
    scale = sparse.diags((1 / np.sqrt(np.maximum(degree, 1e-9))).astype(np.float32))
    return unit(_decomposed(sparse.csr_matrix(scale @ weighted), rank + 1, generator)[0][:, 1:])


def _word_vectors(matrix: sparse.csr_matrix, generator: np.random.Generator) -> Points:
    together = (matrix.T @ matrix).tocoo()
    apart = together.row != together.col
    row, column, counts = together.row[apart], together.col[apart], together.data[apart].astype(np.float64)
    share = np.bincount(row, counts, minlength=matrix.shape[1]) / max(counts.sum(), 1)
    context = share**0.75 / max((share**0.75).sum(), 1e-12)
    mutual = np.log(counts / counts.sum() / (share[row] * context[column]))
    above = mutual > 0
    shape = (matrix.shape[1], matrix.shape[1])
    positive = sparse.csr_matrix((mutual[above].astype(np.float32), (row[above], column[above])), shape=shape)
    left, values, _ = _decomposed(positive, _WORD_RANK, generator)
    return np.asarray(left * np.sqrt(np.maximum(values, 0)), dtype=np.float32)


def _apart(points: Points) -> Points:
    """Points without the direction that all have in common."""
    common = np.linalg.svd(points.T @ points)[0][:, :1]
    return unit(points - points @ common @ common.T)
