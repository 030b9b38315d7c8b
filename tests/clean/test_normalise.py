"""Unicode as people type it."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.clean.normalise import language, normalise


def normal(text: str) -> str:
    return str(pl.DataFrame({"t": [text]}).select(normalise(pl.col("t"))).item())


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (unicodedata.normalize("NFD", "lương chậm"), "lương chậm"),
        ("lương\u200bchậm", "lươngchậm"),
        ("𝗧𝘂𝘆𝗲̂̉𝗻 𝗱𝘂̣𝗻𝗴", "Tuyển dụng"),
        ("ｌương", "lương"),
        ("  hai \n\t dòng ", "hai dòng"),
        ("‹giả mặt nạ›", "<giả mặt nạ>"),
        ("nửa ½ m²", "nửa ½ m²"),
        ("a\x00b", "ab"),
    ],
)
def test_normalise(typed: str, plain: str) -> None:
    assert normal(typed) == plain


@given(st.text(max_size=60))
def test_normalise_is_idempotent(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("lương chậm quá", "vi"),
        ("luong cham qua troi luon", "vi-plain"),
        ("the company owes wages", "other"),
        ("工资什么时候发", "other"),
        ("😭😭 123", "none"),
    ],
)
def test_language(text: str, guess: str) -> None:
    assert pl.DataFrame({"t": [text]}).select(language(pl.col("t"))).item() == guess
