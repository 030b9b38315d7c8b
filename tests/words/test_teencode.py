"""Teencode and abbreviations, read by their neighbours, and texts written out in full."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.words.find import find_words
from langnghe.words.fold import fold
from langnghe.words.normal import write_out
from langnghe.words.syllables import is_syllable
from langnghe.words.teencode import folded_keys, keys_of, meaning_between, table
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, fold_phrase, unfold

WRITTEN = (
    "k ko 500 5 k 500k 4tr2 4.2 củ tr t7 t m a c đ cn tc đêm bh xã có bt mới lương làm nghỉ thất không biết h kg th nào cty "
    "vợ ck tiền hd ký q 12 dậy gì kkkk hahaha cccd luowng khôg dog , . ? ! 😭 :("
).split()
TEXTS = st.lists(st.sampled_from(WRITTEN), max_size=12).map(" ".join)


def keys_in(text: str) -> list[str]:
    builder = VocabularyBuilder()
    frame = pl.DataFrame({"text_id": [0], "text": [text]}, schema={"text_id": pl.UInt32, "text": pl.String})
    (words,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    found = unfold(words["surfaces"], vocabulary)
    return [vocabulary.keys[key] if key < len(vocabulary.keys) else "|" for key in found.keys.tolist()]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("k lương", "khong luong"),
        ("500 k", "500 nghin"),
        ("500k", "500 nghin"),
        ("4tr2", "4 trieu 2"),
        ("4 củ", "4 trieu"),
        ("củ khoai", "cu khoai"),
        ("có k, 5 k", "co khong | 5 nghin"),
        ("15. k có", "15 | khong co"),
        ("làm cn", "lam chu nhat"),
        ("cn nữ", "cong nhan nu"),
        ("tc đêm", "tang ca dem"),
        ("hưởng tc", "huong tro cap"),
        ("gì dậy", "gi vay"),
        ("dậy sớm", "day som"),
        ("kh hàng", "khach hang"),
        ("pccc cccd", "phong chay chua chay can cuoc cong dan"),
        ("hahaha kkkkk", "haha haha"),
        ("buồn :((( vui =))", "buon :( vui :)"),
        ("thanks ad", "cam on quan tri vien"),
    ],
)
def test_keys_follow_the_neighbours(text: str, keys: str) -> None:
    assert keys_in(text) == keys.split()


def test_a_form_alone_has_its_usual_meaning() -> None:
    assert keys_of("k") == ["khong"]
    assert keys_of("củ") == ["cu"]
    assert meaning_between("k", "15", None) == "nghìn"
    assert fold_phrase("tc đêm") == ("tang", "ca", "dem")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Cty nợ lương, e k bik hỏi ai.", "Công ty nợ lương, em không biết hỏi ai."),
        ("KO ĐC ĐÂU", "KHÔNG ĐƯỢC ĐÂU"),
        ("lương 4tr2, cơm 15 k", "lương 4 triệu 2, cơm 15 nghìn"),
        ("trờiiii ơiiii mệttttt 😭 =))", "trời ơi mệt 😭 =))"),
        ("hoà thuận, khoẻ", "hòa thuận, khỏe"),
        ("gọi ‹số điện thoại› k?", "gọi ‹số điện thoại› không?"),
        ("cong ty khong tra luong", "công ty không trả lương"),
        ("thanks admin, see you", "thanks admin, see you"),
        ("chị Lan ở la sơn", "chị Lan ở la sơn"),
        ("", ""),
    ],
)
def test_texts_are_written_out(typed: str, written: str) -> None:
    assert write_out(typed) == written


@given(TEXTS)
def test_written_out_texts_mean_the_same(text: str) -> None:
    spoken = [key for key in keys_in(text) if key not in {"|", "😭", ":(", "haha"}]
    laughs = {"kkkk", "hahaha"}
    plain = " ".join(word for word in write_out(text).split() if word not in {",", ".", "?", "!", "😭", ":(", *laughs})
    assert spoken == folded_keys(plain)


@given(st.text(max_size=40))
def test_anything_can_be_written_out(text: str) -> None:
    assert isinstance(write_out(text), str)
    assert fold(write_out(text)).count("‹") == fold(text).count("‹")


def test_the_table_says_what_it_says_once() -> None:
    known = table()
    assert all(meaning.split() == meaning.strip().split(" ") for meaning in known.typed.values())
    assert not set(known.plain) & (set(known.typed) | set(known.folded))
    assert not set(known.loans) & set(known.typed)
    assert all(is_syllable(meaning) for meaning in known.plain.values())


def test_plain_syllables_fold_to_themselves() -> None:
    assert all(fold(meaning) == written for written, meaning in table().plain.items())
