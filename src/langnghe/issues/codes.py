"""Codes given to texts by a classifier: the issues of a code-book, or reactions, with a probability and a decision.

A code is given where its probability reaches `sure`. A text without a code whose best probability reaches `unsure` is
undecided. Both bounds are set on texts that the classifier did not see, and how often decisions are wrong there is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.errors import Say
from langnghe.issues.classifier import NEVER, TextClassifier
from langnghe.issues.codebook import REACTIONS, Issue
from langnghe.issues.knowledge import (
    Coded,
    Lessons,
    from_coded,
    from_phrases,
    from_sample,
    from_starter,
    starter,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.issues.features import Hashed
    from langnghe.words.vocabulary import Vocabulary, Words

WRONG, MISSED = 0.25, 0.2
"""Share of the issues given that may be wrong; share of the texts said to speak of no issue that may speak of one."""


@dataclass(frozen=True)
class Stated:
    """How good decisions were on texts that the classifier did not see (nan where there were none).

    Attributes
    ----------
    sure, unsure : bounds on the probability.
    wrong : share of the codes given that people did not give.
    missed : share of the texts decided to have no code that have one.
    undecided : share of the texts that are undecided.
    """

    sure: float
    unsure: float
    wrong: float
    missed: float
    undecided: float


@dataclass(frozen=True)
class Codes:
    """Classifiers for a list of codes.

    Attributes
    ----------
    parts : columns of codes, and the classifier for them.
    count : number of codes.
    stated : bounds and errors.
    coded : text ids of hand-coded texts, rising.
    judged : float32 array (coded texts × codes): their probabilities by classifiers that did not see them or their copies.
    """

    parts: tuple[tuple[NDArray[np.int64], TextClassifier], ...]
    count: int
    stated: Stated
    coded: NDArray[np.uint32]
    judged: NDArray[np.float32]

    def probabilities(self, texts: Hashed, text_ids: NDArray[np.uint32] | None = None) -> NDArray[np.float32]:
        """Probabilities (texts × codes); for hand-coded texts those of classifiers that did not see them."""
        found = np.zeros((len(texts.offsets) - 1, self.count), dtype=np.float32)
        for columns, classifier in self.parts:
            found[:, columns] = classifier.predict_proba(texts)
        if text_ids is not None and len(self.coded):
            at = np.minimum(np.searchsorted(self.coded, text_ids), len(self.coded) - 1)
            seen = self.coded[at] == text_ids
            found[seen] = self.judged[at[seen]]
        return found

    def spoken(self, texts: Hashed) -> NDArray[np.float64]:
        """What each feature adds to the log-odds of each code: float64 array (`texts.hashes` × codes)."""
        found = np.zeros((len(texts.hashes), self.count))
        for columns, classifier in self.parts:
            found[:, columns] = classifier.parts(texts)
        return found


def learn_issues(
    issues: Sequence[Issue], sample: Words, vocabulary: Vocabulary, coded: Coded | None, seed: int
) -> Codes:
    """Learn the issues of a code-book: from the starter set where it has them, else from the texts that phrases speak for."""
    known = np.array([issue.id in starter().ids() for issue in issues], dtype=np.bool_)
    learnt = [from_phrases(issues)]
    hand = [from_coded(coded, issues)] if coded else []
    taught = []
    if known.any():
        taught.append((np.flatnonzero(known), [*learnt, from_starter(issues), *hand]))
    if not known.all():
        taught.append((np.flatnonzero(~known), [*learnt, from_sample(sample, vocabulary, issues), *hand]))
    lessons = [(columns, _only(together(parts), columns)) for columns, parts in taught]
    fitted = tuple((columns, one, _fit(one, exclusive=False, seed=seed)) for columns, one in lessons)
    return Codes(
        tuple((columns, classifier) for columns, _, classifier in fitted),
        len(issues),
        _state(*_judged_alike(fitted, len(issues))),
        *_out_of_fold(coded, [(columns, classifier) for columns, _, classifier in fitted], len(issues)),
    )


def learn_reactions(reactions: Sequence[Issue], coded: Coded | None, seed: int) -> Codes:
    """Learn the reactions, of which each text has one."""
    given = {reaction.id: reaction for reaction in reactions}
    nothing = Say("", "")
    codes = [given.get(name, Issue(name, nothing, nothing, nothing, nothing, (), ())) for name in REACTIONS]
    lessons = [from_phrases(codes), from_starter(codes, reactions=True)]
    if coded:
        lessons.append(from_coded(coded, codes, reactions=True))
    taught = together(lessons)
    classifier = _fit(taught, exclusive=True, seed=seed)
    columns = np.arange(len(codes))
    seen = taught.fold != NEVER
    best = classifier.judged_[seen].argmax(axis=1)
    wrong = float(np.average(~taught.labels[seen][np.arange(len(best)), best], weights=taught.weight[seen]))
    stated = Stated(0.0, 0.0, wrong, 0.0, 0.0)
    return Codes(
        ((columns, classifier),), len(codes), stated, *_out_of_fold(coded, [(columns, classifier)], len(codes))
    )


def _fit(lessons: Lessons, *, exclusive: bool, seed: int) -> TextClassifier:
    classifier = TextClassifier(exclusive=exclusive, random_state=seed)
    return classifier.fit(lessons.texts, lessons.labels, lessons.weight, lessons.fold)


def _only(lessons: Lessons, columns: NDArray[np.int64]) -> Lessons:
    return Lessons(lessons.texts, lessons.labels[:, columns], lessons.weight, lessons.fold)


def _out_of_fold(
    coded: Coded | None, parts: Sequence[tuple[NDArray[np.int64], TextClassifier]], count: int
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    if coded is None:
        return np.zeros(0, dtype=np.uint32), np.zeros((0, count), dtype=np.float32)
    judged = np.zeros((len(coded.text_ids), count), dtype=np.float32)
    for columns, classifier in parts:
        judged[:, columns] = classifier.judged_[-len(judged) :]  # hand-coded texts are the last lesson
    order = np.argsort(coded.text_ids)
    return coded.text_ids[order], judged[order]


def _judged_alike(
    fitted: Sequence[tuple[NDArray[np.int64], Lessons, TextClassifier]], count: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Probabilities, labels and weights of the texts that were judged unseen, all codes of a classifier at once."""
    parts = []
    for columns, lessons, classifier in fitted:
        seen = lessons.fold != NEVER
        probability = np.zeros((int(seen.sum()), count))
        labels = np.zeros(probability.shape, dtype=np.bool_)
        probability[:, columns], labels[:, columns] = classifier.judged_[seen], lessons.labels[seen]
        parts.append((probability, labels, lessons.weight[seen]))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def _state(probability: NDArray[np.float64], labels: NDArray[np.bool_], weight: NDArray[np.float64]) -> Stated:
    """Choose `sure` so that at most `WRONG` of the codes given are wrong, and `unsure` so that at most `MISSED` of the texts without a code have one."""
    if not len(labels):
        return Stated(0.25, 0.1, float("nan"), float("nan"), float("nan"))
    bounds = np.arange(0.1, 0.9, 0.02)
    mass = weight[:, None] * np.ones(labels.shape)
    errors = np.array([_share(mass, probability >= bound, ~labels) for bound in bounds])
    sure = float(bounds[int(np.argmax(errors <= WRONG))])
    best, some = probability.max(axis=1), np.asarray(labels.any(axis=1))
    low = np.arange(0.02, sure, 0.01)[::-1]
    missing = np.array([_share(weight, best < b, some) for b in low])
    kept = np.flatnonzero(missing <= MISSED)
    unsure = float(low[kept[0]]) if len(kept) else float(low[-1])
    return Stated(
        sure=round(sure, 4),
        unsure=round(unsure, 4),
        wrong=_share(mass, probability >= sure, ~labels),
        missed=_share(weight, best < unsure, some),
        undecided=_share(weight, np.ones(len(best), dtype=np.bool_), (best < sure) & (best >= unsure)),
    )


def _share(weight: NDArray[np.float64], of: NDArray[np.bool_], inside: NDArray[np.bool_]) -> float:
    whole = weight[of].sum()
    return float(weight[of & inside].sum() / whole) if whole else 0.0
