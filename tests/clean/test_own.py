"""What a message says of its own, and texts that are put together from ready-made sentences."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl

from evals.texts import words_of
from langnghe.clean.copies import find_copies, sign, with_own_words

READY = [
    "Chất lượng sản phẩm rất là tuyệt vời",
    "Đóng gói hàng hoá rất đẹp và chắc chắn",
    "Thời gian giao hàng thì rất là nhanh",
    "Người bán phục vụ rất tốt và tận tình",
    "Rất đáng tiền nên sẽ còn ủng hộ dài dài",
    "Hàng nhận được giống như trong hình đã đăng",
    "Giá cả phải chăng và có nhiều mã giảm",
    "Tư vấn nhiệt tình và trả lời tin nhắn ngay",
    "Lần sau nếu cần thì sẽ lại mua tiếp",
]
PETITION = (
    "Kính mong ban giám đốc xem lại tiền cơm ca đêm vì mười lăm nghìn một suất thì không ai đủ sức đứng máy tới sáng"
)


def grouped(texts: list[str]) -> pl.DataFrame:
    words, vocabulary = words_of(pl.Series(texts))
    ids = pl.Series("text_id", np.arange(len(texts)), dtype=pl.UInt32)
    signature = sign(words, vocabulary)
    return with_own_words(find_copies(ids, [signature]), signature.exact, lambda: [(ids, words)], vocabulary)


def reviews() -> list[str]:
    """Every choice and order of three ready-made sentences."""
    return [". ".join(chosen) for chosen in itertools.permutations(READY, 3)]


def test_texts_of_ready_made_sentences_are_no_copies_of_each_other() -> None:
    assert grouped(reviews()).group_by("copy_of").len()["len"].max() < 10  # type: ignore[operator]  # a count
    twice = grouped(reviews() * 2)
    assert (twice["copy_of"].head(504) == twice["copy_of"].tail(504)).all(), "exact copies stay together"


def test_a_petition_keeps_its_words_and_its_group() -> None:
    found = grouped([*reviews(), *(f"{PETITION}{end}" for end in ["", " 🙏", "!!", " #congnhan"] * 5)])
    sent = found.filter(pl.col("text_id") >= 504)
    assert sent["copy_of"].n_unique() == 1
    assert sent["own"].min() == len(PETITION.split())


def test_a_petition_with_a_ready_made_opening_has_the_rest_as_its_own() -> None:
    opened = [f"{READY[0]}. {PETITION}"] * 12
    found = grouped([*reviews(), *opened])
    sent = found.filter(pl.col("text_id") >= 504)
    assert sent["copy_of"].n_unique() == 1
    assert sent["own"].to_list() == [len(PETITION.split())] * 12


def test_small_groups_are_left_alone() -> None:
    found = grouped([PETITION, f"{PETITION} ạ", "chậm lương"])
    assert found["copy_of"].to_list() == [0, 0, 2]
    assert found["own"].to_list() == found["length"].to_list()
