"""People who code texts of a study draw the line of an issue where they draw it, and probabilities follow."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logit

from langnghe.issues.corrected import correct, cross_corrected

GENERATOR = np.random.default_rng(0)
CODES = 3
SAID = GENERATOR.beta(0.3, 1.5, (400, CODES))
MEANT = expit(logit(np.clip(SAID, 1e-5, 1 - 1e-5)) + np.array([1.0, 0.0, -1.0]))
TRUE = GENERATOR.random(SAID.shape) < MEANT


def test_probabilities_move_to_where_people_draw_the_line() -> None:
    found = correct(SAID, TRUE)
    assert found is not None
    assert found.shift[0] > 0.4 > abs(found.shift[1])
    assert found.shift[2] < -0.2
    assert np.abs(found.of(SAID) - MEANT).mean() < np.abs(SAID - MEANT).mean() / 2


def test_a_few_texts_correct_nothing() -> None:
    assert correct(SAID[:99], TRUE[:99]) is None


@pytest.mark.parametrize("same", [True, False])
def test_no_text_corrects_itself_or_its_copies(*, same: bool) -> None:
    groups = np.zeros(400, dtype=np.int64) if same else np.arange(400)
    changed = TRUE.copy()
    changed[0] = ~changed[0]
    before, after = (cross_corrected(SAID, true, groups)[0] for true in (TRUE, changed))
    assert np.array_equal(before, after)
