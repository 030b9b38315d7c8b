"""Sketches: what two similar messages have in common with a good chance, and a bound on how similar they can be.

Each message gets the minima of its shingles under `BANDS` × `ROWS` hash functions (MinHash, Broder 1997). Two messages of Jaccard
similarity j agree in one minimum with probability j, and in all of a band with jʳ; so they share a band with 1 − (1 − jʳ)ᵇ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from langnghe.clean.copies.signatures import GOLDEN, mix
from langnghe.words.compiled import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

BANDS = 16
ROWS = 3
"""Messages of similarity .5 share a band with a probability of .88, of .6 with .98, of .7 with .999."""

BITMAP = 3
"""64-bit words of a message's bitmap: with the number of shingles it makes half a cache line."""


def factors() -> NDArray[np.uint32]:
    """The odd number of each hash function, by which shingles are multiplied: an array (BANDS · ROWS)."""
    with np.errstate(over="ignore"):
        mixed = [mix(np.uint64(number)) for number in range(1, BANDS * ROWS + 1)]
    return np.array([int(value) >> 32 | 1 for value in mixed], dtype=np.uint32)


def sketch(
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    shingles: NDArray[np.uint32],
    odd: NDArray[np.uint32],
    rows: int,
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Make the sketches of n messages.

    Parameters
    ----------
    starts, stops : where each message's shingles begin and end.
    shingles : hashes, already well mixed.
    odd : see `factors`.
    rows : minima per band.

    Returns
    -------
    keys : uint32 array (bands, n): equal where all minima of a band are.
    bits : uint64 array (n, BITMAP + 1): a bitmap with the bit of each shingle set, then the number of shingles.
    """
    n, functions = len(starts), len(odd)
    keys = np.empty((functions // rows, n), dtype=np.uint32)
    bits = np.zeros((n, BITMAP + 1), dtype=np.uint64)
    _fill(starts, stops, shingles, odd, rows, np.empty(functions, dtype=np.uint32), keys, bits)
    return keys, bits


@kernel
def _fill(
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    shingles: NDArray[np.uint32],
    odd: NDArray[np.uint32],
    rows: int,
    minima: NDArray[np.uint32],
    keys: NDArray[np.uint32],
    bits: NDArray[np.uint64],
) -> None:
    functions = len(odd)
    for text in range(len(starts)):
        for function in range(functions):
            minima[function] = np.uint32(0xFFFFFFFF)
        for position in range(starts[text], stops[text]):
            shingle = shingles[position]
            bit = (np.uint64(shingle) * np.uint64(64 * BITMAP)) >> np.uint64(32)
            bits[text, bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
            for function in range(functions):
                value = np.uint32(shingle * odd[function])
                if value < minima[function]:  # noqa: PLR1730 - min() would make a 64-bit number of it
                    minima[function] = value
        bits[text, BITMAP] = np.uint64(stops[text] - starts[text])
        for band in range(functions // rows):
            joined = np.uint64(band + 1)
            for row in range(rows):
                joined = (joined ^ np.uint64(minima[band * rows + row])) * GOLDEN
                joined ^= joined >> np.uint64(29)
            keys[band, text] = np.uint32(mix(joined) >> np.uint64(32))
