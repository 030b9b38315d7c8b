"""Shared messages: what copies do to a share, how much of that is left when copies count once, and who is flagged by mistake.

Messages about a topic are planted in real answers, each sent again by many, at four strengths of rewording and four levels. The
inflation is what they add to the share of texts about the topic; what is left of it is what they add to the share of distinct
messages. *Flagged by mistake*: texts that nobody planted in groups that would be called shared messages.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.edits import edited
from bench.reworded import WAYS
from evals.datasets import shared
from evals.results import Result
from evals.texts import words_of
from langnghe.clean.copies import find_copies, sign, with_own_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

SHARED_WORDS, LEAST = 12, 10
LEVELS = (0.01, 0.05, 0.10, 0.30)
MESSAGES = 3
"""Words of its own and texts that make a shared message (as in `measure`); share of all texts that is planted; messages planted."""

STRENGTHS: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "verbatim": lambda text, _chance, _others: text,
    "lightly edited": lambda text, chance, others: edited(text, chance, others)[0],
    "parts swapped": lambda text, chance, others: " ".join(WAYS["sentences_swapped"](text.split(), chance, others)),
    "synonyms": lambda text, chance, others: " ".join(WAYS["synonyms"](text.split(), chance, others)),
    "a third of the words changed": lambda text, chance, others: " ".join(
        WAYS["third_changed"](text.split(), chance, others)
    ),
}
"""How those who send a message again change it."""

SETS = {"feedback": "text", "reviews": "comment", "aspects": "text", "shop": "text"}


def results() -> Iterator[Result]:
    """Inflation left by strength and level, then what is flagged in sets where nothing was planted."""
    answers = shared("feedback")
    for strength in STRENGTHS:
        for level in LEVELS:
            yield from _planted(answers, strength, level)
    for data, column in SETS.items():
        yield from _unplanted(data, shared(data)[column].drop_nulls())


def _groups(texts: pl.Series) -> pl.DataFrame:
    words, vocabulary = words_of(texts)
    ids = pl.Series("text_id", np.arange(len(texts)), dtype=pl.UInt32)
    signature = sign(words, vocabulary)
    return with_own_words(find_copies(ids, [signature]), signature.exact, lambda: [(ids, words)], vocabulary)


def _unplanted(data: str, texts: pl.Series) -> Iterator[Result]:
    began = time.process_time()
    words, vocabulary = words_of(texts)
    ids = pl.Series("text_id", np.arange(len(texts)), dtype=pl.UInt32)
    bare = find_copies(ids, [sign(words, vocabulary)]).with_columns(own="length")
    for method, copies in (("length alone", bare), ("ours", _groups(texts))):
        flagged, seconds = _flagged(copies), time.process_time() - began
        yield Result("shared", data, method, "share of texts flagged", float(flagged.mean()), seconds)
        yield Result("shared", data, method, "distinct messages per text", copies["copy_of"].n_unique() / len(copies))


def _flagged(copies: pl.DataFrame) -> NDArray[np.bool_]:
    large = pl.len().over("copy_of") >= LEAST
    return copies.select(large & (pl.col("own").max().over("copy_of") >= SHARED_WORDS)).to_series().to_numpy()


def _planted(answers: pl.DataFrame, strength: str, level: float) -> Iterator[Result]:
    texts, about = answers["text"], (answers["topic"] == "facility").to_numpy()
    chance = random.Random(2026)  # noqa: S311 - reproducible, no secret
    roots = chance.sample(
        [row for row in np.flatnonzero(about) if len(texts[int(row)].split()) >= SHARED_WORDS + 4], MESSAGES
    )
    others = [word for text in texts.head(500) for word in text.split()]
    count = round(level / (1 - level) * len(texts))
    sent = [STRENGTHS[strength](texts[int(roots[n % MESSAGES])], chance, others) for n in range(count)]
    began = time.process_time()
    copies = _groups(pl.concat([texts, pl.Series(texts.name, sent)]))
    seconds = time.process_time() - began
    both = np.concatenate([about, np.ones(count, dtype=np.bool_)])
    true, with_copies = _of_messages(_groups(texts), about), float(both.mean())
    left = (_of_messages(copies, both) - true) / (with_copies - float(about.mean()))
    data = f"feedback, {strength}, {level:.0%} planted"
    yield Result("shared", data, "texts", "share of the topic", with_copies, seconds)
    yield Result("shared", data, "ours", "share of the topic", _of_messages(copies, both), seconds)
    yield Result("shared", data, "ours", "inflation left", left, seconds)
    yield Result("shared", data, "ours", "share of planted texts named", float(_flagged(copies)[len(texts) :].mean()))


def _of_messages(copies: pl.DataFrame, about: NDArray[np.bool_]) -> float:
    """The share of distinct messages that speak of the topic: a group speaks of it as far as its texts do."""
    return float(
        copies.with_columns(about=pl.Series(about)).group_by("copy_of").agg(pl.col("about").mean())["about"].mean()
    )
