from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_rows import CHECKS
from langnghe.check.claims import find_claims, sentences, shipped_sense
from langnghe.check.match import Matcher
from langnghe.check.seen import repeated_claims


@pytest.mark.parametrize(
    "text",
    [
        "Từ 1/7 bỏ rút BHXH một lần.",
        "nghe noi sang nam tang tuoi huu len 65 phai khong",
        "Theo luật thử việc chỉ được trả 85% lương",
        "Tuyển gấp việc nhẹ lương cao 500k/ngày không cần kinh nghiệm",
        "Nghỉ việc không báo trước là mất sổ bảo hiểm, đúng không ạ?",
    ],
)
def test_what_states_something_checkable_is_found(text: str) -> None:
    (claim,) = find_claims(text)
    assert text[claim.start : claim.end] == claim.text
    assert claim.reasons


@pytest.mark.parametrize(
    "text",
    ["Chán quá", "em nghĩ công ty nên tăng lương", "Lương tối thiểu vùng là bao nhiêu?", "Chúc cả nhà vui", "cơm trưa dở tệ", ""],
)  # fmt: skip
def test_opinions_feelings_and_open_questions_are_not(text: str) -> None:
    assert find_claims(text) == []


def test_the_most_checkable_comes_first() -> None:
    found = find_claims("Công ty phải trả phụ cấp. Từ 1/7/2025 theo luật mới không được rút BHXH một lần nữa!")
    assert found[0].text.startswith("Từ 1/7/2025")


def test_the_desk_s_decisions_change_what_is_found() -> None:
    texts = [f"đồng phục màu số {n} đẹp" for n in range(12)]
    before = shipped_sense()
    learned = before.learned([*texts, "Bị phạt 200k nếu không mặc đồng phục"], [False] * 12 + [True])
    assert learned.score("đồng phục màu số 20 đẹp") < before.score("đồng phục màu số 20 đẹp")
    assert before.learned([], []) == before


@given(st.text(max_size=200))
def test_sentences_cover_every_word_once_and_in_order(text: str) -> None:
    spans = sentences(text)
    assert [start for start, _ in spans] == sorted({start for start, _ in spans})
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_texts_are_counted_for_the_check_that_answers_them_copies_too() -> None:
    said = "Làm ca đêm được trả thêm ít nhất 30 %."
    texts = pl.DataFrame(
        {
            "text_id": [0, 1, 2, 3],
            "text": [said, said, "Hôm nay vui", "Bỏ phụ cấp xăng xe 300k từ ngày 1/8/2026"],
            "copy_of": [0, 0, 2, 3],
        },
        schema={"text_id": pl.UInt32, "text": pl.String, "copy_of": pl.UInt32},
    )
    found = repeated_claims(texts, Matcher(CHECKS))
    place = found.checks.index("dem") if "dem" in found.checks else 0
    assert found.spoken.filter(claim=place)["text_id"].to_list() == [0, 1]
    assert len(found.claims) == 2
