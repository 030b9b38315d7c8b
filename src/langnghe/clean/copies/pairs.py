"""Pairs: messages that are similar enough, found band by band and verified on their shingles.

A band is sorted by its keys, so that candidates stand side by side: memory is read in a row, and one band at a time is in work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from langnghe.words.compiled import kernel, part

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = 3
PIVOTS = 4
"""Similar earlier messages that are remembered per message; messages of a bucket with which the later ones are compared."""

_HALF = np.uint64(32)


class Messages(NamedTuple):
    """Distinct messages in the order in which they are visited.

    Attributes
    ----------
    starts, stops : int64 arrays (n): where the shingles of each begin and end.
    shingles : uint32 array: sorted and distinct within a message.
    bits : uint64 array (n, words): bitmap and number of shingles, see `sketches.sketch`.
    least : float64 array (n): the similarity that a pair must have; of two messages the larger counts.
    """

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    shingles: NDArray[np.uint32]
    bits: NDArray[np.uint64]
    least: NDArray[np.float64]

    def take(self, chosen: NDArray[np.int64]) -> Messages:
        """Some of the messages, in the same order."""
        if len(chosen) == len(self.starts):
            return self
        return Messages(self.starts[chosen], self.stops[chosen], self.shingles, self.bits[chosen], self.least[chosen])


def similar(
    messages: Messages, keys: NDArray[np.uint32], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Find for each chosen message the most similar ones among the earlier chosen.

    A message is compared with the first few of its bucket that are similar to no earlier one: these may become roots.

    Parameters
    ----------
    messages : all messages.
    keys : uint32 array (bands, messages), see `sketches.sketch`.
    chosen : n places of messages, ascending.

    Returns
    -------
    near : int32 array (n, NEAR): places among the chosen, the most similar message first; −1 where there is none.
    similarity : float32 array of the same shape: Jaccard similarity of the shingles.
    """
    part = messages.take(chosen)
    near = np.full((len(chosen), NEAR), -1, dtype=np.int32)
    similarity = np.zeros(near.shape, dtype=np.float32)
    place = np.arange(len(near), dtype=np.uint64)
    floor = float(part.least.min())
    pivots = np.empty(PIVOTS, dtype=np.int64)
    for band in keys:
        line = band[chosen].astype(np.uint64)
        line <<= _HALF
        line |= place
        line.sort()
        _compare(line, part, floor, near, similarity, pivots)
    return near, similarity


@kernel
def _compare(
    line: NDArray[np.uint64],
    messages: Messages,
    floor: float,
    near: NDArray[np.int32],
    similarity: NDArray[np.float32],
    pivots: NDArray[np.int64],
) -> None:
    """Compare the messages within each bucket of a sorted band: `line` holds key and place in one number."""
    count: Any = np.int64(0)  # a literal is a type of its own, for which all below would be compiled once more
    for position in range(len(line)):
        if position > 0 and line[position] >> _HALF != line[position - 1] >> _HALF:
            count = np.int64(0)
        text = np.int64(line[position] & np.uint64(0xFFFFFFFF))
        for number in range(count):
            other = pivots[number]
            if near[text, 0] != other and _most_similar(messages.bits, text, other) >= floor:
                measured = np.float32(_similarity(messages, text, other))
                if measured > 0:
                    _remember(near, similarity, text, other, measured)
        if count < PIVOTS and near[text, 0] < 0:
            pivots[count] = text
            count += 1


@part
def _remember(
    near: NDArray[np.int32], similarity: NDArray[np.float32], text: np.int64, other: np.int64, measured: np.float32
) -> None:
    """Put a message to its place among the most similar ones; of equals, the earlier message comes first."""
    moved, moved_similarity = other, measured
    for place in range(NEAR):
        known, known_similarity = near[text, place], similarity[text, place]
        if known == other:
            known = -1
        elif known_similarity > moved_similarity or (known_similarity == moved_similarity and known < moved):
            continue
        near[text, place], similarity[text, place] = moved, moved_similarity
        moved, moved_similarity = known, known_similarity
        if moved < 0:
            return


@part
def _most_similar(bits: NDArray[np.uint64], a: np.int64, b: np.int64) -> float:
    """The largest similarity that two messages can have: each bit that only one has set is a shingle of its own."""
    _, columns = bits.shape
    only_a, only_b, last = np.int64(0), np.int64(0), columns - 1
    for word in range(last):
        only_a += _ones(bits[a, word] & ~bits[b, word])
        only_b += _ones(bits[b, word] & ~bits[a, word])
    size_a, size_b = np.int64(bits[a, last]), np.int64(bits[b, last])
    same, other = size_a - only_a, size_b - only_b
    if other < same:  # noqa: PLR1730 - `min` is a function to compile
        same = other
    return same / (size_a + size_b - same)


@part
def _ones(bits: np.uint64) -> np.int64:
    """How many bits are set; LLVM makes one instruction of it."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


@part
def _similarity(messages: Messages, a: np.int64, b: np.int64) -> float:
    """The Jaccard similarity of two messages where it is enough, else 0."""
    i, j, same = messages.starts[a], messages.starts[b], 0
    total = messages.stops[a] - i + messages.stops[b] - j
    while i < messages.stops[a] and j < messages.stops[b]:
        left, right = messages.shingles[i], messages.shingles[j]
        same += left == right
        i += left <= right
        j += right <= left
    found = same / (total - same)
    return found if found >= messages.least[a] and found >= messages.least[b] else 0.0
