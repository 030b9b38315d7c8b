"""Finding known phrases in the words of a batch, in one pass.

A phrase is a sequence of 1 to 12 folded keys. Its hash is a rolling function of the stable 64-bit hashes of the keys
(:func:`langnghe.words.vocabulary.phrase_hash`), looked up in one open-addressing table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from langnghe.words.compiled import kernel
from langnghe.words.slots import place_of, slots_of
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
    hashes = np.fromiter((phrase_hash(p) for p in phrases), np.uint64, len(phrases))
    longest = min(max((len(p) for p in phrases), default=0), LONGEST)
    return PhraseTable(slots_of(hashes), hashes, frozenset(p[0] for p in phrases if p), longest)


def find_phrases(words: Words, vocabulary: Vocabulary, table: PhraseTable) -> Hits:
    """All occurrences of the table's phrases, overlapping ones included."""
    starts = np.fromiter((key in table.first_keys for key in vocabulary.keys), np.bool_, len(vocabulary.keys))
    room = 1024 + len(words.keys) // 2
    parts: list[tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]] = []
    text = 0
    while text < len(words.offsets) - 1:
        found = np.empty(room, np.uint32), np.empty(room, np.uint32), np.empty(room, np.int64)
        arrays = (words.keys, words.offsets, vocabulary.hashes, starts, table.slots, table.hashes)
        reached, many = _find(*arrays, table.longest, text, *found)
        parts.append((found[0][:many].copy(), found[1][:many].copy(), found[2][:many].copy()))
        room = room if reached > text else 2 * room  # one text has more phrases than there was room for
        text = reached
    texts, phrases, begins = zip(*parts, strict=True) if parts else ((), (), ())
    return Hits(_joined(texts, np.uint32), _joined(phrases, np.uint32), _joined(begins, np.int64))


def _joined(parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)


@kernel
def _find(  # noqa: PLR0913, PLR0917 - a compiled kernel is given its arrays one by one
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    starts: NDArray[np.bool_],
    slots: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    longest: int,
    text: int,
    found_text: NDArray[np.uint32],
    found_phrase: NDArray[np.uint32],
    found_start: NDArray[np.int64],
) -> tuple[int, int]:
    """Fill the arrays from a text on; gives back the first text that found no room, and how many occurrences there are."""
    found = 0
    for number in range(text, len(offsets) - 1):
        end = offsets[number + 1]
        if found + (end - offsets[number]) * longest > len(found_text):
            return number, found
        for begin in range(offsets[number], end):
            if keys[begin] == BREAK_KEY or not starts[keys[begin]]:
                continue
            total = np.uint64(0)
            for position in range(begin, end):
                if position == begin + longest or keys[position] == BREAK_KEY:
                    break
                total = total * _MIX + key_hashes[keys[position]]
                total ^= total >> _SHIFT
                phrase = place_of(total, hashes, slots)
                if phrase >= 0:
                    found_text[found] = number
                    found_phrase[found] = phrase
                    found_start[found] = begin
                    found += 1
    return len(offsets) - 1, found
