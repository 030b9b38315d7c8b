"""Files of comments in, texts out."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import xlsxwriter

from langnghe.collect import read
from langnghe.errors import ColumnError, InputError
from langnghe.nouns import TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TABLE = """bình luận,ngày,tác giả,tỉnh,lượt thích
Lương chậm quá,12/09/2026,An,Bắc Ninh,3
"Cơm ca ngon, cảm ơn",13/09/2026,Bình,Đồng Nai,0
Hôm nay lại tăng ca,hôm qua,An,,1
"""


def save(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(path, (1_793_000_000, 1_793_000_000))  # 26 October 2026
    return path


def workbook(path: Path, *rows: Sequence[Any]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(place, column, dt.datetime.combine(value, dt.time()), day)
                else:
                    sheet.write(place, column, value)
    return path


def test_a_table_of_comments_becomes_texts(tmp_path: Path) -> None:
    texts = read(save(tmp_path / "q3.csv", TABLE), k=1)
    assert texts.frame().rows() == [
        (0, "Lương chậm quá", dt.date(2026, 9, 12), "q3", 0.5, 0, "Bắc Ninh"),
        (1, "Cơm ca ngon, cảm ơn", dt.date(2026, 9, 13), "q3", 1.0, 0, "Đồng Nai"),
        (2, "Hôm nay lại tăng ca", dt.date(2026, 9, 12), "q3", 0.5, 0, None),
    ]
    assert texts.frame().schema == {**TEXTS, "group.tỉnh": pl.String()}
    assert (texts.groups, texts.has_authors, texts.left_out.height) == (("tỉnh",), True, 0)


def test_how_a_file_was_read_is_told(tmp_path: Path) -> None:
    (reading,) = read(save(tmp_path / "q3.csv", TABLE)).files
    assert dict(reading.columns) == {"text": "bình luận", "date": "ngày", "author": "tác giả"}
    assert (reading.groups, reading.ignored, reading.rows, reading.kept) == (("tỉnh",), 1, 3, 3)
    assert (reading.dates, reading.ambiguous_dates, reading.undated) == ("dmy+relative", 1, 0)
    assert reading.as_of == dt.date(2026, 9, 13)
    assert len(reading.sha256) == 64


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_every_delimiter_encoding_and_line_end_gives_the_same_texts(
    tmp_path: Path, delimiter: str, encoding: str, line: str
) -> None:
    plain = read(save(tmp_path / "a.csv", TABLE)).frame()
    rows = TABLE.replace('"', "").replace("ngon, cảm", "ngon cảm").replace(",", delimiter).replace("\n", line)
    other = read(save(tmp_path / "a.txt", rows.encode(encoding))).frame()
    assert other["text"].to_list() == [text.replace(",", "") for text in plain["text"]]
    assert other.drop("text").equals(plain.drop("text"))


def test_all_formats_give_the_same_texts(tmp_path: Path) -> None:
    plain = read(save(tmp_path / "q3.csv", TABLE)).frame()
    header = ["bình luận", "ngày", "tác giả", "tỉnh", "lượt thích"]
    rows: list[list[Any]] = [
        ["Lương chậm quá", "12/09/2026", "An", "Bắc Ninh", 3],
        ["Cơm ca ngon, cảm ơn", "13/09/2026", "Bình", "Đồng Nai", 0],
        ["Hôm nay lại tăng ca", "hôm qua", "An", None, 1],
    ]
    objects = [dict(zip(header, row, strict=True)) for row in rows]
    files = [
        save(tmp_path / "q3.jsonl", "\n".join(json.dumps(one) for one in objects)),
        save(tmp_path / "q3.json", json.dumps(objects, ensure_ascii=False)),
        workbook(tmp_path / "q3.xlsx", header, *rows),
    ]
    pl.DataFrame(objects).write_parquet(tmp_path / "q3.parquet")
    for file in [*files, tmp_path / "q3.parquet"]:
        assert read(file).frame().equals(plain), file.name


def test_several_files_are_numbered_through_and_share_accounts(tmp_path: Path) -> None:
    one = save(tmp_path / "một.csv", "text,author,Tỉnh\nchào,An,Huế\n,Lan,Huế\n")
    two = save(tmp_path / "hai.csv", "comment,user,tinh\nxin chào,an,Huế\nbạn ơi,Lan,Cà Mau\n")
    texts = read([one, two], k=1)
    assert texts.frame().select("text_id", "source", "voice", "batch", "group.Tỉnh").rows() == [
        (0, "một", 0.5, 0, "Huế"),
        (1, "hai", 0.5, 1, "Huế"),
        (2, "hai", 1.0, 1, "Cà Mau"),
    ]
    assert texts.left_out.rows() == [("một.csv", 3, "empty_text")]


def test_voice_counts_accounts_only_when_every_file_has_authors(tmp_path: Path) -> None:
    one = save(tmp_path / "1.csv", "text,author\nchào,An\n")
    two = save(tmp_path / "2.csv", "text,stars\nchào bạn,5\n")
    texts = read([one, two], k=1)
    assert not texts.has_authors
    assert texts.frame()["voice"].to_list() == [1.0, None]


def test_a_folder_stands_for_its_readable_files_by_name(tmp_path: Path) -> None:
    save(tmp_path / "b.csv", "text\nhai\n")
    save(tmp_path / "a.csv", "text\nmột\n")
    for name in ("~$a.xlsx", ".an.csv", "ghi chu.docx"):
        save(tmp_path / name, "text\nkhông\n")
    (tmp_path / "sâu").mkdir()
    save(tmp_path / "sâu" / "c.csv", "text\nba\n")
    assert read(tmp_path).frame()["text"].to_list() == ["một", "hai"]


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    save(tmp_path / "a.csv", "text\nmột\n")
    assert read([tmp_path / "a.csv", tmp_path]).frame().height == 1


def test_batches_are_small_in_order_and_can_be_read_again(tmp_path: Path) -> None:
    many = 140_000
    path = save(tmp_path / "a.csv", "text,date\n" + "".join(f"ý kiến {n},1/9/2026\n" for n in range(many)))
    texts = read(path)
    for _ in range(2):
        batches = list(texts.batches())
        assert max(batch.height for batch in batches) <= 131_072
        joined = pl.concat(batches)
        assert joined["text_id"].to_list() == list(range(many))
        assert joined["text"][-1] == f"ý kiến {many - 1}"


def test_names_of_authors_are_nowhere_in_what_is_given(tmp_path: Path) -> None:
    name = "Zuyết Thị Lạ"
    for encoding in ("utf-8", "utf-16"):
        rows = f'text,author,label\nchào,{name},1\nhai,{name},"x\n'.encode(encoding)
        texts = read(save(tmp_path / "a.csv", rows))
        held = texts.batches.args[0]  # type: ignore[attr-defined]
        assert name not in repr(texts) + repr([shelf.rows for shelf in held])
        assert all("author" not in batch.columns for shelf in held for batch in shelf.rows.batches())


def test_renaming_all_accounts_changes_only_the_hash_of_the_input(tmp_path: Path) -> None:
    one = read(save(tmp_path / "a.csv", TABLE), k=1)
    before = one.frame()
    two = read(save(tmp_path / "a.csv", TABLE.replace(",An,", ",Người 9,").replace(",Bình,", ",Ai Đó,")), k=1)
    assert before.equals(two.frame())
    assert replace(one.files[0], sha256="") == replace(two.files[0], sha256="")
    assert one.files[0].sha256 != two.files[0].sha256


def test_inputs_are_not_changed(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", TABLE)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    read(path).frame()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_file_that_changes_between_the_two_readings_is_an_error(tmp_path: Path) -> None:
    texts = read(save(tmp_path / "a.csv", TABLE))
    (tmp_path / "a.csv").write_text("text\nkhác\n")
    with pytest.raises(InputError):
        texts.frame()


def test_options_name_columns_in_any_spelling_and_replace_the_guess(tmp_path: Path) -> None:
    rows = "Nội dung,Ghi chú,tỉnh,Ca làm\nmột hai ba,chị Hoa xem giúp,Huế,Đêm\nbốn năm sáu,đã chuyển cho tổ,Huế,Ngày\n"
    texts = read(save(tmp_path / "a.csv", rows), text="ghi chu", groups=["CA LÀM"])
    assert texts.groups == ("Ca làm",)
    assert texts.frame()["text"][0] == "chị Hoa xem giúp"
    assert (dict(texts.asked), texts.asked_groups) == ({"text": "ghi chu"}, ("CA LÀM",))


def test_an_empty_option_uses_no_column(tmp_path: Path) -> None:
    texts = read(save(tmp_path / "a.csv", TABLE), author="", date="", groups=("",))
    assert (texts.has_authors, texts.groups) == (False, ())
    assert texts.frame()["date"].null_count() == 3


def test_a_column_that_one_file_lacks_names_that_file(tmp_path: Path) -> None:
    one = save(tmp_path / "1.csv", "text,kênh\nchào,A\n")
    two = save(tmp_path / "2.csv", "text,stars\nchào,5\n")
    with pytest.raises(ColumnError, match=r"2\.csv.*'kênh'.*'text', 'stars'"):
        read([one, two], source="kênh")


def test_progress_is_told_rows(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read(save(tmp_path / "a.csv", TABLE), progress=lambda *step: told.append(step))
    assert told == [("collect", 3, 0)]


def test_sources_come_from_their_column_and_blanks_from_the_file(tmp_path: Path) -> None:
    rows = "text,platform\nmột,Facebook\nhai,  Facebook \nba,\n"
    assert read(save(tmp_path / "a.csv", rows)).frame()["source"].to_list() == ["Facebook", "Facebook", "a"]
