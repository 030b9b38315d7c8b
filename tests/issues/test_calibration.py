"""Probabilities mean what they say: what else a text says, and how long it is, is looked at before they are given."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.special import expit

from langnghe.issues.calibration import calibrate, probability
from langnghe.issues.classifier import TextClassifier
from langnghe.issues.descent import separate
from langnghe.issues.features import hashed
from langnghe.issues.knowledge import words_of
from langnghe.words.fold import fold

TEXTS = 6000
GENERATOR = np.random.default_rng(0)
ONES = np.ones(TEXTS)


def test_an_issue_is_less_probable_where_another_one_is_likely() -> None:
    told = GENERATOR.integers(3, size=TEXTS)
    labels = told[:, None] == np.arange(3)
    scores = labels + GENERATOR.normal(0, 0.7, labels.shape)
    found = calibrate(scores, ONES, labels, ONES, exclusive=False)
    alone, beside = probability(
        found.log_odds(np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]), np.ones(2)), exclusive=False
    )
    assert alone[0] > beside[0] + 0.2
    assert abs(beside[0] - 0.5) < 0.05


def test_at_the_same_score_a_long_text_has_an_issue_more_often_if_it_did_in_the_texts_learnt_from() -> None:
    lengths = np.exp(GENERATOR.normal(2.0, 0.5, TEXTS))
    scores = GENERATOR.normal(0, 1, (TEXTS, 2))
    true = expit(2 * scores + 1.5 * (np.log(lengths) - 2)[:, None])
    found = calibrate(scores, lengths, GENERATOR.random(true.shape) < true, ONES, exclusive=False)
    likely = probability(found.log_odds(scores, lengths), exclusive=False)
    assert np.abs(likely - true).mean() < 0.03


def test_probabilities_of_labels_that_exclude_each_other_add_up_to_one() -> None:
    labels = GENERATOR.integers(4, size=TEXTS)[:, None] == np.arange(4)
    scores = labels + GENERATOR.normal(0, 1, labels.shape)
    found = calibrate(scores, ONES, labels, ONES, exclusive=True)
    likely = probability(found.log_odds(scores, ONES), exclusive=True)
    assert np.allclose(likely.sum(axis=1), 1)
    assert abs(likely.max(axis=1).mean() - labels[np.arange(TEXTS), likely.argmax(axis=1)].mean()) < 0.01


def test_where_nothing_was_judged_a_higher_score_is_a_higher_probability() -> None:
    none = calibrate(np.zeros((0, 2)), np.zeros(0), np.zeros((0, 2), dtype=np.bool_), np.zeros(0), exclusive=False)
    likely = probability(none.log_odds(np.array([[-1.0, 0.0], [0.0, 1.0]]), np.ones(2)), exclusive=False)
    assert np.all(likely[1] > likely[0])


def test_a_text_is_as_long_without_its_diacritics() -> None:
    """Syllables as typed are missing from a stripped text; its length must not tell that."""
    texts = ["lương thấp", "lương cao", "cơm dở", "cơm ngon"]
    labels = np.array([[True, False], [True, False], [False, True], [False, True]])
    learnt = TextClassifier(exclusive=True).fit(hashed(*words_of(texts)), labels, fold=np.full(4, -1))
    typed, plain = (learnt.predict_proba(hashed(*words_of([text]))) for text in ("lương", fold("lương")))
    assert typed.argmax() == plain.argmax() == 0


def test_texts_that_are_left_out_leave_nothing_behind() -> None:
    """What is learnt from a start follows from the texts that are learnt from alone."""
    dense = np.random.default_rng(1).random((200, 30))
    texts = sparse.csr_matrix(np.where(dense > 0.7, dense, 0))
    labels = np.asarray(texts.sum(axis=1) > texts.sum(axis=1).mean())
    scale, every = np.full((30, 1), 0.5), np.ones(200)
    fewer = np.where(np.arange(200) % 5 == 0, 0.0, every)
    found = separate(texts, scale, labels, fewer, 0, separate(texts, scale, labels, every, 0))
    borne = np.where(labels, 1, -1) * found.alpha * (fewer > 0)[:, None]
    assert np.allclose(found.weights, texts.T @ borne * scale**2, atol=1e-4)
    assert (((texts @ found.weights + found.bias > 0) == labels).mean()) > 0.9
