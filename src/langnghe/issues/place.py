"""The stage `issues`: words → which issues each text speaks of, its reaction, and the typical phrases it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.issues.codebook import REACTIONS
from langnghe.issues.features import hashed
from langnghe.nouns import SCORES
from langnghe.words.lookup import find_phrases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.model import IssueModel
    from langnghe.words.vocabulary import Vocabulary, Words

ASSIGNED = pl.Schema({"text_id": pl.UInt32(), "issue": pl.UInt8(), "probability": pl.Float32()})
"""One row per text and issue that it is decided to speak of; the issue is a position in `IssueModel.ids`."""

REACTED = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "reaction": pl.UInt8(),  # position in REACTIONS
        "polarity": pl.UInt8(),  # 0 negative, 1 neutral, 2 positive
        "state": pl.UInt8(),  # 0 an issue of the code-book, 1 a discovered issue, 2 undecided, 3 nothing known
    }
)
"""One row per text."""

USED = pl.Schema({"text_id": pl.UInt32(), "phrase": pl.UInt16()})
"""One row per text and typical phrase that stands in it; the phrase is a position in `IssueModel.phrases`."""


LEAST_PROBABILITY = 0.02
"""Probabilities below are not kept."""

_COMPLAINT, _PRAISE = REACTIONS.index("complaint"), REACTIONS.index("praise")


@dataclass(frozen=True)
class PlacedTexts:
    """Where the texts of a batch were placed: frames of the schemas `ASSIGNED`, `REACTED`, `USED` and `nouns.SCORES`."""

    assigned: pl.DataFrame
    reacted: pl.DataFrame
    used: pl.DataFrame
    scores: pl.DataFrame


def place(text_ids: pl.Series, words: Words, vocabulary: Vocabulary, model: IssueModel) -> PlacedTexts:
    """Place the texts of one batch. Texts with the same words are placed alike."""
    ids = text_ids.to_numpy()
    n = len(ids)
    texts = hashed(words, vocabulary, model.written)
    likely = np.zeros((n, len(model.ids)), dtype=np.float32)
    state = np.full(n, 3, dtype=np.uint8)
    decided = np.zeros(likely.shape, dtype=np.bool_)
    if model.issues is not None:
        likely[:, : model.guided] = model.issues.probabilities(texts, ids)
        decided = likely >= model.issues.stated.sure
        state[likely.max(axis=1) >= model.issues.stated.unsure] = 2
        state[decided.any(axis=1)] = 0
    scores = likely[:, : model.guided]
    if model.discovery is not None:
        found = model.discovery.predict(words, vocabulary)
        rows = np.flatnonzero((state != 0) & (found.issue >= 0))
        likely = likely.copy()
        likely[rows, model.guided + found.issue[rows]] = found.probability[rows]
        decided[rows, model.guided + found.issue[rows]] = True
        state[rows] = 1
    rows, issues = np.nonzero(decided)
    reacted = model.reactions.probabilities(texts, ids)
    hits = find_phrases(words, vocabulary, model.table)
    used = pl.DataFrame({"text_id": ids[hits.text], "phrase": hits.phrase.astype(np.uint16)}, schema=USED).unique(
        maintain_order=True
    )
    columns = {"text_id": ids, "reaction": reacted.argmax(axis=1), "polarity": _polarity(reacted), "state": state}
    given = {"text_id": ids[rows], "issue": issues.astype(np.uint8), "probability": likely[rows, issues]}
    return PlacedTexts(
        pl.DataFrame(given, schema=ASSIGNED),
        pl.DataFrame(columns).cast(REACTED),
        used,
        pl.concat([_scores(ids, scores, "issue"), _scores(ids, reacted, "reaction")]),
    )


def _polarity(reacted: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Negative where a complaint is most probable of complaint, praise and all else; positive where praise is."""
    bad, good = reacted[:, _COMPLAINT], reacted[:, _PRAISE]
    sides = np.stack([bad, 1 - bad - good, good], axis=1)
    return np.asarray(sides.argmax(axis=1).astype(np.uint8))


def _scores(ids: NDArray[np.uint32], probability: NDArray[np.float32], kind: str) -> pl.DataFrame:
    rows, codes = np.nonzero(probability >= LEAST_PROBABILITY)
    columns = {"text_id": ids[rows], kind: codes.astype(np.uint8), "probability": probability[rows, codes]}
    return (
        pl.DataFrame(columns)
        .select(pl.col(name) if name in columns else pl.lit(None).alias(name) for name in SCORES)
        .cast(SCORES)
    )
