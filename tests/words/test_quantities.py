"""Numbers, money and measures as people write them."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.words.quantities import read_quantities


def told(text: str) -> list[str]:
    return [f"{quantity.value} {quantity.unit}".strip() for quantity in read_quantities(text)]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("lương 4tr2", ["4200000 đồng"]),
        ("4tr250 một tháng", ["4250000 đồng"]),
        ("4.2 triệu", ["4200000 đồng"]),
        ("4,2tr", ["4200000 đồng"]),
        ("5 củ", ["5000000 đồng"]),
        ("5cu", ["5000000 đồng"]),
        ("5 cu đồ", ["5"]),
        ("500k với 15 k", ["500000 đồng", "15000 đồng"]),
        ("1tr rưỡi", ["1500000 đồng"]),
        ("2 tỷ rưỡi", ["2500000000 đồng"]),
        ("12.500.000đ", ["12500000 đồng"]),
        ("12,500,000 VND", ["12500000 đồng"]),
        ("2 lít", ["200000 đồng"]),
        ("3 xị, 2 chai, 1 tỏi", ["300000 đồng", "2000000 đồng", "1000000000 đồng"]),
        ("5 triệu 200", ["5000000 đồng", "200"]),
        ("5tr200k", ["5200000 đồng"]),
        ("30.000 đồng một suất", ["30000 đồng"]),
        ("tăng 7,2% từ 1/7", ["7.2 %"]),
        ("làm 12 tiếng, 26 ngày, 3 người", ["12 giờ", "26 ngày", "3 người"]),
        ("từ 8h tới 17h30", ["8 giờ"]),
        ("ngày 02/09/2026, t7, 2in1", []),
        ("1.234.567,5", ["1234567.5"]),
        ("máy 192.168.1.1", []),
        ("0.5 ngày công", ["0.5 ngày"]),
        ("k có gì", []),
        ("1" * 60 + " triệu", []),
        ("", []),
    ],
)
def test_quantities(text: str, quantities: list[str]) -> None:
    assert told(text) == quantities


@given(st.integers(1, 999_999_999))
def test_money_is_read_back_as_it_was_grouped(value: int) -> None:
    for mark in ".,":
        written = f"{value:,}".replace(",", mark) + "đ"
        assert [(q.value, q.unit) for q in read_quantities(f"nợ {written} rồi")] == [(Decimal(value), "đồng")]


@given(st.integers(1, 999), st.integers(1, 9))
def test_all_ways_to_write_millions_agree(million: int, tenth: int) -> None:
    ways = (
        f"{million}tr{tenth}",
        f"{million}.{tenth} triệu",
        f"{million},{tenth}tr",
        f"{million}.{tenth} củ",
        f"{million}TR{tenth}00",
    )
    assert {told(way)[0] for way in ways} == {f"{million * 1_000_000 + tenth * 100_000} đồng"}


@given(st.text(alphabet="0123456789.,kKtrệiu củđ%hg/-:rưỡi", max_size=40) | st.text(max_size=40))
def test_quantities_stand_apart_in_the_text(text: str) -> None:
    found = read_quantities(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for quantity in found:
        assert re.match(r"\d", text[quantity.start : quantity.end])
        assert quantity.value >= 0
