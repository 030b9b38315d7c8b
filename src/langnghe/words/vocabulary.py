"""The vocabulary of a corpus: every written form (surface), the folded keys it stands for, and how often it was written."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numba as nb
import numpy as np
import polars as pl

from langnghe.words.teencode import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from langnghe.words.tokens import Tokens

VOCABULARY = pl.Schema(
    {
        "surface": pl.String(),  # as written, lower-cased; row number = surface id
        "keys": pl.List(pl.String()),  # folded keys: one for most, several for 'cty' → cong, ty; none for breaks
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
class Vocabulary:
    """A vocabulary ready for lookups.

    Attributes
    ----------
    surfaces : written forms; the position is the surface id.
    keys : folded keys in order of first use; the position is the key id.
    hashes : uint64 array, one per key, the same in every run (see `key_hash`).
    first, length : per surface, where its keys start in `key_ids` and how many there are.
    key_ids : uint32 array, the key ids of all surfaces in a row.
    counts : uint64 array, occurrences per surface.
    """

    surfaces: Sequence[str]
    keys: Sequence[str]
    hashes: NDArray[np.uint64]
    first: NDArray[np.int64]
    length: NDArray[np.int64]
    key_ids: NDArray[np.uint32]
    counts: NDArray[np.uint64]

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Vocabulary:
        """Build the lookups from a frame of schema `VOCABULARY`."""
        lengths = frame["keys"].list.len().cast(pl.Int64).to_numpy()
        flat = frame["keys"].explode(empty_as_null=False).to_list()
        numbers: dict[str, int] = {}
        key_ids = np.fromiter((numbers.setdefault(k, len(numbers)) for k in flat), np.uint32, len(flat))
        keys = list(numbers)
        return cls(
            surfaces=frame["surface"].to_list(),
            keys=keys,
            hashes=np.fromiter(map(key_hash, keys), np.uint64, len(keys)),
            first=np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64) if len(lengths) else lengths,
            length=lengths,
            key_ids=key_ids,
            counts=frame["count"].to_numpy(),
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
    return Words(*_unfold(flat, ends, vocabulary.first, vocabulary.length, vocabulary.key_ids))


@nb.njit(cache=True, nogil=True)
def _unfold(
    flat: NDArray[np.uint32],
    ends: NDArray[np.int64],
    first: NDArray[np.int64],
    length: NDArray[np.int64],
    key_ids: NDArray[np.uint32],
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32]]:
    total = 0
    for surface in flat:
        total += max(length[surface], 1)
    keys = np.empty(total, dtype=np.uint32)
    surfaces = np.empty(total, dtype=np.uint32)
    offsets = np.zeros(ends.shape[0], dtype=np.int64)
    filled = 0
    for text in range(ends.shape[0] - 1):
        for position in range(ends[text], ends[text + 1]):
            surface = flat[position]
            if length[surface] == 0:
                keys[filled] = BREAK_KEY
                surfaces[filled] = surface
                filled += 1
            for k in range(length[surface]):
                keys[filled] = key_ids[first[surface] + k]
                surfaces[filled] = surface
                filled += 1
        offsets[text + 1] = filled
    return keys, offsets, surfaces


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """The folded keys of a phrase as a person writes it: 'Chốt sổ BHXH' → chot, so, bao, hiem, xa, hoi."""
    return tuple(key for word in phrase.lower().split() for key in keys_of(word))


def phrase_hash(keys: Iterable[str]) -> int:
    """A 64-bit number for a sequence of keys, as the kernels of `langnghe.words.lookup` compute it."""
    total = 0
    for key in keys:
        total = (total * 0x9E3779B97F4A7C15 + key_hash(key)) & 0xFFFFFFFFFFFFFFFF
        total ^= total >> 29
    return total
