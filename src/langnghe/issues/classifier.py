"""A linear classifier of texts with probabilities that mean what they say.

Two scores of a label are added: that of a support vector machine with squared hinge loss (dual coordinate descent, Hsieh et al.
2008) over TF-IDF features scaled by a power of their log-count ratio (Wang and Manning 2012), and that of naive Bayes, which is
the better of the two for words that were seen once or twice. The sum becomes a probability by Platt's sigmoid (Lin, Lin and Weng
2007) or, where a text has exactly one label, by a softmax, fitted on scores from cross-validation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numba as nb
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, log_softmax, softmax
from threadpoolctl import threadpool_limits

from langnghe.issues.features import is_typed
from langnghe.words.arrays import distinct
from langnghe.words.slots import place_of, slots_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.features import Hashed

FOLDS = 4
"""Folds of cross-validation."""

NEVER = -1
"""The fold of texts that are always learnt from and never judged by (phrases)."""

_EPOCHS = 4
_POWER, _BAYES, _RARE = (
    0.35,
    0.04,
    0.05,
)  # of the log-count ratio; share of naive Bayes in the score; its count of what was not seen
_TYPED = 0.7  # how much syllables as typed count beside folded ones: more is lost where a text has no diacritics
_PULL = 2.0  # strength with which the sigmoid of a label is pulled to that of all labels together


class TextClassifier:
    """Learn labels of texts, and give the probability of each label.

    Parameters
    ----------
    exclusive : whether a text has exactly one label; its probabilities then add up to 1.
    cost : weight of the errors against the size of the weights.
    least : texts that a feature must stand in.
    random_state : seed of the order in which texts are visited.

    Attributes
    ----------
    features_ : uint64 array (features), sorted.
    weights_ : float32 array (features × labels), the inverse document frequency included.
    rarity_ : float32 array (features): inverse document frequency.
    bias_ : float64 array (labels).
    slope_, shift_ : float64 arrays (labels): the probability is the sigmoid (or softmax) of slope · score + shift.
    judged_ : float64 array (texts × labels): probabilities from a classifier that did not see the text; nan in the fold `NEVER`.
    """

    def __init__(self, *, exclusive: bool = False, cost: float = 1.0, least: int = 1, random_state: int = 0) -> None:
        self.exclusive = exclusive
        self.cost = cost
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
        self.features_, indptr, indices = _columns(texts, self.least)
        present = np.bincount(indices, minlength=len(self.features_))
        rarity = (np.log((n + 1) / (present + 1)) + 1) * np.where(is_typed(self.features_), _TYPED, 1.0)
        self.rarity_ = rarity.astype(np.float32)
        values = _unit(indptr, self.rarity_[indices].astype(np.float64))
        rows = np.repeat(np.arange(n), np.diff(indptr))
        scores = np.full(labels.shape, np.nan)
        with threadpool_limits(1):
            for judged in np.unique(fold[fold != NEVER]):
                others = np.where(fold == judged, 0.0, weight)
                learnt, bias = self._train(indptr, indices, values, labels, others)
                seen = np.bincount(indices, others[rows], minlength=len(self.features_)) > 0
                inside = (fold[rows] == judged) & seen[indices]
                row, column, value = rows[inside], indices[inside], values[inside]
                length = np.sqrt(np.bincount(row, value**2, minlength=n)[fold == judged])
                for k in range(labels.shape[1]):
                    part = np.bincount(row, value * learnt[column, k], minlength=n)[fold == judged]
                    scores[fold == judged, k] = part / np.where(length > 0, length, 1.0) + bias[k]
            learnt, self.bias_ = self._train(indptr, indices, values, labels, weight)
            self.weights_ = (learnt * self.rarity_[:, None]).astype(np.float32)
            self._calibrate(scores, labels, weight)
        self.judged_ = self._probability(scores)
        return self

    def predict_proba(self, texts: Hashed) -> NDArray[np.float32]:
        """Probabilities (texts × labels); texts with the same features get the same."""
        scores = np.zeros((len(texts.offsets) - 1, len(self.bias_)), dtype=np.float64)
        slots, seen = slots_of(self.features_), np.full(len(self.features_), -1, dtype=np.int64)
        learnt = (self.features_, slots, self.weights_, self.rarity_, self.bias_)
        _score(texts.hashes, texts.offsets, *learnt, seen, scores)
        return self._probability(scores).astype(np.float32)

    def parts(self, texts: Hashed) -> NDArray[np.float64]:
        """What each feature adds to the log-odds of each label: float64 array (`texts.hashes` × labels), 0 where it is repeated."""
        at = np.minimum(np.searchsorted(self.features_, texts.hashes), len(self.features_) - 1)
        rows = np.repeat(np.arange(len(texts.offsets) - 1), np.diff(texts.offsets))
        first = np.zeros(len(at), dtype=np.bool_)
        first[np.unique(rows * len(self.features_) + at, return_index=True)[1]] = True
        counted = first & (self.features_[at] == texts.hashes)
        rarity = np.where(counted, self.rarity_[at], 0.0)
        length = np.sqrt(np.bincount(rows, rarity**2, minlength=len(texts.offsets) - 1))
        share = counted / np.where(length > 0, length, 1.0)[rows]
        return np.asarray(self.weights_[at] * share[:, None] * self.slope_)

    def _train(
        self,
        indptr: NDArray[np.int64],
        indices: NDArray[np.int64],
        values: NDArray[np.float64],
        labels: NDArray[np.bool_],
        weight: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        used = np.flatnonzero(weight > 0)
        generator = np.random.default_rng(self.random_state)
        orders = np.stack([generator.permutation(used) for _ in range(_EPOCHS)])
        learnt = np.zeros((len(self.features_), labels.shape[1]))
        bias = np.zeros(labels.shape[1])
        rows = np.repeat(np.arange(len(weight)), np.diff(indptr))
        every = np.bincount(indices, weight[rows], minlength=len(learnt))
        for k in range(labels.shape[1]):
            signs = np.where(labels[:, k], 1.0, -1.0)
            has = labels[rows, k]
            yes = np.bincount(indices[has], weight[rows[has]], minlength=len(learnt))
            no = np.maximum(every - yes, 0.0)
            ratio = _ratio(yes, no, weight[labels[:, k]].sum(), weight[~labels[:, k]].sum())
            vector = _descend(indptr, indices, values * ratio[indices], signs, self.cost * weight, orders, len(learnt))
            learnt[:, k] = vector[:-1] * ratio + _BAYES * _bayes(yes, no)
            bias[k] = vector[-1]
        return learnt, bias

    def _calibrate(self, scores: NDArray[np.float64], labels: NDArray[np.bool_], weight: NDArray[np.float64]) -> None:
        rows = ~np.isnan(scores).any(axis=1)
        known, true, mass = scores[rows], labels[rows].astype(np.float64), weight[rows]
        count = labels.shape[1]
        if self.exclusive:
            start = np.r_[np.full(count, 2.0), np.zeros(count)]
            found = minimize(_softmax_loss, start, (known, true, mass), "L-BFGS-B", jac=True).x
            self.slope_, self.shift_ = found[:count], found[count:]
            return
        together = np.array([3.0, 0.0])
        whole = (known.ravel(), true.ravel(), np.repeat(mass, count), together, 1e-3)
        together = minimize(_sigmoid_loss, together, whole, "L-BFGS-B", jac=True).x
        found = np.stack(
            [
                minimize(
                    _sigmoid_loss, together, (known[:, k], true[:, k], mass, together, _PULL), "L-BFGS-B", jac=True
                ).x
                for k in range(count)
            ]
        )
        self.slope_, self.shift_ = found[:, 0], found[:, 1]

    def _probability(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        raised = self.slope_ * scores + self.shift_
        return np.asarray(softmax(raised, axis=1) if self.exclusive else expit(raised))


def _sigmoid_loss(
    at: NDArray[np.float64],
    scores: NDArray[np.float64],
    true: NDArray[np.float64],
    mass: NDArray[np.float64],
    pulled_to: NDArray[np.float64],
    pull: float,
) -> tuple[float, NDArray[np.float64]]:
    raised = at[0] * scores + at[1]
    away = at - pulled_to
    loss = -(mass * (true * log_expit(raised) + (1 - true) * log_expit(-raised))).sum() + pull * (away**2).sum()
    wrong = mass * (expit(raised) - true)
    return float(loss), np.array([(wrong * scores).sum(), wrong.sum()]) + 2 * pull * away


def _softmax_loss(
    at: NDArray[np.float64], scores: NDArray[np.float64], true: NDArray[np.float64], mass: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Loss of a slope and a shift per label; slopes are pulled to their mean, shifts to 0."""
    slope, shift = np.split(at, 2)
    away = slope - slope.mean()
    logs = log_softmax(slope * scores + shift, axis=1)
    wrong = mass[:, None] * (np.exp(logs) - true)
    loss = -(mass[:, None] * true * logs).sum() + _PULL * (away**2).sum() + 0.1 * (shift**2).sum()
    return float(loss), np.r_[(wrong * scores).sum(axis=0) + 2 * _PULL * away, wrong.sum(axis=0) + 0.2 * shift]


