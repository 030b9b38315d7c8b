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
from itertools import combinations
from typing import TYPE_CHECKING

import psycopg
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
    from collections.abc import Callable, Iterable
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
    assert order_within_pages(range(0, 9 * PAGE, 100)) == 1


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
import sys
from langnghe.hub.serve import prepare; prepare()
import bench.answers as b; b.set_up()
from langnghe.hub.base.intake import key_of, new_token, row_key
from langnghe.hub.surveys.models import Survey, store
from langnghe.hub.base.scrub import empty_log
survey = Survey.objects.get()
for number in range(int(sys.argv[1])):
    key = row_key("x", key_of("x", new_token("x"))[0])
    store(survey, key, {"said": f"mon {number}. " + "cơm " * (number % 7), "c0": "a"})
    print(key)
empty_log()
"""
CLOSE = """
from langnghe.hub.serve import prepare; prepare()
from langnghe.hub.surveys.models import Survey
from langnghe.hub.surveys.seal import seal
seal(Survey.objects.get())
"""


PAGE = 4096
"""Bytes of a page of SQLite."""


def staff(folder: Path, code: str, *given: str, database: str = "") -> list[str]:
    """What is done with a hub in another process; the lines that it prints."""
    environment = os.environ | {"LANGNGHE_HUB": str(folder), "DATABASE_URL": database}
    command = [sys.executable, "-c", code, *given]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def order_within_pages(places: Iterable[int]) -> float:
    """How far places in a file go with the order of coming, among those that lie on the same page: Kendall's tau over all such pairs."""
    pages: dict[int, list[int]] = {}
    for place in places:  # in the order of coming
        pages.setdefault(place // PAGE, []).append(place)
    signs = [1 if one < other else -1 for page in pages.values() for one, other in combinations(page, 2)]
    assert len(signs) > 1_000
    return sum(signs) / len(signs)


@pytest.mark.slow
def test_no_page_of_the_file_tells_who_came_when_while_a_survey_is_open(tmp_path: Path) -> None:
    """Rows of a page and entries of the index: of 600 in a random order tau is 0 ± 0.03; rows left as they came have -0.1 to -0.2, entries -0.2 to -0.6."""
    keys = staff(tmp_path / "hub", STORE, "600")[1:]
    held = (tmp_path / "hub" / "hub.sqlite3").read_bytes()
    assert not (tmp_path / "hub" / "hub.sqlite3-wal").exists(), "the log of writes tells the order, too"
    assert abs(order_within_pages(held.index(f"mon {number}. ".encode()) for number in range(len(keys)))) < 0.15
    assert abs(order_within_pages(held.index(int(key).to_bytes(8, "big")) for key in keys)) < 0.15


@pytest.mark.slow
def test_after_closing_the_bytes_of_the_file_do_not_tell_who_came_when(tmp_path: Path) -> None:
    staff(tmp_path / "hub", STORE, str(CAME))
    staff(tmp_path / "hub", CLOSE)
    held = (tmp_path / "hub" / "hub.sqlite3").read_bytes()
    assert not (tmp_path / "hub" / "hub.sqlite3-wal").exists()
    places = {number: [m.start() for m in re.finditer(f"mon {number}\\.".encode(), held)] for number in range(CAME)}
    assert all(len(found) == 1 for found in places.values()), "nothing is left of what lay there before"
    assert not tells(places[number][0] for number in range(CAME))


EMPTY = """
from langnghe.hub.serve import prepare; prepare()
from django.db import connection
from langnghe.hub.base.scrub import write_anew
from langnghe.hub.surveys.models import Answer
def free():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA freelist_count").fetchone()[0]
Answer.objects.all().delete()
print(free() > 0)
write_anew()
print(free() > 0)
"""


@pytest.mark.slow
def test_the_file_is_written_anew_without_what_was_erased(tmp_path: Path) -> None:
    staff(tmp_path / "hub", STORE, str(CAME))
    assert staff(tmp_path / "hub", EMPTY) == ["True", "False"]


BACKUP = """
import pathlib, sys
from langnghe.hub.serve import prepare; prepare()
from langnghe.hub.dump import dump
dump(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.needs("pg_lsclusters")
def test_a_backup_of_postgresql_does_not_tell_who_came_when(new_postgresql: Callable[[], str], tmp_path: Path) -> None:
    """The table keeps rows as they came until the night, or a backup, writes it anew."""
    database = new_postgresql()
    came = [int(key) for key in staff(tmp_path / "hub", STORE, "50", database=database)[1:]]
    assert lying(database) == came
    staff(tmp_path / "hub", BACKUP, str(tmp_path), database=database)
    assert lying(database) == sorted(came)
    command = ["pg_restore", "--data-only", "--table=surveys_answer", "--file=-", str(tmp_path / "hub.pgdump")]
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert [int(key) for key in re.findall(r"^(\d+)\t", written, re.MULTILINE)] == sorted(came)


def lying(database: str) -> list[int]:
    """The keys of answers in the order in which PostgreSQL keeps them."""
    with psycopg.connect(database) as connected:
        return [row[0] for row in connected.execute("SELECT id FROM surveys_answer")]
