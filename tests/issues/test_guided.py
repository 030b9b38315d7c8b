"""Phrases of a code-book speak for issues, however they were typed."""

from __future__ import annotations

import polars as pl
import pytest

from langnghe.issues.codebook import REACTIONS, read_codebook
from langnghe.issues.guided import codebook_seeds, count_seeds, react
from langnghe.words.find import find_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, unfold

BOOK = read_codebook("labour-vi")
SEEDS, REACTING = codebook_seeds(BOOK)


def words_of(text: str) -> tuple[Words, Vocabulary]:
    builder = VocabularyBuilder()
    frame = pl.DataFrame({"text_id": [0], "text": [text]}, schema={"text_id": pl.UInt32, "text": pl.String})
    (words,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    return unfold(words["surfaces"], vocabulary), vocabulary


def issues_of(text: str) -> set[str]:
    words, vocabulary = words_of(text)
    counts = count_seeds(words, vocabulary, SEEDS)[0]
    return {issue.id for issue, count in zip(BOOK.issues, counts, strict=True) if count}


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("Công ty nợ lương hai tháng rồi", {"wages"}),
        ("cty no luong 2 thang r", {"wages"}),
        ("bao giờ mới chốt sổ BHXH", {"social_insurance"}),
        ("bảo hiểm thất nghiệp làm ở đâu", {"unemployment_insurance"}),
        ("bị ép tăng ca, cơm ca thì thiu", {"hours", "meals"}),
        ("chất lượng vải dạo này kém", set()),
        ("bình thường mà, dễ thương ghê", set()),
        ("hello mọi người", set()),
    ],
)
def test_issues_of_a_text(text: str, issues: set[str]) -> None:
    assert issues_of(text) == issues


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        ("bao giờ có lương vậy?", "question"),
        ("đề nghị công ty trả lương đúng ngày", "request"),
        ("cảm ơn công đoàn đã giúp", "praise"),
        ("chán quá, bực mình ghê", "complaint"),
        ("ừ", "other"),
    ],
)
def test_reaction_of_a_text(text: str, reaction: str) -> None:
    words, vocabulary = words_of(text)
    assert REACTIONS[react(words, vocabulary, REACTING, BOOK.reactions)[0]] == reaction
