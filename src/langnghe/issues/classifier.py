"""A linear classifier of texts with probabilities that mean what they say.

Two scores of a label are added: that of a support vector machine (see `langnghe.issues.descent`) over TF-IDF features scaled by a
power of their log-count ratio (Wang and Manning 2012), and that of naive Bayes, which is the better of the two for words that were
seen once or twice. The sum becomes a probability by cross-validation (see `langnghe.issues.calibration`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

from langnghe.issues.calibration import calibrate, probability
from langnghe.issues.descent import Separated, separate
from langnghe.issues.features import is_typed
from langnghe.words.arrays import distinct
from langnghe.words.compiled import kernel
from langnghe.words.slots import place_of, slots_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.features import Hashed

FOLDS = 4
"""Folds of cross-validation."""

NEVER = -1
"""The fold of texts that are always learnt from and never judged by (phrases)."""

COST = 1.0
"""Weight of the errors where a text may have several labels."""

_POWER, _BAYES, _RARE = (
    0.35,
    0.04,
    0.05,
)  # of the log-count ratio; share of naive Bayes in the score; its count of what was not seen
_TYPED = 0.7  # how much syllables as typed count beside folded ones: more is lost where a text has no diacritics


class TextClassifier:
    """Learn labels of texts, and give the probability of each label.

    Parameters
    ----------
    exclusive : whether a text has exactly one label; its probabilities then add up to 1.
    cost : weight of the errors against the size of the weights; None takes `COST`, and half of it where a text has exactly one label.
    least : texts that a feature must stand in.
    random_state : seed of the order in which texts are visited.

    Attributes
    ----------
    features_ : uint64 array (features), sorted.
    weights_ : float32 array (features × labels), the inverse document frequency included.
    rarity_ : float32 array (features): inverse document frequency.
    bias_ : float64 array (labels).
    calibration_ : from scores to probabilities.
    judged_ : float64 array (texts × labels): probabilities from a classifier that did not see the text; nan in the fold `NEVER`.
    """

    def __init__(
        self, *, exclusive: bool = False, cost: float | None = None, least: int = 1, random_state: int = 0
    ) -> None:
        self.exclusive = exclusive
        self.cost = COST * (0.5 if exclusive else 1.0) if cost is None else cost
        self.least = least
        self.random_state = random_state

    def fit(
        self,
        texts: Hashed,
        labels: NDArray[np.bool_],
        weight: NDArray[np.float64] | None = None,
        fold: NDArray[np.int64] | None = None,
    ) -> Self:
        """Learn from labelled texts.

        Parameters
        ----------
        texts : n texts.
        labels : n × labels.
        weight : n, how much a text counts; 1 where None.
        fold : n, 0 … FOLDS − 1 or `NEVER`; texts of one fold are judged together. Spread in turn where None.
        """
        n = len(labels)
        weight = np.ones(n) if weight is None else weight
        fold = np.arange(n) % FOLDS if fold is None else fold
        self.features_, present = _columns(texts, self.least)
        found = np.asarray(present.sum(axis=0)).ravel()
        rarity = (np.log((n + 1) / (found + 1)) + 1) * np.where(is_typed(self.features_), _TYPED, 1.0)
        self.rarity_ = rarity.astype(np.float32)
        rare = sparse.csr_matrix(present @ sparse.diags(self.rarity_.astype(np.float64)))
        folded = sparse.diags((~is_typed(self.features_)).astype(np.float64))
        scores, lengths = np.full(labels.shape, np.nan), np.ones(n)
        with threadpool_limits(1):
            whole, bayes = self._train(present, rare, labels, weight)
            for judged in np.unique(fold[fold != NEVER]):
                others, inside = np.where(fold == judged, 0.0, weight), fold == judged
                apart, naive = self._train(present, rare, labels, others, whole)
                seen = sparse.diags((present.T @ others > 0).astype(np.float64))
                asked = sparse.csr_matrix(rare[inside] @ seen)
                lengths[inside] = _lengths(sparse.csr_matrix(asked @ folded))
                scores[inside] = asked @ (apart.weights + naive) / _some(_lengths(asked))[:, None] + apart.bias
            self.weights_ = ((whole.weights + bayes) * self.rarity_[:, None]).astype(np.float32)
            self.bias_ = whole.bias
            known = fold != NEVER
            given = scores[known], lengths[known], labels[known], weight[known]
            self.calibration_ = calibrate(*given, exclusive=self.exclusive)
        self.judged_ = self._probability(scores, lengths)
        return self

    def predict_proba(self, texts: Hashed) -> NDArray[np.float32]:
        """Probabilities (texts × labels); texts with the same features get the same."""
        count = len(texts.offsets) - 1
        scores, lengths = np.zeros((count, len(self.bias_))), np.zeros(count)
        slots, seen = slots_of(self.features_), np.full(len(self.features_), -1, dtype=np.int64)
        rarity = self.rarity_**2
        squares = np.stack([rarity, np.where(is_typed(self.features_), 0, rarity)], axis=1)
        learnt = (self.features_, slots, self.weights_, squares, self.bias_)
        _score(texts.hashes, texts.offsets, *learnt, seen, scores, lengths)
        return self._probability(scores, lengths).astype(np.float32)

    def parts(self, texts: Hashed) -> NDArray[np.float64]:
        """What each feature adds to the log-odds of each label: float64 array (`texts.hashes` × labels), 0 where it is repeated."""
        at = np.minimum(np.searchsorted(self.features_, texts.hashes), len(self.features_) - 1)
        rows = np.repeat(np.arange(len(texts.offsets) - 1), np.diff(texts.offsets))
        first = np.zeros(len(at), dtype=np.bool_)
        first[np.unique(rows * len(self.features_) + at, return_index=True)[1]] = True
        counted = first & (self.features_[at] == texts.hashes)
        rarity = np.where(counted, self.rarity_[at], 0.0)
        count = len(texts.offsets) - 1
        lengths, folded = (
            np.sqrt(np.bincount(rows, part**2, minlength=count))
            for part in (rarity, np.where(is_typed(texts.hashes), 0.0, rarity))
        )
        share = counted / _some(lengths)[rows]
        return np.asarray(self.weights_[at] * share[:, None] * self.calibration_.rate(folded)[rows])

    def _train(
        self,
        present: sparse.csr_matrix,
        rare: sparse.csr_matrix,
        labels: NDArray[np.bool_],
        weight: NDArray[np.float64],
        start: Separated | None = None,
    ) -> tuple[Separated, NDArray[np.float64]]:
        """What the two scores give the features (times their rarity), from the texts whose weight is above 0."""
        has = labels * weight[:, None]
        yes = np.asarray(present.T @ has)
        no = np.maximum((present.T @ weight)[:, None] - yes, 0.0)
        ratio = _ratio(yes, no, has.sum(axis=0), weight.sum() - has.sum(axis=0))
        unit = sparse.csr_matrix(sparse.diags(1 / _some(_lengths(rare))) @ rare)
        learnt = separate(unit, ratio, labels, self.cost * weight, self.random_state, start)
        return learnt, _BAYES * _bayes(yes, no)

    def _probability(self, scores: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
        return probability(self.calibration_.log_odds(scores, lengths), exclusive=self.exclusive)


def _columns(texts: Hashed, least: int) -> tuple[NDArray[np.uint64], sparse.csr_matrix]:
    """The features in use, and texts × features of 0 and 1."""
    n = len(texts.offsets) - 1
    values, column = np.unique(texts.hashes, return_inverse=True)
    rows = np.repeat(np.arange(n, dtype=np.int64), np.diff(texts.offsets))
    rows, column = np.divmod(distinct(rows * len(values) + column), max(len(values), 1))
    kept = np.bincount(column, minlength=len(values)) >= least
    inside = kept[column]
    rows, column = rows[inside], (np.cumsum(kept) - 1)[column[inside]]
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=n))))
    return values[kept], sparse.csr_matrix((np.ones(len(column)), column, indptr), shape=(n, int(kept.sum())))


def _lengths(texts: sparse.csr_matrix) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(texts.multiply(texts).sum(axis=1))).ravel()


def _some(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lengths to divide by: a text without a known feature has a score of 0."""
    return np.where(lengths > 0, lengths, 1.0)


