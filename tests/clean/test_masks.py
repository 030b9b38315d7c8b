"""Personal data is masked by kind, and what only looks like it is left alone."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.clean.masks import mask, mask_text
from langnghe.clean.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("gọi em 0912 000 345 nha", "gọi em ‹số điện thoại› nha"),
        ("sđt 0912.000.345", "sđt ‹số điện thoại›"),
        ("+84 912 000 345", "‹số điện thoại›"),
        ("zalo o9oo.ooo.345", "zalo ‹số điện thoại›"),
        ("số không chín một hai ba số không năm sáu bảy ạ", "số ‹số điện thoại› ạ"),
        ("gửi về hoa.le@vidu.vn giúp", "gửi về ‹thư điện tử› giúp"),
        ("xem https://vidu.vn/a?b=1 nhé", "xem ‹liên kết› nhé"),
        ("facebook.com/vidu.mocut", "‹liên kết›"),
        ("@be.hai vô coi", "‹tài khoản› vô coi"),
        ("CCCD 001099000123", "CCCD ‹số điện thoại›"),
        ("stk 1234 5678 9012", "stk ‹dãy số›"),
    ],
)
def test_masked(typed: str, masked: str) -> None:
    found, count = mask_text(typed)
    assert re.sub("‹[^›]+›", "‹›", found) == re.sub("‹[^›]+›", "‹›", masked)
    assert count == 1


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
    ],
)
def test_left_alone(typed: str) -> None:
    assert mask_text(typed) == (typed, 0)


@given(st.text(alphabet="0123456789oO .-@avn+84đk/", max_size=40))
def test_masking_is_idempotent(text: str) -> None:
    clean = pl.select(normalise(pl.lit(text))).item()
    once, _ = mask_text(clean)
    assert mask_text(once)[0] == once


def test_a_batch_is_masked_like_its_texts() -> None:
    texts = pl.Series(["gọi 0912000345", "lương chậm", "a@vidu.vn và @be.hai"])
    masked = mask(texts)
    assert masked["text"].to_list() == [mask_text(text)[0] for text in texts]
    assert masked["masks"].to_list() == [1, 0, 2]
