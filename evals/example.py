"""The example study: issues and reactions against hand-made labels, on the first day and after hand-coding.

Settings were chosen on the starter set, but the example was looked at four times on the way (see
docs/decisions/0010-guided.md). Texts to be coded are drawn at random; the
figures are then those of the other texts, as the mean of the draws.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from bench.pieces import strip_marks
from evals.datasets import example
from evals.metrics import calibration_error, f1, macro_f1, sample_f1
from evals.results import Result
from evals.texts import normalised, words_of
from langnghe.clean.copies import find_copies, sign
from langnghe.issues.codebook import REACTIONS, Codebook, read_codebook
from langnghe.issues.codes import Codes, learn_issues, learn_reactions
from langnghe.issues.features import Hashed, hashed
from langnghe.issues.guided import count_seeds, seeds
from langnghe.issues.knowledge import Coded, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

CODEBOOK = "labour-vi"
DRAWS = 10
SECOND = Path(__file__).with_name("data") / "example" / "second.jsonl"


def results() -> Iterator[Result]:
    """Issues and reactions: phrases alone, a person, the first day, 100 and 300 texts coded; the first day without diacritics."""
    rows, book = example(), read_codebook(CODEBOOK)
    yield from _person(rows, book)
    yield from _lookup(rows, book)
    yield from _day_one("quy-3", rows, book, each=True)
    stripped = rows.with_columns(pl.Series("text", [strip_marks(text) for text in rows["text"].to_list()]))
    yield from _day_one("quy-3, stripped", stripped, book, each=False)
    for number in (100, 300):
        yield from _coded(rows, book, number)
    yield from _peer(rows, book)


def _true(rows: pl.DataFrame, book: Codebook) -> NDArray[np.bool_]:
    return table(rows["issues"].to_list(), book.issues)


def _reacted(rows: pl.DataFrame) -> NDArray[np.int64]:
    return np.array([REACTIONS.index(reaction) for reaction in rows["reaction"].to_list()])


def _lookup(rows: pl.DataFrame, book: Codebook) -> Iterator[Result]:
    began = time.process_time()
    found = count_seeds(*words_of(rows["text"]), seeds(book.issues)) > 0
    seconds = time.process_time() - began
    yield Result(
        "example", "quy-3", "phrases looked up", "macro-F1 of issues", macro_f1(found, _true(rows, book)), seconds
    )


def _person(rows: pl.DataFrame, book: Codebook) -> Iterator[Result]:
    """Somebody who coded some of the texts by the definitions alone, and the first day's classifier on the same texts."""
    second = pl.read_ndjson(SECOND)
    same = rows[second["row"].to_list()]
    true, meant = _true(same, book), _reacted(same)
    yield from _beside("a second person", _true(second, book), true, _reacted(second) == meant)
    words, vocabulary = words_of(rows["text"])
    issues, texts = learn_issues(book.issues, words, vocabulary, None, 0), hashed(words, vocabulary)
    reactions = learn_reactions(book.reactions, None, 0, texts)
    found = (issues.probabilities(texts) >= issues.stated.sure)[second["row"].to_numpy()]
    reacted = reactions.probabilities(texts).argmax(axis=1)[second["row"].to_numpy()]
    yield from _beside("ours", found, true, reacted == meant)


def _beside(who: str, found: NDArray[np.bool_], true: NDArray[np.bool_], same: NDArray[np.bool_]) -> Iterator[Result]:
    figures = {
        "number of texts": float(len(true)),
        "macro-F1 of issues": macro_f1(found, true),
        "sample-averaged F1 of issues": sample_f1(found, true),
        "issues given otherwise than labelled": float(1 - true[found].mean()),
        "labelled issues not given": float(1 - found[true].mean()),
        "accuracy of reactions": float(same.mean()),
    }
    for metric, value in figures.items():
        yield Result("example", "quy-3, coded twice", who, metric, value)


