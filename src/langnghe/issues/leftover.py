"""What is left over beside known issues: which of many groups are new, and which of those are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Points = NDArray[np.float32]

NEW = 0.6
"""Share of known texts, over that of groups where known texts stand, below which a group is new."""


def divided(matrix: sparse.csr_matrix, groups: Points, known: Points, count: int) -> Points:
    """Texts of many groups as texts of the known issues and of `count` new ones.

    A known issue shows by the texts that are known in a group: if a random part of its texts is coded, every group of it holds
    about that part, and a group that is new holds none. New groups are joined until `count` are left; where fewer are new, those
    with the least share of known texts are taken too. The texts of all other groups are shared out like the known ones in them.

    Parameters
    ----------
    matrix : texts × features.
    groups : float32 array (texts × groups), rows sum to 1.
    known : float32 array (texts × known issues), how probably a text is of each.

    Returns
    -------
    float32 array (texts × known issues and new ones), rows sum to 1.
    """
    among = groups.T @ known + 1e-9
    share = among.sum(axis=1) / np.maximum(groups.sum(axis=0), 1)
    usual = float(among.sum(axis=1) @ share / among.sum())
    fewest = np.argsort(share, kind="stable")[: max(count, int((share < NEW * usual).sum()))]
    new = np.zeros(len(share), dtype=np.bool_)
    new[fewest] = True
    joined = join(np.asarray(matrix.T @ groups[:, new], dtype=np.float64), count)
    old = groups[:, ~new] @ (among / among.sum(axis=1, keepdims=True))[~new]
    found = groups[:, new] @ np.eye(count, dtype=np.float32)[joined]
    return np.hstack([old, found]).astype(np.float32)


def join(counts: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Join the two groups whose words lose least by it, until `count` are left (Slonim and Tishby 1999).

    Parameters
    ----------
    counts : float64 array (features × groups).

    Returns
    -------
    int64 array (groups): the number of what each became part of.
    """
    parts = [[group] for group in range(counts.shape[1])]
    while len(parts) > count:
        left = np.stack([counts[:, part].sum(axis=1) for part in parts], axis=1)
        pairs = [(one, other) for one in range(len(parts)) for other in range(one + 1, len(parts))]
        one, other = min(pairs, key=lambda pair: _lost(left[:, pair[0]], left[:, pair[1]]))
        parts[one] += parts.pop(other)
    return np.array([number for _, number in sorted((g, n) for n, part in enumerate(parts) for g in part)])


def _lost(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """By how much the log-likelihood of two groups' words falls when they have one distribution."""
    return _surprise(one + other) - _surprise(one) - _surprise(other)


def _surprise(counts: NDArray[np.float64]) -> float:
    some = counts[counts > 0]
    return float(some.sum() * np.log(some.sum()) - some @ np.log(some)) if len(some) else 0.0
