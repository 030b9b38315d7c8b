"""Bad input: texts and a count of what was left out or mended, or one clear message; never a silent loss."""

from __future__ import annotations

import json
import os
import random
import zipfile
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langnghe.collect import read
from langnghe.errors import ColumnError, InputError, LangngheError

if TYPE_CHECKING:
    from pathlib import Path

BASE = "http://schemas.openxmlformats.org"
SHEET = f'<worksheet xmlns="{BASE}/spreadsheetml/2006/main"><sheetData>{{}}</sheetData></worksheet>'


def save(path: Path, raw: str | bytes) -> Path:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


def archive(path: Path, sheet: str) -> Path:
    """A bare workbook with one sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{BASE}/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{BASE}/package/2006/relationships">'
            '<Relationship Id="r1" '
            f'Type="{BASE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{BASE}/spreadsheetml/2006/main" xmlns:r="{BASE}/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{BASE}/package/2006/relationships">'
            '<Relationship Id="r1" '
            f'Type="{BASE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        packed.writestr("xl/worksheets/sheet1.xml", SHEET.format(sheet))
    return path


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\xef\xbb\xbf\r\n\r\n"),
        ("header.csv", b"text,date\n"),
        ("blanks.csv", b"text,date\n,1/9/2026\n  ,2/9/2026\n"),
        ("binary.csv", random.Random(1).randbytes(5000)),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("not.xlsx", b"text,date\na,b\n"),
        ("not.parquet", b"text,date\na,b\n"),
        ("cut.parquet", b"PAR1" + bytes(50)),
        ("cut.xlsx", b"PK\x03\x04" + bytes(50)),
        ("broken.json", b'[{"text": "a"}, {"te'),
        ("numbers.json", b"[1, 2, 3]"),
        ("two.json", b'{"a": [{"text": "x"}], "b": [{"text": "y"}]}'),
        ("deep.json", b"[" * 100_000),
        ("broken.jsonl", b"{text: a}\n{}}\n"),
        ("wide.csv", ",".join(f"c{n}" for n in range(1_000_000)).encode() + b"\n"),
        ("wide2.csv", b'"text";' + b'"x";' * 1_000_000 + b"\n" + b"a;" * 1_000_000),
        ("wide.jsonl", json.dumps({f"c{n}": "x" for n in range(5000)}).encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_hold_no_texts_get_one_clear_message(tmp_path: Path, name: str, raw: bytes) -> None:
    path = save(tmp_path / name, raw)
    with pytest.raises(InputError, match=name) as fault:
        read(path)
    for lang in ("vi", "en"):
        assert len(fault.value.sentence(lang)) < 400
    assert path.read_bytes() == raw


def test_a_missing_path_an_empty_folder_and_no_path_are_errors(tmp_path: Path) -> None:
    save(tmp_path / "ảnh.png", b"x")
    given: list[Any] = [tmp_path / "không có.csv", tmp_path, [], "/dev/null", "a\0b"]
    for paths in given:
        with pytest.raises(InputError):
            read(paths)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", "text\nx\n")
    path.chmod(0)
    with pytest.raises(InputError):
        read(path)


def test_a_file_that_can_not_be_opened_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.csv", "text\nx\n")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", denied)
    with pytest.raises(InputError, match="permission"):
        read(path)


def test_a_read_only_folder_is_enough(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", "text\nxin chào\n")
    tmp_path.chmod(0o555)
    try:
        assert read(path).frame().height == 1
    finally:
        tmp_path.chmod(0o755)


def test_no_text_column_lists_the_columns(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match=r"'id', 'stars'.*--text"):
        read(save(tmp_path / "a.csv", "id,stars\n1,5\n2,4\n"))


def test_two_candidates_for_the_text_are_both_named(tmp_path: Path) -> None:
    rows = "comment,feedback,stars\nhàng rất tốt,giao nhanh lắm,5\n"
    with pytest.raises(ColumnError, match=r"'comment', 'feedback'.*--text"):
        read(save(tmp_path / "a.csv", rows))


def test_duplicate_headers_are_kept_apart(tmp_path: Path) -> None:
    rows = "text,text,stars,stars\nhàng rất tốt,giao nhanh lắm,5,4\n"
    path = save(tmp_path / "a.csv", rows)
    with pytest.raises(ColumnError, match="'text', 'text_2'"):
        read(path)
    assert read(path, text="text_2").frame()["text"].to_list() == ["giao nhanh lắm"]


def test_ten_megabytes_in_one_cell_are_left_out(tmp_path: Path) -> None:
    long = "dài lắm " * 1_250_000
    for place, rows in enumerate((f'text,n\n"{long}",1\nngắn thôi,2\n', f"text,n\n{long},1\nngắn thôi,2\n")):
        texts = read(save(tmp_path / f"{place}.csv", rows))
        assert texts.frame()["text"].to_list() == ["ngắn thôi"]
        assert texts.left_out.rows() == [(f"{place}.csv", 2, "too_long")]


@pytest.mark.parametrize(
    ("raw", "texts", "repaired"),
    [
        (b"text,n\nl\xff\xc3ng,1\n\xe1\xbb,2\n", ["l\ufffd\ufffdng", "\ufffd"], {"bad_bytes": 3}),
        (b"text,n\na\0\0b,1\n\0,2\n", ["ab"], {"nul_bytes": 3}),
        (b'text,n\n"ab,1\ncd,2\n', ["ab", "cd"], {"unclosed_quote": 1}),
        (b'text,n\ncd,2\n"ab,1', ["cd", "ab"], {"unclosed_quote": 1}),
        (b'text,n\nhe "said" so,1\n', ['he "said" so'], {"stray_quotes": 1}),
        (b"text,n\nab\ncd,2,\n", ["ab", "cd"], {"short_row": 1, "empty_fields": 1}),
        (b"text,n\nab,1\ncd,2\nef, gh, ij,3\n", ["ab", "cd", "ef, gh, ij"], {"joined_fields": 1}),
        (b"text,n\n\nab,1\n\n\n", ["ab"], {"blank_lines": 3}),
        (b"sep=;\ntext;n\nab;1\n", ["ab"], {}),
        ("hàng tốt lắm;5;12/09/2026\nquá chậm;2;13/09/2026\n".encode(), ["hàng tốt lắm", "quá chậm"], {"no_header": 1}),
    ],
)
def test_repairs_are_counted(tmp_path: Path, raw: bytes, texts: list[str], repaired: dict[str, int]) -> None:
    got = read(save(tmp_path / "a.csv", raw), text="column_1" if "no_header" in repaired else None)
    assert got.frame()["text"].to_list() == texts
    assert dict(got.files[0].repaired) == repaired


def test_rows_are_left_out_with_their_number_and_reason(tmp_path: Path) -> None:
    rows = 'text,author\nmột,An\n,Bình\na,b,c,d\n"\u200b ",Lan\n#NAME?,Huệ\nhai,Hoa\n'
    got = read(save(tmp_path / "a.csv", rows))
    assert got.frame()["text"].to_list() == ["một", "hai"]
    assert got.left_out.rows() == [
        ("a.csv", 3, "empty_text"),
        ("a.csv", 4, "bad_row"),
        ("a.csv", 5, "empty_text"),
        ("a.csv", 6, "empty_text"),
    ]
    assert dict(got.files[0].left_out) == {"bad_row": 1, "empty_text": 3}


def test_objects_that_are_no_texts_are_left_out(tmp_path: Path) -> None:
    lines = [
        '{"text": "một"}',
        "",
        '{"text": {"a": 1}}',
        '{"text": ["x"]}',
        "{bad",
        "[1]",
        '{"text": null}',
        '{"text": 5}',
    ]
    got = read(save(tmp_path / "a.jsonl", "\n".join([*lines, '{"text": "a\\ud800b\\u0000"}'])))
    assert got.frame()["text"].to_list() == ["một", "5", "a\ufffdb"]
    assert dict(got.files[0].repaired) == {"bad_bytes": 1, "nul_bytes": 1}
    assert got.left_out.select("row", "reason").rows() == [
        (3, "not_a_text"),
        (4, "not_a_text"),
        (5, "bad_row"),
        (6, "bad_row"),
        (7, "empty_text"),
    ]


def test_dates_in_the_future_are_dropped_and_counted(tmp_path: Path) -> None:
    (reading,) = read(save(tmp_path / "a.csv", "text,date\nmột,01/02/2020\nhai,01/02/2020\nba,01/02/2999\n")).files
    assert (reading.undated, dict(reading.repaired)) == (1, {"date_out_of_range": 1})


def test_one_row_and_all_rows_the_same(tmp_path: Path) -> None:
    assert read(save(tmp_path / "a.csv", "text\nchào\n")).frame().height == 1
    assert read(save(tmp_path / "b.csv", "text,author\n" + "chào,An\n" * 100)).frame()["voice"].unique().to_list() == [
        0.0
    ]


def test_other_languages_and_formulas_are_texts_like_others(tmp_path: Path) -> None:
    rows = ["お疲れ様でした", "спасибо большое", "=HYPERLINK(1)", "+84", "@SUM(A1)", "👍👍", "hello there"]
    got = read(save(tmp_path / "a.csv", "text,n\n" + "".join(f"{row},1\n" for row in rows)))
    assert got.frame()["text"].to_list() == rows


def test_a_bomb_of_zeros_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.xlsx", cell("A1", "text") + " " * 50_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError, match="unpacked"):
        read(path)


def test_a_sheet_whose_two_cells_span_all_of_it_is_refused(tmp_path: Path) -> None:
    far = f'<row r="1">{cell("A1", "text")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'
    with pytest.raises(InputError, match="unpacked"):
        read(archive(tmp_path / "far.xlsx", far))


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("a.txt", "text")
    with pytest.raises(InputError, match="archive"):
        read(tmp_path / "a.xlsx")


def test_a_bare_workbook_is_read(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", "text")}</row><row r="2">{cell("A2", "xin chào")}</row>'
    assert read(archive(tmp_path / "a.xlsx", rows)).frame()["text"].to_list() == ["xin chào"]


def test_messages_hold_no_text_of_a_file_without_header(tmp_path: Path) -> None:
    rows = "0912345678,5,Tôi là Nguyễn Văn A ở tổ 5\n0912345679,4,Tôi là Trần Thị B\n"
    with pytest.raises(ColumnError) as fault:
        read(save(tmp_path / "a.csv", rows), date="ngày")
    assert "09123" not in fault.value.sentence("vi") + fault.value.sentence("en")
    assert "Nguyễn" not in fault.value.sentence("vi")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200),
    st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.txt"]),
    st.sampled_from([b"text,n\n", b'{"text":', b"", b"PK\x03\x04"]),
)
def test_any_bytes_give_texts_or_a_clear_message(tmp_path: Path, raw: bytes, name: str, start: bytes) -> None:
    path = save(tmp_path / name, start + raw)
    try:
        texts = read(path)
    except LangngheError:
        return
    (reading,) = texts.files
    assert reading.rows == reading.kept + texts.left_out.height
    assert texts.frame().height == reading.kept


def test_a_damaged_parquet_or_workbook_is_an_error(tmp_path: Path) -> None:
    pl.DataFrame({"text": [f"ý kiến {n}" for n in range(500)]}).write_parquet(tmp_path / "a.parquet")
    good = (tmp_path / "a.parquet").read_bytes()
    chance = random.Random(3)
    for _ in range(30):
        bad = bytearray(good)
        for place in (chance.randrange(4, len(bad)) for _ in range(20)):
            bad[place] = chance.randrange(256)
        try:
            read(save(tmp_path / "b.parquet", bytes(bad))).frame()
        except LangngheError:
            continue
