"""Whether candidates keep their ids when the corpus changes but for little: share of those with many texts that do.

An id is a number made of words (`issues.grouped.found_ids`); people decide on it, so it should outlive a new batch. Each change is
compared with the unchanged corpus, 5,000 texts of a set drawn at random, the number of issues chosen by the rule of the
product. *Kept* asks for the same id on both sides; *kept by the same group* also asks that at least half of the candidate's texts
are in the group that bears it afterwards. No labels are used.

The changes: 10 % more texts; other rows first; every tenth text twice; the threads of the machine; the seed 1; and one candidate
accepted, that is known for 0.95 in all of its texts, after which the others should keep their ids.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from evals.datasets import DataMissing, shared
from evals.results import Result
from evals.texts import words_of
from langnghe.issues.discovery import IssueDiscovery
from langnghe.issues.grouped import found_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SETS = ("aspects", "stackoverflow")
TEXTS = 5000
LEAST = 50
"""Texts that a candidate has at least to be counted."""


@dataclass(frozen=True)
class Found:
    """Ids of the candidates and the number of each text's, −1 where it has none."""

    ids: tuple[str, ...]
    issue: NDArray[np.int64]


def results() -> Iterator[Result]:
    """Every data set that is there, every change."""
    for data in SETS:
        try:
            rows = shared(data)
        except DataMissing as missing:
            print(f"stability: {data} skipped, {missing}")
            continue
        drawn = rows["text"].sample(TEXTS + TEXTS // 10, seed=0, shuffle=True)
        yield from _set(data, drawn)


def _set(data: str, drawn: pl.Series) -> Iterator[Result]:
    texts = drawn[:TEXTS]
    base = find(texts)
    order = np.random.default_rng(0).permutation(TEXTS)
    changes = {
        "10 % more texts": lambda: find(drawn),
        "other rows first": lambda: _back(find(texts[order.tolist()]), order),
        "every tenth text twice": lambda: find(pl.concat([texts, texts.gather_every(10)])),
        "threads of the machine": lambda: find(texts, threads=None),
        "seed 1": lambda: find(texts, seed=1),
        "one accepted": lambda: find(texts, known=base.issue == 0),
    }
    for change, run in changes.items():
        began = time.process_time()
        kept, same = compared(base, run(), skip=change == "one accepted")
        seconds = time.process_time() - began
        yield Result("stability", f"{data}, {change}", "ours", "candidates that keep their id", kept, seconds)
        yield Result("stability", f"{data}, {change}", "ours", "kept by the same group", same, seconds)


def find(texts: pl.Series, *, seed: int = 0, threads: int | None = 1, known: NDArray[np.bool_] | None = None) -> Found:
    """The candidates of texts; `known` texts are of an issue that people accepted."""
    words, vocabulary = words_of(texts)
    given = None if known is None else (0.95 * known[:, None]).astype(np.float32)
    with threadpool_limits(threads):
        model = IssueDiscovery(random_state=seed).fit(words, vocabulary, known=given)
    return Found(found_ids(model), model.predict(words, vocabulary).issue.astype(np.int64))


def compared(before: Found, after: Found, *, skip: bool = False) -> tuple[float, float]:
    """The share of candidates with at least `LEAST` texts of which the id is still there, and where it is by the same group.

    `skip` leaves out the first candidate, which was accepted; the texts of `before` are the first ones of `after`.
    """
    kept, same = [], []
    for number, name in enumerate(before.ids):
        texts = np.flatnonzero(before.issue == number)
        if len(texts) < LEAST or (skip and number == 0):
            continue
        kept.append(name in after.ids)
        there = after.ids.index(name) if kept[-1] else len(after.ids)
        same.append(float((after.issue[texts] == there).mean()) >= 0.5)
    return float(np.mean(kept)), float(np.mean(same))


def _back(found: Found, order: NDArray[np.int64]) -> Found:
    """Found issues in the order that the texts had before they were shuffled."""
    issue = np.empty_like(found.issue)
    issue[order] = found.issue
    return Found(found.ids, issue)
