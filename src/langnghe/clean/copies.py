"""Copies: texts that say the same with small changes.

Two texts are exact copies when their folded words are the same (emoji and punctuation apart). Near copies are found by
one-permutation MinHash over shingles of three folded words (Li, Owen and Zhang 2012, 'One permutation hashing') with
locality-sensitive hashing, and every one is verified: a text joins a root only when the Jaccard similarity of their shingles
reaches the threshold. Roots are never copies themselves, so that no chain of small steps makes one giant group.

The distinct messages are visited in an order that depends on what they say and on how often it was said, not on where they
stand in the file: the groups are the same however the rows are ordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba as nb
import numpy as np
import polars as pl

from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

COPIES = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "copy_of": pl.UInt32(),  # the first text of the group; a text without copies, and the first one, have their own id
        "similarity": pl.Float32(),  # Jaccard similarity of shingles to the group's root, 1 for exact copies
        "length": pl.UInt16(),  # words, at most 65,535
    }
)
"""The columns of `find_copies`."""

SHINGLE = 3
BANDS = 16
ROWS = 3
SHORTEST = 6
SHORT = 14
THRESHOLD = 0.5
SHORT_THRESHOLD = 0.7
"""Shingle length in words; LSH bands and rows; words below which only exact copies count; words below which a text is short;
least Jaccard similarity; the same for short texts, which many write alike by themselves."""


@dataclass(frozen=True)
class Signatures:
    """What is kept of a batch of n texts for finding copies.

    Attributes
    ----------
    exact : uint64 array (n): a hash of the folded words; equal texts are equal here.
    length : uint16 array (n): number of folded words, at most 65,535.
    shingles : uint64 array: the sorted distinct shingle hashes of all texts in a row.
    offsets : int64 array (n + 1) into `shingles`.
    """

    exact: NDArray[np.uint64]
    length: NDArray[np.uint16]
    shingles: NDArray[np.uint64]
    offsets: NDArray[np.int64]


def sign(words: Words, vocabulary: Vocabulary) -> Signatures:
    """Compute what is needed to find copies, for one batch."""
    spoken = np.fromiter((key[:1].isalnum() for key in vocabulary.keys), np.bool_, len(vocabulary.keys))
    return Signatures(*_sign(words.keys, words.offsets, vocabulary.hashes, spoken, SHINGLE))


def find_copies(text_ids: pl.Series, signatures: list[Signatures]) -> pl.DataFrame:
    """Group copies over all batches.

    Parameters
    ----------
    text_ids : Series of UInt32, the texts in the order of the signatures.
    signatures : one per batch.

    Returns
    -------
    DataFrame of schema `COPIES`, one row per text.
    """
    exact = np.concatenate([s.exact for s in signatures])
    values, first, inverse, counts = np.unique(exact, return_index=True, return_inverse=True, return_counts=True)
    # visit the messages said most often first: a group's root is what most people wrote
    order = np.lexsort((values, -counts))
    length = np.concatenate([s.length for s in signatures])
    starts, stops, shingles = _ranges(signatures)
    root, similarity = _stars(starts[first][order], stops[first][order], length[first][order], shingles, BANDS, ROWS)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    group = root[place][inverse]
    earliest = np.full(len(order), len(exact), dtype=np.int64)
    np.minimum.at(earliest, group, np.arange(len(exact)))
    ids = text_ids.to_numpy()
    return pl.DataFrame(
        {
            "text_id": ids,
            "copy_of": ids[earliest[group]],
            "similarity": similarity[place][inverse],
            "length": length,
        },
        schema=COPIES,
    )


def _ranges(signatures: list[Signatures]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
    shift = np.cumsum([0, *(len(s.shingles) for s in signatures[:-1])])
    starts = np.concatenate([s.offsets[:-1] + d for s, d in zip(signatures, shift, strict=True)])
    stops = np.concatenate([s.offsets[1:] + d for s, d in zip(signatures, shift, strict=True)])
    return starts, stops, np.concatenate([s.shingles for s in signatures])


@nb.njit(cache=True, nogil=True)
def _mix(value: np.uint64) -> np.uint64:
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@nb.njit(cache=True, nogil=True)
def _sign(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    spoken: NDArray[np.bool_],
    width: int,
) -> tuple[NDArray[np.uint64], NDArray[np.uint16], NDArray[np.uint64], NDArray[np.int64]]:
    n = offsets.shape[0] - 1
    exact = np.empty(n, dtype=np.uint64)
    length = np.empty(n, dtype=np.uint16)
    shingles = np.empty(keys.shape[0] + n, dtype=np.uint64)
    ends = np.zeros(n + 1, dtype=np.int64)
    longest = 1
    for text in range(n):
        longest = max(longest, offsets[text + 1] - offsets[text])
    line = np.empty(longest, dtype=np.uint64)
    filled = 0
    for text in range(n):
        count = 0
        whole = np.uint64(1469598103934665603)
        for position in range(offsets[text], offsets[text + 1]):
            key = keys[position]
            if key != BREAK_KEY and spoken[key]:
                line[count] = key_hashes[key]
                whole = _mix(whole * np.uint64(31) + key_hashes[key])
                count += 1
        if count == 0:  # emoji or nothing: told apart by what is there
            for position in range(offsets[text], offsets[text + 1]):
                if keys[position] != BREAK_KEY:
                    whole = _mix(whole * np.uint64(37) + key_hashes[keys[position]])
        exact[text] = whole
        length[text] = min(count, 65535)
        begin = filled
        for position in range(count - width + 1):
            value = np.uint64(0)
            for k in range(width):
                value = value * np.uint64(0x9E3779B97F4A7C15) + line[position + k]
            shingles[filled] = _mix(value)
            filled += 1
        if filled - begin > 1:
            shingles[begin:filled].sort()
            kept = begin + 1
            for position in range(begin + 1, filled):
                if shingles[position] != shingles[position - 1]:
                    shingles[kept] = shingles[position]
                    kept += 1
            filled = kept
        ends[text + 1] = filled
    return exact, length, shingles[:filled].copy(), ends


@nb.njit(cache=True, nogil=True)
def _jaccard(shingles: NDArray[np.uint64], a: int, a_end: int, b: int, b_end: int) -> float:
    total = (a_end - a) + (b_end - b)
    same = 0
    while a < a_end and b < b_end:
        if shingles[a] == shingles[b]:
            same += 1
            a += 1
            b += 1
        elif shingles[a] < shingles[b]:
            a += 1
        else:
            b += 1
    return same / (total - same)


@nb.njit(cache=True, nogil=True)
def _stars(
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    length: NDArray[np.uint16],
    shingles: NDArray[np.uint64],
    bands: int,
    rows: int,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Visit the messages in order: each joins the most similar root found in its bands, or becomes a root."""
    n = starts.shape[0]
    bins = bands * rows
    chain = 6  # roots kept per bucket: the earliest ones
    root = np.arange(n)
    similarity = np.ones(n, dtype=np.float32)
    size = 1 << 16
    while size < 2 * n:
        size <<= 1
    # one table for all bands: bucket value → the roots in it, newest first, linked
    heads = np.full(size, -1, dtype=np.int64)
    values = np.zeros(size, dtype=np.uint64)
    capacity = max(1024, n * 2)
    link_root = np.empty(capacity, dtype=np.int64)
    link_next = np.empty(capacity, dtype=np.int64)
    links = 0
    used = 0
    minima = np.empty(bins, dtype=np.uint64)
    band_values = np.empty(bands, dtype=np.uint64)
    empty = np.uint64(0xFFFFFFFFFFFFFFFF)
    for text in range(n):
        begin, end = starts[text], stops[text]
        if length[text] < SHORTEST or end - begin < 2:
            continue
        minima[:] = empty
        for position in range(begin, end):
            value = shingles[position]
            place = np.int64((value >> np.uint64(40)) % np.uint64(bins))
            scrambled = value * np.uint64(0x9E3779B97F4A7C15)
            minima[place] = min(minima[place], scrambled)
        best = -1
        best_similarity = THRESHOLD if length[text] >= SHORT else SHORT_THRESHOLD
        for band in range(bands):
            value = np.uint64(band + 1)
            for row in range(rows):
                place = band * rows + row
                step = 0
                while minima[(place + step) % bins] == empty:
                    step += 1
                value = _mix(value * np.uint64(31) + minima[(place + step) % bins] + np.uint64(step))
            band_values[band] = value
            slot = np.int64(value & np.uint64(size - 1))
            while heads[slot] >= 0 and values[slot] != value:
                slot = (slot + 1) & (size - 1)
            link = heads[slot]
            seen = 0
            while link >= 0 and seen < chain:
                other = link_root[link]
                if other != best:
                    measured = _jaccard(shingles, begin, end, starts[other], stops[other])
                    if measured > best_similarity or (measured == best_similarity and best < 0):
                        best_similarity = measured
                        best = other
                link = link_next[link]
                seen += 1
        if best >= 0:
            root[text] = best
            similarity[text] = best_similarity
            continue
        for band in range(bands):
            value = band_values[band]
            slot = np.int64(value & np.uint64(size - 1))
            while heads[slot] >= 0 and values[slot] != value:
                slot = (slot + 1) & (size - 1)
            if heads[slot] < 0:
                if used * 2 >= size:
                    bigger = size * 2
                    new_heads = np.full(bigger, -1, dtype=np.int64)
                    new_values = np.zeros(bigger, dtype=np.uint64)
                    for old in range(size):
                        if heads[old] >= 0:
                            at = np.int64(values[old] & np.uint64(bigger - 1))
                            while new_heads[at] >= 0:
                                at = (at + 1) & (bigger - 1)
                            new_heads[at] = heads[old]
                            new_values[at] = values[old]
                    heads, values, size = new_heads, new_values, bigger
                    slot = np.int64(value & np.uint64(size - 1))
                    while heads[slot] >= 0:
                        slot = (slot + 1) & (size - 1)
                values[slot] = value
                used += 1
            if links == capacity:
                capacity *= 2
                grown = np.empty(capacity, dtype=np.int64)
                grown[:links] = link_root[:links]
                link_root = grown
                grown = np.empty(capacity, dtype=np.int64)
                grown[:links] = link_next[:links]
                link_next = grown
            link_root[links] = text
            link_next[links] = heads[slot]
            heads[slot] = links
            links += 1
    return root, similarity
