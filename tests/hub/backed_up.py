"""A hub that was backed up and in which things were erased afterwards, on either database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT, ERASED, WITHDRAWN, RAW = "cơm nguội", "gọi 0900 111 222", "rút lại điều này", "0933 444 555"

HUB = """
import datetime as dt, pathlib, sys
from langnghe.hub.serve import connect, prepare
folder = pathlib.Path(sys.argv[1])
prepare(folder)
from langnghe.hub.backup import save_backup
from langnghe.hub.feedback.models import Letter
from langnghe.hub.people.models import Person
from langnghe.errors import Say
from langnghe.hub.studies.models import Study
from langnghe.hub.surveys.form import Form, Question
from langnghe.hub.surveys.models import Survey, store
from langnghe.hub.surveys.seal import seal
from langnghe.hub.units.models import Unit
import langnghe as ln

unit = Unit.objects.create(name="Tỉnh Ví Dụ", kind="province")
person = Person.objects.create_user("a@example.org", "x", role="officer", unit=unit)
day = dt.date.today()
letters = []
for number, text in enumerate(sys.argv[2:5]):
    letters.append(Letter.objects.create(id=number + 1, code_hash=str(number), reader=unit, day=day, due=day, contact="ở đây"))
    letters[-1].write(text)
survey = Survey.objects.create(title_vi="x", unit=unit, purpose_vi="x", contact="x", opens=day, closes=day + dt.timedelta(9),
    form_json=Form(Say("x", "x"), (Question("other", "text", Say("x", "x")),)).to_json(), is_released=True)
store(survey, 7, {"other": "tôi, " + sys.argv[5]})
ln.Study.create(folder / "studies" / "abc", settings=ln.Settings(title="nghiên cứu"))
gone = Study.objects.create(title="x", folder="gone", made_by=person)
ln.Study.create(gone.path, settings=ln.Settings(title="x"))
save_backup(folder.parent / "hub.zip")
gone.erase()
letters[1].erase()
letters[2].withdraw()
seal(survey)
"""


@dataclass(frozen=True)
class Kept:
    """The hub.

    Attributes
    ----------
    folder : its folder.
    backup : from before things were erased.
    new_database : makes an empty database and gives its address; '' for SQLite.
    """

    folder: Path
    backup: Path
    new_database: Callable[[], str]


def start(*command: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command for a hub that the command names."""
    given = {name: value for name, value in os.environ.items() if name != "LANGNGHE_HUB"} | {"DATABASE_URL": database}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=given)


def backed_up(folder: Path, new_database: Callable[[], str]) -> Kept:
    """Make the hub."""
    done = start(sys.executable, "-c", HUB, str(folder), KEPT, ERASED, WITHDRAWN, RAW, database=new_database())
    assert done.returncode == 0, done.stderr
    return Kept(folder, folder.parent / "hub.zip", new_database)


def restored(kept: Kept, to: Path, *, keys: Path | None = None, database: str = "") -> subprocess.CompletedProcess[str]:
    """Restore the backup into a folder, and a database."""
    options = ("--folder", str(to), "--keys", str(keys or kept.folder))
    command = (sys.executable, "-m", "langnghe", "--lang", "en", "hub", "restore", str(kept.backup), *options)
    return start(*command, database=database)


def rows(folder: Path, database: str, query: str) -> list[tuple[object, ...]]:
    """What a query finds in the database of a hub."""
    if database:
        with psycopg.connect(database) as connected:
            return connected.execute(query).fetchall()
    with closing(sqlite3.connect(folder / "hub.sqlite3")) as opened:
        return opened.execute(query).fetchall()


def everything(folder: Path, database: str) -> bytes:
    """Every byte of every file of a hub, with those in which PostgreSQL keeps its tables."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    if database:
        with psycopg.connect(database, autocommit=True) as connected:
            connected.execute("CHECKPOINT")
            place = connected.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'").fetchone()
            number = connected.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert place
        assert number
        files += [path for path in Path(place[0], "base", str(number[0])).iterdir() if path.is_file()]
    return b"".join(path.read_bytes() for path in files)
