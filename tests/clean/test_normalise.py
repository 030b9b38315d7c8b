"""Unicode as people type it."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.clean.normalise import normalise, normalised
from langnghe.words.fold import fold

MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0338\u20e3\ufe0f"
STRANGE = st.text(alphabet="aăâeêioôơuưydđ 1ñ𝗯𝒶ｗⓒᴀ‹›сеοΗ\u200b\u00a0\n❤½" + MARKS, max_size=30)


def normal(text: str) -> str:
    return str(pl.DataFrame({"t": [text]}).select(normalise(pl.col("t"))).item())


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (unicodedata.normalize("NFD", "lương chậm"), "lương chậm"),
        ("lương\u200bchậm", "lươngchậm"),
        ("𝗧𝘂𝘆𝗲̂̉𝗻 𝗱𝘂̣𝗻𝗴", "Tuyển dụng"),
        ("ｌương", "lương"),
        ("ᴛᴀ̆ɴɢ ⓒⓐ 🅾🅽", "tăng ca 🅾N"),
        ("  hai \n\t dòng ", "hai dòng"),
        ("‹giả mặt nạ›", "<giả mặt nạ>"),
        ("nửa ½ m²", "nửa ½ m²"),
        ("𝗯𝗼𝗹𝗱 ½", "bold ½"),
        ("a\x00b", "ab"),
        ("сhậm lươnɡ Ηà Nội", "chậm lương Hà Nội"),
        ("москва", "москва"),
        ("tiê\u0301ng tié\u0302ng", "tiếng tiếng"),
        ("l̷̢ươ̶n̷g", "lương"),
        ("0️⃣9️⃣1️⃣", "091"),
        ("buồn ❤️ 😭👍🏻 :( =))", "buồn ❤️ 😭👍🏻 :( =))"),
        ("hoà hòa", "hoà hòa"),
        ("हिन्दी กำลัง", "हिन्दी กำลัง"),
    ],
)
def test_normalise(typed: str, plain: str) -> None:
    assert normal(typed) == plain


def test_plain_texts_stay_where_they_are_among_odd_ones() -> None:
    texts = pl.Series("t", ["lương chậm", " hai  cách ", "nợ", ""])
    assert normalised(texts).to_list() == ["lương chậm", "hai cách", "nợ", ""]
    assert normalised(texts).name == "t"


@given(st.text(max_size=60) | STRANGE)
def test_normalise_is_idempotent(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(STRANGE)
def test_normalise_does_not_see_composition(text: str) -> None:
    assert normal(unicodedata.normalize("NFD", text)) == normal(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="aàáâấăắeéêếoóôốơớuúưứyýdđlng ", max_size=30))
def test_keys_of_vietnamese_are_the_same_before_and_after(text: str) -> None:
    assert fold(normal(text)).split() == fold(text).split()
