"""Masked texts of a study: the few that may leave, those that people inside the study read, and those that are embedded.

What leaves is word for word what at least k accounts wrote. What stays inside comes
without ids and dates, in an order that says nothing, and can't be searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.measure.runs import may_leave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.nouns import Figures
    from langnghe.study import Study

LONGEST, SHORTEST = 60, 5
"""Words of a text that is given as typical, where there are enough such texts."""

CHOICE = 4
"""Typical texts are drawn from so many times as many, so that no one can be sure to find the most typical one."""


def shared_messages(study: Study, figures: Figures, most: int) -> dict[int, str]:
    """The masked wordings of shared messages that may leave.

    Parameters
    ----------
    study : with its products.
    figures : of the study; `figures.shared` lists the messages.
    most : messages at most, those with most copies.

    Returns
    -------
    `message` of `figures.shared` → the most frequent writing of it. A message whose wording fewer than k sent is not among
    them, nor one of which any six syllables in a row were written by fewer.
    """
    rule = figures.rule
    listed = figures.shared.head(most).filter(pl.col("verbatim") >= rule.k)
    if not len(listed):
        return {}
    copies = pl.read_parquet(study.product("copies") / "copies.parquet", columns=["text_id", "copy_of", "similarity"])
    members = _texts(study, copies.filter(pl.col("copy_of").is_in(listed["copy_of"].implode())))
    wordings = {
        message: _most_written(members.filter((pl.col("copy_of") == root) & (pl.col("similarity") == 1)))
        for message, root in listed.select("message", "copy_of").iter_rows()
    }
    allowed = may_leave(list(wordings.values()), members, rule.k)
    return {message: text for (message, text), good in zip(wordings.items(), allowed, strict=True) if good}


def _most_written(members: pl.DataFrame) -> str:
    counted = members.group_by("text").agg(pl.len(), pl.col("text_id").min())
    return str(counted.sort(["len", "text_id"], descending=[True, False])["text"][0])


def _texts(study: Study, chosen: pl.DataFrame) -> pl.DataFrame:
    """The rows of `chosen` (with text_id) with text, date, voice and batch, in the order of the texts."""
    columns = ["text_id", "text", "date", "voice", "batch"]
    clean = pl.scan_parquet(study.product("clean") / "texts-*.parquet").select(columns)
    texts: pl.DataFrame = clean.filter(pl.col("text_id").is_in(chosen["text_id"].implode())).collect()
    return texts.join(chosen, on="text_id")


def typical(study: Study, members: pl.DataFrame, phrases: Sequence[int], most: int, seed: int) -> pl.DataFrame:
    """Some masked texts that hold many typical phrases of an issue.

    Parameters
    ----------
    study : with its products.
    members : text_id of the texts of the issue.
    phrases : typical phrases of the issue, as positions in the model.
    most : texts at most.
    seed : of the draw and of the order.

    Returns
    -------
    DataFrame week (Date, its Monday; null where there is no date), text. Copies stand for once, in no order.
    """
    copies = pl.read_parquet(study.product("copies") / "copies.parquet", columns=["text_id", "copy_of", "length"])
    inside = copies.join(members.unique(), on="text_id", how="semi")  # of copies some may be placed otherwise
    first = inside.sort("text_id").unique("copy_of", keep="first", maintain_order=True)
    used = pl.read_parquet(study.product("issues") / "used-*.parquet").filter(pl.col("phrase").is_in(list(phrases)))
    ranked = (
        first.join(used.group_by("text_id").len("phrases"), on="text_id", how="left")
        .with_columns(pl.col("phrases").fill_null(0), long=~pl.col("length").is_between(SHORTEST, LONGEST))
        .sort(["long", "phrases", "text_id"], descending=[False, True, False])
        .head(CHOICE * most)
    )
    generator = np.random.default_rng(seed)
    drawn = generator.permutation(len(ranked))[:most]
    texts = _texts(study, ranked[drawn.tolist()]).sort("text_id")
    order = generator.permutation(len(texts))
    shuffled: pl.DataFrame = texts[order.tolist()]
    return shuffled.select(week=pl.col("date").dt.truncate("1w"), text="text")


def embedded(study: Study, text_ids: pl.Series) -> NDArray[np.float32] | None:
    """Points of some texts of a study from outside, where its settings ask for them.

    Parameters
    ----------
    study : with its clean texts and its settings.
    text_ids : of the texts, rising.

    Returns
    -------
    float32 array (texts × dimensions), or None where nothing is set: then no text is even read.
    """
    s = study.settings
    if not s.embeddings:
        return None
    from langnghe.issues.embeddings import open_embedder  # noqa: PLC0415 - it loads what speaks over the network

    embedder = open_embedder(s.embeddings, s.send_masked_texts_to)
    texts = _texts(study, text_ids.to_frame("text_id")).sort("text_id")["text"]
    return embedder.embed(texts.to_list())
