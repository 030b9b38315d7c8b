"""The vocabulary of a corpus: every written form (surface), the folded keys it stands for, and how often it was written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.words.arrays import picked
from langnghe.words.compiled import kernel, part
from langnghe.words.teencode import TESTS, folded_keys, is_number, keys_of, meaning_between, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from langnghe.words.tokens import Tokens

    _Arrays = tuple[
        NDArray[np.int32],
        NDArray[np.int64],
        NDArray[np.uint8],
        NDArray[np.uint32],
        NDArray[np.int64],
        NDArray[np.int64],
        NDArray[np.bool_],
    ]

VOCABULARY = pl.Schema(
    {
        "surface": pl.String(),  # as written, lower-cased; row number = surface id
        "keys": pl.List(pl.String()),  # folded keys by itself: one for most, 'cty' → cong, ty; none for breaks
        "count": pl.UInt64(),  # occurrences in the corpus
    }
)
"""The columns of a vocabulary as a frame."""


def key_hash(key: str) -> int:
    """A 64-bit number for a folded key: the same on every machine and in every run."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class VocabularyBuilder:
    """Joins the numbering of tokens over batches.

    Surface ids are given in the order of first occurrence over the corpus, so that the same texts in the same order give the
    same ids whatever the size of the batches.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._counts = np.zeros(0, dtype=np.int64)

    def add(self, tokens: Tokens) -> NDArray[np.uint32]:
        """Count a batch and give its tokens back as surface ids of the corpus (same shape as ``tokens.ids``)."""
        ids = self._ids
        numbers = np.fromiter((ids.setdefault(s, len(ids)) for s in tokens.surfaces), np.uint32, len(tokens.surfaces))
        counts = np.bincount(tokens.ids, minlength=len(tokens.surfaces))
        if len(ids) > len(self._counts):
            grown = np.zeros(max(len(ids), 2 * len(self._counts)), dtype=np.int64)
            grown[: len(self._counts)] = self._counts
            self._counts = grown
        np.add.at(self._counts, numbers, counts)
        return numbers[tokens.ids]

    def frame(self) -> pl.DataFrame:
        """The vocabulary so far (schema `VOCABULARY`)."""
        surfaces = list(self._ids)
        return pl.DataFrame(
            {
                "surface": surfaces,
                "keys": [keys_of(surface) for surface in surfaces],
                "count": self._counts[: len(surfaces)].astype(np.uint64),
            },
            schema=VOCABULARY,
        )


@dataclass(frozen=True)
class Readings:
    """The surfaces with several meanings, ready to be read by their neighbours (see `langnghe.words.teencode`).

    Attributes
    ----------
    of : int32 array, one per surface: its row in `first`, or -1 for surfaces with one meaning.
    first : int64 array: row r has the readings first[r] to first[r + 1].
    test : uint8 array, one per reading: position in `teencode.TESTS`.
    neighbour : uint32 array, one per reading: the key that stands beside it.
    start, length : int64 arrays, one per reading: where its keys start in `Vocabulary.key_ids` and how many there are.
    number : bool array, one per surface: whether it is a number in digits.
    """

    of: NDArray[np.int32]
    first: NDArray[np.int64]
    test: NDArray[np.uint8]
    neighbour: NDArray[np.uint32]
    start: NDArray[np.int64]
    length: NDArray[np.int64]
    number: NDArray[np.bool_]


@dataclass(frozen=True)
class Vocabulary:
    """A vocabulary ready for lookups.

    Attributes
    ----------
    surfaces : written forms; the position is the surface id.
    keys : folded keys in order of first use, then those that surfaces have between certain neighbours alone; the position is the
        key id.
    hashes : uint64 array, one per key, the same in every run (see `key_hash`).
    first, length : per surface, where its keys start in `key_ids` and how many there are.
    key_ids : uint32 array, the key ids of all surfaces in a row, then those of all readings.
    counts : uint64 array, occurrences per surface.
    readings : the surfaces with several meanings.
    """

    surfaces: Sequence[str]
    keys: Sequence[str]
    hashes: NDArray[np.uint64]
    first: NDArray[np.int64]
    length: NDArray[np.int64]
    key_ids: NDArray[np.uint32]
    counts: NDArray[np.uint64]
    readings: Readings

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Vocabulary:
        """Build the lookups from a frame of schema `VOCABULARY`."""
        lengths = frame["keys"].list.len().cast(pl.Int64).to_numpy()
        flat = frame["keys"].explode(empty_as_null=False).to_list()
        numbers: dict[str, int] = {}
        key_ids = [numbers.setdefault(k, len(numbers)) for k in flat]
        surfaces = frame["surface"].to_list()
        readings = _readings(surfaces, numbers, key_ids)
        keys = list(numbers)
        return cls(
            surfaces=surfaces,
            keys=keys,
            hashes=np.fromiter(map(key_hash, keys), np.uint64, len(keys)),
            first=np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64) if len(lengths) else lengths,
            length=lengths,
            key_ids=np.array(key_ids, dtype=np.uint32),
            counts=frame["count"].to_numpy(),
            readings=readings,
        )


def _readings(surfaces: Sequence[str], numbers: dict[str, int], key_ids: list[int]) -> Readings:
    """The readings of the surfaces that have several; new keys are added to `numbers`, their ids to the end of `key_ids`."""
    context = table().context
    of = np.full(len(surfaces), -1, dtype=np.int32)
    first, rows = [0], []
    for number, surface in enumerate(surfaces):
        if surface not in context:
            continue
        of[number] = len(first) - 1
        for reading in context[surface]:
            if reading.neighbour in numbers or not reading.neighbour:  # else it stands beside nothing in this corpus
                keys = folded_keys(reading.meaning)
                beside = numbers.get(reading.neighbour, 0)
                rows.append((TESTS.index(reading.test), beside, len(key_ids), len(keys)))
                key_ids.extend(numbers.setdefault(key, len(numbers)) for key in keys)
        first.append(len(rows))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Readings(
        of=of,
        first=np.array(first, dtype=np.int64),
        test=columns[0].astype(np.uint8),
        neighbour=columns[1].astype(np.uint32),
        start=columns[2].copy(),
        length=columns[3].copy(),
        number=np.fromiter(map(is_number, surfaces), np.bool_, len(surfaces)),
    )


@dataclass(frozen=True)
class Words:
    """The words of a batch of n texts as folded keys.

    Attributes
    ----------
    keys : uint32 array of key ids, all texts in a row; breaks between sentences are `BREAK_KEY`.
    offsets : int64 array of n + 1: text i has keys[offsets[i]:offsets[i + 1]].
    surfaces : uint32 array of the same shape as `keys`: the surface that each key came from.
    """

    keys: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    surfaces: NDArray[np.uint32]


def subset(words: Words, rows: NDArray[np.int64]) -> Words:
    """The words of some texts of a batch, in the order of `rows`."""
    where, offsets = picked(words.offsets, rows)
    return Words(words.keys[where], offsets, words.surfaces[where])


BREAK_KEY = np.uint32(0xFFFFFFFF)
"""Stands in `Words.keys` between two sentences, so that no phrase reaches over the break."""


def unfold(surface_lists: pl.Series, vocabulary: Vocabulary) -> Words:
    """From stored surface ids to folded keys.

    Parameters
    ----------
    surface_lists : Series of List(UInt32), n texts.
    vocabulary : Vocabulary

    Returns
    -------
    Words
    """
    lengths = surface_lists.list.len().cast(pl.Int64).to_numpy()
    ends = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    flat = surface_lists.explode(empty_as_null=False).to_numpy() if ends[-1] else np.zeros(0, np.uint32)
    v, r = vocabulary, vocabulary.readings
    readings = (r.of, r.first, r.test, r.neighbour, r.start, r.length, r.number)
    longest = max(int(r.length.max(initial=1)), 1)
    most = np.where(r.of >= 0, np.maximum(v.length, longest), np.maximum(v.length, 1))
    room = int(most[flat].sum())
    keys, surfaces = np.empty(room, dtype=np.uint32), np.empty(room, dtype=np.uint32)
    offsets = np.zeros(len(ends), dtype=np.int64)
    _unfold(flat, ends, v.first, v.length, v.key_ids, readings, keys, offsets, surfaces)
    return Words(keys[: offsets[-1]].copy(), offsets, surfaces[: offsets[-1]].copy())


@part
def _reading(
    left: np.int64,
    right: np.int64,
    first: NDArray[np.int64],
    length: NDArray[np.int64],
    key_ids: NDArray[np.uint32],
    row: int,
    readings: _Arrays,
) -> int:
    """The reading of a surface of several meanings between two surfaces (-1: a break); -1 where none holds."""
    _, first_reading, test, neighbour, _, _, number = readings
    for k in range(first_reading[row], first_reading[row + 1]):
        side = left if test[k] == 0 or test[k] == 2 else right
        if side < 0 or length[side] == 0:
            continue
        beside = key_ids[first[side] + (length[side] - 1 if test[k] == 2 else 0)]
        if number[side] if test[k] < 2 else beside == neighbour[k]:
            return k
    return -1


@kernel
def _unfold(  # noqa: PLR0913, PLR0917 - a compiled kernel is given its arrays one by one
    flat: NDArray[np.uint32],
    ends: NDArray[np.int64],
    first: NDArray[np.int64],
    length: NDArray[np.int64],
    key_ids: NDArray[np.uint32],
    readings: _Arrays,
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    surfaces: NDArray[np.uint32],
) -> None:
    of, _, _, _, start, reading_length, _ = readings
    filled = offsets[0]
    for text in range(len(ends) - 1):
        for position in range(ends[text], ends[text + 1]):
            surface = flat[position]
            begin, many = first[surface], length[surface]
            if of[surface] >= 0:
                left = np.int64(flat[position - 1]) if position > ends[text] else np.int64(-1)
                right = np.int64(flat[position + 1]) if position + 1 < ends[text + 1] else np.int64(-1)
                chosen = _reading(left, right, first, length, key_ids, of[surface], readings)
                if chosen >= 0:
                    begin, many = start[chosen], reading_length[chosen]
            if many == 0:
                keys[filled] = BREAK_KEY
                surfaces[filled] = surface
                filled += 1
            for k in range(begin, begin + many):
                keys[filled] = key_ids[k]
                surfaces[filled] = surface
                filled += 1
        offsets[text + 1] = filled


@lru_cache(maxsize=16_384)
def fold_phrase(phrase: str) -> tuple[str, ...]:
    """The folded keys of a phrase as a person writes it: 'Chốt sổ BHXH' → chot, so, bao, hiem, xa, hoi."""
    written = phrase.lower().split()
    beside = [None, *written, None]
    meant = (meaning_between(word, beside[i], beside[i + 2]) for i, word in enumerate(written))
    return tuple(
        key for word, m in zip(written, meant, strict=True) for key in (folded_keys(m) if m else keys_of(word))
    )


def phrase_hash(keys: Iterable[str]) -> int:
    """A 64-bit number for a sequence of keys, as the kernels of `langnghe.words.lookup` compute it."""
    total = 0
    for key in keys:
        total = (total * 0x9E3779B97F4A7C15 + key_hash(key)) & 0xFFFFFFFFFFFFFFFF
        total ^= total >> 29
    return total
