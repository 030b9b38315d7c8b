"""Open data: what opens in a spreadsheet is what was measured, and never a formula."""

from __future__ import annotations

import csv as plain_csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import fastexcel
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.errors import Say
from langnghe.report.opendata import OpenMeta, OpenTable, csv, open_data, safe_cell, workbook

ISSUES = pl.DataFrame(
    {
        "vấn đề": ["Lương, đơn giá", 'ca "7 đến 7"', "=HYPERLINK(1)", None],
        "bình luận": [366, 283, -5, None],
        "tỉ lệ": [0.242, -0.5, 0.0, None],
        "tuần": [dt.date(2026, 7, 6), None, None, None],
        "đột biến": [True, False, None, None],
    }
)
META = OpenMeta("q3-2026", Say("Quý III", "Third quarter"), Say("Số liệu", "Figures"), dt.date(2026, 10, 8))


def table(frame: pl.DataFrame = ISSUES) -> OpenTable:
    said = {"tỉ lệ": Say("Tỉ lệ bình luận, 0 đến 1", "Share of texts, 0 to 1")}
    return OpenTable(frame, Say("Vấn đề", "Issues"), Say("Tỉ lệ của từng vấn đề", "Share of each issue"), said)


def rows(data: bytes) -> list[list[str]]:
    return list(plain_csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_opens_in_excel_with_its_vietnamese() -> None:
    data = csv(ISSUES)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 5
    assert rows(data) == [
        ["vấn đề", "bình luận", "tỉ lệ", "tuần", "đột biến"],
        ["Lương, đơn giá", "366", "0.242", "2026-07-06", "true"],
        ['ca "7 đến 7"', "283", "-0.5", "", "false"],
        ["'=HYPERLINK(1)", "-5", "0.0", "", ""],
        ["", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "−1",
        '"=1',
        "'=1",
        " =1",
        "\u00a0=1",
        "“=1”",
        "\ufeff=1",
        "|x",
        "%x",
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["lương", "", "a=1", "7-7", "(-1)", "“lương”", "12,5 %"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(
    st.lists(st.text(st.sampled_from("=+-@\t\r\n\"' ＝＋－＠aế,;|\u200b\ufeff"), max_size=8), min_size=1, max_size=5)
)
def test_no_cell_starts_a_formula_and_none_is_lost(texts: list[str]) -> None:
    read = [row[0] if row else "" for row in rows(csv(pl.DataFrame({"text": texts}, schema={"text": pl.String})))[1:]]
    assert [cell.removeprefix("'") if cell != text else cell for cell, text in zip(read, texts, strict=True)] == texts
    assert not any(
        cell.lstrip(' "\u200b\ufeff')[:1] in set("=+-@\t\r＝＋－＠") - {""} and cell.strip()
        for cell in read
        if cell.strip()
    )


@given(st.text(max_size=20))
def test_any_text_comes_back_from_a_csv(text: str) -> None:
    data = csv(pl.DataFrame({"a": [text], "b": [1]}))
    assert rows(data)[1][0].removeprefix("'") in {text, text.removeprefix("'")}


def test_names_of_columns_are_made_safe_too() -> None:
    assert rows(csv(pl.DataFrame({"=cmd": [1]})))[0] == ["'=cmd"]


def test_a_workbook_holds_strings_as_strings_and_numbers_as_numbers() -> None:
    book = workbook({"issues": ISSUES, "copies": ISSUES.head(1)}, dt.date(2026, 10, 8))
    reader = fastexcel.read_excel(book)
    assert reader.sheet_names == ["issues", "copies"]
    frame = reader.load_sheet("issues").to_polars()
    assert frame["vấn đề"].to_list()[:3] == ["Lương, đơn giá", 'ca "7 đến 7"', "=HYPERLINK(1)"]
    assert frame["bình luận"].to_list()[:3] == [366, 283, -5]
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 'state="frozen"' in sheet
        assert not any(
            "hyperlink" in archive.read(name).decode("utf-8", "replace").lower()
            for name in archive.namelist()
            if "rels" in name
        )


def test_long_names_of_sheets_and_long_cells_are_cut_to_what_a_workbook_holds() -> None:
    name = "a" * 40
    book = workbook(
        {name: pl.DataFrame({"t": ["x" * 40_000]}), name + "b": pl.DataFrame({"t": ["y"]})}, dt.date(2026, 10, 8)
    )
    assert len(set(fastexcel.read_excel(book).sheet_names)) == 2


def test_the_data_package_describes_each_file() -> None:
    files = open_data({"issues": table()}, META)
    assert set(files) == {"issues.csv", "q3-2026.xlsx", "datapackage.json"}
    package = json.loads(files["datapackage.json"])
    (resource,) = package["resources"]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert (package["title"], package["title_en"]) == ("Quý III", "Third quarter")
    assert resource["hash"] == f"sha256:{hashlib.sha256(files['issues.csv']).hexdigest()}"
    assert resource["bytes"] == len(files["issues.csv"])
    assert [(column["name"], column["type"]) for column in resource["schema"]["fields"]] == [
        ("vấn đề", "string"),
        ("bình luận", "integer"),
        ("tỉ lệ", "number"),
        ("tuần", "date"),
        ("đột biến", "boolean"),
    ]
    assert resource["schema"]["fields"][2]["description_en"] == "Share of texts, 0 to 1"


def test_an_empty_table_is_a_header() -> None:
    files = open_data({"issues": table(ISSUES.clear())}, META)
    assert len(rows(files["issues.csv"])) == 1


@pytest.mark.parametrize("name", ["../x", "A", "", "a b", "con.csv", "vấn"])
def test_a_name_that_is_no_safe_file_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="names of tables"):
        open_data({name: table()}, META)


def test_the_same_tables_give_the_same_bytes() -> None:
    assert open_data({"issues": table()}, META) == open_data({"issues": table()}, META)
