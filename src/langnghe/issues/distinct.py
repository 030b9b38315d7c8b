"""Features of texts for discovery: folded syllables and adjacent pairs, as a matrix and as a stream that is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.words.arrays import distinct
from langnghe.words.compiled import kernel
from langnghe.words.slots import place_of, slots_of
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
    whole = _text_hashes(words, vocabulary.hashes)
    rows = np.unique(whole, return_index=True)[1][:MOST_TEXTS].astype(np.int64)
    n = len(rows)
    place = np.full(len(whole), -1, dtype=np.int64)
    place[rows] = np.arange(n)
    hashes, texts = _feature_hashes(words, vocabulary.hashes)
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


def _text_hashes(words: Words, hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each text, equal for equal texts: all first words are read, then all second ones."""
    lengths = np.diff(words.offsets)
    order = np.argsort(-lengths, kind="stable")
    ended = np.searchsorted(-lengths[order], -np.arange(lengths.max(initial=0)))  # texts with more words than that
    value = lengths[order].astype(np.uint64)
    for place, count in enumerate(ended.tolist()):
        keys = words.keys[words.offsets[order[:count]] + place]
        known = keys != BREAK_KEY
        added = np.ones(count, dtype=np.uint64)
        added[known] = hashes[keys[known]]
        grown = value[:count] * _PAIR + added
        value[:count] = grown ^ (grown >> np.uint64(29))
    result = np.empty_like(value)
    result[order] = value
    return result


def _feature_hashes(words: Words, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The syllables and pairs of all texts, and the text that each stands in."""
    texts = np.repeat(np.arange(len(words.offsets) - 1), np.diff(words.offsets))
    known = words.keys != BREAK_KEY
    value = np.zeros(len(words.keys), dtype=np.uint64)
    value[known] = hashes[words.keys[known]]
    pair = np.flatnonzero(known[:-1] & known[1:] & (texts[:-1] == texts[1:]))
    return np.concatenate((value[known], value[pair] * _PAIR + value[pair + 1])), np.concatenate(
        (texts[known], texts[pair])
    )


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
    n, count = len(offsets) - 1, len(log_share)
    issue, probability = np.full(n, UNDECIDED, dtype=np.int16), np.zeros(n, dtype=np.float32)
    seen, score = np.full(len(features), -1, dtype=np.int64), np.empty(count, dtype=np.float64)
    slots = slots_of(features)
    _place(keys, offsets, key_hashes, features, slots, log_words, log_share, known, seen, score, issue, probability)
    return issue, probability


@kernel
def _place(  # noqa: PLR0913, PLR0917 - a compiled kernel is given its arrays one by one
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    features: NDArray[np.uint64],
    slots: NDArray[np.int64],
    log_words: NDArray[np.float64],
    log_share: NDArray[np.float64],
    known: int,
    seen: NDArray[np.int64],
    score: NDArray[np.float64],
    issue: NDArray[np.int16],
    probability: NDArray[np.float32],
) -> None:
    count = len(score)
    for text in range(len(issue)):
        for k in range(count):
            score[k] = log_share[k]
        met = 0
        for position in range(offsets[text], offsets[text + 1]):
            if keys[position] == BREAK_KEY:
                continue
            value = key_hashes[keys[position]]
            pair = position + 1 < offsets[text + 1] and keys[position + 1] != BREAK_KEY
            for step in range(2 if pair else 1):
                if step == 1:
                    value = value * _PAIR + key_hashes[keys[position + 1]]
                feature = place_of(value, features, slots)
                if feature >= 0 and seen[feature] != text:
                    seen[feature] = text
                    met += 1
                    for k in range(count):
                        score[k] += log_words[feature, k]
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
