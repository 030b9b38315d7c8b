"""Finding known phrases in the words of a batch, in one pass.

A phrase is a sequence of 1 to 12 folded keys. Its hash is a rolling function of the stable 64-bit hashes of the keys
(:func:`langnghe.words.vocabulary.phrase_hash`), looked up in one open-addressing table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words, phrase_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONGEST = 12
"""Phrases of more keys than this are not looked up."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@dataclass(frozen=True)
class PhraseTable:
    """A set of phrases ready for lookups; the number of a phrase is its position in the list it was built from."""

    slots: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    first_keys: frozenset[str]
    longest: int


@dataclass(frozen=True)
class Hits:
    """Where phrases were found: one row per occurrence, in order of text and position.

    Attributes
    ----------
    text : uint32 array, number of the text within the batch.
    phrase : uint32 array, number of the phrase.
    start : int64 array, position in `Words.keys`.
    """

    text: NDArray[np.uint32]
    phrase: NDArray[np.uint32]
    start: NDArray[np.int64]


def phrase_table(phrases: Sequence[tuple[str, ...]]) -> PhraseTable:
    """Build the table for phrases given as tuples of folded keys (the first of two equal ones counts)."""
    size = 1 << max(4, (4 * len(phrases)).bit_length())
    slots = np.full(size, -1, dtype=np.int64)
    hashes = np.fromiter((phrase_hash(p) for p in phrases), np.uint64, len(phrases))
    for number, value in enumerate(hashes.tolist()):
        slot = value & (size - 1)
        while slots[slot] >= 0 and int(hashes[slots[slot]]) != value:
            slot = (slot + 1) & (size - 1)
        if slots[slot] < 0:
            slots[slot] = number
    longest = min(max((len(p) for p in phrases), default=0), LONGEST)
    return PhraseTable(slots, hashes, frozenset(p[0] for p in phrases if p), longest)


def find_phrases(words: Words, vocabulary: Vocabulary, table: PhraseTable) -> Hits:
    """All occurrences of the table's phrases, overlapping ones included."""
    starts = np.fromiter((key in table.first_keys for key in vocabulary.keys), np.bool_, len(vocabulary.keys))
    text, phrase, start = _find(
        words.keys, words.offsets, vocabulary.hashes, starts, table.slots, table.hashes, table.longest
    )
    return Hits(text, phrase, start)


@nb.njit(cache=True, nogil=True)
def _find(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    starts: NDArray[np.bool_],
    slots: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    longest: int,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    capacity = 1024 + keys.shape[0] // 4
    found_text = np.empty(capacity, dtype=np.uint32)
    found_phrase = np.empty(capacity, dtype=np.uint32)
    found_start = np.empty(capacity, dtype=np.int64)
    found = 0
    last = np.uint64(slots.shape[0] - 1)
    for text in range(offsets.shape[0] - 1):
        end = offsets[text + 1]
        for begin in range(offsets[text], end):
            if keys[begin] == BREAK_KEY or not starts[keys[begin]]:
                continue
            total = np.uint64(0)
            for position in range(begin, min(begin + longest, end)):
                if keys[position] == BREAK_KEY:
                    break
                total = total * _MIX + key_hashes[keys[position]]
                total ^= total >> _SHIFT
                slot = np.int64(total & last)
                while slots[slot] >= 0:
                    if hashes[slots[slot]] == total:
                        if found == capacity:
                            found_text = np.concatenate((found_text, np.empty(capacity, dtype=np.uint32)))
                            found_phrase = np.concatenate((found_phrase, np.empty(capacity, dtype=np.uint32)))
                            found_start = np.concatenate((found_start, np.empty(capacity, dtype=np.int64)))
                            capacity *= 2
                        found_text[found] = text
                        found_phrase[found] = slots[slot]
                        found_start[found] = begin
                        found += 1
                        break
                    slot = (slot + 1) & np.int64(last)
    return found_text[:found].copy(), found_phrase[:found].copy(), found_start[:found].copy()
