"""Periods whose truth is known: real labelled texts, with copies and accounts planted among them."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.datasets import shared
from evals.stripped import keys, pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TEXTS = 6_000
COPIED = 0.25
"""Texts of a period; share of them that are copies of another."""


@dataclass(frozen=True)
class Pool:
    """A data set: for each text its vector, its vector of few dimensions, its labels, and whether it is kept for learning elsewhere."""

    vectors: Any  # sparse, texts × words
    dense: Floats  # texts × dimensions
    labels: dict[str, NDArray[np.bool_]]
    elsewhere: NDArray[np.bool_]


@dataclass(frozen=True)
class Period:
    """Texts of a period: their rows in the pool, what they say, their groups of copies, and their accounts' voice."""

    rows: NDArray[np.int64]
    positive: NDArray[np.bool_]
    copy_of: NDArray[np.int64]
    voice: Floats


@cache
def pools() -> dict[str, Pool]:
    """Both data sets; words are shared, so that what was learnt on one can be asked about the other."""
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    decomposition: Any = importlib.import_module("sklearn.decomposition")
    preprocessing: Any = importlib.import_module("sklearn.preprocessing")
    frames = {name: shared(name) for name in ("feedback", "aspects")}
    words = {name: keys(frame["text"].to_list()) for name, frame in frames.items()}
    tfidf = text.TfidfVectorizer(analyzer=pairs, min_df=3, sublinear_tf=True)
    tfidf.fit([row for rows in words.values() for row in rows])
    found = {}
    for name, frame in frames.items():
        vectors = tfidf.transform(words[name])
        dense = decomposition.TruncatedSVD(64, random_state=0).fit_transform(vectors)
        names = ("sentiment", "topic") if name == "feedback" else ("polarity", "aspect")
        labels = {
            str(value).lower(): (frame[column] == value).to_numpy()
            for column in names
            for value in frame[column].unique().sort()
        }
        elsewhere = (frame["split"] == "dev").to_numpy() | (np.arange(len(frame)) % 5 == 0)
        found[name] = Pool(vectors, preprocessing.normalize(dense), labels, elsewhere)
    return found


def period(pool: Pool, label: str, prevalence: float, seed: int, *, copies: bool = True) -> Period:
    """A period in which a share of the messages is positive.

    With copies, a quarter of the texts copy one of few messages, of which positive ones are twice as likely to be
    copied, and accounts write 1 to some hundred texts, the busiest less often positive ones.
    """
    rng = np.random.default_rng(seed)
    messages = round(TEXTS * (1 - COPIED)) if copies else TEXTS
    yes = pool.labels[label] & ~pool.elsewhere
    wanted = max(round(prevalence * messages), 1)
    chosen = np.concatenate(
        [
            rng.choice(np.flatnonzero(yes), wanted, replace=wanted > yes.sum()),
            rng.choice(
                np.flatnonzero(~yes & ~pool.elsewhere),
                messages - wanted,
                replace=messages - wanted > (~yes & ~pool.elsewhere).sum(),
            ),
        ]
    )
    root = np.arange(messages)
    if copies:
        often = rng.pareto(1.0, messages) * (rng.random(messages) < 0.02) * (1 + (root < wanted))
        root = np.concatenate([root, rng.choice(messages, TEXTS - messages, p=often / often.sum())])
    return Period(chosen[root], pool.labels[label][chosen[root]], root, _voice(root < wanted, rng))


def _voice(positive: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """A voice for each text: half of the texts are an account's only one, the others come from accounts of 2 to 128 texts."""
    busy = rng.random(len(positive)) < np.where(positive, 0.4, 0.55)
    level = np.where(busy, rng.choice(np.arange(1, 8), len(positive), p=_halves(7)), 0)
    return np.asarray(0.5**level)


def _halves(n: int) -> Floats:
    p = 0.6 ** np.arange(n)
    return np.asarray(p / p.sum())
