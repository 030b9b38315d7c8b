"""Support vector machines with squared hinge loss for all labels of the same texts at once (Hsieh et al. 2008, algorithm 1).

All labels are learnt in one pass over the words of a text, as the weights of a feature for the labels lie side by side: five times
as fast as label by label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.compiled import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

_EPOCHS, _AGAIN = 8, 5  # passes over the texts: from nothing, and from a start that is near
_STILL = 0.01  # a pass that changes no gradient by more is the last one


@dataclass(frozen=True)
class Separated:
    """What was learnt: weights (features × labels), biases (labels), and how much of them each text bears (texts × labels)."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    alpha: NDArray[np.float32]


def separate(
    texts: sparse.csr_matrix,
    scale: NDArray[np.float64],
    labels: NDArray[np.bool_],
    cost: NDArray[np.float64],
    seed: int,
    start: Separated | None = None,
) -> Separated:
    """Weights that tell texts with a label from the others, label by label.

    Parameters
    ----------
    texts : n × features.
    scale : features × labels: what a feature is multiplied by while a label is learnt.
    labels : n × labels.
    cost : n, of the error on a text; texts of cost 0 are not learnt from.
    seed : of the order in which texts are visited.
    start : what was learnt from nearly the same texts; nothing of those of cost 0 is kept.
    """
    used = np.flatnonzero(cost > 0)
    generator = np.random.default_rng(seed)
    orders = np.stack([generator.permutation(used) for _ in range(_EPOCHS if start is None else _AGAIN)])
    signs, squares = np.where(labels, np.float32(1), np.float32(-1)), (scale**2).astype(np.float32)
    values, indptr, indices = (
        texts.data.astype(np.float32),
        texts.indptr.astype(np.int64),
        texts.indices.astype(np.int64),
    )
    alpha = np.zeros(signs.shape, dtype=np.float32) if start is None else start.alpha * (cost > 0)[:, None]
    borne = alpha * signs
    # Weights stand beside the squared scales, those of frequent features together: a fifth of the time goes for reaching them.
    often = np.argsort(-np.bincount(indices, minlength=texts.shape[1]), kind="stable")
    place = np.empty_like(often)
    place[often] = np.arange(len(often))
    beside = np.concatenate([(texts.T @ borne) * squares, squares], axis=1, dtype=np.float32)[often]
    bias = borne.sum(axis=0, dtype=np.float32)
    loose = (0.5 / np.where(cost > 0, cost, 1.0)).astype(np.float32)
    size, row = np.ones(signs.shape, dtype=np.float32), np.empty((2, signs.shape[1]), dtype=np.float32)
    _descend(indptr, place[indices], values, signs, loose, orders, size, row, alpha, bias, beside)
    return Separated(beside[place, : len(bias)].astype(np.float64), bias.astype(np.float64), alpha)


@kernel
def _descend(  # noqa: C901, PLR0912, PLR0913, PLR0917 - a compiled kernel: the innermost loops run over labels
    indptr: NDArray[np.int64],
    indices: NDArray[np.int64],
    values: NDArray[np.float32],
    signs: NDArray[np.float32],
    loose: NDArray[np.float32],
    orders: NDArray[np.int64],
    size: NDArray[np.float32],  # ones
    row: NDArray[np.float32],  # room for the margins and the steps of a text
    alpha: NDArray[np.float32],
    bias: NDArray[np.float32],
    beside: NDArray[np.float32],
) -> None:
    """Dual coordinate descent from `alpha` and what follows from it: `bias`, and the weights in `beside`, each row of which ends with squared scales."""
    texts, labels = signs.shape
    zero, one = np.float32(0), np.float32(1)
    for text in range(texts):
        for place in range(indptr[text], indptr[text + 1]):
            value, feature = values[place], indices[place]
            for k in range(labels):
                size[text, k] += value * value * beside[feature, labels + k]
    epochs, visits = orders.shape
    for epoch in range(epochs):
        largest = zero
        for visit in range(visits):
            text = orders[epoch, visit]
            for k in range(labels):
                row[0, k] = bias[k]
            for place in range(indptr[text], indptr[text + 1]):
                value, feature = values[place], indices[place]
                for k in range(labels):
                    row[0, k] += value * beside[feature, k]
            moves = False
            for k in range(labels):
                gradient = signs[text, k] * row[0, k] - one + loose[text] * alpha[text, k]
                moved = alpha[text, k] - gradient / (size[text, k] + loose[text])
                moved = max(moved, zero)
                row[1, k] = (moved - alpha[text, k]) * signs[text, k]
                alpha[text, k] = moved
                if row[1, k] != zero:
                    moves = True
                    far = gradient if gradient > zero else -gradient
                    largest = max(largest, far)
            if moves:
                for k in range(labels):
                    bias[k] += row[1, k]
                for place in range(indptr[text], indptr[text + 1]):
                    value, feature = values[place], indices[place]
                    for k in range(labels):
                        beside[feature, k] += value * row[1, k] * beside[feature, labels + k]
        if largest < _STILL:
            break