def _columns(texts: Hashed, least: int) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """The features in use, and texts × features of 0 and 1 as offsets and columns."""
    n = len(texts.offsets) - 1
    values, column = np.unique(texts.hashes, return_inverse=True)
    rows = np.repeat(np.arange(n, dtype=np.int64), np.diff(texts.offsets))
    cells = distinct(rows * len(values) + column)
    rows, column = np.divmod(cells, max(len(values), 1))
    kept = np.bincount(column, minlength=len(values)) >= least
    inside = kept[column]
    renamed = np.cumsum(kept) - 1
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows[inside], minlength=n)))).astype(np.int64)
    return values[kept], indptr, renamed[column[inside]].astype(np.int64)


def _unit(indptr: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    length = np.sqrt(np.bincount(rows, values**2, minlength=len(indptr) - 1))
    return np.asarray(values / length[rows])


def _ratio(yes: NDArray[Any], no: NDArray[Any], texts: float, others: float) -> NDArray[np.float64]:
    """|log of (share of the texts with the label that have a feature / share of the others that have it)| to a power."""
    shares = (yes + 1) / (texts + 2) / ((no + 1) / (others + 2))
    return np.asarray(np.abs(np.log(shares)) ** _POWER)


def _bayes(yes: NDArray[Any], no: NDArray[Any]) -> NDArray[np.float64]:
    """Log of (share of a feature among the features of texts with the label / its share among those of the others)."""
    inside, outside = yes + _RARE, no + _RARE
    return np.asarray(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))


