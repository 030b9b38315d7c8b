"""What is said about a text: its language, and whether it is an advert."""

import polars as pl
import pytest

from langnghe.clean.flags import REASONS, adverts, flag, language, reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Vay tiền nhanh, giải ngân trong ngày, lh ‹số điện thoại›", "loan"),
        ("vay tin chap lai suat thap inbox em", "loan"),
        ("Game bài đổi thưởng uy tín, nạp đầu tặng 100%, link dưới", "gambling"),
        ("VIỆC NHẸ LƯƠNG CAO, làm tại nhà, ib mình nha", "easy-money"),
        ("Freeship, giảm giá sập sàn, zalo ‹số điện thoại›", "goods"),
        ("Tuyển gấp 50 nam nữ đi làm ngay, liên hệ ‹số điện thoại›", "broker"),
        ("xem ở đây ‹liên kết›", "links"),
        ("spam spam spam spam spam spam spam spam spam spam spam", "repeated"),
    ],
)
def test_adverts_are_flagged_with_the_reason(text: str, why: str) -> None:
    assert reason(text) == why
    assert why in REASONS


@pytest.mark.parametrize(
    "text",
    [
        "Lương trễ hai tháng, em phải vay tiền nhanh để trả trọ",
        "Bị lừa việc nhẹ lương cao mất hết tiền, ai giúp em với",
        "Công ty bắt đóng tiền bảo hành đồng phục",
        "Cần tuyển thêm người chứ tổ em làm không xuể",
        "Gọi ‹số điện thoại› mà công đoàn không nghe máy",
        "nợ lương nợ lương nợ lương",
        "Thông báo ở ‹liên kết› nói tháng này mới trả lương cho công nhân",
        "",
    ],
)
def test_workers_words_are_not(text: str) -> None:
    assert reason(text) is None


def test_a_batch_is_flagged_as_its_texts_are() -> None:
    texts = ["hay quá", "TUYỂN GẤP nam nữ, ib zalo", "", "a " * 30, "nợ lương " * 8, "xem ‹liên kết›"]
    assert flag(pl.Series(texts)).to_list() == [reason(text) for text in texts]
    assert flag(pl.Series([], dtype=pl.String)).to_list() == []


def test_no_phrase_is_both_sure_and_likely() -> None:
    assert adverts().sure.keys() == adverts().likely.keys() == set(REASONS) - {"links", "repeated"}


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("lương chậm quá", "vi"),
        ("luong cham qua troi luon", "vi-plain"),
        ("the company owes wages", "other"),
        ("工资什么时候发", "other"),
        ("😭😭 123", "none"),
    ],
)
def test_language(text: str, guess: str) -> None:
    assert pl.DataFrame({"t": [text]}).select(language(pl.col("t"))).item() == guess
