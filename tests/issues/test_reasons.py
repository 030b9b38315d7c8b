"""Why a text is given an issue: the words as typed that spoke for it and against it, and where that is known from."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from langnghe.issues.codebook import read_codebook
from langnghe.issues.codes import Codes, learn_issues
from langnghe.issues.features import hashed
from langnghe.issues.knowledge import Coded, words_of
from langnghe.issues.reasons import explain, placed_features

BOOK = read_codebook("labour-vi")
TEXT = "Cty nợ lương hai tháng rồi, cơm ca thì thiu ko ai dám ăn!"


@cache
def codes(coded: Coded | None = None) -> Codes:
    return learn_issues(BOOK.issues, *words_of(["công ty"]), coded, 0)


@pytest.mark.parametrize("text", [TEXT, "mệt?", "!", "", "‹tên người› nói vậy. Thôi :(( dc chưa", "cơm cơm cơm"])
def test_every_feature_has_its_place_in_the_text(text: str) -> None:
    words, vocabulary = words_of([text])
    features, places = placed_features(words, vocabulary)
    assert len(features.hashes) == len(places)
    assert np.all((places >= 0) & (places < max(len(words.keys), 1)))


@pytest.mark.parametrize("text", [TEXT, "cơm ngon cơm ngon", "mệt quá?"])
def test_what_the_words_add_is_the_probability_but_for_other_issues_and_the_length(text: str) -> None:
    texts, empty = hashed(*words_of([text])), hashed(*words_of([""]))
    classifier = copy(codes().parts[0].classifier)
    none = np.zeros(len(classifier.bias_))
    classifier.calibration_ = replace(classifier.calibration_, rivals=none, longer=none, steeper=np.zeros(1))
    likely = [classifier.predict_proba(one)[0].astype(np.float64) for one in (texts, empty)]
    odds = [np.log(p) - np.log1p(-p) for p in likely]
    assert np.allclose(classifier.parts(texts).sum(axis=0), odds[0] - odds[1], atol=1e-3)


def test_words_as_typed_speak_for_the_issues_that_a_text_is_given() -> None:
    found = {one.issue: one for one in explain(TEXT, BOOK.issues, codes())}
    assert {"wages", "meals"} <= set(found)
    assert all(one.given for one in found.values())
    assert found["wages"].seeds == ("nợ lương",)
    best = found["meals"].reasons[0]
    assert "cơm ca" in best.words
    assert best.weight > 0
    assert 0 < best.starter[0] <= best.starter[1]
    assert best.coded == (0, 0)


def test_a_text_without_an_issue_is_told_which_came_nearest() -> None:
    (nearest,) = explain("trời hôm nay mát ghê", BOOK.issues, codes())
    assert not nearest.given
    assert nearest.probability < codes().stated.sure


def test_hand_coding_is_named_where_it_spoke() -> None:
    texts = [f"{word} xừng xỉnh bê bết" for word in ("kìa", "đó", "nọ", "này", "ấy", "nè", "vầy", "thế")]
    ids = np.arange(len(texts), dtype=np.uint32)
    coded = Coded(
        ids,
        hashed(*words_of(texts)),
        (("transport",),) * 8,
        ("other",) * 8,
        ids.astype(np.int64),
        np.ones(len(ids), dtype=np.bool_),
    )
    learnt = learn_issues(BOOK.issues, *words_of(["công ty"]), coded, 0)
    transport = explain("xừng xỉnh bê bết", BOOK.issues, learnt, coded)[0]
    assert transport.issue == "transport"
    assert transport.reasons[0].coded == (8, 8)
