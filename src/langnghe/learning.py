"""Learning the issues of a study: its sample, its hand-codings, and how a text's issues came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.cache import user_cache
from langnghe.issues.codebook import read_codebook
from langnghe.issues.codes import Codes, learn_issues
from langnghe.issues.custom import is_custom
from langnghe.issues.features import hashed, joined, written_hashes
from langnghe.issues.knowledge import Coded
from langnghe.issues.model import IssueModel, learn
from langnghe.manifest import code_hash
from langnghe.masked import embedded
from langnghe.words.vocabulary import Words, subset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from langnghe.study import Study
    from langnghe.words.vocabulary import Vocabulary

    Batches = Callable[[], Iterator[tuple[pl.Series, Words]]]

SAMPLE = 20_000
"""Distinct messages from which issues and phrases are learnt; every text is then placed."""


def learn_from(
    study: Study, batches: Batches, vocabulary: Vocabulary, codings: pl.DataFrame | None = None
) -> IssueModel:
    """Learn the issues of a study.

    Parameters
    ----------
    study : with its texts, words and copies made.
    batches : gives the words of its texts, batch by batch.
    vocabulary : of the study.
    codings : hand-codings to learn from (schema `nouns.CODINGS`), the one that counts first.
    """
    copies, chosen, sample = _sampled(study, batches)
    codebook = read_codebook(study.codebook_path)
    fits = True if is_custom(codebook) else None  # what people decided is used
    use = {"auto": fits, "always": True, "none": False}[study.settings.codebook]
    return learn(
        sample,
        vocabulary,
        codebook,
        use=use,
        random_state=study.settings.random_state,
        points=embedded(study, chosen),
        coded=_coded(codings, copies, batches, vocabulary),
        cache=user_cache(code_hash()),
    )


def codes_from(
    study: Study, batches: Batches, vocabulary: Vocabulary, codings: pl.DataFrame | None = None
) -> tuple[Codes, Coded | None]:
    """Learn how the code-book's issues are given alone, as `learn_from` does, and the hand-coded texts that were learnt from."""
    copies, _, sample = _sampled(study, batches)
    coded = _coded(codings, copies, batches, vocabulary)
    issues = read_codebook(study.codebook_path).issues
    cache = user_cache(code_hash())
    return learn_issues(issues, sample, vocabulary, coded, study.settings.random_state, cache), coded


def _sampled(study: Study, batches: Batches) -> tuple[pl.DataFrame, pl.Series, Words]:
    """The copies of a study, the text ids of the sample that issues are learnt from, and its words."""
    copies = pl.read_parquet(study.product("copies") / "copies.parquet", columns=["text_id", "copy_of"])
    roots = copies.filter(pl.col("text_id") == pl.col("copy_of"))["text_id"]
    chosen = roots.gather_every(max(1, -(-len(roots) // SAMPLE)))
    return copies, chosen, _joined([chosen_words(text_ids, words, chosen) for text_ids, words in batches()])


def chosen_words(text_ids: pl.Series, words: Words, chosen: pl.Series) -> Words:
    """The words of those texts of a batch whose ids are among the chosen."""
    return subset(words, text_ids.is_in(chosen.implode()).arg_true().to_numpy().astype(np.int64))


def _coded(
    codings: pl.DataFrame | None, copies: pl.DataFrame, batches: Batches, vocabulary: Vocabulary
) -> Coded | None:
    if codings is None or codings.is_empty():
        return None
    first = codings.unique("text_id", keep="first", maintain_order=True).sort("text_id")
    rows = first.join(copies, on="text_id", maintain_order="left")
    written = written_hashes(vocabulary)
    texts = [hashed(chosen_words(ids, words, rows["text_id"]), vocabulary, written) for ids, words in batches()]
    return Coded(
        rows["text_id"].to_numpy(),
        joined(texts),
        tuple(tuple(issues) for issues in rows["issues"].to_list()),
        tuple(rows["reaction"].to_list()),
        rows["copy_of"].to_numpy().astype(np.int64),
        (rows["purpose"] == "estimate").to_numpy(),
    )


def _joined(batches: list[Words]) -> Words:
    shifts = np.cumsum([0, *(len(words.keys) for words in batches[:-1])])
    offsets = [words.offsets[1:] + shift for words, shift in zip(batches, shifts, strict=True)]
    return Words(
        np.concatenate([words.keys for words in batches]),
        np.concatenate([np.zeros(1, np.int64), *offsets]),
        np.concatenate([words.surfaces for words in batches]),
    )
