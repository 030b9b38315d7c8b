"""Broken rows: mended, or marked, never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.collect.mending import mended, records
from langnghe.collect.shapes import could_belong

ANYTHING = st.text(alphabet='ab,"\n\r ậ', max_size=40)


def cut(text: str, columns: int = 2) -> list[tuple[list[str], str]]:
    return [(record.fields, record.repair) for record in records(text, ",", columns)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"abc,1\ndef,2\n"x",3', [(["abc", "1"], "unclosed_quote"), (["def", "2"], ""), (["x", "3"], "")]),
        ('x,1\n"abc,1', [(["x", "1"], ""), (["abc", "1"], "unclosed_quote")]),
        ('"he said "hi" to me",1\n', [(['he said "hi" to me', "1"], "stray_quotes")]),
        ('abc "q" d,2\n', [(['abc "q" d', "2"], "stray_quotes")]),
        (
            '"one\nhe said "hi" there\nend",1\nz,2',
            [(['one\nhe said "hi" there\nend', "1"], "stray_quotes"), (["z", "2"], "")],
        ),
        ('"b\nc",2\r\nd,e', [(["b\nc", "2"], ""), (["d", "e"], "")]),
        ("a,1\rb,2\r", [(["a", "1"], ""), (["b", "2"], "")]),
    ],
)
def test_quotes(text: str, rows: list[tuple[list[str], str]]) -> None:
    assert cut(text) == rows


@given(ANYTHING)
def test_no_letter_is_lost(text: str) -> None:
    got = "".join("".join(record.fields) for record in records(text, ",", 2))
    letters = [sign for sign in text if sign in "abậ "]
    assert [sign for sign in got if sign in "abậ "] == letters


@given(st.lists(st.text(alphabet="ab, ", min_size=1, max_size=9), max_size=6))
def test_without_quotes_each_line_is_a_row(lines: list[str]) -> None:
    assert [record.fields for record in records("\n".join(lines), ",", 2)] == [line.split(",") for line in lines]


@pytest.mark.parametrize(
    ("fields", "row"),
    [
        (["hay quá", "5"], (["hay quá", "5"], "")),
        (["hay quá"], (["hay quá", ""], "short_row")),
        (["hay quá", "5", "", ""], (["hay quá", "5"], "empty_fields")),
        (["hay", " mà đắt", "5"], (["hay, mà đắt", "5"], "joined_fields")),
        (["hay", "mà", "đắt"], (None, "")),
    ],
)
def test_fields(fields: list[str], row: tuple[list[str] | None, str]) -> None:
    fits = [could_belong(["bất kỳ câu nào"]), could_belong(["1", "5", "4"])]
    assert mended(fields, 2, 0, fits, ",") == row


def test_a_text_is_not_joined_beside_names_so_that_no_name_gets_into_it() -> None:
    fits = [could_belong([]), could_belong(["Lan", "Hoa", "Mai", "Cúc", "Huệ", "Đào", "Sen"])]
    assert mended(["chào", "Lan", "Anh"], 2, 0, fits, ",") == (None, "")
