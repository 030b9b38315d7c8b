"""Codes given to texts by a classifier: the issues of a code-book, or reactions, with a probability and a decision.

A code is given where its probability reaches `sure`. A text without a code whose best probability reaches `unsure` is
undecided. How often decisions are wrong is stated: for the texts of the study at hand, see `langnghe.issues.stated`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from langnghe.cache import NO_CACHE, Cache
from langnghe.errors import Say
from langnghe.issues.codebook import REACTIONS, Issue
from langnghe.issues.corrected import Correction, correct, cross_corrected
from langnghe.issues.features import Hashed, hashed
from langnghe.issues.knowledge import (
    Coded,
    from_coded,
    from_phrases,
    from_sample,
    from_starter,
    starter,
    table,
    together,
)
from langnghe.issues.prior import adapted, beside, how_common
from langnghe.issues.stated import NOTHING_STATED, Judged, Stated, confused, measured, state
from langnghe.issues.taught import Course, Taught, teach, teach_once
from langnghe.words.arrays import picked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.issues.classifier import TextClassifier
    from langnghe.issues.knowledge import Lessons
    from langnghe.words.vocabulary import Vocabulary, Words

MOST_LOOKED_AT = 4000
"""Texts of the sample that tell how common codes are, and how good decisions are."""


@dataclass(frozen=True)
class Part:
    """Codes that were learnt together.

    Attributes
    ----------
    columns : of the codes.
    classifier : for them; where `learnt` is known and texts may have none of them, its last label is 'none of them'.
    labelled : whether anybody labelled the texts learnt from.
    learnt : how common things were among the texts learnt from (see `prior.how_common`), where these are not the study's own.
    times : how many times as common they are in the study.
    """

    columns: NDArray[np.int64]
    classifier: TextClassifier
    labelled: bool
    learnt: NDArray[np.float64] | None = None
    times: NDArray[np.float64] | None = None

    def apart(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """The classifier's probabilities as `prior.how_common` takes them."""
        return raw[:, None] if self.classifier.exclusive else beside(raw[:, :-1], raw[:, -1])

    def looking_at(self, texts: Hashed) -> Part:
        """The same, after a look at how common things are among some texts of the study."""
        if self.learnt is None:
            return self
        return self.adapted_to(self.classifier.predict_proba(texts).astype(np.float64))

    def adapted_to(self, raw: NDArray[np.float64]) -> Part:
        """The same, from the classifier's probabilities of these texts."""
        return self if self.learnt is None else replace(self, times=how_common(self.apart(raw), self.learnt))

    def judge(self, raw: NDArray[np.float64]) -> Judged:
        """From the classifier's probabilities to those in the study."""
        if self.times is None:
            return Judged(raw, np.asarray(np.prod(1 - raw, axis=1)))
        found = adapted(self.apart(raw), self.times)
        if self.classifier.exclusive:
            return Judged(found[:, 0], np.zeros(len(raw)))
        return Judged(found[..., 0], np.asarray(found[..., 1].mean(axis=1)))


@dataclass(frozen=True)
class Codes:
    """Classifiers for a list of codes.

    Attributes
    ----------
    parts : the classifiers.
    count : number of codes.
    stated : bounds and errors.
    confused : pairs of codes of which the first is taken for the second: among the hand-coded texts where there are enough of them,
        else in the starter set.
    coded : text ids of hand-coded texts, rising.
    judged : float32 array (coded texts × codes): their probabilities by classifiers that did not see them or their copies.
    correction : of probabilities, by the hand-coded texts that were drawn at random, where there are enough of them.
    """

    parts: tuple[Part, ...]
    count: int
    stated: Stated
    confused: tuple[tuple[int, int], ...]
    coded: NDArray[np.uint32]
    judged: NDArray[np.float32]
    correction: Correction | None = None

    def probabilities(self, texts: Hashed, text_ids: NDArray[np.uint32] | None = None) -> NDArray[np.float32]:
        """Probabilities (texts × codes); for hand-coded texts those of classifiers that did not see them."""
        found = _joined(self.parts, [part.classifier.predict_proba(texts) for part in self.parts], self.count)
        likely = _corrected(found, self.correction).codes.astype(np.float32)
        if text_ids is not None and len(self.coded):
            at = np.minimum(np.searchsorted(self.coded, text_ids), len(self.coded) - 1)
            seen = self.coded[at] == text_ids
            likely[seen] = self.judged[at[seen]]
        return likely

    def spoken(self, texts: Hashed) -> NDArray[np.float64]:
        """What each feature adds to the log-odds of each code among the texts learnt from: float64 array (`texts.hashes` × codes)."""
        found = np.zeros((len(texts.hashes), self.count))
        for part in self.parts:
            found[:, part.columns] = part.classifier.parts(texts)[:, : len(part.columns)]
        return found * (self.correction.slope if self.correction else 1.0)


