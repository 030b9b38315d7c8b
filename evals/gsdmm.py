"""GSDMM (Yin and Wang 2014), the field's usual peer for short texts: a Dirichlet mixture by Gibbs sampling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def gsdmm(
    words: NDArray[np.int64],
    offsets: NDArray[np.int64],
    clusters: int,
    *,
    alpha: float = 0.1,
    beta: float = 0.1,
    rounds: int = 30,
    seed: int = 0,
) -> NDArray[np.int64]:
    """Put texts into clusters.

    Parameters
    ----------
    words : word numbers from 0, all texts in a row.
    offsets : of n + 1: text i has words[offsets[i]:offsets[i + 1]].
    clusters : how many at most.
    alpha, beta, rounds : as in the paper.
    seed : of the sampler.

    Returns
    -------
    int64 array (n), the cluster of each text.
    """
    vocabulary = int(words.max(initial=0)) + 1
    found: NDArray[np.int64] = _sample(words, offsets, clusters, vocabulary, alpha, beta, rounds, seed)
    return found


@nb.njit(cache=True)  # type: ignore[untyped-decorator]  # Numba has no types of its own
def _sample(  # noqa: C901 - one loop, as in the paper
    words: NDArray[np.int64],
    offsets: NDArray[np.int64],
    clusters: int,
    vocabulary: int,
    alpha: float,
    beta: float,
    rounds: int,
    seed: int,
) -> NDArray[np.int64]:
    np.random.seed(seed)  # noqa: NPY002 - the generator that numba has
    n = offsets.shape[0] - 1
    label: NDArray[np.int64] = np.random.randint(0, clusters, n)  # noqa: NPY002
    texts = np.zeros(clusters)
    total = np.zeros(clusters)
    counts = np.zeros((vocabulary, clusters))
    for text in range(n):
        texts[label[text]] += 1
        for at in range(offsets[text], offsets[text + 1]):
            counts[words[at], label[text]] += 1
            total[label[text]] += 1
    score = np.empty(clusters)
    for _ in range(rounds):
        for text in range(n):
            old = label[text]
            begin, end = offsets[text], offsets[text + 1]
            texts[old] -= 1
            for at in range(begin, end):
                counts[words[at], old] -= 1
                total[old] -= 1
            for k in range(clusters):
                score[k] = np.log(texts[k] + alpha)
                for at in range(begin, end):
                    again = 0
                    for before in range(begin, at):
                        again += words[before] == words[at]
                    step = at - begin
                    score[k] += np.log(counts[words[at], k] + beta + again)
                    score[k] -= np.log(total[k] + vocabulary * beta + step)
            share = np.exp(score - score.max())
            drawn = np.random.random() * share.sum()  # noqa: NPY002
            new = 0
            while new < clusters - 1 and drawn >= share[new]:
                drawn -= share[new]
                new += 1
            label[text] = new
            texts[new] += 1
            for at in range(begin, end):
                counts[words[at], new] += 1
                total[new] += 1
    return label
