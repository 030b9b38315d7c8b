"""Which column plays which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from langnghe.collect.columns import Roles, Wishes, recognise
from langnghe.collect.table import Rows, Table, tell_apart
from langnghe.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG = ["Công ty trả lương chậm nửa tháng rồi", "Nhà trọ tăng giá điện nước liên tục", "Ca đêm mệt quá, ai đổi không"]
SHORT = ["tốt", "xấu", "tốt"]
DATES = ["12/09/2026", "13/09/2026", "hôm qua"]
NUMBERS = ["5", "4", "3"]


def table(columns: Mapping[str, list[str]]) -> Table:
    frame = pl.DataFrame(columns)
    return Table("a.csv", "csv", "utf-8", ",", tuple(frame.columns), frame, lambda names, _: Rows(frame, tuple(names)))


def roles(columns: Mapping[str, list[str]], **wishes: Any) -> Roles:
    return recognise(table(columns), Wishes(**wishes))


@pytest.mark.parametrize(
    "name",
    [
        "bình luận",
        "Bình_luận",
        "NỘI DUNG",
        "noi_dung",
        "ý kiến",
        "góp ý",
        "Comment",
        "commentText",
        "text",
        "content",
        "message",
        "body",
        "review",
        "Anh chị có ý kiến gì về bữa ăn ca",
    ],
)
def test_texts_by_name(name: str) -> None:
    got = roles({"stt": NUMBERS, name: LONG, "loại": SHORT})
    assert got.text == name


def test_texts_by_what_they_hold() -> None:
    assert roles({"a": NUMBERS, "b": LONG, "c": SHORT}).text == "b"


def test_a_name_of_texts_over_numbers_is_no_text() -> None:
    assert roles({"review": NUMBERS, "mô tả": LONG}).text == "mô tả"


@pytest.mark.parametrize("name", ["comment_id", "comment count", "content_type", "review_date", "ngày bình luận"])
def test_what_is_only_about_texts_is_none(name: str) -> None:
    with pytest.raises(ColumnError, match="No column holds texts"):
        roles({name: NUMBERS, "stars": NUMBERS})


def test_two_texts_are_an_error_unless_one_is_clearly_longer() -> None:
    with pytest.raises(ColumnError, match="'comment', 'content'"):
        roles({"comment": LONG, "content": LONG})
    assert roles({"comment": [text * 5 for text in LONG], "content": SHORT}).text == "comment"
    assert roles({"comment": LONG, "content": LONG}, text="content").text == "content"


@pytest.mark.parametrize(
    "name",
    ["ngày", "Thời gian", "date_time", "created_at", "createdAt", "timestamp", "Ngày đăng", "thời gian bình luận"],
)
def test_dates_by_name(name: str) -> None:
    assert roles({"text": LONG, name: DATES}).date == name


def test_dates_by_what_they_hold_when_there_is_one_such_column() -> None:
    assert roles({"text": LONG, "x": DATES}).date == "x"
    assert roles({"text": LONG, "x": DATES, "y": DATES}).date == ""


def test_a_time_that_is_no_date_is_not_taken() -> None:
    assert roles({"text": LONG, "time": ["0.5", "1.25", "3"]}).date == ""


def test_numbers_under_a_name_of_dates_are_epochs_or_serials() -> None:
    assert roles({"text": LONG, "created_time": ["1789200000", "1789200001", "1789200002"]}).date == "created_time"
    assert roles({"text": LONG, "ngày": ["46277", "46278", "46279"]}).date == "ngày"


@pytest.mark.parametrize(
    "name", ["tác giả", "người bình luận", "tên", "user", "author", "author_id", "username", "account", "Họ và tên"]
)
def test_authors_by_name(name: str) -> None:
    assert roles({"text": LONG, name: ["An", "Bình", "Lan"]}).author == name


def test_ids_tell_accounts_apart_better_than_names() -> None:
    assert roles({"text": LONG, "author": ["An", "An", "An"], "author_id": ["7", "8", "9"]}).author == "author_id"


@pytest.mark.parametrize("name", ["nguồn", "kênh", "source", "platform", "page"])
def test_sources_by_name(name: str) -> None:
    assert roles({"text": LONG, name: ["Facebook", "TikTok", "Facebook"]}).source == name


@pytest.mark.parametrize(
    "name", ["tỉnh", "Tỉnh thành", "province", "khu vực", "region", "ngành", "ngành nghề", "sector", "industry"]
)
def test_harmless_groups_are_taken(name: str) -> None:
    assert roles({"text": LONG, name: SHORT}).groups == (name,)


def test_other_columns_are_never_groups_unless_asked_for() -> None:
    columns = {"text": LONG, "tỉnh": SHORT, "giới tính": SHORT, "ca": SHORT}
    assert roles(columns).groups == ("tỉnh",)
    assert roles(columns, groups=("ca",)).groups == ("ca",)


def test_a_missing_column_lists_those_that_exist() -> None:
    with pytest.raises(ColumnError, match=r"no column 'ngay'.*'text', 'x'.*--date"):
        roles({"text": LONG, "x": SHORT}, date="ngay")


def test_a_column_has_one_role() -> None:
    with pytest.raises(ColumnError, match="two roles"):
        roles({"text": LONG}, text="text", author="text")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["text", "text", "text_2", ""], ("text", "text_3", "text_2", "column_4")),
        (["a", "a", "a"], ("a", "a_2", "a_3")),
        (["\ufeffa\0", " b  c "], ("a", "b c")),
        (["e\u0302"], ("ê",)),
    ],
)
def test_names_are_told_apart(given: list[str], told: tuple[str, ...]) -> None:
    assert tell_apart(given) == told
