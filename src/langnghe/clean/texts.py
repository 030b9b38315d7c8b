"""The stage `clean`: texts as typed → normalised texts without personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.clean.flags import flag, language
from langnghe.clean.masks import mask
from langnghe.clean.normalise import normalise
from langnghe.nouns import CLEAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def clean_texts(batches: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Normalise and mask batches of texts.

    Parameters
    ----------
    batches : frames of schema `nouns.TEXTS`, with columns of groups.

    Yields
    ------
    Frames of schema `nouns.CLEAN` with the columns of groups, one per batch, same rows in the same order.
    """
    for batch in batches:
        plain = batch.with_columns(normalise(pl.col("text")))
        masked = mask(plain["text"])
        clean = plain.with_columns(masked["text"], masked["masks"], flag(masked["text"])).with_columns(
            language=language(pl.col("text"))
        )
        groups = [name for name in batch.columns if name not in CLEAN]
        yield clean.select(*CLEAN, *groups)
