"""Texts without diacritics: what a classifier loses when the diacritics of the texts to be classified are taken away.

A linear classifier (one-vs-rest support vector machine over TF-IDF of words and adjacent pairs, scikit-learn) learns from the train split
as typed and is asked about the dev split as typed, and with the diacritics stripped. Ours sees folded keys, which are the
same either way but for abbreviations; beside it the same classifier sees accented words, and accented words with a stripped
copy of every training text.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import polars as pl

from bench.pieces import strip_marks
from evals.datasets import shared
from evals.results import Result
from evals.texts import normalised, words_of
from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LABELS = ("sentiment", "topic")


def results() -> Iterator[Result]:
    """Weighted F1 on the dev split as typed and stripped, and what is lost."""
    if not importlib.util.find_spec("sklearn"):
        print("stripped: skipped, scikit-learn is not installed (requirements/evals.txt)")
        return
    train, dev = shared("feedback", split="train"), shared("feedback", split="dev")
    for method, (prepare, copies) in _methods().items():
        began = time.process_time()
        written = train["text"].to_list()
        learnt = prepare(written + list(map(strip_marks, written)) if copies else written)
        asked = prepare(dev["text"].to_list()), prepare(list(map(strip_marks, dev["text"].to_list())))
        seconds = time.process_time() - began
        for label in LABELS:
            scores = _scores(learnt, train[label].to_list() * (2 if copies else 1), asked, dev[label].to_list())
            data = f"feedback, dev, {label}"
            yield Result("stripped", data, method, "weighted F1, as typed", scores[0], seconds)
            yield Result("stripped", data, method, "weighted F1, stripped", scores[1], seconds)
            yield Result("stripped", data, method, "weighted F1 lost by stripping", scores[0] - scores[1], seconds)


def _methods() -> dict[str, tuple[Callable[[Sequence[str]], list[list[str]]], bool]]:
    """How texts become words, and whether a stripped copy is learnt from too."""
    return {
        "ours": (keys, False),
        "accented words": (accented, False),
        "accented words + stripped copy": (accented, True),
    }


def keys(texts: Sequence[str]) -> list[list[str]]:
    """The folded keys of texts, breaks included as '.'."""
    words, vocabulary = words_of(_series(texts))
    names = [*vocabulary.keys]
    flat = ["." if key == BREAK_KEY else names[key] for key in words.keys.tolist()]
    return [flat[begin:end] for begin, end in zip(words.offsets[:-1].tolist(), words.offsets[1:].tolist(), strict=True)]


def accented(texts: Sequence[str]) -> list[list[str]]:
    """The words of texts as typed, in lower case."""
    return [text.lower().split() for text in normalised(_series(texts)).to_list()]


def _series(texts: Sequence[str]) -> pl.Series:
    return pl.Series("text", list(texts))


def _scores(
    learnt: list[list[str]], labels: list[str], asked: Sequence[list[list[str]]], wanted: list[str]
) -> list[float]:
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    svm: Any = importlib.import_module("sklearn.svm")
    metrics: Any = importlib.import_module("sklearn.metrics")
    vectors = text.TfidfVectorizer(analyzer=pairs, sublinear_tf=True)
    model = svm.LinearSVC(C=0.5, class_weight=None, random_state=0).fit(vectors.fit_transform(learnt), labels)
    return [
        float(metrics.f1_score(wanted, model.predict(vectors.transform(texts)), average="weighted")) for texts in asked
    ]


def pairs(words: list[str]) -> list[str]:
    """Words and pairs of adjacent ones."""
    return [*words, *map(" ".join, pairwise(words))]
