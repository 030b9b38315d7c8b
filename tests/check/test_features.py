from __future__ import annotations

import numpy as np
import pytest

from langnghe.check.checks import Check
from langnghe.check.features import FEATURES, features
from langnghe.check.match import Matcher
from langnghe.check.said import said, said_of
from langnghe.check.table import CodeTable
from langnghe.words.fold import fold

OTHERS = [Check(f"o{i}", f"Việc thứ {i} ở xưởng {chr(97 + i)}{chr(98 + i)}.") for i in range(20)]


def compared(message: str, check: Check) -> dict[str, float]:
    table = CodeTable.of(said_of(one) for one in [check, *OTHERS])
    (row,) = features(said([message]).codes[0], table, np.array([0]), np.array([1.0]))
    return dict(zip(FEATURES, row.tolist(), strict=True))


CLAIM = Check(
    "a", "Ca đêm được trả thêm 20 %.", "Không phải 20 %", "Sai. Ít nhất 30 %.", ("làm khuya thêm hai mươi phần trăm",)
)


@pytest.mark.parametrize(
    ("message", "agrees", "differs", "answered", "missing"),
    [
        ("ca đêm thêm 20%", 1, 0, 0, 0),
        ("ca đêm thêm hai mươi phần trăm", 1, 0, 0, 0),
        ("ca đêm thêm 30%", 0, 1, 1, 0),
        ("ca đêm thêm 45%", 0, 1, 0, 0),
        ("ca đêm thêm 50k", 0, 0, 0, 1),
        ("ca đêm thêm", 0, 0, 0, 0),
    ],
)
def test_an_amount_agrees_with_the_claim_not_with_its_answer(
    message: str, agrees: float, differs: float, answered: float, missing: float
) -> None:
    said_so = compared(message, CLAIM)
    names = ("amount_agrees", "amount_differs", "amount_answered", "amount_missing")
    assert [said_so[name] for name in names] == [agrees, differs, answered, missing]
    assert compared(fold(message), CLAIM) == said_so


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ("năm 2024 tăng lương", "date_differs", 1),
        ("năm 2025 tăng lương", "date_agrees", 1),
        ("tăng lương từ 1/7", "date_missing", 2),
        ("bảo hiểm thất nghiệp năm 2025", "named_differs", 1),
        ("bhxh 2025", "named_agrees", 1),
        ("thai sản 2025", "named_missing", 1),
    ],
)
def test_years_and_institutions_agree_or_differ(message: str, name: str, value: float) -> None:
    assert compared(message, Check("a", "Năm 2025 mức đóng bảo hiểm xã hội tăng."))[name] == value


def test_words_for_one_thing_are_one_code() -> None:
    assert compared("OT khuya", Check("a", "Làm thêm giờ ban đêm."))["cover"] == 1
    assert compared("được", Check("a", "Không được."))["negation_differs"] == 1
    assert compared("lương tăng", Check("a", "Lương giảm."))["turn_differs"] == 1


def test_a_message_and_a_check_with_nothing_in_common_or_nothing_at_all() -> None:
    for message in ("xin chào cả nhà", "", "giá vàng"):
        row = compared(message, CLAIM)
        assert row["cover"] == row["matched"] == 0
        assert np.isfinite(list(row.values())).all()


def test_how_far_a_check_is_ahead_is_told_anew_where_another_is_taken_out() -> None:
    found = Matcher([CLAIM, Check("b", "Ca đêm được trả thêm 30 %."), *OTHERS]).candidates("ca đêm được trả thêm 30%")
    ahead = FEATURES.index("ahead")
    best = int(np.argmax(found.rows[:, ahead]))
    assert found.positions[best] == 1
    assert found.rows[best, ahead] > 0 > found.rows[found.positions == 0, ahead]
    rest = found.without(1)
    assert rest.rows[rest.positions == 0, ahead] > 0
    assert rest.rows[:, FEATURES.index("behind")].min() == 0
