"""Columns of groups and sources: what is refused, and how values are made even."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from langnghe.collect import read
from langnghe.collect.groups import even, refusal
from langnghe.errors import ColumnError

if TYPE_CHECKING:
    from pathlib import Path


def why(column: str, *values: str, times: int = 10) -> str:
    counted = pl.DataFrame({"value": values, "count": [times] * len(values)})
    said = refusal(column, counted)
    return said["en"] if said else ""


@pytest.mark.parametrize(
    "column",
    [
        "user_id",
        "ID",
        "họ tên",
        "tên",
        "Tác giả",
        "số điện thoại",
        "email",
        "profile",
        "url",
        "địa chỉ",
        "CCCD",
        "ngày sinh",
    ],
)
def test_names_that_show_persons(column: str) -> None:
    assert "name says" in why(column, "a", "b")


@pytest.mark.parametrize("column", ["tỉnh", "kênh", "tên kênh", "page name", "ca làm", "nguồn", "phân xưởng"])
def test_names_that_show_nobody(column: str) -> None:
    assert why(column, "một", "hai") == ""


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (["an@vidu.vn", "binh@vidu.vn"], "e-mails"),
        (["0912 000 345", "0988123456"], "phones"),
        (["https://facebook.com/vidu.an"], "links"),
        (["@an.vidu", "@binh.vidu"], "links"),
        (["100234567", "100234568", "100234569"], "ids"),
        (["NV000123", "NV000124"], "ids"),
        (["Nguyễn Văn An", "Trần Thị Bình", "Lê Hoa"], "persons"),
        (["x" * 80, "y" * 80], "free text"),
        (['{"a": 1}', '{"a": 2}'], "nested"),
    ],
)
def test_values_that_show_persons(values: list[str], reason: str) -> None:
    assert reason in why("cột", *values)


@pytest.mark.parametrize(
    "values", [["Hồ Chí Minh", "Hà Nội", "Huế"], ["2025", "2026"], ["Tổ 1", "Tổ 2"], ["KCN A1", "KCN B2"]]
)
def test_values_that_show_nobody(values: list[str]) -> None:
    assert why("cột", *values) == ""


@pytest.mark.parametrize(
    ("distinct", "times", "refused"),
    [(50, 2, False), (51, 2, True), (200, 5, False), (201, 4, True), (20, 1, True), (5, 1, False)],
)
def test_nearly_unique_columns(distinct: int, times: int, refused: bool) -> None:  # noqa: FBT001 - a table of cases
    got = why("cột", *(f"xã {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(distinct)), times=times)
    assert ("nearly unique" in got) is refused


def test_values_are_made_even() -> None:
    got = even(pl.Series("a", ["  Huế ", "Hue\u0302\u0301", "", " \u200b", None, "Bắc\n Ninh", "x" * 99]))
    assert got.to_list() == ["Huế", "Huế", None, None, None, "Bắc Ninh", "x" * 80]


def test_a_refused_column_is_an_error_when_it_was_asked_for_and_ignored_when_it_was_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "text,source,region,mã\n" + "".join(f"ý kiến {n},https://a.vn/{n},vùng {n},{n}\n" for n in range(60))
    )
    texts = read(path)
    assert (texts.groups, texts.files[0].ignored) == ((), 3)
    for wish in ({"source": "source"}, {"groups": ["region"]}, {"groups": ["mã"]}):
        with pytest.raises(ColumnError, match="can't be a group or a source"):
            read(path, **wish)


def test_thirteen_groups_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match="13"):
        read(tmp_path, groups=[f"g{n}" for n in range(13)])