def _day_one(data: str, rows: pl.DataFrame, book: Codebook, *, each: bool) -> Iterator[Result]:
    began = time.process_time()
    words, vocabulary = words_of(rows["text"])
    issues = learn_issues(book.issues, words, vocabulary, None, 0)
    reactions = learn_reactions(book.reactions, None, 0, hashed(words, vocabulary))
    texts = hashed(words, vocabulary)
    likely, reacted = issues.probabilities(texts), reactions.probabilities(texts)
    seconds = time.process_time() - began
    true, meant = _true(rows, book), _reacted(rows)
    figures = {"number of texts": float(len(rows))} | _figures(issues, likely, true, reacted, meant)
    if each:
        found = likely >= issues.stated.sure
        first = _messages(words, vocabulary)
        figures |= {
            "number of distinct messages": float(len(first)),
            "macro-F1 of issues, distinct messages": macro_f1(found[first], true[first]),
            "sample-averaged F1 of issues, distinct messages": sample_f1(found[first], true[first]),
        }
        figures |= {f"F1, {one.id}": f1(found[:, k], true[:, k]) for k, one in enumerate(book.issues)}
        figures |= _confused(found, true, [one.id for one in book.issues])
        best = reacted.argmax(axis=1)
        figures |= {f"F1, {name}": f1(best == k, meant == k) for k, name in enumerate(REACTIONS)}
    for metric, value in figures.items():
        yield Result("example", data, "ours", metric, value, seconds)


def _messages(words: Words, vocabulary: Vocabulary) -> NDArray[np.int64]:
    """The first text of each group of copies: whatever is given to a message is given to each of its copies."""
    ids = pl.Series("text_id", np.arange(len(words.offsets) - 1), dtype=pl.UInt32)
    groups = find_copies(ids, [sign(words, vocabulary)]).unique("copy_of", keep="first", maintain_order=True)
    return groups["text_id"].to_numpy().astype(np.int64)


def _confused(found: NDArray[np.bool_], true: NDArray[np.bool_], ids: list[str]) -> dict[str, float]:
    """In words: what is taken for what, and what is missed or given where people gave nothing, the most frequent ten."""
    missed, wrong = (true & ~found).astype(np.int64), (found & ~true).astype(np.int64)
    often = {
        f"number of texts of {a} taken for {b}": float(count)
        for a, row in zip(ids, missed.T @ wrong, strict=True)
        for b, count in zip(ids, row, strict=True)
    }
    silent = missed[~found.any(axis=1)].sum(axis=0)
    often |= {f"number of texts of {a} given nothing": float(count) for a, count in zip(ids, silent, strict=True)}
    noise = wrong[~true.any(axis=1)].sum(axis=0)
    often |= {f"number of texts of nothing taken for {b}": float(count) for b, count in zip(ids, noise, strict=True)}
    kinds = {"taken for": 10, "given nothing": 4, "of nothing taken": 4}
    chosen: dict[str, float] = {}
    for kind, most in kinds.items():
        rows = [(name, count) for name, count in often.items() if kind in name and name not in chosen]
        rows = [row for row in rows if ("of nothing" in row[0]) == ("of nothing" in kind)]
        chosen |= dict(sorted(rows, key=lambda row: -row[1])[:most])
    return chosen


def _figures(
    codes: Codes,
    likely: NDArray[np.float32],
    true: NDArray[np.bool_],
    reacted: NDArray[np.float32],
    meant: NDArray[np.int64],
) -> dict[str, float]:
    found = likely >= codes.stated.sure
    best = likely.max(axis=1)
    none, open_ = best < codes.stated.unsure, (best >= codes.stated.unsure) & ~found.any(axis=1)
    some, chosen = true.any(axis=1), reacted.argmax(axis=1)
    kinds = np.arange(len(REACTIONS))
    return {
        "macro-F1 of issues": macro_f1(found, true),
        "micro-F1 of issues": f1(found.ravel(), true.ravel()),
        "sample-averaged F1 of issues": sample_f1(found, true),
        "calibration error of issues": calibration_error(likely.ravel(), true.ravel()),
        "issues given wrongly": float(1 - true[found].mean()),
        "issues given wrongly, as stated": codes.stated.wrong,
        "issues given wrongly, at most, as stated": codes.stated.wrong_most,
        "texts said to have no issue that have one": float(some[none].mean()),
        "the same, as stated": codes.stated.missed,
        "the same, at most, as stated": codes.stated.missed_most,
        "share undecided": float(open_.mean()),
        "accuracy of reactions": float((chosen == meant).mean()),
        "macro-F1 of reactions": macro_f1(*(r[:, None] == kinds for r in (chosen, meant))),
        "calibration error of reactions": calibration_error(reacted.max(axis=1), chosen == meant),
    }


