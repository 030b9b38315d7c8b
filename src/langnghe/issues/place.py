"""The stage `issues`: words → which issues each text speaks of, its reaction, and the typical phrases it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.issues.codebook import REACTIONS
from langnghe.issues.guided import count_seeds, react
from langnghe.words.lookup import find_phrases

if TYPE_CHECKING:
    from langnghe.issues.model import IssueModel
    from langnghe.words.vocabulary import Vocabulary, Words

ASSIGNED = pl.Schema({"text_id": pl.UInt32(), "issue": pl.UInt8()})
"""One row per text and issue; the issue is a position in `IssueModel.ids`."""

REACTED = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "reaction": pl.UInt8(),  # position in REACTIONS
        "state": pl.UInt8(),  # 0 an issue of the code-book, 1 a discovered issue, 2 undecided
    }
)
"""One row per text."""

USED = pl.Schema({"text_id": pl.UInt32(), "phrase": pl.UInt16()})
"""One row per text and typical phrase that stands in it; the phrase is a position in `IssueModel.phrases`."""


@dataclass(frozen=True)
class PlacedTexts:
    """Where the texts of a batch were placed: frames of the schemas `ASSIGNED`, `REACTED` and `USED`."""

    assigned: pl.DataFrame
    reacted: pl.DataFrame
    used: pl.DataFrame


def place(text_ids: pl.Series, words: Words, vocabulary: Vocabulary, model: IssueModel) -> PlacedTexts:
    """Place the texts of one batch. Texts with the same words are placed alike."""
    ids = text_ids.to_numpy()
    n = len(ids)
    member = np.zeros((n, len(model.ids)), dtype=np.bool_)
    if model.seeds is not None:
        member[:, : model.guided] = count_seeds(words, vocabulary, model.seeds) > 0
    state = np.where(member.any(axis=1), 0, 2).astype(np.uint8)
    if model.discovery is not None:
        found = model.discovery.predict(words, vocabulary).issue
        rows = np.flatnonzero((state != 0) & (found >= 0))
        member[rows, model.guided + found[rows]] = True
        state[rows] = 1
    rows, issues = np.nonzero(member)
    reaction = np.full(n, REACTIONS.index("other"), dtype=np.uint8)
    if model.reactions is not None:
        reaction = react(words, vocabulary, model.reactions, model.reaction_order)
    hits = find_phrases(words, vocabulary, model.table)
    used = pl.DataFrame({"text_id": ids[hits.text], "phrase": hits.phrase.astype(np.uint16)}, schema=USED).unique(
        maintain_order=True
    )
    return PlacedTexts(
        pl.DataFrame({"text_id": ids[rows], "issue": issues.astype(np.uint8)}, schema=ASSIGNED),
        pl.DataFrame({"text_id": ids, "reaction": reaction, "state": state}, schema=REACTED),
        used,
    )
