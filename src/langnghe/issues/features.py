"""Features of texts: numbers that are the same in every run and for every corpus.

A text has its folded syllables, its adjacent pairs, its first and last two syllables, its question and exclamation marks, and,
where somebody typed diacritics, the syllables as typed. The last kind alone is missing from a text without diacritics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.compiled import kernel
from langnghe.words.tokens import EXCLAMATION, QUESTION
from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words, key_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PAIR = np.uint64(0x9E3779B97F4A7C15)
_ENDS = np.array([key_hash(f"\u0001{place}") for place in ("first", "second", "last", "last but one")], dtype=np.uint64)
_MARKS = np.array([0, key_hash("\u0001?"), key_hash("\u0001!")], dtype=np.uint64)

_TYPED, _SHIFT = 0xFFFF, np.uint64(48)


@dataclass(frozen=True)
class Hashed:
    """The features of n texts, all in a row: text i has hashes[offsets[i]:offsets[i + 1]], with repetitions."""

    hashes: NDArray[np.uint64]
    offsets: NDArray[np.int64]


def written_hashes(vocabulary: Vocabulary) -> NDArray[np.uint64]:
    """A number for each surface that was typed with diacritics (see `is_typed`); 0 for the others."""
    numbers = (
        0 if surface.isascii() else key_hash(f"\u0002{surface}") | _TYPED << 48 for surface in vocabulary.surfaces
    )
    return np.fromiter(numbers, np.uint64, len(vocabulary.surfaces))


def is_typed(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which features are syllables as typed: their first 16 bits are ones, those of one in 65,536 of the others too."""
    return np.asarray(hashes >> _SHIFT == np.uint64(_TYPED))


def hashed(words: Words, vocabulary: Vocabulary, written: NDArray[np.uint64] | None = None) -> Hashed:
    """The features of a batch of texts; `written` as `written_hashes` gives it, where it is at hand."""
    typed = written_hashes(vocabulary) if written is None else written
    texts = len(words.offsets) - 1
    found = np.empty(3 * len(words.keys) + 4 * texts, dtype=np.uint64)
    ends = np.zeros(texts + 1, dtype=np.int64)
    _fill(words.keys, words.offsets, words.surfaces, vocabulary.hashes, typed, found, ends)
    return Hashed(found[: ends[-1]].copy(), ends)


def joined(parts: Sequence[Hashed]) -> Hashed:
    """The texts of several batches in a row."""
    shifts = np.cumsum([0, *(len(part.hashes) for part in parts[:-1])])
    offsets = [part.offsets[1:] + shift for part, shift in zip(parts, shifts, strict=True)]
    return Hashed(
        np.concatenate([part.hashes for part in parts]), np.concatenate([np.zeros(1, dtype=np.int64), *offsets])
    )


@kernel
def _fill(  # noqa: C901 - a compiled kernel: one pass over the words
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    surfaces: NDArray[np.uint32],
    key_hashes: NDArray[np.uint64],
    written: NDArray[np.uint64],
    found: NDArray[np.uint64],
    ends: NDArray[np.int64],
) -> None:
    filled = ends[0]
    for text in range(len(offsets) - 1):
        first, second, last, before = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
        for position in range(offsets[text], offsets[text + 1]):
            if keys[position] == BREAK_KEY:
                if surfaces[position] == QUESTION or surfaces[position] == EXCLAMATION:
                    found[filled] = _MARKS[surfaces[position]]
                    filled += 1
                continue
            value = key_hashes[keys[position]]
            found[filled] = value
            filled += 1
            if written[surfaces[position]] != 0:
                found[filled] = written[surfaces[position]]
                filled += 1
            if position + 1 < offsets[text + 1] and keys[position + 1] != BREAK_KEY:
                found[filled] = value * PAIR + key_hashes[keys[position + 1]]
                filled += 1
            if first == 0:
                first = value
            elif second == 0:
                second = value
            before, last = last, value
        edges = (first, second, last, before)
        for place in range(4):
            if edges[place] != 0:
                found[filled] = edges[place] * PAIR + _ENDS[place]
                filled += 1
        ends[text + 1] = filled
