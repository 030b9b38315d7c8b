"""The stage `words`: clean texts → surfaces and a vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.words.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from langnghe.words.vocabulary import VocabularyBuilder

WORDS = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "surfaces": pl.List(pl.UInt32()),  # surface ids, in the order of the text; breaks included
    }
)
"""The columns of the words of a batch. The surfaces are the rows of the vocabulary."""


def find_words(batches: Iterable[pl.DataFrame], vocabulary: VocabularyBuilder) -> Iterator[pl.DataFrame]:
    """Split batches of clean texts into words.

    Parameters
    ----------
    batches : frames with the columns text_id and text.
    vocabulary : filled on the way; complete when the iterator ends.

    Yields
    ------
    Frames of schema `WORDS`, one per batch.
    """
    for batch in batches:
        tokens = tokenise(batch["text"])
        yield _as_lists(batch["text_id"], tokens, vocabulary.add(tokens))


def _as_lists(text_ids: pl.Series, tokens: Tokens, surfaces: NDArray[np.uint32]) -> pl.DataFrame:
    lengths = np.diff(tokens.offsets)
    rows = np.repeat(np.arange(len(text_ids), dtype=np.uint32), lengths)
    lists = (
        pl.DataFrame({"row": pl.Series(rows).set_sorted(), "surfaces": surfaces})
        .group_by("row", maintain_order=True)
        .agg("surfaces")
    )
    every = pl.DataFrame({"text_id": text_ids}).with_row_index("row")
    joined = every.join(lists, on="row", how="left", maintain_order="left")
    empty = pl.lit([], dtype=pl.List(pl.UInt32))
    return joined.select("text_id", pl.col("surfaces").fill_null(empty)).cast(WORDS)