def learn_issues(
    issues: Sequence[Issue],
    sample: Words,
    vocabulary: Vocabulary,
    coded: Coded | None,
    seed: int,
    cache: Cache = NO_CACHE,
) -> Codes:
    """Learn the issues of a code-book: from the starter set where it has them, else from the texts that phrases speak for."""
    known, texts = _in_starter(issues), _some(hashed(sample, vocabulary))
    parts = []
    if known.any():
        parts.append(_known(issues, np.flatnonzero(known), coded, seed, cache).looking_at(texts))
    if not known.all():
        parts.append(_unknown(issues, np.flatnonzero(~known), sample, vocabulary, coded, seed))
    found = tuple(parts)
    own = _out_of_fold(found, coded, len(issues))
    true = table(coded.issues, issues)[coded.drawn] if coded else np.zeros((0, len(issues)), dtype=np.bool_)
    correction = correct(own.codes[coded.drawn], true) if coded else None
    own = _own_corrected(own, coded, true, correction)
    drawn = own.codes[coded.drawn] if coded else own.codes
    stated, learnt = _stated(found, texts, own, drawn, true, correction)
    if stated.coded:
        pairs = confused(drawn >= stated.sure, true)
    else:
        labels = table(starter().issues, issues) if known.any() else true
        pairs = confused(learnt[: len(labels)] >= stated.sure, labels[: len(learnt)])
    return replace(_with_own(found, len(issues), stated, pairs, coded, own), correction=correction)


def learn_reactions(
    reactions: Sequence[Issue], coded: Coded | None, seed: int, texts: Hashed | None = None, cache: Cache = NO_CACHE
) -> Codes:
    """Learn the reactions, of which each text has one; `texts` of the study tell how common they are there."""
    codes = _every_reaction(reactions)
    taught = _taught(reactions_course(reactions, coded, seed), coded, cache)
    seen = taught.seen
    best = taught.classifier.judged_[seen].argmax(axis=1)
    wrong = float(np.average(~taught.labels[seen][np.arange(len(best)), best], weights=taught.weight[seen]))
    learnt = np.average(taught.labels[seen], axis=0, weights=taught.weight[seen])[None]
    part = Part(np.arange(len(codes)), taught.classifier, labelled=True, learnt=learnt)
    parts = (part if texts is None else part.looking_at(_some(texts)),)
    own = _out_of_fold(parts, coded, len(codes))
    return _with_own(parts, len(codes), Stated(0.0, 0.0, wrong, 0.0, 0.0), (), coded, own)


def _every_reaction(reactions: Sequence[Issue]) -> list[Issue]:
    given = {reaction.id: reaction for reaction in reactions}
    nothing = Say("", "")
    return [given.get(name, Issue(name, nothing, nothing, nothing, nothing, (), ())) for name in REACTIONS]


def reactions_course(reactions: Sequence[Issue], coded: Coded | None, seed: int) -> Course:
    """How reactions are taught."""
    codes = _every_reaction(reactions)

    def lessons() -> Lessons:
        hand = [from_coded(coded, codes, reactions=True)] if coded else []
        return together([from_phrases(codes, reactions=True), from_starter(codes, reactions=True), *hand])

    return Course("reactions", codes, exclusive=True, seed=seed, lessons=lessons)


def issues_course(issues: Sequence[Issue], coded: Coded | None, seed: int) -> Course:
    """How issues that the starter set has are taught; *none of them* is the last label."""

    def lessons() -> Lessons:
        taught = _lessons(issues, from_starter(issues), coded, np.flatnonzero(_in_starter(issues)))
        none = ~taught.labels.any(axis=1, keepdims=True)
        return replace(taught, labels=np.concatenate([taught.labels, none], axis=1))

    return Course("issues", issues, exclusive=False, seed=seed, lessons=lessons)


def _in_starter(issues: Sequence[Issue]) -> NDArray[np.bool_]:
    ids = starter().ids()
    return np.array([issue.id in ids for issue in issues], dtype=np.bool_)


def _taught(course: Course, coded: Coded | None, cache: Cache) -> Taught:
    return teach_once(cache, course) if coded is None else course.taught()


