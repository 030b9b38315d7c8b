"""Support vector machines with squared hinge loss for all labels of the same texts at once (Hsieh et al. 2008, algorithm 1).

All labels are learnt in one pass over the words of a text, as the weights of a feature for the labels lie side by side: five times
as fast as label by label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

_EPOCHS = 8
_STILL = 0.01  # a pass that changes no gradient by more is the last one


def separate(
    texts: sparse.csr_matrix,
    scale: NDArray[np.float64],
    labels: NDArray[np.bool_],
    cost: NDArray[np.float64],
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights that tell texts with a label from the others, label by label.

    Parameters
    ----------
    texts : n × features.
    scale : features × labels: what a feature is multiplied by while a label is learnt.
    labels : n × labels.
    cost : n, of the error on a text; texts of cost 0 are not learnt from.
    seed : of the order in which texts are visited.

    Returns
    -------
    Weights of the features as they stand in `texts` (features × labels), and biases (labels).
    """
    used = np.flatnonzero(cost > 0)
    generator = np.random.default_rng(seed)
    orders = np.stack([generator.permutation(used) for _ in range(_EPOCHS)])
    weights = np.zeros((texts.shape[1] + 1, labels.shape[1]), dtype=np.float32)
    squares = (scale**2).astype(np.float32)
    signs = np.where(labels, np.float32(1), np.float32(-1))
    loose = (0.5 / np.where(cost > 0, cost, 1.0)).astype(np.float32)
    indptr, indices = texts.indptr.astype(np.int64), texts.indices.astype(np.int64)
    _descend(indptr, indices, texts.data.astype(np.float32), squares, signs, loose, orders, weights)
    return weights[:-1].astype(np.float64), weights[-1].astype(np.float64)


@nb.njit(cache=True, nogil=True)
def _descend(  # noqa: C901, PLR0912 - a compiled kernel: the innermost loops run over labels
    indptr: NDArray[np.int64],
    indices: NDArray[np.int64],
    values: NDArray[np.float32],
    squares: NDArray[np.float32],
    signs: NDArray[np.float32],
    loose: NDArray[np.float32],
    orders: NDArray[np.int64],
    weights: NDArray[np.float32],
) -> None:
    """Dual coordinate descent; the last row of `weights`, which begin as 0, is the bias."""
    texts, labels = signs.shape
    bias, zero, one = weights.shape[0] - 1, np.float32(0), np.float32(1)
    alpha, size = np.zeros((texts, labels), dtype=np.float32), np.ones((texts, labels), dtype=np.float32)
    for text in range(texts):
        for place in range(indptr[text], indptr[text + 1]):
            value, feature = values[place] ** 2, indices[place]
            for k in range(labels):
                size[text, k] += value * squares[feature, k]
    margin, step = np.empty(labels, dtype=np.float32), np.empty(labels, dtype=np.float32)
    for epoch in range(orders.shape[0]):
        largest = zero
        for text in orders[epoch]:
            margin[:] = weights[bias]
            for place in range(indptr[text], indptr[text + 1]):
                value, feature = values[place], indices[place]
                for k in range(labels):
                    margin[k] += value * weights[feature, k]
            moves = False
            for k in range(labels):
                gradient = signs[text, k] * margin[k] - one + loose[text] * alpha[text, k]
                moved = max(alpha[text, k] - gradient / (size[text, k] + loose[text]), zero)
                step[k] = (moved - alpha[text, k]) * signs[text, k]
                alpha[text, k] = moved
                if step[k] != 0:
                    moves = True
                    largest = max(largest, abs(gradient))
            if moves:
                weights[bias] += step
                for place in range(indptr[text], indptr[text + 1]):
                    value, feature = values[place], indices[place]
                    for k in range(labels):
                        weights[feature, k] += value * step[k] * squares[feature, k]
        if largest < _STILL:
            break
