"""Features of texts for discovery: folded syllables and adjacent pairs, as a matrix and as a stream that is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba as nb
import numpy as np
from scipy import sparse

from langnghe.words.arrays import distinct
from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNDECIDED = -1
"""Given instead of an issue: a text without a known word, whose best issue is not more probable than the rest, or of a known issue."""

MOST_TEXTS = 20_000
"""Distinct texts that are learnt from at most: those with the lowest hashes, which is a random sample."""

_PAIR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Features:
    """Distinct texts and what stands in them.

    Attributes
    ----------
    rows : int64 array (texts): the first row of each distinct text, in the order of the texts' hashes.
    hashes : uint64 array (features), sorted: in ≥ 4 texts and ≥ 0.05 %, and in ≤ 25 % of them.
    single : bool array (features): a syllable, not a pair.
    matrix : float32 matrix of 0 and 1 (texts × features).
    """

    rows: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    single: NDArray[np.bool_]
    matrix: sparse.csr_matrix


def features(words: Words, vocabulary: Vocabulary) -> Features:
    """The features of the distinct texts of a sample; neither the order of texts nor copies change them."""
    whole = _text_hashes(words.keys, words.offsets, vocabulary.hashes)
    rows = np.unique(whole, return_index=True)[1][:MOST_TEXTS].astype(np.int64)
    n = len(rows)
    place = np.full(len(whole), -1, dtype=np.int64)
    place[rows] = np.arange(n)
    hashes, texts = _feature_hashes(words.keys, words.offsets, vocabulary.hashes)
    chosen = place[texts] >= 0
    values, column = np.unique(hashes[chosen], return_inverse=True)
    cells = distinct(place[texts[chosen]] * max(len(values), 1) + column)
    row, column = np.divmod(cells, max(len(values), 1))
    counts = np.bincount(column, minlength=len(values))
    kept = (counts >= max(4, 0.0005 * n)) & (counts <= max(0.25 * n, 8))
    inside = kept[column]
    number = np.cumsum(kept) - 1
    where = (row[inside], number[column[inside]])
    matrix = sparse.csr_matrix((np.ones(len(where[0]), np.float32), where), shape=(n, int(kept.sum())))
    return Features(rows, values[kept], np.isin(values[kept], vocabulary.hashes), matrix)


@nb.njit(cache=True, nogil=True)
def _text_hashes(
    keys: NDArray[np.uint32], offsets: NDArray[np.int64], key_hashes: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    result = np.zeros(offsets.shape[0] - 1, dtype=np.uint64)
    for text in range(offsets.shape[0] - 1):
        value = np.uint64(offsets[text + 1] - offsets[text])
        for position in range(offsets[text], offsets[text + 1]):
            key = keys[position]
            value = value * _PAIR + (np.uint64(1) if key == BREAK_KEY else key_hashes[key])
            value ^= value >> np.uint64(29)
        result[text] = value
    return result


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
def place_texts(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    features: NDArray[np.uint64],
    log_words: NDArray[np.float64],
    log_share: NDArray[np.float64],
    known: int,
) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    """The most probable found issue of each text, or `UNDECIDED`, and its probability; known issues come first."""
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
        met = 0
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
                            met += 1
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
        if met > 0 and best >= known and probability[text] > 0.5:
            issue[text] = best - known
    return issue, probability
