"""What a cell counts: texts, distinct messages, voices; and what it shows for certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from langnghe.measure.cells import count_cells, with_alone

if TYPE_CHECKING:
    from collections.abc import Sequence


def texts(rows: Sequence[tuple[str, int, float | None, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={"place": pl.String, "copy_of": pl.UInt32, "voice": pl.Float64, "batch": pl.UInt16},
        orient="row",
    )


def test_copies_count_once_as_messages_and_once_for_k() -> None:
    counted = count_cells(texts([("a", 0, 1.0, 0)] * 5 + [("a", 9, 0.5, 0), ("a", 8, 0.5, 0)]), ["place"])
    assert counted.to_dicts() == [{"place": "a", "texts": 7, "messages": 3, "voices": 6, "voice": 6.0, "shown_by": 2}]


def test_over_several_files_the_largest_counts() -> None:
    counted = count_cells(texts([("a", n, 1.0, 0) for n in range(3)] + [("a", n, 1.0, 1) for n in range(10, 15)]), [])
    assert counted.to_dicts() == [{"texts": 8, "messages": 8, "voices": 8, "voice": 8.0, "shown_by": 5}]


def test_without_authors_each_distinct_message_counts_once() -> None:
    counted = count_cells(texts([("a", 0, None, 0)] * 4 + [("a", 1, None, 0)]), ["place"])
    assert counted.select("texts", "messages", "shown_by").row(0) == (5, 2, 2)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.integers(0, 4), st.sampled_from([0.0, 0.25, 0.5, 1.0, None]), st.integers(0, 1)
        ),
        min_size=1,
    )
)
def test_no_cell_shows_more_than_its_messages_nor_more_than_its_texts(
    rows: list[tuple[str, int, float | None, int]],
) -> None:
    for cell in count_cells(texts(rows), ["place"]).to_dicts():
        assert cell["shown_by"] <= cell["messages"] <= cell["texts"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.integers(0, 9), st.sampled_from([0.0, 0.25, 0.5, 1.0, None]), st.integers(0, 1)
        ),
        min_size=1,
    )
)
def test_knowing_which_texts_have_no_copy_changes_no_count(rows: list[tuple[str, int, float | None, int]]) -> None:
    for by in (["place"], []):
        assert count_cells(with_alone(texts(rows)), by).equals(count_cells(texts(rows), by))
