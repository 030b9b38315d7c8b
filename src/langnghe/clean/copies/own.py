"""Words of its own: what a message says that is no ready-made sentence.

Platforms offer sentences to click on, people greet and wish alike. Texts put together from such sentences are near copies without
anyone having copied a message. What a message says of its own are its words outside every run of five that many other messages
have too; where that is next to nothing, only exact copies stay a group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.words.lookup import Hits, find_phrases, phrase_table
from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
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
    batches : a function that gives the texts again, as (text ids, words).
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
    large = copies.filter(pl.len().over("copy_of") >= LEAST_GROUP)
    looked_at = large.filter(pl.int_range(pl.len()).over("copy_of") < LOOKED_AT).select("text_id", "copy_of")
    if not len(looked_at):
        return copies["length"].alias("own")
    runs: dict[tuple[str, ...], int] = {}
    placed: dict[int, list[tuple[int, int]]] = {}
    for text_ids, words in batches():
        for row in text_ids.is_in(looked_at["text_id"].implode()).arg_true():
            placed[text_ids[row]] = _runs(words, row, vocabulary, runs)
    ready = _ready_made(copies, batches, vocabulary, runs)
    counted = pl.DataFrame(
        {"text_id": list(placed), "_own": [_outside(found, ready) for found in placed.values()]},
        schema={"text_id": pl.UInt32, "_own": pl.Float64},
    )
    groups = looked_at.join(counted, on="text_id").group_by("copy_of").agg(pl.col("_own").median())
    own = copies.join(groups, on="copy_of", how="left", maintain_order="left")["_own"]
    return own.round().cast(pl.UInt16).fill_null(copies["length"]).alias("own")


def _runs(words: Words, row: int, vocabulary: Vocabulary, runs: dict[tuple[str, ...], int]) -> list[tuple[int, int]]:
    """The words of a text as (position, number of the run that begins there or -1); new runs are numbered."""
    keys = words.keys[words.offsets[row] : words.offsets[row + 1]]
    found = []
    for position, key in enumerate(keys):
        if key == BREAK_KEY or not vocabulary.keys[key][:1].isalnum():
            continue
        part = keys[position : position + RUN]
        whole = len(part) == RUN and BREAK_KEY not in part
        run = runs.setdefault(tuple(vocabulary.keys[k] for k in part), len(runs)) if whole else -1
        found.append((position, run))
    return found


def _ready_made(
    copies: pl.DataFrame, batches: Batches, vocabulary: Vocabulary, runs: dict[tuple[str, ...], int]
) -> set[int]:
    """The runs that many other messages have."""
    table, group = phrase_table(list(runs)), copies["copy_of"]
    start, pairs = 0, []
    for text_ids, words in batches():
        groups = group.slice(start, len(text_ids)).to_numpy()
        start += len(text_ids)
        pairs.append(_pairs(find_phrases(words, vocabulary, table), groups))
    counts = pl.concat(pairs).unique().group_by("run").len()
    many = max(MANY, MANY_SHARE * group.n_unique())
    return set(counts.filter(pl.col("len") - 1 >= many)["run"].to_list())


def _pairs(hits: Hits, groups: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({"run": hits.phrase, "group": groups[hits.text]}).unique()


def _outside(found: list[tuple[int, int]], ready: set[int]) -> int:
    covered: set[int] = set()
    for position, run in found:
        if run in ready:
            covered.update(range(position, position + RUN))
    return sum(position not in covered for position, _ in found)
