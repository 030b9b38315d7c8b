"""Measures of quality, each from its definition."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def singletons(groups: pl.Series) -> NDArray[np.int64]:
    """Group numbers in which every null is a group of its own."""
    numbers = groups.cast(pl.Int64).to_numpy().astype(np.float64)
    own = np.isnan(numbers)
    result = np.where(own, 0, numbers).astype(np.int64)
    result[own] = -1 - np.flatnonzero(own)
    return result


def _cells(found: NDArray[np.int64], true: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """For every row: the size of its found group, of its true group, and of what the two share."""
    a = np.unique(found, return_inverse=True)[1].astype(np.int64)
    b = np.unique(true, return_inverse=True)[1].astype(np.int64)
    both = np.unique(a * (int(b.max()) + 1) + b, return_inverse=True, return_counts=True)
    return np.bincount(a)[a], np.bincount(b)[b], both[2][both[1]]


def b_cubed(
    found: NDArray[np.int64], true: NDArray[np.int64], rows: NDArray[np.bool_] | None = None
) -> tuple[float, float]:
    """B-cubed precision and recall of a grouping (Bagga and Baldwin 1998).

    Parameters
    ----------
    found, true : group numbers, one per text.
    rows : the texts over which the mean is taken; all where None.

    Examples
    --------
    >>> b_cubed(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]))
    (0.6666666666666666, 0.75)
    """
    if not len(found):
        return 1.0, 1.0
    size, wanted, shared = _cells(found, true)
    chosen = np.ones(len(found), dtype=np.bool_) if rows is None else rows
    return float((shared / size)[chosen].mean()), float((shared / wanted)[chosen].mean())


def _crossed(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    rows, columns = np.unique(a, return_inverse=True)[1], np.unique(b, return_inverse=True)[1]
    table = np.zeros((int(rows.max()) + 1, int(columns.max()) + 1))
    np.add.at(table, (rows, columns), 1)
    return table


def _entropy(shares: NDArray[np.float64]) -> float:
    kept = shares[shares > 0]
    return float(-(kept * np.log(kept)).sum())


def mutual_information(found: NDArray[np.int64], true: NDArray[np.int64]) -> float:
    """Mutual information of two partitions over the mean of their entropies (NMI, arithmetic): 0 to 1."""
    joint = _crossed(found, true) / len(found)
    apart = _entropy(joint.sum(axis=1)) + _entropy(joint.sum(axis=0))
    return 1.0 if apart == 0 else 2 * (apart - _entropy(joint.ravel())) / apart


def matched_accuracy(found: NDArray[np.int64], true: NDArray[np.int64]) -> float:
    """Accuracy under the best one-to-one matching of found groups to true ones (Hungarian method)."""
    table = _crossed(found, true)
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum() / len(found))


def f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """F1 of a yes-or-no mark; nan where it is neither found nor true."""
    total = int(found.sum()) + int(true.sum())
    return 2 * int((found & true).sum()) / total if total else float("nan")


def macro_f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Mean F1 over the columns of two arrays (texts × issues), of those that are true of some text."""
    return float(np.mean([f1(found[:, k], true[:, k]) for k in range(true.shape[1]) if true[:, k].any()]))


def sample_f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Mean over texts of the F1 of a text's own codes; 1 for a text that has none and was given none."""
    both, total = (found & true).sum(axis=1), found.sum(axis=1) + true.sum(axis=1)
    return float(np.where(total > 0, 2 * both / np.maximum(total, 1), 1.0).mean())


def calibration_error(probability: NDArray[np.floating], true: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017) over bins of equal width."""
    place = np.minimum((probability * bins).astype(np.int64), bins - 1)
    gaps = [
        abs(float(probability[place == b].mean() - true[place == b].mean())) * (place == b).mean()
        for b in np.unique(place)
    ]
    return float(sum(gaps))


def tokens_right(written: Sequence[str], meant: Sequence[str]) -> int:
    """How many of the tokens that are meant stand, in order, in what was written.

    Sequences of equal length are compared place by place, others by their longest matching blocks.
    """
    if len(written) == len(meant):
        return sum(map(str.__eq__, written, meant))
    blocks = SequenceMatcher(None, written, meant, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def token_accuracy(written: Sequence[Sequence[str]], meant: Sequence[Sequence[str]]) -> float:
    """Share of the tokens meant, over all texts, that are right (see `tokens_right`)."""
    total = sum(map(len, meant))
    return sum(map(tokens_right, written, meant)) / total if total else float("nan")
