"""Signatures: what is kept of a batch for finding copies, a few bytes per word and no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.compiled import kernel, part
from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""An odd number near 2⁶⁴ / φ: what is multiplied by it spreads over 64 bits."""

_START = np.uint64(1469598103934665603)
_HALF = np.uint64(32)


@dataclass(frozen=True)
class Signatures:
    """What is kept of a batch of n texts for finding copies.

    Attributes
    ----------
    exact : uint64 array (n): a hash of the folded words; equal texts are equal here.
    length : uint16 array (n): number of folded words, at most 65,535.
    shingles : uint32 array: the sorted distinct hashes of the word pairs of each text, all texts in a row.
    offsets : int64 array (n + 1) into `shingles`.
    """

    exact: NDArray[np.uint64]
    length: NDArray[np.uint16]
    shingles: NDArray[np.uint32]
    offsets: NDArray[np.int64]


def sign(words: Words, vocabulary: Vocabulary) -> Signatures:
    """Compute what is needed to find copies, for one batch."""
    spoken = np.fromiter((key[:1].isalnum() for key in vocabulary.keys), np.bool_, len(vocabulary.keys))
    n = len(words.offsets) - 1
    exact, length = np.empty(n, dtype=np.uint64), np.empty(n, dtype=np.uint16)
    shingles, offsets = np.empty(len(words.keys), dtype=np.uint32), np.zeros(n + 1, dtype=np.int64)
    _sign(words.keys, words.offsets, vocabulary.hashes, spoken, exact, length, shingles, offsets)
    return Signatures(exact, length, shingles[: offsets[-1]].copy(), offsets)


@part
def mix(value: np.uint64) -> np.uint64:
    """Scramble 64 bits so that each depends on all (the finaliser of MurmurHash3, Appleby 2011)."""
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@kernel
def _sign(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    spoken: NDArray[np.bool_],
    exact: NDArray[np.uint64],
    length: NDArray[np.uint16],
    shingles: NDArray[np.uint32],
    ends: NDArray[np.int64],
) -> None:
    filled = ends[0]
    for text in range(len(exact)):
        whole, unspoken, last = _START, _START, np.uint64(0)
        count, end = 0, filled
        for position in range(offsets[text], offsets[text + 1]):
            key = keys[position]
            if key == BREAK_KEY:
                continue
            value = hashes[key]
            if not spoken[key]:
                unspoken = mix(unspoken * np.uint64(37) + value)
                continue
            whole = mix(whole * np.uint64(31) + value)
            if count:
                shingles[end] = np.uint32(mix(last * GOLDEN + value) >> _HALF)
                end += 1
            last = value
            count += 1
        exact[text] = whole if count else unspoken  # emoji alone are told apart by what is there
        length[text] = count if count < 65535 else 65535  # noqa: FURB136 - `min` is a function to compile
        _sort(shingles, filled, end)
        filled = _distinct(shingles, filled, end)
        ends[text + 1] = filled


@part
def _sort(values: NDArray[np.uint32], begin: int, end: int) -> None:
    """Sort a part of an array in place: Shell's method, which is fast for a dozen values and fair for thousands."""
    gap = 1
    while gap < (end - begin) // 3:
        gap = gap * 3 + 1
    while gap > 0:
        for position in range(begin + gap, end):
            value = values[position]
            place = position
            while place - gap >= begin and values[place - gap] > value:
                values[place] = values[place - gap]
                place -= gap
            values[place] = value
        gap //= 3


@part
def _distinct(values: NDArray[np.uint32], begin: int, end: int) -> int:
    """Move the distinct values of a sorted part to its front; gives back where they end."""
    kept = begin
    for position in range(begin, end):
        if position == begin or values[position] != values[position - 1]:
            values[kept] = values[position]
            kept += 1
    return kept
