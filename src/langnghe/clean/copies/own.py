"""Words of its own: what a message says that is no ready-made sentence.

Platforms offer sentences to click on, people greet and wish alike. Texts put together from such sentences are near copies without
anyone having copied a message. What a message says of its own are its words outside every run of five that many other messages
have too; where that is next to nothing, only exact copies stay a group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.words.arrays import distinct
from langnghe.words.compiled import kernel
from langnghe.words.slots import places_of
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
    runs = distinct(np.concatenate([_runs(part, is_word) for part in looked_at]))
    runs = runs[runs != 0]
    ready = runs[_many(runs, copies["copy_of"], batches, is_word)]
    own = np.concatenate([_outside(part, is_word, ready) for part in looked_at])
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
        pairs.append(_pairs(words, groups[start : start + len(text_ids)], is_word, runs))
        start += len(text_ids)
    counts = np.bincount((distinct(np.concatenate(pairs)) >> np.uint64(32)).astype(np.int64), minlength=len(runs))
    return np.asarray(counts > max(MANY, MANY_SHARE * copy_of.n_unique()))


def _runs(words: Words, is_word: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """A number for the run that begins at each position of some texts, 0 where none does."""
    found = np.zeros(len(words.keys), dtype=np.uint64)
    _fill(words.keys, words.offsets, is_word, found)
    return found


@kernel
def _fill(
    keys: NDArray[np.uint32], offsets: NDArray[np.int64], is_word: NDArray[np.bool_], found: NDArray[np.uint64]
) -> None:
    for text in range(len(offsets) - 1):
        for position in range(offsets[text], offsets[text + 1] - RUN + 1):
            if keys[position] == BREAK_KEY or not is_word[keys[position]]:
                continue
            value = np.uint64(0)
            whole = True
            for k in range(position, position + RUN):
                whole = whole and keys[k] != BREAK_KEY
                value = (value ^ np.uint64(keys[k] + np.uint64(1))) * np.uint64(0x9E3779B97F4A7C15)
                value ^= value >> np.uint64(29)
            if whole:
                found[position] = value | np.uint64(1)


def _pairs(
    words: Words, groups: NDArray[np.uint32], is_word: NDArray[np.bool_], runs: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Which group has which run, each once: place of the run · 2³² + group."""
    begun = _runs(words, is_word)
    ready = np.flatnonzero(begun)
    at = places_of(begun[ready], runs)
    known = at >= 0
    group = np.repeat(groups, np.diff(words.offsets))[ready[known]]
    return distinct(at[known].astype(np.uint64) << np.uint64(32) | group)


def _outside(words: Words, is_word: NDArray[np.bool_], ready: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Words of each text that stand in no ready-made run."""
    begun = np.isin(_runs(words, is_word), ready)
    covered = np.convolve(begun, np.ones(RUN, dtype=np.int64))[: len(begun)] > 0
    spoken = words.keys != BREAK_KEY
    spoken[spoken] = is_word[words.keys[spoken]]
    sums = np.concatenate(([0], np.cumsum(spoken & ~covered)))
    return np.diff(sums[words.offsets])