def _ratio(yes: NDArray[Any], no: NDArray[Any], texts: NDArray[Any], others: NDArray[Any]) -> NDArray[np.float64]:
    """|log of (share of the texts with the label that have a feature / share of the others that have it)| to a power."""
    shares = (yes + 1) / (texts + 2) / ((no + 1) / (others + 2))
    return np.asarray(np.abs(np.log(shares)) ** _POWER)


def _bayes(yes: NDArray[Any], no: NDArray[Any]) -> NDArray[np.float64]:
    """Log of (share of a feature among the features of texts with the label / its share among those of the others)."""
    inside, outside = yes + _RARE, no + _RARE
    return np.asarray(np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0)))


@kernel
def _score(  # noqa: PLR0913, PLR0917 - a compiled kernel is given its arrays one by one
    hashes: NDArray[np.uint64],
    offsets: NDArray[np.int64],
    features: NDArray[np.uint64],
    slots: NDArray[np.int64],
    weights: NDArray[np.float32],
    squares: NDArray[np.float32],
    bias: NDArray[np.float64],
    seen: NDArray[np.int64],
    scores: NDArray[np.float64],
    lengths: NDArray[np.float64],
) -> None:
    for text in range(len(offsets) - 1):
        length, folded = 0.0, 0.0
        for place in range(offsets[text], offsets[text + 1]):
            feature = place_of(hashes[place], features, slots)
            if feature >= 0 and seen[feature] != text:
                seen[feature] = text
                length += squares[feature, 0]
                folded += squares[feature, 1]
                for k in range(len(bias)):
                    scores[text, k] += weights[feature, k]
        lengths[text] = np.sqrt(folded)
        length = np.sqrt(length) if length > 0 else 1.0
        for k in range(len(bias)):
            scores[text, k] = scores[text, k] / length + bias[k]
