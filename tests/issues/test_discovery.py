"""Discovery finds groups that are there, the same ones every time."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest

from langnghe.issues.discovery import IssueDiscovery, NothingInCommon
from langnghe.words.find import find_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, unfold

TOPICS = {
    0: "pin sạc nhanh tụt nguồn điện đầy chậm",
    1: "cơm canh rau thịt bếp mặn nguội thiu",
    2: "xe đường kẹt xăng đón trễ bến tuyến",
    3: "học thầy bài giảng lớp điểm thi môn",
}


def corpus(count: int = 400) -> tuple[list[str], list[int]]:
    chance = random.Random(3)
    truth = [chance.randrange(4) for _ in range(count)]
    return [" ".join(chance.sample(TOPICS[t].split(), 5)) for t in truth], truth


def words_of(texts: list[str]) -> tuple[Words, Vocabulary]:
    builder = VocabularyBuilder()
    frame = pl.DataFrame(
        {"text_id": range(len(texts)), "text": texts}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    (words,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    return unfold(words["surfaces"], vocabulary), vocabulary


def test_groups_that_are_there_are_found() -> None:
    texts, truth = corpus()
    words, vocabulary = words_of(texts)
    issue = IssueDiscovery(4).fit(words, vocabulary).predict(words, vocabulary).issue
    pairs = {(t, int(i)) for t, i in zip(truth, issue, strict=True)}
    assert len(pairs) == 4


def test_two_fits_are_the_same_to_the_byte() -> None:
    words, vocabulary = words_of(corpus()[0])
    first, second = (IssueDiscovery(4).fit(words, vocabulary) for _ in range(2))
    assert first.log_words_.tobytes() == second.log_words_.tobytes()


def test_a_text_of_unknown_words_is_undecided() -> None:
    texts, _ = corpus()
    words, vocabulary = words_of([*texts, "zzz yyy", "😭"])
    learnt = words_of(texts)
    placed = IssueDiscovery(4).fit(*learnt).predict(words, vocabulary)
    assert placed.issue[-2:].tolist() == [-1, -1]
    assert np.all(placed.issue[:-2] >= 0)


def test_texts_without_common_words_are_refused() -> None:
    words, vocabulary = words_of([f"a{n} b{n} c{n}" for n in range(100)])
    with pytest.raises(NothingInCommon):
        IssueDiscovery(4).fit(words, vocabulary)


def test_points_from_outside_are_one_more_view() -> None:
    texts, truth = corpus()
    words, vocabulary = words_of(texts)
    for pair in ({0, 1}, {0, 2}, {0, 3}):  # which two of the four belong together is not in the words
        points = np.array([[topic in pair, topic not in pair] for topic in truth], dtype=np.float32)
        issue = IssueDiscovery(2).fit(words, vocabulary, points).predict(words, vocabulary).issue
        assert {(topic in pair, int(i)) for topic, i in zip(truth, issue, strict=True)} in (
            {(True, 0), (False, 1)},
            {(True, 1), (False, 0)},
        )
