"""Findings: shares of what people coded, period by period, and what changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from langnghe.measure.coding.store import ESTIMATORS
from langnghe.measure.findings import measure_findings
from langnghe.nouns import CODINGS, Rule

WILSON = pl.DataFrame(schema=ESTIMATORS)
IDS = (["wages", "meals"], ["complaint", "other"])


def measured(
    *periods: tuple[str, int, int, int], k: int = 10, copies: int = 1, chosen: pl.DataFrame = WILSON
) -> dict[str, pl.DataFrame]:
    """Periods as (name, texts, coded, of these about wages), the first of each coded; every text is sent `copies` times."""
    texts, sample, codings, start = [], [], [], 0
    for name, size, coded, wages in periods:
        ids = np.arange(start, start + size)
        texts.append(
            pl.DataFrame({"text_id": ids, "copy_of": start + (ids - start) // copies * copies, "period": name})
        )
        drawn = ids[: coded or 300]
        sample.append(
            pl.DataFrame(
                {"text_id": drawn, "period": name, "purpose": "estimate", "weight": size / len(drawn)}
            ).with_columns(
                strata=pl.Series([["issue.wages=1"] if number < wages else [] for number in range(len(drawn))])
            )
        )
        given = [["wages"]] * wages + [[]] * (coded - wages)
        codings += [
            (int(text_id), "1", name, 1, "estimate", issues, "complaint" if issues else "other")
            for text_id, issues in zip(drawn[:coded], given, strict=True)
        ]
        start += size
    frame = pl.DataFrame(codings, schema=CODINGS, orient="row")
    whole = pl.concat(texts).with_columns(pl.col("text_id").cast(pl.UInt32))
    drawn_texts = pl.concat(sample).with_columns(pl.col("text_id").cast(pl.UInt32))
    return measure_findings(whole, drawn_texts, frame, chosen, IDS, Rule(k, "accounts"))


def row(found: pl.DataFrame, **wanted: str) -> dict[str, Any]:
    return found.filter(*(pl.col(name) == value for name, value in wanted.items())).row(0, named=True)


def test_a_share_stands_with_its_interval_on_both_bases() -> None:
    found = measured(("2026-Q3", 5000, 300, 60))["shares"]
    for basis in ("texts", "messages"):
        share = row(found, id="wages", basis=basis)
        assert share["estimate"] == pytest.approx(0.2)
        assert 0.15 < share["low"] < 0.2 < share["high"] < 0.26
    assert row(found, id="complaint", basis="texts")["estimate"] == pytest.approx(0.2)


def test_a_share_chosen_to_be_divided_is_narrower_and_wilsons_interval_stands_beside() -> None:
    shares = [["0.8", "0.2"], ["0.8", "0.2"]]
    chosen = pl.DataFrame([("2026-Q3", "issue", "wages", "stratified", 0.03, 0.09, *shares)], ESTIMATORS, orient="row")
    plain = row(measured(("2026-Q3", 5000, 300, 60))["shares"], id="wages", basis="texts")
    divided = row(measured(("2026-Q3", 5000, 300, 60), chosen=chosen)["shares"], id="wages", basis="texts")
    assert (divided["estimator"], plain["estimator"]) == ("stratified", "wilson")
    assert divided["high"] - divided["low"] < 0.6 * (plain["high"] - plain["low"])
    assert (divided["wilson_low"], divided["wilson_high"]) == (plain["low"], plain["high"])


def test_of_fewer_than_five_texts_only_an_upper_limit_is_told() -> None:
    share = row(measured(("2026-Q3", 5000, 300, 2))["shares"], id="wages", basis="texts")
    assert share["estimator"] == "upper bound"
    assert (share["estimate"], share["low"]) == (None, None)
    assert 0.01 < share["high"] < 0.03


def test_a_share_that_may_stand_for_fewer_than_k_texts_tells_its_upper_limit_alone() -> None:
    few = row(measured(("2026-Q3", 400, 300, 8), k=10)["shares"], id="wages", basis="texts")
    assert few["estimate"] is None
    assert few["high"] > 0.02


def test_texts_sent_by_many_count_once_among_messages() -> None:
    found = measured(("2026-Q3", 3000, 300, 100), copies=10)["shares"]
    assert row(found, id="wages", basis="messages")["estimate"] == pytest.approx(1 / 3, abs=0.01)


def test_a_clear_change_is_told_and_a_small_one_is_not() -> None:
    large = measured(("2026-Q2", 5000, 300, 30), ("2026-Q3", 5000, 300, 90))["changes"]
    change = row(large, id="wages", basis="texts")
    assert change["estimate"] == pytest.approx(0.2)
    assert change["clear"]
    small = measured(("2026-Q2", 5000, 300, 60), ("2026-Q3", 5000, 300, 66))["changes"]
    assert not row(small, id="wages", basis="texts")["clear"]


def test_how_much_was_coded_is_told_and_nothing_is_estimated_from_nothing() -> None:
    found = measured(("2026-Q2", 5000, 300, 30), ("2026-Q3", 4000, 0, 0))
    assert found["coded"].rows() == [("2026-Q2", 5000, 300, 300), ("2026-Q3", 4000, 300, 0)]
    assert set(found["shares"]["period"]) == {"2026-Q2"}
    assert found["changes"].is_empty()


def grouped(more: int, shown: list[tuple[str, str, str]]) -> dict[str, pl.DataFrame]:
    """2,000 texts, half of them of each place, 300 coded; of place A `more` in a hundred speak of wages, of B ten."""
    ids = np.arange(2000)
    place = np.where(ids % 2 == 0, "A", "B")
    about = np.where(place == "A", ids // 2 % 100 < more, ids // 2 % 100 < 10)
    frame = pl.DataFrame({"text_id": ids, "copy_of": ids, "period": "q", "group.place": place})
    texts = frame.with_columns(pl.col("text_id").cast(pl.UInt32))
    drawn = texts.head(400).select("text_id", "period", purpose=pl.lit("estimate"), weight=pl.lit(5.0))
    drawn = drawn.with_columns(strata=pl.lit([], dtype=pl.List(pl.String)))
    said = [(int(n), "1", "q", 1, "estimate", ["wages"] if about[n] else [], "other") for n in range(400)]
    codings = pl.DataFrame(said, schema=CODINGS, orient="row")
    cells = pl.DataFrame(shown, schema=["group", "value", "issue"], orient="row")
    return measure_findings(texts, drawn, codings, WILSON, IDS, Rule(10, "accounts"), shown=cells)


def test_a_group_that_clearly_differs_is_told_with_an_interval_of_its_own() -> None:
    found = row(grouped(40, [("place", "A", "wages")])["contrasts"], value="A")
    assert (found["share"], found["rest"]) == pytest.approx((0.4, 0.1))
    assert 0.2 < found["low"] < 0.3 < found["high"] < 0.4
    assert found["clear"]
    assert not row(grouped(14, [("place", "A", "wages")])["contrasts"], value="A")["clear"]


def test_groups_are_compared_only_where_their_cell_is_printed() -> None:
    assert grouped(40, [])["contrasts"].is_empty()
    assert grouped(40, [("place", "A", "meals")])["contrasts"].is_empty(), "nobody spoke of it"


def test_comparing_more_makes_each_difference_less_clear() -> None:
    one = row(grouped(24, [("place", "A", "wages")])["contrasts"], value="A")
    two = row(grouped(24, [("place", "A", "wages"), ("place", "B", "wages")])["contrasts"], value="A")
    assert two["adjusted"] == pytest.approx(2 * one["adjusted"])
