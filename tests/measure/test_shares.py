"""Shares of a period from what people coded, what is planned before, and how it is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.measure.planning import choose_estimator, expected_rates, expected_width, plan_sample
from langnghe.measure.shares import Basis, divide, estimate_share, weights_of
from langnghe.measure.strata import MOST_STRATA, divide_by_score
from langnghe.report.bands import word_for


def test_a_petition_is_many_texts_and_one_message() -> None:
    copies = np.array([0, 0, 0, 0, 4, 5, 6, 7])
    voice = np.array([1, 1, 1, 1, 0.5, 0.5, 1, 1.0])
    positive = np.array([True] * 4 + [False] * 4)
    every = np.arange(8)
    bases: tuple[Basis, ...] = ("texts", "messages", "voices")
    shares = [estimate_share(every, positive, weights_of(basis, copies, voice)).estimate for basis in bases]
    assert shares == pytest.approx([0.5, 0.2, 4 / 7])


def test_fewer_than_five_positives_give_an_upper_bound() -> None:
    few = estimate_share(np.arange(300), np.arange(300) < 4, np.ones(9000))
    enough = estimate_share(np.arange(300), np.arange(300) < 5, np.ones(9000))
    assert (few.estimator, few.low, few.positives) == ("upper bound", 0, 4)
    assert 0.02 < few.high < 0.04
    assert enough.estimator == "wilson"
    assert enough.low > 0


def test_scores_that_tell_texts_apart_narrow_the_interval() -> None:
    rng = np.random.default_rng(2)
    positive = rng.random(5000) < 0.2
    scores = np.where(positive, 0.7, 0.2) + rng.normal(0, 0.15, 5000)
    coded = rng.choice(5000, 300, replace=False)
    plain = estimate_share(coded, positive[coded], np.ones(5000))
    division = divide(divide_by_score(scores, 300), coded, np.ones(5000))
    divided = estimate_share(coded, positive[coded], np.ones(5000), divided=division)
    assert divided.estimator == "stratified"
    assert divided.high - divided.low < 0.7 * (plain.high - plain.low)
    assert divided.low <= positive.mean() <= divided.high


def test_the_same_sample_in_another_order_gives_the_same_share() -> None:
    positive = np.arange(60) % 3 == 0
    weights = np.tile([1, 0.5, 0.25], 200)
    order = np.random.default_rng(0).permutation(60)
    one = estimate_share(np.arange(60), positive, weights)
    other = estimate_share(np.arange(60)[order], positive[order], weights)
    assert (one.low, one.estimate, one.high) == pytest.approx((other.low, other.estimate, other.high))


@settings(max_examples=40)
@given(st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=20, max_size=400), st.integers(10, 400))
def test_strata_follow_the_scores(scores: list[float], coded: int) -> None:
    array = np.array(scores)
    strata = divide_by_score(array, coded)
    assert 1 <= strata.number <= MOST_STRATA
    order = np.argsort(array, kind="stable")
    assert (np.diff(strata.of[order]) >= 0).all()
    assert set(strata.of) == set(range(strata.number))
    for score in set(scores):
        assert len(set(strata.of[array == score])) == 1


def test_scores_that_are_all_alike_make_one_stratum() -> None:
    strata = divide_by_score(np.full(500, 0.3), 100)
    assert (strata.number, set(strata.of)) == (1, {0})


def test_the_estimator_is_chosen_from_what_may_be_expected() -> None:
    shares = np.array([0.8, 0.2])
    assert choose_estimator(shares, np.array([0.02, 0.9]), 300).estimator == "stratified"
    assert choose_estimator(shares, np.array([0.2, 0.21]), 300).estimator == "wilson"  # scores tell nothing apart
    assert choose_estimator(shares, np.array([0.0, 0.1]), 100).estimator == "wilson"  # 2 positives may be expected


def test_what_people_said_earlier_outweighs_the_scores() -> None:
    first = expected_rates(np.array([0.1, 0.9]))
    later = expected_rates(np.array([0.1, 0.9]), np.array([200.0, 100.0]), np.array([4.0, 30.0]))
    assert first.tolist() == [0.1, 0.9]
    assert later == pytest.approx([0.022, 0.329], abs=0.001)


@settings(max_examples=40)
@given(st.floats(0.02, 0.4), st.floats(0.01, 0.99), st.floats(1, 3), st.sampled_from([500, 5000, np.inf]))
def test_the_planned_sample_is_the_smallest_that_does(
    width: float, share: float, effect: float, population: float
) -> None:
    coded = plan_sample(width, share=share, design_effect=effect, population=population)

    def found(texts: int) -> float:
        rates = np.array([share]), np.ones(1)
        return float(expected_width(*rates, texts, design_effect=effect, population=population))

    assert found(coded) <= width or coded == population
    assert coded == 1 or found(coded - 1) > width


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.75, 0.8, "hầu hết"),
        (0.51, 0.9, "đa số"),
        (0.45, 0.55, "khoảng một nửa"),
        (0.1, 0.45, "thiểu số"),
        (0.0, 0.09, "ít"),
        (0.05, 0.15, None),
        (0.4, 0.5, None),
        (0.45, 0.6, None),
    ],
)
def test_a_word_is_used_only_when_the_whole_interval_lies_in_its_band(
    low: float, high: float, word: str | None
) -> None:
    found = word_for(low, high)
    assert (found.vi if found else None) == word
