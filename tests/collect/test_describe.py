"""The few lines shown before the run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from langnghe.collect import describe, read

if TYPE_CHECKING:
    from pathlib import Path

ROWS = """bình luận;ngày;tác giả;tỉnh;sao
Lương chậm;03/04/2026;An;Huế;1
Cơm ngon;hôm qua;Bình;Huế;2
;13/04/2026;Bình;Huế;2
Mệt "quá;31/12/2050;Bình;Huế;2
Ca đêm;rác;Bình;Huế
"""

VI = [
    "q3.csv (CSV, utf-8, ';'): 5 dòng, giữ 4",
    (
        "  nội dung = 'bình luận'; ngày = 'ngày'; người viết (chỉ để đếm, rồi bỏ) = 'tác giả'; nhóm = 'tỉnh'; "
        "cột khác không dùng, không lưu: 1"
    ),
    (
        "  Ngày: ngày/tháng/năm + 'hôm qua', '2 tuần trước'; tính từ ngày 03/04/2026; "
        "1 ngày có thể hiểu hai cách (như 03/04), đọc là ngày/tháng/năm; 2 dòng không có ngày"
    ),
    (
        "  Đã sửa: dòng thiếu cột: 1; dấu ngoặc kép không đóng: 1; ngày không đọc được: 1; "
        "ngày trước 2004 hoặc ở tương lai (bỏ): 1"
    ),
    "  Đã bỏ: không có chữ: 1",
]

EN = [
    "q3.csv (CSV, utf-8, ';'): 5 rows, 4 kept",
    (
        "  text = 'bình luận'; date = 'ngày'; author (only counted, then dropped) = 'tác giả'; groups = 'tỉnh'; "
        "other columns not used, not stored: 1"
    ),
    (
        "  Dates: day/month/year + 'yesterday', '2 weeks ago'; counted from 2026-04-03; "
        "dates with two readings (such as 03/04): 1, read as day/month/year; rows without a date: 2"
    ),
    (
        "  Repaired: rows with too few fields: 1; quotes that never close: 1; dates that can't be read: 1; "
        "dates before 2004 or in the future (dropped): 1"
    ),
    "  Left out: no text: 1",
]


def test_a_file_is_described_in_two_languages(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_text(ROWS, encoding="utf-8")
    os.utime(path, (1_793_000_000, 1_793_000_000))
    files = read(path).files
    assert describe(files, "vi") == "\n".join(VI)
    assert describe(files, "en") == "\n".join(EN)


def test_numbers_are_written_as_the_language_does(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "chào\n" * 1200, encoding="utf-8")
    assert "1.200 dòng, giữ 1.200" in describe(read(path).files)
    assert "1,200 rows, 1,200 kept" in describe(read(path).files, "en")
