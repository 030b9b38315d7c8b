"""An index of texts by folded syllables and adjacent pairs, with exact BM25: arrays on disk, mapped into memory.

The first stage adds up the scores of the rarest keys of a question; the best of those get the score of all its keys.
Robertson & Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond; with the idf that is never negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from langnghe.check.facts import read_facts
from langnghe.check.keys import keys, pairs, token_hash
from langnghe.check.mapped import Mapped
from langnghe.words.compiled import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from langnghe.check.facts import Facts

K1, B = 1.2, 0.6
RARE_POSTINGS = 60_000
"""Postings that the first stage may read for one question: the rarest keys whose lists fit in."""


def tokens(text: str) -> list[str]:
    """What is indexed of a text: its folded keys, their adjacent pairs, its amounts and dates."""
    found = keys(text)
    return tokens_of(found, read_facts(text, found))


def tokens_of(found: Sequence[str], facts: Facts) -> list[str]:
    """What is indexed of a text whose keys and facts are known."""
    return [*(key for key in found if key), *pairs(found), *facts.tokens]


def hashed(found: Sequence[str]) -> NDArray[np.uint64]:
    """Tokens as numbers."""
    return np.fromiter(map(token_hash, found), np.uint64, len(found))


@dataclass(frozen=True)
class Index(Mapped):
    """The postings of n documents, sorted by key.

    Attributes
    ----------
    hashes : uint64 array of m keys, ascending.
    starts : int64 array of m + 1: key i stands in documents[starts[i]:starts[i + 1]].
    documents : uint32 array, ascending within a key.
    counts : uint8 array of the same shape: how often, 255 at most.
    lengths : uint32 array of n: keys and pairs of each document.
    """

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    documents: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.uint32]

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Index:
        """Index texts, in their order."""
        return cls.of_tokens(tokens(text) for text in texts)

    @classmethod
    def of_tokens(cls, documents: Iterable[Sequence[str]]) -> Index:
        """Index documents that were split into keys and pairs."""
        return cls.of_hashes(hashed(found) for found in documents)

    @classmethod
    def of_hashes(cls, documents: Iterable[NDArray[np.uint64]]) -> Index:
        """Index documents whose keys and pairs are numbers."""
        parts = list(documents)
        lengths = np.array([len(part) for part in parts], dtype=np.uint32)
        every = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
        of = np.repeat(np.arange(len(parts), dtype=np.uint32), lengths)
        del parts
        known, numbers = np.unique(every, return_inverse=True)
        many = np.uint64(max(len(lengths), 1))
        joined = numbers.astype(np.uint64) * many + of
        del every, numbers, of
        posted, counts = np.unique(joined, return_counts=True)
        starts = np.searchsorted(posted // many, np.arange(len(known) + 1, dtype=np.uint64)).astype(np.int64)
        rows = (posted % many).astype(np.uint32)
        return cls(known, starts, rows, np.minimum(counts, 255).astype(np.uint8), lengths)

    def moved(self, places: NDArray[np.int64], number: int) -> Index:
        """The index with its documents at other numbers, ascending as before, among `number`; those at -1 are left out."""
        where = places[self.documents]
        kept = where >= 0
        starts = np.append(0, np.cumsum(kept))[self.starts]
        used = np.append(starts[1:] > starts[:-1], True)
        lengths = np.zeros(number, dtype=np.uint32)
        lengths[places[places >= 0]] = self.lengths[places >= 0]
        return Index(
            self.hashes[used[:-1]], starts[used], where[kept].astype(np.uint32), self.counts[kept], lengths
        )  # fmt: skip

    def joined(self, other: Index) -> Index:
        """Two indexes of different documents under the same numbers as one; cheap where `other` is small."""
        known = np.union1d(self.hashes, other.hashes)
        one, two = (np.searchsorted(known, index.hashes) for index in (self, other))
        spread = np.zeros(len(known), dtype=np.int64)
        spread[one] += np.diff(self.starts)
        spread[two] += np.diff(other.starts)
        places = np.searchsorted(self._numbered(one), other._numbered(two))
        return Index(
            known, np.append(0, np.cumsum(spread)), np.insert(self.documents, places, other.documents),
            np.insert(self.counts, places, other.counts), self.lengths + other.lengths,
        )  # fmt: skip

    def _numbered(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Postings as ascending numbers: the row of the key, then the document."""
        return np.repeat(rows * len(self), np.diff(self.starts)) + self.documents

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def mean_length(self) -> float:
        """Keys and pairs of a document on average; 1 for an empty index."""
        return max(float(self.lengths.mean()), 1.0) if len(self.lengths) else 1.0

    def rows(self, asked: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The rows of keys in `hashes`, -1 for those that no document has."""
        places = np.searchsorted(self.hashes, asked)
        inside = np.minimum(places, max(len(self.hashes) - 1, 0))
        known = (self.hashes[inside] == asked) if len(self.hashes) else np.zeros(len(asked), bool)
        return np.where(known, places, -1).astype(np.int64)

    def weights(self, found: Sequence[str]) -> NDArray[np.float64]:
        """The idf of keys; one that no document has weighs as one that stands in a single document."""
        rows = self.rows(hashed(found))
        known = np.maximum(rows, 0)
        spread = self.starts[known + 1] - self.starts[known] if len(self.hashes) else np.ones(len(rows))
        return idf(np.where(rows >= 0, spread, 1), len(self))

    def best(self, asked: NDArray[np.uint64], number: int = 50) -> list[tuple[int, float]]:
        """The documents with the highest BM25 for a question's keys and pairs.

        Parameters
        ----------
        asked : its tokens as `hashed` gives them; what occurs twice counts once.
        number : how many are wanted at most.

        Returns
        -------
        list of (document, score), best first; equal scores in the order of the documents.
        """
        rows = np.unique(self.rows(asked))
        rows = rows[rows >= 0]
        if not len(rows):
            return []
        sizes = self.starts[rows + 1] - self.starts[rows]
        order = np.lexsort((rows, sizes))
        rows, sizes = rows[order], sizes[order]
        rare = max(1, int(np.searchsorted(np.cumsum(sizes), RARE_POSTINGS, side="right")))
        weight = idf(sizes, len(self))
        candidates = self._first_stage(rows[:rare], weight[:rare], number)
        scores = _exact(candidates, rows, weight, *self._postings(), self.lengths, self.mean_length)
        ranked = np.lexsort((candidates, -scores))[:number]
        return [(int(candidates[i]), float(scores[i])) for i in ranked]

    def _first_stage(self, rows: NDArray[np.int64], weight: NDArray[np.float64], number: int) -> NDArray[np.uint32]:
        documents, scores = _gathered(rows, weight, *self._postings(), self.lengths, self.mean_length)
        keep = 4 * number
        if len(scores) <= keep:
            return documents
        least = np.partition(scores, len(scores) - keep)[len(scores) - keep]
        chosen = np.flatnonzero(scores >= least)
        chosen = chosen[np.lexsort((documents[chosen], -scores[chosen]))[:keep]]
        return np.asarray(documents[chosen], dtype=np.uint32)

    def _postings(self) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint8]]:
        return self.starts, self.documents, self.counts


def idf(spread: NDArray[Any], documents: int) -> NDArray[np.float64]:
    """Inverse document frequency of keys that stand in `spread` of the documents: log(1 + (n - d + ½) / (d + ½))."""
    return np.asarray(np.log1p((documents - spread + 0.5) / (spread + 0.5)), dtype=np.float64)


@kernel
def _gathered(
    rows: NDArray[np.int64],
    weight: NDArray[np.float64],
    starts: NDArray[np.int64],
    documents: NDArray[np.uint32],
    counts: NDArray[np.uint8],
    lengths: NDArray[np.uint32],
    mean: float,
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The documents that have one of the keys, in no order, and their scores."""
    scores = np.zeros(lengths.shape[0], dtype=np.float32)
    total = 0
    for i in range(rows.shape[0]):
        total += starts[rows[i] + 1] - starts[rows[i]]
    touched = np.empty(total, dtype=np.uint32)
    filled = 0
    for i in range(rows.shape[0]):
        for place in range(starts[rows[i]], starts[rows[i] + 1]):
            document = documents[place]
            if scores[document] == 0.0:
                touched[filled] = document
                filled += 1
            count = float(counts[place])
            scores[document] += weight[i] * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[document] / mean))
    each = np.empty(filled, dtype=np.float32)
    for i in range(filled):
        each[i] = scores[touched[i]]
    return touched[:filled], each


@kernel
def _exact(
    candidates: NDArray[np.uint32],
    rows: NDArray[np.int64],
    weight: NDArray[np.float64],
    starts: NDArray[np.int64],
    documents: NDArray[np.uint32],
    counts: NDArray[np.uint8],
    lengths: NDArray[np.uint32],
    mean: float,
) -> NDArray[np.float64]:
    """The scores of candidates over all keys, by binary search in the postings."""
    scores = np.zeros(candidates.shape[0], dtype=np.float64)
    for i in range(rows.shape[0]):
        begin, end = starts[rows[i]], starts[rows[i] + 1]
        for c in range(candidates.shape[0]):
            low, high = begin, end
            while low < high:
                middle = (low + high) // 2
                if documents[middle] < candidates[c]:
                    low = middle + 1
                else:
                    high = middle
            if low < end and documents[low] == candidates[c]:
                count = float(counts[low])
                scores[c] += weight[i] * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[candidates[c]] / mean))
    return scores
