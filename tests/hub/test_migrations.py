"""The database is made from nothing, and an older one is brought to what it is now with all that is in it: on SQLite and on PostgreSQL."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from .backed_up import rows, start

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.fixtures import FixtureRequest

pytestmark = pytest.mark.slow

OLDER = """
import datetime as dt, pathlib, sys
from langnghe.hub.serve import connect; connect(pathlib.Path(sys.argv[1]))
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
first = [("audit", "0002_initial"), ("feedback", "0001_initial"), ("surveys", "0001_initial")]
then = MigrationExecutor(connection).migrate(first).apps
day = dt.date(2026, 7, 20)
unit = then.get_model("units", "Unit").objects.create(name="Tỉnh Ví Dụ", kind="province", path="/1/")
letter = then.get_model("feedback", "Letter").objects.create(id=5, code_hash="x", reader=unit, day=day, due=day)
then.get_model("feedback", "Message").objects.create(id=6, letter=letter, number=1, is_staff=False, text="cơm nguội", masked="cơm nguội", day=day)
survey = then.get_model("surveys", "Survey").objects.create(title_vi="x", unit=unit, purpose_vi="x", contact="x", opens=day, closes=day, form_json="{}")
then.get_model("surveys", "Answer").objects.create(id=7, survey=survey, day=day, answers={"a": "b"})
then.get_model("audit", "Entry").objects.create(what="page.refused", about="x")
"""
NOW = """
import pathlib, sys
from langnghe.hub.serve import prepare; prepare(pathlib.Path(sys.argv[1]))
from django.core.management import call_command
from django.db import connection, utils
call_command("migrate", check_unapplied=True, verbosity=0)
call_command("makemigrations", "audit", "coding", "feedback", "people", "studies", "surveys", "units", check=True, dry_run=True)
for change in ("UPDATE feedback_message SET text = 'y'", "DELETE FROM feedback_message", "UPDATE audit_entry SET what = 'y'", "DELETE FROM audit_entry"):
    try:
        with connection.cursor() as cursor:
            cursor.execute(change)
            print(change if cursor.rowcount else "nothing to change")
    except utils.DatabaseError:
        print("refused")
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("pg_lsclusters"))])
def database(request: FixtureRequest) -> str:
    """The address of an empty database; '' for SQLite."""
    return str(request.getfixturevalue("new_postgresql")()) if request.param == "postgresql" else ""


def done(code: str, folder: Path, database: str) -> list[str]:
    """The lines that it printed."""
    ran = start(sys.executable, "-c", code, str(folder), database=database)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.strip().splitlines()


def test_from_nothing(database: str, tmp_path: Path) -> None:
    assert done(NOW, tmp_path / "hub", database)[-4:] == ["nothing to change"] * 4
    assert done(NOW, tmp_path / "hub", database)[-4:] == ["nothing to change"] * 4, "run again it changes nothing"


def test_from_an_older_one_with_all_that_is_in_it(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    done(OLDER, folder, database)
    assert done(NOW, folder, database)[-4:] == ["refused"] * 4, "what guards a table is set on what was there before"
    assert rows(folder, database, "SELECT id, letter_id, text FROM feedback_message") == [(6, 5, "cơm nguội")]
    assert rows(folder, database, "SELECT id, survey_id FROM surveys_answer") == [(7, 1)]
    assert rows(folder, database, "SELECT what FROM audit_entry") == [("page.refused",)]
    assert rows(folder, database, "SELECT name FROM units_unit") == [("Tỉnh Ví Dụ",)]
