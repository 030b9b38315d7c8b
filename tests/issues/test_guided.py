"""Phrases of a code-book speak for issues, however they were typed."""

from __future__ import annotations

import pytest

from langnghe.issues.codebook import read_codebook
from langnghe.issues.guided import count_seeds, seeds, without_seeds
from langnghe.issues.knowledge import words_of
from langnghe.words.vocabulary import BREAK_KEY

BOOK = read_codebook("labour-vi")
SEEDS = seeds(BOOK.issues)


def issues_of(text: str) -> set[str]:
    counts = count_seeds(*words_of([text]), SEEDS)[0]
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


def test_phrases_can_be_left_out_of_a_text() -> None:
    words, vocabulary = words_of(["hôm qua cty nợ lương nữa"])
    left = [key for key in without_seeds(words, vocabulary, SEEDS).keys.tolist() if key != BREAK_KEY]
    assert [vocabulary.keys[key] for key in left] == ["hom", "qua", "cong", "ty", "nua"]
