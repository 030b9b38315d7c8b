"""A table in which compiled code finds a number's place: open addressing with linear probing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.compiled import kernel, part

if TYPE_CHECKING:
    from numpy.typing import NDArray


@part
def _slot(value: np.uint64, size: int) -> np.int64:
    return np.int64((value ^ (value >> np.uint64(32))) & np.uint64(size - 1))


def slots_of(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each value stands: a table for `place_of`, four to eight times as long; of equal values the first stands in it."""
    slots = np.full(max(16, 1 << (4 * len(values) - 1).bit_length()), -1, dtype=np.int64)
    _fill(values, slots)
    return slots


@kernel
def _fill(values: NDArray[np.uint64], slots: NDArray[np.int64]) -> None:
    size = len(slots)
    for place in range(len(values)):
        slot = _slot(values[place], size)
        while slots[slot] >= 0 and values[slots[slot]] != values[place]:
            slot = (slot + 1) & (size - 1)
        if slots[slot] < 0:
            slots[slot] = place


@part
def place_of(value: np.uint64, values: NDArray[np.uint64], slots: NDArray[np.int64]) -> np.int64:
    """The place of a value among `values`, -1 where it is none of them."""
    slot = _slot(value, len(slots))
    while slots[slot] >= 0 and values[slots[slot]] != value:
        slot = (slot + 1) & (len(slots) - 1)
    place: np.int64 = slots[slot]
    return place


def places_of(wanted: NDArray[np.uint64], values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The place of each wanted number among `values`, -1 where it is none of them."""
    places = np.empty(len(wanted), dtype=np.int64)
    _find(wanted, values, slots_of(values), places)
    return places


@kernel
def _find(
    wanted: NDArray[np.uint64], values: NDArray[np.uint64], slots: NDArray[np.int64], places: NDArray[np.int64]
) -> None:
    for number in range(len(wanted)):
        places[number] = place_of(wanted[number], values, slots)