def _some(texts: Hashed) -> Hashed:
    """Texts evenly spread over a sample, `MOST_LOOKED_AT` at most."""
    step = max(1, -(-(len(texts.offsets) - 1) // MOST_LOOKED_AT))
    where, offsets = picked(texts.offsets, np.arange(0, len(texts.offsets) - 1, step))
    return Hashed(texts.hashes[where], offsets)


def _known(issues: Sequence[Issue], columns: NDArray[np.int64], coded: Coded | None, seed: int, cache: Cache) -> Part:
    """Learn issues of the starter set. Its texts are not the study's own, and things may be more or less common there."""
    return as_part(_taught(issues_course(issues, coded, seed), coded, cache), columns)


def as_part(taught: Taught, columns: NDArray[np.int64]) -> Part:
    """What lessons of `issues_course` taught, beside how common things were in them."""
    share = np.average(taught.labels[taught.seen], axis=0, weights=taught.weight[taught.seen])
    code, none = np.clip(share[:-1], 1e-4, None), np.full(len(columns), share[-1])
    learnt = np.stack([code, none, np.maximum(1 - code - none, 1e-4)], axis=1)
    return Part(columns, taught.classifier, labelled=True, learnt=learnt)


def _unknown(
    issues: Sequence[Issue],
    columns: NDArray[np.int64],
    sample: Words,
    vocabulary: Vocabulary,
    coded: Coded | None,
    seed: int,
) -> Part:
    """Learn issues that the starter set does not know from the study's texts that phrases speak for."""
    lessons = _lessons(issues, from_sample(sample, vocabulary, issues), coded, columns)
    taught = teach(lessons, exclusive=False, seed=seed)
    return Part(columns, taught.classifier, labelled=bool(taught.seen.any()))


def _lessons(issues: Sequence[Issue], taught: Lessons, coded: Coded | None, columns: NDArray[np.int64]) -> Lessons:
    """Lessons on some issues; phrases of the other issues say nothing about these."""
    hand = [from_coded(coded, issues)] if coded else []
    lessons = together([from_phrases(issues), taught, *hand])
    return replace(lessons, labels=lessons.labels[:, columns])


def _joined(parts: Sequence[Part], raw: Sequence[NDArray[Any]], count: int) -> Judged:
    """What several classifiers say of the same texts."""
    codes, nothing = np.zeros((len(raw[0]), count)), np.ones(len(raw[0]))
    for part, likely in zip(parts, raw, strict=True):
        judged = part.judge(likely.astype(np.float64))
        codes[:, part.columns] = judged.codes
        nothing *= judged.nothing
    return Judged(codes, nothing)


def _out_of_fold(parts: Sequence[Part], coded: Coded | None, count: int) -> Judged:
    """What classifiers that did not see the hand-coded texts say of them."""
    if coded is None:
        return Judged(np.zeros((0, count)), np.zeros(0))
    many = len(coded.text_ids)  # hand-coded texts are the last lesson
    return _joined(parts, [part.classifier.judged_[-many:] for part in parts], count)


def _corrected(judged: Judged, correction: Correction | None) -> Judged:
    return judged if correction is None else replace(judged, codes=correction.of(judged.codes))


def _own_corrected(own: Judged, coded: Coded | None, true: NDArray[np.bool_], correction: Correction | None) -> Judged:
    """The hand-coded texts, corrected: those that were drawn by the others of them."""
    found = _corrected(own, correction)
    if coded is not None and correction is not None:
        found.codes[coded.drawn] = cross_corrected(own.codes[coded.drawn], true, coded.groups[coded.drawn])
    return found


def _stated(
    parts: Sequence[Part],
    texts: Hashed,
    own: Judged,
    drawn: NDArray[np.float64],
    true: NDArray[np.bool_],
    correction: Correction | None,
) -> tuple[Stated, NDArray[np.float64]]:
    """Bounds and errors; and the probabilities of the texts learnt from, by classifiers that did not see them."""
    labelled, count = [part for part in parts if part.labelled], sum(len(part.columns) for part in parts)
    if not labelled:
        return NOTHING_STATED, own.codes
    columns = np.concatenate([part.columns for part in labelled])
    here = _corrected(_joined(labelled, [part.classifier.predict_proba(texts) for part in labelled], count), correction)
    known = [part for part in labelled if part.learnt is not None]
    learnt = _joined(known, [part.classifier.judged_ for part in known], count) if known else own
    rows = ~np.isnan(learnt.nothing)
    judged = Judged(learnt.codes[rows][:, columns], learnt.nothing[rows])
    stated = state(Judged(here.codes[:, columns], here.nothing), judged)
    return measured(stated, drawn[:, columns], true[:, columns]), learnt.codes[rows]


def _with_own(
    parts: tuple[Part, ...],
    count: int,
    stated: Stated,
    pairs: tuple[tuple[int, int], ...],
    coded: Coded | None,
    own: Judged,
) -> Codes:
    ids = np.zeros(0, dtype=np.uint32) if coded is None else coded.text_ids
    order = np.argsort(ids)
    return Codes(parts, count, stated, pairs, ids[order], own.codes[order].astype(np.float32))
