"""Discovery of issues without labels, the true number of issues given: NMI and matched accuracy over five seeds.

Undecided texts are a group of their own. GSDMM gets the same folded syllables, all that stand in at least 2 texts, and its
usual priors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from evals.datasets import DataMissing, shared
from evals.gsdmm import gsdmm
from evals.metrics import matched_accuracy, mutual_information
from evals.results import Result
from evals.texts import words_of
from langnghe.issues.discovery import IssueDiscovery
from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl
    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

SETS = {"aspects": "aspect", "stackoverflow": "label", "searchsnippets": "label"}
"""Data set → its column of labels."""

SEEDS = range(5)


def results() -> Iterator[Result]:
    """Every data set that is there, by every method that is."""
    for data, column in SETS.items():
        try:
            rows = shared(data)
        except DataMissing as missing:
            print(f"discovery: {data} skipped, {missing}")
            continue
        yield from _set(data, rows["text"], rows[column].cast(str))


def _set(data: str, texts: pl.Series, labels: pl.Series) -> Iterator[Result]:
    true = np.unique(labels.to_numpy(), return_inverse=True)[1].astype(np.int64)
    words, vocabulary = words_of(texts)
    for method, group in _methods(words, vocabulary, int(true.max()) + 1).items():
        began = time.process_time()
        runs = [group(seed) for seed in SEEDS]
        seconds = (time.process_time() - began) / len(runs)
        scores = np.array([mutual_information(found, true) for found in runs])
        accuracy = [matched_accuracy(found, true) for found in runs]
        figures = {
            "NMI, mean of 5 seeds": float(scores.mean()),
            "NMI, SD of 5 seeds": float(scores.std(ddof=1)),
            "accuracy, mean of 5 seeds": float(np.mean(accuracy)),
            "share undecided": float(np.mean([(found < 0).mean() for found in runs])),
        }
        for metric, value in figures.items():
            yield Result("discovery", data, method, metric, value, seconds)


def _methods(words: Words, vocabulary: Vocabulary, count: int) -> dict[str, Callable[[int], NDArray[np.int64]]]:
    kept, offsets = repeated(words)

    def ours(seed: int) -> NDArray[np.int64]:
        model = IssueDiscovery(count, random_state=seed).fit(words, vocabulary)
        return model.predict(words, vocabulary).issue.astype(np.int64)

    def peer(seed: int) -> NDArray[np.int64]:
        return gsdmm(kept, offsets, count, seed=seed)

    return {"ours": ours, "GSDMM": peer}


def repeated(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words that stand in at least 2 texts, renumbered from 0, and where each text begins."""
    texts = np.repeat(np.arange(len(words.offsets) - 1), np.diff(words.offsets))
    spoken = words.keys != BREAK_KEY
    texts, keys = texts[spoken], words.keys[spoken].astype(np.int64)
    pairs = np.unique(np.stack([keys, texts]), axis=1)
    kept = np.bincount(pairs[0]) >= 2
    inside = kept[keys]
    lengths = np.bincount(texts[inside], minlength=len(words.offsets) - 1)
    number = np.cumsum(kept) - 1
    return number[keys[inside]], np.concatenate(([0], np.cumsum(lengths)))
