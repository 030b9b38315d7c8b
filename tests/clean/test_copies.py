"""Copies are found whatever the order of the rows; short texts that many write are no near copies."""

import itertools
import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.clean.copies import COPIES, find_copies, sign
from langnghe.clean.copies.pairs import _most_similar, _remember
from langnghe.clean.copies.sketches import BANDS, ROWS, factors, sketch
from langnghe.words.find import find_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, unfold

PETITION = (
    "Kính mong công đoàn lên tiếng giúp bà con ở trọ được tính tiền điện nước theo giá nhà nước quy định, "
    "hiện chủ trọ đang thu bốn nghìn một số điện, công nhân chịu không nổi"
)


LETTER = (
    "Chúng tôi đề nghị nhà máy thay quạt thông gió ở xưởng hai vì mùa hè nóng trên bốn mươi độ, "
    "nhiều chị em bị ngất mà tổ trưởng vẫn bắt đứng máy đủ tám tiếng"
)
WORDS = "lương thưởng ca đêm chuyền tăng cơm xe trọ bảo hiểm sổ nghỉ phép máy nóng bụi ồn quạt nước".split()


def copies(texts: list[str], batch: int = 1000) -> pl.DataFrame:
    builder = VocabularyBuilder()
    frame = pl.DataFrame(
        {"text_id": range(len(texts)), "text": texts}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    batches = list(find_words((frame[start : start + batch] for start in range(0, len(texts), batch)), builder))
    vocabulary = Vocabulary.from_frame(builder.frame())
    return find_copies(frame["text_id"], [sign(unfold(part["surfaces"], vocabulary), vocabulary) for part in batches])


def groups(texts: list[str], batch: int = 1000) -> set[frozenset[str]]:
    """Which texts stand together."""
    found = copies(texts, batch).with_columns(text=pl.Series(texts))
    return {frozenset(texts) for texts in found.group_by("copy_of").agg("text")["text"].to_list()}


def passed_on(text: str, chance: random.Random) -> str:
    """A text with up to three words changed, left out or put in."""
    words = text.split()
    for _ in range(chance.randint(0, 3)):
        place = chance.randrange(len(words))
        words[place : place + chance.randint(0, 1)] = chance.choices(WORDS, k=chance.randint(0, 1))
    return " ".join(words)


def corpus(seed: int, messages: int = 12, size: int = 80) -> list[str]:
    """Invented messages of 6 to 30 words, each passed on several times."""
    chance = random.Random(seed)
    said = [" ".join(chance.choices(WORDS, k=chance.randint(6, 30))) for _ in range(messages)]
    return [passed_on(chance.choice(said), chance) for _ in range(size)]


def word_pairs(text: str) -> set[tuple[str, str]]:
    words = text.split()
    return set(itertools.pairwise(words))


def jaccard(a: str, b: str) -> float:
    return len(word_pairs(a) & word_pairs(b)) / max(len(word_pairs(a) | word_pairs(b)), 1)


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


@pytest.mark.parametrize(
    "texts",
    [
        ["lương tháng này chậm quá", "lương tháng này thấp quá", "lương tháng này cao quá"],
        ["cảm ơn công đoàn rất nhiều ạ", "cảm ơn công đoàn rất nhiều nhé", "em cảm ơn công đoàn rất nhiều"],
        ["công ty em lương tháng này chậm quá", "công ty em lương tháng bảy chậm quá"],
        ["tổ trưởng nói chuyện khó nghe và hay mắng", "quản đốc nói chuyện khó nghe và hay quát"],
    ],
)
def test_short_texts_that_look_alike_stay_apart(texts: list[str]) -> None:
    assert copies(texts)["copy_of"].to_list() == list(range(len(texts)))


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("xưởng em ca đêm không có cơm nóng", "chia sẻ giúp: xưởng em ca đêm không có cơm nóng"),
        ("quạt ở chuyền ba hỏng cả tuần nay rồi nhé", "quạt ở chuyền ba hỏng cả tháng nay rồi nhé"),
        ("tăng ca ba tiếng mà chỉ được trả hai tiếng thôi", "tăng ca ba tiếng mà chỉ trả hai tiếng thôi"),
    ],
)
def test_short_messages_join_after_one_edit(text: str, edited: str) -> None:
    assert copies([text, edited])["copy_of"].to_list() == [0, 0]


