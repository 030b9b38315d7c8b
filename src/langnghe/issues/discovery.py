"""Discovery: issues that nobody named beforehand, from the words of the texts alone.

Several views of the texts each start several mixtures of multinomials over folded syllables and adjacent pairs; they are joined
into one, which then places every text. It is learnt from distinct texts in
the order of their hashes and in one thread, so that the same texts give the same issues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from threadpoolctl import threadpool_limits

from langnghe.issues.distinct import UNDECIDED, Features, features, place_texts
from langnghe.issues.leftover import divided
from langnghe.issues.mixture import Mixture, agreement, consensus, mixture
from langnghe.issues.views import group, soft, unit, views

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

__all__ = ["UNDECIDED", "IssueDiscovery", "NothingInCommon", "Placed", "match"]

_LIKE = 0.5
"""Least affinity of the word distributions of two issues that are the same one (Bhattacharyya, 0 to 1)."""

_FINER = (1.0, 1.5)
"""Groups of the first mixtures, as multiples of the number of issues."""

_REPEATED = 4
"""Mixtures of each view and number of groups, from different starts."""

_TRUST = 8
"""Power of its agreement with the mixtures from other views by which a mixture counts."""


@dataclass(frozen=True)
class Placed:
    """Where texts were placed.

    Attributes
    ----------
    issue : int16 array (texts): number of the issue or `UNDECIDED`.
    probability : float32 array (texts): posterior of the best issue under the model.
    """

    issue: NDArray[np.int16]
    probability: NDArray[np.float32]


class NothingInCommon(ValueError):
    """Raised by `IssueDiscovery.fit` when the texts share too few words to find any issue in them."""


class IssueDiscovery:
    """Find issues in a sample and place texts in them.

    Parameters
    ----------
    n_issues : how many issues to look for; None takes √(texts / 15), at least 4 and at most 12.
    random_state : seed of the starts.
    start_from : a model fitted earlier; its issues are kept, in their order, and adapted to the texts.

    Attributes
    ----------
    feature_hashes_ : uint64 array (features), sorted.
    log_words_ : float64 array (features × issues), log p(feature | issue) times the weight of the feature.
    log_share_ : float64 array (issues), log p(issue).
    words_ : float64 array (features × issues), p(feature | issue); found issues alone.
    known_ : number of known issues, which come first in `log_words_` and `log_share_`.
    found_ : number of found issues; the largest is the first.
    """

    def __init__(
        self, n_issues: int | None = None, *, random_state: int = 0, start_from: IssueDiscovery | None = None
    ) -> None:
        self.n_issues = n_issues
        self.random_state = random_state
        self.start_from = start_from

    def fit(
        self,
        words: Words,
        vocabulary: Vocabulary,
        points: NDArray[np.float32] | None = None,
        known: NDArray[np.float32] | None = None,
    ) -> Self:
        """Learn the issues of a sample of texts; copies count once, and their order is of no account.

        Parameters
        ----------
        words, vocabulary : the sample.
        points : float32 array (texts × dimensions) from outside, rows of length one: one more view for the start.
        known : float32 array (texts × known issues): how probably a text is of an issue that is known already, rows sum to
            1 at most. Issues are looked for where the fewest known texts stand.

        Raises
        ------
        NothingInCommon
            The texts share too few words.
        """
        learnt = features(words, vocabulary)
        self.feature_hashes_ = learnt.hashes
        given = None if known is None or not known.shape[1] else known[learnt.rows].astype(np.float32)
        free = np.arange(len(learnt.rows)) if given is None else np.flatnonzero(given.sum(axis=1) < 0.5)
        count = self._count(len(free))
        if min(len(free), len(learnt.hashes)) <= 2 * count + 8 or learnt.single.sum() < 2:
            message = f"{len(free)} texts share {len(learnt.hashes)} words: too few for {count} issues"
            raise NothingInCommon(message)
        with threadpool_limits(1):
            view = None if points is None else points[learnt.rows]
            if given is None:
                fitted = mixture(learnt.matrix, self._start(learnt, free, count, count, view), 3, 3)
            else:
                fitted = mixture(learnt.matrix, self._beside(learnt, free, count, given, view), 3, 3, given)
            self._keep(learnt, fitted, 0 if given is None else given.shape[1])
        return self

    def predict(self, words: Words, vocabulary: Vocabulary) -> Placed:
        """Place texts; equal texts are placed alike."""
        issue, probability = place_texts(
            words.keys,
            words.offsets,
            vocabulary.hashes,
            self.feature_hashes_,
            self.log_words_,
            self.log_share_,
            self.known_,
        )
        return Placed(issue, probability)

    def _count(self, texts: int) -> int:
        if self.start_from is not None:
            return self.start_from.found_
        return self.n_issues or int(np.clip(np.sqrt(texts / 15), 4, 12))

    def _beside(
        self,
        learnt: Features,
        free: NDArray[np.int64],
        count: int,
        known: NDArray[np.float32],
        outside: NDArray[np.float32] | None,
    ) -> NDArray[np.float32]:
        """How much all texts belong to the known issues and to `count` new ones, as the last mixture begins."""
        issues = known.shape[1]
        whole = np.hstack([known, np.zeros((len(known), count), dtype=np.float32)])
        if self.start_from is not None:
            start = np.hstack([np.zeros((len(free), issues), np.float32), _earlier(self.start_from, learnt, free)])
        else:
            rows = np.union1d(free, np.setdiff1d(np.arange(len(known)), free)[: len(free)])
            total = count + min(issues, count)
            groups = self._start(learnt, rows, total, int(_FINER[-1] * total), outside)
            groups = mixture(learnt.matrix[rows], groups, 5, 1).belongs
            start = divided(learnt.matrix[rows], groups, known[rows], count)[np.isin(rows, free)]
        whole[free] += start * np.maximum(1 - known[free].sum(axis=1, keepdims=True), 0)
        return whole

    def _start(
        self,
        learnt: Features,
        rows: NDArray[np.int64],
        count: int,
        groups: int,
        outside: NDArray[np.float32] | None,
    ) -> NDArray[np.float32]:
        """How much some texts belong to `groups` groups on which mixtures of about `count` groups agree."""
        if self.start_from is not None:
            return _earlier(self.start_from, learnt, rows)
        generator = np.random.default_rng(self.random_state)
        seen = views(learnt, rows, count, generator)
        matrix = learnt.matrix[rows]
        if outside is not None:
            seen = [unit(np.hstack([view, unit(outside[rows])])) for view in seen]
        runs = [
            mixture(matrix, group(view, int(count * finer), generator), 2, 1).belongs
            for view in seen
            for finer in _FINER * _REPEATED
        ]
        weights = agreement(runs, [number for number in range(len(seen)) for _ in _FINER * _REPEATED]) ** _TRUST
        return group(consensus(runs, weights, count), groups, generator, tries=12)

    def _keep(self, learnt: Features, fitted: Mixture, known: int) -> None:
        order = np.arange(len(fitted.log_share))
        if self.start_from is None:
            order[known:] = known + np.argsort(-fitted.log_share[known:], kind="stable")
        self.log_words_, self.log_share_ = np.ascontiguousarray(fitted.log_words[:, order]), fitted.log_share[order]
        self.known_ = known
        self.found_ = len(order) - known
        counts = np.asarray(learnt.matrix.T @ fitted.belongs[:, order[known:]], dtype=np.float64) + 1e-9
        self.words_ = counts / counts.sum(axis=0)


def _earlier(model: IssueDiscovery, learnt: Features, free: NDArray[np.int64]) -> NDArray[np.float32]:
    """How much texts belong to the found issues of an earlier model, by the features that both know."""
    _, here, there = np.intersect1d(learnt.hashes, model.feature_hashes_, return_indices=True)
    log_words = model.log_words_[there, model.known_ :]
    return soft(learnt.matrix[free][:, here] @ log_words + model.log_share_[model.known_ :])


def match(old: IssueDiscovery, new: IssueDiscovery) -> NDArray[np.int64]:
    """Which found issue of a newer model is which of an older one, by their words; -1 where none is.

    Returns
    -------
    int64 array (found issues of `new`): numbers of found issues of `old`, none twice.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - loading it takes a quarter of a second

    _, left, right = np.intersect1d(old.feature_hashes_, new.feature_hashes_, return_indices=True)
    like = np.sqrt(old.words_[left]).T @ np.sqrt(new.words_[right])
    rows, columns = linear_sum_assignment(-like)
    result = np.full(new.found_, -1, dtype=np.int64)
    same = like[rows, columns] >= _LIKE
    result[columns[same]] = rows[same]
    return result
