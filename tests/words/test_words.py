"""Texts → surfaces, keys and phrases."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from langnghe.words.find import find_words
from langnghe.words.lookup import find_phrases, phrase_table
from langnghe.words.phrases import mine_phrases, shown_forms
from langnghe.words.tokens import tokenise
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, fold_phrase, unfold


def written(text: str) -> list[str]:
    tokens = tokenise(pl.Series([text]))
    return [tokens.surfaces[i] for i in tokens.ids]


def words_of(*texts: str) -> tuple[Words, Vocabulary]:
    builder = VocabularyBuilder()
    frame = pl.DataFrame(
        {"text_id": range(len(texts)), "text": texts}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    (words,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    return unfold(words["surfaces"], vocabulary), vocabulary


def keys_of(*texts: str) -> list[list[str]]:
    words, vocabulary = words_of(*texts)
    rows = []
    for start, end in zip(words.offsets, words.offsets[1:], strict=False):
        rows.append([vocabulary.keys[k] if k < len(vocabulary.keys) else "|" for k in words.keys[start:end].tolist()])
    return rows


def test_words_numbers_emoji_masks_and_breaks() -> None:
    assert written("Lương 4.2tr, chậm 😭👍🏻 gọi ‹số điện thoại› ngày 2/9?") == [
        "lương", "4.2tr", ".", "chậm", "😭", "👍", "gọi", "‹số điện thoại›", "ngày", "2/9", "?",
    ]  # fmt: skip


def test_a_text_of_nothing_has_no_words() -> None:
    assert written("") == []
    assert written(" ... ,,, ") == []


def test_emoticons_are_words_of_their_own() -> None:
    assert written("buồn :((( thôi:)) ok =)) giờ: 8:30") == [
        "buồn",
        ":(((",
        "thôi",
        ":))",
        "ok",
        "=))",
        "giờ",
        ".",
        "8",
        ".",
        "30",
    ]


def test_a_batch_of_many_words_numbers_them_all() -> None:
    every = [f"từ{number}" for number in range(100_000)]
    tokens = tokenise(pl.Series([" ".join(every[:70_000]), "", " ".join(every[60_000:])]))
    assert tokens.surfaces[3:] == every
    assert tokens.ids.tolist() == [*range(3, 70_003), *range(60_003, 100_003)]
    assert tokens.offsets.tolist() == [0, 70_000, 70_000, 110_000]


def test_writings_that_differ_in_the_place_of_the_tone_count_together() -> None:
    words, vocabulary = words_of(*["hoà giải"] * 3, *["hòa giải"] * 4, *["hoạ giải"] * 5)
    phrases = [fold_phrase("hòa giải")]
    shown, share = shown_forms(phrases, find_phrases(words, vocabulary, phrase_table(phrases)), words, vocabulary)
    assert shown == ["hòa giải"]
    assert share.tolist() == [7 / 12]


def test_a_syllable_without_diacritics_is_meant_so_where_the_text_has_them() -> None:
    words, vocabulary = words_of(*["để trong tủ đồ"] * 6, *["rất trọng nghĩa"] * 2, *["de trong tu do"] * 4)
    phrases = [("trong",), ("tu",)]
    shown, share = shown_forms(phrases, find_phrases(words, vocabulary, phrase_table(phrases)), words, vocabulary)
    assert shown == ["trong", "tủ"]
    assert share.tolist() == [6 / 8, 1]


def test_an_abbreviation_speaks_for_the_phrase_it_stands_for() -> None:
    words, vocabulary = words_of(*["cty nợ lương"] * 5, *["công ty nợ lương"] * 3)
    phrases = [("cong", "ty")]
    shown, share = shown_forms(phrases, find_phrases(words, vocabulary, phrase_table(phrases)), words, vocabulary)
    assert (shown, share.tolist()) == (["công ty"], [1])


def test_a_text_full_of_phrases_gives_them_all() -> None:
    words, vocabulary = words_of("a " * 3000, "a")
    hits = find_phrases(words, vocabulary, phrase_table([("anh",), ("anh", "anh"), ("anh",) * 3]))
    assert len(hits.text) == 3000 + 2999 + 2998 + 1


def test_question_marks_are_kept_even_alone() -> None:
    assert written("??") == ["?"]


def test_one_key_for_all_writings() -> None:
    first, second, third = keys_of("Công ty nợ LƯƠNG", "cong ty no luong", "cty nợ lươnggg")
    assert first == second == third == ["cong", "ty", "no", "luong"]


def test_no_phrase_reaches_over_a_break() -> None:
    words, vocabulary = words_of("tăng ca. đêm", "tăng ca đêm")
    hits = find_phrases(words, vocabulary, phrase_table([fold_phrase("ca đêm")]))
    assert hits.text.tolist() == [1]


def test_phrases_are_found_without_diacritics() -> None:
    words, vocabulary = words_of("BHXH của em", "bao hiem xa hoi", "bảo hiểm y tế")
    hits = find_phrases(words, vocabulary, phrase_table([fold_phrase("bảo hiểm xã hội")]))
    assert hits.text.tolist() == [0, 1]


def test_mined_phrases_are_shown_as_people_write_them() -> None:
    others = ["trời mưa to", "căng tin đông", "xe đến muộn", "nước lạnh quá", "máy hỏng rồi", "chị ấy cười"] * 4
    words, vocabulary = words_of(
        *["tăng ca suốt", "tang ca hoai", "Tăng ca mệt", "tang ca nua", "lại tăng ca"] * 2, *others
    )
    mined = mine_phrases(words, vocabulary, least=5)
    keys = [phrase.keys for phrase in mined]
    assert ("tang", "ca") in keys
    assert ("tang",) not in keys
    hits = find_phrases(words, vocabulary, phrase_table(keys))
    assert "tăng ca" in shown_forms(keys, hits, words, vocabulary)[0]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.integers(1, 5))
def test_batches_change_nothing(texts: list[str], size: int) -> None:
    frame = pl.DataFrame(
        {"text_id": range(len(texts)), "text": texts}, schema={"text_id": pl.UInt32, "text": pl.String}
    )
    whole, parts = VocabularyBuilder(), VocabularyBuilder()
    (together,) = find_words([frame], whole)
    apart = pl.concat(find_words((frame[i : i + size] for i in range(0, len(texts), size)), parts))
    assert together.equals(apart)
    assert whole.frame().equals(parts.frame())