def test_what_most_people_wrote_is_the_root() -> None:
    found = copies([PETITION + " 1", PETITION, PETITION, "chia sẻ " + PETITION])
    assert found["copy_of"].to_list() == [0, 0, 0, 0]
    assert (found["similarity"] == 1).to_list() == [False, True, True, False]


def test_texts_of_emoji_alone_are_copies_only_where_they_are_equal() -> None:
    assert copies(["😭😭", "🙏", "😭😭", ""])["copy_of"].to_list() == [0, 1, 0, 3]


def test_a_message_that_grew_has_copies_of_its_own() -> None:
    grown = PETITION + ", " + LETTER
    spread = [LETTER.replace(word, "cơm") + ". " + PETITION.rsplit(",", 1)[0] for word in ("quạt", "ngất", "máy thay")]
    found = copies([PETITION] * 5 + [grown] * 3 + spread)["copy_of"].to_list()
    assert found == [0] * 8 + [8] * 3  # what is too far from the first message stands together, not each alone


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
    together = {frozenset(i for i in range(7) if base[i] == root) for root in base}
    mixed = copies([texts[i] for i in order])["copy_of"].to_list()
    assert {frozenset(order[i] for i in range(7) if mixed[i] == root) for root in mixed} == together


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_every_group_is_a_star(seed: int) -> None:
    """One text of each group is its root: every other is as similar to it as is said, and similar enough."""
    texts = corpus(seed)
    found = copies(texts).with_columns(text=pl.Series(texts))
    for _, group in found.group_by("copy_of"):
        said = list(zip(group["text"], group["similarity"], strict=True))
        roots = [text for text, similarity in said if similarity == 1]
        assert any(all(jaccard(text, root) == pytest.approx(similarity) for text, similarity in said) for root in roots)
        assert all(similarity >= 0.5 for _, similarity in said)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 90))
def test_groups_depend_neither_on_batches_nor_on_the_order_of_many_rows(seed: int, batch: int) -> None:
    texts = corpus(seed)
    assert copies(texts, batch).equals(copies(texts))
    assert groups(random.Random(seed).sample(texts, len(texts))) == groups(texts)


def test_most_copies_of_an_invented_corpus_are_found() -> None:
    texts = corpus(7, messages=300, size=1500)
    assert copies(texts)["copy_of"].n_unique() < 900


def test_the_columns_are_as_described_and_a_text_without_words_is_its_own() -> None:
    assert copies(["một câu"]).schema == COPIES
    assert copies([""])["copy_of"].to_list() == [0]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 2**32 - 1), min_size=1, max_size=40), min_size=2, max_size=2), st.integers(0, 20)
)
def test_the_bound_of_two_sketches_is_never_below_their_similarity(sets: list[set[int]], shared: int) -> None:
    a, b = sets[0], sets[1] | set(sorted(sets[0])[:shared])
    shingles = np.array(sorted(a) + sorted(b), dtype=np.uint32)
    stops = np.array([len(a), len(a) + len(b)])
    _, bits = sketch(np.array([0, len(a)]), stops, shingles, factors(), ROWS)
    with np.errstate(over="ignore"):
        assert len(a & b) / len(a | b) <= _most_similar(bits, np.int64(0), np.int64(1)) <= 1


def test_equal_messages_share_all_bands_and_different_ones_none() -> None:
    shingles = np.array([5, 900, 77_000, 5, 900, 77_000, 6, 901, 77_001], dtype=np.uint32)
    keys, _ = sketch(np.array([0, 3, 6]), np.array([3, 6, 9]), shingles, factors(), ROWS)
    assert keys.shape == (BANDS, 3)
    assert (keys[:, 0] == keys[:, 1]).all()
    assert (keys[:, 0] != keys[:, 2]).all()


def test_the_most_similar_messages_are_remembered_and_of_equals_the_earliest() -> None:
    near, similarity = np.full((1, 3), -1, dtype=np.int32), np.zeros((1, 3), dtype=np.float32)
    for other, measured in ((7, 0.6), (4, 0.8), (5, 0.6), (7, 0.6), (9, 0.9), (3, 0.5)):
        _remember(near, similarity, np.int64(0), np.int64(other), np.float32(measured))
    assert near.tolist() == [[9, 4, 5]]
    assert similarity[0].tolist() == pytest.approx([0.9, 0.8, 0.6])
