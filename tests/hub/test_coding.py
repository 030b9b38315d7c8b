"""The hand-coding desk: what a coder sees, who codes, several at once, undo, sheets, and talking over."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from langnghe.coded import FOLDER
from langnghe.hand_coding import give_coding
from langnghe.hub.coding.forms import key_of
from langnghe.hub.coding.models import Seat
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.hub.studies.models import Study
from langnghe.measure.coding.store import read_coding

from .studies import study_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from langnghe.hub.instance import Instance


@pytest.fixture
def study(person_of: Callable[[Role], Person], instance: Instance, drawn_once: Path) -> Study:
    return study_of(person_of(Role.ADMIN), drawn_once)


@pytest.fixture
def coder(study: Study, browser: Callable[[Role], Client]) -> Client:
    """A coder who has part 1."""
    client = browser(Role.CODER)
    Seat.objects.create(study=study, person=Person.objects.get(role="coder"), number=1)
    return client


def filled(study: Study) -> pl.DataFrame:
    return read_coding(study.path / FOLDER).filled


def address(name: str, study: Study) -> str:
    return reverse(f"coding:{name}", args=[study.pk])


def code_next(client: Client, study: Study, *issues: str, reaction: str = "complaint") -> str:
    page = client.get(address("desk", study))
    code: str = page.context["row"]["code"]
    said = {"code": code, "reaction": reaction, **({"issues": list(issues)} if issues else {"none": "1"})}
    client.post(address("give", study), said)
    return code


def test_a_coder_codes_one_text_after_the_other_and_takes_back(coder: Client, study: Study) -> None:
    first = code_next(coder, study, "wages")
    second = code_next(coder, study)
    assert first != second
    assert dict(filled(study).select("code", "coder").iter_rows()) == {first: "1", second: "1"}
    assert filled(study).filter(pl.col("code") == second)["issues"].to_list() == [[]]
    page = coder.post(address("undo", study), follow=True)
    assert page.context["row"]["code"] == second
    assert filled(study)["code"].to_list() == [first]
    assert coder.post(address("undo", study), follow=True).context["row"]["code"] == first
    assert filled(study).is_empty()


def test_a_text_is_not_taken_half_coded(coder: Client, study: Study) -> None:
    code = coder.get(address("desk", study)).context["row"]["code"]
    for said in (
        {"issues": ["wages"]},
        {"reaction": "complaint"},
        {"issues": ["wages"], "none": "1", "reaction": "other"},
    ):
        page = coder.post(address("give", study), {"code": code, **said}, follow=True)
        assert 'class="note error"' in page.content.decode()
        assert page.context["row"]["code"] == code
    assert filled(study).is_empty()


def test_a_coder_sees_no_guess_of_the_machine_and_no_code_of_another(coder: Client, study: Study) -> None:
    folder = study.open()
    sample = read_coding(study.path / FOLDER).sample
    both = sample.filter(pl.col("first") == 2)["code"].to_list()
    for code in both:
        give_coding(folder, code, "2", ["wages"], "praise", "ghi chú của người hai")
    page = coder.get(address("desk", study))
    text = page.content.decode()
    assert "checked" not in text
    assert "ghi chú của người hai" not in text
    assert set(page.context["row"]) == {"code", "text", "issues", "reaction", "note"}
    assert page.context["row"]["issues"] is None
    seen = set()
    for _ in range(page.context["given"]):
        seen.add(code_next(coder, study, "wages"))
    own = sample.filter((pl.col("first") == 1) | (pl.col("second") == 1))["code"]
    assert seen == set(own)
    for name in ("plan", "talk"):
        assert coder.get(address(name, study)).status_code == 403
    for name in ("studies:show", "studies:report", "issues:list"):
        assert coder.get(reverse(name, args=[study.pk])).status_code == 403


def test_who_has_no_part_opens_no_desk_and_no_text_of_another_part(
    browser: Callable[[Role], Client], study: Study
) -> None:
    client = browser(Role.CODER)
    assert client.get(address("desk", study)).status_code == 404
    Seat.objects.create(study=study, person=Person.objects.get(role="coder"), number=1)
    sample = read_coding(study.path / FOLDER).sample
    other = sample.filter((pl.col("first") == 2) & pl.col("second").is_null())["code"][0]
    assert client.get(address("desk", study), {"code": other}).context["row"]["code"] != other
    client.post(address("give", study), {"code": other, "none": "1", "reaction": "other"})
    assert filled(study).is_empty()


def test_people_who_code_at_once_lose_nothing(study: Study) -> None:
    folder = study.open()
    sample = read_coding(study.path / FOLDER).sample
    given = [
        (code, str(number)) for number in (1, 2) for code in sample.filter(pl.col("first") == number)["code"].unique()
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: give_coding(folder, one[0], one[1], ["wages"], "complaint"), given))
    assert set(filled(study).select("code", "coder").iter_rows()) == set(given)


def test_sheets_and_the_desk_mix(coder: Client, study: Study) -> None:
    code = code_next(coder, study, "wages")
    sheet = load_workbook(io.BytesIO(coder.get(address("sheet", study)).content))
    rows = sheet.worksheets[0]
    assert code not in {str(row[0].value).split("-")[0] for row in rows.iter_rows(min_row=2)}
    heads = [cell.value for cell in rows[1]]
    rows.cell(2, heads.index("Vấn đề 1") + 1, "Tiền lương")
    rows.cell(2, heads.index("Cách lên tiếng") + 1, "Phàn nàn")
    buffer = io.BytesIO()
    sheet.save(buffer)
    page = coder.post(address("filled", study), {"sheet": SimpleUploadedFile("p.xlsx", buffer.getvalue())}, follow=True)
    assert "Đã nhận 1 ý kiến" in page.content.decode()
    assert filled(study).height == 2
    Seat.objects.update(number=2)
    page = coder.post(address("filled", study), {"sheet": SimpleUploadedFile("p.xlsx", buffer.getvalue())}, follow=True)
    assert "người mã hoá khác" in page.content.decode()


def test_a_researcher_gives_parts_and_sees_agreement_and_what_to_talk_over(
    browser: Callable[[Role], Client], person_of: Callable[[Role], Person], study: Study
) -> None:
    client, person = browser(Role.RESEARCHER), person_of(Role.CODER)
    client.post(address("seats", study), {"coder_1": person.pk, "coder_2": ""})
    assert Seat.objects.get().person == person
    refused = client.post(address("seats", study), {"coder_1": person.pk, "coder_2": person.pk})
    assert "chỉ nhận một phần" in refused.content.decode()
    folder = study.open()
    sample = read_coding(study.path / FOLDER).sample.unique("code", keep="first", maintain_order=True)
    for place, (code, first, second) in enumerate(sample.select("code", "first", "second").drop_nulls().iter_rows()):
        give_coding(folder, code, str(first), ["wages"], "complaint")
        give_coding(folder, code, str(second), ["wages"] if place else ["meals"], "complaint")
    page = client.get(address("plan", study))
    assert {"wages", "meals", "reaction"} <= {row["what"] for row in page.context["agreement"]}
    talk = client.get(address("talk", study))
    said = {"code": talk.context["row"]["code"], "issues": ["meals"], "reaction": "complaint"}
    assert "Tiền lương" in talk.content.decode()
    client.post(address("agree", study), said)
    assert filled(study).filter(pl.col("coder") == "agreed")["issues"].to_list() == [["meals"]]
    assert client.get(address("talk", study)).status_code == 302, "nothing is left"


def test_who_codes_sees_no_codes_of_the_other_before_the_own_part_is_done(
    browser: Callable[[Role], Client], study: Study
) -> None:
    client = browser(Role.RESEARCHER)
    Seat.objects.create(study=study, person=Person.objects.get(role="researcher"), number=1)
    page = client.get(address("talk", study), follow=True).content.decode()
    assert "Hãy mã hoá xong phần của bạn trước" in page


def test_every_issue_has_a_key_of_its_own() -> None:
    keys = [key_of(number) for number in range(29)]
    assert keys[:10] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "01"]
    assert len(set(keys)) == 29
    assert (keys[18], keys[19]) == ("00", "-1")


def test_a_sample_is_drawn_as_wide_as_it_may_be_and_more_texts_are_drawn_to_learn_from(
    person_of: Callable[[Role], Person], instance: Instance, run_once: Path
) -> None:
    """The forms of the page do what `langnghe code` does with --width, --no-divide and --learn."""
    study, client = study_of(person_of(Role.ADMIN), run_once), Client()
    client.force_login(study.made_by, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(address("draw", study), {"coders": "1", "second": "20"})
    assert "độ rộng ở dưới" in answer.content.decode()
    client.post(address("draw", study), {"size": "300", "width": "25", "coders": "1", "second": "20", "divide": "on"})
    coding = read_coding(study.path / FOLDER)
    assert 30 < coding.sample.height < 80, "a width asks for fewer than the 300 that stand in the form"
    assert coding.estimators.height, "how it is estimated is chosen before anybody codes"
    page = client.post(address("learn", study), {"learn": "30", "coders": "1"}, follow=True).content.decode()
    assert "chạy lại nghiên cứu trước" in page, "the machine has to learn from what is there first"
    Study.objects.update(stale=False)
    client.post(address("learn", study), {"learn": "30", "coders": "1"})
    rounds = read_coding(study.path / FOLDER).sample.filter(pl.col("round") > 1)
    assert rounds.height == 30
    assert "1 vòng cho máy học" in client.get(address("plan", study)).content.decode()