@nb.njit(cache=True, nogil=True)
def _descend(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int64],
    values: NDArray[np.float64],
    signs: NDArray[np.float64],
    cost: NDArray[np.float64],
    orders: NDArray[np.int64],
    features: int,
) -> NDArray[np.float64]:
    """Dual coordinate descent for the squared hinge loss; the last weight is the bias."""
    weights = np.zeros(features + 1, dtype=np.float64)
    alpha = np.zeros(signs.shape[0], dtype=np.float64)
    size = np.ones(signs.shape[0], dtype=np.float64)
    for text in range(signs.shape[0]):
        for place in range(indptr[text], indptr[text + 1]):
            size[text] += values[place] ** 2
    for epoch in range(orders.shape[0]):
        largest = 0.0
        for text in orders[epoch]:
            margin = weights[features]
            for place in range(indptr[text], indptr[text + 1]):
                margin += values[place] * weights[indices[place]]
            loose = 1 / (2 * cost[text])
            gradient = signs[text] * margin - 1 + loose * alpha[text]
            moved = max(alpha[text] - gradient / (size[text] + loose), 0.0)
            step = (moved - alpha[text]) * signs[text]
            if step == 0:
                continue
            largest = max(largest, abs(gradient))
            alpha[text] = moved
            weights[features] += step
            for place in range(indptr[text], indptr[text + 1]):
                weights[indices[place]] += step * values[place]
        if largest < 0.05:
            break
    return weights


@nb.njit(cache=True, nogil=True)
def _score(  # noqa: PLR0913, PLR0917 - a compiled kernel is given its arrays one by one
    hashes: NDArray[np.uint64],
    offsets: NDArray[np.int64],
    features: NDArray[np.uint64],
    slots: NDArray[np.int64],
    weights: NDArray[np.float32],
    rarity: NDArray[np.float32],
    bias: NDArray[np.float64],
    seen: NDArray[np.int64],
    scores: NDArray[np.float64],
) -> None:
    for text in range(offsets.shape[0] - 1):
        length = 0.0
        for place in range(offsets[text], offsets[text + 1]):
            feature = place_of(hashes[place], features, slots)
            if feature >= 0 and seen[feature] != text:
                seen[feature] = text
                length += rarity[feature] ** 2
                for k in range(bias.shape[0]):
                    scores[text, k] += weights[feature, k]
        length = np.sqrt(length) if length > 0 else 1.0
        for k in range(bias.shape[0]):
            scores[text, k] = scores[text, k] / length + bias[k]