def _coded(rows: pl.DataFrame, book: Codebook, number: int) -> Iterator[Result]:
    began = time.process_time()
    drawn = []
    for draw in range(DRAWS):
        order = np.random.default_rng(draw).permutation(len(rows))
        coded, others = rows[np.sort(order[:number]).tolist()], rows[np.sort(order[number:]).tolist()]
        hand = _hand_coded(coded)
        words, vocabulary = words_of(others["text"])
        issues = learn_issues(book.issues, words, vocabulary, hand, 0)
        reactions = learn_reactions(book.reactions, hand, 0, hashed(words, vocabulary))
        texts = hashed(words, vocabulary)
        likely, reacted = issues.probabilities(texts), reactions.probabilities(texts)
        drawn.append(_figures(issues, likely, _true(others, book), reacted, _reacted(others)))
    seconds = (time.process_time() - began) / DRAWS
    for metric in drawn[0]:
        value = float(np.mean([figures[metric] for figures in drawn]))
        yield Result("example", f"quy-3, {number} coded", "ours", metric, value, seconds)


def _hand_coded(rows: pl.DataFrame) -> Coded:
    texts: Hashed = hashed(*words_of(rows["text"]))
    ids = np.arange(len(rows), dtype=np.uint32)
    issues = tuple(map(tuple, rows["issues"].to_list()))
    return Coded(
        ids, texts, issues, tuple(rows["reaction"].to_list()), ids.astype(np.int64), np.ones(len(ids), dtype=np.bool_)
    )


def _peer(rows: pl.DataFrame, book: Codebook) -> Iterator[Result]:
    """TF-IDF of accented words and pairs with a logistic regression per issue, from the same 300 coded texts alone."""
    if not importlib.util.find_spec("sklearn"):
        return
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    linear: Any = importlib.import_module("sklearn.linear_model")
    began, found = time.process_time(), []
    for draw in range(DRAWS):
        order = np.random.default_rng(draw).permutation(len(rows))
        coded, others = np.sort(order[:300]), np.sort(order[300:])
        written, true = np.array(normalised(rows["text"]).to_list(), dtype=object), _true(rows, book)
        vectors = text.TfidfVectorizer(analyzer=_words, sublinear_tf=True)
        learnt, asked = vectors.fit_transform(written[coded]), vectors.transform(written[others])
        given = np.zeros((len(others), true.shape[1]), dtype=np.bool_)
        for k in np.flatnonzero(true[coded].any(axis=0)):
            model = linear.LogisticRegression(C=10, class_weight="balanced").fit(learnt, true[coded, k])
            given[:, k] = model.predict(asked)
        found.append(
            (macro_f1(given, true[others]), f1(given.ravel(), true[others].ravel()), sample_f1(given, true[others]))
        )
    seconds = (time.process_time() - began) / DRAWS
    for metric, value in zip(("macro-F1", "micro-F1", "sample-averaged F1"), np.mean(found, axis=0), strict=True):
        name = "scikit-learn TF-IDF + LR"
        yield Result("example", "quy-3, 300 coded", name, f"{metric} of issues", float(value), seconds)


def _words(written: str) -> list[str]:
    words = written.lower().split()
    return [*words, *map(" ".join, pairwise(words))]
