"""Weights meet what is known of the population, stay within limits, and do not make an opt-in survey what it is not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.errors import LangngheError, Say, SettingError
from langnghe.measure.margins import Margins, read_margins, weigh
from langnghe.measure.weights import Weights, rake

SEX = {"nam": 0.4, "nữ": 0.6}
AGE = {"trẻ": 0.5, "già": 0.5}
people = st.lists(st.tuples(st.sampled_from(["nam", "nữ"]), st.sampled_from(["trẻ", "già"])), min_size=30, max_size=120)


def raked(rows: list[tuple[str, str]]) -> Weights:
    sex, age = zip(*rows, strict=True)
    return rake({"giới": sex, "tuổi": age}, {"giới": SEX, "tuổi": AGE}, sampling="opt-in")


def share(weights: Weights, rows: list[tuple[str, str]], place: int, value: str) -> float:
    chosen = np.array([row[place] == value for row in rows])
    return float(weights.weight[chosen].sum() / weights.weight.sum())


def test_a_survey_of_too_many_men_is_weighed_back() -> None:
    weights = rake({"giới": ["nam"] * 80 + ["nữ"] * 20}, {"giới": SEX}, sampling="random")
    assert weights.weight[0] == pytest.approx(0.5)
    assert weights.weight[-1] == pytest.approx(3)
    assert weights.effective == pytest.approx(100**2 / (80 * 0.25 + 20 * 9))


@settings(max_examples=25)
@given(people)
def test_margins_are_met_or_the_reason_is_told(rows: list[tuple[str, str]]) -> None:
    weights, told = None, ""
    try:
        weights = raked(rows)
    except SettingError as error:
        told = error.where
    if weights is None:
        assert told in {"giới", "tuổi"}
        return
    assert (weights.weight > 0).all()
    assert weights.weight.mean() == pytest.approx(1)
    assert share(weights, rows, 0, "nam") == pytest.approx(0.4, abs=1e-3)
    assert share(weights, rows, 1, "trẻ") == pytest.approx(0.5, abs=1e-3)
    assert weights.design_effect >= 1


@settings(max_examples=10)
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_answers_and_margins_does_not_matter(rows: list[tuple[str, str]], random: object) -> None:
    rows = [("nam", "trẻ"), ("nam", "già"), ("nữ", "trẻ"), ("nữ", "già"), *rows]
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    try:
        weights = raked(rows)
    except SettingError:
        return
    sex, age = zip(*(rows[i] for i in order), strict=True)
    other = rake({"tuổi": age, "giới": sex}, {"tuổi": AGE, "giới": SEX}, sampling="opt-in")
    assert other.weight == pytest.approx(weights.weight[order], abs=1e-6)


def test_answers_without_a_group_keep_their_share() -> None:
    weights = rake({"giới": ["nam"] * 40 + ["nữ"] * 40 + [None] * 20}, {"giới": SEX}, sampling="random")
    assert weights.weight[80:].sum() == pytest.approx(20)
    assert weights.weight[:40].sum() == pytest.approx(0.4 * 80)


@pytest.mark.parametrize(
    ("groups", "margin", "told"),
    [
        (["nam"] * 10, SEX, "Nobody answered in the group: nữ"),
        (["nam", "nữ", "khác"] * 5, SEX, "No known share for the group: khác"),
        (["nam", "nữ"] * 5, {"nam": 0.4, "nữ": 0.5}, "add up to 0.9"),
        (["nam"] * 99 + ["nữ"], SEX, "don't meet the known shares"),
    ],
)
def test_what_can_not_be_weighed_is_told(groups: list[str], margin: dict[str, float], told: str) -> None:
    with pytest.raises(LangngheError, match=told) as caught:
        rake({"giới": groups}, {"giới": margin}, sampling="random")
    assert caught.value.where == "giới"


def test_weights_do_not_make_an_opt_in_survey_speak_for_the_population() -> None:
    workers = Say("công nhân khu A", "workers of zone A")
    groups, margins = {"giới": ["nam", "nữ"] * 20}, {"giới": SEX}
    assert rake(groups, margins, sampling="random").whom(workers) == workers
    opted = rake(groups, margins, sampling="opt-in")
    assert not opted.speaks_for_population
    assert "công nhân khu A" not in opted.whom(workers).vi


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("giới,nam,48\ngiới,nữ,nhiều\n", "m.csv, 2"),
        ("giới,nam,48\ngiới,nam,52\n", "m.csv, 2"),
        ("giới,nam\ngiới,nữ\n", "m.csv, 2"),
        ("nhóm,giá trị,tỷ lệ\n", "m.csv"),
    ],
)
def test_a_row_of_margins_that_cannot_be_is_named(table: str, where: str) -> None:
    with pytest.raises(SettingError) as failed:
        read_margins("m.csv", table.encode())
    assert failed.value.where == where


def test_margins_are_read_as_spreadsheets_write_them() -> None:
    table = "\ufeffNhóm;Giá trị;Tỷ lệ\r\ngiới;nữ;52,5 %\r\ngiới;nam;47,5 %\r\n\r\n"
    assert read_margins("m.csv", table.encode()) == {"giới": {"nữ": 52.5, "nam": 47.5}}


def test_margins_of_a_column_that_is_no_group_are_refused() -> None:
    with pytest.raises(SettingError, match="--group"):
        weigh(pl.DataFrame({"text": ["a"]}), Margins({"giới": SEX}, "random"))
