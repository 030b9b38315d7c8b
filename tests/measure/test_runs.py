"""No six syllables in a row leave that fewer than k accounts wrote."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.issues.names import MOST_SYLLABLES
from langnghe.measure.runs import RUN, may_leave
from langnghe.words.phrases import MOST_KEYS

PETITION = "Kính mong công đoàn lên tiếng để công nhân ở trọ được tính giá điện theo giá nhà nước"
WORDS = "cơm nước lương trọ"


def corpus(texts: list[str], voice: float = 1, batches: int = 1) -> pl.DataFrame:
    return pl.DataFrame(
        {"text": texts, "voice": [voice] * len(texts), "batch": [n % batches for n in range(len(texts))]},
        schema={"text": pl.String, "voice": pl.Float64, "batch": pl.UInt16},
    )


def test_a_text_that_enough_wrote_may_leave_and_one_that_a_few_wrote_may_not() -> None:
    assert may_leave([PETITION], corpus([PETITION] * 10), 10) == [True]
    assert may_leave([PETITION], corpus([PETITION] * 9), 10) == [False]


@pytest.mark.parametrize("added", ["chuyền bảy", "của tổ em", "🙏 em Lan"])
def test_words_that_one_added_may_not_leave_with_the_rest(added: str) -> None:
    texts = corpus([PETITION] * 20)
    assert may_leave([f"{PETITION}. {added}", PETITION], texts, 10) == [False, True]


def test_diacritics_case_and_punctuation_do_not_matter() -> None:
    texts = corpus(
        [PETITION, PETITION.upper(), "Kinh mong cong doan len tieng, de cong nhan o tro duoc tinh gia dien"] * 4
    )
    assert may_leave(["kính mong công đoàn lên tiếng! để công nhân"], texts, 12) == [True]


def test_accounts_are_counted_and_not_texts() -> None:
    assert may_leave([PETITION], corpus([PETITION] * 30, voice=0.25), 10) == [False]
    assert may_leave([PETITION], corpus([PETITION] * 40, voice=0.25), 10) == [True]


def test_of_several_files_the_largest_counts_and_not_the_total() -> None:
    assert may_leave([PETITION], corpus([PETITION] * 18, batches=2), 10) == [False]
    assert may_leave([PETITION], corpus([PETITION] * 20, batches=2), 10) == [True]


def test_fewer_syllables_than_a_run_may_leave() -> None:
    assert may_leave(["cơm ca bị thiu hoài", ""], corpus(["khác hẳn"]), 10) == [True, True]


def test_phrases_and_names_are_too_short_to_hold_a_run() -> None:
    assert max(MOST_KEYS, MOST_SYLLABLES) < RUN


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.replace(",", " ").split()
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


text = st.lists(st.sampled_from([*WORDS.split(), "lương,"]), max_size=9).map(" ".join)


@given(st.lists(text, max_size=12), st.lists(text, min_size=1, max_size=3), st.integers(1, 4))
def test_what_leaves_has_no_run_that_fewer_than_k_used(texts: list[str], said: list[str], k: int) -> None:
    for one, allowed in zip(said, may_leave(said, corpus(texts), k), strict=True):
        assert allowed == all(sum(run in runs(other) for other in texts) >= k for run in runs(one))
