"""Neither keys nor places nor lists tell who came when: over two hundred that came one after the other, nothing goes with the order.

Measured by Spearman's rank correlation with the order of coming. Of 200 numbers in a random order it is 0 ± 0.071; a test fails beyond
5.5 of these, which chance alone does once in 20 million times.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.urls import reverse
from scipy.stats import spearmanr

from langnghe.hub.base.intake import Bucket, new_token
from langnghe.hub.feedback import flood
from langnghe.hub.feedback.models import Letter, Message
from langnghe.hub.roles import Role
from langnghe.hub.surveys.models import Answer, Survey
from langnghe.hub.surveys.seal import seal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .filled import Filled

CAME = 200
MOST = 0.39


@pytest.fixture(autouse=True)
def no_floods(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "GATES", {"writing": flood.new_writing(), "reading": flood.new_reading()})


def tells(numbers: Iterable[float]) -> bool:
    """Whether numbers, given in the order of coming, go up or down with it."""
    got = list(numbers)
    assert len(got) == CAME
    return bool(abs(spearmanr(range(CAME), got).statistic) > MOST)


def test_the_measure_finds_an_order_that_is_there() -> None:
    assert tells(range(CAME))
    assert tells([number // 40 for number in range(CAME)])


def test_answers_do_not_tell_who_came_when(filled: Filled) -> None:
    survey = Survey.objects.get(is_released=True, is_sealed=False)
    came: list[int] = []
    for number in range(CAME):
        before = set(survey.answers.values_list("pk", flat=True))
        said = {"token": new_token(f"survey.{survey.pk}"), "page": "3", "consent": "yes", "go": "send", "q-eats": "no"}
        client = filled.client(Role.PUBLIC)
        client.post(reverse("surveys:answer", args=[survey.slug]), said | {"q-years": str(number % 59)})
        came += list(set(survey.answers.values_list("pk", flat=True)) - before)
    assert not tells(came)
    assert not tells(key % 2**20 for key in came)
    assert not tells(key.bit_length() for key in came)
    if connection.vendor == "sqlite":  # PostgreSQL keeps rows as they come until the survey closes
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM surveys_answer WHERE survey_id = %s", [survey.pk])
            listed = [row[0] for row in cursor.fetchall()]
        assert not tells(listed.index(key) for key in came)
    years = {Answer.objects.get(pk=key).answers["years"] for key in came}
    assert len(years) == 59


def test_after_closing_neither_rows_nor_files_tell_who_came_when(filled: Filled) -> None:
    survey = Survey.objects.get(is_released=True, is_sealed=False)
    survey.answers.all().delete()
    for number in range(CAME):
        answers = {"eats": "yes", "good": "fair", "wishes": "other", "other": f"mon {number}."}
        Answer.objects.create(pk=number + 1, survey=survey, answers=answers)  # in order: closing has to undo it
    seal(survey)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM surveys_answer WHERE survey_id = %s", [survey.pk])
        assert not tells(order(str(row[0]) for row in cursor.fetchall()))
    assert not tells(order(str(one.answers) for one in survey.answers.order_by("pk")))
    file = filled.client(Role.ADMIN).get(reverse("surveys:export", args=[survey.pk, "csv"])).content.decode("utf-8-sig")
    assert not tells(order(" ".join(row) for row in list(csv.reader(io.StringIO(file)))[1:]))


def order(rows: Iterable[str]) -> list[int]:
    """For each that came its place among rows in which its number stands."""
    numbers = [int(found[1]) for row in rows if (found := re.search(r"mon (\d+)\.", row))]
    return [numbers.index(number) for number in range(CAME)]


def test_letters_do_not_tell_who_came_when(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = Bucket(10**6, 10**6)
    monkeypatch.setitem(flood.GATES, "writing", flood.Gate(wide, wide, wide))
    monkeypatch.setattr(
        "langnghe.hub.feedback.public.hashed", lambda code: code
    )  # slow on purpose, and not looked at here
    client, reader = filled.client(Role.PUBLIC), filled.people[Role.OFFICER].unit
    assert reader is not None
    root = reader.parent
    assert root is not None
    for number in range(CAME):
        form = {
            "token": new_token("feedback"),
            "text": f"mon {number}.",
            "consent": "yes",
            "go": "send",
            "reader": root.pk,
        }
        assert client.post(reverse("feedback:write"), form).status_code == 200
    wrote = {one.text: one for one in Message.objects.filter(text__startswith="mon ")}
    letters = [wrote[f"mon {number}."] for number in range(CAME)]
    assert not tells(one.pk for one in letters)
    assert not tells(one.letter_id for one in letters)
    assert not tells(int(one.letter.short) for one in letters)
    listed = list(Letter.objects.filter(reader=root).values_list("pk", flat=True))
    assert not tells(listed.index(one.letter_id) for one in letters)


STORE = """
from langnghe.hub.serve import prepare; prepare()
import bench.answers as b; b.set_up()
from langnghe.hub.base.intake import key_of, new_token, row_key
from langnghe.hub.surveys.models import Survey, store
survey = Survey.objects.get()
for number in range(200):
    store(survey, row_key("x", key_of("x", new_token("x"))[0]), {"said": f"mon {number}.", "c0": "a"})
"""
CLOSE = """
from langnghe.hub.serve import prepare; prepare()
from langnghe.hub.surveys.models import Survey
from langnghe.hub.surveys.seal import seal
seal(Survey.objects.get())
"""


@pytest.mark.slow
def test_after_closing_the_bytes_of_the_file_do_not_tell_who_came_when(tmp_path: Path) -> None:
    given = os.environ | {"LANGNGHE_HUB": str(tmp_path / "hub"), "DATABASE_URL": ""}
    for code in (STORE, CLOSE):
        subprocess.run([sys.executable, "-c", code], env=given, check=True, capture_output=True)
    held = (tmp_path / "hub" / "hub.sqlite3").read_bytes()
    assert not (tmp_path / "hub" / "hub.sqlite3-wal").exists()
    places = {number: [m.start() for m in re.finditer(f"mon {number}\\.".encode(), held)] for number in range(CAME)}
    assert all(len(found) == 1 for found in places.values()), "nothing is left of what lay there before"
    assert not tells(places[number][0] for number in range(CAME))
