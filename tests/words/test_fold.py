"""One key however a syllable was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.words.fold import fold

SYLLABLES = st.text(
    alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ ", max_size=30
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Bảo Hiểm Xã Hội", "bao hiem xa hoi"),
        ("ĐƯỜNG", "duong"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("mệttttt", "met"),
        ("quáaaa", "qua"),
        ("lươngggg", "luong"),
        ("100000", "100000"),
        ("lươnɡ", "luong"),
        ("москва", "москва"),
        ("pccc", "pccc"),
        ("cccd", "cccd"),
        ("kkkkkk", "kkk"),
        ("đẹpppp trờiiii", "dep troi"),
        ("сhậm", "cham"),
    ],
)
def test_fold(typed: str, key: str) -> None:
    assert fold(typed) == key


@given(SYLLABLES)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_fold_of_anything_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(SYLLABLES)
def test_fold_sees_no_composition_and_no_case(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())
