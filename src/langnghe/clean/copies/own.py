"""Words of its own: what a message says that is no ready-made sentence.

Platforms offer sentences to click on, people greet and wish alike. Texts put together from such sentences are near copies without
anyone having copied a message. What a message says of its own are its words outside every run of five that many other messages
have too; where that is next to nothing, only exact copies stay a group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np
import polars as pl

from langnghe.words.arrays import distinct
from langnghe.words.slots import place_of, slots_of
from langnghe.words.vocabulary import BREAK_KEY, subset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

    Batches = Callable[[], Iterable[tuple[pl.Series, Words]]]

RUN = 5
LEAST_GROUP = 10
LEAST_OWN = 8
LOOKED_AT = 25
MANY, MANY_SHARE = 10, 0.001
"""Words of a run; texts of a group from which on it is looked at; words of its own that near copies need; texts of
a group that are looked at; other messages, as a number and as a share of all, that make a run ready-made."""


def with_own_words(
    copies: pl.DataFrame, exact: NDArray[np.uint64], batches: Batches, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Count the words of its own that each message has, and part the groups whose messages have next to none.

    Parameters
    ----------
    copies : as `find_copies` gives them.
    exact : uint64 array (texts): equal for exact copies (see `Signatures`).
    batches : a function that gives the texts again, as (text ids, words), in the order of `copies`.
    vocabulary : of the corpus.

    Returns
    -------
    The same rows with own (UInt16): words that stand in no ready-made run, the median over the group's first `LOOKED_AT` texts; the
    text's length where the group has fewer than `LEAST_GROUP`. Groups with fewer than `LEAST_OWN` of them are parted into exact copies.
    """
    counted = copies.with_columns(_own(copies, batches, vocabulary), exact=pl.Series(exact))
    parted = (pl.col("own") < LEAST_OWN) & (pl.col("own") < pl.col("length"))
    return counted.with_columns(
        copy_of=pl.when(parted).then(pl.col("text_id").min().over("copy_of", "exact")).otherwise("copy_of"),
        similarity=pl.when(parted).then(1.0).otherwise("similarity").cast(pl.Float32),
    ).drop("exact")


def _own(copies: pl.DataFrame, batches: Batches, vocabulary: Vocabulary) -> pl.Series:
    """Own words of each text's message: the median over the first texts of its group."""
    large = pl.len().over("copy_of") >= LEAST_GROUP
    rows = copies.select("copy_of", large=large).with_row_index("row").filter("large")
    rows = rows.filter(pl.int_range(pl.len()).over("copy_of") < LOOKED_AT)
    if not len(rows):
        return copies["length"].alias("own")
    is_word = np.array([key[:1].isalnum() for key in vocabulary.keys], dtype=np.bool_)
    looked_at = _texts(batches, rows["row"].to_numpy())
    runs = distinct(np.concatenate([_runs(part.keys, part.offsets, is_word) for part in looked_at]))
    ready = runs[_many(runs, copies["copy_of"], batches, is_word)]
    own = np.concatenate([_outside(part.keys, part.offsets, is_word, ready) for part in looked_at])
    groups = rows.with_columns(_own=pl.Series(own)).group_by("copy_of").agg(pl.col("_own").median())
    found = copies.join(groups, on="copy_of", how="left", maintain_order="left")["_own"]
    return found.round().cast(pl.UInt16).fill_null(copies["length"]).alias("own")


def _texts(batches: Batches, rows: NDArray[np.uint32]) -> list[Words]:
    """Some of the texts, given by their sorted places in the corpus."""
    found, start = [], 0
    for text_ids, words in batches():
        inside = rows[np.searchsorted(rows, start) : np.searchsorted(rows, start + len(text_ids))]
        found.append(subset(words, inside.astype(np.int64) - start))
        start += len(text_ids)
    return found


def _many(
    runs: NDArray[np.uint64], copy_of: pl.Series, batches: Batches, is_word: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether many other messages have each of some sorted runs."""
    groups = copy_of.to_numpy()
    pairs, start = [], 0
    for text_ids, words in batches():
        pairs.append(_pairs(words.keys, words.offsets, groups[start : start + len(text_ids)], is_word, runs))
        start += len(text_ids)
    counts = np.bincount((distinct(np.concatenate(pairs)) >> np.uint64(32)).astype(np.int64), minlength=len(runs))
    return np.asarray(counts > max(MANY, MANY_SHARE * copy_of.n_unique()))


@nb.njit(cache=True, nogil=True)
def _run(keys: NDArray[np.uint32], position: int, end: int, is_word: NDArray[np.bool_]) -> np.uint64:
    """A number for the run that begins at a position, 0 where none does."""
    value = np.uint64(0)
    if position + RUN > end or keys[position] == BREAK_KEY or not is_word[keys[position]]:
        return value
    for k in range(position, position + RUN):
        if keys[k] == BREAK_KEY:
            return np.uint64(0)
        value = (value ^ np.uint64(keys[k] + np.uint64(1))) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
    return value | np.uint64(1)


@nb.njit(cache=True, nogil=True)
def _runs(keys: NDArray[np.uint32], offsets: NDArray[np.int64], is_word: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """All runs of some texts."""
    found = np.empty(keys.shape[0], dtype=np.uint64)
    filled = 0
    for text in range(offsets.shape[0] - 1):
        for position in range(offsets[text], offsets[text + 1]):
            run = _run(keys, position, offsets[text + 1], is_word)
            if run != 0:
                found[filled] = run
                filled += 1
    return found[:filled].copy()


@nb.njit(cache=True, nogil=True)
def _pairs(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    groups: NDArray[np.uint32],
    is_word: NDArray[np.bool_],
    runs: NDArray[np.uint64],
) -> NDArray[np.uint64]:
    """Which group has which run: place of the run · 2³² + group; most of what stands twice is left out."""
    slots = slots_of(runs)
    latest = np.full(runs.shape[0], -1, dtype=np.int64)
    found = np.empty(keys.shape[0], dtype=np.uint64)
    filled = 0
    for text in range(groups.shape[0]):
        for position in range(offsets[text], offsets[text + 1]):
            run = _run(keys, position, offsets[text + 1], is_word)
            if run == 0:
                continue
            at = place_of(run, runs, slots)
            if at >= 0 and latest[at] != groups[text]:
                latest[at] = groups[text]
                found[filled] = np.uint64(at) << np.uint64(32) | np.uint64(groups[text])
                filled += 1
    return found[:filled].copy()


@nb.njit(cache=True, nogil=True)
def _outside(
    keys: NDArray[np.uint32], offsets: NDArray[np.int64], is_word: NDArray[np.bool_], ready: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Words of each text that stand in no ready-made run; the runs are sorted."""
    own = np.zeros(offsets.shape[0] - 1, dtype=np.int64)
    for text in range(offsets.shape[0] - 1):
        covered = offsets[text]
        for position in range(offsets[text], offsets[text + 1]):
            run = _run(keys, position, offsets[text + 1], is_word)
            at = np.searchsorted(ready, run)
            if run != 0 and at < ready.shape[0] and ready[at] == run:
                covered = position + RUN
            own[text] += position >= covered and keys[position] != BREAK_KEY and is_word[keys[position]]
    return own
