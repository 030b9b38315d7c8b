"""How common issues are in a study, and how often decisions are wrong there: expected without a label, measured with some."""

from __future__ import annotations

import numpy as np
import pytest

from langnghe.issues.prior import adapted, beside, how_common
from langnghe.issues.stated import LEAST_CODED, Judged, Stated, confused, measured, state

SHARES = np.array([[0.2, 0.1, 0.7]])


def drawn(shares: np.ndarray, texts: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Texts that are a code, nothing or another code in some shares, with what a calibrated classifier that learnt `SHARES` says."""
    generator = np.random.default_rng(1)
    kind = generator.choice(3, size=texts, p=shares)
    seen = np.eye(3)[kind] * 1.5 + generator.normal(size=(texts, 3))
    raised = np.exp(1.5 * seen) * SHARES
    return kind, (raised / raised.sum(axis=1, keepdims=True))[:, None]


@pytest.mark.parametrize("shares", [(0.05, 0.6, 0.35), (0.2, 0.1, 0.7), (0.4, 0.3, 0.3)])
def test_how_common_things_are_is_found_without_a_label(shares: tuple[float, float, float]) -> None:
    kind, apart = drawn(np.array(shares))
    found = how_common(apart, SHARES) * SHARES
    assert np.allclose(found[0], np.bincount(kind, minlength=3) / len(kind), atol=0.03)


def test_probabilities_mean_what_they_say_where_less_speaks_of_anything() -> None:
    kind, apart = drawn(np.array([0.05, 0.6, 0.35]))
    true = kind == 0
    before, after = apart[:, 0, 0], adapted(apart, how_common(apart, SHARES))[:, 0, 0]
    given = after >= 0.5
    assert abs((1 - true[given].mean()) - (1 - after[given]).mean()) < 0.05
    assert (1 - true[before >= 0.5].mean()) - (1 - before[before >= 0.5]).mean() > 0.1


def test_a_few_texts_change_little() -> None:
    _, apart = drawn(np.array([0.9, 0.05, 0.05]), texts=3)
    assert np.all(np.abs(how_common(apart, SHARES) - 1) < 0.3)


def test_what_is_beside_a_code_adds_up() -> None:
    found = beside(np.array([[0.7, 0.1], [0.0, 1.0]]), np.array([0.2, 0.9]))
    assert np.allclose(found.sum(axis=-1), 1)
    assert np.all(found > 0)


def judged(texts: int) -> Judged:
    codes = np.random.default_rng(2).beta(0.3, 0.9, size=(texts, 3))
    return Judged(codes, np.prod(1 - codes, axis=1))


def test_bounds_hold_what_is_expected_to_be_wrong() -> None:
    here = judged(2000)
    found = state(here, judged(500))
    given = here.codes >= found.sure
    assert (1 - here.codes)[given].mean() <= 0.27
    assert found.wrong <= 0.25
    assert found.missed <= 0.2
    assert found.unsure < found.sure
    assert found.coded == 0
    assert found.wrong < found.wrong_most < 0.6
    assert found.missed < found.missed_most < 0.6


def test_with_enough_coded_texts_errors_are_counted_and_not_expected() -> None:
    stated = Stated(0.5, 0.2, 0.1, 0.1, 0.1)
    codes = np.tile([[0.9, 0.1], [0.1, 0.1], [0.3, 0.1]], (LEAST_CODED // 2, 1))
    true = np.tile([[True, False], [False, False], [True, False]], (LEAST_CODED // 2, 1))
    true[0] = [False, True]
    found = measured(stated, codes, true)
    assert found.coded == len(true)
    assert found.wrong == pytest.approx(1 / (LEAST_CODED // 2))
    assert found.missed == 0
    assert found.undecided == pytest.approx(1 / 3)
    assert found.wrong < found.wrong_most < found.wrong + 0.1  # at most so much, at 95 %
    assert measured(stated, codes[:30], true[:30]) == stated


def test_an_error_that_rests_on_few_texts_is_not_told() -> None:
    codes = np.full((LEAST_CODED, 2), 0.3)
    codes[:5] = 0.9
    found = measured(Stated(0.5, 0.2, 0.1, 0.1, 0.1), codes, codes > 1)
    assert np.isnan(found.wrong)
    assert np.isnan(found.missed)
    assert np.isnan(found.wrong_most)
    assert np.isnan(found.missed_most)


def test_pairs_are_named_where_one_is_often_taken_for_the_other() -> None:
    true = np.tile([True, False, False], (30, 1))
    given = np.tile([False, True, False], (30, 1))
    given[:5] = [False, False, True]
    assert confused(given, true) == ((0, 1),)


def test_a_code_is_not_given_at_odds_that_only_the_allowance_for_errors_bears() -> None:
    generator = np.random.default_rng(4)
    sure, doubtful = generator.uniform(0.9, 1.0, size=(900, 1)), generator.uniform(0.1, 0.3, size=(300, 1))
    codes = np.concatenate([sure, doubtful])
    found = state(Judged(codes, 1 - codes[:, 0]), Judged(codes, 1 - codes[:, 0]))
    assert (1 - codes[codes >= 0.1]).mean() <= 0.25
    assert found.sure >= codes[900:].max()
