"""Names of people are masked, titles stay; names of places, firms and streets stay."""

import polars as pl
import pytest

from langnghe.clean.masks import mask, mask_text


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("Tôi tên Trần Thị Bích Ngọc, công nhân may", "Tôi tên ‹tên người›, công nhân may"),
        ("giam doc Le Van Hung ky", "giam doc ‹tên người› ky"),
        ("người ký là nguyễn thị thu hà", "người ký là ‹tên người›"),
        ("CTK NGUYEN THI LAN", "CTK ‹tên người›"),
        ("liên hệ Phạm Q. Nhất nha", "liên hệ ‹tên người› nha"),
        ("nhờ anh Tuấn nói giúp", "nhờ anh ‹tên người› nói giúp"),
        ("sếp Hùng la hoài", "sếp ‹tên người› la hoài"),
        ("chị nhung bên kho", "chị ‹tên người› bên kho"),
        ("tổ trưởng Kim Loan la hoài", "tổ trưởng ‹tên người› la hoài"),
        ("anh tuấn anh với em", "anh ‹tên người› với em"),
    ],
)
def test_name_is_masked(typed: str, masked: str) -> None:
    assert mask_text(typed) == (masked, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "đường Nguyễn Văn Trỗi kẹt xe",
        "trường Lê Hồng Phong gần đây",
        "kcn Quế Võ tuyển người",
        "giỗ tổ Hùng Vương đi làm",
        "phần trăm thương vì dịch",
        "chị làm ở đây, anh nghỉ, em xin về",
        "chi lam o day, anh nghi, em xin ve",
        "thu chi công đoàn không công khai",
        "dương tính covid hồi đó",
    ],
)
def test_no_name(typed: str) -> None:
    assert mask_text(typed) == (typed, 0)


def test_a_known_author_is_masked_where_others_mention_him() -> None:
    texts = pl.Series(["hôm qua moong khăm phò kể vậy"])
    assert mask(texts)["masks"].to_list() == [0]
    assert mask(texts, {"Moong Khăm Phò", "Ẩn"})["text"].to_list() == ["hôm qua ‹tên người› kể vậy"]
