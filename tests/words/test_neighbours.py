"""Whether a phrase is whole, and whether it names something, shows in the words beside it."""

from __future__ import annotations

import polars as pl

from langnghe.words.find import find_words
from langnghe.words.lookup import find_phrases, phrase_table
from langnghe.words.neighbours import Neighbours, neighbours
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, unfold

OTHERS = ["trời mưa to", "căng tin đông", "xe đến muộn", "nước lạnh", "chị ấy cười", "đường kẹt cứng", "bàn ghế cũ"] * 4


def beside(phrases: list[str], *texts: str, function: frozenset[str] = frozenset()) -> Neighbours:
    every = [*texts, *OTHERS]
    builder = VocabularyBuilder()
    frame = pl.DataFrame(
        {"text_id": range(len(every)), "text": every}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    (found,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    words = unfold(found["surfaces"], vocabulary)
    keys = [tuple(phrase.split()) for phrase in phrases]
    return neighbours(keys, find_phrases(words, vocabulary, phrase_table(keys)), words, vocabulary, function)


def test_a_syllable_that_stands_only_in_words_is_tied_and_a_word_with_many_neighbours_is_not() -> None:
    texts = [
        "chuyện quan trọng",
        "rất quan trọng",
        "xe sang trọng",
        "đồ sang trọng",
        "quan trọng thật",
        "sang trọng quá",
    ]
    many = ["pin yếu", "pin tốt", "thay pin", "mua pin", "pin nóng", "pin lâu", "cục pin", "pin phồng"]
    found = beside(["trong", "pin"], *texts * 2, *many)
    assert found.tied[0] == 1
    assert found.tied[1] == 0


def test_a_phrase_that_stands_only_in_a_longer_one_is_dominated() -> None:
    found = beside(
        ["vien tu van", "tu van"], *["nhân viên tư vấn kỹ", "nhân viên tư vấn sai"], "tư vấn qua máy", "tư vấn lại"
    )
    assert found.dominated.tolist() == [1, 0.5]


def test_a_function_word_beside_a_phrase_does_not_make_it_a_piece_of_a_longer_one() -> None:
    texts = ["máy ngon trong tầm giá", "tốt trong tầm giá", "nhất trong tầm giá này"]
    assert beside(["tam gia"], *texts).dominated.tolist() == [1]
    assert beside(["tam gia"], *texts, function=frozenset({"trong", "này"})).dominated.tolist() == [0]


def test_names_of_things_have_other_neighbours_than_what_is_said_of_them() -> None:
    texts = ["cái pin rất yếu", "pin này hơi yếu", "những cục pin của máy bị yếu", "pin đã rất yếu", "pin là quá yếu"]
    found = beside(["pin", "yeu"], *texts)
    assert found.noun[0] > 0.7
    assert found.noun[1] < 0.3


def test_units_stand_after_numbers_and_names_of_places_after_what_begins_them() -> None:
    found = beside(["tieng", "gao dua"], "làm 12 tiếng", "đứng mười tiếng", "kcn gáo dừa", "xã gáo dừa xa")
    assert found.counted.tolist() == [1, 0]
    assert found.place.tolist() == [0, 1]


def test_nothing_stands_beside_a_phrase_at_the_ends_of_texts_and_sentences() -> None:
    found = beside(["pin"], "pin", "yếu. pin. tốt", "pin")
    assert (found.tied.tolist(), found.dominated.tolist(), found.noun.tolist()) == ([0], [0], [0.5])
