"""Discovery of issues without labels, the true number of issues given: NMI and matched accuracy over five seeds.

Undecided texts are a group of their own. GSDMM gets the same folded syllables, of those that stand in at least 4 texts
and in at most a quarter of them. BERTopic runs where it is installed, on a truncated SVD of TF-IDF (no model is
downloaded), its topics reduced to the true number.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from typing import TYPE_CHECKING, Any

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
    for method, group in _methods(words, vocabulary, texts, int(true.max()) + 1).items():
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


def _methods(
    words: Words, vocabulary: Vocabulary, texts: pl.Series, count: int
) -> dict[str, Callable[[int], NDArray[np.int64]]]:
    kept, offsets = frequent(words)

    def ours(seed: int) -> NDArray[np.int64]:
        model = IssueDiscovery(count, random_state=seed).fit(words, vocabulary)
        return model.predict(words, vocabulary).issue.astype(np.int64)

    def peer(seed: int) -> NDArray[np.int64]:
        return gsdmm(kept, offsets, count, seed=seed)

    methods: dict[str, Callable[[int], NDArray[np.int64]]] = {"ours": ours, "GSDMM": peer}
    if importlib.util.find_spec("bertopic"):
        methods["BERTopic"] = lambda seed: _bertopic(texts.to_list(), count, seed)
    return methods


def frequent(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of at least 4 texts and at most a quarter, renumbered from 0, and where each text begins."""
    texts = np.repeat(np.arange(len(words.offsets) - 1), np.diff(words.offsets))
    spoken = words.keys != BREAK_KEY
    texts, keys = texts[spoken], words.keys[spoken].astype(np.int64)
    pairs = np.unique(np.stack([keys, texts]), axis=1)
    present = np.bincount(pairs[0])
    kept = (present >= 4) & (present <= 0.25 * (len(words.offsets) - 1))
    inside = kept[keys]
    lengths = np.bincount(texts[inside], minlength=len(words.offsets) - 1)
    number = np.cumsum(kept) - 1
    return number[keys[inside]], np.concatenate(([0], np.cumsum(lengths)))


def _bertopic(texts: list[str], count: int, seed: int) -> NDArray[np.int64]:
    decomposition: Any = importlib.import_module("sklearn.decomposition")
    extraction: Any = importlib.import_module("sklearn.feature_extraction.text")
    umap: Any = importlib.import_module("umap")
    weighted = extraction.TfidfVectorizer(min_df=4, ngram_range=(1, 2)).fit_transform(texts)
    points = decomposition.TruncatedSVD(100, random_state=seed).fit_transform(weighted)
    reduced = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model: Any = importlib.import_module("bertopic").BERTopic(umap_model=reduced, nr_topics=count + 1)
    return np.asarray(model.fit_transform(texts, points)[0], dtype=np.int64)
