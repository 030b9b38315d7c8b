"""New issues beside a code-book: three aspects of eight are hidden, all 56 triples.

What the code-book's user gives of the five others: the labels of 500 of their texts, drawn at random (*500 coded*), or of all
of them (*all coded*, an upper bound). Nothing is said of any other text; seeds are not used. Five new issues are looked for.
A hidden aspect's score is the best F1 of any new issue with its texts.
"""

from __future__ import annotations

import time
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from evals.datasets import shared
from evals.metrics import f1
from evals.results import Result
from evals.texts import words_of
from langnghe.issues.discovery import IssueDiscovery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

LEFT_OUT = ("GENERAL", "STORAGE")
FOUND = 5
"""New issues that are looked for: more than are hidden, as nobody knows how many are."""
CODED = 500


def results() -> Iterator[Result]:
    """The mean and the lowest F1 over the hidden aspects of all triples."""
    rows = shared("aspects")
    rows = rows.filter(~rows["aspect"].is_in(LEFT_OUT))
    names, true = np.unique(rows["aspect"].to_numpy(), return_inverse=True)
    words, vocabulary = words_of(rows["text"])
    for method, count in (("ours", CODED), ("ours, all coded", len(true))):
        began = time.process_time()
        scores = [
            score
            for hidden in combinations(range(len(names)), 3)
            for score in _triple(words, vocabulary, true, hidden, count)
        ]
        seconds = time.process_time() - began
        yield Result("hidden", "aspects", method, "F1 of hidden issues, mean", float(np.mean(scores)), seconds)
        yield Result("hidden", "aspects", method, "F1 of hidden issues, lowest", float(np.min(scores)), seconds)


def _triple(
    words: Words, vocabulary: Vocabulary, true: NDArray[np.int64], hidden: tuple[int, ...], count: int
) -> list[float]:
    known = np.setdiff1d(np.unique(true), hidden)
    rows = np.flatnonzero(np.isin(true, known))
    coded = np.random.default_rng(0).permutation(rows)[:count]
    given = np.zeros((len(true), len(known)), dtype=np.float32)
    given[coded, np.searchsorted(known, true[coded])] = 1
    found = IssueDiscovery(FOUND).fit(words, vocabulary, known=given).predict(words, vocabulary).issue
    return [max(f1(found == k, true == aspect) for k in range(FOUND)) for aspect in hidden]
