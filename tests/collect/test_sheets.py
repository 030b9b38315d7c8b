"""Workbooks: cells, sheets and titles as people leave them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import xlsxwriter

from langnghe.collect import read

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet


def test_the_first_sheet_with_texts_its_title_and_its_blank_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("trống")
        book.add_worksheet("số").write_row(0, 0, ["id", "n"])
        sheet: Worksheet = book.add_worksheet("ý kiến")
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write(0, 0, "BÁO CÁO GÓP Ý QUÝ 3")
        sheet.write_row(2, 0, ["Nội dung", "Ngày", "Khu vực"])
        sheet.write(3, 0, "một hai ba")
        sheet.write_datetime(3, 1, dt.datetime(2026, 9, 12, 14, 5), day)  # noqa: DTZ001 - a cell has no zone
        sheet.write_row(5, 0, ["bốn năm sáu", 46278, "Bắc"])
        sheet.write_row(6, 0, ["", "12/09/2026", "Nam"])
        sheet.write_formula(7, 0, '=HYPERLINK("http://vidu.vn","bấm vào đây")', None, "bấm vào đây")
        sheet.write(7, 1, "13/09/2026")
        sheet.write(8, 0, 1500000)
    texts = read(path, as_of=dt.date(2026, 10, 1))
    assert texts.frame().select("text", "date", "group.Khu vực").rows() == [
        ("một hai ba", dt.date(2026, 9, 12), None),
        ("bốn năm sáu", dt.date(2026, 9, 13), "Bắc"),
        ("bấm vào đây", dt.date(2026, 9, 13), None),
        ("1500000", None, None),
    ]
    assert texts.left_out.rows() == [("a.xlsx", 7, "empty_text")]
    assert texts.files[0].dates == "iso+dmy+serial"
