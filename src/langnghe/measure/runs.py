"""Runs of words: no text that leaves may hold six syllables in a row that fewer than k accounts wrote.

Six syllables in a row are nearly always enough to find a comment again, in the source or by a search engine, and with it its
author. What leaves as text (shared messages, names, phrases) is held against the texts it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.words.find import find_words
from langnghe.words.lookup import find_phrases, phrase_table
from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, VocabularyBuilder, Words, unfold

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = 6
"""Syllables in a row by which a text can be looked up."""

_FLOOR = 1e-9


def may_leave(said: Sequence[str], texts: pl.DataFrame, k: int) -> list[bool]:
    """Whether each of some texts may leave: each run of `RUN` syllables in it was used by at least k accounts.

    Runs reach over punctuation, and case, diacritics and abbreviations make no difference, as in a search engine.

    Parameters
    ----------
    said : texts that are to leave.
    texts : text, voice and batch of texts of the corpus. Some will do: who is not among them can't take a run away.
    k : least accounts. Over several batches the largest sum counts, never the total: one person may stand in two.

    Returns
    -------
    list of bool, one per text of `said`; a text of fewer than `RUN` syllables may always leave.
    """
    words, vocabulary = _split([*said, *texts["text"]])
    spoken = [[vocabulary.keys[key] for key in words.keys[a:b]] for a, b in _spans(words)[: len(said)]]
    wanted = [[tuple(keys[i : i + RUN]) for i in range(len(keys) - RUN + 1)] for keys in spoken]
    runs = list(dict.fromkeys(run for found in wanted for run in found))
    enough = _used_by_enough(runs, words, vocabulary, texts, k)
    return [all(run in enough for run in found) for found in wanted]


def _split(texts: Sequence[str]) -> tuple[Words, Vocabulary]:
    """The words of some texts, without the breaks between sentences."""
    builder = VocabularyBuilder()
    frame = pl.DataFrame({"text_id": range(len(texts)), "text": texts}).cast({"text_id": pl.UInt32})
    (found,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    words = unfold(found["surfaces"], vocabulary)
    kept = words.keys != BREAK_KEY
    offsets = np.concatenate(([0], np.cumsum(kept)))[words.offsets]
    return Words(words.keys[kept], offsets, words.surfaces[kept]), vocabulary


def _spans(words: Words) -> list[tuple[int, int]]:
    return list(zip(words.offsets[:-1].tolist(), words.offsets[1:].tolist(), strict=True))


def _used_by_enough(
    runs: Sequence[tuple[str, ...]], words: Words, vocabulary: Vocabulary, texts: pl.DataFrame, k: int
) -> set[tuple[str, ...]]:
    hits = find_phrases(words, vocabulary, phrase_table(runs))
    first = len(words.offsets) - 1 - len(texts)  # the texts that are to leave prove nothing by themselves
    used = pl.DataFrame({"text": hits.text.astype(np.int64) - first, "run": hits.phrase}).filter(pl.col("text") >= 0)
    voices = texts.select("batch", voice=pl.col("voice").fill_null(0.0)).with_row_index("text").cast({"text": pl.Int64})
    sums = used.unique().join(voices, on="text").group_by("run", "batch").agg(pl.col("voice").sum())
    shown = sums.filter(pl.col("voice") + _FLOOR >= k)["run"].unique()
    return {runs[number] for number in shown.to_list()}
