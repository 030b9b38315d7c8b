"""Names of discovered issues: whole phrases that name something, none twice, none vague, none long."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.errors import Say
from langnghe.issues.codebook import read_codebook
from langnghe.issues.labels import label_issues
from langnghe.issues.names import (
    MOST_SYLLABLES,
    candidates,
    is_vietnamese,
    meaningful,
    name_from,
    naming_share,
    stop_words,
    typical_phrases,
)
from langnghe.issues.saved import SavedModel
from langnghe.words.find import find_words
from langnghe.words.lookup import find_phrases, phrase_table
from langnghe.words.neighbours import neighbours
from langnghe.words.phrases import mine_phrases, shown_forms
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, unfold

BOOK = read_codebook("labour-vi")


def words_of(texts: list[str]) -> tuple[Words, Vocabulary]:
    builder = VocabularyBuilder()
    frame = pl.DataFrame(
        {"text_id": range(len(texts)), "text": texts}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    (found,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    return unfold(found["surfaces"], vocabulary), vocabulary


def names_of(phrases: dict[str, float], counts: list[dict[str, int]], size: int = 100) -> list[Say]:
    """The names of issues of equal size, from phrases with their weights and how many messages of each issue use them."""
    shown = list(phrases)
    ids = tuple(f"found_{n + 1}" for n in range(len(counts)))
    model = SavedModel(
        ids,
        0,
        float("nan"),
        tuple(tuple(p.split()) for p in shown),
        tuple(shown),
        tuple(phrases.values()),
        (0,) * len(ids),
    )
    rows = [(n, shown.index(p), many) for n, used in enumerate(counts) for p, many in used.items()]
    used = pl.DataFrame(rows, schema={"issue": pl.UInt8, "phrase": pl.UInt16, "messages": pl.Int64}, orient="row")
    sizes = pl.DataFrame({"issue": range(len(counts)), "messages": [size] * len(counts)}).cast({"issue": pl.UInt8})
    return [label.name for label in label_issues(model, BOOK, used, sizes, size * len(counts))]


def test_a_name_shares_no_syllable_and_stays_short() -> None:
    assert name_from(["tăng ca", "ca đêm", "giờ làm", "chủ nhật"], [4, 3, 2, 1]) == "Tăng ca, giờ làm"
    assert name_from(["quản trị viên", "nhân viên", "nút nguồn"], [3, 2, 1]) == "Quản trị viên, nút nguồn"
    assert name_from([], []) == ""


def test_a_third_phrase_that_few_texts_have_is_not_put_beside_the_others() -> None:
    first, second = names_of({"xe buýt": 1.0, "xăng": 1.0, "ship": 1.0}, [{"xe buýt": 12, "xăng": 12, "ship": 11}, {}])
    assert first == Say("Xe buýt, xăng, ship", "Xe buýt, xăng, ship")
    first, second = names_of({"xe buýt": 1.0, "xăng": 1.0, "ship": 0.4}, [{"xe buýt": 12, "xăng": 12, "ship": 11}, {}])
    assert first == Say("Xe buýt, xăng", "Xe buýt, xăng")
    assert second == Say("Nhóm 2", "Group 2")


@given(
    st.lists(st.sampled_from("ăn ca, cơm trưa, giữa ca, xe đưa đón muộn, nhà trọ, nước, bếp".split(", ")), max_size=6)
)
def test_no_name_is_as_long_as_a_run_of_words_by_which_a_text_is_found(phrases: list[str]) -> None:
    name = name_from(phrases, [1.0] * len(phrases))
    assert len(name.replace(",", "").split()) <= MOST_SYLLABLES < 6


@pytest.mark.parametrize("phrase", ["máy mới", "dùng được", "quá ok", "rất tệ", "tuyệt vời", "hài lòng", "tốt"])
def test_what_only_judges_names_nothing(phrase: str) -> None:
    assert naming_share(phrase) == 0


def test_a_long_phrase_that_mostly_asks_names_less_than_the_thing_it_asks_about() -> None:
    assert naming_share("kính nhờ công đoàn") < naming_share("điện nước nhà trọ")


def test_what_is_said_of_texts_or_to_people_names_nothing() -> None:
    assert not any(map(naming_share, ("bình luận", "bài viết", "quản trị viên", "tác vụ cơ bản", "công nhân")))


@pytest.mark.parametrize("phrase", ["pin trâu", "sạc nhanh", "cơm nguội", "nợ lương", "wifi"])
def test_what_has_a_thing_in_it_names_something(phrase: str) -> None:
    assert naming_share(phrase) > 0


def test_function_words_of_english_count_only_where_texts_are_english() -> None:
    assert not meaningful("the battery", vietnamese=False)
    assert meaningful("song lyrics", vietnamese=False)
    assert not meaningful("của pin")
    assert is_vietnamese(words_of(["cơm nguội quá", "com nguoi qua"])[1])
    assert not is_vietnamese(words_of(["how to sort a list of strings", "battery drains fast"])[1])


def test_two_issues_never_have_the_same_name() -> None:
    phrases = {"pin": 0.9, "camera": 0.8, "loa": 0.7}
    first, second = names_of(phrases, [{"pin": 80, "camera": 40}, {"pin": 40, "loa": 50}])
    assert (first.vi, second.vi) == ("Camera, pin", "Loa")


def test_what_an_issue_shares_names_it_only_when_nobody_else_is_called_so() -> None:
    phrases = {"pin": 0.9, "sạc": 0.5}
    names = names_of(phrases, [{"pin": 80}, {"pin": 70, "sạc": 60}, {"sạc": 50}, {}, {}, {}])
    assert [name.vi for name in names[:3]] == ["Pin", "Sạc", "Nhóm 3 (sạc)"]


def test_an_issue_of_praise_and_blame_is_called_so() -> None:
    names = names_of({"thất vọng": 0.0, "sáng": 0.0}, [{"thất vọng": 50}, {"sáng": 50}])
    assert names[0] == Say("Khen chê chung: thất vọng", "General remarks: thất vọng")
    assert names[1] == Say("Nhóm 2 (sáng)", "Group 2 (sáng)")


def corpus() -> tuple[list[str], np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    """Invented complaints about a canteen and a bus, in many words around them."""
    chance = random.Random(5)
    ends = "từ tháng trước, suốt mấy tuần, ở xưởng hai, bên tổ may, lúc sáng sớm, hôm qua cũng vậy, ai cũng than".split(
        ", "
    )
    meals = [
        "cơm ca bị nguội",
        "cơm ca rất mặn",
        "mấy suất cơm ca ít thịt",
        "cơm ca này thiu",
        "cái cơm ca của mình tệ",
    ]
    buses = [
        "xe đưa đón bị trễ",
        "xe đưa đón rất chật",
        "mấy xe đưa đón bỏ bến",
        "xe đưa đón này cũ",
        "chờ xe đưa đón mãi",
    ]
    texts = [f"{chance.choice(kind)} {chance.choice(ends)}" for kind in (meals, buses) for _ in range(120)]
    return texts, np.repeat(np.eye(2, dtype=np.bool_), 120, axis=0)


def test_pieces_of_phrases_are_neither_typical_nor_names() -> None:
    texts, member = corpus()
    words, vocabulary = words_of(texts)
    keys = [
        *(phrase.keys for phrase in mine_phrases(words, vocabulary, least=5)),
        ("xe", "dua"),
        ("dua", "don"),
        ("dua",),
    ]
    hits = find_phrases(words, vocabulary, phrase_table(keys))
    shown, written = shown_forms(keys, hits, words, vocabulary)
    judged = candidates(keys, shown, written, neighbours(keys, hits, words, vocabulary, stop_words()[0]))
    chosen = {shown[i] for i in typical_phrases(judged, hits, member)}
    assert {"cơm ca", "xe đưa đón"} <= chosen
    assert not {"xe đưa", "đưa đón", "đưa", "ca"} & chosen
    assert judged.weight[shown.index("xe đưa đón")] > 0


def test_a_misspelling_does_not_stand_beside_its_right_form() -> None:
    assert name_from(["pin", "bin", "sạc"], [9, 8, 7]) == "Pin, sạc"


def test_two_names_do_not_say_the_same() -> None:
    phrases = {"nhân viên": 0.9, "phục vụ": 0.8, "nhân viên phục vụ": 0.9, "tgdd": 0.5}
    first, second = names_of(phrases, [{"nhân viên": 80, "phục vụ": 70}, {"nhân viên phục vụ": 60, "tgdd": 30}])
    assert (first.vi, second.vi) == ("Nhân viên, phục vụ", "TGDD")


def test_names_of_countries_have_their_capitals() -> None:
    assert name_from(["hàng việt nam", "vsmart"], [2, 1]) == "Hàng Việt Nam, vsmart"
