"""Differences between two shares, and how many of them a report may call clear."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.measure.differences import benjamini_hochberg, find_differences, holm
from langnghe.measure.shares import Share, estimate_share


@cache
def share(positives: int, coded: int) -> Share:
    return estimate_share(np.arange(coded), np.arange(coded) < positives, np.ones(200_000))


def test_newcombes_example() -> None:
    # Newcombe (1998), method 10: 56/70 against 48/80 gives 0.2, from 0.0524 to 0.3339
    (found,) = find_differences([(share(48, 80), share(56, 70))])
    assert (found.estimate, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=2e-4)
    assert 0.005 < found.p < 0.02


def test_the_probability_and_the_interval_say_the_same() -> None:
    pairs = [(share(30, 300), share(n, 300)) for n in range(10, 70)]
    for found in find_differences(pairs):
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


def test_equal_shares_do_not_differ() -> None:
    (found,) = find_differences([(share(30, 300), share(30, 300))])
    assert (found.estimate, found.p, found.is_clear()) == (0, 1, False)


def test_a_difference_turned_round_changes_its_sign() -> None:
    there, back = find_differences([(share(20, 200), share(60, 250)), (share(60, 250), share(20, 200))])
    assert (back.low, back.high, back.p) == pytest.approx((-there.high, -there.low, there.p))


def test_among_many_comparisons_chance_is_seldom_called_clear() -> None:
    rng = np.random.default_rng(3)
    wrong = 0
    for _ in range(100):
        draws = rng.binomial(300, 0.15, (20, 2))
        wrong += any(d.is_clear() for d in find_differences([(share(a, 300), share(b, 300)) for a, b in draws]))
    assert wrong <= 10


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_probabilities_are_larger_keep_their_order_and_holm_is_stricter(p: list[float]) -> None:
    raw = np.array(p)
    for adjusted in (holm(raw), benjamini_hochberg(raw)):
        assert (adjusted >= raw - 1e-12).all()
        assert (adjusted <= 1).all()
        order = np.argsort(raw)
        assert (np.diff(adjusted[order]) >= -1e-12).all()
    assert (holm(raw) >= benjamini_hochberg(raw) - 1e-12).all()
