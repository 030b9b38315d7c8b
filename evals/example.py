"""The example study: the code-book's guided classification against hand-made labels, with and without diacritics."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.pieces import strip_marks
from evals.datasets import example
from evals.metrics import f1, macro_f1
from evals.results import Result
from evals.texts import words_of
from langnghe.issues.codebook import REACTIONS, read_codebook
from langnghe.issues.guided import codebook_seeds, count_seeds, react

if TYPE_CHECKING:
    from collections.abc import Iterator

CODEBOOK = "labour-vi"


def results() -> Iterator[Result]:
    """Issues (F1 of each, and their mean), reactions (accuracy, mean F1); the same for the texts without diacritics."""
    rows = example()
    yield from _figures("quy-3", rows, each=True)
    stripped = rows.with_columns(pl.Series("text", [strip_marks(text) for text in rows["text"].to_list()]))
    yield from _figures("quy-3, stripped", stripped, each=False)


def _figures(data: str, rows: pl.DataFrame, *, each: bool) -> Iterator[Result]:
    book = read_codebook(CODEBOOK)
    seeds, reactions = codebook_seeds(book)
    ids = [issue.id for issue in book.issues]
    true = np.array([[issue in issues for issue in ids] for issues in rows["issues"].to_list()])
    meant = np.array([REACTIONS.index(reaction) for reaction in rows["reaction"].to_list()])
    began = time.process_time()
    words, vocabulary = words_of(rows["text"])
    found = count_seeds(words, vocabulary, seeds) > 0
    reacted = react(words, vocabulary, reactions, book.reactions)
    seconds = time.process_time() - began
    some = true.any(axis=1)
    figures = {
        "number of texts": float(len(rows)),
        "macro-F1 of issues": macro_f1(found, true),
        "micro-F1 of issues": f1(found.ravel(), true.ravel()),
        "share found of texts with an issue": float(found[some].any(axis=1).mean()),
        "share found of texts without one": float(found[~some].any(axis=1).mean()),
        "accuracy of reactions": float((reacted == meant).mean()),
        "macro-F1 of reactions": macro_f1(*(r[:, None] == np.arange(len(REACTIONS)) for r in (reacted, meant))),
    }
    if each:
        figures |= {f"F1, {issue}": f1(found[:, k], true[:, k]) for k, issue in enumerate(ids) if true[:, k].any()}
        figures |= {f"recall, {issue}": _recall(found[:, k], true[:, k]) for k, issue in enumerate(ids)}
        figures |= {f"F1, {r}": f1(reacted == k, meant == k) for k, r in enumerate(REACTIONS)}
    for metric, value in figures.items():
        yield Result("example", data, "ours", metric, value, seconds)


def _recall(found: np.ndarray, true: np.ndarray) -> float:
    return float(found[true].mean()) if true.any() else float("nan")
