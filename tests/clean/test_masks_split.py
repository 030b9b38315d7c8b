"""The masking test set is split by context into dev and held-out rows."""

import pytest

from evals.contexts import DEV, SHARE_OF_DEV, contexts, split
from evals.datasets import MASK_KINDS, masks


@pytest.mark.parametrize("kind", [*MASK_KINDS, "clean"])
def test_two_fifths_are_dev(kind: str) -> None:
    rows = masks(kind)
    assert (split(kind, rows) == DEV).mean() == pytest.approx(SHARE_OF_DEV, abs=0.05)


def test_rows_of_one_context_fall_on_the_same_side() -> None:
    rows = masks("plate")
    parts = split("plate", rows)
    fixed = max(contexts("plate"), key=len).split("{}")[0].strip()
    chosen = parts.filter(rows["text"].str.starts_with(fixed))
    assert len(chosen) > 1
    assert chosen.n_unique() == 1
