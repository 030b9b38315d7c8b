"""Texts as the stages before a task would hand them on."""

from __future__ import annotations

import numpy as np
import polars as pl

from langnghe.clean.normalise import normalise
from langnghe.words.find import find_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, unfold


def normalised(texts: pl.Series) -> pl.Series:
    """Texts after `clean.normalise`, in the same order."""
    return texts.to_frame("text").select(normalise(pl.col("text")))["text"]


def words_of(texts: pl.Series) -> tuple[Words, Vocabulary]:
    """The words of a list of texts and their vocabulary."""
    builder = VocabularyBuilder()
    batch = pl.DataFrame({"text_id": np.arange(len(texts), dtype=np.uint32), "text": normalised(texts)})
    surfaces = pl.concat([found["surfaces"] for found in find_words([batch], builder)])
    vocabulary = Vocabulary.from_frame(builder.frame())
    return unfold(surfaces, vocabulary), vocabulary
