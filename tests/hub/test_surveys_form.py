"""XLSForm → form: what is read, page by page, and what is refused with its row."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import pytest

from langnghe.errors import InputError
from langnghe.hub.surveys.answers import faults, read_answers
from langnghe.hub.surveys.form import from_json
from langnghe.hub.surveys.workbook import MAX_BYTES, Refused
from langnghe.hub.surveys.xlsform import read_form

from .xlsforms import MEALS, changed, save

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 7, 31)


def refused(folder: Path, table: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        read_form(save(folder, table))
    return [fault.sentence("en") for fault in caught.value.faults]


def test_a_form_is_read_with_its_groups_conditions_and_languages(tmp_path: Path) -> None:
    form = read_form(save(tmp_path, MEALS))
    eats, meal, good, wishes, other, years, _ = form.questions
    assert form.title.vi == "Bữa ăn ca"
    assert (eats.label.vi, eats.label.en) == ("Bạn có ăn ca ở nhà máy không?", "Do you eat at work?")
    assert eats.is_required
    assert [choice.name for choice in good.choices] == ["bad", "fair", "great"]
    assert good.is_across
    assert (meal.kind, meal.relevant) == ("heading", ("${eats} = 'yes'",))
    assert other.relevant == ("${eats} = 'yes'", "selected(${wishes}, 'other')")
    assert (years.constraint, years.message.en) == (". >= 0 and . < 60", "Từ 0 đến 59 năm.")
    assert wishes.kind == "select_multiple"
    assert from_json(form.to_json()) == form


def test_whether_a_question_is_asked_never_depends_on_its_own_page(tmp_path: Path) -> None:
    pages = read_form(save(tmp_path, MEALS)).pages()
    assert [[one.name for one in page] for page in pages] == [
        ["eats"],
        ["meal", "good", "wishes"],
        ["other", "years", "thanks"],
    ]


def test_an_answer_to_what_is_not_asked_counts_as_not_given(tmp_path: Path) -> None:
    form = read_form(save(tmp_path, MEALS))
    told = {"eats": "no", "good": "bad", "wishes": "other", "other": "x", "years": "3"}
    assert form.relevant(told, DAY) == {"eats": "no", "years": "3"}


def test_answers_are_read_as_people_write_them(tmp_path: Path) -> None:
    form = read_form(save(tmp_path, MEALS))
    sent = {"q-eats": ["yes"], "q-wishes": ["fresh", "more"], "q-years": [" 07 "], "q-other": [""], "token": ["x"]}
    assert read_answers(form, sent) == {"eats": "yes", "wishes": "more fresh", "years": "7"}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, {"eats"}),
        ({"eats": "maybe"}, {"eats"}),
        ({"eats": "yes"}, {"good"}),
        ({"eats": "no"}, set()),
        ({"eats": "no", "years": "60"}, {"years"}),
        ({"eats": "no", "years": "ba"}, {"years"}),
        ({"eats": "yes", "good": "bad", "wishes": "more all"}, {"wishes"}),
        ({"eats": "yes", "good": "bad", "wishes": "other", "other": "x" * 2001}, {"other"}),
    ],
)
def test_what_has_to_be_mended(tmp_path: Path, sent: dict[str, str], wrong: set[str]) -> None:
    form = read_form(save(tmp_path, MEALS))
    assert set(faults(form, form.questions, sent, DAY)) == wrong


@pytest.mark.parametrize(
    ("column", "value", "question", "row", "said"),
    [
        ("type", "geopoint", "years", 8, "records who, where or when"),
        ("type", "deviceid", "years", 8, "records who, where or when"),
        ("type", "calculate", "years", 8, "is not supported"),
        ("type", "begin repeat", "years", 8, "is not supported"),
        ("type", "rank wish", "years", 8, "is not supported"),
        ("type", "select_one nolist", "good", 4, "no such list"),
        ("type", "select_one scale or_other", "good", 4, "or_other"),
        ("name", "two words", "years", 8, "name is empty or not valid"),
        ("name", "Eats", "years", 8, "stands twice"),
        ("relevant", "${years} > 3", "good", 4, "no question 'years' above"),
        ("relevant", "${eats} = 'ys'", "good", 4, "no choice 'ys'"),
        ("relevant", "regex(${eats}, 'y')", "good", 4, "'regex' is not understood"),
        ("relevant", ". > 3", "good", 4, "'.' is for constraints"),
        ("constraint", "system('x')", "years", 8, "'system' is not understood"),
        ("required", "perhaps", "years", 8, "required must be yes or no"),
        ("appearance", "signature", "other", 6, "appearance 'signature'"),
    ],
)
def test_what_is_not_supported_is_refused_with_its_row(
    tmp_path: Path, column: str, value: str, question: str, row: int, said: str
) -> None:
    found = refused(tmp_path, changed(column, value, question))
    assert any(line.startswith(f"survey, {row}: ") and said in line for line in found), found


def test_a_question_for_who_somebody_is_is_refused(tmp_path: Path) -> None:
    table = changed("label::Tiếng Việt (vi)", "Họ và tên, số điện thoại của bạn?", "other")
    assert "asks who the respondent is" in refused(tmp_path, table)[0]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    table = changed("type", "image", "years").replace("| fresh | Tươi hơn", "| more  | Tươi hơn")
    found = refused(tmp_path, table)
    assert [line.partition(":")[0] for line in found] == ["choices, 8", "survey, 8"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("       | end group            |         ", "       | note | n | Chú ý ", "a group is not closed"),
        ("       | begin group          | meal   ", "       | end group          | meal   ", "was not opened"),
        ("(en)     | required", "(fr)     | required", "the language is not supported"),
        ("| required |", "| calculation |", "column 'calculation' is not supported"),
        ("settings | form_title | default_language", "settings | form_title | public_key", "column 'public_key'"),
    ],
)
def test_faults_of_the_whole(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in MEALS
    assert any(said in line for line in refused(tmp_path, MEALS.replace(before, after, 1)))


def test_a_form_without_a_question_is_refused(tmp_path: Path) -> None:
    assert "there is no question" in refused(tmp_path, "survey | type | name | label\n | note | n | Chào")[0]


def test_files_that_are_no_form_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    for content in (b"", b"PK\x03\x04 broken", b"x" * (MAX_BYTES + 1)):
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_form(path)
    with pytest.raises(InputError, match="no sheet 'survey'"):
        read_form(save(tmp_path, "a | type\n | text\nb | x\n | y"))


def test_a_file_that_would_burst_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    with pytest.raises(InputError, match="too large"):
        read_form(path)
