"""Personal data is masked by kind, and what only looks like it is left alone."""

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.clean.masks import MASKS, mask, mask_text
from langnghe.clean.normalise import normalise


def plainly(text: str) -> str:
    """A text as the stage before hands it on."""
    return str(pl.select(normalise(pl.lit(text))).item())


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("gọi em 0912 000 345 nha", "gọi em ‹số điện thoại› nha"),
        ("sđt 0912.000.345", "sđt ‹số điện thoại›"),
        ("+84 912 000 345", "‹số điện thoại›"),
        ("zalo o9oo.ooo.345", "zalo ‹số điện thoại›"),
        ("gọi số không chín một hai ba không năm sáu bảy tám ạ", "gọi số ‹số điện thoại› ạ"),
        ("0️⃣9️⃣1️⃣2️⃣0️⃣0️⃣0️⃣3️⃣4️⃣5️⃣ nha", "‹số điện thoại› nha"),
        ("gọi ⓪⑨①②⓪⓪⓪③④⑤", "gọi ‹số điện thoại›"),
        ("sđt0912000345nhé", "sđt‹số điện thoại›nhé"),
        ("gửi về hoa.le@vidu.vn giúp", "gửi về ‹thư điện tử› giúp"),
        ("mail hoa.le a còng gmail chấm com", "mail ‹thư điện tử›"),
        ("hoa.le[at]gmail[dot]com nha", "‹thư điện tử› nha"),
        ("xem https://vidu.vn/a?b=1 nhé", "xem ‹liên kết› nhé"),
        ("facebook.com/vidu.mocut", "‹liên kết›"),
        ("zalo . me / 0912000345", "‹liên kết›"),
        ("@be.hai vô coi", "‹tài khoản› vô coi"),
        ("ig: be.hai_92 nha", "ig: ‹tài khoản› nha"),
        ("CCCD 001099000123", "CCCD ‹số giấy tờ›"),
        ("sổ bhxh 7912000345 chưa chốt", "sổ bhxh ‹số bảo hiểm› chưa chốt"),
        ("stk 1234 5678 9012", "stk ‹số tài khoản›"),
        ("xe 59F1-123.45 chạy ẩu", "xe ‹biển số xe› chạy ẩu"),
        ("ở 12/3 đường Trần Phú nha", "ở ‹địa chỉ› nha"),
        ("em ở nhà trọ Út Hiền phòng 5 hẻm 48", "em ở ‹địa chỉ›"),
        ("mã 8812 0003 4567 là gì", "mã ‹dãy số› là gì"),
    ],
)
def test_masked(typed: str, masked: str) -> None:
    assert mask_text(plainly(typed)) == (masked, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "lương 12.500.000đ một tháng",
        "lương 12500000 đồng",
        "thưởng 4tr2, tăng ca 500k",
        "từ 12/09/2026 đến 14/09/2026",
        "giai đoạn 2019-2024",
        "luật 45/2019/QH14 điều 98",
        "ca 7h30-19h, 6 ngày/tuần",
        "không biết bao giờ mới có lương",
        "một hai ba bốn",
        "gọi 1900 9068 chờ 20 phút, 111 với 1022 cũng vậy",
        "công ty có mã số thuế 3600000123 ngừng hoạt động",
        "xem trên chinhphu.vn với congdoan.vn",
        "mai tăng ca @ xưởng 2, @all nhớ nha",
        "bàn số 8 căn tin gãy chân",
        "phòng 4 người mà tính 6 người",
        "đường 3/2 cấm xe tải giờ cao điểm",
        "nghỉ việc 14/7 tới 30/8 chưa có sổ",
        "đường Trần Hưng Đạo ngập, chợ Bà Chiểu đông",
        "công ty Thanh Tùng trả lương trễ",
        "từ Thái Nguyên vô Bình Dương làm",
        "anh quản lý, chị kế toán, chú bảo vệ, bác lao công",
        "ông giám đốc với bà phó phòng",
        "chị em phụ nữ bầu bì cực lắm",
        "cam on cong doan nhieu lam a",
    ],
)
def test_left_alone(typed: str) -> None:
    assert mask_text(typed) == (typed, 0)


# Digits in a row, with what people set between them, that read as nothing harmless: no zero-led grouping by three, no date.
_SEPARATED = st.builds(
    lambda digits, sign: sign.join(digits),
    st.lists(st.sampled_from("2356789"), min_size=8, max_size=16),
    st.sampled_from(["", " ", ".", "-", "_", "/", "*", " - ", "...", "…", "–", ", ", "~"]),
)


@settings(deadline=None)
@given(
    st.sampled_from(["", "mã ", "gọi em ", "sđt", "của em là: "]),
    _SEPARATED,
    st.sampled_from(["", " nha", "nhé", ". dạ", ", ạ"]),
)
def test_no_run_of_eight_digits_is_left(before: str, number: str, after: str) -> None:
    masked, _ = mask_text(plainly(before + number + after))
    assert not re.search(r"\d", masked)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "0 9 12 345 0912000345 o O . - @ a.vn đ k / + 84 anh Lan nguyễn thị Thị Hoa Trần tên số đường 12/3 phòng ‹số điện thoại› ‹ hẻm xe 59F1 không chín hai zalo gmail.com".split(
                " "
            )
        ),
        max_size=14,
    ).map(" ".join)
)
def test_masking_is_idempotent(text: str) -> None:
    once, _ = mask_text(text)
    assert mask_text(once) == (once, 0)


@settings(deadline=None)
@given(st.text(alphabet="0123456789oO .-@avn+84đk/", max_size=40))
def test_masking_of_any_digits_is_idempotent(text: str) -> None:
    once, _ = mask_text(plainly(text))
    assert mask_text(once)[0] == once


@pytest.mark.parametrize("label", MASKS.values())
def test_a_mask_is_not_masked(label: str) -> None:
    assert mask_text(f"anh {label} ở {label}, {label}") == (f"anh {label} ở {label}, {label}", 0)


def test_a_batch_is_masked_like_its_texts() -> None:
    texts = pl.Series(["gọi 0912000345", "lương chậm", "a@vidu.vn và @be.hai", "anh Tuấn nói vậy"])
    masked = mask(texts)
    assert masked["text"].to_list() == [mask_text(text)[0] for text in texts]
    assert masked["masks"].to_list() == [1, 0, 2, 1]
    assert masked.schema == pl.Schema({"text": pl.String(), "masks": pl.UInt16()})


def test_a_batch_without_texts() -> None:
    assert mask(pl.Series([], dtype=pl.String)).height == 0
