"""Issues and reactions are given to texts with a probability, a decision, and an error that is stated."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from langnghe.issues.codebook import REACTIONS, Codebook, Issue, parse_codebook, read_codebook
from langnghe.issues.codes import Codes, learn_issues, learn_reactions
from langnghe.issues.features import hashed
from langnghe.issues.knowledge import Coded, words_of
from langnghe.words.fold import fold

BOOK = read_codebook("labour-vi")
IDS = [issue.id for issue in BOOK.issues]


@cache
def day_one() -> Codes:
    return learn_issues(BOOK.issues, *words_of(["công ty"]), None, 0)


def likely(codes: Codes, *texts: str) -> np.ndarray:
    return codes.probabilities(hashed(*words_of(list(texts))))


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Công ty nợ lương hai tháng rồi", "wages"),
        ("cơm ca thiu không ai dám ăn", "meals"),
        ("chủ trọ lấy tiền điện mắc quá trời", "housing"),
        ("xe đưa rước bữa nào cũng tới trễ", "transport"),
    ],
)
def test_the_same_text_without_diacritics_speaks_of_the_same_issue(text: str, issue: str) -> None:
    plain = fold(text)
    found = likely(day_one(), text, plain)
    assert IDS[found[0].argmax()] == issue
    assert found.argmax(axis=1)[0] == found.argmax(axis=1)[1]
    assert found.max(axis=1).min() >= day_one().stated.sure


def test_a_text_has_the_same_probabilities_whatever_stands_beside_it() -> None:
    alone = likely(day_one(), "cơm ca thiu")
    among = likely(day_one(), "xe trễ", "cơm ca thiu", "hello", "cơm ca thiu")
    assert np.array_equal(alone[0], among[1])
    assert np.array_equal(among[1], among[3])


def test_learning_twice_gives_the_same_bytes() -> None:
    again = learn_issues(BOOK.issues, *words_of(["công ty"]), None, 0)
    texts = "lương thưởng bảo hiểm", "mệt quá"
    assert likely(again, *texts).tobytes() == likely(day_one(), *texts).tobytes()


def test_decisions_state_how_often_they_are_wrong() -> None:
    stated = day_one().stated
    assert 0 < stated.unsure < stated.sure < 1
    assert 0 < stated.wrong < 0.5
    assert 0 < stated.missed <= 0.25
    assert 0 < stated.undecided < 0.5


def test_there_are_texts_between_the_bounds() -> None:
    best = likely(day_one(), *(phrase for reaction in BOOK.reactions for phrase in reaction.seeds)).max(axis=1)
    undecided = (best >= day_one().stated.unsure) & (best < day_one().stated.sure)
    assert 0.02 < undecided.mean() < 0.98


def test_reactions_add_up_to_one_and_fit() -> None:
    codes = learn_reactions(BOOK.reactions, None, 0)
    texts = (
        "bao giờ có lương vậy ạ?",
        "đề nghị công ty trả lương đúng ngày",
        "cảm ơn công đoàn nhiều",
        "chán quá, bực mình ghê",
    )
    found = likely(codes, *texts)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert [REACTIONS[k] for k in found.argmax(axis=1)] == ["question", "request", "praise", "complaint"]


def _own() -> Codebook:
    lines = (
        'id = "own"\nversion = 1\nname = "Riêng"\n'
        '[[issue]]\nid = "battery"\nname = "Pin"\ndefinition = "Pin và sạc."\nseeds = ["pin trâu", "pin yếu", "tụt pin"]\n'
        '[[issue]]\nid = "camera"\nname = "Máy ảnh"\ndefinition = "Chụp ảnh."\nseeds = ["chụp ảnh", "máy ảnh"]\n'
    )
    return parse_codebook(lines.encode(), "own.toml")


def test_a_codebook_of_ones_own_learns_what_stands_beside_its_phrases() -> None:
    sample = [
        "tụt pin sạc mãi không đầy",
        "pin yếu sạc hai lần một ngày",
        "pin trâu sạc nhanh",
        "chụp ảnh nét căng",
        "máy ảnh nét lắm",
    ]
    codes = learn_issues(_own().issues, *words_of(sample * 5), None, 0)
    found = likely(codes, "sạc lâu ghê", "nét căng luôn")
    assert found.argmax(axis=1).tolist() == [0, 1]
    assert np.isnan(codes.stated.wrong)  # nobody has coded a text: nothing is claimed


def test_a_phrase_said_in_passing_makes_no_lesson() -> None:
    """A text that has many phrases of an issue and one of another teaches the first alone."""
    texts = ["pin yếu tụt pin pin trâu chụp ảnh hao nguồn từ sáng", "máy ảnh nét lắm"]
    codes = learn_issues(_own().issues, *words_of(texts * 10), None, 0)
    battery, camera = likely(codes, "hao nguồn từ sáng")[0]
    assert battery > camera
    assert camera < likely(codes, "chụp ảnh")[0, 1]


def _coded(texts: list[str], issues: list[tuple[str, ...]], groups: list[int]) -> Coded:
    ids = np.arange(len(texts), dtype=np.uint32)
    return Coded(
        ids,
        hashed(*words_of(texts)),
        tuple(issues),
        ("other",) * len(texts),
        np.array(groups),
        np.ones(len(ids), dtype=np.bool_),
    )


def test_hand_coding_changes_what_is_found_and_is_not_judged_by_itself_or_its_copies() -> None:
    texts = [f"{word} xừng xỉnh bê bết" for word in ("kìa", "đó", "nọ", "này", "ấy", "nè", "vầy", "thế")]
    coded = _coded(texts, [("transport",)] * 8, [0] * 8)
    codes = learn_issues(BOOK.issues, *words_of(["công ty"]), coded, 0)
    column = IDS.index("transport")
    before, after = (float(likely(one, "xừng xỉnh bê bết")[0, column]) for one in (day_one(), codes))
    assert after > before + 0.2
    seen = codes.probabilities(coded.texts)[:, column]
    unseen = codes.probabilities(coded.texts, coded.text_ids)[:, column]
    assert np.all(unseen < seen)


def test_what_went_into_an_issue_counts_for_it() -> None:
    issue: Issue = dataclasses.replace(BOOK.issues[0], merged=("bonus",))
    codes = learn_issues([issue, *BOOK.issues[2:]], *words_of(["công ty"]), None, 0)
    with_bonus, without = (float(likely(one, "thưởng tết được có gói bột giặt")[0, 0]) for one in (codes, day_one()))
    assert with_bonus > without
