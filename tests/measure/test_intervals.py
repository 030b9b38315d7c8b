"""Intervals lie where they should, grow and shrink as they should, and hold the truth about as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.measure.intervals import (
    LEAST_CODED,
    Tally,
    estimate,
    join_small,
    score_interval,
    tally,
    upper_bound,
)
from langnghe.wilson import wilson

Z = 1.959964
rates = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=4)


def strata(rates: list[float], size: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    number = len(rates)
    return np.array([rates]), np.full((1, number), size / number), np.full((1, number), 1 / number)


def test_wilson_as_in_the_books() -> None:
    low, high = wilson(np.array([0.0, 0.1, 1.0]), np.array([10.0, 100.0, 10.0]), Z)
    assert low == pytest.approx([0, 0.0552, 0.7225], abs=1e-4)
    assert high == pytest.approx([0.2775, 0.1744, 1], abs=1e-4)


@settings(max_examples=40)
@given(rates, st.floats(5, 2000))
def test_limits_hold_the_estimate_and_stay_between_zero_and_one(rates: list[float], size: float) -> None:
    low, high = score_interval(*strata(rates, size), Z)
    assert 0 <= low[0] <= np.mean(rates) + 1e-9
    assert np.mean(rates) - 1e-9 <= high[0] <= 1


@settings(max_examples=40)
@given(st.floats(0, 1), st.integers(2, 4), st.floats(10, 2000))
def test_strata_that_tell_nothing_apart_give_wilsons_interval(rate: float, number: int, size: float) -> None:
    divided = np.array(score_interval(*strata([rate] * number, size), Z))
    assert divided[:, 0] == pytest.approx(np.array(wilson(np.array(rate), np.array(size), Z)), abs=1e-6)


@settings(max_examples=40)
@given(rates, st.floats(5, 1000))
def test_the_interval_of_no_mirrors_that_of_yes(rates: list[float], size: float) -> None:
    yes = score_interval(*strata(rates, size), Z)
    no = score_interval(*strata([1 - rate for rate in rates], size), Z)
    assert (1 - no[1][0], 1 - no[0][0]) == pytest.approx((yes[0][0], yes[1][0]), abs=1e-6)


@settings(max_examples=40)
@given(rates, st.floats(5, 500), st.floats(1.1, 5))
def test_more_texts_and_less_confidence_make_it_narrower(rates: list[float], size: float, times: float) -> None:
    few, many = score_interval(*strata(rates, size), Z), score_interval(*strata(rates, size * times), Z)
    less = score_interval(*strata(rates, size), Z / times)
    assert many[1][0] - many[0][0] <= few[1][0] - few[0][0] + 1e-9
    assert few[0][0] - 1e-9 <= less[0][0]
    assert less[1][0] <= few[1][0] + 1e-9


def test_with_no_positives_the_bound_is_about_three_in_n() -> None:
    assert upper_bound(np.array([0.0]), np.array([300.0]), 0.95)[0] == pytest.approx(3 / 300, rel=0.01)


def test_small_strata_join_their_neighbours_and_nothing_is_lost() -> None:
    texts = np.array([[50.0, 2.0, 30.0, 1.0]])
    joined, shares = join_small(Tally(*[texts] * 6), np.array([[0.5, 0.02, 0.3, 0.18]]))
    assert joined.texts.tolist() == [[52, 0, 31, 0]]
    assert shares[0] == pytest.approx([0.52, 0, 0.48, 0])


@settings(max_examples=40)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4).filter(lambda n: sum(n) >= LEAST_CODED))
def test_after_joining_no_stratum_is_small(sizes: list[int]) -> None:
    texts = np.array([sizes], dtype=float)
    joined, shares = join_small(Tally(*[texts] * 6), texts / texts.sum())
    assert set(joined.texts[0][joined.texts[0] < LEAST_CODED]) <= {0.0}
    assert shares.sum() == pytest.approx(1)


def samples(
    positive: np.ndarray, weight: np.ndarray, stratum: np.ndarray, coded: int
) -> tuple[Tally, np.ndarray, float]:
    """500 samples of a period: what they add up to, the strata's shares, and the truth."""
    rng = np.random.default_rng(5)
    number = int(stratum.max()) + 1
    drawn = np.stack([rng.choice(len(positive), coded, replace=False) for _ in range(500)])
    shares = np.bincount(stratum, weight, minlength=number) / weight.sum()
    counted = tally(positive[drawn], weight[drawn], stratum[drawn], number)
    return counted, shares, float((weight * positive).sum() / weight.sum())


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("uneven", [False, True])
@pytest.mark.parametrize("divided", [False, True])
def test_intervals_hold_the_truth(share: float, uneven: bool, divided: bool) -> None:  # noqa: FBT001 - parameters of a test
    rng = np.random.default_rng(1)
    positive = rng.random(3000) < share
    stratum = (rng.random(3000) < np.where(positive, 0.8, 0.05)).astype(np.int64) * divided
    weight = 0.5 ** rng.integers(0, 4, 3000) if uneven else np.ones(3000)
    counted, shares, truth = samples(positive, weight, stratum, 300)
    found = estimate(counted, shares, 3000)
    covered = np.mean((found.low <= truth) & (truth <= found.high))
    assert covered >= 0.92


def test_copies_and_unequal_voices_widen_the_interval() -> None:
    positive = np.arange(400) % 4 == 0
    none = np.zeros((1, 400), dtype=np.int64)
    even = estimate(tally(positive[None], np.ones((1, 400)), none, 1), np.ones(1), np.inf)
    uneven = estimate(tally(positive[None], np.tile(0.5 ** np.arange(8), (1, 50)), none, 1), np.ones(1), np.inf)
    assert even.design_effect[0] == pytest.approx(1)
    assert uneven.design_effect[0] > 1.5
    assert uneven.high[0] - uneven.low[0] > even.high[0] - even.low[0]


def test_weights_count_by_what_they_are_to_each_other() -> None:
    positive = np.arange(100)[None] % 3 == 0
    weight = np.linspace(0.1, 1, 100)[None]
    none = np.zeros((1, 100), dtype=np.int64)
    one, ten = (estimate(tally(positive, weight * times, none, 1), np.ones(1), np.inf) for times in (1, 10))
    assert [float(part[0]) for part in ten[:3]] == pytest.approx([float(part[0]) for part in one[:3]])


def test_when_all_texts_are_coded_nothing_is_unsure() -> None:
    positive = np.arange(200)[None] < 3
    found = estimate(tally(positive, np.ones((1, 200)), np.zeros((1, 200), dtype=np.int64), 1), np.ones(1), 200)
    assert (found.low[0], found.share[0], found.high[0]) == (0.015, 0.015, 0.015)
    assert not found.is_bound[0]
