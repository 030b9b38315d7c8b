"""The sample: drawn at random, in proportion to the sources, each text with its weight, a share of them for two coders."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.measure.coding.sample import Plan, codes_of, draw_sample, period_name


def corpus(**sources: int) -> pl.DataFrame:
    """Texts of sources; all texts differ."""
    rows = [(f"{name} {number}", name) for name, count in sources.items() for number in range(count)]
    frame = pl.DataFrame(rows, schema=["text", "source"], orient="row")
    return frame.with_columns(file=pl.lit("f" * 16), place=pl.int_range(pl.len(), dtype=pl.UInt32))


def test_sources_are_drawn_in_proportion() -> None:
    drawn = draw_sample(corpus(facebook=6000, zalo=3000, hotline=1000), Plan("2026-Q3"))
    counts = dict(drawn.group_by("stratum").len().iter_rows())
    assert counts == {"facebook": 180, "zalo": 90, "hotline": 30}
    assert drawn["weight"].to_list() == pytest.approx([10000 / 300] * 300)


def test_small_sources_are_one_stratum_and_not_left_out() -> None:
    drawn = draw_sample(corpus(facebook=9000, a=20, b=20, c=20), Plan("2026-Q3"))
    small = drawn.filter(pl.col("stratum") == "")
    assert len(small) >= 1
    assert small["weight"].sum() == pytest.approx(60)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 400), min_size=1), st.integers(30, 300), st.integers(0, 9)
)
def test_weights_add_up_to_the_texts_and_no_text_is_drawn_twice(sources: dict[str, int], size: int, seed: int) -> None:
    texts = corpus(**sources)
    drawn = draw_sample(texts, Plan("2026-Q3", size, seed=seed))
    assert len(drawn) == min(size, len(texts))
    assert drawn["weight"].sum() == pytest.approx(len(texts))
    assert drawn["place"].n_unique() == len(drawn)


def test_the_draw_depends_on_the_period_and_the_seed_alone() -> None:
    texts = corpus(facebook=2000)
    first = draw_sample(texts, Plan("2026-Q3"))
    assert first.equals(draw_sample(texts, Plan("2026-Q3")))
    assert not first.equals(draw_sample(texts, Plan("2026-Q4")))
    assert not first.equals(draw_sample(texts, Plan("2026-Q3", seed=1)))


def test_every_text_is_equally_likely() -> None:
    texts = corpus(facebook=100)
    seen = pl.concat([draw_sample(texts, Plan("p", 30, seed=seed))["place"] for seed in range(400)])
    counts = seen.value_counts()["count"]
    assert len(counts) == 100
    low, high = counts.sort().gather([0, -1]).to_list()
    assert low >= 80  # 120 expected, ± 4 standard deviations
    assert high <= 165


def test_a_share_of_the_texts_goes_to_a_second_coder_who_is_another_person() -> None:
    drawn = draw_sample(corpus(facebook=2000), Plan("2026-Q3", coders=3))
    twice = drawn.filter(pl.col("second").is_not_null())
    assert len(twice) == 60
    assert (twice["first"] != twice["second"]).all()
    assert set(drawn["first"]) == {1, 2, 3}


def test_texts_with_the_same_words_are_coded_once() -> None:
    texts = corpus(facebook=40).with_columns(text=pl.lit("chậm lương"))
    drawn = draw_sample(texts, Plan("2026-Q3", 30))
    assert len(drawn) == 30
    assert drawn["code"].n_unique() == 1


@given(st.lists(st.text(max_size=5), max_size=60))
def test_codes_tell_texts_apart(texts: list[str]) -> None:
    codes = codes_of(pl.Series(texts, dtype=pl.String), "2026-Q3")
    assert len(set(codes)) == len(set(texts))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (dt.date(2026, 7, 1), dt.date(2026, 7, 31), "2026-07"),
        (dt.date(2026, 7, 1), dt.date(2026, 9, 30), "2026-Q3"),
        (dt.date(2026, 6, 29), dt.date(2026, 8, 16), "2026-M06-08"),
        (dt.date(2026, 1, 1), dt.date(2026, 9, 30), "2026"),
        (dt.date(2024, 1, 1), dt.date(2026, 9, 30), "2024-2026"),
        (None, None, "all"),
    ],
)
def test_a_period_is_named_by_its_dates(first: dt.date | None, last: dt.date | None, name: str) -> None:
    assert period_name(first, last, []) == name
    assert period_name(first, last, [name]) == f"{name}-2"
