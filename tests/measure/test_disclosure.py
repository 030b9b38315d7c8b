"""No small cell leaves, and none can be found by subtraction."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.errors import SettingError
from langnghe.measure.disclosure import protect, rule_for
from langnghe.nouns import Rule

RULE = Rule(10, "accounts")


def protected(counts: dict[str, list[int]]) -> pl.DataFrame:
    rows = [(issue, number, count, count) for issue, row in counts.items() for number, count in enumerate(row)]
    schema = {"issue": pl.String, "week": pl.Int64, "texts": pl.Int64, "shown_by": pl.Int64}
    return protect(pl.DataFrame(rows, schema=schema, orient="row"), RULE, within=["issue"], hide=["texts"])


def test_a_small_cell_takes_a_second_one_with_it() -> None:
    hidden = protected({"wages": [50, 3, 20, 30]})
    assert hidden["texts"].to_list() == [50, None, None, 30]
    assert hidden["hidden"].to_list() == [False, True, True, False]


def test_nothing_is_hidden_where_all_is_large() -> None:
    assert protected({"wages": [50, 20], "hours": [11, 12]})["hidden"].sum() == 0


def test_partitions_are_protected_apart() -> None:
    assert protected({"wages": [50, 60, 70], "hours": [9, 9, 9]})["texts"].to_list() == [50, 60, 70, None, None, None]


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.lists(st.integers(0, 60), min_size=1, max_size=9), min_size=1)
)
def test_what_is_hidden_can_not_be_subtracted(counts: dict[str, list[int]]) -> None:
    table = protected(counts)
    for issue, row in counts.items():
        shown = table.filter(pl.col("issue") == issue)["texts"].to_list()
        hidden = [count for count, cell in zip(row, shown, strict=True) if cell is None]
        assert all(cell is None or cell >= RULE.k for cell in shown)
        if hidden:
            # who knows the total knows the sum of the hidden cells: it must not be one small cell, nor a small sum
            assert len(hidden) >= min(2, len(row))
            assert sum(hidden) >= RULE.k or len(hidden) == len(row)


def test_k_doubles_without_authors_and_is_never_below_five() -> None:
    assert rule_for(10, has_authors=False) == Rule(20, "messages")
    assert rule_for(10, has_authors=True) == Rule(10, "accounts")
    with pytest.raises(SettingError):
        rule_for(4, has_authors=True)
