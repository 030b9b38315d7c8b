"""Syllables, the place of their tone, and spellings read by rule."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.words.fold import fold
from langnghe.words.spelling import respell, shortened
from langnghe.words.syllables import is_plain_syllable, is_syllable, place_tone

PROPER = (
    "công ty nợ lương quốc giêng gì giữ khuya nghiêng quyền quỷ xoong huơ hoặc khuỷu ngoằn ngoèo giường qua kỹ không "
    "khác ghế nghề yêu uống oan ếch ướt thuở nguyễn trượt buýt chuyện"
).split()


@pytest.mark.parametrize("word", PROPER)
def test_proper_syllables_stand(word: str) -> None:
    assert is_syllable(word)
    assert is_plain_syllable(fold(word))
    assert respell(word) is None


@pytest.mark.parametrize("word", ["lươg", "khog", "ká", "ngề", "cẹ", "mát̉", "họcc", "hòc", "zô", "gq", "", "việtt"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("khôg", "không"),
        ("đaq", "đang"),
        ("rồj", "rồi"),
        ("vjệc", "việc"),
        ("fải", "phải"),
        ("wá", "quá"),
        ("kũng", "cũng"),
        ("jờ", "giờ"),
        ("ngỉ", "nghỉ"),
        ("thík", "thích"),
        ("biếk", "biết"),
        ("đượk", "được"),
        ("luowng", "lương"),
        ("dduwowcj", "được"),
        ("tieenf", "tiền"),
        ("quáaaa", "quá"),
        ("ngonn", "ngon"),
        ("đẹpp", "đẹp"),
    ],
)
def test_spellings_are_read_by_rule(typed: str, read: str) -> None:
    assert respell(typed) == read


@pytest.mark.parametrize("word", "dog fan key job was book see too beef team app cool facebook iphone ok pccc".split())
def test_english_words_and_abbreviations_stay(word: str) -> None:
    assert respell(word) is None


@pytest.mark.parametrize(
    ("typed", "placed"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("quý", "quý"),
        ("tòan", "toàn"),
        ("HOÀ", "HÒA"),
        ("của", "của"),
    ],
)
def test_tones_have_one_place(typed: str, placed: str) -> None:
    assert place_tone(typed) == placed
    assert place_tone(placed) == placed


@given(st.text(alphabet="aàáâấăoòóôốơớeéêếuúưứiíyýhtklmngcpfjzwdđqs", min_size=1, max_size=8))
def test_what_a_rule_gives_stands(word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    read = respell(word)
    assert read is None or is_syllable(read) or is_plain_syllable(read)
    assert read is None or respell(read) is None
    assert shortened(shortened(word)) == shortened(word)
