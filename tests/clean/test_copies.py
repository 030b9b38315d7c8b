"""Copies are found whatever the order of the rows; short texts that many write are no near copies."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.clean.copies import find_copies, sign
from langnghe.words.find import find_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, unfold

PETITION = (
    "Kính mong công đoàn lên tiếng giúp bà con ở trọ được tính tiền điện nước theo giá nhà nước quy định, "
    "hiện chủ trọ đang thu bốn nghìn một số điện, công nhân chịu không nổi"
)


def copies(texts: list[str]) -> pl.DataFrame:
    builder = VocabularyBuilder()
    frame = pl.DataFrame(
        {"text_id": range(len(texts)), "text": texts}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    (words,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    return find_copies(frame["text_id"], [sign(unfold(words["surfaces"], vocabulary), vocabulary)])


@pytest.mark.parametrize(
    "edited",
    [
        PETITION + " 🙏🙏 #congnhan",
        "Nhờ mọi người chia sẻ! " + PETITION,
        PETITION.replace("bốn nghìn", "năm nghìn"),
        PETITION.upper(),
        PETITION.rsplit(",", 1)[0],
    ],
)
def test_edited_copies_join_the_original(edited: str) -> None:
    found = copies(["lương tháng này chậm quá trời luôn", PETITION, PETITION, edited])
    assert found["copy_of"].to_list() == [0, 1, 1, 1]


def test_copies_without_diacritics_are_exact() -> None:
    found = copies(["Lương tháng này chậm 10 ngày!!", "luong thang nay cham 10 ngay 😭"])
    assert found["copy_of"].to_list() == [0, 0]
    assert found["similarity"].to_list() == [1.0, 1.0]


def test_short_texts_that_look_alike_stay_apart() -> None:
    found = copies(["lương tháng này chậm quá", "lương tháng này thấp quá", "lương tháng này cao quá"])
    assert found["copy_of"].to_list() == [0, 1, 2]


def test_a_chain_of_small_steps_is_no_group() -> None:
    words = [f"w{i}a" for i in range(60)]
    chain = [" ".join(words[i : i + 20]) for i in range(0, 40, 4)]
    assert max(copies(chain).group_by("copy_of").len()["len"].to_list()) <= 3


@settings(max_examples=25)
@given(st.permutations(range(7)))
def test_groups_do_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    texts = [
        PETITION,
        PETITION + " 🙏",
        PETITION.replace("chủ trọ", "chủ nhà"),
        PETITION,
        "chào cả nhà",
        "chào cả nhà",
        "khác hẳn nhé",
    ]
    base = copies(texts)["copy_of"].to_list()
    groups = {frozenset(i for i in range(7) if base[i] == root) for root in base}
    mixed = copies([texts[i] for i in order])["copy_of"].to_list()
    assert {frozenset(order[i] for i in range(7) if mixed[i] == root) for root in mixed} == groups
