"""Discovery finds groups that are there, the same ones every time."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest

from langnghe.issues.discovery import IssueDiscovery, NothingInCommon, match
from langnghe.issues.grouped import found_ids, main_groups
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


def rows_of(texts: list[str], issue: list[int]) -> dict[str, int]:
    return dict(zip(texts, issue, strict=True))


def test_order_and_copies_change_nothing() -> None:
    texts, _ = corpus()
    turned = random.Random(5).sample(texts, len(texts))
    copied = [*turned, *turned[:90] * 3]
    placed = []
    for batch in (texts, turned, copied):
        words, vocabulary = words_of(batch)
        placed.append(
            rows_of(batch, IssueDiscovery(4).fit(words, vocabulary).predict(words, vocabulary).issue.tolist())
        )
    assert placed[0] == placed[1] == placed[2]


def test_what_is_known_already_is_not_found_again() -> None:
    texts, truth = corpus()
    words, vocabulary = words_of(texts)
    known = np.array([[topic == 0, topic == 1] for topic in truth], dtype=np.float32)
    known[::3] = 0  # nobody coded these
    model = IssueDiscovery(2).fit(words, vocabulary, known=known)
    issue = model.predict(words, vocabulary).issue
    assert {int(i) for t, i in zip(truth, issue, strict=True) if t < 2} == {-1}
    assert len({(t, int(i)) for t, i in zip(truth, issue, strict=True) if t >= 2}) == 2
    assert model.found_ == 2


def test_issues_keep_their_numbers_when_new_texts_come() -> None:
    texts, truth = corpus()
    words, vocabulary = words_of(texts)
    old = IssueDiscovery(4).fit(words, vocabulary)
    more = texts + [text for text, topic in zip(*corpus(900), strict=True) if topic == 3]
    words, vocabulary = words_of(more)
    new = IssueDiscovery(start_from=old).fit(words, vocabulary)
    assert match(old, new).tolist() == [0, 1, 2, 3]
    assert np.array_equal(
        old.predict(words, vocabulary).issue[: len(truth)], new.predict(words, vocabulary).issue[: len(truth)]
    )


def test_candidates_keep_their_ids_when_new_texts_come() -> None:
    names = ("máy", "suất", "tài", "trường")  # what most texts of a topic say
    pairs = enumerate(zip(*corpus(), strict=True))
    named = [" ".join([*text.split()[:3], *[names[topic]] * (n % 4 > 0)]) for n, (text, topic) in pairs]
    texts, more = named[:320], named[320:]
    old = IssueDiscovery(4).fit(*words_of(texts))
    new = IssueDiscovery(4).fit(*words_of(texts + more))
    ids = found_ids(old)
    assert len(set(ids)) == 4
    assert [ids[i] for i in match(old, new)] == list(found_ids(new))


def test_main_groups_are_fewer_and_begin_with_the_largest_issue() -> None:
    groups = main_groups(IssueDiscovery(4).fit(*words_of(corpus()[0])))
    assert groups[0] == 0
    assert set(groups) == {0, 1}


def test_an_issue_is_matched_by_its_words() -> None:
    texts, truth = corpus()
    old = IssueDiscovery(4).fit(*words_of(texts))
    fewer = [text for text, topic in zip(texts, truth, strict=True) if topic != 1]
    new = IssueDiscovery(3).fit(*words_of(fewer))
    words, vocabulary = words_of(fewer)
    same = match(old, new)[new.predict(words, vocabulary).issue]
    assert np.array_equal(same, old.predict(words, vocabulary).issue)


def test_no_more_texts_are_learnt_from_than_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, _ = corpus(900)
    monkeypatch.setattr("langnghe.issues.distinct.MOST_TEXTS", 300)
    words, vocabulary = words_of(texts)
    placed = IssueDiscovery(4).fit(words, vocabulary).predict(words, vocabulary)
    assert np.all(placed.issue >= 0)
