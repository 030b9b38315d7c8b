"""Results of surveys: counts of ten people or more, with intervals; export and import as ODK and KoboToolbox do."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.errors import Say
from langnghe.hub.roles import Role
from langnghe.hub.surveys.exchange import exported, imported
from langnghe.hub.surveys.form import Choice, Form, Question
from langnghe.hub.surveys.models import Answer, Survey, store
from langnghe.hub.surveys.results import hidden_small, results
from langnghe.hub.surveys.seal import seal
from langnghe.hub.surveys.workbook import Refused
from langnghe.hub.surveys.xlsform import read_form
from langnghe.study import Study

from .xlsforms import MEALS, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from langnghe.hub.instance import Instance
    from langnghe.hub.surveys.form import Answers
    from langnghe.hub.units.models import Unit


def choices(names: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, Say(name, name)) for name in names.split())


def form(kind: str, names: str = "") -> Form:
    return Form(Say("", ""), (Question("q", kind, Say("Câu hỏi", "Question"), choices=choices(names)),))


def counted(kind: str, given_: dict[str, int], names: str = "") -> dict[str, int | None]:
    answers: list[Answers] = [{"q": name} if name else {} for name, number in given_.items() for _ in range(number)]
    (result,) = results(form(kind, names), answers)
    return {line.label.en: line.count for line in result.lines}


def test_counts_with_wilsons_interval() -> None:
    (result,) = results(form("select_one", "a b"), [{"q": "a"}] * 30 + [{"q": "b"}] * 70)
    assert result.base == 100
    first = result.lines[0]
    assert (first.count, first.share, first.low, first.high) == (30, 30.0, 21.9, 39.6)


def test_a_small_count_is_hidden_and_another_with_it() -> None:
    assert counted("select_one", {"a": 30, "b": 9, "c": 12}, "a b c d") == {
        "a": 30,
        "b": None,
        "c": None,
        "d": 0,
        "Not answered, or not asked": 0,
    }


def test_a_few_who_did_not_answer_do_not_show_either() -> None:
    found = counted("select_one", {"a": 30, "b": 20, "": 3}, "a b")
    assert found == {"a": 30, "b": None, "Not answered, or not asked": None}
    (result,) = results(form("select_one", "a b"), [{"q": "a"}] * 30 + [{"q": "b"}] * 20 + [{}] * 3)
    assert result.base is None
    assert all(line.share is None for line in result.lines)


def test_of_several_choices_neither_those_who_ticked_nor_those_who_did_not_are_few() -> None:
    found = counted("select_multiple", {"a b": 20, "a": 25, "c": 4}, "a b c")
    assert found["b"] == 20
    assert found["a"] is None, "only four did not tick it"
    assert found["c"] is None


def test_numbers_stand_in_bands_and_no_single_one_shows() -> None:
    ages = {str(age): 12 for age in range(20, 50, 2)} | {"99": 1}
    found = counted("integer", ages)
    assert sum(value or 0 for value in found.values()) <= 181
    assert "99" not in " ".join(found)
    assert all(value is None or value == 0 or value >= 10 for value in found.values())


def test_days_are_counted_by_month() -> None:
    assert counted("date", {"2026-06-03": 15, "2026-07-30": 14})["2026-07"] == 14


def test_fewer_than_ten_answers_give_nothing() -> None:
    assert results(form("select_one", "a"), [{"q": "a"}] * 9) == []


def test_open_answers_of_fewer_than_ten_are_not_shown() -> None:
    nine: list[Answers] = [{"q": f"ý {number}"} for number in range(9)]
    assert results(form("text"), [*nine, {}, {}])[0].texts == ()
    assert len(results(form("text"), [*nine, {"q": "ý 10"}])[0].texts) == 10


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_hidden_counts_cannot_be_found_from_the_total(counts: list[int]) -> None:
    shown = hidden_small(counts)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen is None or seen == 0 or seen >= 10 for seen in shown)
    assert all(seen is None or seen == count for seen, count in zip(shown, counts, strict=True))
    positive = sum(count > 0 for count in counts)
    assert not hidden or len(hidden) >= min(2, positive)


ROWS: list[tuple[None, Answers]] = [
    (None, {"eats": "yes", "good": "bad", "wishes": "more other", "other": f"=canh, nguội {number}", "years": "4"})
    for number in range(6)
] + [(None, {"eats": "no", "years": "0"})] * 6


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_can_be_brought_in_again(tmp_path: Path, ending: str) -> None:
    meals = read_form(save(tmp_path, MEALS))
    path = tmp_path / f"answers.{ending}"
    path.write_bytes(exported(meals, ROWS, ending))
    assert imported(meals, path) == ROWS


def test_columns_are_those_of_kobo(tmp_path: Path) -> None:
    meals = read_form(save(tmp_path, MEALS))
    rows = list(csv.DictReader(io.StringIO(exported(meals, ROWS, "csv").decode("utf-8-sig"))))
    assert list(rows[0]) == ("_day eats good wishes wishes/more wishes/fresh wishes/other other years".split())
    assert (rows[0]["wishes"], rows[0]["wishes/more"], rows[0]["wishes/fresh"]) == ("more other", "1", "0")
    assert rows[-1]["wishes/more"] == ""
    assert rows[0]["other"].startswith("'="), "a spreadsheet takes it for no formula"


KOBO = """start;deviceid;meal/wishes/more;meal/wishes/fresh;eats;meal/good;years;_id;_submission_time;_submitted_by
2026-07-01T07:12:55;canary;1;0;yes;bad;3.0;17;2026-07-01T07:13:01;canary
"""


def test_a_file_of_kobo_with_groups_and_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "kobo.csv"
    head, row = KOBO.strip().splitlines()
    path.write_text("\n".join([head, *[row] * 12]), encoding="utf-8")
    rows = imported(read_form(save(tmp_path, MEALS)), path)
    assert len(rows) == 12
    assert rows[0][1] == {"eats": "yes", "good": "bad", "wishes": "more", "years": "3"}
    assert "canary" not in str(rows)
    assert str(rows[0][0]) == "2026-07-01"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("eats,years\n" + "yes,3\n" * 11 + "maybe,3\n", "answers.csv, 13: column 'eats'"),
        ("eats,years\n" + "yes,3\n" * 11 + "yes,300\n", "answers.csv, 13: column 'years'"),
        ("eats\nyes\n", "has only 1 answers"),
        ("a,b\n1,2\n", "has no column of the form"),
        ("", "can't be read"),
    ],
)
def test_cells_that_do_not_fit_are_refused_with_their_row(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        imported(read_form(save(tmp_path, MEALS)), path)
    assert said in caught.value.faults[0].sentence("en")


@pytest.fixture
def closed(province: Unit, tmp_path: Path) -> Survey:
    """A closed survey with 24 answers, of which 12 say something."""
    made = Survey.objects.create(
        title_vi="Bữa ăn ca",
        unit=province,
        purpose_vi="Để biết",
        contact="Văn phòng",
        opens="2020-01-01",
        closes="2099-12-31",
        form_json=read_form(save(tmp_path, MEALS)).to_json(),
        is_released=True,
    )
    for number in range(24):
        said = {"wishes": "other", "other": f"canh nguội lắm, gọi 0912 000 3{number:02d}"} if number % 2 else {}
        store(made, 977 + number * 7919, {"eats": "yes", "good": "bad" if number % 2 else "fair"} | said)
    return seal(made)


def test_staff_see_the_result(closed: Survey, browser: Callable[[Role], Client]) -> None:
    page = browser(Role.VIEWER).get(reverse("surveys:results", args=[closed.pk])).content.decode()
    assert "24 phiếu" in page
    assert ">12</td>" in page
    assert "‹số điện thoại›" in page
    assert "0912" not in page


def test_open_answers_become_a_study(closed: Survey, browser: Callable[[Role], Client], instance: Instance) -> None:
    browser(Role.RESEARCHER).post(reverse("surveys:study", args=[closed.pk]))
    folder = instance.studies / f"survey-{closed.slug}"
    study = Study.open(folder)
    assert study.settings.source == "câu hỏi"
    assert not list(folder.parent.glob("*.csv")), "the file that was handed over is erased"
    assert (folder / "products" / "clean").is_dir()


def test_answers_from_elsewhere_come_into_a_closed_survey(closed: Survey, browser: Callable[[Role], Client]) -> None:
    client = browser(Role.RESEARCHER)
    file = SimpleUploadedFile("a.csv", ("eats,years\n" + "no,3\n" * 12).encode())
    client.post(reverse("surveys:import", args=[closed.pk]), {"answers": file})
    assert Answer.objects.count() == 36
    bad: Any = SimpleUploadedFile("a.csv", ("eats,years\n" + "no,x\n" * 12).encode())
    page = client.post(reverse("surveys:import", args=[closed.pk]), {"answers": bad})
    assert page.status_code == 422
    assert "a.csv, dòng 2" in page.content.decode()
    assert Answer.objects.count() == 36


def test_the_exported_file_is_for_researchers(closed: Survey, browser: Callable[[Role], Client]) -> None:
    answer = browser(Role.RESEARCHER).get(reverse("surveys:export", args=[closed.pk, "csv"]))
    assert len(answer.content.decode().strip().splitlines()) == 25
    assert browser(Role.ADMIN).get(reverse("surveys:export", args=[closed.pk, "exe"])).status_code == 404
    assert browser(Role.OFFICER).get(reverse("surveys:export", args=[closed.pk, "csv"])).status_code == 403
